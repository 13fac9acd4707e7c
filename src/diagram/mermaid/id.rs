//! Ids of nodes: which signs they take, which words they may not be, and how to rename those that trip a reader.
//!
//! Mermaid's ids are generous (`a.b`, `node-1`, `&x`, `#`), but an id may not begin with one of Mermaid's own words,
//! and where an arrow could begin the id ends.

use super::arrow;
use super::diagnostic::Fault;
use super::scanner::{Scanner, Source};
use crate::diagram::Diagram;
use crate::diagram::sorted::Sorted;

/// Words that Mermaid keeps for itself; an id may not begin with them.
const RESERVED: [&str; 14] = [
    "graph",
    "flowchart",
    "flowchart-elk",
    "subgraph",
    "end",
    "style",
    "linkStyle",
    "classDef",
    "class",
    "interpolate",
    "_self",
    "_blank",
    "_parent",
    "_top",
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
    if at.sees("%%") {
        return Ok(None);
    }
    let leading_digits = { after }.skip_while(|c| c.is_ascii_digit());
    while belongs(after) {
        let last = after.peek();
        after.bump();
        // Behind these, Mermaid looks for a new word, and finds the start of an arrow.
        let word_ends =
            last.is_some_and(|c| !c.is_ascii() || matches!(c, ',' | ':')) || after.at == at.at + leading_digits;
        if word_ends && arrow::begins(after) {
            break;
        }
    }
    let id = at.slice(at.at, after.at);
    if id.is_empty() {
        return Ok(None);
    }
    let own = RESERVED.iter().find(|word| at.sees_word(word));
    let alone = RESERVED_ALONE.iter().find(|word| id == **word && after.peek().is_none_or(char::is_whitespace));
    if let Some(word) = own.or(alone) {
        let message =
            format!("“{word}” is one of Mermaid's own words, so an id cannot begin with it. Give the node another id.");
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

/// Whether our parser reads this id back wherever the Module form writes it.
pub(super) fn readable(id: &str) -> bool {
    let source = Source::new(&format!("{id} "));
    let whole = matches!(read(source.scanner()), Ok(Some(read)) if read.after.at == id.chars().count());
    let arrow_like = id.starts_with(".-") || id.starts_with("..");
    whole
        && !arrow_like
        && !id.contains(',')
        && !id.ends_with('-')
        && !id.starts_with("accTitle")
        && !id.starts_with("accDescr")
}

/// Whether every Mermaid from 8 to 12 takes this id.
pub(super) fn portable(id: &str) -> bool {
    let word = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    word && !KEYWORDS.iter().any(|own| id == *own || id.strip_suffix(own).is_some_and(|stem| stem.ends_with('_')))
}

/// Words that some Mermaid reads as its own, alone or behind an underscore, and names that JavaScript keeps.
const KEYWORDS: [&str; 23] = [
    "end",
    "graph",
    "subgraph",
    "flowchart",
    "style",
    "class",
    "classDef",
    "linkStyle",
    "default",
    "click",
    "call",
    "href",
    "interpolate",
    "_self",
    "_blank",
    "_parent",
    "_top",
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "__proto__",
];

/// The names under which a writer prints nodes and subgraphs: their ids, or a safe and unique name instead of an id
/// that is not `fit`.
pub(super) fn names(diagram: &Diagram, fit: impl Fn(&str) -> bool) -> Sorted<&str, String> {
    let ends = diagram.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
    let nodes = diagram.nodes.iter().map(|node| node.id.as_str());
    let ids: Vec<&str> =
        diagram.subgraphs.iter().map(|subgraph| subgraph.id.as_str()).chain(nodes).chain(ends).collect();
    let mut taken: Sorted<String, ()> = ids.iter().filter(|id| fit(id)).map(|id| ((*id).to_owned(), ())).collect();
    let mut names = Sorted::default();
    for id in ids {
        if !names.contains(id) {
            let name = if fit(id) { id.to_owned() } else { fresh(id, &fit, &taken) };
            taken.insert(name.clone(), ());
            names.insert(id, name);
        }
    }
    names
}

/// The id with every sign but letters, digits and `_` replaced by `_`, and another `_` behind a word of Mermaid's own.
fn fresh(id: &str, fit: impl Fn(&str) -> bool, taken: &Sorted<String, ()>) -> String {
    let word: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(60).collect();
    let stem = if word.trim_matches('_').is_empty() { "n".to_owned() } else { word };
    let numbered = (2_usize..).map(|number| format!("{stem}_{number}"));
    let mut candidates = [stem.clone(), format!("{stem}_"), format!("n_{stem}_")].into_iter().chain(numbered);
    candidates.find(|name| fit(name) && !taken.contains(name)).unwrap_or_default()
}
