//! One door to the checkers: a log, what kind of object it is about, and what is asked of it. The verdict comes with
//! one sentence that a person can follow, whoever the checker was.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::linearizable::linearizable;
use super::sequential::sequential;
use super::verdict::Verdict;
use super::{Budget, Log};

/// What kind of object a log is about: what its operations do and what they return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelName {
    /// Reads and writes of one value.
    Register,
    /// A register that also stores a value on condition that it holds another.
    CasRegister,
    /// Additions to a number, initially 0, and reads of it.
    Counter,
    /// Elements put into and taken out of a set, initially empty, and reads of all of them.
    Set,
}

/// What can be asked of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Consistency {
    /// One order, true to real time, explains every answer.
    Linearizable,
    /// One order, true to the order of each process, explains every answer.
    Sequential,
    /// A session sees its own writes.
    ReadYourWrites,
    /// A session never sees an older version than one it has seen.
    MonotonicReads,
    /// The writes of a session take effect in its order.
    MonotonicWrites,
    /// What a session writes comes after what it has read.
    WritesFollowReads,
}

impl ModelName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Register, Self::CasRegister, Self::Counter, Self::Set];

    /// Its name in lower case, with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::CasRegister => "cas-register",
            Self::Counter => "counter",
            Self::Set => "set",
        }
    }
}

impl Consistency {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Linearizable,
        Self::Sequential,
        Self::ReadYourWrites,
        Self::MonotonicReads,
        Self::MonotonicWrites,
        Self::WritesFollowReads,
    ];

    /// Its name in lower case, with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linearizable => "linearizable",
            Self::Sequential => "sequential",
            Self::ReadYourWrites => "read-your-writes",
            Self::MonotonicReads => "monotonic-reads",
            Self::MonotonicWrites => "monotonic-writes",
            Self::WritesFollowReads => "writes-follow-reads",
        }
    }
}

/// A name that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no {kind} `{name}`: choose {choices}")]
pub struct NoSuchName {
    /// What was to be named.
    kind: &'static str,
    /// What was given.
    name: String,
    /// What there is.
    choices: String,
}

fn named<T: Copy>(kind: &'static str, all: &[T], name_of: fn(T) -> &'static str, text: &str) -> Result<T, NoSuchName> {
    all.iter().copied().find(|&one| name_of(one) == text).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|&one| name_of(one)).collect();
        let choices = match names.split_last() {
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        };
        NoSuchName { kind, name: text.to_owned(), choices }
    })
}

impl FromStr for ModelName {
    type Err = NoSuchName;

    fn from_str(text: &str) -> Result<Self, NoSuchName> {
        named("model", &Self::ALL, Self::name, text)
    }
}

impl FromStr for Consistency {
    type Err = NoSuchName;

    fn from_str(text: &str) -> Result<Self, NoSuchName> {
        named("consistency", &Self::ALL, Self::name, text)
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Consistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Judges a log. Each verdict carries one sentence without a line feed: the evidence, the reason of the violation, or
/// the budget or what is missing.
pub fn judge(log: &Log, model: ModelName, consistency: Consistency, budget: Budget) -> Verdict<String, String, String> {
    match consistency {
        Consistency::Linearizable => told(linearizable(log, model, budget), |_| String::new()),
        Consistency::Sequential => told(sequential(log, model, budget), |_| String::new()),
        _ => Verdict::Unknown(String::new()),
    }
}

fn told<H, V: fmt::Display, U: fmt::Display>(
    verdict: Verdict<H, V, U>,
    evidence: impl Fn(&H) -> String,
) -> Verdict<String, String, String> {
    match verdict {
        Verdict::Holds(holds) => Verdict::Holds(evidence(&holds)),
        Verdict::Violated(witness) => Verdict::Violated(witness.to_string()),
        Verdict::Unknown(why) => Verdict::Unknown(why.to_string()),
    }
}
