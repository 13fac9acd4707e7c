//! One door to the checkers: a log, what kind of object it is about, and what is asked of it. The verdict comes with
//! one sentence that a person can follow, whoever the checker was.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::linearizable::linearizable;
use super::order::terms::suits;
use super::sequential::sequential;
use super::sessions::{Guarantee, sessions};
use super::verdict::Verdict;
use super::words;
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
/// the budget or what is missing. The budget counts configurations (of each key, for linearizability); the session
/// guarantees need none.
pub fn judge(log: &Log, model: ModelName, consistency: Consistency, budget: Budget) -> Verdict<String, String, String> {
    let guarantee = match consistency {
        Consistency::Linearizable => {
            return told(linearizable(log, model, budget), |orders| {
                let placed: usize = orders.iter().map(|explained| explained.order.len()).sum();
                let placed = words::count(placed, "operation");
                match orders.len() {
                    0 | 1 => format!("One order of {placed}, true to real time, explains every answer."),
                    keys => format!(
                        "One order for each of {keys} keys, {placed} in all and true to real time, explains every answer."
                    ),
                }
            });
        }
        Consistency::Sequential => {
            return told(sequential(log, model, budget), |order| {
                let placed = words::count(order.len(), "operation");
                format!("One order of {placed}, true to the order of each process, explains every answer.")
            });
        }
        Consistency::ReadYourWrites => Guarantee::ReadYourWrites,
        Consistency::MonotonicReads => Guarantee::MonotonicReads,
        Consistency::MonotonicWrites => Guarantee::MonotonicWrites,
        Consistency::WritesFollowReads => Guarantee::WritesFollowReads,
    };
    if matches!(model, ModelName::Counter | ModelName::Set) {
        return Verdict::Unknown(format!("Session guarantees are judged of registers, not of a {model}."));
    }
    if let Err(unsuitable) = suits(log, model) {
        return Verdict::Unknown(unsuitable.to_string());
    }
    told(sessions(log, guarantee), |kept| {
        let (sessions, versions) = (words::count(kept.sessions, "session"), words::count(kept.versions, "version"));
        format!("One order of {versions} suits {sessions}.")
    })
}

/// A verdict in words.
fn told<H, V, U>(verdict: Verdict<H, V, U>, evidence: impl Fn(&H) -> String) -> Verdict<String, String, String>
where
    V: fmt::Display,
    U: fmt::Display,
{
    match verdict {
        Verdict::Holds(holds) => Verdict::Holds(evidence(&holds)),
        Verdict::Violated(witness) => Verdict::Violated(witness.to_string()),
        Verdict::Unknown(why) => Verdict::Unknown(why.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for model in ModelName::ALL {
            assert_eq!(model.to_string().parse(), Ok(model));
        }
        for consistency in Consistency::ALL {
            assert_eq!(consistency.to_string().parse(), Ok(consistency));
        }
        let unknown = "queue".parse::<ModelName>().expect_err("there is none");
        assert_eq!(unknown.to_string(), "there is no model `queue`: choose register, cas-register, counter or set");
    }

    #[test]
    fn every_question_has_a_verdict_in_one_line() {
        let log = samples::log("0:write=1@0-1 0:read=nil@2-3 1:read=1@4-5 1:read=nil@6-7 0:write=2@8-9");
        for model in ModelName::ALL {
            for consistency in Consistency::ALL {
                let verdict = judge(&log, model, consistency, Budget::default());
                let (Verdict::Holds(words) | Verdict::Violated(words) | Verdict::Unknown(words)) = &verdict;
                assert!(words.ends_with('.') && !words.contains('\n'), "{words}");
                let is_register = matches!(model, ModelName::Register | ModelName::CasRegister);
                assert_eq!(matches!(verdict, Verdict::Unknown(_)), !is_register, "{words}");
            }
        }
    }

    #[test]
    fn a_log_keeps_what_it_keeps_and_breaks_the_rest() {
        let log = samples::log("0:write=1@0-1 1:read=nil@2-3 1:read=1@4-5");
        let holds = |consistency| judge(&log, ModelName::Register, consistency, Budget::default()).holds();
        assert_eq!(Consistency::ALL.map(holds), [false, true, true, true, true, true]);
    }
}
