//! Which C the theorem is about: the epidemic register ([`crate::sim::protocol::epidemic`]) is available, tolerates any
//! partition, and is sequentially consistent. It is not linearizable.
//!
//! ```text
//!  by the clock        write v1 (1) · read v1 (1) · read v0 (2) ╳ · read v1 (2)
//!  one order for all   read v0 (2) · write v1 (1) · read v1 (1) · read v1 (2)      each client's own order is kept
//! ```
//!
//! Both verdicts are the checkers', and so is the order.

use serde::{Deserialize, Serialize};

use super::stage::{A, B, at, read_at, two_nodes, write_at};
use crate::check::judge::ModelName;
use crate::check::{Attempt, Budget, History, Log, Verdict, linearizability, sequential};
use crate::course::Told;
use crate::course::{Gauge, Reading};
use crate::sim::protocol::epidemic;
use crate::sim::{Action, Answer, ClientId, Micros, Operation, Outcome, Protocol, Scenario, Value};

/// How long a message takes.
const DELAY: Micros = Micros::from_millis(40);
/// How long a node waits before it tells the other what it holds.
const GOSSIP: Micros = Micros::from_millis(150);

/// A write and a read at Node A, a read at Node B on the other side of the cut, and one after the rumour has come.
pub fn scenario() -> Scenario {
    let ms = Micros::from_millis;
    let script = vec![
        at(ms(0), Action::cut_between(A, B)),
        write_at(ms(10)),
        read_at(ms(40), 0),
        read_at(ms(70), 1),
        at(ms(100), Action::heal_between(A, B)),
        read_at(ms(220), 1),
    ];
    let protocol = Protocol::Epidemic(epidemic::Setup { gossip: GOSSIP });
    Scenario { tail: ms(20), ..two_nodes("epidemic-register", protocol, DELAY, script) }
}

/// How the operations are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Put {
    /// As the clock has them.
    #[default]
    ByClock,
    /// As they explain every answer.
    InOrder,
}

/// An answered operation as it is put in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Who asked.
    pub client: ClientId,
    /// What.
    pub operation: Operation,
    /// What a read found.
    pub found: Option<Value>,
    /// Its place by the clock, from 0.
    pub by_clock: usize,
    /// Its place in the order that explains every answer, from 0.
    pub in_order: usize,
    /// Whether, put by the clock, a read found what the last write before it had left.
    pub fits_the_clock: bool,
}

/// What the checkers say of a run up to a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// Whether the history is linearizable.
    pub linearizable: bool,
    /// Whether it is sequentially consistent.
    pub sequential: bool,
    /// The answered operations, by the clock.
    pub placed: Vec<Placed>,
}

/// The orders of the operations of a run that have been answered by that step.
pub fn orders(told: &Told, step: u32) -> Orders {
    let mut history = told.history(step);
    history.attempts.retain(|attempt| attempt.response.is_some());
    let log = Log::of(&history);
    let order = match sequential(&log, ModelName::Register, Budget::default()) {
        Verdict::Holds(order) => Some(order),
        Verdict::Violated(_) | Verdict::Unknown(_) => None,
    };
    Orders {
        linearizable: linearizability(&history, Budget::default()).holds(),
        sequential: order.is_some(),
        placed: placed(&history, &order.unwrap_or_default()),
    }
}

/// What the checker for sequential consistency says after a step, as a gauge.
pub fn sequential_gauge(told: &Told, step: u32) -> Gauge {
    let orders = orders(told, step);
    let (reading, why) = match (orders.placed.is_empty(), orders.sequential) {
        (true, _) => (Reading::NotDecided, "No answer yet that could be put in an order."),
        (_, false) => (Reading::Violated(step), "No order that keeps each client's own explains every answer."),
        (_, true) if step < told.trace.steps() => (Reading::HoldsSoFar, EXPLAINS),
        (_, true) => (Reading::Holds, EXPLAINS),
    };
    Gauge { reading, why: why.to_owned() }
}

const EXPLAINS: &str = "One order of the operations, true to each client's own, explains every answer.";

/// The operations of the run do not overlap, so that the clock puts them in one order.
fn placed(history: &History, order: &[usize]) -> Vec<Placed> {
    let mut register = history.initial;
    let place = |(by_clock, attempt): (usize, &Attempt)| {
        let found = match attempt.outcome() {
            Some(Outcome::Answered(Answer::Value(value))) => Some(value),
            _ => None,
        };
        if let Operation::Write(value) = attempt.operation {
            register = value;
        }
        Placed {
            client: attempt.client,
            operation: attempt.operation,
            found,
            by_clock,
            in_order: order.iter().position(|&entry| entry == by_clock).unwrap_or(by_clock),
            fits_the_clock: found.is_none_or(|found| found == register),
        }
    };
    history.attempts.iter().enumerate().map(place).collect()
}
