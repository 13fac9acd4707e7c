//! Named drafts, kept in this browser beside the drawing one works on.
//!
//! The list is read from the storage before each change, so that two tabs do not undo each other's work. A draft holds
//! its document as text: it is only taken apart when it is opened, and one that cannot be read is still there.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::time;
use crate::diagram::Document;
use crate::ui::{browser, document};

const KEY: &str = "drafts";

/// A drawing that was kept under a name.
#[derive(Clone, PartialEq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// When it was kept, in milliseconds since 1970.
    pub when: f64,
    /// How many nodes it has.
    pub nodes: u32,
    /// How many edges it has.
    pub edges: u32,
    /// The document, as it is stored.
    pub document: String,
}

/// The browser has no room for it.
pub const REFUSED: &str =
    "This browser has no room left for it. Delete a draft, or save the drawing as a file instead.";

/// What can be done with the list.
pub enum Change {
    /// Keep another one, before all others.
    Add(Draft),
    /// Give one another name.
    Rename(Draft, String),
    /// Keep another one like it.
    Duplicate(Draft),
    /// Keep it no longer.
    Delete(Draft),
    /// Keep it again, at its old place.
    Restore(usize, Draft),
}

/// All drafts, the latest first. What cannot be read is kept aside: the next list is stored in its place.
pub fn all() -> Vec<Draft> {
    let Some(text) = browser::stored(KEY) else { return Vec::new() };
    let list = js_sys::JSON::parse(&text).ok().filter(Array::is_array);
    list.and_then(|list| Array::from(&list).iter().map(|draft| read(&draft)).collect()).unwrap_or_else(|| {
        browser::store("drafts-unreadable", &text);
        Vec::new()
    })
}

/// A draft is stored as a list: name, when, nodes, edges, document.
fn read(draft: &JsValue) -> Option<Draft> {
    let draft = Array::from(draft);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates: it is only shown
    let count = |at: u32| draft.get(at).as_f64().map(|count| count as u32);
    Some(Draft {
        name: draft.get(0).as_string()?,
        when: draft.get(1).as_f64()?,
        nodes: count(2)?,
        edges: count(3)?,
        document: draft.get(4).as_string()?,
    })
}

fn write(draft: &Draft) -> Array {
    let Draft { name, when, nodes, edges, document } = draft;
    [JsValue::from(name), JsValue::from(*when), JsValue::from(*nodes), JsValue::from(*edges), JsValue::from(document)]
        .into_iter()
        .collect()
}

/// A draft of a document, made now.
pub fn of(document: &Document, name: &str) -> Option<Draft> {
    let when = time::now();
    let name = name.trim();
    let name = if name.is_empty() { format!("Draft of {}", time::words(when)) } else { name.to_owned() };
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (nodes, edges) = (count(document.diagram.nodes.len()), count(document.diagram.edges.len()));
    Some(Draft { name, when, nodes, edges, document: document::to_json(document)? })
}

/// Changes the list.
///
/// # Errors
/// A sentence, if the browser refuses to keep it.
pub fn change(change: Change) -> Result<(), &'static str> {
    let mut drafts = all();
    let place = |drafts: &[Draft], draft: &Draft| drafts.iter().position(|other| other == draft);
    match change {
        Change::Add(draft) => {
            let name = free_name(&drafts, &draft.name);
            drafts.insert(0, Draft { name, ..draft });
        }
        Change::Rename(draft, name) => {
            if let Some(at) = place(&drafts, &draft).filter(|_| !name.trim().is_empty() && name.trim() != draft.name) {
                drafts[at].name = free_name(&drafts, name.trim());
            }
        }
        Change::Duplicate(draft) => {
            let at = place(&drafts, &draft).unwrap_or(0);
            drafts.insert(at, Draft { name: free_name(&drafts, &draft.name), ..draft });
        }
        Change::Delete(draft) => drafts.retain(|other| *other != draft),
        Change::Restore(at, draft) => drafts.insert(at.min(drafts.len()), draft),
    }
    let list = js_sys::JSON::stringify(&drafts.iter().map(write).collect::<Array>());
    let list = list.ok().and_then(|list| list.as_string()).filter(|list| browser::store(KEY, list));
    list.map(|_| ()).ok_or(REFUSED)
}

/// The name, or the first like it that no draft has: `Draft`, `Draft 2`, …
fn free_name(drafts: &[Draft], name: &str) -> String {
    let is_free = |name: &String| drafts.iter().all(|draft| draft.name != *name);
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// What became of a drawing that another takes the place of.
pub enum Before {
    /// There was nothing in it, or a draft has it already.
    Known,
    /// It is kept as a draft of that name.
    Kept(String),
    /// The browser refused to keep it.
    Lost,
}

/// Keeps a drawing as a draft before another takes its place.
pub fn keep_before(document: &Document, what: &str) -> Before {
    let diagram = &document.diagram;
    if diagram.nodes.is_empty() && diagram.edges.is_empty() && diagram.kept.is_empty() {
        return Before::Known;
    }
    let name = format!("Before {what}, {}", time::words(time::now()));
    let Some(draft) = of(document, &name) else { return Before::Lost };
    let drafts = all();
    if drafts.iter().any(|other| other.document == draft.document) {
        return Before::Known;
    }
    let name = free_name(&drafts, &name);
    match change(Change::Add(draft)) {
        Ok(()) => Before::Kept(name),
        Err(_) => Before::Lost,
    }
}

/// What was once stored and could not be read: what it is, its file name, and the text.
pub fn unreadable() -> Vec<(&'static str, &'static str, String)> {
    let all = [
        ("A drawing", "partition-lab-document.json", "document-unreadable"),
        ("A list of drafts", "partition-lab-drafts.json", "drafts-unreadable"),
    ];
    all.into_iter().filter_map(|(what, file, key)| Some((what, file, browser::stored(key)?))).collect()
}
