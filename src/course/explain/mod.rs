//! Why a verdict is what it is: what a gauge says in a sentence, taken apart so that one can follow it.
//!
//! ```text
//!  C  ├ write v1 ①┤                      the order that was tried, point by point, and the places of the read that
//!                       ├ read v0 ✕┤     fits nowhere, each with its reason
//!  A  every request, how it ended, and what the node knew of the one that has no answer
//! ```
//!
//! Nothing is judged here: the verdicts are those of `check`, the rest is read off the trace.

pub mod order;
pub mod requests;
mod words;

use crate::sim::{Operation, Outcome, Scenario, Trace};

pub use order::{OrderStory, explain_consistency};
pub use requests::{RequestStory, explain_availability};

/// Which verdict is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// C: linearizability.
    Consistency,
    /// A: availability.
    Availability,
}

/// An explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// Of a verdict on consistency.
    Order(OrderStory),
    /// Of a verdict on availability.
    Requests(RequestStory),
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds in what has happened.
    Holds,
    /// It is violated.
    Violated,
    /// Something is missing.
    Open,
}

/// Explains a verdict on a run as it is after that step.
pub fn explain(scenario: &Scenario, trace: &Trace, step: u32, property: Property) -> Explanation {
    match property {
        Property::Consistency => Explanation::Order(explain_consistency(scenario, trace, step)),
        Property::Availability => Explanation::Requests(explain_availability(scenario, trace, step)),
    }
}

impl Explanation {
    /// How the verdict stands.
    pub fn standing(&self) -> Standing {
        match self {
            Self::Order(story) => story.standing,
            Self::Requests(story) => story.standing,
        }
    }

    /// The verdict in a sentence.
    pub fn verdict(&self) -> &str {
        match self {
            Self::Order(story) => &story.verdict,
            Self::Requests(story) => &story.verdict,
        }
    }
}

/// What was asked and what came of it, as it stands on a bar: `read → v0`.
fn told(operation: Operation, outcome: Option<Outcome>) -> String {
    let asked = match operation {
        Operation::Read => "read".to_owned(),
        other => other.to_string(),
    };
    match outcome {
        None => format!("{asked} …"),
        Some(Outcome::Answered(answer)) => format!("{asked} → {answer}"),
        Some(Outcome::Refused(_)) => format!("{asked} → refused"),
        Some(Outcome::Unknown) => format!("{asked} → unknown"),
    }
}
