//! What a reader of logs has to say: where, what is wrong, and what to do about it.
//!
//! A log with a problem is no log: a verdict on the part that could be read would not be a verdict on the log. So the
//! readers return either a log or problems, never both. Each line has at most one problem, and no sentence quotes more
//! than a few words of the text, so that a hostile file costs no more than reading it once.

use std::fmt;

use super::line::Line;

/// How many problems are told of one text. Whoever has a thousand has most likely taken the wrong file.
pub const MOST: usize = 1_000;

/// How many characters of the text a sentence quotes.
const QUOTED: usize = 40;

/// One sentence about one place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters of that line it is about; 0 where something is missing.
    pub length: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// `LINE:COLUMN: message`, as compilers print it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// The bytes of a file as text.
///
/// # Errors
///
/// The place of the first byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (before, after) = bytes.split_at(error.valid_up_to());
        let line = before.split(|&byte| byte == b'\n').count();
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let byte = after.first().copied().unwrap_or_default();
        let message = if error.error_len().is_none() {
            "The text ends in the middle of a character: was the file cut off here?".to_owned()
        } else {
            format!("The byte {byte:#04X} is not UTF-8 text here: save the log as UTF-8.")
        };
        Problem { line, column, length: 1, message }
    })
}

/// A problem whose place is still a part of the line, as the readers report it.
#[derive(Debug)]
pub(super) struct Fault<'a> {
    /// The part of the line that it is about.
    pub part: &'a str,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether the line would be right if it went on: where it is the last, it may have been cut off.
    pub may_go_on: bool,
}

impl<'a> Fault<'a> {
    /// A fault of that part of a line, which nothing behind the line could mend.
    pub fn new(part: &'a str, message: impl Into<String>) -> Self {
        Self { part, message: message.into(), may_go_on: false }
    }

    /// The same; whether more behind the line could mend it.
    pub fn may_go_on(self, may_go_on: bool) -> Self {
        Self { may_go_on, ..self }
    }
}

/// The problems of a text so far.
#[derive(Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    /// Notes what is wrong with a line; false once there are too many to go on.
    pub fn note(&mut self, line: &Line<'_>, fault: Fault<'_>) -> bool {
        let start = line.offset(fault.part);
        self.found.push(Problem {
            line: line.number as usize,
            column: line.text[..start].chars().count() + 1,
            length: fault.part.chars().count(),
            message: fault.message,
        });
        if self.found.len() < MOST {
            return true;
        }
        let message = format!("These are {MOST} problems, and the lines after this one were not read: is it a log?");
        self.found.push(Problem { line: line.number as usize, column: 1, length: 0, message });
        false
    }

    /// Notes that the text as a whole is no log. Nothing else need be said of it.
    pub fn note_whole(&mut self, message: impl Into<String>) {
        self.found = vec![Problem { line: 1, column: 1, length: 0, message: message.into() }];
    }

    /// Forgets all but the first, of a text in which nothing is as it should be.
    pub fn keep_first(&mut self) {
        self.found.truncate(1);
    }

    /// The log, if nothing is wrong with its text.
    pub fn none_or<T>(self, log: T) -> Result<T, Vec<Problem>> {
        if self.found.is_empty() { Ok(log) } else { Err(self.found) }
    }
}

/// The first characters of a text in quotation marks, without line ends or escape codes.
pub(super) fn quote(text: &str) -> String {
    let mut letters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let start: String = letters.by_ref().take(QUOTED).collect();
    if letters.next().is_some() { format!("`{start}…`") } else { format!("`{start}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_not_utf_8_is_named_with_its_line_and_column() {
        let problem = decode(b"one\nt\xC3\xB6\xFF\n").unwrap_err();
        assert_eq!((problem.line, problem.column), (2, 3));
        assert!(problem.message.contains("0xFF"), "{problem}");
        let cut = decode(b"one\n\xC3").unwrap_err();
        assert_eq!((cut.line, cut.column), (2, 1));
        assert!(cut.message.contains("cut off"), "{cut}");
    }

    #[test]
    fn a_quotation_is_short_and_on_one_line() {
        assert_eq!(quote("a\nb\u{1b}"), "`a b `");
        assert_eq!(quote(&"x".repeat(10_000_000)).chars().count(), 43);
    }
}
