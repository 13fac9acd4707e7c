//! The document: what a person has drawn and how it is shown. It is what is kept in a browser, in a file and in a link.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::picture::Arrangement;
use super::{Diagram, Part};

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
    pub selected: Vec<Part>,
}

impl Document {
    /// A drawing shown in the usual way.
    pub fn of(diagram: Diagram) -> Self {
        Self { version: VERSION, diagram: Rc::new(diagram), arrangement: Arrangement::default(), selected: Vec::new() }
    }

    /// The same document, once it is clear that this program can show it.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it: it is newer than this program, or an edge leads nowhere.
    pub fn checked(self) -> Result<Self, String> {
        if self.version > VERSION {
            return Err(format!(
                "this document is of version {}, and this page reads up to {VERSION}: reload the page to get a newer one",
                self.version
            ));
        }
        match self.diagram.loose_end() {
            Some((edge, end)) => Err(format!(
                "edge {edge} of this document has an end at `{end}`, which is no node and no subgraph of it"
            )),
            None => Ok(self),
        }
    }
}
