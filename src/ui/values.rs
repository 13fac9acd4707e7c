//! What passes to and from other scripts: JavaScript values, and errors that are sentences.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// An `Error` with that sentence.
pub fn error(text: &str) -> JsValue {
    js_sys::Error::new(text).into()
}

/// The value as plain objects, lists, texts and numbers.
///
/// # Errors
/// When it cannot be written as such.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|why| error(&why.to_string()))
}
