//! Protocols: how a node behaves, as sans-IO state machines.
//!
//! An input goes in (a client's request, a message, a timer that ran out), effects come out (reply, send, set a timer).
//! No protocol sees the network: it can only wait, time out and guess, as in life. Nor does it draw dice: where a time is
//! to be random it gives the bounds, and the world draws.
//!
//! Each protocol is a file with its setup, its messages and its state, which is a [`Replica`].

mod outbox;
mod pending;
mod place;
mod relay;
mod set;

pub mod abd;
pub mod async_leader;
pub mod crdt;
pub mod dynamo;
pub mod epidemic;
pub mod local_first;
pub mod quorum;
pub mod raft;
pub mod rules;
pub mod siblings;
pub mod single_copy;

use std::fmt::Debug;
use std::hash::Hash;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::ScenarioError;
use super::{Content, Micros, NodeId, Operation, Outcome, RequestId, Value, ValueSet};

pub use outbox::Outbox;
pub use pending::Pending;
pub use place::Place;
pub use relay::Relay;
pub use set::Nodes;

/// How a node is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// One leader; every request waits for a majority. See [`quorum`].
    Quorum(quorum::Setup),
    /// Every node answers by itself and replicates in the background. See [`local_first`].
    LocalFirst(local_first::Setup),
    /// Majorities are asked and told; no leader. See [`abd`].
    Abd(abd::Setup),
    /// One node holds the register. See [`single_copy`].
    SingleCopy(single_copy::Setup),
    /// One leader, which answers at once and lets the others hear of it later. See [`async_leader`].
    AsyncLeader(async_leader::Setup),
    /// Every node answers by itself, and news spreads like a rumour. See [`epidemic`].
    Epidemic(epidemic::Setup),
    /// Every node answers by itself and keeps all values that were written concurrently. See [`siblings`].
    Siblings(siblings::Setup),
    /// Every node answers by itself about a counter or a set whose replicas never conflict. See [`crdt`].
    Crdt(crdt::Setup),
    /// N replicas; a write waits for W of them and a read for R. See [`dynamo`].
    Dynamo(dynamo::Setup),
    /// An elected leader and a log that a majority holds. See [`raft`].
    Raft(raft::Setup),
    /// Two nodes that each follow rules chosen by a person. See [`rules`].
    Rules(rules::Setup),
}

/// What the nodes of a protocol keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A register of any value.
    Register,
    /// A register that may hold several small values at once.
    Siblings,
    /// A counter.
    Counter,
    /// A set of small values.
    Set,
}

impl Object {
    /// What it holds at first, where a register holds `initial`.
    pub fn at_first(self, initial: Value) -> Content {
        match self {
            Self::Register => Content::Value(initial),
            Self::Siblings => Content::Values(ValueSet::default().with(initial)),
            Self::Counter => Content::Count(0),
            Self::Set => Content::Values(ValueSet::default()),
        }
    }
}

impl Protocol {
    /// What its nodes keep.
    pub fn object(&self) -> Object {
        match self {
            Self::Siblings(_) => Object::Siblings,
            Self::Crdt(setup) => match setup.object {
                crdt::Object::Counter => Object::Counter,
                crdt::Object::Set => Object::Set,
            },
            _ => Object::Register,
        }
    }

    /// The node that leads by decree, where there is one.
    pub fn leader(&self) -> Option<NodeId> {
        match self {
            Self::Quorum(setup) => Some(setup.leader),
            Self::SingleCopy(setup) => setup.holder,
            Self::AsyncLeader(setup) => Some(setup.leader),
            _ => None,
        }
    }

    /// Whether as many nodes as that can work with it: a timer that is set again and again takes time, and there are
    /// enough nodes.
    ///
    /// # Errors
    /// Says the first thing that they cannot work with.
    pub fn check(&self, nodes: usize) -> Result<(), ScenarioError> {
        match *self {
            Self::LocalFirst(local_first::Setup { retry, .. })
            | Self::Abd(abd::Setup { retry, .. })
            | Self::AsyncLeader(async_leader::Setup { retry, .. })
            | Self::Siblings(siblings::Setup { retry })
            | Self::Crdt(crdt::Setup { retry, .. }) => takes_time("retry", retry),
            Self::Epidemic(epidemic::Setup { gossip }) => takes_time("gossip", gossip),
            Self::Dynamo(setup) => setup.check(nodes),
            Self::Raft(setup) => setup.check(),
            Self::Rules(rules::Setup { patience, .. }) => takes_time("patience", patience),
            Self::Quorum(_) | Self::SingleCopy(_) => Ok(()),
        }
    }
}

/// Whether a span of time is one.
fn takes_time(name: &'static str, span: Micros) -> Result<(), ScenarioError> {
    if span > Micros(0) { Ok(()) } else { Err(ScenarioError::Setting(name, "longer than 0")) }
}

/// What a node is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A client's request arrived.
    Request(RequestId, Operation),
    /// A message arrived.
    Message(NodeId, Body),
    /// A timer ran out.
    Timer(Timer),
}

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Answers a client's request.
    Reply(RequestId, Outcome),
    /// Sends a message to another node, for the sake of a request where there is one.
    Send(NodeId, Body, Option<RequestId>),
    /// Sets a timer to run out after a time between these two, in microseconds; replaces the same timer if it is set.
    SetTimer(Timer, Micros, Micros),
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
    /// Stand for election: no leader has been heard of for too long.
    Election,
    /// Let the followers hear of the leader.
    Heartbeat,
    /// Tell another node what this one holds, whether or not it is news.
    Gossip,
}

/// What a message between nodes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A message of [`quorum`].
    Quorum(quorum::Message),
    /// A message of [`local_first`].
    LocalFirst(local_first::Message),
    /// A message of [`abd`].
    Abd(abd::Message),
    /// A message of [`single_copy`].
    SingleCopy(single_copy::Message),
    /// A message of [`async_leader`].
    AsyncLeader(async_leader::Message),
    /// A message of [`epidemic`].
    Epidemic(epidemic::Message),
    /// A message of [`siblings`].
    Siblings(siblings::Message),
    /// A message of [`crdt`].
    Crdt(crdt::Message),
    /// A message of [`dynamo`].
    Dynamo(dynamo::Message),
    /// A message of [`raft`].
    Raft(raft::Message),
    /// A message of [`rules`].
    Rules(rules::Message),
}

/// The state of a node under some protocol.
pub trait Replica: Clone + Debug + Eq + Hash + Sized {
    /// A fresh node, where a register holds `initial`; `None` if this is not the state of that protocol.
    fn new(protocol: &Protocol, initial: Value) -> Option<Self>;

    /// What it holds.
    fn content(&self) -> Content;

    /// Whether it can take a client's request now. If not, the request waits at its door.
    fn ready(&self) -> bool {
        true
    }

    /// It comes up, at the start of a run or after a crash.
    fn start(&mut self, _place: Place, _out: &mut Outbox) {}

    /// Takes an input and says what it does. A message of another protocol is not understood and ignored.
    fn take(&mut self, place: Place, input: Input, out: &mut Outbox);

    /// It crashes: what is not on its disk is gone. The world stops its timers.
    fn crash(&mut self);
}

/// An enum over replicas of several protocols that is a replica itself: `one_of!(pub enum Any { Abd(abd::Replica) })`.
#[macro_export]
macro_rules! one_of {
    ($(#[$about:meta])* $vis:vis enum $name:ident { $($(#[$what:meta])* $variant:ident($replica:ty)),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        $vis enum $name { $($(#[$what])* $variant($replica)),+ }

        impl $crate::sim::protocol::Replica for $name {
            fn new(protocol: &$crate::sim::Protocol, initial: $crate::sim::Value) -> Option<Self> {
                $(if let Some(replica) = <$replica as $crate::sim::protocol::Replica>::new(protocol, initial) {
                    return Some(Self::$variant(replica));
                })+
                None
            }

            fn content(&self) -> $crate::sim::Content {
                match self { $(Self::$variant(replica) => replica.content()),+ }
            }

            fn ready(&self) -> bool {
                match self { $(Self::$variant(replica) => replica.ready()),+ }
            }

            fn start(&mut self, place: $crate::sim::protocol::Place, out: &mut $crate::sim::protocol::Outbox) {
                match self { $(Self::$variant(replica) => replica.start(place, out)),+ }
            }

            fn take(
                &mut self,
                place: $crate::sim::protocol::Place,
                input: $crate::sim::protocol::Input,
                out: &mut $crate::sim::protocol::Outbox,
            ) {
                match self { $(Self::$variant(replica) => replica.take(place, input, out)),+ }
            }

            fn crash(&mut self) {
                match self { $(Self::$variant(replica) => replica.crash()),+ }
            }
        }
    };
}

one_of! {
    /// A node of any protocol.
    pub enum Any {
        /// See [`quorum`].
        Quorum(quorum::Replica),
        /// See [`local_first`].
        LocalFirst(local_first::Replica),
        /// See [`abd`].
        Abd(abd::Replica),
        /// See [`single_copy`].
        SingleCopy(single_copy::Replica),
        /// See [`async_leader`].
        AsyncLeader(async_leader::Replica),
        /// See [`epidemic`].
        Epidemic(epidemic::Replica),
        /// See [`siblings`].
        Siblings(siblings::Replica),
        /// See [`crdt`].
        Crdt(crdt::Replica),
        /// See [`dynamo`].
        Dynamo(dynamo::Replica),
        /// See [`raft`].
        Raft(raft::Replica),
        /// See [`rules`].
        Rules(rules::Replica),
    }
}
