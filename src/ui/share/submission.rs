//! The file a learner hands in: the answer as the module writes it, the goals it meets, when and with what it was made.

use wasm_bindgen::JsValue;

use super::time;
use crate::diagram::Document;
use crate::diagram::grade::{Submission, grade};
use crate::ui::{document, values};

/// The word by which a submission is known.
pub use crate::diagram::grade::SUBMISSION as FORMAT;

/// The file, made now.
pub fn submission(document: &Document) -> Option<String> {
    let rubric = document::rubric()?;
    let grade = grade(&document.diagram, &rubric);
    let submission = values::to_js(&Submission::of(&document.diagram, &rubric, &grade, &time::iso())).ok()?;
    js_sys::JSON::stringify_with_replacer_and_space(&submission, &JsValue::NULL, &2.into()).ok()?.as_string()
}
