//! A central node, and one that asks it: Theorem 2, and what is possible beside it.
//!
//! Node A alone holds the register. Node B passes every request on to it and waits for a time-out of `2·t_msg + t_local`:
//! the way there, the way back, and what the nodes take to handle both. If no answer has come by then, and the bounds are
//! true, a message was lost.
//!
//! ```text
//!  read ─▶ B ── read? ──▶ A        no later than t_msg
//!          B ◀─── v1 ──── A        no later than 2·t_msg (+ t_local): nothing lost, so B has it in time
//!          B  …  time is up        something was lost. v0, or a v1 that A has acknowledged? B cannot know
//! ```

use serde::{Deserialize, Serialize};

use super::stage::{at, read_at, two_nodes, write_at};
use crate::course::contest::{
    Attempt, CENTRAL, Design, Network, OnTimeout, Operations, Promises, Rules, Seats, Timing,
};
use crate::sim::protocol::rules;
use crate::sim::{Action, MessageId, Micros, Protocol, Scenario};

/// The bound on the time a message takes.
pub const T_MSG: Micros = Micros::from_millis(40);
/// The bound on the time a node takes. (The nodes here take none.)
pub const T_LOCAL: Micros = Micros::from_millis(5);
/// How long Node B waits.
pub const PATIENCE: Micros = Micros(2 * T_MSG.0 + T_LOCAL.0);
/// What the dial can say, in milliseconds: how long each message takes.
pub const DELAYS: (u32, u32) = (10, 80);
/// The steps of that dial, in milliseconds.
pub const STEP: u32 = 5;
/// How many lost messages are explored.
pub const LOSSES: u8 = 3;

const WRITTEN: Micros = Micros::from_millis(10);
const READ: Micros = Micros::from_millis(30);

/// What is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// Nothing.
    Nothing,
    /// Node B's question.
    #[default]
    Question,
    /// Node A's answer.
    Answer,
}

/// What Node B does when its time is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUp {
    /// It answers what it holds.
    #[default]
    Answer,
    /// It refuses.
    Refuse,
    /// It goes on waiting.
    Wait,
}

/// How much is explored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Two clients, two requests each.
    Small,
    /// Three clients, two requests each.
    #[default]
    Middle,
    /// Three clients, three requests each.
    Large,
}

impl Size {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Small, Self::Middle, Self::Large];

    /// How many clients there are, and how many requests each makes.
    pub const fn bounds(self) -> (u8, u8) {
        match self {
            Self::Small => (2, 2),
            Self::Middle => (3, 2),
            Self::Large => (3, 3),
        }
    }
}

impl Lost {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Question, Self::Answer];

    /// Its name, in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Question => "the question",
            Self::Answer => "the answer",
        }
    }
}

impl TimeUp {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Refuse, Self::Wait];

    /// What B does, in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Answer => "answers",
            Self::Refuse => "refuses",
            Self::Wait => "waits on",
        }
    }

    /// The nodes' rules.
    pub const fn rules(self) -> [Rules; 2] {
        let timeout = match self {
            Self::Answer => OnTimeout::AnswerAnyway,
            Self::Refuse => OnTimeout::Refuse,
            Self::Wait => OnTimeout::Wait,
        };
        [CENTRAL[0], Rules { timeout, ..CENTRAL[1] }]
    }
}

/// The scenario of Theorem 2: bounds are kept, and one message may be lost.
pub fn with_loss(lost: Lost, time_up: TimeUp) -> Scenario {
    let mut script = vec![write_at(WRITTEN), read_at(READ, 1)];
    let half_way = Micros(T_MSG.0 / 2);
    match lost {
        Lost::Nothing => {}
        Lost::Question => script.push(at(READ + half_way, Action::Drop(MessageId(0)))),
        Lost::Answer => script.push(at(READ + T_MSG + half_way, Action::Drop(MessageId(1)))),
    }
    scenario("theorem-2", time_up, T_MSG, script)
}

/// The scenario of the positive half: nothing is lost, and each message takes that many milliseconds.
pub fn without_loss(delay: u32) -> Scenario {
    let delay = Micros::from_millis(u64::from(delay.clamp(DELAYS.0, DELAYS.1)));
    scenario("bounds-kept", TimeUp::Answer, delay, vec![write_at(WRITTEN), read_at(READ, 1)])
}

fn scenario(name: &str, time_up: TimeUp, delay: Micros, script: Vec<crate::sim::Planned>) -> Scenario {
    let setup = rules::Setup { rules: time_up.rules(), patience: PATIENCE };
    Scenario { tail: Micros::from_millis(200), ..two_nodes(name, Protocol::Rules(setup), delay, script) }
}

/// Every run of these nodes, with true bounds and that many lost messages at most.
pub fn attempt(time_up: TimeUp, losses: u8, size: Size) -> Attempt {
    let (clients, requests) = size.bounds();
    let network = if losses == 0 { Network::Reliable } else { Network::Lossy(losses) };
    Attempt {
        network,
        timing: Timing::Timely,
        operations: Operations::Each { clients, requests, seats: Seats::Both },
        promises: Promises::Both,
        ..Attempt::under_the_cut(Design::Rules(time_up.rules()))
    }
}
