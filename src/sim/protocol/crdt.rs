//! A counter and a set that never conflict: local first, and in whatever order and however often messages arrive, the
//! replicas that have heard the same hold the same. (Conflict-free replicated data types: the PN-counter and the
//! observed-remove set of Shapiro, Preguiça, Baquero and Zawirski 2011.)
//!
//! ```text
//!  counter   A: add 3 ── "A: +3 −0" ──▶ B          set   A: insert v1 ── "A's 1st: v1" ──────────▶ B
//!            B: add −1 ─ "B: +0 −1" ──▶ A                B: remove v1 ── "A's 1st: removed" ─────▶ A
//!            both: 3 − 1 = 2                             A, meanwhile: insert v1 ─ "A's 2nd: v1" ▶ B   both: {v1}
//! ```
//!
//! The state is a list of *parts*. A part of the counter is what one node has added and taken away so far: only that
//! node changes it, and both only grow, so of two reports the larger is the newer. A part of the set is one insertion,
//! named by a *tag*: the node and a number. Removing an element marks the tags of it that the node has seen, and a mark
//! is for ever; an insertion that the node has not seen stays. So adding and removing at the same time ends with the
//! element in.
//!
//! Who changes a part tells the others until each has acknowledged it.
//!
//! Simplified, and admitted: the marks of removed elements (tombstones) are never cleared away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Refusal, RequestId, Value, ValueSet, protocol};

/// What is replicated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// A counter, 0 at first.
    Counter,
    /// A set of values up to [`ValueSet::LARGEST`], empty at first.
    Set,
}

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// What is replicated.
    pub object: Object,
    /// How long it waits for an acknowledgement before it sends a part again, in microseconds.
    pub retry: Micros,
}

/// Whether an inserted element is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is.
    Present,
    /// It was removed by somebody who had seen it.
    Removed,
}

/// A part of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// How much this node has added to the counter, and how much it has taken away; neither is negative.
    Counted(NodeId, i64, i64),
    /// The insertion of that number, from 1, at this node: the element, and whether it is still there.
    Inserted(NodeId, u32, Value, Fate),
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "This part I have."
    Tell(Part),
    /// "Now I have it too."
    Acknowledge(Part),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Crdt(message)
    }
}

/// A part, and the peers that this node has yet to tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Held {
    part: Part,
    untold: Nodes,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// In the order of their names.
    parts: Vec<Held>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, _initial: Value) -> Option<Self> {
        let &Protocol::Crdt(setup) = protocol else { return None };
        Some(Self { setup, parts: Vec::new() })
    }

    fn content(&self) -> Content {
        let parts = self.parts.iter().map(|held| held.part);
        match self.setup.object {
            Object::Counter => Content::Count(parts.filter_map(Part::count).fold(0, i64::saturating_add)),
            Object::Set => Content::Values(parts.filter_map(Part::element).collect()),
        }
    }

    fn start(&mut self, place: Place, out: &mut Outbox) {
        self.replicate(place, out);
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Crdt(Message::Tell(part))) => {
                self.merge(part);
                out.send(from, Message::Acknowledge(part));
            }
            Input::Message(from, Body::Crdt(Message::Acknowledge(part))) => self.acknowledged(from, part, out),
            Input::Timer(Timer::Retry) => self.replicate(place, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// Everything is on disk.
    fn crash(&mut self) {}
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match (self.setup.object, operation) {
            (_, Operation::Read) => out.answer(request, protocol::Replica::content(self).answer()),
            (Object::Counter, Operation::Add(count)) => {
                out.answer(request, Answer::Written);
                self.change(place, self.counted(place.me, count.into()), out);
            }
            (Object::Set, Operation::Insert(element)) if element <= ValueSet::LARGEST => {
                out.answer(request, Answer::Written);
                self.change(place, self.tagged(place.me, element), out);
            }
            (Object::Set, Operation::Remove(element)) => {
                out.answer(request, Answer::Written);
                self.remove(place, element, out);
            }
            _ => out.refuse(request, Refusal::Unsupported),
        }
    }

    /// This node's part of the counter after adding that much.
    fn counted(&self, me: NodeId, count: i64) -> Part {
        let (plus, minus) = self.parts.iter().find_map(|held| held.part.counted_by(me)).unwrap_or_default();
        if count >= 0 {
            Part::Counted(me, plus.saturating_add(count), minus)
        } else {
            Part::Counted(me, plus, minus.saturating_sub(count))
        }
    }

    /// An insertion with a tag that no other has.
    fn tagged(&self, me: NodeId, element: Value) -> Part {
        let mine = self.parts.iter().map(|held| held.part.name()).filter(|&(node, _)| node == me);
        let number = mine.map(|(_, number)| number).max().unwrap_or_default() + 1;
        Part::Inserted(me, number, element, Fate::Present)
    }

    /// Marks the insertions of the element that this node has seen.
    fn remove(&mut self, place: Place, element: Value, out: &mut Outbox) {
        for at in 0..self.parts.len() {
            let part = self.parts[at].part;
            if part.element() == Some(element) {
                self.change(place, part.removed(), out);
            }
        }
    }

    /// Changes a part here, and sees to it that every peer hears of it.
    fn change(&mut self, place: Place, part: Part, out: &mut Outbox) {
        let idle = self.parts.iter().all(|held| held.untold.is_empty());
        self.merge(part).untold = place.others();
        for peer in place.peers() {
            out.send(peer, Message::Tell(part));
        }
        if idle && place.nodes > 1 {
            out.set(Timer::Retry, self.setup.retry);
        }
    }

    fn replicate(&mut self, place: Place, out: &mut Outbox) {
        for held in &self.parts {
            for peer in place.peers().filter(|&peer| held.untold.contains(peer)) {
                out.send(peer, Message::Tell(held.part));
            }
        }
        if self.parts.iter().any(|held| !held.untold.is_empty()) {
            out.set(Timer::Retry, self.setup.retry);
        }
    }

    fn acknowledged(&mut self, from: NodeId, part: Part, out: &mut Outbox) {
        for held in self.parts.iter_mut().filter(|held| held.part == part) {
            held.untold.remove(from);
        }
        if self.parts.iter().all(|held| held.untold.is_empty()) {
            out.stop(Timer::Retry);
        }
    }

    /// Joins a part with what is here, and says where it is held.
    fn merge(&mut self, part: Part) -> &mut Held {
        let at = match self.parts.binary_search_by_key(&part.name(), |held| held.part.name()) {
            Ok(at) => {
                self.parts[at].part = self.parts[at].part.join(part);
                at
            }
            Err(at) => {
                self.parts.insert(at, Held { part, untold: Nodes::default() });
                at
            }
        };
        &mut self.parts[at]
    }
}

impl Part {
    /// What tells it from the other parts: its node, and the number of the insertion or 0.
    pub fn name(self) -> (NodeId, u32) {
        match self {
            Self::Counted(node, ..) => (node, 0),
            Self::Inserted(node, number, ..) => (node, number),
        }
    }

    /// Of two reports of the same part, what is known from both: the larger counts, and removed if either says so.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Counted(node, plus, minus), Self::Counted(_, more, less)) => {
                Self::Counted(node, plus.max(more), minus.max(less))
            }
            _ => self.max(other),
        }
    }

    fn count(self) -> Option<i64> {
        match self {
            Self::Counted(_, plus, minus) => Some(plus - minus),
            Self::Inserted(..) => None,
        }
    }

    fn counted_by(self, wanted: NodeId) -> Option<(i64, i64)> {
        match self {
            Self::Counted(node, plus, minus) if node == wanted => Some((plus, minus)),
            _ => None,
        }
    }

    fn element(self) -> Option<Value> {
        match self {
            Self::Inserted(_, _, element, Fate::Present) => Some(element),
            _ => None,
        }
    }

    fn removed(self) -> Self {
        match self {
            Self::Inserted(node, number, element, _) => Self::Inserted(node, number, element, Fate::Removed),
            Self::Counted(..) => self,
        }
    }
}
