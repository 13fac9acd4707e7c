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
use super::history::{MOST_CLIENTS, Record, told};
use super::names::{Consequences, Names};
use super::state::{MOST_NODES, State};
use super::symmetry::{Exchange, exchanges};
use crate::check::History;
use crate::sim::protocol::{Body, Effect, Input, Outbox, Place, Protocol, Replica, Timer};
use crate::sim::{ClientId, Micros, NodeId, Operation, Outcome, RequestId, Value};

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
    replica: R,
    nodes: u8,
    initial: Value,
    scripts: Vec<Script>,
    bounds: Bounds,
    promise: Promise,
    locals: Names<Local<R>>,
    envelopes: Names<Envelope>,
    histories: Names<Vec<Record>>,
    deeds: Consequences<Deed>,
    returns: Consequences<(u32, Option<u32>)>,
    /// The histories that were judged: whether the promise is broken.
    judged: BTreeMap<u32, bool>,
    /// Exchanges of clients that lead to as good as the same state.
    exchanges: Vec<Exchange>,
    /// How each state of a node first came about: from which, and what happened. One that nothing leads to: from itself.
    local_origins: Vec<Option<(u32, u32)>>,
    /// How each envelope first came about: which deed sent it, at which place among what it sent.
    envelope_origins: Vec<Option<(u32, u32, usize)>>,
    outbox: Outbox,
}

/// The state of a node: what it knows, its timers in order, and whether it is up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Local<R> {
    node: NodeId,
    replica: R,
    timers: Vec<Timer>,
    up: bool,
}

/// Something under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Envelope {
    /// A client's request, to its node.
    Request(RequestId),
    /// An outcome, to the client.
    Reply(RequestId, Outcome),
    /// A message between nodes, from the first to the second.
    Message(NodeId, NodeId, Body),
}

/// What a node does when something happens to it: the number of its state then, and of what it sends.
struct Deed {
    local: u32,
    sends: Vec<u32>,
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
const CRASH: u32 = 0;
const RECOVER: u32 = 1;
const TIMEOUT: u32 = 2;
const ENVELOPE: u32 = TIMEOUT + 256;

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

    /// How many different states of nodes, envelopes and histories were met.
    pub fn parts_met(&self) -> [usize; 3] {
        [self.locals.len(), self.envelopes.len(), self.histories.len()]
    }

    fn node_ids(&self) -> impl Iterator<Item = NodeId> + use<R> {
        (0..self.nodes).map(NodeId)
    }

    fn asks(&self, request: RequestId) -> (ClientId, NodeId, Operation) {
        let (client, place) = (request.0 / MOST_REQUESTS, request.0 % MOST_REQUESTS);
        let (node, operation) = self.scripts[client as usize][place as usize];
        (ClientId(u8::try_from(client).unwrap_or(u8::MAX)), node, operation)
    }

    /// The node to which something under way goes, unless it goes to a client.
    fn receiver(&self, envelope: Envelope) -> Option<NodeId> {
        match envelope {
            Envelope::Message(_, to, _) => Some(to),
            Envelope::Request(request) => Some(self.asks(request).1),
            Envelope::Reply(..) => None,
        }
    }

    fn can_arrive(&self, state: &State, envelope: Envelope) -> bool {
        let Some(to) = self.receiver(envelope) else { return true };
        let local = self.locals.get(state.node(to.index()));
        local.up && (local.replica.ready() || !matches!(envelope, Envelope::Request(_)))
    }

    /// What follows when that happens to a node in that state, by its number; `None` if nothing does.
    fn deed(&mut self, local: u32, happens: u32) -> Option<u32> {
        let deed = if let Some(known) = self.deeds.find((local, happens)) {
            known
        } else {
            let deed = self.find_out(local, happens);
            self.deeds.keep((local, happens), deed)
        };
        let Deed { local: after, sends } = self.deeds.get(deed);
        (*after != local || !sends.is_empty()).then_some(deed)
    }

    fn find_out(&mut self, local: u32, happens: u32) -> Deed {
        let mut after = self.locals.get(local).clone();
        let place = Place { me: after.node, nodes: self.nodes, clock: Micros(0) };
        let mut out = std::mem::take(&mut self.outbox);
        match happens {
            CRASH => {
                after.replica.crash();
                after.timers.clear();
                after.up = false;
            }
            RECOVER => {
                after.up = true;
                after.replica.start(place, &mut out);
            }
            TIMEOUT..ENVELOPE => {
                let timer = after.timers.remove((happens - TIMEOUT) as usize);
                after.replica.take(place, Input::Timer(timer), &mut out);
            }
            _ => match *self.envelopes.get(happens - ENVELOPE) {
                Envelope::Message(from, _, body) => after.replica.take(place, Input::Message(from, body), &mut out),
                Envelope::Request(request) => {
                    let (_, _, operation) = self.asks(request);
                    after.replica.take(place, Input::Request(request, operation), &mut out);
                }
                Envelope::Reply(..) => {}
            },
        }
        let sends: Vec<u32> = out.0.drain(..).filter_map(|effect| self.follow(&mut after, effect)).collect();
        self.outbox = out;
        for (at, &envelope) in sends.iter().enumerate() {
            came_about(&mut self.envelope_origins, envelope, (local, happens, at));
        }
        let number = self.locals.number(after);
        came_about(&mut self.local_origins, number, (local, happens));
        Deed { local: number, sends }
    }

    /// The number of what an effect sends, if it sends anything; timers are set and stopped.
    fn follow(&mut self, local: &mut Local<R>, effect: Effect) -> Option<u32> {
        match effect {
            Effect::Reply(request, outcome) => Some(self.envelopes.number(Envelope::Reply(request, outcome))),
            Effect::Send(to, body, _) => Some(self.envelopes.number(Envelope::Message(local.node, to, body))),
            Effect::SetTimer(timer, ..) => {
                if let Err(at) = local.timers.binary_search(&timer) {
                    local.timers.insert(at, timer);
                }
                None
            }
            Effect::StopTimer(timer) => {
                local.timers.retain(|set| *set != timer);
                None
            }
        }
    }

    /// The fingerprint of a state after an exchange of clients.
    fn exchanged(&mut self, exchange: &mut Exchange, state: &State) -> u64 {
        let mut after = State::empty();
        for node in self.node_ids() {
            after.set_node(node.index(), self.exchanged_local(exchange, state.node(node.index())));
        }
        for &envelope in state.envelopes() {
            after.send(self.exchanged_envelope(exchange, envelope));
        }
        after.set_history(self.exchanged_history(exchange, state.history()));
        after.spend(|spent| *spent = state.spent);
        after.fingerprint()
    }

    /// The state of a node to which the same leads with exchanged clients.
    fn exchanged_local(&mut self, exchange: &mut Exchange, local: u32) -> u32 {
        if let Some(&known) = exchange.locals.get(&local) {
            return known;
        }
        let origin = self.local_origins.get(local as usize).copied().flatten();
        let Some((from, happens)) = origin.filter(|(from, _)| *from != local) else { return local };
        let (from, happens) = self.exchanged_event(exchange, from, happens);
        let after = self.deed(from, happens).map_or(from, |deed| self.deeds.get(deed).local);
        exchange.locals.insert(local, after);
        after
    }

    /// What happens to a node with exchanged clients: the state it happens in, and what.
    fn exchanged_event(&mut self, exchange: &mut Exchange, from: u32, happens: u32) -> (u32, u32) {
        let after = self.exchanged_local(exchange, from);
        let happens = match happens {
            CRASH | RECOVER => happens,
            TIMEOUT..ENVELOPE => {
                let timer = exchange.timer(self.locals.get(from).timers[(happens - TIMEOUT) as usize]);
                let place = self.locals.get(after).timers.iter().position(|set| *set == timer);
                TIMEOUT + place.and_then(|place| u32::try_from(place).ok()).unwrap_or(0)
            }
            _ => ENVELOPE + self.exchanged_envelope(exchange, happens - ENVELOPE),
        };
        (after, happens)
    }

    fn exchanged_envelope(&mut self, exchange: &mut Exchange, envelope: u32) -> u32 {
        if let Some(&known) = exchange.envelopes.get(&envelope) {
            return known;
        }
        let after = match *self.envelopes.get(envelope) {
            Envelope::Request(request) => self.envelopes.number(Envelope::Request(exchange.request(request))),
            Envelope::Reply(request, outcome) => {
                let exchanged = Envelope::Reply(exchange.request(request), exchange.outcome(outcome));
                self.envelopes.number(exchanged)
            }
            Envelope::Message(..) => {
                let origin = self.envelope_origins.get(envelope as usize).copied().flatten();
                let Some((from, happens, at)) = origin else { return envelope };
                let (from, happens) = self.exchanged_event(exchange, from, happens);
                let deed = self.deed(from, happens);
                deed.and_then(|deed| self.deeds.get(deed).sends.get(at).copied()).unwrap_or(envelope)
            }
        };
        exchange.envelopes.insert(envelope, after);
        after
    }

    fn exchanged_history(&mut self, exchange: &mut Exchange, history: u32) -> u32 {
        if let Some(&known) = exchange.histories.get(&history) {
            return known;
        }
        let records = exchange.records(self.histories.get(history));
        let after = self.histories.number(records);
        exchange.histories.insert(history, after);
        after
    }

    /// Does a deed of a node.
    fn perform(&self, state: &mut State, node: NodeId, deed: u32) {
        let Deed { local, sends } = self.deeds.get(deed);
        state.set_node(node.index(), *local);
        for &envelope in sends {
            state.send(envelope);
        }
    }

    /// An outcome reaches its client, which makes its next request: the history then, and the request.
    fn returned(&mut self, history: u32, envelope: u32) -> (u32, Option<u32>) {
        if let Some(known) = self.returns.find((history, envelope)) {
            return *self.returns.get(known);
        }
        let mut records = self.histories.get(history).clone();
        let mut next = None;
        if let Envelope::Reply(request, outcome) = *self.envelopes.get(envelope) {
            for record in records.iter_mut().filter(|record| record.request == request) {
                record.outcome = Some(outcome);
            }
            next = self.ask(&mut records, RequestId(request.0 + 1));
        }
        let after = (self.histories.number(records), next);
        self.returns.keep((history, envelope), after);
        after
    }

    /// A client makes a request, if its script has it: the number of the envelope.
    fn ask(&mut self, records: &mut Vec<Record>, request: RequestId) -> Option<u32> {
        let script = self.scripts.get((request.0 / MOST_REQUESTS) as usize)?;
        if (request.0 % MOST_REQUESTS) as usize >= script.len() {
            return None;
        }
        let mut before = [0; MOST_CLIENTS];
        for record in records.iter().filter(|record| record.outcome.is_some()) {
            before[(record.request.0 / MOST_REQUESTS) as usize] += 1;
        }
        let at = records.partition_point(|other| other.request < request);
        records.insert(at, Record { request, before, outcome: None });
        Some(self.envelopes.number(Envelope::Request(request)))
    }

    fn deliver(&mut self, from: &State, at: usize, to: &mut State) -> bool {
        let number = from.envelopes()[at];
        if let Some(node) = self.receiver(*self.envelopes.get(number)) {
            let Some(deed) = self.deed(from.node(node.index()), ENVELOPE + number) else { return false };
            to.become_like(from);
            to.remove_envelope(at);
            self.perform(to, node, deed);
        } else {
            let (history, request) = self.returned(from.history(), number);
            to.become_like(from);
            to.remove_envelope(at);
            to.set_history(history);
            if let Some(request) = request {
                to.send(request);
            }
        }
        true
    }

    /// Something other than a delivery happens to a node.
    fn befall(&mut self, from: &State, node: NodeId, happens: u32, to: &mut State) {
        to.become_like(from);
        if let Some(deed) = self.deed(from.node(node.index()), happens) {
            self.perform(to, node, deed);
        }
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
        let exchanged = exchanges.iter_mut().map(|exchange| self.exchanged(exchange, state));
        let least = exchanged.fold(state.fingerprint(), u64::min);
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

impl<R: Replica> Cluster<R> {
    /// A name for something under way: `Client 2's write v2 at Node B`.
    fn name(&self, envelope: Envelope) -> String {
        match envelope {
            Envelope::Request(request) => {
                let (client, node, operation) = self.asks(request);
                format!("Client {client}'s {operation} at Node {node}")
            }
            Envelope::Reply(request, outcome) => {
                let (client, node, operation) = self.asks(request);
                let outcome = match outcome {
                    Outcome::Answered(answer) => answer.to_string(),
                    Outcome::Refused(_) => "an error".to_owned(),
                    Outcome::Unknown => "unknown".to_owned(),
                };
                format!("Node {node}'s answer to Client {client}'s {operation}, {outcome},")
            }
            Envelope::Message(from, to, body) => format!("Node {from}'s {} to Node {to}", body_words(&body)),
        }
    }
}

/// Keeps how something first came about.
fn came_about<T: Clone>(origins: &mut Vec<Option<T>>, number: u32, how: T) {
    let at = number as usize;
    if at >= origins.len() {
        origins.resize(at + 1, None);
    }
    origins[at].get_or_insert(how);
}

/// The message as it is written in traces: `store [2,[1,"B"],"v1"]`.
fn body_words(body: &Body) -> String {
    let json = serde_json::to_value(body).unwrap_or_default();
    let message = json.as_object().and_then(|body| body.values().next()).cloned().unwrap_or_default();
    match message.as_object().and_then(|message| message.iter().next()) {
        Some((name, rest)) => format!("{} {rest}", name.replace('_', " ")),
        None => message.as_str().unwrap_or("message").replace('_', " "),
    }
}
