//! A network by hand: nodes, the messages between them in a heap, and timers that run out when one says so.

use std::collections::{BTreeMap, BTreeSet};

use partition_lab::sim::protocol::{Any, Body, Effect, Input, Nodes, Outbox, Place, Replica, Timer};
use partition_lab::sim::{Content, Micros, NodeId, Operation, Outcome, Protocol, RequestId, Value};

/// A message in flight: from, to, and what it says.
pub type Letter = (NodeId, NodeId, Body);

pub struct Network {
    pub nodes: Vec<Any>,
    /// What is on its way. What arrives at a node that is down is lost.
    pub letters: Vec<Letter>,
    pub timers: BTreeSet<(NodeId, Timer)>,
    down: Nodes,
    outcomes: BTreeMap<RequestId, Outcome>,
    /// The node of each request, until that node crashes.
    asked: Vec<Option<NodeId>>,
}

impl Network {
    pub fn new(count: u8, protocol: &Protocol) -> Self {
        let node = || Any::new(protocol, Value(0)).expect("some node follows it");
        let nodes = (0..count).map(|_| node()).collect();
        let (letters, timers, outcomes) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        let mut network = Self { nodes, letters, timers, down: Nodes::default(), outcomes, asked: Vec::new() };
        network.ids().for_each(|node| network.start(node));
        network
    }

    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(|node| NodeId(u8::try_from(node).expect("at most nine")))
    }

    /// A client asks the node. A node that is down hears nothing.
    pub fn ask(&mut self, node: NodeId, operation: Operation) -> RequestId {
        let request = RequestId(u32::try_from(self.asked.len()).expect("few"));
        self.asked.push((!self.down.contains(node)).then_some(node));
        self.take(node, Input::Request(request, operation));
        request
    }

    pub fn outcome(&self, request: RequestId) -> Option<Outcome> {
        self.outcomes.get(&request).copied()
    }

    /// The requests without an outcome whose nodes have not crashed since.
    pub fn open(&self) -> usize {
        let answered = |at| self.outcomes.contains_key(&RequestId(u32::try_from(at).expect("few")));
        self.asked.iter().enumerate().filter(|&(at, node)| node.is_some() && !answered(at)).count()
    }

    pub fn contents(&self) -> Vec<Content> {
        self.nodes.iter().map(Replica::content).collect()
    }

    /// Delivers a letter and says which it was.
    pub fn deliver(&mut self, at: usize) -> Letter {
        let letter = self.letters.remove(at);
        self.take(letter.1, Input::Message(letter.0, letter.2));
        letter
    }

    /// Delivers, in order, all letters on these links, those that are sent meanwhile too.
    pub fn deliver_on(&mut self, open: impl Fn(NodeId, NodeId) -> bool) {
        while let Some(at) = self.letters.iter().position(|&(from, to, _)| open(from, to)) {
            self.deliver(at);
        }
    }

    /// The letters on these links are lost.
    pub fn lose_on(&mut self, cut: impl Fn(NodeId, NodeId) -> bool) {
        self.letters.retain(|&(from, to, _)| !cut(from, to));
    }

    /// All letters are delivered, all timers run out, again and again.
    pub fn settle(&mut self) {
        for _ in 0..12 {
            self.deliver_on(|_, _| true);
            for (node, timer) in self.timers.clone() {
                self.run_out(node, timer);
            }
        }
        self.deliver_on(|_, _| true);
    }

    /// That timer runs out, if it is set.
    pub fn run_out(&mut self, node: NodeId, timer: Timer) {
        if self.timers.remove(&(node, timer)) {
            self.take(node, Input::Timer(timer));
        }
    }

    pub fn crash(&mut self, node: NodeId) {
        if !self.down.contains(node) {
            self.down.insert(node);
            self.nodes[node.index()].crash();
            self.timers.retain(|&(owner, _)| owner != node);
            self.asked.iter_mut().filter(|asked| **asked == Some(node)).for_each(|asked| *asked = None);
        }
    }

    pub fn recover(&mut self, node: NodeId) {
        if self.down.contains(node) {
            self.down.remove(node);
            self.start(node);
        }
    }

    fn start(&mut self, node: NodeId) {
        let (place, mut out) = (self.place(node), Outbox::default());
        self.nodes[node.index()].start(place, &mut out);
        self.follow(node, out);
    }

    fn take(&mut self, node: NodeId, input: Input) {
        if !self.down.contains(node) {
            let (place, mut out) = (self.place(node), Outbox::default());
            self.nodes[node.index()].take(place, input, &mut out);
            self.follow(node, out);
        }
    }

    fn follow(&mut self, node: NodeId, out: Outbox) {
        for effect in out.0 {
            match effect {
                Effect::Reply(request, outcome) => {
                    let before = self.outcomes.insert(request, outcome);
                    assert_eq!(before, None, "{request:?} ends once");
                }
                Effect::Send(to, body, _) => self.letters.push((node, to, body)),
                Effect::SetTimer(timer, ..) => {
                    self.timers.insert((node, timer));
                }
                Effect::StopTimer(timer) => {
                    self.timers.remove(&(node, timer));
                }
            }
        }
    }

    fn place(&self, me: NodeId) -> Place {
        Place { me, nodes: u8::try_from(self.nodes.len()).expect("at most nine"), clock: Micros(0) }
    }
}
