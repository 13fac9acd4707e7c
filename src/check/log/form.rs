//! The two forms in which logs are written.

use super::{Log, Problem, Unwritable, jepsen, json_lines};

/// How a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As Jepsen prints it while it runs: [`jepsen`].
    Jepsen,
    /// One JSON object for each event: [`json_lines`].
    JsonLines,
}

impl Form {
    /// The form that a text seems to have: what begins with a brace is JSON lines.
    pub fn guess(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii_start().starts_with('{') { Self::JsonLines } else { Self::Jepsen }
    }

    /// Reads a log.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, in the order of its lines.
    pub fn read(self, text: &str) -> Result<Log, Vec<Problem>> {
        match self {
            Self::Jepsen => jepsen::read(text),
            Self::JsonLines => json_lines::read(text),
        }
    }

    /// Writes a log.
    ///
    /// # Errors
    ///
    /// What the log says and this form cannot. JSON lines can say everything.
    pub fn write(self, log: &Log) -> Result<String, Unwritable> {
        match self {
            Self::Jepsen => jepsen::write(log),
            Self::JsonLines => Ok(json_lines::write(log)),
        }
    }

    /// How this form writes that there is no value.
    pub(super) const fn nil(self) -> &'static str {
        match self {
            Self::Jepsen => "nil",
            Self::JsonLines => "null",
        }
    }
}
