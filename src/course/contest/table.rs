//! The bounded game of the proof, complete: what the node that is asked to write does, by what the node that is cut off
//! from it does when it is asked to read. Each pair has an execution that breaks a promise.
//!
//! ```text
//!  E1   nobody ever wrote.      A read at Node B.
//!  E2   v1 is written at A.     A read at Node B.        Node B sees the same in both.
//! ```
//!
//! So what it answers in E1 it answers in E2. v0 is stale in E2, v1 was never written in E1, and no answer breaks
//! availability in both. If Node A does not acknowledge the write, E2 breaks availability at Node A.

use super::replay::{Ending, Ledger};
use super::{OnNews, OnRead, OnTimeout, OnWrite, Player, Promise, Rules};
use crate::check::explore::game::Move;
use crate::course::scenarios::TIMEOUT;
use crate::sim::protocol::{Effect, Input, Outbox, Place, Replica, Timer, rules};
use crate::sim::{Answer, ClientId, Micros, NodeId, Operation, Outcome, Protocol, RequestId, Run, Value};

use super::attempt::{A, B};

/// What Node A does with a write, cut off from Node B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// It says done.
    Acknowledges,
    /// It says no, or that it cannot know.
    Refuses,
    /// It never answers.
    NeverAnswers,
}

/// What Node B does with a read, cut off from Node A.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It answers v0.
    AnswersOld,
    /// It answers v1.
    AnswersNew,
    /// It says no.
    Refuses,
    /// It never answers.
    NeverAnswers,
}

impl Writer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Acknowledges, Self::Refuses, Self::NeverAnswers];

    /// What it does, in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Acknowledges => "says done",
            Self::Refuses => "refuses",
            Self::NeverAnswers => "never answers",
        }
    }
}

impl Reader {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AnswersOld, Self::AnswersNew, Self::Refuses, Self::NeverAnswers];

    /// What it does, in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AnswersOld => "answers v0",
            Self::AnswersNew => "answers v1",
            Self::Refuses => "refuses",
            Self::NeverAnswers => "never answers",
        }
    }
}

/// One of the proof's two executions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Execution {
    /// The read alone: v1 was never written.
    ReadAlone,
    /// The write of v1, then the read.
    WriteThenRead,
}

impl Execution {
    /// Its name: `E1`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadAlone => "E1",
            Self::WriteThenRead => "E2",
        }
    }
}

/// A pair of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What Node A does with a write.
    pub writer: Writer,
    /// What Node B does with a read.
    pub reader: Reader,
    /// Rules that do so.
    pub rules: [Rules; 2],
    /// The execution that breaks a promise.
    pub execution: Execution,
    /// The promise that it breaks.
    pub promise: Promise,
    /// Why, in a sentence.
    pub why: &'static str,
    /// The execution as a run; replay it with [`Player`].
    pub run: Run,
}

/// All twelve, writer by writer.
pub fn table() -> Vec<Cell> {
    Writer::ALL.into_iter().flat_map(|writer| Reader::ALL.into_iter().map(move |reader| cell(writer, reader))).collect()
}

/// One of them.
pub fn cell(writer: Writer, reader: Reader) -> Cell {
    let rules = [simplest(writer), reading(reader)];
    let (execution, promise, why) = verdict(writer, reader);
    let run = execute(rules, execution);
    Cell { writer, reader, rules, execution, promise, why, run }
}

/// Rules under which a node does that with a write. Its reads are local.
fn simplest(writer: Writer) -> Rules {
    let write = match writer {
        Writer::Acknowledges => OnWrite::Accept,
        Writer::Refuses => OnWrite::Refuse,
        Writer::NeverAnswers => OnWrite::Silent,
    };
    Rules::new(write, OnRead::Local, OnTimeout::AnswerAnyway, OnNews::Newer)
}

/// Rules under which a node that holds v0 does that with a read. It accepts writes.
fn reading(reader: Reader) -> Rules {
    let read = match reader {
        Reader::AnswersOld => OnRead::Local,
        Reader::AnswersNew => OnRead::Guess,
        Reader::Refuses => OnRead::Refuse,
        Reader::NeverAnswers => OnRead::Silent,
    };
    Rules::new(OnWrite::Accept, read, OnTimeout::AnswerAnyway, OnNews::Newer)
}

fn verdict(writer: Writer, reader: Reader) -> (Execution, Promise, &'static str) {
    use Execution::{ReadAlone, WriteThenRead};
    use Promise::{Availability, Consistency};
    match (writer, reader) {
        (_, Reader::AnswersNew) => (
            ReadAlone,
            Consistency,
            "In E1 nobody wrote v1, yet Node B answers v1: no order of the operations explains that.",
        ),
        (_, Reader::Refuses) => {
            (ReadAlone, Availability, "Node B has not failed, yet it refuses the read: an error is no answer.")
        }
        (_, Reader::NeverAnswers) => {
            (ReadAlone, Availability, "Node B has not failed, yet the read is never answered while the cut lasts.")
        }
        (Writer::Acknowledges, Reader::AnswersOld) => (
            WriteThenRead,
            Consistency,
            "The write of v1 was acknowledged before the read began, yet Node B answers v0. It cannot know better: to it, E2 \
             looks just like E1.",
        ),
        (Writer::Refuses, Reader::AnswersOld) => {
            (WriteThenRead, Availability, "Node A has not failed, yet it refuses the write: an error is no answer.")
        }
        (Writer::NeverAnswers, Reader::AnswersOld) => {
            (WriteThenRead, Availability, "Node A has not failed, yet the write is never answered while the cut lasts.")
        }
    }
}

/// That execution of those rules under the cut: each request is made once the one before has ended, or all hope has.
pub fn execute(rules: [Rules; 2], execution: Execution) -> Run {
    let write = Move::Ask(RequestId(0), ClientId(0), A, Operation::Write(Value(1)));
    let read = Move::Ask(RequestId(1), ClientId(1), B, Operation::Read);
    let asked: &[Move] = match execution {
        Execution::ReadAlone => &[read],
        Execution::WriteThenRead => &[write, read],
    };
    let protocol = Protocol::Rules(rules::Setup { rules, patience: TIMEOUT });
    let mut ledger = Ledger::new("bounded-game", (2, protocol), &[A, B], vec![(A, B), (B, A)]);
    for &ask in asked {
        ledger.take(ask);
        for _ in 0..asked.len() {
            ledger.take(Move::TimeOut(A, Timer::Retry));
        }
    }
    ledger.finish(Ending::Waits)
}

/// The pair that a strategy plays under the cut, found by running it: a write at Node A; and, with v0 there, a read at
/// Node B; each until all timers have run out.
pub fn place(rules: [Rules; 2]) -> (Writer, Reader) {
    let writer = match outcome(rules, A, Operation::Write(Value(1))) {
        Some(Outcome::Answered(_)) => Writer::Acknowledges,
        Some(_) => Writer::Refuses,
        None => Writer::NeverAnswers,
    };
    let reader = match outcome(rules, B, Operation::Read) {
        Some(Outcome::Answered(Answer::Value(Value(0)))) => Reader::AnswersOld,
        Some(Outcome::Answered(_)) => Reader::AnswersNew,
        Some(_) => Reader::Refuses,
        None => Reader::NeverAnswers,
    };
    (writer, reader)
}

/// How a request ends at a node that hears nothing from the other. Asking again changes nothing in it, so it is asked
/// no more than twice.
fn outcome(rules: [Rules; 2], node: NodeId, operation: Operation) -> Option<Outcome> {
    let setup = rules::Setup { rules, patience: TIMEOUT };
    let mut replica = Player::new(&Protocol::Rules(setup), Value(0))?;
    let (place, mut out) = (Place { me: node, nodes: 2, clock: Micros(0) }, Outbox::default());
    replica.take(place, Input::Request(RequestId(0), operation), &mut out);
    for _ in 0..2 {
        let mut timer = None;
        for effect in out.0.drain(..) {
            match effect {
                Effect::Reply(_, outcome) => return Some(outcome),
                Effect::SetTimer(set, ..) => timer = Some(set),
                Effect::Send(..) | Effect::StopTimer(_) => {}
            }
        }
        replica.take(place, Input::Timer(timer?), &mut out);
    }
    None
}
