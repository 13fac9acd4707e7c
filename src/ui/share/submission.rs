//! The file a learner hands in: the answer as the module writes it, the goals it meets, when and with what it was made.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use super::goals::{Goal, goals};
use super::time;
use crate::diagram::{Document, mermaid};

/// The word by which a submission is known.
pub const FORMAT: &str = "partition-lab-submission";

/// The file, made now.
pub fn submission(document: &Document) -> Option<String> {
    let standing = goals(&document.diagram);
    let met = |goal: &Goal| object(&[("id", goal.id.as_str().into()), ("met", goal.met.into())]);
    let submission = object(&[
        ("format", FORMAT.into()),
        ("version", 1.into()),
        ("made", time::iso().into()),
        ("program", env!("CARGO_PKG_VERSION").into()),
        ("answer", mermaid::print_module(&document.diagram).into()),
        ("goals", standing.goals.iter().map(met).collect::<Array>().into()),
        ("points", standing.points.into()),
        ("of", standing.of.into()),
    ]);
    js_sys::JSON::stringify_with_replacer_and_space(&submission, &JsValue::NULL, &2.into()).ok()?.as_string()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &JsValue::from(*name), value);
    }
    object.into()
}
