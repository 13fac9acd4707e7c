//! The world: nodes, links and everything that is due, as plain data that can be cloned, compared and hashed.
//!
//! It is driven by time ([`World::step`]: the next thing that is due happens) or by choice ([`World::enabled`] and
//! [`World::take`]: any thing that is due happens now, as a person or a search may pick).

use std::collections::BTreeMap;

use super::link::{Latency, Link};
use super::protocol::{Any, Body, Effect, Input, Outbox, Place, Replica, Timer};
use super::rng::Pcg32;
use super::scenario::{Action, Scenario, ScenarioError};
use super::{ClientId, Event, EventId, EventKind, MessageId, Micros, NodeId, Operation, Outcome, RequestId};

/// The key of something that is due: when, and the order in which it was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DueAt(Micros, u32);

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Due {
    cause: Option<EventId>,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum What {
    Action(Action),
    Arrival(RequestId),
    Return(RequestId, Outcome),
    Delivery(Message),
    Timer(NodeId, Timer),
    ClientGivesUp(RequestId),
}

/// A message between nodes, in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Message {
    id: MessageId,
    from: NodeId,
    to: NodeId,
    body: Body,
}

/// A request and whether its client still waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Request {
    client: ClientId,
    node: NodeId,
    operation: Operation,
    waiting: bool,
}

/// A client: the node it talks to and how long it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Client {
    node: NodeId,
    timeout: Option<Micros>,
}

/// The state of everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    now: Micros,
    until: Micros,
    settle: Micros,
    rng: Pcg32,
    replicas: Vec<Any>,
    clients: Vec<Client>,
    /// From each node to each, by rows; the diagonal is unused.
    links: Vec<Link>,
    requests: Vec<Request>,
    due: BTreeMap<DueAt, Due>,
    steps: u32,
    events: u32,
    messages: u32,
    planned: u32,
}

/// What a step records: its events, each with the step's number and time.
struct Record<'a> {
    world: &'a mut World,
    events: Vec<Event>,
}

impl World {
    /// The world at the start of a scenario.
    ///
    /// # Errors
    /// When the scenario names a node or client that it does not have, or has too many or too few nodes.
    pub fn start(scenario: &Scenario, seed: u64) -> Result<Self, ScenarioError> {
        scenario.check()?;
        let pairs = scenario.nodes.len() * scenario.nodes.len();
        let mut world = Self {
            now: Micros(0),
            until: scenario.script.iter().map(|planned| planned.at).max().unwrap_or_default() + scenario.tail,
            settle: scenario.settle,
            rng: Pcg32::new(seed, 0),
            replicas: scenario.nodes.iter().filter_map(|node| Any::new(&node.protocol, scenario.initial)).collect(),
            clients: scenario
                .clients
                .iter()
                .map(|client| Client { node: client.node, timeout: client.timeout })
                .collect(),
            links: vec![Link { latency: scenario.latency, cut: None }; pairs],
            requests: Vec::new(),
            due: BTreeMap::new(),
            steps: 0,
            events: 0,
            messages: 0,
            planned: 0,
        };
        for planned in &scenario.script {
            world.plan(planned.at, None, What::Action(planned.action.clone()));
        }
        world.start_nodes();
        Ok(world)
    }

    /// The nodes come up. A fresh node has nothing to tell yet: it only sets its timers.
    fn start_nodes(&mut self) {
        let nodes = u8::try_from(self.replicas.len()).unwrap_or(u8::MAX);
        for me in (0..nodes).map(NodeId) {
            let mut out = Outbox::default();
            self.replicas[me.index()].start(Place { me, nodes, clock: self.now }, &mut out);
            for effect in out.0 {
                if let Effect::SetTimer(timer, least, most) = effect {
                    self.set(None, me, timer, (least, most));
                }
            }
        }
    }

    /// Sets a timer; its time is drawn where there is a choice.
    fn set(&mut self, cause: Option<EventId>, node: NodeId, timer: Timer, (least, most): (Micros, Micros)) {
        let after = Latency { base: least, jitter: Micros(most.0.saturating_sub(least.0)) }.draw(&mut self.rng);
        self.plan(self.now + after, cause, What::Timer(node, timer));
    }

    /// The present, in simulated microseconds.
    pub fn now(&self) -> Micros {
        self.now
    }

    /// How many steps were taken.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Takes the next step by time and returns its events; `None` when the run is over.
    pub fn step(&mut self) -> Option<Vec<Event>> {
        let (&key, _) = self.due.first_key_value()?;
        if key.0 > self.until { None } else { self.take(key) }
    }

    /// Everything that is due, in the order of time.
    pub fn enabled(&self) -> impl Iterator<Item = DueAt> {
        self.due.keys().copied()
    }

    /// Lets this happen now, even before its time; `None` when it is not due (any more).
    pub fn take(&mut self, key: DueAt) -> Option<Vec<Event>> {
        let due = self.due.remove(&key)?;
        self.now = self.now.max(key.0);
        Some(self.happen(due))
    }

    /// A person does something now, or at that time if it has not come yet. The run goes on for the scenario's `settle`
    /// time after it.
    ///
    /// # Errors
    /// When the action names a node or client that is not there.
    pub fn act(&mut self, at: Micros, action: &Action) -> Result<Vec<Event>, ScenarioError> {
        action.check(self.replicas.len(), self.clients.len())?;
        self.now = self.now.max(at);
        self.until = self.until.max(self.now + self.settle);
        Ok(self.happen(Due { cause: None, what: What::Action(action.clone()) }))
    }

    fn happen(&mut self, due: Due) -> Vec<Event> {
        self.steps += 1;
        let mut record = Record { world: self, events: Vec::new() };
        match due.what {
            What::Action(Action::Request { client, operation }) => record.invoke(client, operation),
            What::Action(Action::Cut(links)) => links.iter().for_each(|&link| record.cut(link)),
            What::Action(Action::Heal(links)) => links.iter().for_each(|&link| record.heal(link)),
            What::Arrival(request) => record.arrive(due.cause, request),
            What::Return(request, outcome) => record.give_back(due.cause, request, outcome),
            What::ClientGivesUp(request) => record.give_back(due.cause, request, Outcome::Unknown),
            What::Delivery(message) => record.deliver(due.cause, message),
            What::Timer(node, timer) => record.time_out(due.cause, node, timer),
        }
        record.events
    }

    fn plan(&mut self, at: Micros, cause: Option<EventId>, what: What) {
        self.due.insert(DueAt(at, self.planned), Due { cause, what });
        self.planned += 1;
    }

    fn link(&mut self, from: NodeId, to: NodeId) -> &mut Link {
        let nodes = self.replicas.len();
        &mut self.links[from.index() * nodes + to.index()]
    }
}

impl Record<'_> {
    fn note(&mut self, cause: Option<EventId>, kind: EventKind) -> EventId {
        let id = EventId(self.world.events);
        self.world.events += 1;
        self.events.push(Event { id, step: self.world.steps, at: self.world.now, cause, kind });
        id
    }

    fn invoke(&mut self, client: ClientId, operation: Operation) {
        let Client { node, timeout } = self.world.clients[client.index()];
        let request = RequestId(u32::try_from(self.world.requests.len()).unwrap_or(u32::MAX));
        self.world.requests.push(Request { client, node, operation, waiting: true });
        let invoked = self.note(None, EventKind::Invoked { client, request, node, operation });
        self.world.plan(self.world.now, Some(invoked), What::Arrival(request));
        if let Some(timeout) = timeout {
            self.world.plan(self.world.now + timeout, Some(invoked), What::ClientGivesUp(request));
        }
    }

    fn arrive(&mut self, cause: Option<EventId>, request: RequestId) {
        let Request { node, operation, .. } = self.world.requests[request.0 as usize];
        let received = self.note(cause, EventKind::Received { node, request });
        self.node_takes(received, node, Input::Request(request, operation));
    }

    fn give_back(&mut self, cause: Option<EventId>, request: RequestId, outcome: Outcome) {
        let waiting = &mut self.world.requests[request.0 as usize];
        let client = waiting.client;
        if std::mem::replace(&mut waiting.waiting, false) {
            self.note(cause, EventKind::Returned { client, request, outcome });
            self.world.due.retain(|_, due| due.what != What::ClientGivesUp(request));
        }
    }

    fn deliver(&mut self, cause: Option<EventId>, message: Message) {
        let Message { id, from, to, body } = message;
        let delivered = self.note(cause, EventKind::Delivered { message: id, from, to });
        self.node_takes(delivered, to, Input::Message(from, body));
    }

    fn time_out(&mut self, cause: Option<EventId>, node: NodeId, timer: Timer) {
        let request = match timer {
            Timer::GiveUp(request) => Some(request),
            _ => None,
        };
        let timed_out = self.note(cause, EventKind::TimedOut { node, request });
        self.node_takes(timed_out, node, Input::Timer(timer));
    }

    fn cut(&mut self, (from, to): (NodeId, NodeId)) {
        let cut = self.note(None, EventKind::Cut { from, to });
        self.world.link(from, to).cut = Some(cut);
        let on_the_wire: Vec<(DueAt, MessageId)> = self
            .world
            .due
            .iter()
            .filter_map(|(&key, due)| match due.what {
                What::Delivery(message) if (message.from, message.to) == (from, to) => Some((key, message.id)),
                _ => None,
            })
            .collect();
        for (key, message) in on_the_wire {
            self.world.due.remove(&key);
            self.note(Some(cut), EventKind::Lost { message, from, to });
        }
    }

    fn heal(&mut self, (from, to): (NodeId, NodeId)) {
        self.note(None, EventKind::Healed { from, to });
        self.world.link(from, to).cut = None;
    }

    /// A node takes an input; what it does follows at once.
    fn node_takes(&mut self, cause: EventId, node: NodeId, input: Input) {
        let nodes = u8::try_from(self.world.replicas.len()).unwrap_or(u8::MAX);
        let replica = &mut self.world.replicas[node.index()];
        let before = replica.content();
        let mut out = Outbox::default();
        replica.take(Place { me: node, nodes, clock: self.world.now }, input, &mut out);
        let effects = out.0;
        let value = replica.content();
        if value != before {
            self.note(Some(cause), EventKind::Stored { node, value });
        }
        for effect in effects {
            self.follow(cause, node, &effect);
        }
    }

    fn follow(&mut self, cause: EventId, node: NodeId, effect: &Effect) {
        match *effect {
            Effect::Reply(request, outcome) => {
                let replied = self.note(Some(cause), EventKind::Replied { node, request, outcome });
                self.world.plan(self.world.now, Some(replied), What::Return(request, outcome));
            }
            Effect::Send(to, body, request) => self.send(cause, node, to, body, request),
            Effect::SetTimer(timer, least, most) => {
                self.stop(node, timer);
                self.world.set(Some(cause), node, timer, (least, most));
            }
            Effect::StopTimer(timer) => self.stop(node, timer),
        }
    }

    fn stop(&mut self, node: NodeId, timer: Timer) {
        self.world.due.retain(|_, due| due.what != What::Timer(node, timer));
    }

    fn send(&mut self, cause: EventId, from: NodeId, to: NodeId, body: Body, request: Option<RequestId>) {
        let id = MessageId(self.world.messages);
        self.world.messages += 1;
        let sent = self.note(Some(cause), EventKind::Sent { message: id, from, to, body, request });
        let link = *self.world.link(from, to);
        if link.cut.is_some() {
            self.note(link.cut, EventKind::Lost { message: id, from, to });
        } else {
            let after = link.latency.draw(&mut self.world.rng);
            self.world.plan(self.world.now + after, Some(sent), What::Delivery(Message { id, from, to, body }));
        }
    }
}
