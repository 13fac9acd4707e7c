//! What a replicated object holds, what is asked of it, and the three ways a request can end.
//!
//! Most protocols keep a register. The conflict-free ones keep a counter and a set instead, and one keeps every value
//! that was written concurrently. An object refuses what it does not understand.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value of the register: `Value(1)` is shown as `v1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(with = "String")]
#[serde(into = "String", try_from = "String")]
pub struct Value(pub u32);

/// Values, each at most once: those from `v0` to `v63`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(with = "Vec<String>")]
#[serde(into = "Vec<Value>", try_from = "Vec<Value>")]
pub struct ValueSet(u64);

/// What a replica holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    /// A register's value.
    Value(Value),
    /// The elements of a set, or the values of a register that were written concurrently.
    Values(ValueSet),
    /// The count of a counter.
    Count(i64),
}

/// What a client asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Store this value.
    Write(Value),
    /// Return the value.
    Read,
    /// Store the second value if the register holds the first.
    Cas(Value, Value),
    /// Add this to the counter; negative takes away.
    Add(i32),
    /// Put this element into the set.
    Insert(Value),
    /// Take this element out of the set.
    Remove(Value),
}

/// A success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The write, or whatever else was to be changed, was accepted.
    Written,
    /// The read returns this value.
    Value(Value),
    /// The read returns these elements, or these values that were written concurrently.
    Values(ValueSet),
    /// The read returns this count.
    Count(i64),
    /// The register held another value than the one to be replaced: nothing was changed.
    Differs,
}

/// Why a node refused. A refused write has not taken effect and never will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A majority could not be reached in time.
    QuorumLoss,
    /// The other replicas could not confirm in time that the local value is the latest.
    Unconfirmed,
    /// No node is known to lead.
    NoLeader,
    /// The object understands no such request.
    Unsupported,
    /// Its rules say so.
    ByRule,
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

impl Operation {
    /// Whether it changes nothing.
    pub fn is_read(self) -> bool {
        self == Self::Read
    }

    /// What it makes of a register that holds `value`, and the answer; `None` if a register understands no such thing.
    pub fn on_register(self, value: Value) -> Option<(Value, Answer)> {
        match self {
            Self::Read => Some((value, Answer::Value(value))),
            Self::Write(new) => Some((new, Answer::Written)),
            Self::Cas(old, new) if old == value => Some((new, Answer::Written)),
            Self::Cas(..) => Some((value, Answer::Differs)),
            Self::Add(_) | Self::Insert(_) | Self::Remove(_) => None,
        }
    }
}

impl Content {
    /// What a read of it is answered.
    pub fn answer(self) -> Answer {
        match self {
            Self::Value(value) => Answer::Value(value),
            Self::Values(values) => Answer::Values(values),
            Self::Count(count) => Answer::Count(count),
        }
    }
}

impl ValueSet {
    /// The largest value that a set can hold.
    pub const LARGEST: Value = Value(63);

    /// With this value; a value past [`ValueSet::LARGEST`] is counted modulo 64.
    #[must_use]
    pub fn with(self, value: Value) -> Self {
        Self(self.0 | 1 << (value.0 % 64))
    }

    /// Whether the value is in it.
    pub fn contains(self, value: Value) -> bool {
        self.0 & 1 << (value.0 % 64) != 0
    }

    /// The values, in ascending order.
    pub fn iter(self) -> impl Iterator<Item = Value> {
        (0..64).map(Value).filter(move |&value| self.contains(value))
    }
}

impl FromIterator<Value> for ValueSet {
    fn from_iter<T: IntoIterator<Item = Value>>(values: T) -> Self {
        values.into_iter().fold(Self::default(), Self::with)
    }
}

impl From<ValueSet> for Vec<Value> {
    fn from(values: ValueSet) -> Self {
        values.iter().collect()
    }
}

impl TryFrom<Vec<Value>> for ValueSet {
    type Error = String;

    fn try_from(values: Vec<Value>) -> Result<Self, String> {
        match values.iter().find(|&&value| value > Self::LARGEST) {
            Some(value) => Err(format!("a set holds values up to {}, not {value}", Self::LARGEST)),
            None => Ok(values.into_iter().collect()),
        }
    }
}

/// As a person would write it: `v1`, `{v1, v2}`, `3`.
impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Values(values) => {
                f.write_str("{")?;
                for (at, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(value) => write!(f, "write {value}"),
            Self::Read => f.write_str("read"),
            Self::Cas(old, new) => write!(f, "{old} → {new}"),
            Self::Add(count) => write!(f, "add {count}"),
            Self::Insert(value) => write!(f, "insert {value}"),
            Self::Remove(value) => write!(f, "remove {value}"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Written => f.write_str("ok"),
            Self::Value(value) => value.fmt(f),
            Self::Values(values) => Content::Values(values).fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Differs => f.write_str("differs"),
        }
    }
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
