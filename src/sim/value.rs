//! What a register holds, what is asked of it, and the three ways a request can end.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A value of the register: `Value(1)` is shown as `v1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Value(pub u32);

/// What a client asks of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Store this value.
    Write(Value),
    /// Return the value.
    Read,
}

/// A success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The write was accepted.
    Written,
    /// The read returns this value.
    Value(Value),
}

/// Why a node refused. A refused write has not taken effect and never will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A majority could not be reached in time.
    QuorumLoss,
    /// The other replicas could not confirm in time that the local value is the latest.
    Unconfirmed,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It succeeded.
    Answered(Answer),
    /// It failed, and is known to have had no effect.
    Refused(Refusal),
    /// Nobody can tell: it may have taken effect, may yet, or never will.
    Unknown,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl From<Value> for String {
    fn from(value: Value) -> Self {
        value.to_string()
    }
}

impl TryFrom<String> for Value {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.strip_prefix('v')
            .and_then(|number| number.parse().ok())
            .map(Self)
            .ok_or_else(|| format!("a value is written as `v` and a number, such as v1, not `{text}`"))
    }
}
