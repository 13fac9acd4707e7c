//! One leader, asynchronous replication: the leader does what it is asked and says so at once; the followers hear of it
//! later. Writes are as fast as one node can be, and a read at a follower may be old. (A primary copy, as in Alsberg
//! and Day 1976, but one that does not wait for its backups.)
//!
//! ```text
//!  client ─ write v1 ─▶ leader ─ ok ─▶ client
//!                          └── copy: version 1 is v1 ──▶ followers       again and again until each acknowledges
//!
//!  client ─ read ─▶ follower ─ v0 ─▶ client                              a local read, before the copy arrives
//!  client ─ write ─▶ follower ── forward ──▶ leader ── result ──▶ follower ─▶ client
//! ```
//!
//! Writes always go to the leader, so there is one order of them: the leader's versions. A follower takes a newer
//! version and ignores an older one: it goes through the leader's writes in their order, though it may skip some.
//!
//! Simplified, and admitted: the leader is fixed. There is no failover, so while it is down nobody writes; every write
//! that it acknowledged is on its disk and there again when it is back. (With a failover, those that no follower has
//! heard of would be lost: that is the price of not waiting.)

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Relay, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value, protocol};

/// Who answers the reads that a follower is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// The follower, at once, with what it has heard of so far.
    Local,
    /// The leader; the follower passes them on, and refuses when the leader does not answer.
    Leader,
}

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The node that leads.
    pub leader: NodeId,
    /// Who answers the reads that a follower is asked.
    pub reads: Reads,
    /// How long a follower waits for the leader before it gives a request up, in microseconds.
    pub timeout: Micros,
    /// How long the leader waits for an acknowledgement before it sends a copy again, in microseconds.
    pub retry: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A follower passes a client's request on to the leader.
    Forward(RequestId, Operation),
    /// The leader answers a forwarded request.
    Result(RequestId, Outcome),
    /// The leader says what it holds: its version, and the value.
    Copy(u32, Value),
    /// A follower has that version.
    Acknowledge(u32),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::AsyncLeader(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// The value, and how many of the leader's writes led to it.
    value: Value,
    version: u32,
    /// At the leader: who has not acknowledged the latest version.
    behind: Nodes,
    relay: Relay,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::AsyncLeader(setup) = protocol else { return None };
        Some(Self { setup, value: initial, version: 0, behind: Nodes::default(), relay: Relay::default() })
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
            Input::Message(from, Body::AsyncLeader(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::Retry) => self.replicate(place, out),
            Input::Timer(Timer::GiveUp(request)) => self.relay.give_up(request, Refusal::Unconfirmed, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The value, its version, and who has yet to hear of it, are on disk; what was passed on is forgotten.
    fn crash(&mut self) {
        self.relay.crash();
    }
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        if operation.on_register(self.value).is_none() {
            out.refuse(request, Refusal::Unsupported);
        } else if place.me == self.setup.leader {
            self.lead(place, request, operation, None, out);
        } else if operation.is_read() && self.setup.reads == Reads::Local {
            out.answer(request, Answer::Value(self.value));
        } else {
            let (leader, timeout) = (self.setup.leader, self.setup.timeout);
            self.relay.pass((request, operation), leader, Message::Forward(request, operation), timeout, out);
        }
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::Forward(request, operation) => match self.relay.ended(request) {
                Some(outcome) => out.send_for(request, from, Message::Result(request, outcome)),
                None => self.lead(place, request, operation, Some(from), out),
            },
            Message::Result(request, outcome) => self.relay.result(request, outcome, out),
            Message::Copy(version, value) => {
                if version > self.version {
                    (self.version, self.value) = (version, value);
                }
                out.send(from, Message::Acknowledge(self.version));
            }
            Message::Acknowledge(version) => self.acknowledged(from, version, out),
        }
    }

    /// Does and answers first; what the followers hear of it is no business of the client's.
    fn lead(
        &mut self,
        place: Place,
        request: RequestId,
        operation: Operation,
        origin: Option<NodeId>,
        out: &mut Outbox,
    ) {
        let Some((value, answer)) = operation.on_register(self.value) else { return };
        match origin {
            Some(follower) => {
                let outcome = Outcome::Answered(answer);
                self.relay.end(request, outcome);
                out.send_for(request, follower, Message::Result(request, outcome));
            }
            None => out.answer(request, answer),
        }
        if answer == Answer::Written {
            (self.version, self.value, self.behind) = (self.version + 1, value, place.others());
            self.replicate(place, out);
        }
    }

    fn replicate(&mut self, place: Place, out: &mut Outbox) {
        for peer in place.peers().filter(|&peer| self.behind.contains(peer)) {
            out.send(peer, Message::Copy(self.version, self.value));
        }
        if !self.behind.is_empty() {
            out.set(Timer::Retry, self.setup.retry);
        }
    }

    fn acknowledged(&mut self, from: NodeId, version: u32, out: &mut Outbox) {
        if version == self.version {
            self.behind.remove(from);
        }
        if self.behind.is_empty() {
            out.stop(Timer::Retry);
        }
    }
}
