//! The ABD register: linearizable without a leader. A majority is asked, then a majority is told, for reads as for
//! writes. It goes on as long as a majority can be reached; the rest is not available.
//!
//! ```text
//!  client ─ write v ─▶ node ─ query ─▶ all      a majority tells its stamps: take one greater than the greatest
//!                           ─ store ─▶ all      a majority has stored v with it: done
//!  client ─ read ────▶ node ─ query ─▶ all      the value with the greatest stamp …
//!                           ─ store ─▶ all      … is told to a majority before it is returned (write back)
//! ```
//!
//! Without the second round of a read, a later read could miss what an earlier one saw. Source: Attiya, Bar-Noy and
//! Dolev, "Sharing memory robustly in message-passing systems", 1995; with several writers as by Lynch and Shvartsman,
//! 1997. Simplified, and admitted: a node works on one request of its clients at a time, others wait at its door; and
//! one that has not reached a majority in time gives up, though the register could wait for ever.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value, protocol};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// How long it waits for a majority before it gives a request up, in microseconds.
    pub timeout: Micros,
    /// How long it waits before it asks again those that have not answered, in microseconds.
    pub retry: Micros,
}

/// Which of two values is the later one: by count, then by writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp(pub u32, pub NodeId);

/// The messages of this protocol. Each names the request it serves, so that answers that come late are known as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "What do you hold?"
    Query(RequestId),
    /// "This."
    Tell(RequestId, Stamp, Value),
    /// "Hold this, unless you hold something later."
    Store(RequestId, Stamp, Value),
    /// "I do."
    Stored(RequestId),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Abd(message)
    }
}

/// What a node is doing for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Nothing.
    Idle,
    /// Asking what the others hold; the latest so far.
    Asking { request: RequestId, operation: Operation, heard: Nodes, latest: (Stamp, Value) },
    /// Telling the others what to hold.
    Telling { request: RequestId, operation: Operation, stored: Nodes, what: (Stamp, Value) },
}

/// The state of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    held: (Stamp, Value),
    phase: Phase,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Abd(setup) = protocol else { return None };
        Some(Self { setup, held: (Stamp(0, NodeId(0)), initial), phase: Phase::Idle })
    }

    fn content(&self) -> Content {
        Content::Value(self.held.1)
    }

    fn ready(&self) -> bool {
        self.phase == Phase::Idle
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Abd(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::Retry) => self.ask_again(place, out),
            Input::Timer(Timer::GiveUp(request)) => self.give_up(request, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// What it holds is on disk; whom it was working for is forgotten.
    fn crash(&mut self) {
        self.phase = Phase::Idle;
    }
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        if !matches!(operation, Operation::Read | Operation::Write(_)) {
            return out.refuse(request, Refusal::Unsupported);
        }
        self.phase = Phase::Asking { request, operation, heard: Nodes::just(place.me), latest: self.held };
        for peer in place.peers() {
            out.send_for(request, peer, Message::Query(request));
        }
        out.set(Timer::GiveUp(request), self.setup.timeout);
        out.set(Timer::Retry, self.setup.retry);
        self.tell_if_enough(place, out);
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::Query(request) => {
                let (stamp, value) = self.held;
                out.send_for(request, from, Message::Tell(request, stamp, value));
            }
            Message::Store(request, stamp, value) => {
                self.held = self.held.max((stamp, value));
                out.send_for(request, from, Message::Stored(request));
            }
            Message::Tell(of, stamp, value) => {
                if let Phase::Asking { request, heard, latest, .. } = &mut self.phase
                    && *request == of
                {
                    heard.insert(from);
                    *latest = (*latest).max((stamp, value));
                    self.tell_if_enough(place, out);
                }
            }
            Message::Stored(of) => {
                if let Phase::Telling { request, stored, .. } = &mut self.phase
                    && *request == of
                {
                    stored.insert(from);
                    self.answer_if_enough(place, out);
                }
            }
        }
    }

    /// Once a majority has told what it holds, a majority is told what to hold.
    fn tell_if_enough(&mut self, place: Place, out: &mut Outbox) {
        let Phase::Asking { request, operation, heard, latest } = self.phase else { return };
        if heard.len() < place.majority() {
            return;
        }
        let what = match operation {
            Operation::Write(value) => (Stamp(latest.0.0 + 1, place.me), value),
            _ => latest,
        };
        self.held = self.held.max(what);
        self.phase = Phase::Telling { request, operation, stored: Nodes::just(place.me), what };
        for peer in place.peers() {
            out.send_for(request, peer, Message::Store(request, what.0, what.1));
        }
        self.answer_if_enough(place, out);
    }

    fn answer_if_enough(&mut self, place: Place, out: &mut Outbox) {
        let Phase::Telling { request, operation, stored, what } = self.phase else { return };
        if stored.len() < place.majority() {
            return;
        }
        self.phase = Phase::Idle;
        out.stop(Timer::GiveUp(request));
        out.stop(Timer::Retry);
        out.answer(request, if operation.is_read() { Answer::Value(what.1) } else { Answer::Written });
    }

    fn ask_again(&mut self, place: Place, out: &mut Outbox) {
        let (request, answered, message) = match self.phase {
            Phase::Idle => return,
            Phase::Asking { request, heard, .. } => (request, heard, Message::Query(request)),
            Phase::Telling { request, stored, what, .. } => (request, stored, Message::Store(request, what.0, what.1)),
        };
        for peer in place.peers().filter(|&peer| !answered.contains(peer)) {
            out.send_for(request, peer, message);
        }
        out.set(Timer::Retry, self.setup.retry);
    }

    /// Before anybody was told, a write has no effect; after that nobody can say.
    fn give_up(&mut self, of: RequestId, out: &mut Outbox) {
        match self.phase {
            Phase::Telling { request, operation: Operation::Write(_), .. } if request == of => {
                out.reply(request, Outcome::Unknown);
            }
            Phase::Asking { request, .. } | Phase::Telling { request, .. } if request == of => {
                out.refuse(request, Refusal::QuorumLoss);
            }
            _ => return,
        }
        self.phase = Phase::Idle;
        out.stop(Timer::Retry);
    }
}
