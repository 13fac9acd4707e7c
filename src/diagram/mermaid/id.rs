//! Ids of nodes: which signs they take, which words they may not be, and how to rename those that trip a reader.
//!
//! Mermaid's ids are generous (`a.b`, `node-1`, `&x`, `#`), but an id may not begin with one of Mermaid's own words,
//! and where an arrow could begin the id ends.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Fault;
use super::scanner::{Scanner, Source};
use crate::diagram::Diagram;

/// Words that Mermaid keeps for itself; an id may not begin with them.
const RESERVED: [&str; 14] = [
    "graph", "flowchart", "flowchart-elk", "subgraph", "end", "style", "linkStyle", "classDef", "class", "interpolate",
    "_self", "_blank", "_parent", "_top",
];
/// Words that Mermaid keeps for itself where a blank follows.
const RESERVED_ALONE: [&str; 3] = ["call", "click", "href"];

/// An id that was read.
pub(super) struct Read<'a> {
    /// The id.
    pub id: String,
    /// The place behind it.
    pub after: Scanner<'a>,
}

/// Reads an id; `None` if none begins here.
pub(super) fn read(at: Scanner<'_>) -> Result<Option<Read<'_>>, Fault> {
    let mut after = at;
    if at.peek() == Some('&') && at.ahead(1).is_none_or(char::is_whitespace) || at.sees("%%") {
        return Ok(None);
    }
    while belongs(after) {
        after.bump();
    }
    let id = at.slice(at.at, after.at);
    if id.is_empty() {
        return Ok(None);
    }
    let own = RESERVED.iter().find(|word| at.sees_word(word));
    let alone = RESERVED_ALONE.iter().find(|word| id == **word && after.peek().is_some_and(char::is_whitespace));
    if let Some(word) = own.or(alone) {
        let message = format!("“{word}” is one of Mermaid's own words, so an id cannot begin with it. Give the node another id.");
        return Err(Fault::new(at.at, after.at, message).fix(format!("n_{id}")));
    }
    Ok(Some(Read { id, after }))
}

/// Whether the sign here belongs to an id.
fn belongs(at: Scanner<'_>) -> bool {
    let Some(c) = at.peek() else { return false };
    match c {
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '.' | '?' | '\\' | '_' | '/' | ',' | '`' => true,
        ':' => !at.sees(":::"),
        '-' => !matches!(at.ahead(1), Some('>' | '-' | '.')),
        '=' => at.ahead(1) != Some('='),
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => !c.is_whitespace() && !c.is_control(),
    }
}

/// The first sign of an id that real Mermaid refuses.
pub(super) fn strange_sign(id: &str) -> Option<char> {
    id.chars().find(|c| !c.is_ascii() && !c.is_alphabetic())
}

/// Whether our parser reads this id back wherever the Module form writes it.
pub(super) fn readable(id: &str) -> bool {
    let source = Source::new(&format!("{id} "));
    let whole = matches!(read(source.scanner()), Ok(Some(read)) if read.after.at == id.chars().count());
    let arrow_like = id.starts_with(".-") || id.starts_with("..");
    whole && !arrow_like && !id.contains(',') && !id.ends_with('-') && !id.starts_with("accTitle") && !id.starts_with("accDescr")
}

/// Whether every Mermaid from 8 to 12 takes this id.
pub(super) fn portable(id: &str) -> bool {
    let mut letters = id.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let word = first && letters.all(|c| c.is_ascii_alphanumeric() || c == '_') && !id.ends_with('_');
    word && readable(id) && !KEYWORDS.contains(&id.to_ascii_lowercase().as_str())
}

/// Words that some Mermaid reads as its own even where they stand as an id.
const KEYWORDS: [&str; 20] = [
    "graph", "flowchart", "subgraph", "end", "style", "linkstyle", "classdef", "class", "click", "default", "call",
    "href", "interpolate", "direction", "td", "tb", "bt", "lr", "rl", "br",
];

/// The names under which a writer prints nodes and subgraphs: their ids, or a safe and unique name instead of an id
/// that is not `fit`.
pub(super) fn names(diagram: &Diagram, fit: impl Fn(&str) -> bool) -> BTreeMap<&str, String> {
    let ends = diagram.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
    let nodes = diagram.nodes.iter().map(|node| node.id.as_str());
    let ids: Vec<&str> = diagram.subgraphs.iter().map(|subgraph| subgraph.id.as_str()).chain(nodes).chain(ends).collect();
    let mut taken: BTreeSet<String> = ids.iter().filter(|id| fit(id)).map(|id| (*id).to_owned()).collect();
    let mut names = BTreeMap::new();
    for id in ids {
        if !names.contains_key(id) {
            let name = if fit(id) { id.to_owned() } else { fresh(id, &taken) };
            taken.insert(name.clone());
            names.insert(id, name);
        }
    }
    names
}

fn fresh(id: &str, taken: &BTreeSet<String>) -> String {
    let letters: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    let stem = format!("n_{}", letters.trim_matches('_'));
    let stem = stem.trim_end_matches('_');
    let numbered = (2_usize..).map(|number| format!("{stem}_{number}"));
    let mut candidates = std::iter::once(stem.to_owned()).chain(numbered);
    candidates.find(|name| !taken.contains(name)).unwrap_or_default()
}
