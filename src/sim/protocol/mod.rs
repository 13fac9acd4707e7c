//! Protocols: how a node behaves, as sans-IO state machines.
//!
//! An input goes in (a client's request, a message, a timer that ran out), effects come out (reply, send, set a timer).
//! No protocol sees the network: it can only wait, time out and guess, as in life.

pub mod local_first;
pub mod quorum;

use serde::{Deserialize, Serialize};

use super::{Micros, NodeId, Operation, Outcome, RequestId, Value};

/// How a node is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// One leader; every request waits for a majority. See [`quorum`].
    Quorum(quorum::Setup),
    /// Every node answers by itself and replicates in the background. See [`local_first`].
    LocalFirst(local_first::Setup),
}

/// What a node is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A client's request arrived.
    Request(RequestId, Operation),
    /// A message arrived.
    Message(NodeId, Body),
    /// A timer ran out.
    Timer(Timer),
}

/// What a node does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Answers a client's request.
    Reply(RequestId, Outcome),
    /// Sends a message to another node, for the sake of a request where there is one.
    Send(NodeId, Body, Option<RequestId>),
    /// Sets a timer to run out after that time, in microseconds; replaces the same timer if it is set.
    SetTimer(Timer, Micros),
    /// Stops a timer.
    StopTimer(Timer),
}

/// The timers a node can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// Stop waiting for what this request needs.
    GiveUp(RequestId),
    /// Send again what has not been acknowledged.
    Retry,
}

/// What a message between nodes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A message of [`quorum`].
    Quorum(quorum::Message),
    /// A message of [`local_first`].
    LocalFirst(local_first::Message),
}

/// Where a node finds itself: its own name and the others'.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// This node.
    pub me: NodeId,
    /// How many nodes there are, this one included.
    pub nodes: u8,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Replica {
    /// A node of [`quorum`].
    Quorum(quorum::Replica),
    /// A node of [`local_first`].
    LocalFirst(local_first::Replica),
}

impl Place {
    /// The other nodes.
    pub fn peers(self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes).map(NodeId).filter(move |&node| node != self.me)
    }

    /// How many nodes make a majority: 2 of 2, 2 of 3, 3 of 4.
    pub fn majority(self) -> usize {
        usize::from(self.nodes / 2 + 1)
    }
}

impl Replica {
    /// A fresh node that holds `initial`.
    pub fn new(protocol: Protocol, initial: Value) -> Self {
        match protocol {
            Protocol::Quorum(setup) => Self::Quorum(quorum::Replica::new(setup, initial)),
            Protocol::LocalFirst(setup) => Self::LocalFirst(local_first::Replica::new(setup, initial)),
        }
    }

    /// The value it holds.
    pub fn value(&self) -> Value {
        match self {
            Self::Quorum(replica) => replica.value,
            Self::LocalFirst(replica) => replica.value,
        }
    }

    /// Takes an input and says what the node does. A message of another protocol is not understood and ignored.
    pub fn take(&mut self, place: Place, input: Input) -> Vec<Effect> {
        match (self, input) {
            (Self::Quorum(replica), Input::Request(request, operation)) => replica.request(place, request, operation),
            (Self::Quorum(replica), Input::Message(from, Body::Quorum(message))) => {
                replica.message(place, from, message)
            }
            (Self::Quorum(replica), Input::Timer(timer)) => replica.timer(timer),
            (Self::LocalFirst(replica), Input::Request(request, operation)) => {
                replica.request(place, request, operation)
            }
            (Self::LocalFirst(replica), Input::Message(from, Body::LocalFirst(message))) => {
                replica.message(place, from, message)
            }
            (Self::LocalFirst(replica), Input::Timer(timer)) => replica.timer(place, timer),
            (_, Input::Message(..)) => Vec::new(),
        }
    }
}
