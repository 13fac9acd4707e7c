//! A game against a protocol: may the network, the clients and the clocks break consistency or availability?
//!
//! Unlike a [`super::Cluster`], which is made to count states as others do, a game is made to find short and telling
//! counter-examples:
//!
//! - **A client reaches its node at once**: a request, its arrival and the answer, if the node answers at once, are one
//!   choice. Nothing is lost by that. Take any run, move each invocation forward to the arrival and each response back to
//!   the answer: every operation then takes place in a shorter interval, so more of them precede each other in real time,
//!   and a history that was not linearizable still is not. What the nodes see is the same.
//! - **Links may be cut from the start**: what is sent into them is lost at once. Beyond that some messages may be lost.
//! - **Timers run out in the order in which they were set.** All clocks go at one speed and all nodes are equally patient;
//!   what is not known is how long a message takes ([`Timing::Untimed`]). So every run found is one of a world with clocks.
//! - **Availability is judged too**: a request that is refused or ends unknown breaks it, and so does one that is never
//!   answered: see `answers`. No node fails here.
//!
//! What is asked again while it is still under way twice is not sent a third time, so that there are finitely many states.

mod answers;
mod deeds;
mod state;
mod words;

use super::Model;
use super::cluster::{ClusterError, MOST_REQUESTS, Script};
use super::history::{MOST_CLIENTS, Record, told};
use super::names::{Consequences, Names};
use super::pieces::Pieces;
use crate::check::linearizability::{Budget, linearizability};
use crate::check::{History, Verdict};
use crate::sim::protocol::{Body, Outbox, Protocol, Replica, Timer};
use crate::sim::{ClientId, NodeId, Operation, Outcome, RequestId, Value};

use state::MOST_NODES;
pub use state::State;

/// When a timer may run out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timing {
    /// At any time: a message may take longer than any patience. The asynchronous model.
    #[default]
    Untimed,
    /// Only when nothing is under way between nodes: bounds on messages and on work are known, and the nodes are patient
    /// for longer than a round trip. An abstraction of the partially synchronous model: it does not count time, but no
    /// timer runs out in it that could not in a world with such bounds where each message that is not lost is quick.
    Timely,
}

/// A promise of a distributed register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Every history is linearizable.
    Consistency,
    /// Every request is answered, and not with an error.
    Availability,
}

/// How a promise is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// No order of the operations explains the answers.
    Inconsistent,
    /// A request is refused, or nobody knows what became of it.
    Error,
    /// A request is never answered.
    Silence,
}

impl Breach {
    /// The promise that it breaks.
    pub const fn promise(self) -> Promise {
        match self {
            Self::Inconsistent => Promise::Consistency,
            Self::Error | Self::Silence => Promise::Availability,
        }
    }
}

/// Which promises are held against a protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Promises {
    /// Both; the first that breaks ends the search.
    #[default]
    Both,
    /// Consistency only.
    Consistency,
    /// Availability only.
    Availability,
}

/// What the network and the clocks may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Directed links that are cut from the start.
    pub cut: Vec<(NodeId, NodeId)>,
    /// How many messages may be lost beyond that.
    pub losses: u8,
    /// When timers may run out.
    pub timing: Timing,
}

/// A protocol, its clients and its conditions, and what was learnt of them.
pub struct Game<R> {
    replica: R,
    nodes: u8,
    initial: Value,
    scripts: Vec<Script>,
    conditions: Conditions,
    promises: Promises,
    locals: Names<Local<R>>,
    messages: Names<Message>,
    timers: Names<(NodeId, Timer)>,
    histories: Names<Vec<Record>>,
    outcomes: Names<Outcome>,
    deeds: Consequences<Deed>,
    /// The history after something was asked or answered.
    told: Consequences<u32>,
    /// For the states of the nodes when nothing is under way: the requests that can still be answered, a bit each.
    answerable: Consequences<u128>,
    /// What is known of each history.
    known: Pieces<Option<Known>>,
    outbox: Outbox,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Local<R> {
    node: NodeId,
    replica: R,
}

/// A message between nodes: from the first to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Message(NodeId, NodeId, Body);

/// What a node does when something happens to it, in numbers.
struct Deed {
    local: u32,
    /// Messages, without those into a cut link.
    sends: Vec<u32>,
    /// Timers that are set or stopped, in that order.
    timers: Vec<(Change, u32)>,
    /// Requests that are answered: what happens to the history.
    replies: Vec<(RequestId, Outcome)>,
}

/// What becomes of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Set,
    Stop,
}

/// What can be said of a history.
#[derive(Clone, Copy, Debug)]
struct Known {
    linearizable: Answered,
    /// Whether each request that has ended was answered without an error.
    answered: Answered,
    /// The requests that wait, a bit each.
    open: u128,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answered {
    Yes,
    No,
}

/// Something that can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A client makes its next request.
    Ask(ClientId),
    /// What is at that place among the messages under way arrives.
    Deliver(u8),
    /// It is lost.
    Lose(u8),
    /// The timer that was set first among those that are set runs out.
    TimeOut,
}

/// What a choice means: all that is needed to do the same in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// That request, a client's of its node, is made.
    Ask(RequestId, ClientId, NodeId, Operation),
    /// That message, from the first to the second, arrives.
    Deliver(NodeId, NodeId, Body),
    /// It is lost.
    Lose(NodeId, NodeId, Body),
    /// That timer of a node runs out.
    TimeOut(NodeId, Timer),
}

impl<R: Replica> Game<R> {
    /// Nodes that all follow one protocol, clients with their scripts, conditions, and what is held against the protocol.
    ///
    /// # Errors
    /// When there are too few or too many of something.
    pub fn new(
        (nodes, protocol): (u8, &Protocol),
        initial: Value,
        scripts: Vec<Script>,
        conditions: Conditions,
        promises: Promises,
    ) -> Result<Self, ClusterError> {
        if !(1..=MOST_NODES).contains(&usize::from(nodes)) {
            return Err(ClusterError::Nodes(nodes.into()));
        }
        if !(1..=MOST_CLIENTS).contains(&scripts.len()) {
            return Err(ClusterError::Clients(scripts.len()));
        }
        if let Some(script) = scripts.iter().find(|script| script.len() > MOST_REQUESTS as usize) {
            return Err(ClusterError::Requests(script.len()));
        }
        Ok(Self {
            replica: R::new(protocol, initial).ok_or(ClusterError::Protocol)?,
            nodes,
            initial,
            scripts,
            conditions,
            promises,
            locals: Names::new(),
            messages: Names::new(),
            timers: Names::new(),
            histories: Names::new(),
            outcomes: Names::new(),
            deeds: Consequences::new(),
            told: Consequences::new(),
            answerable: Consequences::new(),
            known: Pieces::new(),
            outbox: Outbox::default(),
        })
    }

    /// What the clients have seen in that state.
    pub fn history(&self, state: &State) -> History {
        told(self.initial, self.histories.get(state.history), &|request| self.asks(request))
    }

    /// What that choice means in that state.
    pub fn meaning(&self, state: &State, choice: Choice) -> Move {
        match choice {
            Choice::Ask(client) => {
                let request = next_of(state, client);
                let (client, node, operation) = self.asks(request);
                Move::Ask(request, client, node, operation)
            }
            Choice::Deliver(at) => {
                let Message(from, to, body) = *self.messages.get(state.messages[usize::from(at)]);
                Move::Deliver(from, to, body)
            }
            Choice::Lose(at) => {
                let Message(from, to, body) = *self.messages.get(state.messages[usize::from(at)]);
                Move::Lose(from, to, body)
            }
            Choice::TimeOut => {
                let (node, timer) = *self.timers.get(state.timers[0]);
                Move::TimeOut(node, timer)
            }
        }
    }

    /// How a promise is broken in that state, if one is of those that are held against the protocol.
    pub fn breach(&mut self, state: &State) -> Option<Breach> {
        let known = self.known(state.history);
        if self.promises != Promises::Availability && known.linearizable == Answered::No {
            return Some(Breach::Inconsistent);
        }
        if self.promises == Promises::Consistency {
            return None;
        }
        if known.answered == Answered::No {
            return Some(Breach::Error);
        }
        let may_be_silent = known.open != 0 && state.messages.is_empty();
        (may_be_silent && known.open & !self.can_be_answered(state) != 0).then_some(Breach::Silence)
    }

    fn known(&mut self, history: u32) -> Known {
        let at = history as usize;
        if let Some(known) = self.known.get(at).copied().flatten() {
            return known;
        }
        while self.known.len() <= at {
            self.known.push(None);
        }
        let yes = |holds: bool| if holds { Answered::Yes } else { Answered::No };
        let records = self.histories.get(history);
        let open = records.iter().filter(|record| record.outcome.is_none());
        let fine = |record: &Record| matches!(record.outcome, None | Some(Outcome::Answered(_)));
        let mut known = Known {
            linearizable: Answered::Yes,
            answered: yes(records.iter().all(fine)),
            open: open.fold(0, |open, record| open | bit(record.request)),
        };
        if self.promises != Promises::Availability {
            let history = told(self.initial, records, &|request| self.asks(request));
            let verdict = linearizability(&history, Budget::default());
            known.linearizable = yes(!matches!(verdict, Verdict::Violated(_)));
        }
        if let Some(place) = self.known.get_mut(at) {
            *place = Some(known);
        }
        known
    }

    fn asks(&self, request: RequestId) -> (ClientId, NodeId, Operation) {
        let (client, turn) = (request.0 / MOST_REQUESTS, request.0 % MOST_REQUESTS);
        let (node, operation) = self.scripts[client as usize][turn as usize];
        (ClientId(u8::try_from(client).unwrap_or(u8::MAX)), node, operation)
    }
}

/// The next request of a client.
fn next_of(state: &State, client: ClientId) -> RequestId {
    RequestId(u32::from(client.0) * MOST_REQUESTS + u32::from(state.made[client.index()] & !state::WAITING))
}

/// The bit of a request: at most 6 clients make at most 16 each.
fn bit(request: RequestId) -> u128 {
    1 << (request.0 & 127)
}

impl<R: Replica> Model for Game<R> {
    type State = State;
    type Choice = Choice;

    fn start(&mut self) -> State {
        let mut state = State::default();
        for node in (0..self.nodes).map(NodeId) {
            let replica = self.replica.clone();
            state.nodes[node.index()] = self.locals.number(Local { node, replica });
        }
        state.history = self.histories.number(Vec::new());
        for node in (0..self.nodes).map(NodeId) {
            self.befall(&mut state, node, deeds::START);
        }
        state
    }

    fn choices(&self, state: &State, into: &mut Vec<Choice>) {
        for client in (0..u8::MAX).map(ClientId).take(self.scripts.len()) {
            let (made, script) = (state.made[client.index()], &self.scripts[client.index()]);
            if let Some((node, _)) = script.get(usize::from(made))
                && self.locals.get(state.nodes[node.index()]).replica.ready()
            {
                into.push(Choice::Ask(client));
            }
        }
        let mut before = None;
        for (at, &message) in (0..u8::MAX).zip(&state.messages) {
            if before.replace(message) != Some(message) {
                into.push(Choice::Deliver(at)); // of the same twice either will do
            }
        }
        if !state.timers.is_empty() && (self.conditions.timing == Timing::Untimed || state.messages.is_empty()) {
            into.push(Choice::TimeOut);
        }
        if state.losses < self.conditions.losses {
            before = None;
            for (at, &message) in (0..u8::MAX).zip(&state.messages) {
                if before.replace(message) != Some(message) {
                    into.push(Choice::Lose(at));
                }
            }
        }
    }

    fn next(&mut self, from: &State, choice: Choice, to: &mut State) -> bool {
        to.become_like(from);
        self.happen(to, choice);
        true
    }

    fn fingerprint(&mut self, state: &State) -> u64 {
        state.fingerprint()
    }

    fn broken(&mut self, state: &State) -> bool {
        self.breach(state).is_some()
    }

    fn pack(&self, state: &State, into: &mut Vec<u8>) {
        state.pack((self.nodes.into(), self.scripts.len()), into);
    }

    fn unpack(&self, bytes: &[u8], into: &mut State) -> bool {
        into.unpack((self.nodes.into(), self.scripts.len()), bytes).is_some()
    }

    fn describe(&self, state: &State, choice: Choice) -> String {
        self.words(state, choice)
    }
}
