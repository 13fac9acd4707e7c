//! A cluster of nodes and clients as a model: what is explored of a protocol.
//!
//! Each client makes its requests one after the other; its first is under way at the start. What is under way arrives in
//! any order, at any time. Beyond that, so often as the bounds allow, messages between nodes are lost or doubled, timers
//! run out, and nodes crash; they come up again at any time. A delivery that changes nothing and sends nothing is none, and a request waits
//! until its node is ready for one. There are no clocks: a node's clock shows zero.
//!
//! A node in some state that takes some input does what it did the last time, so that is asked of the protocol once and
//! remembered. After a semantics of actors that others have counted states with (see `docs/exploration.md`), so that
//! counts can be compared.

use std::collections::BTreeMap;

use super::Model;
use super::deeds::came_about;
use super::history::{MOST_CLIENTS, Record, told};
use super::names::{Consequences, Names};
use super::state::{MOST_NODES, State};
use super::symmetry::{Exchange, exchanges};
use crate::check::History;
use crate::sim::protocol::{Body, Outbox, Protocol, Replica, Timer};
use crate::sim::{ClientId, NodeId, Operation, Outcome, RequestId, Value};

/// How often may happen what need not happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Messages between nodes that are lost.
    pub losses: u8,
    /// Messages between nodes that are doubled.
    pub duplicates: u8,
    /// Crashes.
    pub crashes: u8,
    /// Timers that run out.
    pub timeouts: u8,
}

/// What a client asks, and which node; at most 16 requests.
pub type Script = Vec<(NodeId, Operation)>;

/// Whether what the clients have seen keeps the promise that is explored.
pub type Promise = Box<dyn Fn(&History) -> bool>;

/// A cluster, and what was learnt of it.
pub struct Cluster<R> {
    pub(super) replica: R,
    pub(super) nodes: u8,
    pub(super) initial: Value,
    pub(super) scripts: Vec<Script>,
    pub(super) bounds: Bounds,
    pub(super) promise: Promise,
    pub(super) locals: Names<Local<R>>,
    pub(super) envelopes: Names<Envelope>,
    pub(super) histories: Names<Vec<Record>>,
    pub(super) deeds: Consequences<Deed>,
    pub(super) returns: Consequences<(u32, Option<u32>)>,
    /// The histories that were judged: whether the promise is broken.
    pub(super) judged: BTreeMap<u32, bool>,
    /// Exchanges of clients that lead to as good as the same state.
    pub(super) exchanges: Vec<Exchange>,
    /// How each state of a node first came about: from which, and what happened. One that nothing leads to: from itself.
    pub(super) local_origins: Vec<Option<(u32, u32)>>,
    /// How each envelope first came about: which deed sent it, at which place among what it sent.
    pub(super) envelope_origins: Vec<Option<(u32, u32, usize)>>,
    pub(super) outbox: Outbox,
}

/// The state of a node: what it knows, its timers in order, and whether it is up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Local<R> {
    pub(super) node: NodeId,
    pub(super) replica: R,
    pub(super) timers: Vec<Timer>,
    pub(super) up: bool,
}

/// Something under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Envelope {
    /// A client's request, to its node.
    Request(RequestId),
    /// An outcome, to the client.
    Reply(RequestId, Outcome),
    /// A message between nodes, from the first to the second.
    Message(NodeId, NodeId, Body),
}

/// What a node does when something happens to it: the number of its state then, and of what it sends.
pub(super) struct Deed {
    pub(super) local: u32,
    pub(super) sends: Vec<u32>,
}

/// Something that can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What is at that place among what is under way arrives.
    Deliver(u8),
    /// It is lost.
    Lose(u8),
    /// It is doubled.
    Double(u8),
    /// That timer of a node runs out, by its place among those that are set.
    TimeOut(NodeId, u8),
    /// A node crashes.
    Crash(NodeId),
    /// A node comes up.
    Recover(NodeId),
}

/// How many requests a client may make.
pub(super) const MOST_REQUESTS: u32 = 16;

// What happens to a node, as a number: these, then timers by their place, then envelopes by their number.
pub(super) const CRASH: u32 = 0;
pub(super) const RECOVER: u32 = 1;
pub(super) const TIMEOUT: u32 = 2;
pub(super) const ENVELOPE: u32 = TIMEOUT + 256;

/// Why a cluster cannot be explored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClusterError {
    /// Too few or too many nodes.
    #[error("an exploration has 1 to {MOST_NODES} servers, not {0}")]
    Nodes(usize),
    /// Too few or too many clients.
    #[error("an exploration has 1 to {MOST_CLIENTS} clients, not {0}")]
    Clients(usize),
    /// Too many requests.
    #[error("a client makes at most {MOST_REQUESTS} requests here, not {0}")]
    Requests(usize),
    /// The replica does not follow that protocol.
    #[error("these replicas do not follow that protocol")]
    Protocol,
}

impl<R: Replica> Cluster<R> {
    /// Nodes that all follow one protocol, and clients with their scripts.
    ///
    /// # Errors
    /// When there are too few or too many of something.
    pub fn new(
        (nodes, protocol): (usize, &Protocol),
        initial: Value,
        scripts: Vec<Script>,
        bounds: Bounds,
        promise: Promise,
    ) -> Result<Self, ClusterError> {
        let count = u8::try_from(nodes).ok().filter(|_| (1..=MOST_NODES).contains(&nodes));
        let nodes = count.ok_or(ClusterError::Nodes(nodes))?;
        if !(1..=MOST_CLIENTS).contains(&scripts.len()) {
            return Err(ClusterError::Clients(scripts.len()));
        }
        if let Some(script) = scripts.iter().find(|script| script.len() > MOST_REQUESTS as usize) {
            return Err(ClusterError::Requests(script.len()));
        }
        let replica = R::new(protocol, initial).ok_or(ClusterError::Protocol)?;
        Ok(Self {
            replica,
            nodes,
            initial,
            scripts,
            bounds,
            promise,
            locals: Names::new(),
            envelopes: Names::new(),
            histories: Names::new(),
            deeds: Consequences::new(),
            returns: Consequences::new(),
            judged: BTreeMap::new(),
            exchanges: Vec::new(),
            local_origins: Vec::new(),
            envelope_origins: Vec::new(),
            outbox: Outbox::default(),
        })
    }

    /// The same with symmetry: clients that ask the same nodes the same things are interchangeable. See [`super::symmetry`].
    #[must_use]
    pub fn with_symmetry(mut self) -> Self {
        self.exchanges = exchanges(&self.scripts);
        self
    }

    /// What the clients have seen in that state.
    pub fn history(&self, state: &State) -> History {
        told(self.initial, self.histories.get(state.history()), &|request| self.asks(request))
    }

    pub(super) fn node_ids(&self) -> impl Iterator<Item = NodeId> + use<R> {
        (0..self.nodes).map(NodeId)
    }

    pub(super) fn asks(&self, request: RequestId) -> (ClientId, NodeId, Operation) {
        let (client, place) = (request.0 / MOST_REQUESTS, request.0 % MOST_REQUESTS);
        let (node, operation) = self.scripts[client as usize][place as usize];
        (ClientId(u8::try_from(client).unwrap_or(u8::MAX)), node, operation)
    }

    /// The node to which something under way goes, unless it goes to a client.
    pub(super) fn receiver(&self, envelope: Envelope) -> Option<NodeId> {
        match envelope {
            Envelope::Message(_, to, _) => Some(to),
            Envelope::Request(request) => Some(self.asks(request).1),
            Envelope::Reply(..) => None,
        }
    }

    pub(super) fn can_arrive(&self, state: &State, envelope: Envelope) -> bool {
        let Some(to) = self.receiver(envelope) else { return true };
        let local = self.locals.get(state.node(to.index()));
        local.up && (local.replica.ready() || !matches!(envelope, Envelope::Request(_)))
    }
}

impl<R: Replica> Model for Cluster<R> {
    type State = State;
    type Choice = Choice;

    fn start(&mut self) -> State {
        let mut state = State::empty();
        for node in self.node_ids() {
            let replica = self.replica.clone();
            let asleep = self.locals.number(Local { node, replica, timers: Vec::new(), up: false });
            came_about(&mut self.local_origins, asleep, (asleep, RECOVER));
            state.set_node(node.index(), asleep);
            let before = state.clone();
            self.befall(&before, node, RECOVER, &mut state);
        }
        let mut records = Vec::new();
        for client in (0..MOST_REQUESTS).take(self.scripts.len()) {
            if let Some(request) = self.ask(&mut records, RequestId(client * MOST_REQUESTS)) {
                state.send(request);
            }
        }
        state.set_history(self.histories.number(records));
        state
    }

    fn choices(&self, state: &State, into: &mut Vec<Choice>) {
        let Bounds { losses, duplicates, crashes, timeouts } = self.bounds;
        let mut before = None;
        for (at, &number) in (0..u8::MAX).zip(state.envelopes()) {
            if before.replace(number) == Some(number) {
                continue; // the same twice: either will do
            }
            let envelope = *self.envelopes.get(number);
            if self.can_arrive(state, envelope) {
                into.push(Choice::Deliver(at));
            }
            if !matches!(envelope, Envelope::Message(..)) {
                continue; // a client reaches its node without a network
            }
            if state.spent.losses < losses {
                into.push(Choice::Lose(at));
            }
            if state.spent.duplicates < duplicates {
                into.push(Choice::Double(at));
            }
        }
        if timeouts == 0 && crashes == 0 {
            return;
        }
        for node in self.node_ids() {
            let local = self.locals.get(state.node(node.index()));
            if state.spent.timeouts < timeouts {
                into.extend((0..u8::MAX).take(local.timers.len()).map(|at| Choice::TimeOut(node, at)));
            }
            if !local.up {
                into.push(Choice::Recover(node));
            } else if state.spent.crashes < crashes {
                into.push(Choice::Crash(node));
            }
        }
    }

    fn next(&mut self, from: &State, choice: Choice, to: &mut State) -> bool {
        match choice {
            Choice::Deliver(at) => return self.deliver(from, at.into(), to),
            Choice::Lose(at) => {
                to.become_like(from);
                to.remove_envelope(at.into());
                to.spend(|spent| spent.losses += 1);
            }
            Choice::Double(at) => {
                to.become_like(from);
                to.send(from.envelopes()[usize::from(at)]);
                to.spend(|spent| spent.duplicates += 1);
            }
            Choice::TimeOut(node, at) => {
                self.befall(from, node, TIMEOUT + u32::from(at), to);
                to.spend(|spent| spent.timeouts += 1);
            }
            Choice::Crash(node) => {
                self.befall(from, node, CRASH, to);
                to.spend(|spent| spent.crashes += 1);
            }
            Choice::Recover(node) => self.befall(from, node, RECOVER, to),
        }
        true
    }

    fn fingerprint(&mut self, state: &State) -> u64 {
        let mut exchanges = std::mem::take(&mut self.exchanges);
        let images = exchanges.iter_mut().map(|exchange| self.exchanged(exchange, state));
        let least = images.fold(state.fingerprint(), u64::min);
        self.exchanges = exchanges;
        least
    }

    fn broken(&mut self, state: &State) -> bool {
        if let Some(&broken) = self.judged.get(&state.history()) {
            return broken;
        }
        let broken = !(self.promise)(&self.history(state));
        self.judged.insert(state.history(), broken);
        broken
    }

    fn pack(&self, state: &State, into: &mut Vec<u8>) {
        state.pack(self.nodes.into(), into);
    }

    fn unpack(&self, bytes: &[u8], into: &mut State) -> bool {
        into.unpack(self.nodes.into(), bytes).is_some()
    }

    fn describe(&self, state: &State, choice: Choice) -> String {
        let name = |at: u8| self.name(*self.envelopes.get(state.envelopes()[usize::from(at)]));
        match choice {
            Choice::Deliver(at) => format!("{} arrives", name(at)),
            Choice::Lose(at) => format!("{} is lost", name(at)),
            Choice::Double(at) => format!("{} is doubled", name(at)),
            Choice::TimeOut(node, at) => match self.locals.get(state.node(node.index())).timers[usize::from(at)] {
                Timer::GiveUp(_) => format!("Node {node} gives up waiting"),
                Timer::Retry => format!("Node {node} tries again"),
                Timer::Election => format!("Node {node} stands for election"),
                Timer::Heartbeat => format!("Node {node} lets the others hear of it"),
                Timer::Gossip => format!("Node {node} gossips"),
            },
            Choice::Crash(node) => format!("Node {node} crashes"),
            Choice::Recover(node) => format!("Node {node} comes up"),
        }
    }
}
