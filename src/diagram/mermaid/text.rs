//! Labels between delimiters, quoted and unquoted.
//!
//! Real Mermaid takes no bracket, pipe or quotation mark in an unquoted label. The module's own template has one
//! (`|2. Replicate (FAIL)|`), so we read on: first strictly as Mermaid does, then leniently to the delimiter that
//! closes, counting brackets of the same kind, on the same line only.

use super::scanner::Scanner;
use crate::diagram::Label;

/// What real Mermaid refuses in an unquoted label.
pub(super) const SPECIAL: [char; 8] = ['[', ']', '(', ')', '{', '}', '|', '"'];

/// How far an unquoted label may reach, in characters. A bound keeps hostile text from being read over and over.
pub(super) const BOUND: usize = 2_000;

/// A label that was read.
pub(super) struct Read<'a> {
    /// The label as written.
    pub label: Label,
    /// Whether blanks stand before it.
    pub spaced: bool,
    /// Which of the delimiters closed it.
    pub closer: usize,
    /// The place behind that delimiter.
    pub after: Scanner<'a>,
}

/// Reads `"text"` and the delimiter behind it.
pub(super) fn quoted<'a>(mut at: Scanner<'a>, closers: &[&str]) -> Option<Read<'a>> {
    let spaced = at.skip_space() > 0;
    let (raw, mut after) = quotation(at)?;
    after.skip_space();
    let closer = closers.iter().position(|closer| after.take(closer))?;
    Some(Read { label: Label { raw, quoted: true }, spaced, closer, after })
}

/// Reads `"text"`.
pub(super) fn quotation(mut at: Scanner<'_>) -> Option<(String, Scanner<'_>)> {
    if !at.take("\"") {
        return None;
    }
    let end = at.find('"', usize::MAX)?;
    Some((at.slice(at.at, end), at.to(end + 1)))
}

/// Reads an unquoted label as real Mermaid does: nothing special in it, line breaks allowed.
pub(super) fn strict<'a>(at: Scanner<'a>, closers: &[&str]) -> Option<Read<'a>> {
    let mut end = at;
    while end.at - at.at <= BOUND {
        if let Some(read) = closed(at, end, closers) {
            return Some(read);
        }
        end.peek().filter(|c| !SPECIAL.contains(c))?;
        end.bump();
    }
    None
}

/// Reads an unquoted label to the first delimiter of this line that is not inside brackets of the kind `nest`.
pub(super) fn balanced<'a>(at: Scanner<'a>, closers: &[&str], nest: Option<(char, char)>) -> Option<Read<'a>> {
    let mut depth = 0_usize;
    let mut end = at;
    while end.at - at.at <= BOUND {
        if depth == 0
            && let Some(read) = closed(at, end, closers)
        {
            return Some(read);
        }
        let c = end.peek().filter(|c| *c != '\n')?;
        match nest {
            Some((open, _)) if c == open => depth += 1,
            Some((_, close)) if c == close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        end.bump();
    }
    None
}

/// Reads an unquoted label to the first delimiter of this line.
pub(super) fn first<'a>(at: Scanner<'a>, closers: &[&str]) -> Option<Read<'a>> {
    balanced(at, closers, None)
}

fn closed<'a>(from: Scanner<'a>, end: Scanner<'a>, closers: &[&str]) -> Option<Read<'a>> {
    let mut after = end;
    let closer = closers.iter().position(|closer| after.take(closer))?;
    let raw = from.slice(from.at, end.at).trim().to_owned();
    let spaced = from.peek().is_some_and(char::is_whitespace);
    Some(Read { label: Label { raw, quoted: false }, spaced, closer, after })
}

/// Whether `raw`, written without quotation marks between `open` and `close`, is read back as it is, whatever
/// follows on the line.
pub(super) fn stands_unquoted(raw: &str, open: &str, close: &str) -> bool {
    let kind = |c: char| match c {
        '[' | ']' => 1,
        '(' | ')' => 2,
        '{' | '}' => 3,
        '|' => 4,
        _ => 0,
    };
    let own: Vec<i32> = open.chars().chain(close.chars()).map(kind).filter(|kind| *kind > 0).collect();
    let longer_opener: &[char] = match open {
        "[" => &['[', '(', '/', '\\'],
        "(" => &['(', '[', '-'],
        "((" => &['('],
        "{" => &['{'],
        _ => &[],
    };
    !raw.is_empty()
        && raw.chars().count() < BOUND
        && raw.trim() == raw
        && !raw.chars().any(|c| matches!(c, '"' | '\n' | '\r') || own.contains(&kind(c)))
        && !raw.starts_with(longer_opener)
}
