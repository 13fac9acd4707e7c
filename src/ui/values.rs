//! What passes to and from other scripts: JavaScript values, and errors that are sentences.

use serde::Serialize;
use serde::de::DeserializeOwned;
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

/// The value as JSON; empty, if it cannot be written as such.
pub fn to_text(value: &impl Serialize) -> String {
    let text = to_js(value).and_then(|value| js_sys::JSON::stringify(&value));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The value that a JSON text holds, if it holds one of that kind.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok()
}

/// A field of an object; undefined where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}

/// An object of these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        let _ = js_sys::Reflect::set(&object, &JsValue::from(*name), value);
    }
    object.into()
}

/// A number without what follows its point, if the value is one; 0 for what is below it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates
pub fn whole(value: &JsValue) -> Option<usize> {
    value.as_f64().map(|number| number as usize)
}
