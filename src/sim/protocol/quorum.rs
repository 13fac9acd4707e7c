//! Leader and majority: a request counts only when a majority of the nodes has acknowledged it. With two nodes a
//! majority is both, so one cut link stops the system: it is consistent and, under a partition, not available.
//!
//! ```text
//!  client ─ write ─▶ leader ─ propose ─▶ follower        on a majority: apply, answer, tell the followers
//!                           ◀─── accept ─                on a timeout:  refuse (quorum loss), forget the write
//! ```
//!
//! Simplified, and admitted: the leader is fixed (no election), so while it is down nothing is decided, and a follower's
//! *accept* stands for having the write on disk without keeping a log to recover from: nobody else will ever need it.
//! Reads take the same round as writes: a leader cannot know by itself that it still leads.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Relay, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value, protocol};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Quorum(message)
    }
}

/// A request the leader is gathering a majority for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Proposal {
    request: RequestId,
    operation: Operation,
    origin: Option<NodeId>,
    accepted: Nodes,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// The latest decided value this node knows of, and how many decisions led to it.
    value: Value,
    version: u32,
    proposals: Vec<Proposal>,
    relay: Relay,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Quorum(setup) = protocol else { return None };
        Some(Self { setup, value: initial, version: 0, proposals: Vec::new(), relay: Relay::default() })
    }

    fn content(&self) -> Content {
        Content::Value(self.value)
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Quorum(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::GiveUp(request)) => self.give_up(request, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The decided value is on disk; what was being gathered is forgotten.
    fn crash(&mut self) {
        self.proposals.clear();
        self.relay.crash();
    }
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        if operation.on_register(self.value).is_none() {
            out.refuse(request, Refusal::Unsupported);
        } else if place.me == self.setup.leader {
            self.propose(place, request, operation, None, out);
        } else {
            let (leader, timeout) = (self.setup.leader, self.setup.timeout);
            self.relay.pass((request, operation), leader, Message::Forward(request, operation), timeout, out);
        }
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::Forward(request, operation) => self.passed_on(place, from, request, operation, out),
            Message::Propose(request, _) => out.send_for(request, from, Message::Accept(request)),
            Message::Accept(request) => self.accept(place, from, request, out),
            Message::Commit(version, value) => {
                if version > self.version {
                    (self.version, self.value) = (version, value);
                }
            }
            Message::Result(request, outcome) => self.relay.result(request, outcome, out),
        }
    }

    fn give_up(&mut self, request: RequestId, out: &mut Outbox) {
        match self.take_proposal(request) {
            Some(proposal) => self.end(proposal.origin, request, Outcome::Refused(Refusal::QuorumLoss), out),
            None => self.relay.give_up(request, Refusal::QuorumLoss, out),
        }
    }

    /// Takes a request that a follower passes on, unless the network brings it again.
    fn passed_on(&mut self, place: Place, from: NodeId, request: RequestId, operation: Operation, out: &mut Outbox) {
        if let Some(outcome) = self.relay.ended(request) {
            out.send_for(request, from, Message::Result(request, outcome));
        } else if !self.proposals.iter().any(|proposal| proposal.request == request) {
            self.propose(place, request, operation, Some(from), out);
        }
    }

    fn propose(
        &mut self,
        place: Place,
        request: RequestId,
        operation: Operation,
        origin: Option<NodeId>,
        out: &mut Outbox,
    ) {
        self.proposals.push(Proposal { request, operation, origin, accepted: Nodes::default() });
        for peer in place.peers() {
            out.send_for(request, peer, Message::Propose(request, operation));
        }
        out.set(Timer::GiveUp(request), self.setup.timeout);
        self.accept(place, place.me, request, out);
    }

    /// Counts an acceptance, and decides once there is a majority.
    fn accept(&mut self, place: Place, from: NodeId, request: RequestId, out: &mut Outbox) {
        let proposal = self.proposals.iter_mut().find(|proposal| proposal.request == request);
        let Some(proposal) = proposal else { return };
        proposal.accepted.insert(from);
        if proposal.accepted.len() < place.majority() {
            return;
        }
        let Proposal { operation, origin, .. } = *proposal;
        self.take_proposal(request);
        out.stop(Timer::GiveUp(request));
        let Some((value, result)) = operation.on_register(self.value) else { return };
        if result == Answer::Written {
            (self.version, self.value) = (self.version + 1, value);
        }
        self.end(origin, request, Outcome::Answered(result), out);
        if result == Answer::Written {
            for peer in place.peers() {
                out.send(peer, Message::Commit(self.version, self.value));
            }
        }
    }

    fn take_proposal(&mut self, request: RequestId) -> Option<Proposal> {
        let at = self.proposals.iter().position(|proposal| proposal.request == request)?;
        Some(self.proposals.remove(at))
    }

    fn end(&mut self, origin: Option<NodeId>, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        match origin {
            Some(follower) => {
                self.relay.end(request, outcome);
                out.send_for(request, follower, Message::Result(request, outcome));
            }
            None => out.reply(request, outcome),
        }
    }
}
