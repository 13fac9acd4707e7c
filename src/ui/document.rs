//! The document: what a person has drawn, as it is kept in the browser and handed to other scripts.
//!
//! Both take it as a JavaScript value, so that the page carries one reader and one writer of it and not two.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;

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
        let value = js_sys::JSON::parse(&browser::stored("document")?).ok()?;
        let document: Self = serde_wasm_bindgen::from_value(value).ok()?;
        (document.version <= VERSION).then_some(document)
    }

    /// Stores it; `false` when the browser refuses.
    pub fn store(&self) -> bool {
        let text =
            self.serialize(&Serializer::json_compatible()).ok().and_then(|value| js_sys::JSON::stringify(&value).ok());
        text.and_then(|text| text.as_string()).is_some_and(|text| browser::store("document", &text))
    }
}
