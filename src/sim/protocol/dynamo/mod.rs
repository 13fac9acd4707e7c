//! N, R, W: a write is sent to N replicas and acknowledged when W have it; a read asks N and returns the newest of R
//! answers. With R + W > N the two overlap; with less, one is faster and may be old. (Dynamo, 2007; Cassandra.)
//!
//! ```text
//!  client ─ write ─▶ any node ── store ──▶ A  B  C         the node that was asked coordinates; N = 3: A, B, C
//!                          ◀── stored ──── A  B            on W: answer
//!                          ── store, it is C's ──▶ D       C has not answered in time: a hint, kept by the next node …
//!                                          D ── hand off ──▶ C      … and given to C again and again until it has it
//!
//!  client ─ read ─▶ any node ── fetch ──▶ A  B  C
//!                         ◀── v1, v0 ──── A  B             on R: answer with the newest, v1
//!                         ── repair: v1 ──▶ B              and bring up to date who answered something older
//! ```
//!
//! - *Hinted handoff* makes the quorum sloppy: a kept hint counts as an acknowledgement, so that writes go on while
//!   preferred nodes are away, and R + W > N no longer says that a read sees them. Without it the quorum is strict.
//! - *Read repair* and *anti-entropy* (now and then, tell the next replica what one holds) bring the replicas together.
//! - A write without W acknowledgements ends unknown, since some replica may have it; a read without R answers is
//!   refused.
//!
//! Simplified, and admitted: there is one key, so the preferred nodes are the first N. The last writer wins, as in
//! Cassandra; Dynamo itself keeps siblings (see [`siblings`](super::siblings)). A write is stamped above what its
//! *coordinator* has seen, or by the coordinator's clock: one that missed the last write, or whose clock is behind, may
//! have its own write acknowledged and dropped as the older one. A hint is sent once, one to each node past the first
//! N. Reads ask the preferred nodes only. Anti-entropy compares one value, where Cassandra compares Merkle trees.

mod coordinator;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::local_first::{Stamp, Stamps};
use super::{Body, Input, Nodes, Outbox, Pending, Place, Protocol, Timer, takes_time};
use crate::sim::fault::ScenarioError;
use crate::sim::{Content, Micros, NodeId, RequestId, Value, protocol};
use coordinator::{Read, Write};

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// How a node of this protocol is set up. All nodes should be set up alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// How many nodes hold the value, from the first on: at least 1, and no more than there are.
    pub n: u8,
    /// How many of them a read waits for: from 1 to `n`.
    pub r: u8,
    /// How many a write waits for: from 1 to `n`.
    pub w: u8,
    /// How long a coordinator waits for the replicas, and again for those with hints, in microseconds; also how long a
    /// node waits before it hands a hint off again.
    pub timeout: Micros,
    /// Whether another node keeps a write for a replica that does not answer.
    pub hinted_handoff: Switch,
    /// Whether a read brings those up to date that answered something older.
    pub read_repair: Switch,
    /// How long a replica waits before it tells the next one what it holds, in microseconds; `None`: it never does.
    #[serde(default)]
    pub anti_entropy: Option<Micros>,
    /// What makes one write later than another.
    #[serde(default)]
    pub stamps: Stamps,
}

/// A value and when it was written. The later is the greater; at the same time, the greater value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub Stamp, pub Value);

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "Keep this", or "keep this for that node".
    Store(RequestId, Version, Option<NodeId>),
    /// "I keep it."
    Stored(RequestId),
    /// "What do you hold?"
    Fetch(RequestId),
    /// "I hold this."
    Fetched(RequestId, Version),
    /// "This was written while you were away."
    HandOff(Version),
    /// "I have what you kept for me."
    HandedOff(Version),
    /// "This is newer than what you hold."
    Repair(Version),
    /// "This is what I hold. If yours is newer, tell me."
    Gossip(Version),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Dynamo(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    /// What it holds. A node that is not preferred holds the initial value for ever.
    held: Version,
    /// The highest Lamport counter it has seen, which its next write goes beyond; 0 where clocks stamp.
    seen: u64,
    writes: Pending<Write>,
    reads: Pending<Read>,
    /// What it keeps for others: the newest for each, in the order of the nodes.
    hints: Vec<(NodeId, Version)>,
    /// The replica that was last told what this one holds.
    told: Option<NodeId>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Dynamo(setup) = protocol else { return None };
        let (writes, reads, hints) = (Pending::default(), Pending::default(), Vec::new());
        Some(Self { setup, held: Version(Stamp(0, NodeId(0)), initial), seen: 0, writes, reads, hints, told: None })
    }

    fn content(&self) -> Content {
        Content::Value(self.held.1)
    }

    fn start(&mut self, place: Place, out: &mut Outbox) {
        if !self.hints.is_empty() {
            out.set(Timer::Retry, self.setup.timeout);
        }
        if let (Some(interval), Some(_)) = (self.setup.anti_entropy, self.next_replica(place)) {
            out.set(Timer::Gossip, interval);
        }
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Dynamo(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::GiveUp(request)) => self.time_is_up(place, request, out),
            Input::Timer(Timer::Retry) => self.hand_off(out),
            Input::Timer(Timer::Gossip) => self.gossip(place, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// What it holds, the hints, and the highest counter are on disk; what it coordinates is forgotten.
    fn crash(&mut self) {
        self.writes.clear();
        self.reads.clear();
    }
}

/// What a node does as a replica, and as a keeper of hints.
impl Replica {
    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::Store(request, version, owner) => {
                self.keep(version, owner, out);
                out.send_for(request, from, Message::Stored(request));
            }
            Message::Stored(request) => self.stored(place, from, request, out),
            Message::Fetch(request) => out.send_for(request, from, Message::Fetched(request, self.held)),
            Message::Fetched(request, version) => self.fetched(place, from, request, version, out),
            Message::HandOff(version) => {
                self.adopt(version);
                out.send(from, Message::HandedOff(version));
            }
            Message::HandedOff(version) => self.handed_off(from, version, out),
            Message::Gossip(version) if version < self.held => out.send(from, Message::Repair(self.held)),
            Message::Gossip(version) | Message::Repair(version) => self.adopt(version),
        }
    }

    fn see(&mut self, version: Version) {
        if self.setup.stamps == Stamps::Lamport {
            self.seen = self.seen.max(version.0.0);
        }
    }

    fn adopt(&mut self, version: Version) {
        self.see(version);
        self.held = self.held.max(version);
    }

    fn keep(&mut self, version: Version, owner: Option<NodeId>, out: &mut Outbox) {
        let Some(owner) = owner else { return self.adopt(version) };
        self.see(version);
        if self.hints.is_empty() {
            out.set(Timer::Retry, self.setup.timeout);
        }
        match self.hints.binary_search_by_key(&owner, |&(owner, _)| owner) {
            Ok(at) => self.hints[at].1 = self.hints[at].1.max(version),
            Err(at) => self.hints.insert(at, (owner, version)),
        }
    }

    fn hand_off(&mut self, out: &mut Outbox) {
        for &(owner, version) in &self.hints {
            out.send(owner, Message::HandOff(version));
        }
        if !self.hints.is_empty() {
            out.set(Timer::Retry, self.setup.timeout);
        }
    }

    fn handed_off(&mut self, from: NodeId, version: Version, out: &mut Outbox) {
        self.hints.retain(|&(owner, hint)| owner != from || hint > version);
        if self.hints.is_empty() {
            out.stop(Timer::Retry);
        }
    }

    fn gossip(&mut self, place: Place, out: &mut Outbox) {
        let (Some(interval), Some(next)) = (self.setup.anti_entropy, self.next_replica(place)) else { return };
        self.told = Some(next);
        out.send(next, Message::Gossip(self.held));
        out.set(Timer::Gossip, interval);
    }

    /// The replica to be told next; `None` if this node is none, or the only one.
    fn next_replica(&self, place: Place) -> Option<NodeId> {
        let told = self.told.unwrap_or(place.me);
        let others: Nodes = self.setup.replicas(place).filter(|&replica| replica != place.me).collect();
        let next = others.iter().find(|&replica| replica > told).or_else(|| others.iter().next());
        next.filter(|_| self.setup.replicas(place).any(|replica| replica == place.me))
    }
}

impl Setup {
    /// Whether as many nodes as that can work with it.
    pub(super) fn check(self, nodes: usize) -> Result<(), ScenarioError> {
        let Self { n, r, w, timeout, anti_entropy, .. } = self;
        if !(1..=nodes).contains(&n.into()) {
            return Err(ScenarioError::Setting("n", "from 1 to the number of nodes"));
        }
        for (name, count) in [("r", r), ("w", w)] {
            if !(1..=n).contains(&count) {
                return Err(ScenarioError::Setting(name, "from 1 to n"));
            }
        }
        takes_time("timeout", timeout)?;
        anti_entropy.map_or(Ok(()), |interval| takes_time("anti_entropy", interval))
    }

    /// The preferred nodes: the first N.
    fn replicas(self, place: Place) -> impl Iterator<Item = NodeId> {
        (0..self.n.clamp(1, place.nodes)).map(NodeId)
    }

    /// The other nodes, which may keep hints.
    fn keepers(self, place: Place) -> impl Iterator<Item = NodeId> {
        (self.n.clamp(1, place.nodes)..place.nodes).map(NodeId)
    }

    fn enough_for_a_write(self, kept_by: Nodes) -> bool {
        kept_by.len() >= usize::from(self.w.max(1))
    }

    fn enough_for_a_read(self, answered: Nodes) -> bool {
        answered.len() >= usize::from(self.r.max(1))
    }
}
