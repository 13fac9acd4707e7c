//! The world: nodes, links, clients and everything that is due, as plain data that is cheap to clone.
//!
//! It is driven by time ([`World::step`]: the next thing that is due happens) or by choice ([`World::enabled`] and
//! [`World::take`]: any thing that is due happens now, as a person may pick). What happens is told to a [`Sink`].
//!
//! It is made for a kind of replica: [`Any`] unless one says otherwise. What shows only some protocols can name an
//! enum of these (see [`crate::one_of`]) and need not carry the rest.

use std::rc::Rc;

use super::client::{Retry, Workload};
use super::fault::ScenarioError;
use super::link::{Link, Shaping};
use super::netem::Conditions;
use super::node::Node;
use super::protocol::{Any, Body, Object, Outbox, Place, Replica, Timer};
use super::queue::{DueAt, Queue};
use super::record::Record;
use super::rng::Pcg32;
use super::{
    Action, ClientId, EventId, MessageId, Micros, NodeId, Operation, Outcome, Planned, RequestId, Scenario, Sink,
};

/// Something that is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub cause: Option<EventId>,
    pub what: What,
}

impl Due {
    /// The message whose delivery is due.
    pub fn message(self) -> Option<MessageId> {
        match self.what {
            What::Delivery(message) => Some(message.id),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// The planned action of that index.
    Script(u32),
    /// A client's next request of its own.
    NextOf(ClientId),
    Arrival(RequestId),
    Return(RequestId, Outcome),
    Delivery(Message),
    Timer(NodeId, Timer),
    ClientGivesUp(RequestId),
    ClientTriesAgain(RequestId),
}

/// A message between nodes, in flight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message {
    pub id: MessageId,
    pub from: NodeId,
    pub to: NodeId,
    pub body: Body,
    pub damaged: bool,
}

/// A request as a node sees it, and what its client still waits for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    pub client: ClientId,
    pub operation: Operation,
    /// The request as it was first made; its own number unless it is a further try.
    pub of: RequestId,
    pub waiting: bool,
    /// The try that its client waits for; `None` between two tries.
    pub trying: Option<RequestId>,
    /// Whether a try ended without anybody knowing what it did.
    pub doubt: bool,
    pub tries: u8,
    /// When the client stops waiting for this try, or tries again.
    pub patience: Option<DueAt>,
}

/// A client and what is left of its workload.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub node: NodeId,
    pub timeout: Option<Micros>,
    pub retry: Option<Retry>,
    pub workload: Workload,
    pub left: u32,
    /// The latest request of its workload.
    pub own: Option<RequestId>,
}

/// The state of everything.
#[derive(Clone, Debug)]
pub struct World<R = Any> {
    pub(super) now: Micros,
    until: Micros,
    settle: Micros,
    pub(super) rng: Pcg32,
    pub(super) nodes: Vec<Node<R>>,
    pub(super) clients: Vec<Client>,
    /// From each node to each, by rows; the diagonal is unused.
    pub(super) links: Vec<Link>,
    pub(super) message_bytes: u32,
    pub(super) objects: Vec<Object>,
    script: Rc<[Planned]>,
    pub(super) requests: Vec<Request>,
    pub(super) due: Queue<Due>,
    /// What held links and nodes that stand still keep, in the order in which it came.
    pub(super) kept: Vec<(Kept, Due)>,
    pub(super) steps: u32,
    pub(super) events: u32,
    pub(super) messages: u32,
    /// The largest value that was written or planned.
    pub(super) fresh: u32,
    pub(super) outbox: Outbox,
}

/// Who keeps something that is not due until it lets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    ByLink(NodeId, NodeId),
    ByNode(NodeId),
}

impl<R: Replica> World<R> {
    /// The world at the start of a scenario.
    ///
    /// # Errors
    /// When the scenario names something that it does not have, or has too many or too few nodes.
    pub fn start(scenario: &Scenario, seed: u64) -> Result<Self, ScenarioError> {
        scenario.check()?;
        let mut rng = Pcg32::new(seed, 0);
        let mut nodes = Vec::new();
        for (id, node) in scenario.node_ids().zip(&scenario.nodes) {
            let replica = R::new(&node.protocol, scenario.initial).ok_or(ScenarioError::NotAtHand(id))?;
            nodes.push(Node::new(replica, node.clock));
        }
        let pair = |from| scenario.node_ids().map(move |to| (from, to));
        let latency = |(from, to)| Link::of(scenario.latency_between(from, to));
        let mut links: Vec<Link> = scenario.node_ids().flat_map(pair).map(latency).collect();
        for link in &scenario.links {
            let at = link.from.index() * nodes.len() + link.to.index();
            links[at].shaping = Some(Box::new(Shaping::new(Conditions::of(&link.options), &mut rng)));
        }
        let mut world = Self {
            now: Micros(0),
            until: scenario.script.iter().map(|planned| planned.at).max().unwrap_or_default() + scenario.tail,
            settle: scenario.settle,
            rng,
            nodes,
            clients: scenario
                .clients
                .iter()
                .map(|spec| Client {
                    node: spec.node,
                    timeout: spec.timeout,
                    retry: spec.retry,
                    workload: spec.workload,
                    left: spec.workload.count(),
                    own: None,
                })
                .collect(),
            links,
            message_bytes: scenario.message_bytes,
            objects: scenario.nodes.iter().map(|node| node.protocol.object()).collect(),
            script: scenario.script.as_slice().into(),
            requests: Vec::new(),
            due: Queue::default(),
            kept: Vec::new(),
            steps: 0,
            events: 0,
            messages: 0,
            fresh: largest_value(scenario),
            outbox: Outbox::default(),
        };
        world.set_going();
        Ok(world)
    }

    fn set_going(&mut self) {
        for at in 0..self.script.len() {
            let planned = u32::try_from(at).unwrap_or(u32::MAX);
            self.plan(self.script[at].at, None, What::Script(planned));
        }
        for node in (0..self.nodes.len()).filter_map(|node| u8::try_from(node).ok()).map(NodeId) {
            Record { world: self, sink: &mut Vec::new() }.come_up(None, node);
        }
        for client in (0..self.clients.len()).filter_map(|client| u8::try_from(client).ok()).map(ClientId) {
            let Client { workload, left, .. } = self.clients[client.index()];
            if let Some(first) = workload.first(&mut self.rng).filter(|_| left > 0) {
                self.plan(first, None, What::NextOf(client));
            }
        }
    }

    /// The present, in simulated microseconds.
    pub fn now(&self) -> Micros {
        self.now
    }

    /// How many steps were taken.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The replica of that node.
    pub fn replica(&self, node: NodeId) -> Option<&R> {
        self.nodes.get(node.index()).map(|node| &node.replica)
    }

    /// Takes the next step by time and tells its events; whether there was one.
    pub fn step(&mut self, sink: &mut impl Sink) -> bool {
        match self.due.soonest() {
            Some(key) if key.at <= self.until => self.take(key, sink),
            _ => false,
        }
    }

    /// Everything that is due, in the order of time.
    pub fn enabled(&self) -> impl Iterator<Item = DueAt> {
        self.due.keys().into_iter()
    }

    /// Lets this happen now, even before its time, and tells its events; whether it was due.
    pub fn take(&mut self, key: DueAt, sink: &mut impl Sink) -> bool {
        let Some(due) = self.due.take(key) else { return false };
        self.now = self.now.max(key.at);
        self.steps += 1;
        match due.what {
            What::Script(planned) => {
                let script = Rc::clone(&self.script);
                Record { world: self, sink }.act(&script[planned as usize].action);
            }
            _ => Record { world: self, sink }.happen(due),
        }
        true
    }

    /// A person does something now, or at that time if it has not come yet. The run goes on for the scenario's `settle`
    /// time after it.
    ///
    /// # Errors
    /// When the action names a node or client that is not there.
    pub fn act(&mut self, at: Micros, action: &Action, sink: &mut impl Sink) -> Result<(), ScenarioError> {
        action.check(self.nodes.len(), self.clients.len())?;
        self.now = self.now.max(at);
        self.until = self.until.max(self.now + self.settle);
        self.steps += 1;
        Record { world: self, sink }.act(action);
        Ok(())
    }

    pub(super) fn plan(&mut self, at: Micros, cause: Option<EventId>, what: What) -> DueAt {
        self.due.plan(at, Due { cause, what })
    }

    pub(super) fn link(&mut self, from: NodeId, to: NodeId) -> &mut Link {
        let nodes = self.nodes.len();
        &mut self.links[from.index() * nodes + to.index()]
    }

    pub(super) fn place(&self, node: NodeId) -> Place {
        let nodes = u8::try_from(self.nodes.len()).unwrap_or(u8::MAX);
        Place { me: node, nodes, clock: self.nodes[node.index()].clock.shows(self.now) }
    }

    /// The keys of the messages in flight on a link, in the order of their arrival.
    pub(super) fn in_flight(&self, from: NodeId, to: NodeId) -> Vec<DueAt> {
        let on_link = |key: &DueAt| {
            matches!(self.due.get(*key), Some(Due { what: What::Delivery(message), .. })
                if (message.from, message.to) == (from, to))
        };
        self.due.keys().into_iter().filter(on_link).collect()
    }

    /// The key of a message in flight.
    pub(super) fn flight_of(&self, id: MessageId) -> Option<DueAt> {
        let is_it = |key: &DueAt| matches!(self.due.get(*key), Some(Due { what: What::Delivery(message), .. }) if message.id == id);
        self.due.keys().into_iter().find(is_it)
    }

    /// Takes out what was kept, in the order in which it came.
    pub(super) fn take_kept(&mut self, keeper: Kept) -> impl Iterator<Item = Due> + use<R> {
        let kept = std::mem::take(&mut self.kept);
        let (going, staying): (Vec<_>, _) = kept.into_iter().partition(|(kept, _)| *kept == keeper);
        self.kept = staying;
        going.into_iter().map(|(_, due)| due)
    }

    /// Gives back what was kept, in the order in which it came, to happen now.
    pub(super) fn let_go(&mut self, keeper: Kept) {
        let now = self.now;
        for due in self.take_kept(keeper) {
            let key = self.plan(now, due.cause, due.what);
            if let What::Timer(node, timer) = due.what {
                self.nodes[node.index()].timers.push((timer, key));
            }
        }
    }
}

fn largest_value(scenario: &Scenario) -> u32 {
    let written = scenario.script.iter().filter_map(|planned| match planned.action {
        Action::Request { operation: Operation::Write(value) | Operation::Cas(_, value), .. } => Some(value.0),
        _ => None,
    });
    written.max().unwrap_or(0).max(scenario.initial.0)
}
