//! Linearizability of a register: is there one order of all operations, each at an instant between its invocation and
//! its response, that explains every answer?
//!
//! The search is Wing and Gong's with the memory of Lowe: place any operation that no unplaced operation precedes, go
//! on, and never visit the same (set of placed operations, value) twice. Sources: Wing & Gong 1993; Lowe, "Testing for
//! linearizability", 2017, §3.
//!
//! Intervals are closed: an operation that returns before another is invoked precedes it. A refused operation had no
//! effect and is left out. One whose outcome is unknown, or that has not returned, may take effect at any later time or
//! never: such a write is optional, such a read says nothing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;
use super::{Attempt, History};
use crate::sim::{Answer, EventId, Operation, Outcome, Value};

/// How many (set, value) pairs the search may visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget(pub usize);

/// A million pairs: far more than a run of the course needs.
impl Default for Budget {
    fn default() -> Self {
        Self(1_000_000)
    }
}

/// Why a history is not linearizable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotLinearizable {
    /// The longest order that explains the answers of the operations in it.
    pub longest: Vec<Attempt>,
    /// The value of the register after it.
    pub value: Value,
    /// The operation that has to come next and cannot.
    pub stuck: Attempt,
}

/// A verdict on linearizability: an order that explains every answer, the operation that none explains, or the budget
/// that ran out.
pub type Linearizability = Verdict<Vec<Attempt>, NotLinearizable, Budget>;

/// An operation the search has to place, or may.
struct Candidate<'a> {
    attempt: &'a Attempt,
    effect: Effect,
    /// The event of its response; `None` if it may take effect at any time after its invocation, or never.
    must_end: Option<EventId>,
}

enum Effect {
    Writes(Value),
    Reads(Value),
}

/// Judges linearizability.
pub fn linearizability(history: &History, budget: Budget) -> Linearizability {
    let candidates: Vec<Candidate> = history.attempts.iter().filter_map(candidate).collect();
    let mut search =
        Search { candidates: &candidates, seen: BTreeSet::new(), budget: budget.0, order: Vec::new(), longest: None };
    match search.place(history.initial) {
        Some(true) => Verdict::Holds(search.attempts(&search.order)),
        None => Verdict::Unknown(budget),
        Some(false) => match search.longest.take() {
            Some((order, value, stuck)) => Verdict::Violated(NotLinearizable {
                longest: search.attempts(&order),
                value,
                stuck: candidates[stuck].attempt.clone(),
            }),
            None => Verdict::Holds(Vec::new()),
        },
    }
}

fn candidate(attempt: &Attempt) -> Option<Candidate<'_>> {
    let end = attempt.response.map(|response| response.event);
    let (effect, must_end) = match (attempt.operation, attempt.outcome()) {
        (Operation::Write(value), Some(Outcome::Answered(_))) => (Effect::Writes(value), end),
        (Operation::Write(value), None | Some(Outcome::Unknown)) => (Effect::Writes(value), None),
        (Operation::Read, Some(Outcome::Answered(Answer::Value(value)))) => (Effect::Reads(value), end),
        _ => return None,
    };
    Some(Candidate { attempt, effect, must_end })
}

struct Search<'a> {
    candidates: &'a [Candidate<'a>],
    seen: BTreeSet<(Vec<bool>, Value)>,
    budget: usize,
    /// The operations placed so far, in order.
    order: Vec<usize>,
    /// The longest order met, the value after it, and the operation it could not place.
    longest: Option<(Vec<usize>, Value, usize)>,
}

impl Search<'_> {
    /// Tries to place everything that is left, given the value of the register; `None` when the budget ran out.
    fn place(&mut self, value: Value) -> Option<bool> {
        let left: Vec<usize> = (0..self.candidates.len()).filter(|index| !self.order.contains(index)).collect();
        let Some((deadline, stuck)) = self.first_end(&left) else { return Some(true) };
        self.remember(value, stuck);
        let placed = (0..self.candidates.len()).map(|index| self.order.contains(&index)).collect();
        if !self.seen.insert((placed, value)) {
            return Some(false);
        }
        self.budget = self.budget.checked_sub(1)?;
        for index in left {
            let candidate = &self.candidates[index];
            if candidate.attempt.invoked > deadline {
                continue;
            }
            let after = match candidate.effect {
                Effect::Writes(written) => written,
                Effect::Reads(read) if read == value => value,
                Effect::Reads(_) => continue,
            };
            self.order.push(index);
            if self.place(after)? {
                return Some(true);
            }
            self.order.pop();
        }
        Some(false)
    }

    /// The earliest response among operations that must still be placed, and whose it is.
    fn first_end(&self, left: &[usize]) -> Option<(EventId, usize)> {
        left.iter().filter_map(|&index| self.candidates[index].must_end.map(|end| (end, index))).min()
    }

    fn remember(&mut self, value: Value, stuck: usize) {
        if self.longest.as_ref().is_none_or(|(order, ..)| self.order.len() > order.len()) {
            self.longest = Some((self.order.clone(), value, stuck));
        }
    }

    fn attempts(&self, order: &[usize]) -> Vec<Attempt> {
        order.iter().map(|&index| self.candidates[index].attempt.clone()).collect()
    }
}
