//! A small network driven by hand: any message may come next, twice or never, any timer may run out, any node may crash.
//! After every step it holds the nodes against Raft's promises.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use partition_lab::check::history::Response;
use partition_lab::check::{Attempt, Budget, History, linearizability};
use partition_lab::sim::protocol::raft::{Entry, Message, Replica, Role, Setup, Term};
use partition_lab::sim::protocol::{Body, Effect, Input, Outbox, Place, Replica as _, Timer};
use partition_lab::sim::{ClientId, EventId, Micros, NodeId, Operation, Outcome, Protocol, Refusal, RequestId, Value};

pub const SETUP: Setup = Setup {
    election: (Micros::from_millis(150), Micros::from_millis(300)),
    heartbeat: Micros::from_millis(50),
    timeout: Micros::from_millis(1_000),
};

/// A message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    pub from: NodeId,
    pub to: NodeId,
    pub message: Message,
}

#[derive(Debug)]
pub struct Network {
    pub nodes: Vec<Replica>,
    pub wire: VecDeque<Letter>,
    pub timers: BTreeSet<(NodeId, Timer)>,
    pub history: History,
    /// Messages between one side, given as bits, and the other are lost.
    side: u8,
    events: u32,
    /// Who led in each term.
    pub leaders: BTreeMap<Term, NodeId>,
    /// What was committed, and the term in which it was first known to be.
    pub committed: Vec<(Entry, Term)>,
    /// How many entries were dropped from logs.
    pub dropped: usize,
}

impl Network {
    pub fn of(nodes: u8) -> Self {
        let replica = Replica::new(&Protocol::Raft(SETUP), Value(0)).expect("this is its protocol");
        let mut network = Self {
            nodes: vec![replica; nodes.into()],
            wire: VecDeque::new(),
            timers: BTreeSet::new(),
            history: History { initial: Value(0), attempts: Vec::new() },
            side: 0,
            events: 0,
            leaders: BTreeMap::new(),
            committed: Vec::new(),
            dropped: 0,
        };
        for node in (0..nodes).map(NodeId) {
            network.start(node);
        }
        network
    }

    /// A client of that node asks something.
    pub fn ask(&mut self, node: NodeId, operation: Operation) -> RequestId {
        let number = u32::try_from(self.history.attempts.len()).expect("few requests are made");
        let request = RequestId(number);
        let client = ClientId(u8::try_from(number).expect("few requests are made"));
        let (invoked, invoked_at) = (self.event(), Micros(0));
        let attempt = Attempt { request, client, node, operation, invoked_at, invoked, response: None };
        self.history.attempts.push(attempt);
        self.give(node, Input::Request(request, operation));
        request
    }

    /// Delivers the message at that place of the wire.
    pub fn deliver(&mut self, at: usize) {
        if let Some(Letter { from, to, message }) = self.wire.remove(at) {
            self.give(to, Input::Message(from, Body::Raft(message)));
        }
    }

    /// Delivers what is under way between two nodes, in order, and what is sent between them in answer.
    pub fn talk(&mut self, one: NodeId, other: NodeId) {
        let both = [(one, other), (other, one)];
        while let Some(at) = self.wire.iter().position(|letter| both.contains(&(letter.from, letter.to))) {
            self.deliver(at);
        }
    }

    /// Delivers everything in order, and what is sent in answer.
    pub fn flow(&mut self) {
        for _ in 0..10_000 {
            if self.wire.is_empty() {
                return;
            }
            self.deliver(0);
        }
        panic!("the nodes talk without end");
    }

    /// A timer runs out, if it is set.
    pub fn time_out(&mut self, node: NodeId, timer: Timer) {
        if self.timers.remove(&(node, timer)) {
            self.give(node, Input::Timer(timer));
        }
    }

    /// A node crashes and comes back.
    pub fn crash(&mut self, node: NodeId) {
        self.nodes[node.index()].crash();
        self.timers.retain(|(owner, _)| *owner != node);
        self.start(node);
    }

    /// From now on the nodes whose bits are set and the others lose each other's messages; nobody does with 0.
    pub fn split(&mut self, side: u8) {
        self.side = side;
        self.wire.retain(|letter| side >> letter.from.0 & 1 == side >> letter.to.0 & 1);
    }

    /// The one that leads in the highest term.
    pub fn leader(&self) -> Option<NodeId> {
        let leads = |node: &NodeId| matches!(self.nodes[node.index()].role(), Role::Leader(_));
        self.ids().filter(leads).max_by_key(|node| self.nodes[node.index()].term())
    }

    /// The network is kind for a while: everything arrives, leaders are heard of, and where there is none somebody
    /// stands. Ends when all have committed everything.
    pub fn calm(&mut self) -> NodeId {
        self.split(0);
        for round in 0..40 {
            self.flow();
            for node in self.ids() {
                self.time_out(node, Timer::Heartbeat);
            }
            self.flow();
            if let Some(leader) = self.leader() {
                let last = self.nodes[leader.index()].log().last().index;
                if self.nodes.iter().all(|node| node.committed() == last) {
                    return leader;
                }
            } else {
                self.time_out(NodeId(round % u8::try_from(self.nodes.len()).expect("few nodes")), Timer::Election);
            }
        }
        panic!("no progress although nothing was lost: {self:#?}");
    }

    pub fn outcome(&self, request: RequestId) -> Option<Outcome> {
        self.history.attempts[request.0 as usize].outcome()
    }

    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u8::try_from(self.nodes.len()).expect("few nodes")).map(NodeId)
    }

    fn start(&mut self, node: NodeId) {
        let mut out = Outbox::default();
        let place = self.place(node);
        self.nodes[node.index()].start(place, &mut out);
        self.follow(node, out);
    }

    fn give(&mut self, node: NodeId, input: Input) {
        let mut out = Outbox::default();
        let place = self.place(node);
        let before = self.nodes[node.index()].log().entries().to_vec();
        self.nodes[node.index()].take(place, input, &mut out);
        let now = self.nodes[node.index()].log().entries();
        self.dropped += before.iter().enumerate().filter(|&(at, entry)| now.get(at) != Some(entry)).count();
        self.follow(node, out);
        self.examine(node);
    }

    fn place(&self, me: NodeId) -> Place {
        Place { me, nodes: u8::try_from(self.nodes.len()).expect("few nodes"), clock: Micros(0) }
    }

    fn event(&mut self) -> EventId {
        self.events += 1;
        EventId(self.events)
    }

    fn follow(&mut self, node: NodeId, out: Outbox) {
        for effect in out.0 {
            match effect {
                Effect::Reply(request, outcome) => {
                    let event = self.event();
                    let attempt = &mut self.history.attempts[request.0 as usize];
                    assert!(attempt.node == node && attempt.response.is_none(), "answered twice, or elsewhere");
                    attempt.response = Some(Response { at: Micros(0), event, outcome });
                }
                Effect::Send(to, Body::Raft(message), _) => {
                    if self.side >> node.0 & 1 == self.side >> to.0 & 1 {
                        self.wire.push_back(Letter { from: node, to, message });
                    }
                }
                Effect::Send(..) => panic!("a message of another protocol"),
                Effect::SetTimer(timer, least, most) => {
                    assert!(least <= most);
                    self.timers.insert((node, timer));
                }
                Effect::StopTimer(timer) => {
                    self.timers.remove(&(node, timer));
                }
            }
        }
    }

    /// What must hold after each step, as far as this node may have changed it.
    fn examine(&mut self, node: NodeId) {
        self.at_most_one_leads_per_term(node);
        self.nobody_applies_another_entry_at_the_same_index(node);
        for other in self.ids() {
            self.logs_that_agree_somewhere_agree_before(node, other);
        }
        let log = self.nodes[node.index()].log().entries();
        let requests: Vec<RequestId> = log.iter().filter_map(|entry| entry.request()).collect();
        let once: BTreeSet<&RequestId> = requests.iter().collect();
        assert_eq!(once.len(), requests.len(), "a request stands twice in the log of {node}");
        let waits = self.timers.contains(&(node, Timer::Election));
        let leads = matches!(self.nodes[node.index()].role(), Role::Leader(_));
        assert!(waits != leads && leads == self.timers.contains(&(node, Timer::Heartbeat)), "{node} has its timers");
    }

    fn at_most_one_leads_per_term(&mut self, node: NodeId) {
        let replica = &self.nodes[node.index()];
        if !matches!(replica.role(), Role::Leader(_)) {
            return;
        }
        if let Some(first) = self.leaders.insert(replica.term(), node) {
            assert_eq!(first, node, "two leaders in {:?}", replica.term());
        } else {
            let earlier = self.committed.iter().filter(|(_, term)| *term < replica.term());
            for (at, (entry, _)) in earlier.enumerate() {
                assert_eq!(replica.log().entries().get(at), Some(entry), "the leader {node} lacks a committed entry");
            }
        }
    }

    fn nobody_applies_another_entry_at_the_same_index(&mut self, node: NodeId) {
        let replica = &self.nodes[node.index()];
        for (at, &entry) in replica.log().entries().iter().enumerate().take(replica.committed() as usize) {
            match self.committed.get(at) {
                Some(&(known, _)) => assert_eq!(known, entry, "{node} applied another entry at index {}", at + 1),
                None => self.committed.push((entry, replica.term())),
            }
        }
    }

    fn logs_that_agree_somewhere_agree_before(&self, one: NodeId, other: NodeId) {
        let (one, other) = (self.nodes[one.index()].log().entries(), self.nodes[other.index()].log().entries());
        let agree = one.iter().zip(other).rposition(|(one, other)| one.term == other.term);
        let end = agree.map_or(0, |at| at + 1);
        assert_eq!(one[..end], other[..end], "two logs agree at index {end} and not before");
    }

    /// What must hold at the end: a majority has every committed entry on disk, no refused write is in any log, and the
    /// clients saw a register.
    pub fn conclude(&self) {
        for (at, (entry, _)) in self.committed.iter().enumerate() {
            let holders = self.nodes.iter().filter(|node| node.log().entries().get(at) == Some(entry)).count();
            assert!(holders > self.nodes.len() / 2, "a majority no longer holds index {}", at + 1);
        }
        for attempt in &self.history.attempts {
            if !attempt.operation.is_read() && matches!(attempt.outcome(), Some(Outcome::Refused(_))) {
                assert_eq!(attempt.outcome(), Some(Outcome::Refused(Refusal::NoLeader)));
                assert!(self.nodes.iter().all(|node| node.log().find(attempt.request).is_none()));
            }
        }
        let verdict = linearizability(&self.history, Budget::default());
        assert!(verdict.holds(), "{verdict:#?}");
    }
}
