//! Siblings: local first, but nothing that was acknowledged is dropped. Values that were written without knowledge of
//! each other are kept side by side until somebody writes who has seen them all. (Version vectors: Parker and others
//! 1983; a version named by a dot and a context: Preguiça and others 2010; siblings: the Dynamo paper, 2007.)
//!
//! ```text
//!  client ─ write v1 ─▶ A   v1 is A's 1st, it has seen {}        B ◀─ write v2 ─ client   v2 is B's 1st, has seen {}
//!                       A ───────────── v1 ─────────────────────▶ B   holds {v1, v2}: neither has seen the other
//!                       A ◀──────────── v2 ────────────────────── B
//!  client ─ read ─▶ A ─ {v1, v2} ─▶ client
//!  client ─ write v3 ─▶ A   v3 is A's 2nd, seen A's 1st and B's 1st: it replaces both, here and wherever it arrives
//! ```
//!
//! A node numbers its writes; "A's 2nd" is the *dot* of a write. With it goes a *version vector*: for each node, how
//! many of its writes were seen by whoever wrote this. A version that has seen another's dot replaces it.
//!
//! Simplified, and admitted: in Dynamo a client hands in the vector of what it has read. Here a client stays at one
//! node and the vector is that of what the *node* holds when it takes the write: a client replaces all that its node
//! has seen, whether it has read it or not. So there is at most one sibling per node. Only its writer replicates a
//! version.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Refusal, RequestId, Value, ValueSet, protocol};

/// How a node of this protocol is set up. The register holds values up to [`ValueSet::LARGEST`]; the initial value is
/// to be one of those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// How long it waits for an acknowledgement before it replicates again, in microseconds.
    pub retry: Micros,
}

/// For each node, by its index, how many of its writes are known. At most nine nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vector([u16; 9]);

/// A value that was written, and what was known there and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The node that took the write.
    pub writer: NodeId,
    /// What it had seen, this write included: the writer's own entry is the number of the dot.
    pub seen: Vector,
    /// What was written.
    pub value: Value,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "This was written at my place."
    Replicate(Version),
    /// "I have seen your writes up to that number."
    Acknowledge(u16),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Siblings(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    initial: Value,
    /// The versions of which none has seen another, in the order of their writers; none before the first write.
    siblings: Vec<Version>,
    /// The peers that have not acknowledged this node's own version.
    unacknowledged: Nodes,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Siblings(setup) = protocol else { return None };
        Some(Self { setup, initial, siblings: Vec::new(), unacknowledged: Nodes::default() })
    }

    fn content(&self) -> Content {
        Content::Values(self.values())
    }

    fn start(&mut self, place: Place, out: &mut Outbox) {
        self.replicate(place, out);
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Siblings(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::Retry) => self.replicate(place, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The versions, and who has yet to hear of this node's own, are on disk.
    fn crash(&mut self) {}
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match operation {
            Operation::Read => out.answer(request, Answer::Values(self.values())),
            Operation::Write(value) if value <= ValueSet::LARGEST => self.write(place, request, value, out),
            _ => out.refuse(request, Refusal::Unsupported),
        }
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        let waiting = !self.unacknowledged.is_empty();
        match message {
            Message::Replicate(version) => {
                self.merge(version);
                out.send(from, Message::Acknowledge(version.number()));
                if self.own(place).is_none() {
                    self.unacknowledged = Nodes::default();
                }
            }
            Message::Acknowledge(number) => {
                if self.own(place).is_some_and(|own| own.number() <= number) {
                    self.unacknowledged.remove(from);
                }
            }
        }
        if waiting && self.unacknowledged.is_empty() {
            out.stop(Timer::Retry);
        }
    }

    /// A write has seen all that the node holds, and so takes the place of it.
    fn write(&mut self, place: Place, request: RequestId, value: Value, out: &mut Outbox) {
        let seen = self.siblings.iter().fold(Vector::default(), |seen, version| seen.join(version.seen));
        // A node that cannot count any further writes no more.
        let Some(seen) = seen.with_one_more(place.me) else { return out.refuse(request, Refusal::Unsupported) };
        self.siblings.clear();
        self.siblings.push(Version { writer: place.me, seen, value });
        self.unacknowledged = place.others();
        out.answer(request, Answer::Written);
        self.replicate(place, out);
    }

    fn replicate(&mut self, place: Place, out: &mut Outbox) {
        let Some(own) = self.own(place) else { return };
        for peer in place.peers().filter(|&peer| self.unacknowledged.contains(peer)) {
            out.send(peer, Message::Replicate(own));
        }
        if !self.unacknowledged.is_empty() {
            out.set(Timer::Retry, self.setup.retry);
        }
    }

    /// Keeps what no other version has seen.
    fn merge(&mut self, version: Version) {
        if self.siblings.iter().any(|sibling| sibling.has_seen(version)) {
            return;
        }
        self.siblings.retain(|&sibling| !version.has_seen(sibling));
        let at = self.siblings.partition_point(|sibling| sibling.writer < version.writer);
        self.siblings.insert(at, version);
    }

    /// This node's own version, unless one that has seen it has taken its place.
    fn own(&self, place: Place) -> Option<Version> {
        self.siblings.iter().copied().find(|version| version.writer == place.me)
    }

    fn values(&self) -> ValueSet {
        let initial = self.siblings.is_empty().then_some(self.initial);
        self.siblings.iter().map(|version| version.value).chain(initial).collect()
    }
}

impl Version {
    /// The number of this write among its writer's, from 1.
    pub fn number(self) -> u16 {
        self.seen.of(self.writer)
    }

    /// Whether whoever wrote this had seen the other, which it therefore replaces. It has seen itself.
    pub fn has_seen(self, other: Self) -> bool {
        self.seen.of(other.writer) >= other.number()
    }
}

impl Vector {
    /// How many writes of that node are known.
    pub fn of(self, node: NodeId) -> u16 {
        self.0[node.index()]
    }

    /// Everything that either knows of.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self(std::array::from_fn(|node| self.0[node].max(other.0[node])))
    }

    /// With one more write of that node; `None` if they cannot be counted any more.
    pub fn with_one_more(mut self, node: NodeId) -> Option<Self> {
        let entry = &mut self.0[node.index()];
        *entry = entry.checked_add(1)?;
        Some(self)
    }
}
