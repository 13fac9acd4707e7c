//! One statement of the flowchart language, read but not yet applied.
//!
//! A statement is read whole or not at all, so a line that turns out wrong leaves no trace in the diagram.

use super::arrow::Remarks;
use super::chain::{self, Chain};
use super::diagnostic::Fault;
use super::scanner::{Scanner, Source};
use super::{id, shape, strict, text};
use crate::diagram::{ClassDef, Direction, Label, Shape};

/// A statement.
pub(super) enum Statement {
    /// `A & B --> C --> D`
    Chain(Chain),
    /// `subgraph id [title]`
    Open {
        /// The id; `None` if only a title of several words is written.
        id: Option<String>,
        /// The title.
        title: Option<Label>,
    },
    /// `end`
    End,
    /// `direction LR`
    Direction(Direction),
    /// `style id fill:#f9f`
    Style(String, Vec<String>),
    /// `classDef name fill:#f9f`
    ClassDef(ClassDef),
    /// `class A,B name`
    Class(Vec<String>, String),
    /// `linkStyle 0,1 stroke:red`: the numbers.
    LinkStyle(Vec<usize>),
    /// A statement that is kept to the letter: `click`, `accTitle`, `accDescr`.
    Kept,
}

/// A statement, where it ends, and what is to be said of it.
pub(super) struct Reading {
    /// The statement.
    pub statement: Statement,
    /// The offset behind it.
    pub end: usize,
    /// Remarks that do not stand in its way.
    pub remarks: Remarks,
}

impl Reading {
    fn of(statement: Statement, end: usize) -> Self {
        Self { statement, end, remarks: Vec::new() }
    }

    fn refused(mut self, from: usize, refused: Option<String>) -> Self {
        self.remarks.extend(refused.map(|refused| strict::remark((from, self.end), &refused)));
        self
    }
}

const KEYWORDS: [&str; 10] =
    ["subgraph", "end", "direction", "style", "classDef", "class", "linkStyle", "click", "accTitle", "accDescr"];

/// Reads the statement that begins here.
pub(super) fn read(at: Scanner<'_>) -> Result<Reading, Fault> {
    let keyword = KEYWORDS.into_iter().find(|word| at.sees_word(word));
    let mut behind = at.to(at.at + keyword.map_or(0, str::len));
    let ends = behind.peek().is_none_or(|c| c.is_whitespace() || c == ';');
    let blanks = behind.skip_blanks() > 0;
    match keyword {
        Some("subgraph") if ends => Ok(open(behind)),
        Some("end") if ends => Ok(Reading::of(Statement::End, at.at + "end".len())),
        Some("style") if blanks => style(at, behind),
        Some("classDef") if blanks => class_def(at, behind),
        Some("class") if blanks => class(at, behind),
        Some("linkStyle") if blanks => link_style(at, behind),
        Some("click") if blanks => click(at, behind),
        Some("accTitle" | "accDescr") => accessible(behind).map_or_else(|| nodes(at), Ok),
        Some("direction") if blanks => direction(behind).map_or_else(|| nodes(at), Ok),
        _ => nodes(at),
    }
}

/// Whether a kept line is a statement in itself, so that it can be printed as it is: a comment, or one of those that
/// the parser keeps to the letter.
pub(super) fn stands_alone(text: &str) -> bool {
    if text.starts_with("%%") {
        let directive = text.starts_with("%%{") && text.find("}%%") == Some(text.len().saturating_sub(3));
        return directive || !text.contains('\n');
    }
    let source = Source::new(text);
    let Ok(reading) = read(source.scanner()) else { return false };
    let kept = match &reading.statement {
        Statement::Kept | Statement::LinkStyle(_) | Statement::Class(..) | Statement::Direction(_) => true,
        Statement::Chain(chain) => {
            let only = chain.groups.first().and_then(|group| group.first());
            let alone = chain.links.is_empty() && chain.groups.iter().map(Vec::len).sum::<usize>() == 1;
            alone && only.is_some_and(|mention| !mention.props.is_empty() && mention.label.is_none())
        }
        _ => false,
    };
    kept && reading.end == text.chars().count()
}

fn nodes(at: Scanner<'_>) -> Result<Reading, Fault> {
    let mut remarks = Vec::new();
    let (chain, end) = chain::read(at, &mut remarks)?;
    Ok(Reading { statement: Statement::Chain(chain), end, remarks })
}

/// The end of the line, or the first `;` outside quotation marks.
fn end_of_statement(mut at: Scanner<'_>) -> usize {
    let mut quoted = false;
    while let Some(c) = at.peek().filter(|c| *c != '\n' && (*c != ';' || quoted)) {
        quoted ^= c == '"';
        at.bump();
    }
    at.at
}

fn words_until_end(at: Scanner<'_>) -> (String, usize) {
    let end = end_of_statement(at);
    (at.slice(at.at, end).trim().to_owned(), end)
}

fn open(at: Scanner<'_>) -> Reading {
    let quoted = text::quotation(at).map(|(raw, after)| (Label { raw, quoted: true }, after));
    let (name, mut after) = quoted.unwrap_or_else(|| {
        let mut after = at;
        after.skip_while(|c| !matches!(c, '\n' | ';' | '['));
        (Label::plain(at.slice(at.at, after.at).trim()), after)
    });
    after.skip_blanks();
    let word = name.markdown().unwrap_or(&name.raw).trim().to_owned();
    let several = word.is_empty() || word.contains(char::is_whitespace);
    let refused = if name.quoted { None } else { strict::title(&name.raw) };
    let title =
        if after.peek() == Some('[') { shape::read(after).filter(|read| read.shape == Shape::Square) } else { None };
    let (id, title, end, refused) = match title {
        Some(read) => {
            (Some(word).filter(|id| !id.is_empty()), Some(read.label), read.after.at, refused.or(read.refused))
        }
        None if several => (None, Some(name), after.at, refused),
        None => (Some(word), Some(name.clone()).filter(|name| name.markdown().is_some()), after.at, refused),
    };
    Reading::of(Statement::Open { id, title }, end).refused(at.at, refused)
}

fn direction(at: Scanner<'_>) -> Option<Reading> {
    let found = word_direction(at)?;
    // Mermaid takes the whole line, whatever follows.
    Some(Reading::of(Statement::Direction(found), end_of_statement(at)))
}

/// The direction that stands here as a word.
pub(super) fn word_direction(at: Scanner<'_>) -> Option<Direction> {
    let words = [
        ("TD", Direction::TD),
        ("TB", Direction::TB),
        ("BT", Direction::BT),
        ("LR", Direction::LR),
        ("RL", Direction::RL),
    ];
    words.into_iter().find(|(word, _)| at.sees_word(word)).map(|(_, direction)| direction)
}

/// The pieces between commas; `\,` is a comma inside a piece: `stroke-dasharray:5\,5`.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(',') {
        match pieces.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.push(',');
                last.push_str(piece.trim_end());
            }
            _ => pieces.push(piece.trim().to_owned()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The first word and the declarations of a statement such as `style id fill:#f9f,stroke:#333`.
fn word_and_declarations(at: Scanner<'_>) -> Option<(String, Vec<String>, usize)> {
    let (words, end) = words_until_end(at);
    let (first, rest) = words.split_once(char::is_whitespace)?;
    let declarations = pieces(rest);
    (!declarations.is_empty()).then(|| (first.to_owned(), declarations, end))
}

/// Whether a word is an id, or several with commas between.
fn is_id(word: &str) -> bool {
    let source = Source::new(word);
    matches!(id::read(source.scanner()), Ok(Some(read)) if read.after.is_done())
}

fn style(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let (id, style, end) = word_and_declarations(at).filter(|(id, ..)| is_id(id)).ok_or_else(|| {
        Fault::new(
            start.at,
            at.at,
            "A style line names a node and what it looks like: “style A fill:#f9f,stroke:#333”.",
        )
    })?;
    let refused = strict::declarations(&style);
    Ok(Reading::of(Statement::Style(id, style), end).refused(at.at, refused))
}

fn class_def(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let (names, style, end) = word_and_declarations(at).filter(|(names, ..)| is_id(names)).ok_or_else(|| {
        Fault::new(
            start.at,
            at.at,
            "A classDef line names a class and what it looks like: “classDef lost stroke:#f66”.",
        )
    })?;
    let names = pieces(&names);
    if names.is_empty() {
        return Err(Fault::new(start.at, end, "This classDef line names no class: write “classDef lost stroke:#f66”."));
    }
    let refused = strict::declarations(&style);
    Ok(Reading::of(Statement::ClassDef(ClassDef { names, style }), end).refused(at.at, refused))
}

fn class(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let (words, end) = words_until_end(at);
    // The class is the last word; blanks behind the commas of the ids are forgiven.
    let read = words.rsplit_once(char::is_whitespace).map(|(ids, name)| (ids.trim(), name));
    let fits = |ids: &str, name: &str| is_id(name) && !pieces(ids).is_empty() && pieces(ids).iter().all(|id| is_id(id));
    let (ids, name) = read
        .filter(|(ids, name)| fits(ids, name))
        .ok_or_else(|| Fault::new(start.at, at.at, "A class line names nodes and one class: “class A,B lost”."))?;
    let spaced = ids.contains(char::is_whitespace).then(|| "a blank between the nodes of a class line".to_owned());
    let refused = spaced.or_else(|| strict::id(name));
    Ok(Reading::of(Statement::Class(pieces(ids), name.to_owned()), end).refused(at.at, refused))
}

fn link_style(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let fault = || Fault::new(start.at, at.at, "A linkStyle line counts edges from 0: “linkStyle 0,2 stroke:#f66”.");
    let (numbers, style, end) = word_and_declarations(at).ok_or_else(fault)?;
    let numbers: Result<Vec<usize>, _> =
        if numbers == "default" { Ok(Vec::new()) } else { numbers.split(',').map(str::parse).collect() };
    let numbers = numbers.map_err(|_| fault())?;
    Ok(Reading::of(Statement::LinkStyle(numbers), end).refused(at.at, strict::declarations(&style)))
}

fn click(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let (words, end) = words_until_end(at);
    if !words.contains(char::is_whitespace) {
        return Err(Fault::new(
            start.at,
            end,
            "A click line names a node and what a click opens: “click A \"https://…\"”.",
        ));
    }
    Ok(Reading::of(Statement::Kept, end))
}

/// `accTitle: …` and `accDescr: …` to the end of the line, `accDescr { … }` over several.
fn accessible(mut at: Scanner<'_>) -> Option<Reading> {
    let end = match at.peek()? {
        ':' => {
            at.skip_while(|c| c != '\n');
            at.at
        }
        '{' => at.find('}', 20_000)? + 1,
        _ => return None,
    };
    Some(Reading::of(Statement::Kept, end))
}
