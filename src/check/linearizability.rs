//! Linearizability of what the clients of a simulated run saw: is there one order of all operations, each at an instant
//! between its invocation and its response, that explains every answer? The definition is Herlihy and Wing's (1990);
//! [`super::order::search`] says how the order is found, [`super::linearizable`] judges logs.
//!
//! Intervals are closed: an operation that returns before another is invoked precedes it. A refused operation had no
//! effect and is left out. One whose outcome is unknown, or that has not returned, may take effect at any later time or
//! never: such a write is optional, such a read says nothing. A compare-and-set that found another value changed nothing;
//! as in Jepsen's logs that counts for as little as a failure.
//!
//! This is about registers: no order explains the answers of a counter or a set here. A log of them can be judged.

use serde::{Deserialize, Serialize};

use super::order::search::{Interval, linearize};
use super::order::step::{Space, Step};
use super::verdict::Verdict;
use super::{Attempt, History};
use crate::sim::{Answer, Operation, Outcome, Value};

pub use super::order::search::Budget;

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

/// Judges linearizability.
pub fn linearizability(history: &History, budget: Budget) -> Linearizability {
    let judged: Vec<(Interval, &Attempt)> =
        history.attempts.iter().filter_map(|attempt| Some((interval(attempt)?, attempt))).collect();
    let intervals: Vec<Interval> = judged.iter().map(|(interval, _)| *interval).collect();
    let attempts = |order: &[usize]| order.iter().map(|&index| judged[index].1.clone()).collect();
    match linearize(&mut Space::default(), state(history.initial), &intervals, budget) {
        Verdict::Holds(order) => Verdict::Holds(attempts(&order)),
        Verdict::Violated(witness) => Verdict::Violated(NotLinearizable {
            longest: attempts(&witness.longest),
            value: Value(u32::try_from(witness.state).unwrap_or_default()),
            stuck: judged[witness.stuck].1.clone(),
        }),
        Verdict::Unknown(budget) => Verdict::Unknown(budget),
    }
}

/// What the search has to place, or may; `None` for what says nothing and did nothing.
fn interval(attempt: &Attempt) -> Option<Interval> {
    let changes = match attempt.operation {
        Operation::Write(value) => Step::Becomes(state(value)),
        Operation::Cas(from, to) => Step::Swaps(state(from), state(to)),
        _ => Step::Never,
    };
    let (step, returns) = match attempt.outcome() {
        Some(Outcome::Refused(_) | Outcome::Answered(Answer::Differs)) => return None,
        Some(Outcome::Answered(Answer::Value(value))) => (Step::Sees(state(value)), true),
        Some(Outcome::Answered(Answer::Written)) => (changes, true),
        Some(Outcome::Answered(_)) => (Step::Never, true),
        None | Some(Outcome::Unknown) if changes == Step::Never => return None,
        None | Some(Outcome::Unknown) => (changes, false),
    };
    let returned = attempt.response.filter(|_| returns).map(|response| response.event.0);
    Some(Interval { step, invoked: attempt.invoked.0, returned })
}

fn state(value: Value) -> u64 {
    value.0.into()
}
