//! Availability, as Gilbert and Lynch define it: every request received by a node that has not failed gets a response,
//! and, as the course adds, one that is not an error. There is no bound on the time; "never" is judged at the end of
//! the run, which is a bound of ours and is named in the verdict.

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;
use super::{Attempt, History};
use crate::sim::{Outcome, Refusal, RequestId};

/// Whether the run is over: only then does a missing answer count as none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// More may follow.
    SoFar,
    /// Nothing follows.
    Whole,
}

/// How many requests were answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// How many got an answer that is not an error.
    pub answered: usize,
    /// How many were made.
    pub of: usize,
}

/// The request that shows that availability is violated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// The request.
    pub attempt: Attempt,
    /// What became of it.
    pub how: How,
}

/// How a request failed to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A working node refused it.
    Refused(Refusal),
    /// Its outcome is unknown to the client.
    Unknown,
    /// It had no answer by the end of the run.
    NoAnswer,
}

/// Why availability cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    /// Nothing has been asked.
    NothingAsked,
    /// All answers so far are good, and these requests still wait.
    Waiting(Vec<RequestId>),
}

/// A verdict on availability.
pub type Availability = Verdict<Answered, Unanswered, Undecided>;

/// Judges availability. The first request that failed is the witness.
pub fn availability(history: &History, extent: Extent) -> Availability {
    let mut waiting = Vec::new();
    for attempt in &history.attempts {
        let how = match (attempt.outcome(), extent) {
            (Some(Outcome::Answered(_)), _) => continue,
            (Some(Outcome::Refused(refusal)), _) => How::Refused(refusal),
            (Some(Outcome::Unknown), _) => How::Unknown,
            (None, Extent::Whole) => How::NoAnswer,
            (None, Extent::SoFar) => {
                waiting.push(attempt.request);
                continue;
            }
        };
        return Verdict::Violated(Unanswered { attempt: attempt.clone(), how });
    }
    let of = history.attempts.len();
    if of == 0 {
        Verdict::Unknown(Undecided::NothingAsked)
    } else if waiting.is_empty() {
        Verdict::Holds(Answered { answered: of, of })
    } else {
        Verdict::Unknown(Undecided::Waiting(waiting))
    }
}
