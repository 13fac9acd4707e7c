//! Files: what one may open, and what to say of what cannot be opened.

use wasm_bindgen::JsValue;
use web_sys::File;

use super::submission::FORMAT;
use crate::diagram::{Document, mermaid};
use crate::ui::document;

/// The largest file that is opened, in bytes.
const LARGEST: f64 = 4e6;

/// Reads a file: a document, a submission, or a Mermaid text.
///
/// # Errors
/// A sentence that says what is wrong with it, and where.
pub async fn open(file: &File) -> Result<Document, String> {
    let name = file.name();
    if file.size() > LARGEST {
        return Err(format!("{name} is larger than 4 MB, so it was not opened. No drawing of this page is."));
    }
    let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    let text = text.ok_or_else(|| format!("The browser could not read {name}. Is it still there?"))?;
    read(&text).map_err(|why| format!("{name} was not opened: {why}."))
}

fn read(text: &str) -> Result<Document, String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if !text.starts_with('{') {
        return diagram(text);
    }
    let value = js_sys::JSON::parse(text).map_err(|why| {
        let why = js_sys::Reflect::get(&why, &"message".into()).ok().and_then(|message| message.as_string());
        format!("it is no whole JSON: {}", why.unwrap_or_default())
    })?;
    let field =
        |name: &str| js_sys::Reflect::get(&value, &JsValue::from(name)).ok().and_then(|field| field.as_string());
    if field("format").as_deref() == Some(FORMAT) {
        return diagram(&field("answer").ok_or("there is no answer in this submission")?);
    }
    document::from_js(value)
}

/// A drawing from its text.
fn diagram(text: &str) -> Result<Document, String> {
    let (diagram, diagnostics) = mermaid::parse(text);
    match diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        Some(worst) => Err(format!("line {}, column {}: {}", worst.line, worst.column, worst.message)),
        None => Ok(Document::of(diagram)),
    }
}
