//! Local first: a node answers from what it has and replicates in the background. Under a partition it stays available
//! and the replicas diverge; after healing the last writer wins.
//!
//! ```text
//!  client ─ write ─▶ node ─ ok ─▶ client
//!                      └── replicate (again and again until acknowledged) ──▶ peers
//! ```
//!
//! "Last" is by Lamport stamp (counter, then node letter), since no two clocks agree. Of two concurrent writes one is
//! dropped at reconciliation although both were acknowledged: that is what last-writer-wins means. With stamps by the
//! nodes' clocks ([`Stamps::Clock`]) even a write that came later is dropped, if the clock of its node is behind.
//!
//! A node may be set to answer reads only when every peer has confirmed its value ([`Reads::Confirmed`]): the
//! choice that Node B has in the Gilbert–Lynch scenario.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Refusal, RequestId, Value, protocol};

/// How a node answers reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// At once, with the value it holds: availability.
    Local,
    /// After every peer has said what it holds; refused when one has not in that time (microseconds): consistency.
    Confirmed(Micros),
}

/// Which of two writes is the later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stamps {
    /// The one whose writer had seen more writes (Lamport 1978).
    #[default]
    Lamport,
    /// The one whose writer's clock showed more, in microseconds.
    Clock,
}

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// How it answers reads.
    pub reads: Reads,
    /// How long it waits for an acknowledgement before it replicates again, in microseconds.
    pub retry: Micros,
    /// What makes one write later than another.
    #[serde(default)]
    pub stamps: Stamps,
}

/// When a value was written: by Lamport counter or clock, then by node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp(pub u64, pub NodeId);

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "This is what I hold."
    Replicate(Stamp, Value),
    /// "I have seen that."
    Acknowledge(Stamp),
    /// "What do you hold? A client waits."
    Ask(RequestId),
    /// "I hold this", in reply to [`Message::Ask`].
    Tell(RequestId, Stamp, Value),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::LocalFirst(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    value: Value,
    stamp: Option<Stamp>,
    /// The peers that have not acknowledged this node's latest write, and its stamp.
    unacknowledged: Nodes,
    written: Option<Stamp>,
    /// For each read that waits for confirmation, the peers that have not answered yet.
    asked: Vec<(RequestId, Nodes)>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::LocalFirst(setup) = protocol else { return None };
        let (unacknowledged, asked) = (Nodes::default(), Vec::new());
        Some(Self { setup, value: initial, stamp: None, unacknowledged, written: None, asked })
    }

    fn content(&self) -> Content {
        Content::Value(self.value)
    }

    fn start(&mut self, place: Place, out: &mut Outbox) {
        self.replicate(place, out);
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::LocalFirst(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::Retry) => self.replicate(place, out),
            Input::Timer(Timer::GiveUp(request)) => {
                self.asked.retain(|(asked, _)| *asked != request);
                out.refuse(request, Refusal::Unconfirmed);
            }
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The value, and who has yet to hear of it, are on disk; who asked is forgotten.
    fn crash(&mut self) {
        self.asked.clear();
    }
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match (operation, self.setup.reads) {
            (Operation::Write(value), _) => self.write(place, request, value, out),
            (Operation::Read, Reads::Confirmed(timeout)) if place.nodes > 1 => self.ask(place, request, timeout, out),
            (Operation::Read, _) => out.answer(request, Answer::Value(self.value)),
            _ => out.refuse(request, Refusal::Unsupported),
        }
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::Replicate(stamp, value) => {
                self.adopt(stamp, value);
                out.send(from, Message::Acknowledge(stamp));
            }
            Message::Acknowledge(stamp) => self.acknowledged(from, stamp, out),
            Message::Ask(request) => {
                let stamp = self.stamp.unwrap_or(Stamp(0, place.me));
                out.send_for(request, from, Message::Tell(request, stamp, self.value));
            }
            Message::Tell(request, stamp, value) => {
                self.adopt(stamp, value);
                self.told(from, request, out);
            }
        }
    }

    /// Stores and answers first; replication is no business of the client's.
    fn write(&mut self, place: Place, request: RequestId, value: Value, out: &mut Outbox) {
        let stamp = match self.setup.stamps {
            Stamps::Lamport => Stamp(self.stamp.map_or(1, |latest| latest.0 + 1), place.me),
            Stamps::Clock => Stamp(place.clock.0.max(1), place.me),
        };
        self.adopt(stamp, value);
        (self.written, self.unacknowledged) = (self.stamp, place.others());
        out.answer(request, Answer::Written);
        self.replicate(place, out);
    }

    fn replicate(&mut self, place: Place, out: &mut Outbox) {
        let Some(stamp) = self.stamp else { return };
        for peer in place.peers().filter(|&peer| self.unacknowledged.contains(peer)) {
            out.send(peer, Message::Replicate(stamp, self.value));
        }
        if !self.unacknowledged.is_empty() {
            out.set(Timer::Retry, self.setup.retry);
        }
    }

    fn acknowledged(&mut self, from: NodeId, stamp: Stamp, out: &mut Outbox) {
        if self.written.is_some_and(|written| written <= stamp) {
            self.unacknowledged.remove(from);
        }
        if self.unacknowledged.is_empty() {
            out.stop(Timer::Retry);
        }
    }

    fn adopt(&mut self, stamp: Stamp, value: Value) {
        if stamp.0 > 0 && self.stamp.is_none_or(|mine| stamp > mine) {
            (self.stamp, self.value) = (Some(stamp), value);
        }
    }

    fn ask(&mut self, place: Place, request: RequestId, timeout: Micros, out: &mut Outbox) {
        for peer in place.peers() {
            out.send_for(request, peer, Message::Ask(request));
        }
        out.set(Timer::GiveUp(request), timeout);
        self.asked.push((request, place.others()));
    }

    fn told(&mut self, from: NodeId, request: RequestId, out: &mut Outbox) {
        let Some(at) = self.asked.iter().position(|(asked, _)| *asked == request) else { return };
        self.asked[at].1.remove(from);
        if self.asked[at].1.is_empty() {
            self.asked.remove(at);
            out.stop(Timer::GiveUp(request));
            out.answer(request, Answer::Value(self.value));
        }
    }
}
