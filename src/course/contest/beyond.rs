//! What remains possible when less is asked: the theorem and what Gilbert and Lynch prove around it, as a square.
//!
//! ```text
//!                        linearizable always      … merely when no message is lost
//!  nothing known of time     Theorem 1: no            Corollary 1.1: no
//!  bounds known              Theorem 2: no            yes: a central node and a timeout of 2·t_msg + t_local
//! ```
//!
//! Available is asked in all four: also when messages are lost. So "pass on and wait for ever" is no way out of the
//! corollary: it is linearizable whatever happens, and does not answer when a message is lost.

use super::{Attempt, Design, Network, OnNews, OnRead, OnTimeout, OnWrite, Operations, Promises, Rules, Seats, Timing};

/// When a linearizable history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Also when messages are lost.
    Always,
    /// Merely when none is lost.
    WithoutLoss,
}

/// One field of the square, with the two questions that decide it for one strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quadrant {
    /// When a linearizable history is asked for.
    pub demand: Demand,
    /// What is known of time.
    pub timing: Timing,
    /// Whose word it is: `Theorem 1`.
    pub source: &'static str,
    /// Is every request answered, though the link is cut?
    pub available: Attempt,
    /// Is every history linearizable, on the network that the demand is about?
    pub consistent: Attempt,
    /// Whether both can be had, by the paper.
    pub possible: Possible,
}

/// Whether there is a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// There is one, and it is the one given here.
    Yes,
    /// There is none; the one given here shows a run that it does not survive.
    No,
}

/// Node A holds the register, Node B passes everything on to it and after a timeout answers by itself.
pub const CENTRAL: [Rules; 2] = [
    Rules::new(OnWrite::AcceptQuietly, OnRead::Local, OnTimeout::AnswerAnyway, OnNews::Newer),
    Rules::new(OnWrite::Forward, OnRead::Forward, OnTimeout::AnswerAnyway, OnNews::Newer),
];

/// The four fields, by rows: nothing known of time, then bounds known.
pub fn beyond() -> [Quadrant; 4] {
    let quadrant = |demand, timing, source, possible| {
        let available = Attempt {
            timing,
            promises: Promises::Availability,
            operations: Operations::Each { clients: 2, requests: 2, seats: Seats::Both },
            ..Attempt::under_the_cut(Design::Rules(CENTRAL))
        };
        let network = match demand {
            Demand::Always => Network::Cut,
            Demand::WithoutLoss => Network::Reliable,
        };
        let consistent = Attempt { network, promises: Promises::Consistency, ..available };
        Quadrant { demand, timing, source, available, consistent, possible }
    };
    [
        quadrant(Demand::Always, Timing::Untimed, "Theorem 1", Possible::No),
        quadrant(Demand::WithoutLoss, Timing::Untimed, "Corollary 1.1", Possible::No),
        quadrant(Demand::Always, Timing::Timely, "Theorem 2", Possible::No),
        quadrant(Demand::WithoutLoss, Timing::Timely, "Theorem 2 has no such corollary", Possible::Yes),
    ]
}
