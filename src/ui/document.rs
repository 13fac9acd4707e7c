//! The document: what a person has drawn, as it is kept in the browser and handed to other scripts.
//!
//! Both take it as a JavaScript value, so that the page carries one reader and one writer of it and not two.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

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

    /// What was stored, if it can be read. What cannot is kept aside under another key, since the next drawing is
    /// stored in its place.
    pub fn stored() -> Option<Self> {
        let text = browser::stored("document")?;
        let document = js_sys::JSON::parse(&text).ok().and_then(|value| Self::from_js(value).ok());
        if document.is_none() {
            browser::store("document-unreadable", &text);
        }
        document
    }

    /// Reads a JavaScript value.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_js(value: JsValue) -> Result<Self, String> {
        let document: Self = serde_wasm_bindgen::from_value(value).map_err(|why| {
            format!("this is not a Partition Lab document: {}", why.to_string().trim_start_matches("Error: "))
        })?;
        if document.version > VERSION {
            return Err(format!(
                "this document is of version {}, and this page reads up to {VERSION}: reload the page to get a newer one",
                document.version
            ));
        }
        match document.diagram.loose_end() {
            Some((edge, end)) => Err(format!(
                "edge {edge} of this document has an end at `{end}`, which is no node and no subgraph of it"
            )),
            None => Ok(document),
        }
    }

    /// Stores it; `false` when the browser refuses.
    pub fn store(&self) -> bool {
        let text =
            self.serialize(&Serializer::json_compatible()).ok().and_then(|value| js_sys::JSON::stringify(&value).ok());
        text.and_then(|text| text.as_string()).is_some_and(|text| browser::store("document", &text))
    }
}
