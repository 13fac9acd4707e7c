//! One statement of the flowchart language, read but not yet applied.
//!
//! A statement is read whole or not at all, so a line that turns out wrong leaves no trace in the diagram.

use super::arrow::Remarks;
use super::chain::{self, Chain};
use super::diagnostic::{Fault, Severity};
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
    let after_keyword = behind;
    let blanks = behind.skip_blanks();
    let wide = blanks > 1 && matches!(keyword, Some("style" | "classDef" | "class" | "linkStyle"));
    let blanks = blanks > 0;
    let reading = match keyword {
        Some("subgraph") if ends => Ok(open(after_keyword, behind)),
        Some("end") if ends => Ok(Reading::of(Statement::End, at.at + "end".len())),
        Some("style") if blanks => style(at, behind),
        Some("classDef") if blanks => class_def(at, behind),
        Some("class") if blanks => class(at, behind),
        Some("linkStyle") if blanks => link_style(at, behind),
        Some("click") if blanks => click(at, behind),
        Some("accTitle" | "accDescr") => accessible(behind).map_or_else(|| nodes(at), Ok),
        Some("direction") if blanks => direction(behind).map_or_else(|| nodes(at), Ok),
        _ => nodes(at),
    };
    reading.map(|reading| reading.refused(at.at, wide.then(|| "more than one blank behind the first word".to_owned())))
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

/// `keyword` is the place right behind `subgraph`, `at` where the name begins.
fn open(keyword: Scanner<'_>, at: Scanner<'_>) -> Reading {
    let quoted = text::quotation(at).map(|(raw, after)| (Label { raw, quoted: true }, after));
    let (name, mut after) = quoted.unwrap_or_else(|| {
        let mut after = at;
        after.skip_while(|c| !matches!(c, '\n' | ';' | '['));
        (Label::plain(at.slice(at.at, after.at).trim()), after)
    });
    after.skip_blanks();
    // Mermaid takes a name with any blank in it or around it for a title.
    let written = keyword.slice(keyword.at + 1, after.at);
    let word = name.markdown().unwrap_or(&name.raw).trim().to_owned();
    let spaced = !word.contains(char::is_whitespace) && written.contains(char::is_whitespace);
    let several = word.is_empty() || written.contains(char::is_whitespace);
    let refused = if name.quoted && !word.is_empty() { None } else { strict::title(&word) };
    let title =
        if after.peek() == Some('[') { shape::read(after).filter(|read| read.shape == Shape::Square) } else { None };
    let (id, title, end, refused) = match title {
        Some(read) => {
            let mut behind = read.after;
            let trailing = behind.skip_blanks() > 0 && behind.peek().is_none_or(|c| c == '\n');
            let trailing = trailing.then(|| "a blank behind the title of a subgraph".to_owned());
            let refused = refused.or(read.refused).or(trailing);
            (Some(word).filter(|id| !id.is_empty()), Some(read.label), read.after.at, refused)
        }
        None if several => (None, Some(name), after.at, refused),
        None => (Some(word), Some(name.clone()).filter(|name| name.markdown().is_some()), after.at, refused),
    };
    let is_title = id.is_none() && spaced;
    let mut reading = Reading::of(Statement::Open { id, title }, end).refused(at.at, refused);
    if is_title {
        let message = "With a blank around it, Mermaid takes this for a title and not for an id: take the blank out if arrows are to lead here.";
        reading.remarks.push((Severity::Warning, Fault::new(at.at, end, message)));
    }
    reading
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
    let spaced = words.rsplit_once(char::is_whitespace).is_some_and(|(ids, _)| ids.contains(char::is_whitespace));
    let trailing = at.slice(at.at, end).ends_with(char::is_whitespace);
    let spaced = spaced.then(|| "a blank between the nodes of a class line".to_owned());
    let spaced = spaced.or_else(|| trailing.then(|| "a blank at the end of a class line".to_owned()));
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
    let written = at.slice(at.at, end);
    let rest = written.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let refused =
        (!is_click(rest)).then(|| "this click line; write “click A \"https://…\"” or “click A call f()”".to_owned());
    Ok(Reading::of(Statement::Kept, end).refused(start.at, refused))
}

/// Whether Mermaid takes this behind `click A `: a link, a call or a callback, each with a tip if there is one.
fn is_click(rest: &str) -> bool {
    let link = rest.strip_prefix("href").and_then(|rest| rest.strip_prefix([' ', '\t'])).unwrap_or(rest);
    if let Some(behind) = string(link) {
        let behind = behind.strip_prefix(' ').map_or(behind, |next| string(next).unwrap_or(behind));
        return behind.is_empty() || matches!(behind, " _self" | " _blank" | " _parent" | " _top");
    }
    let behind = if let Some(call) = rest.strip_prefix("call").filter(|rest| rest.starts_with([' ', '\t'])) {
        let arguments = call.split_once('(').filter(|(name, _)| !name.trim().is_empty());
        let Some((_, behind)) = arguments.and_then(|(_, rest)| rest.split_once(')')) else { return false };
        behind
    } else {
        let (name, _) = rest.split_once(' ').unwrap_or((rest, ""));
        if !is_id(name) || name == "default" {
            return false;
        }
        &rest[name.len()..]
    };
    behind.is_empty() || behind.strip_prefix(' ').and_then(string) == Some("")
}

/// What stands behind the quoted string that begins here.
fn string(text: &str) -> Option<&str> {
    let (inside, behind) = text.strip_prefix('"')?.split_once('"')?;
    (!inside.is_empty()).then_some(behind)
}

/// `accTitle: …` and `accDescr: …` to the end of the line, `accDescr { … }` over several.
fn accessible(mut at: Scanner<'_>) -> Option<Reading> {
    let end = match at.peek()? {
        ':' => {
            at.bump();
            at.skip_space();
            at.skip_while(|c| c != '\n');
            at.at
        }
        '{' => at.find('}', 20_000)? + 1,
        _ => return None,
    };
    Some(Reading::of(Statement::Kept, end))
}
