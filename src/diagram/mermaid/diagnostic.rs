//! What the parser has to say: where, how grave, what happened, and what to do about it.
//!
//! A [`Severity::Error`] is a line that could not be read; a [`Severity::Warning`] a line that was read but loses
//! something; a [`Severity::Note`] a line that we read and real Mermaid would not.

use std::fmt;

use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Read as it was meant; real Mermaid is stricter.
    Note,
    /// Read, but something of it is not drawn.
    Warning,
    /// Not read; the line is kept to the letter.
    Error,
}

/// One sentence about one place of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters of that line it is about.
    pub length: usize,
    /// What happened and what to do.
    pub message: String,
    /// Text that would put the faulty span right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

impl Diagnostic {
    /// Whether a line could not be read.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// `LINE:COLUMN: severity: message`, as compilers print it.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.line, self.column, self.severity, self.message)
    }
}

/// A diagnostic whose place is still an offset into the source, as the readers report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where it begins, in characters from the start of the source.
    pub at: usize,
    /// Where it ends.
    pub end: usize,
    /// What happened and what to do.
    pub message: String,
    /// Text that would put it right.
    pub fix: Option<String>,
}

impl Fault {
    /// A fault over `at..end`.
    pub fn new(at: usize, end: usize, message: impl Into<String>) -> Self {
        Self { at, end, message: message.into(), fix: None }
    }

    /// The same fault with a proposal.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }
}
