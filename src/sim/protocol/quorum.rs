//! Leader and majority: a request counts only when a majority of the nodes has acknowledged it. With two nodes a
//! majority is both, so one cut link stops the system: it is consistent and, under a partition, not available.
//!
//! ```text
//!  client ─ write ─▶ leader ─ propose ─▶ follower        on a majority: apply, answer, tell the followers
//!                           ◀─── accept ─                on a timeout:  refuse (quorum loss), forget the write
//! ```
//!
//! Simplified, and admitted: the leader is fixed (no election), and nothing crashes, so a follower's *accept* stands
//! for having the write on disk without keeping a log to recover from. Reads take the same round as writes: a leader
//! cannot know by itself that it still leads.

use serde::{Deserialize, Serialize};

use super::{Body, Effect, Place, Timer};
use crate::sim::{Answer, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Setup {
    /// The node that leads.
    pub leader: NodeId,
    /// How long a node waits for the others before it gives a request up, in microseconds.
    pub timeout: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A follower passes a client's request on to the leader.
    Forward(RequestId, Operation),
    /// The leader asks for agreement.
    Propose(RequestId, Operation),
    /// A follower agrees.
    Accept(RequestId),
    /// The leader says what is decided: the value of that version.
    Commit(u32, Value),
    /// The leader answers a forwarded request.
    Result(RequestId, Outcome),
}

/// A request the leader is gathering a majority for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Proposal {
    request: RequestId,
    operation: Operation,
    version: u32,
    origin: Option<NodeId>,
    accepted: Vec<NodeId>,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// The latest decided value this node knows of.
    pub value: Value,
    version: u32,
    next_version: u32,
    proposals: Vec<Proposal>,
    forwarded: Vec<(RequestId, Operation)>,
}

impl Replica {
    /// A fresh node that holds `initial`.
    pub fn new(setup: Setup, initial: Value) -> Self {
        Self { setup, value: initial, version: 0, next_version: 1, proposals: Vec::new(), forwarded: Vec::new() }
    }

    pub(super) fn request(&mut self, place: Place, request: RequestId, operation: Operation) -> Vec<Effect> {
        if place.me == self.setup.leader {
            return self.propose(place, request, operation, None);
        }
        self.forwarded.push((request, operation));
        vec![
            send(self.setup.leader, Message::Forward(request, operation), request),
            Effect::SetTimer(Timer::GiveUp(request), self.setup.timeout),
        ]
    }

    pub(super) fn message(&mut self, place: Place, from: NodeId, message: Message) -> Vec<Effect> {
        match message {
            Message::Forward(request, operation) => self.propose(place, request, operation, Some(from)),
            Message::Propose(request, _) => vec![send(from, Message::Accept(request), request)],
            Message::Accept(request) => self.accept(place, from, request),
            Message::Commit(version, value) => {
                self.learn(version, value);
                Vec::new()
            }
            Message::Result(request, outcome) => match self.take_forwarded(request) {
                Some(_) => vec![Effect::StopTimer(Timer::GiveUp(request)), Effect::Reply(request, outcome)],
                None => Vec::new(),
            },
        }
    }

    pub(super) fn timer(&mut self, timer: Timer) -> Vec<Effect> {
        let Timer::GiveUp(request) = timer else { return Vec::new() };
        if let Some(proposal) = self.take_proposal(request) {
            return vec![answer(proposal.origin, request, Outcome::Refused(Refusal::QuorumLoss))];
        }
        // A forwarded read can be refused. A forwarded write may have been decided: nobody here can tell.
        match self.take_forwarded(request) {
            Some(Operation::Read) => vec![Effect::Reply(request, Outcome::Refused(Refusal::QuorumLoss))],
            Some(Operation::Write(_)) => vec![Effect::Reply(request, Outcome::Unknown)],
            None => Vec::new(),
        }
    }

    fn propose(
        &mut self,
        place: Place,
        request: RequestId,
        operation: Operation,
        origin: Option<NodeId>,
    ) -> Vec<Effect> {
        let version = self.next_version;
        self.next_version += 1;
        self.proposals.push(Proposal { request, operation, version, origin, accepted: Vec::new() });
        let mut effects: Vec<Effect> =
            place.peers().map(|peer| send(peer, Message::Propose(request, operation), request)).collect();
        effects.push(Effect::SetTimer(Timer::GiveUp(request), self.setup.timeout));
        effects.extend(self.accept(place, place.me, request));
        effects
    }

    /// Counts an acceptance, and decides once there is a majority.
    fn accept(&mut self, place: Place, from: NodeId, request: RequestId) -> Vec<Effect> {
        let proposal = self.proposals.iter_mut().find(|proposal| proposal.request == request);
        let Some(proposal) = proposal else { return Vec::new() };
        if !proposal.accepted.contains(&from) {
            proposal.accepted.push(from);
        }
        if proposal.accepted.len() < place.majority() {
            return Vec::new();
        }
        let Some(proposal) = self.take_proposal(request) else { return Vec::new() };
        let mut effects = vec![Effect::StopTimer(Timer::GiveUp(request))];
        let result = match proposal.operation {
            Operation::Read => Answer::Value(self.value),
            Operation::Write(value) => {
                self.learn(proposal.version, value);
                Answer::Written
            }
        };
        effects.push(answer(proposal.origin, request, Outcome::Answered(result)));
        if matches!(proposal.operation, Operation::Write(_)) {
            let commit = Body::Quorum(Message::Commit(self.version, self.value));
            effects.extend(place.peers().map(|peer| Effect::Send(peer, commit, None)));
        }
        effects
    }

    fn take_proposal(&mut self, request: RequestId) -> Option<Proposal> {
        let at = self.proposals.iter().position(|proposal| proposal.request == request)?;
        Some(self.proposals.remove(at))
    }

    fn take_forwarded(&mut self, request: RequestId) -> Option<Operation> {
        let at = self.forwarded.iter().position(|(forwarded, _)| *forwarded == request)?;
        Some(self.forwarded.remove(at).1)
    }

    fn learn(&mut self, version: u32, value: Value) {
        if version > self.version {
            (self.version, self.value) = (version, value);
        }
    }
}

fn send(to: NodeId, message: Message, request: RequestId) -> Effect {
    Effect::Send(to, Body::Quorum(message), Some(request))
}

fn answer(origin: Option<NodeId>, request: RequestId, outcome: Outcome) -> Effect {
    match origin {
        Some(follower) => send(follower, Message::Result(request, outcome), request),
        None => Effect::Reply(request, outcome),
    }
}
