//! The epidemic register: a node answers everything at once from what it has, and news spreads like a rumour. It is
//! available, tolerates any partition, and is still sequentially consistent. (Spreading by rumour and by gossip: Demers
//! and others 1987, "Epidemic algorithms for replicated database maintenance".)
//!
//! ```text
//!  client ─ write v1 ─▶ A ─ ok ─▶ client
//!                       A ── v1 ──╳ B
//!                       A ── v1 ──▶ C ── v1 ──▶ B      to whom it is news tells every other node once, and so the
//!                                                      news gets around a cut link
//!                       A ── v1 ──▶ B, later C, …      now and then, news or not: what was lost is made good
//! ```
//!
//! Every write is stamped (Lamport 1978: counter, then node letter) above all that its node has seen, and a node holds
//! the write with the highest stamp that it knows of.
//!
//! **Why it is sequentially consistent.** Put the writes in the order of their stamps, and each read right behind the
//! write that it returns. Then every read returns the latest write before it. And the requests of a client stand in the
//! order in which the client made them, because the stamp at its node never goes down and every write there pushes it
//! up. This needs each client to stay at one node: had it moved to one that is behind, it could read what it had seen
//! replaced.
//!
//! **Why it is not linearizable.** That order is nobody's clock's. A write may have ended at A before a read begins at
//! B, and yet B, which the rumour has not reached, returns the value from before: in the order above the read stands in
//! front of the write. Nobody who cannot compare clocks, or talk behind the register's back, can tell.
//!
//! Simplified, and admitted: there is one register. (Several that share no counter would not be sequentially consistent
//! together.) The rumour is told once to everyone and never grows old; those who know it already do not answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::local_first::Stamp;
use super::{Body, Input, Outbox, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Refusal, RequestId, Value, protocol};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// How long a node waits before it tells the next node what it holds, in microseconds.
    pub gossip: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "This is the latest I know of."
    Tell(Stamp, Value),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Epidemic(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    value: Value,
    stamp: Option<Stamp>,
    /// The node that was last told in turn.
    told: Option<NodeId>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Epidemic(setup) = protocol else { return None };
        Some(Self { setup, value: initial, stamp: None, told: None })
    }

    fn content(&self) -> Content {
        Content::Value(self.value)
    }

    fn start(&mut self, place: Place, out: &mut Outbox) {
        if place.nodes > 1 {
            out.set(Timer::Gossip, self.setup.gossip);
        }
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Epidemic(Message::Tell(stamp, value))) => {
                self.hear(place, from, stamp, value, out);
            }
            Input::Timer(Timer::Gossip) => self.gossip(place, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The value and its stamp are on disk: a node that forgot its stamp would write behind its own back.
    fn crash(&mut self) {}
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match operation {
            Operation::Read => out.answer(request, Answer::Value(self.value)),
            Operation::Write(value) => {
                let stamp = Stamp(self.stamp.map_or(1, |latest| latest.0 + 1), place.me);
                out.answer(request, Answer::Written);
                self.hear(place, place.me, stamp, value, out);
            }
            _ => out.refuse(request, Refusal::Unsupported),
        }
    }

    /// Takes what is news, and tells everyone but the one it is from.
    fn hear(&mut self, place: Place, from: NodeId, stamp: Stamp, value: Value, out: &mut Outbox) {
        if self.stamp.is_none_or(|mine| stamp > mine) {
            (self.stamp, self.value) = (Some(stamp), value);
            for peer in place.peers().filter(|&peer| peer != from) {
                out.send(peer, Message::Tell(stamp, value));
            }
        }
    }

    /// Tells the next node in turn, and sets the time for the one after it.
    fn gossip(&mut self, place: Place, out: &mut Outbox) {
        self.told = place.peer_after(self.told.unwrap_or(place.me));
        if let (Some(peer), Some(stamp)) = (self.told, self.stamp) {
            out.send(peer, Message::Tell(stamp, self.value));
        }
        out.set(Timer::Gossip, self.setup.gossip);
    }
}
