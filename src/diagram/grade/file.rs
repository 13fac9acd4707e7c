//! Reading a rubric from a file: what is wrong with it is said with its line and column.

use std::fmt;

use super::rubric::{Rubric, Written};

/// What is wrong with a text, and where: `3:14: sentence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads a rubric from JSON.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(text: &str) -> Result<Rubric, Problem> {
    let written: Written = serde_json::from_str(text).map_err(|error| of_json(text, &error))?;
    let Some(fault) = written.fault() else { return Ok(Rubric::from(written)) };
    let (line, column) = position(text, offset(text, &fault.id));
    Err(Problem { line, column, message: fault.message })
}

/// The problem that the reader of JSON found.
pub(super) fn of_json(text: &str, error: &serde_json::Error) -> Problem {
    if text.trim().is_empty() {
        return Problem { line: 1, column: 1, message: "The file is empty: is it the right one?".to_owned() };
    }
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let mut letters = message.chars();
    let message: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let hint = if error.is_eof() { ": the file ends too early" } else { "" };
    Problem { line: error.line().max(1), column: error.column().max(1), message: format!("{message}{hint}.") }
}

/// Where something of that id is written: the last, since of two that are called the same the first is right. What has
/// no `id` is found by its text.
fn offset(text: &str, id: &str) -> usize {
    let written = format!("\"{id}\"");
    let is_id = |at: &usize| {
        let before = text[..*at].trim_end().strip_suffix(':').map(str::trim_end);
        before.is_some_and(|before| before.ends_with("\"id\""))
    };
    let mut places = text.match_indices(&written).map(|(at, _)| at);
    places.clone().filter(is_id).last().or_else(|| places.next()).unwrap_or(0)
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
