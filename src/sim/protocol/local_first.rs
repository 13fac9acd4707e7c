//! Local first: a node answers from what it has and replicates in the background. Under a partition it stays available
//! and the replicas diverge; after healing the last writer wins.
//!
//! ```text
//!  client ─ write ─▶ node ─ ok ─▶ client
//!                      └── replicate (again and again until acknowledged) ──▶ peers
//! ```
//!
//! "Last" is by Lamport stamp (counter, then node letter), since no two clocks agree. Of two concurrent writes one is
//! dropped at reconciliation although both were acknowledged: that is what last-writer-wins means.
//!
//! A node may be set to answer reads only when every peer has confirmed its value ([`Reads::Confirmed`]): the
//! choice that Node B has in the Gilbert–Lynch scenario.

use serde::{Deserialize, Serialize};

use super::{Body, Effect, Place, Timer};
use crate::sim::{Answer, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value};

/// How a node answers reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// At once, with the value it holds: availability.
    Local,
    /// After every peer has said what it holds; refused when one has not in that time (microseconds): consistency.
    Confirmed(Micros),
}

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Setup {
    /// How it answers reads.
    pub reads: Reads,
    /// How long it waits for an acknowledgement before it replicates again, in microseconds.
    pub retry: Micros,
}

/// A Lamport stamp: which of two writes is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp(pub u32, pub NodeId);

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

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// The value it holds.
    pub value: Value,
    stamp: Option<Stamp>,
    unacknowledged: Vec<(NodeId, Stamp)>,
    /// For each read that waits for confirmation, the peers that have not answered yet.
    asked: Vec<(RequestId, Vec<NodeId>)>,
}

impl Replica {
    /// A fresh node that holds `initial`.
    pub fn new(setup: Setup, initial: Value) -> Self {
        Self { setup, value: initial, stamp: None, unacknowledged: Vec::new(), asked: Vec::new() }
    }

    pub(super) fn request(&mut self, place: Place, request: RequestId, operation: Operation) -> Vec<Effect> {
        match (operation, self.setup.reads) {
            (Operation::Write(value), _) => self.write(place, request, value),
            (Operation::Read, Reads::Local) => vec![self.answer(request)],
            (Operation::Read, Reads::Confirmed(timeout)) => self.ask(place, request, timeout),
        }
    }

    pub(super) fn message(&mut self, place: Place, from: NodeId, message: Message) -> Vec<Effect> {
        match message {
            Message::Replicate(stamp, value) => {
                self.adopt(stamp, value);
                vec![send(from, Message::Acknowledge(stamp), None)]
            }
            Message::Acknowledge(stamp) => self.acknowledged(from, stamp),
            Message::Ask(request) => {
                let stamp = self.stamp.unwrap_or(Stamp(0, place.me));
                vec![send(from, Message::Tell(request, stamp, self.value), Some(request))]
            }
            Message::Tell(request, stamp, value) => {
                self.adopt(stamp, value);
                self.told(from, request)
            }
        }
    }

    pub(super) fn timer(&mut self, place: Place, timer: Timer) -> Vec<Effect> {
        match timer {
            Timer::Retry => self.replicate(place),
            Timer::GiveUp(request) => {
                self.asked.retain(|(asked, _)| *asked != request);
                vec![Effect::Reply(request, Outcome::Refused(Refusal::Unconfirmed))]
            }
        }
    }

    /// Stores and answers first; replication is no business of the client's.
    fn write(&mut self, place: Place, request: RequestId, value: Value) -> Vec<Effect> {
        let stamp = Stamp(self.stamp.map_or(1, |latest| latest.0 + 1), place.me);
        (self.stamp, self.value) = (Some(stamp), value);
        self.unacknowledged = place.peers().map(|peer| (peer, stamp)).collect();
        let mut effects = vec![Effect::Reply(request, Outcome::Answered(Answer::Written))];
        effects.extend(self.replicate(place));
        effects
    }

    fn replicate(&mut self, place: Place) -> Vec<Effect> {
        let Some(stamp) = self.stamp else { return Vec::new() };
        let mut effects: Vec<Effect> = place
            .peers()
            .filter(|peer| self.unacknowledged.iter().any(|(waiting, _)| waiting == peer))
            .map(|peer| send(peer, Message::Replicate(stamp, self.value), None))
            .collect();
        if !effects.is_empty() {
            effects.push(Effect::SetTimer(Timer::Retry, self.setup.retry));
        }
        effects
    }

    fn acknowledged(&mut self, from: NodeId, stamp: Stamp) -> Vec<Effect> {
        self.unacknowledged.retain(|&(peer, waiting)| peer != from || waiting > stamp);
        if self.unacknowledged.is_empty() { vec![Effect::StopTimer(Timer::Retry)] } else { Vec::new() }
    }

    fn adopt(&mut self, stamp: Stamp, value: Value) {
        if stamp.0 > 0 && self.stamp.is_none_or(|mine| stamp > mine) {
            (self.stamp, self.value) = (Some(stamp), value);
        }
    }

    fn ask(&mut self, place: Place, request: RequestId, timeout: Micros) -> Vec<Effect> {
        if place.nodes == 1 {
            return vec![self.answer(request)];
        }
        let mut effects: Vec<Effect> =
            place.peers().map(|peer| send(peer, Message::Ask(request), Some(request))).collect();
        effects.push(Effect::SetTimer(Timer::GiveUp(request), timeout));
        self.asked.push((request, place.peers().collect()));
        effects
    }

    fn told(&mut self, from: NodeId, request: RequestId) -> Vec<Effect> {
        let Some(at) = self.asked.iter().position(|(asked, _)| *asked == request) else { return Vec::new() };
        self.asked[at].1.retain(|&waiting| waiting != from);
        if !self.asked[at].1.is_empty() {
            return Vec::new();
        }
        self.asked.remove(at);
        vec![Effect::StopTimer(Timer::GiveUp(request)), self.answer(request)]
    }

    fn answer(&self, request: RequestId) -> Effect {
        Effect::Reply(request, Outcome::Answered(Answer::Value(self.value)))
    }
}

fn send(to: NodeId, message: Message, request: Option<RequestId>) -> Effect {
    Effect::Send(to, Body::LocalFirst(message), request)
}
