//! What is remembered of the page, as JSON: which history, what is seen of it, and what is selected.
//!
//! ```json
//! {"example":"etcd_062","from":20.5,"to":48,"selected":17}
//! {"name":"my.log","text":"0 :invoke :read nil\n…","selected":0}
//! {"name":"long.log","large":100000}
//! ```
//!
//! A log that is long is not kept, only that it was there: it has to be opened again.

use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::view::View;
use crate::ui::values::{get, object, whole};

/// The longest text that is kept, in bytes. A browser keeps some five million of all that a page asks it to.
pub const LONGEST: usize = 200_000;

/// Which history it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An example, by its name.
    Example(String),
    /// A person's own, by the name of its file, with its text.
    Text(String, String),
    /// One that is too long to be kept, by the name of its file, with the number of its operations.
    Large(String, usize),
}

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Which history; none on a fresh page.
    pub source: Option<Source>,
    /// The range that is seen.
    pub range: Option<(f64, f64)>,
    /// The operation that is selected.
    pub selected: Option<usize>,
}

impl Kept {
    /// What that JSON says; nothing if it says nothing that is understood.
    pub fn read(json: &str) -> Self {
        let value = JSON::parse(json).unwrap_or_default();
        if !value.is_object() {
            return Self::default();
        }
        let text = |name: &str| get(&value, name).as_string();
        let name = || text("name").unwrap_or_else(|| "Pasted text".to_owned());
        let source = if let Some(example) = text("example") {
            Some(Source::Example(example))
        } else if let Some(text) = text("text") {
            Some(Source::Text(name(), text))
        } else {
            whole(&get(&value, "large")).map(|operations| Source::Large(name(), operations))
        };
        let range = get(&value, "from").as_f64().zip(get(&value, "to").as_f64());
        let range = range.filter(|(from, to)| from.is_finite() && to.is_finite() && from < to);
        Self { source, range, selected: whole(&get(&value, "selected")) }
    }

    /// As JSON.
    pub fn write(&self) -> String {
        let mut fields: Vec<(&str, JsValue)> = Vec::new();
        match &self.source {
            Some(Source::Example(name)) => fields.push(("example", name.into())),
            Some(Source::Text(name, text)) => fields.extend([("name", name.into()), ("text", text.into())]),
            Some(Source::Large(name, operations)) => {
                fields.extend([("name", name.into()), ("large", JsValue::from(*operations))]);
            }
            None => return String::new(),
        }
        if let Some((from, to)) = self.range {
            let round = |position: f64| JsValue::from((position * 100.0).round() / 100.0);
            fields.extend([("from", round(from)), ("to", round(to))]);
        }
        if let Some(selected) = self.selected {
            fields.push(("selected", JsValue::from(selected)));
        }
        JSON::stringify(&object(&fields)).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// The view of the range that was seen, of a history of so many positions.
    pub fn view(&self, length: u32) -> View {
        let all = View::all(length);
        self.range.map_or(all, |(from, to)| all.about(f64::midpoint(from, to), to - from, length))
    }
}
