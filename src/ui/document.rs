//! The document as the browser keeps it and as other scripts are handed it.
//!
//! Both take it as a JavaScript value, so that the page carries one reader and one writer of it and not two.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::browser;
use crate::course::challenge;
use crate::diagram::Document;
use crate::diagram::grade::Rubric;

/// What was stored, if it can be read. What cannot is kept aside under another key, since the next drawing is stored in
/// its place.
pub fn stored() -> Option<Document> {
    let text = browser::stored("document")?;
    let document = from_text(&text).ok();
    if document.is_none() {
        browser::store("document-unreadable", &text);
    }
    document
}

/// Reads a text.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn from_text(text: &str) -> Result<Document, String> {
    from_js(js_sys::JSON::parse(text).map_err(|_| "this is no whole JSON".to_owned())?)
}

/// Reads a JavaScript value.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn from_js(value: JsValue) -> Result<Document, String> {
    let document: Document = serde_wasm_bindgen::from_value(value).map_err(|why| {
        format!("this is not a Partition Lab document: {}", why.to_string().trim_start_matches("Error: "))
    })?;
    document.checked()
}

/// The rubric of the challenge. It comes with the page, and a test reads it: without it there would be no goals, and the page
/// would still draw.
pub fn rubric() -> Option<Rubric> {
    let value = js_sys::JSON::parse(challenge::RUBRIC).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

/// Writes it as JSON.
pub fn to_json(document: &Document) -> Option<String> {
    let value = document.serialize(&Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok()?.as_string()
}

/// Stores it; `false` when the browser refuses.
pub fn store(document: &Document) -> bool {
    to_json(document).is_some_and(|text| browser::store("document", &text))
}
