//! One statement of the flowchart language, read but not yet applied.
//!
//! A statement is read whole or not at all, so a line that turns out wrong leaves no trace in the diagram.

use super::arrow::{self, Link};
use super::diagnostic::{Fault, Severity};
use super::scanner::Scanner;
use super::{id, shape, text};
use crate::diagram::{ClassDef, Direction, Label, Shape};

/// A node as one statement mentions it.
pub(super) struct Mention {
    /// Its id.
    pub id: String,
    /// Where the id stands.
    pub span: (usize, usize),
    /// The label written behind it.
    pub label: Option<Label>,
    /// The shape written around that label.
    pub shape: Shape,
    /// Classes: `:::name`.
    pub classes: Vec<String>,
    /// Properties: `@{ … }`, to the letter.
    pub props: Vec<String>,
}

/// A statement.
pub(super) enum Statement {
    /// `A & B --> C --> D`: groups of nodes and the arrows between them.
    Chain {
        /// The nodes, group by group.
        groups: Vec<Vec<Mention>>,
        /// The arrows; one fewer than there are groups.
        links: Vec<Link>,
    },
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
    pub remarks: Vec<(Severity, Fault)>,
}

impl Reading {
    fn of(statement: Statement, end: usize) -> Self {
        Self { statement, end, remarks: Vec::new() }
    }
}

/// Reads the statement that begins here.
pub(super) fn read(at: Scanner<'_>) -> Result<Reading, Fault> {
    let keyword = ["subgraph", "end", "direction", "style", "classDef", "class", "linkStyle", "click", "accTitle", "accDescr"]
        .into_iter()
        .find(|word| at.sees_word(word));
    let mut behind = at;
    behind.at += keyword.map_or(0, |word| word.chars().count());
    let blanks = { behind }.skip_blanks() > 0;
    match keyword {
        Some("subgraph") => Ok(open(behind)),
        Some("end") if id_ends(behind) => Ok(Reading::of(Statement::End, behind.at)),
        Some("style") if blanks => style(at, behind),
        Some("classDef") if blanks => class_def(at, behind),
        Some("class") if blanks => class(at, behind),
        Some("linkStyle") if blanks => link_style(at, behind),
        Some("click") if blanks => Ok(Reading::of(Statement::Kept, end_of_statement(behind).at)),
        Some("accTitle" | "accDescr") => accessible(behind).map_or_else(|| chain(at), Ok),
        Some("direction") if blanks => direction(behind).map_or_else(|| chain(at), Ok),
        _ => chain(at),
    }
}

/// Whether no id goes on here, so that `end-node` is not taken for `end`.
fn id_ends(at: Scanner<'_>) -> bool {
    at.peek().is_none_or(|c| c.is_whitespace() || c == ';')
}

/// The end of the line, or the first `;` outside quotation marks.
fn end_of_statement(mut at: Scanner<'_>) -> Scanner<'_> {
    let mut quoted = false;
    while let Some(c) = at.peek() {
        match c {
            '\n' => break,
            ';' if !quoted => break,
            '"' => quoted = !quoted,
            _ => {}
        }
        at.bump();
    }
    at
}

fn words_until_end(at: Scanner<'_>) -> (String, usize) {
    let end = end_of_statement(at);
    (at.slice(at.at, end.at).trim().to_owned(), end.at)
}

fn open(mut at: Scanner<'_>) -> Reading {
    at.skip_blanks();
    let quoted = text::quotation(at).map(|(raw, after)| (Label { raw, quoted: true }, after));
    let (name, mut after) = quoted.unwrap_or_else(|| {
        let mut after = at;
        after.skip_while(|c| !matches!(c, '\n' | ';' | '['));
        (Label::plain(at.slice(at.at, after.at).trim()), after)
    });
    after.skip_blanks();
    let title = if after.peek() == Some('[') { shape::read(after).filter(|read| read.0 == Shape::Square) } else { None };
    let statement = match title {
        Some((_, label, behind)) => {
            after = behind;
            Statement::Open { id: Some(name.raw.trim().to_owned()).filter(|id| !id.is_empty()), title: Some(label) }
        }
        None if name.raw.contains(char::is_whitespace) || name.raw.is_empty() => Statement::Open { id: None, title: Some(name) },
        None => Statement::Open { id: Some(name.raw), title: None },
    };
    Reading::of(statement, after.at)
}

fn direction(mut at: Scanner<'_>) -> Option<Reading> {
    at.skip_blanks();
    let found = word_direction(at)?;
    // Mermaid takes the whole line, whatever follows.
    Some(Reading::of(Statement::Direction(found), end_of_statement(at).at))
}

/// The direction that stands here as a word.
pub(super) fn word_direction(at: Scanner<'_>) -> Option<Direction> {
    let words = [("TD", Direction::TD), ("TB", Direction::TB), ("BT", Direction::BT), ("LR", Direction::LR), ("RL", Direction::RL)];
    words.into_iter().find(|(word, _)| at.sees_word(word)).map(|(_, direction)| direction)
}

fn declarations(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(',') {
        match pieces.last_mut() {
            // `\,` is a comma inside a value: stroke-dasharray:5\,5
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

/// The first word and the rest of a statement such as `style id declarations`.
fn word_and_rest(mut at: Scanner<'_>) -> Option<(String, String, usize)> {
    at.skip_blanks();
    let (words, end) = words_until_end(at);
    let (first, rest) = words.split_once(char::is_whitespace)?;
    Some((first.to_owned(), rest.trim().to_owned(), end))
}

fn style(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let read = word_and_rest(at).map(|(id, rest, end)| (id, declarations(&rest), end)).filter(|read| !read.1.is_empty());
    let (id, style, end) = read.ok_or_else(|| {
        Fault::new(start.at, at.at, "A style line names a node and what it looks like: “style A fill:#f9f,stroke:#333”.")
    })?;
    Ok(Reading::of(Statement::Style(id, style), end))
}

fn class_def(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let read = word_and_rest(at).map(|(names, rest, end)| (names, declarations(&rest), end)).filter(|read| !read.1.is_empty());
    let (names, style, end) = read.ok_or_else(|| {
        Fault::new(start.at, at.at, "A classDef line names a class and what it looks like: “classDef lost stroke:#f66”.")
    })?;
    let names = declarations(&names);
    if names.is_empty() {
        return Err(Fault::new(start.at, end, "This classDef line names no class: write “classDef lost stroke:#f66”."));
    }
    Ok(Reading::of(Statement::ClassDef(ClassDef { names, style }), end))
}

fn class(start: Scanner<'_>, mut at: Scanner<'_>) -> Result<Reading, Fault> {
    at.skip_blanks();
    let (words, end) = words_until_end(at);
    // The class is the last word; blanks behind the commas of the ids are forgiven.
    let read = words.rsplit_once(char::is_whitespace).map(|(ids, name)| (declarations(ids), name.to_owned()));
    let (ids, name) = read.filter(|(ids, _)| fit_class(ids)).ok_or_else(|| {
        Fault::new(start.at, at.at, "A class line names nodes and one class: “class A,B lost”.")
    })?;
    Ok(Reading::of(Statement::Class(ids, name), end))
}

fn fit_class(ids: &[String]) -> bool {
    !ids.is_empty() && ids.iter().all(|id| !id.contains(char::is_whitespace))
}

fn link_style(start: Scanner<'_>, at: Scanner<'_>) -> Result<Reading, Fault> {
    let fault = || Fault::new(start.at, at.at, "A linkStyle line counts edges from 0: “linkStyle 0,2 stroke:#f66”.");
    let (numbers, _, end) = word_and_rest(at).ok_or_else(fault)?;
    let numbers: Result<Vec<usize>, _> =
        if numbers == "default" { Ok(Vec::new()) } else { numbers.split(',').map(str::parse).collect() };
    numbers.map(|numbers| Reading::of(Statement::LinkStyle(numbers), end)).map_err(|_| fault())
}

/// `accTitle: …` and `accDescr: …` to the end of the line, `accDescr { … }` over several.
fn accessible(mut at: Scanner<'_>) -> Option<Reading> {
    at.skip_blanks();
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

fn chain(start: Scanner<'_>) -> Result<Reading, Fault> {
    let mut remarks = Vec::new();
    let mut groups = Vec::new();
    let mut links = Vec::new();
    let mut at = start;
    loop {
        groups.push(group(&mut at, &mut remarks)?);
        match arrow::read(at)? {
            Some((link, after)) => {
                remark_on_link(&link, &mut remarks);
                links.push(link);
                at = after;
                at.skip_space();
            }
            None => break,
        }
    }
    Ok(Reading { statement: Statement::Chain { groups, links }, end: at.at, remarks })
}

fn remark_on_link(link: &Link, remarks: &mut Vec<(Severity, Fault)>) {
    if let Some(label) = &link.label {
        remark_on_label(label, link.span, if link.piped { &text::SPECIAL } else { &['"'] }, remarks);
    }
    if let Some(id) = &link.id {
        let message = format!("The edge is drawn, but its own id “{id}” is not kept.");
        remarks.push((Severity::Warning, Fault::new(link.span.0, link.span.1, message)));
    }
}

fn remark_on_label(label: &Label, span: (usize, usize), refused: &[char], remarks: &mut Vec<(Severity, Fault)>) {
    if label.quoted || super::label::border(&label.raw).is_some() {
        return;
    }
    if let Some(sign) = label.raw.chars().find(|c| refused.contains(c)) {
        let name = match sign {
            '(' | ')' => "parenthesis".to_owned(),
            '[' | ']' => "bracket".to_owned(),
            '{' | '}' => "brace".to_owned(),
            '"' => "quotation mark".to_owned(),
            other => format!("“{other}”"),
        };
        let message = format!("Mermaid itself rejects this unquoted {name}; the Portable form quotes it.");
        let fix = format!("\"{}\"", super::escape::portable(&label.visible()));
        remarks.push((Severity::Note, Fault::new(span.0, span.1, message).fix(fix)));
    }
}

/// `A & B & C`
fn group(at: &mut Scanner<'_>, remarks: &mut Vec<(Severity, Fault)>) -> Result<Vec<Mention>, Fault> {
    let mut mentions = vec![mention(at, remarks)?];
    loop {
        let mut next = *at;
        let before = next.skip_blanks() > 0;
        let ampersand = next.take("&");
        let behind = next.skip_blanks() > 0;
        if !(before && ampersand && behind) {
            return Ok(mentions);
        }
        *at = next;
        mentions.push(mention(at, remarks)?);
    }
}

fn mention(at: &mut Scanner<'_>, remarks: &mut Vec<(Severity, Fault)>) -> Result<Mention, Fault> {
    let start = at.at;
    let Some(id::Read { id, after }) = id::read(*at)? else { return Err(no_node(*at)) };
    *at = after;
    if let Some(sign) = id::strange_sign(&id) {
        let message = format!("Mermaid itself rejects “{sign}” in an id; the Portable form renames the node.");
        remarks.push((Severity::Note, Fault::new(start, at.at, message)));
    }
    let mut mention = Mention { id, span: (start, at.at), label: None, shape: Shape::Plain, classes: vec![], props: vec![] };
    if shape::begins(*at) && !arrow_begins(*at) {
        let opening = at.at;
        let (shape, label, after) = shape::read(*at).ok_or_else(|| unclosed(*at))?;
        *at = after;
        remark_on_label(&label, (opening, at.at), &text::SPECIAL, remarks);
        mention.shape = shape;
        mention.label = Some(label);
    }
    while decoration(at, &mut mention)? {}
    Ok(mention)
}

fn arrow_begins(at: Scanner<'_>) -> bool {
    at.peek() == Some('<')
}

/// `:::class` or `@{ … }` behind a node.
fn decoration(at: &mut Scanner<'_>, mention: &mut Mention) -> Result<bool, Fault> {
    let mut after = *at;
    if after.take(":::") {
        let Some(id::Read { id, after }) = id::read(after)? else {
            return Err(Fault::new(at.at, at.at + 3, "The name of a class is missing behind “:::”."));
        };
        mention.classes.push(id);
        *at = after;
        return Ok(true);
    }
    let Some(end) = super::props::end(*at)? else { return Ok(false) };
    mention.props.push(at.slice(at.at, end));
    at.at = end;
    Ok(true)
}

fn unclosed(at: Scanner<'_>) -> Fault {
    let sign = at.peek().unwrap_or('[');
    let close = match sign {
        '(' => ')',
        '{' => '}',
        _ => ']',
    };
    let message = format!("The label that begins with this “{sign}” is not closed: write “{close}” behind it.");
    Fault::new(at.at, at.at + 1, message).fix(close)
}

fn no_node(at: Scanner<'_>) -> Fault {
    let length = usize::from(!at.is_done());
    let message = match at.peek() {
        None | Some('\n' | ';') => "A node is missing here: write its id.".to_owned(),
        Some(c) => format!("A node's id cannot begin with “{c}”: write letters and digits, as in “NodeA”."),
    };
    Fault::new(at.at, at.at + length, message)
}

/// Whether a kept line is a statement in itself, so that it can be printed as it is: a comment, or one of those that
/// the parser keeps to the letter.
pub(super) fn stands_alone(text: &str) -> bool {
    if text.starts_with("%%") {
        let directive = text.starts_with("%%{") && text.find("}%%") == Some(text.len().saturating_sub(3));
        return directive || !text.contains('\n');
    }
    let source = super::scanner::Source::new(text);
    let Ok(reading) = read(source.scanner()) else { return false };
    let kept = match &reading.statement {
        Statement::Kept | Statement::LinkStyle(_) | Statement::Class(..) | Statement::Direction(_) => true,
        Statement::Chain { groups, links } => {
            links.is_empty() && matches!(groups.as_slice(), [group] if matches!(group.as_slice(), [mention] if !mention.props.is_empty()))
        }
        _ => false,
    };
    kept && reading.end == text.chars().count()
}
