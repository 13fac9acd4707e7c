//! Raft: the nodes elect a leader, the leader keeps a log, and an entry that a majority holds is there for good. A node
//! that is cut off decides nothing; the majority elects another leader and goes on.
//!
//! ```text
//!     term 1                        ╎ term 2
//!  A  vote? ── leads ── append w1 ╳ ╎ cut off: w1 is in no other log                 healed: follows B, w2 for w1
//!  B  yes ──┘                       ╎ vote? ── leads ── append w2 ──── commits w2 ──┘
//!  C  yes ──┘                       ╎ yes ──┘           accept w2 ──┘
//! ```
//!
//! Three rules carry the weight. A node votes once per term, and only for a candidate whose log is at least as late as
//! its own ([`election`]). A follower takes an entry only after the very entry that the leader has before it
//! ([`replication`]). A leader counts copies only of entries of its own term; older ones are committed by what follows
//! them, so a new leader begins with an entry that says nothing. Source: D. Ongaro, J. Ousterhout, "In Search of an
//! Understandable Consensus Algorithm (Extended Version)", 2014.
//!
//! Reads go through the log like writes: no lease, no clock, linearizable, and slower than what real systems do.
//!
//! Simplified, and admitted:
//!
//! - The cluster never changes and the log is never cut short by a snapshot.
//! - A message carries at most one entry, which Raft permits, and a follower is sent one at a time.
//! - There is no vote before the vote: a node that returns with a higher term unseats the leader once.
//! - A request that is passed on to a node that no longer leads is not passed on again: it runs into its timeout.
//! - The value is rebuilt from the log after a crash, as the node learns again what is committed. Until then the node
//!   shows the initial value; it answers nobody with it.

pub mod election;
pub mod log;
pub mod replication;
pub mod requests;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Nodes, Outbox, Place, Protocol, Timer, takes_time};
use crate::sim::fault::ScenarioError;
use crate::sim::{Content, Micros, NodeId, Operation, Outcome, RequestId, Value, protocol};

pub use log::{Entry, Log, Position, Term};
use requests::Asker;

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The least and the most time that a node waits to hear of a leader before it stands for election, in microseconds.
    pub election: (Micros, Micros),
    /// How long a leader is silent at most, in microseconds; several times less than the election timeout.
    pub heartbeat: Micros,
    /// How long a node waits with a client's request before it gives it up, in microseconds.
    pub timeout: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A candidate asks for a vote in its term; its log ends there.
    AskVote(Term, Position),
    /// The receiver has this node's vote in that term.
    Vote(Term),
    /// The receiver does not get this node's vote; the term is the one this node is in.
    Deny(Term),
    /// The leader sends an entry, or only shows that it leads.
    Append {
        /// The leader's term.
        term: Term,
        /// What stands before the entry in the leader's log.
        previous: Position,
        /// The entry; none in a heartbeat to a follower that lacks nothing.
        entry: Option<Entry>,
        /// How many entries the leader knows to be committed.
        commit: u32,
    },
    /// A follower's log is the leader's, up to this index.
    Accept(Term, u32),
    /// A follower does not have what the leader has before the entry.
    Reject {
        /// The term the follower is in.
        term: Term,
        /// The index of the entry that it does not have.
        previous: u32,
        /// The index of the last entry that it has.
        last: u32,
    },
    /// A follower passes a client's request on to the leader.
    Forward(RequestId, Operation),
    /// The leader answers a request that was passed on.
    Result(RequestId, Outcome),
}

impl Message {
    /// The sender's term; `None` in what is said whatever the term.
    pub fn term(self) -> Option<Term> {
        match self {
            Self::AskVote(term, _)
            | Self::Vote(term)
            | Self::Deny(term)
            | Self::Append { term, .. }
            | Self::Accept(term, _)
            | Self::Reject { term, .. } => Some(term),
            Self::Forward(..) | Self::Result(..) => None,
        }
    }
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Raft(message)
    }
}

/// What a node is in its term, with what it needs to know for that.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Follows the leader, once it has heard of one.
    Follower(Option<NodeId>),
    /// Stands for election and has these votes, its own among them.
    Candidate(Nodes),
    /// Leads, and knows this of each node; its own place in the list is idle.
    Leader(Vec<Progress>),
}

/// What a leader knows of a follower's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The index of the entry to send next.
    pub next: u32,
    /// Up to this index the follower's log is known to be the leader's.
    pub matched: u32,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    initial: Value,
    /// On disk: the latest term heard of, the vote given in it, and the log.
    term: Term,
    vote: Option<NodeId>,
    log: Log,
    /// In memory: the role, how many entries are known to be committed, and the value that these make. An entry is
    /// applied as soon as it is known to be committed, so one count serves for both.
    role: Role,
    committed: u32,
    value: Value,
    /// Who waits for which request.
    waiting: BTreeSet<(RequestId, Asker)>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Raft(setup) = protocol else { return None };
        Some(Self {
            setup,
            initial,
            term: Term(0),
            vote: None,
            log: Log::default(),
            role: Role::Follower(None),
            committed: 0,
            value: initial,
            waiting: BTreeSet::new(),
        })
    }

    fn content(&self) -> Content {
        Content::Value(self.value)
    }

    fn start(&mut self, _place: Place, out: &mut Outbox) {
        self.await_leader(out);
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::Raft(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::Election) => self.stand(place, out),
            Input::Timer(Timer::Heartbeat) => self.beat(place, out),
            Input::Timer(Timer::GiveUp(request)) => self.give_up(request, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// Term, vote and log are on disk.
    fn crash(&mut self) {
        self.role = Role::Follower(None);
        (self.committed, self.value) = (0, self.initial);
        self.waiting.clear();
    }
}

impl Setup {
    /// Whether a node can work with it.
    pub(super) fn check(self) -> Result<(), ScenarioError> {
        let (least, most) = self.election;
        if least == Micros(0) || least > most {
            return Err(ScenarioError::Setting("election", "a time longer than 0, then one that is no shorter"));
        }
        takes_time("heartbeat", self.heartbeat)
    }
}

impl Replica {
    /// What the node is in its term.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The latest term it has heard of.
    pub fn term(&self) -> Term {
        self.term
    }

    /// Its log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// How many entries of its log it knows to be committed, and has applied.
    pub fn committed(&self) -> u32 {
        self.committed
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        if let Some(term) = message.term() {
            self.hear_of(term, out);
        }
        match message {
            Message::AskVote(term, last) => self.asked_for_vote(from, term, last, out),
            Message::Vote(term) => self.count_vote(place, from, term, out),
            Message::Append { term, previous, entry, commit } => {
                self.append(from, term, previous, entry, commit, out);
            }
            Message::Accept(term, index) => self.accepted(place, from, term, index, out),
            Message::Reject { term, previous, last } => self.rejected(from, term, previous, last, out),
            Message::Forward(request, operation) => self.forwarded(place, from, request, operation, out),
            Message::Result(request, outcome) => self.resulted(request, outcome, out),
            Message::Deny(_) => {}
        }
    }

    /// A higher term than its own: whatever the node was, it is a follower in that one, and has not voted.
    fn hear_of(&mut self, term: Term, out: &mut Outbox) {
        if term > self.term {
            (self.term, self.vote) = (term, None);
            self.follow(None, out);
        }
    }

    /// A leader that stops leading leaves those who asked it through another node to their own timeouts.
    fn follow(&mut self, leader: Option<NodeId>, out: &mut Outbox) {
        if matches!(self.role, Role::Leader(_)) {
            out.stop(Timer::Heartbeat);
            self.await_leader(out);
            self.waiting.retain(|(_, asker)| matches!(asker, Asker::Client(_)));
        }
        self.role = Role::Follower(leader);
    }

    fn await_leader(&self, out: &mut Outbox) {
        let (least, most) = self.setup.election;
        out.set_between(Timer::Election, least, most);
    }
}
