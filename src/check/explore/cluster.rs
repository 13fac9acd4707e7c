//! A cluster of nodes and clients as a model: what is explored of a protocol.
//!
//! Each client makes its requests one after the other; its first is under way at the start. What is under way arrives in
//! any order, at any time. Beyond that, so often as the bounds allow, it is lost or doubled, timers run out, and nodes
//! crash; they come up again at any time. A delivery that changes nothing and sends nothing is none, and a request waits
//! until its node is ready for one. There are no clocks: a node's clock shows zero.
//!
//! After a semantics of actors that others have counted states with (see `docs/exploration.md`), so that counts can be
//! compared.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::Model;
use super::state::{Envelope, MOST_CLIENTS, Record, State};
use crate::check::History;
use crate::sim::protocol::{Effect, Input, Outbox, Place, Protocol, Replica, Timer};
use crate::sim::{ClientId, Micros, NodeId, Operation, RequestId, Value};

/// How often may happen what need not happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Envelopes lost.
    pub losses: u8,
    /// Envelopes doubled.
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

/// A cluster.
pub struct Cluster<R> {
    replicas: Vec<R>,
    initial: Value,
    scripts: Vec<Script>,
    bounds: Bounds,
    promise: Promise,
    /// The histories that were judged, by their fingerprints: there are few.
    judged: BTreeMap<u64, bool>,
    kind: PhantomData<R>,
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
    /// The timer at that place runs out.
    TimeOut(u8),
    /// A node crashes.
    Crash(NodeId),
    /// A node comes up.
    Recover(NodeId),
}

/// How many requests a client may make.
const MOST_REQUESTS: u32 = 16;

/// Why a cluster cannot be explored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClusterError {
    /// Too few or too many nodes.
    #[error("an exploration has 1 to 9 servers, not {0}")]
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
        if !(1..=9).contains(&nodes) {
            return Err(ClusterError::Nodes(nodes));
        }
        if !(1..=MOST_CLIENTS).contains(&scripts.len()) {
            return Err(ClusterError::Clients(scripts.len()));
        }
        if let Some(script) = scripts.iter().find(|script| script.len() > MOST_REQUESTS as usize) {
            return Err(ClusterError::Requests(script.len()));
        }
        let replica = R::new(protocol, initial).ok_or(ClusterError::Protocol)?;
        let replicas = vec![replica; nodes];
        Ok(Self { replicas, initial, scripts, bounds, promise, judged: BTreeMap::new(), kind: PhantomData })
    }

    /// The usual scripts: client c writes a value of its own at node c, then reads at the next node, round and round.
    pub fn write_then_read(clients: usize, nodes: usize) -> Vec<Script> {
        let node = |number: usize| NodeId(u8::try_from(number % nodes.max(1)).unwrap_or(0));
        let value = |client: usize| Value(u32::try_from(client).unwrap_or(0) + 1);
        (0..clients)
            .map(|client| vec![(node(client), Operation::Write(value(client))), (node(client + 1), Operation::Read)])
            .collect()
    }

    /// What the clients have seen in that state.
    pub fn history(&self, state: &State<R>) -> History {
        let asks = |request| {
            let (client, place) = Self::parts(request);
            let (node, operation) = self.scripts[client.index()][place];
            (client, node, operation)
        };
        super::state::history(self.initial, &state.history, asks)
    }

    fn place(&self, node: NodeId) -> Place {
        let nodes = u8::try_from(self.replicas.len()).unwrap_or(u8::MAX);
        Place { me: node, nodes, clock: Micros(0) }
    }

    fn request(client: usize, place: usize) -> RequestId {
        RequestId(u32::try_from(client).unwrap_or(0) * MOST_REQUESTS + u32::try_from(place).unwrap_or(0))
    }

    /// Whose request it is, and which of theirs.
    fn parts(request: RequestId) -> (ClientId, usize) {
        let client = u8::try_from(request.0 / MOST_REQUESTS).unwrap_or(u8::MAX);
        (ClientId(client), (request.0 % MOST_REQUESTS) as usize)
    }

    /// A client makes the request at that place of its script, if there is one.
    fn ask(&self, state: &mut State<R>, client: usize, place: usize) {
        if place < self.scripts[client].len() {
            let request = Self::request(client, place);
            let mut before = [0; MOST_CLIENTS];
            for record in state.history.iter().filter(|record| record.outcome.is_some()) {
                before[Self::parts(record.request).0.index()] += 1;
            }
            state.record(Record { request, before, outcome: None });
            state.send(Envelope::Request(request));
        }
    }

    /// The node to which something under way goes, unless it goes to a client.
    fn receiver(&self, envelope: Envelope) -> Option<NodeId> {
        match envelope {
            Envelope::Message(_, to, _) => Some(to),
            Envelope::Request(request) => {
                let (client, place) = Self::parts(request);
                Some(self.scripts[client.index()][place].0)
            }
            Envelope::Reply(..) => None,
        }
    }

    fn can_arrive(&self, state: &State<R>, envelope: Envelope) -> bool {
        let Some(to) = self.receiver(envelope) else { return true };
        let waits = matches!(envelope, Envelope::Request(_)) && !state.replicas[to.index()].ready();
        !state.down.contains(to) && !waits
    }

    fn arrive(&self, state: &mut State<R>, envelope: Envelope) -> bool {
        match envelope {
            Envelope::Message(from, to, body) => self.node_takes(state, to, Input::Message(from, body)),
            Envelope::Request(request) => {
                let (client, place) = Self::parts(request);
                let (node, operation) = self.scripts[client.index()][place];
                self.node_takes(state, node, Input::Request(request, operation))
            }
            Envelope::Reply(request, outcome) => {
                let (client, place) = Self::parts(request);
                state.end(request, outcome);
                self.ask(state, client.index(), place + 1);
                true
            }
        }
    }

    /// A node takes an input; whether it changed or sent anything.
    fn node_takes(&self, state: &mut State<R>, node: NodeId, input: Input) -> bool {
        let place = self.place(node);
        self.node_does(state, node, |replica, out| replica.take(place, input, out))
    }

    fn node_does(&self, state: &mut State<R>, node: NodeId, deed: impl FnOnce(&mut R, &mut Outbox)) -> bool {
        let mut out = std::mem::take(&mut state.outbox);
        let changed = state.change_replica(node, |replica| deed(replica, &mut out));
        let did = !out.0.is_empty();
        for effect in out.0.drain(..) {
            match effect {
                Effect::Reply(request, outcome) => state.send(Envelope::Reply(request, outcome)),
                Effect::Send(to, body, _) => state.send(Envelope::Message(node, to, body)),
                Effect::SetTimer(timer, ..) => state.set_timer((node, timer)),
                Effect::StopTimer(timer) => state.stop_timer((node, timer)),
            }
        }
        state.outbox = out;
        changed || did
    }

    fn come_up(&self, state: &mut State<R>, node: NodeId) {
        let place = self.place(node);
        self.node_does(state, node, |replica, out| replica.start(place, out));
    }
}

impl<R: Replica> Model for Cluster<R> {
    type State = State<R>;
    type Choice = Choice;

    fn start(&self) -> State<R> {
        let mut state = State::of(self.replicas.clone());
        for node in (0..self.replicas.len()).filter_map(|node| u8::try_from(node).ok()).map(NodeId) {
            self.come_up(&mut state, node);
        }
        for client in 0..self.scripts.len() {
            self.ask(&mut state, client, 0);
        }
        state
    }

    fn choices(&self, state: &State<R>, into: &mut Vec<Choice>) {
        let Bounds { losses, duplicates, crashes, timeouts } = self.bounds;
        for (at, &envelope) in (0..u8::MAX).zip(&state.envelopes) {
            if at > 0 && state.envelopes[usize::from(at) - 1] == envelope {
                continue; // the same twice: either will do
            }
            if self.can_arrive(state, envelope) {
                into.push(Choice::Deliver(at));
            }
            if state.spent.losses < losses {
                into.push(Choice::Lose(at));
            }
            if state.spent.duplicates < duplicates {
                into.push(Choice::Double(at));
            }
        }
        if state.spent.timeouts < timeouts {
            into.extend((0..u8::MAX).zip(&state.timers).map(|(at, _)| Choice::TimeOut(at)));
        }
        if crashes > 0 {
            for node in self.place(NodeId(0)).others().with(NodeId(0)).iter() {
                if state.down.contains(node) {
                    into.push(Choice::Recover(node));
                } else if state.spent.crashes < crashes {
                    into.push(Choice::Crash(node));
                }
            }
        }
    }

    fn take(&self, state: &mut State<R>, choice: Choice) -> bool {
        match choice {
            Choice::Deliver(at) => {
                let envelope = state.remove_envelope(at.into());
                self.arrive(state, envelope)
            }
            Choice::Lose(at) => {
                state.remove_envelope(at.into());
                state.spend(|spent| spent.losses += 1);
                true
            }
            Choice::Double(at) => {
                state.send(state.envelopes[usize::from(at)]);
                state.spend(|spent| spent.duplicates += 1);
                true
            }
            Choice::TimeOut(at) => {
                let (node, timer) = state.timers[usize::from(at)];
                state.stop_timer((node, timer));
                state.spend(|spent| spent.timeouts += 1);
                self.node_takes(state, node, Input::Timer(timer));
                true
            }
            Choice::Crash(node) => {
                state.change_replica(node, R::crash);
                state.stop_timers(node);
                state.set_down(state.down.with(node));
                state.spend(|spent| spent.crashes += 1);
                true
            }
            Choice::Recover(node) => {
                state.set_down(state.down.without(node));
                self.come_up(state, node);
                true
            }
        }
    }

    fn fingerprint(&self, state: &State<R>) -> u64 {
        state.fingerprint()
    }

    fn broken(&mut self, state: &State<R>) -> bool {
        let seen = state.seen();
        if let Some(&broken) = self.judged.get(&seen) {
            return broken;
        }
        let broken = !(self.promise)(&self.history(state));
        self.judged.insert(seen, broken);
        broken
    }

    fn pack(&self, state: &State<R>, into: &mut Vec<u8>) {
        *into = postcard::to_extend(state, std::mem::take(into)).unwrap_or_default();
    }

    fn unpack(&self, bytes: &[u8]) -> Option<State<R>> {
        let mut state: State<R> = postcard::from_bytes(bytes).ok()?;
        state.reckon();
        Some(state)
    }

    fn describe(&self, state: &State<R>, choice: Choice) -> String {
        let name = |at: u8| self.name(state.envelopes[usize::from(at)]);
        match choice {
            Choice::Deliver(at) => format!("{} arrives", name(at)),
            Choice::Lose(at) => format!("{} is lost", name(at)),
            Choice::Double(at) => format!("{} is doubled", name(at)),
            Choice::TimeOut(at) => match state.timers[usize::from(at)] {
                (node, Timer::GiveUp(_)) => format!("Node {node} gives up waiting"),
                (node, timer) => {
                    format!("Node {node}'s {timer:?} timer runs out").to_lowercase().replacen("node", "Node", 1)
                }
            },
            Choice::Crash(node) => format!("Node {node} crashes"),
            Choice::Recover(node) => format!("Node {node} comes up"),
        }
    }
}

impl<R: Replica> Cluster<R> {
    /// A name for something under way: `Client 2's write v2 at Node B`.
    fn name(&self, envelope: Envelope) -> String {
        let asked = |request| {
            let (client, place) = Self::parts(request);
            let (node, operation) = self.scripts[client.index()][place];
            (client, node, operation)
        };
        match envelope {
            Envelope::Request(request) => {
                let (client, node, operation) = asked(request);
                format!("Client {client}'s {operation} at Node {node}")
            }
            Envelope::Reply(request, outcome) => {
                let (client, node, operation) = asked(request);
                format!("Node {node}'s answer to Client {client}'s {operation}, {},", outcome_words(outcome))
            }
            Envelope::Message(from, to, body) => format!("Node {from}'s {} to Node {to}", body_words(&body)),
        }
    }
}

fn outcome_words(outcome: crate::sim::Outcome) -> String {
    match outcome {
        crate::sim::Outcome::Answered(answer) => answer.to_string(),
        crate::sim::Outcome::Refused(_) => "an error".to_owned(),
        crate::sim::Outcome::Unknown => "that nobody knows".to_owned(),
    }
}

/// The message as it is written in traces: `store [2,[1,"B"],"v1"]`.
fn body_words(body: &crate::sim::protocol::Body) -> String {
    let json = serde_json::to_value(body).unwrap_or_default();
    let message = json.as_object().and_then(|body| body.values().next()).cloned().unwrap_or_default();
    match message.as_object().and_then(|message| message.iter().next()) {
        Some((name, rest)) => format!("{} {rest}", name.replace('_', " ")),
        None => message.as_str().unwrap_or("message").replace('_', " "),
    }
}
