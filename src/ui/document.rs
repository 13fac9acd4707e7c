//! The document: what a person has drawn, as it is kept in the browser and handed to other scripts.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::browser;
use crate::diagram::picture::Arrangement;
use crate::diagram::{Diagram, Part};

/// The version of the format written today.
pub const VERSION: u32 = 1;

/// A drawing and how it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The version of the format.
    pub version: u32,
    /// The diagram.
    pub diagram: Rc<Diagram>,
    /// How the systems stand to each other.
    #[serde(default)]
    pub arrangement: Arrangement,
    /// What is selected; kept with the drawing so that undo brings it back, but not stored.
    #[serde(skip)]
    pub selected: Option<Part>,
}

impl Document {
    /// A drawing shown in the usual way.
    pub fn of(diagram: Diagram) -> Self {
        Self { version: VERSION, diagram: Rc::new(diagram), arrangement: Arrangement::default(), selected: None }
    }

    /// What was stored, if it can be read.
    pub fn stored() -> Option<Self> {
        let document: Self = serde_json::from_str(&browser::stored("document")?).ok()?;
        (document.version <= VERSION).then_some(document)
    }

    /// Stores it; `false` when the browser refuses.
    pub fn store(&self) -> bool {
        serde_json::to_string(self).is_ok_and(|text| browser::store("document", &text))
    }
}
