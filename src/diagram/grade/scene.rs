//! What happens in a drawing: who sends what to whom, and whether it arrives.
//!
//! A message is an arrow between a client and a node or between two nodes; or it goes through a third that passes it on,
//! as when `Write Error` is a node between the two. A node that *is* the cut, "Network partition", loses whatever goes into
//! it. What hangs on a client or a node without being a message is a note.

use super::cast::{Cast, Kind, Link, Rank};
use super::rubric::Rubric;
use super::systems::{self, root, union};
use super::words::SPEAKS;
use crate::diagram::edit::step_number;
use crate::diagram::role::Side;
use crate::diagram::{Diagram, Part};

/// A node that passes on more than this is a bus, not a message.
const MOST_RELAYED: usize = 24;

/// A message.
pub(super) struct Message {
    pub from: usize,
    pub to: usize,
    /// Whether it has no direction, or both.
    pub both: bool,
    pub lost: bool,
    /// The concepts that it says.
    pub says: u64,
    /// The number of its step.
    pub step: Option<u32>,
    /// The system it belongs to.
    pub side: Option<Side>,
    /// The edges it is drawn with; the same twice, if it is one.
    pub edges: [usize; 2],
    /// What it goes through.
    pub through: Option<usize>,
}

/// A drawing, understood.
pub(super) struct Scene<'a> {
    pub diagram: &'a Diagram,
    pub cast: Cast,
    pub messages: Vec<Message>,
    /// The notes: on whom they hang, and what they say.
    notes: Vec<(usize, u64)>,
    /// Groups of nodes that messages join.
    joined: Vec<usize>,
    leaders: Vec<usize>,
    /// The concepts that only an answer says.
    pub answers: u64,
}

impl<'a> Scene<'a> {
    /// Understands a drawing.
    pub fn of(diagram: &'a Diagram, rubric: &Rubric) -> Self {
        let mut cast = Cast::of(diagram, rubric);
        systems::assign(&mut cast, rubric);
        let joined = (0..cast.parties.len()).collect();
        let (messages, notes, leaders) = (Vec::new(), Vec::new(), Vec::new());
        let mut scene = Self { diagram, cast, messages, notes, joined, leaders, answers: rubric.known.answers() };
        scene.hear(rubric);
        for message in &scene.messages {
            if !message.lost && scene.cast.is(message.from, Kind::Node) && scene.cast.is(message.to, Kind::Node) {
                union(&mut scene.joined, message.from, message.to);
            }
        }
        for side in [Side::Cp, Side::Ap] {
            let leaders = scene.leaders_of(side);
            scene.leaders.extend(leaders);
        }
        scene
    }

    fn is_actor(&self, party: usize) -> bool {
        matches!(self.cast.parties[party].kind, Kind::Client | Kind::Node)
    }

    fn hear(&mut self, rubric: &Rubric) {
        for at in 0..self.cast.links.len() {
            let Link { from, to, both, lost, says, edge } = self.cast.links[at];
            match (self.is_actor(from), self.is_actor(to)) {
                (true, true) if from != to => self.push(Message {
                    from,
                    to,
                    both,
                    lost,
                    says,
                    step: self.step(edge),
                    side: None,
                    edges: [edge; 2],
                    through: None,
                }),
                (true, true) => self.notes.push((from, says)),
                (true, false) => self.notes.push((from, says | self.cast.parties[to].says)),
                (false, true) => self.notes.push((to, says | self.cast.parties[from].says)),
                (false, false) => {}
            }
        }
        for party in 0..self.cast.nodes {
            if !self.is_actor(party) {
                self.relay(rubric, party);
            }
        }
    }

    /// The messages that go through a node which is nobody.
    fn relay(&mut self, rubric: &Rubric, party: usize) {
        let says = self.cast.parties[party].says;
        let is_cut = says & rubric.known.cut != 0 && !self.cast.is(party, Kind::Relay);
        let touching = |end: fn(&Link) -> (usize, usize)| -> Vec<(usize, usize, bool)> {
            let links = self.cast.links.iter().enumerate();
            let mut found = Vec::new();
            for (at, link) in links {
                let (here, other) = end(link);
                if here == party && self.is_actor(other) && found.len() < MOST_RELAYED {
                    found.push((at, other, link.both));
                }
            }
            found
        };
        let mut ins = touching(|link| (link.to, link.from));
        let mut outs = touching(|link| (link.from, link.to));
        if is_cut {
            // Whatever touches the cut ends there; it would have gone to the others that touch it.
            let (all_ins, all_outs) = (ins.clone(), outs.clone());
            ins.extend(all_outs.iter().filter(|(_, _, both)| *both));
            outs.extend(all_ins);
        }
        for &(into, from, undirected) in &ins {
            for &(out, to, _) in &outs {
                let (first, second) = (&self.cast.links[into], &self.cast.links[out]);
                let nodes = self.cast.is(from, Kind::Node) && self.cast.is(to, Kind::Node);
                let clients = self.cast.is(from, Kind::Client) && self.cast.is(to, Kind::Client);
                let words = first.says | says | second.says;
                if from == to || clients || nodes && !is_cut && words & rubric.known.replicate == 0 {
                    continue;
                }
                let message = Message {
                    from,
                    to,
                    both: is_cut && undirected,
                    lost: is_cut || first.lost || second.lost,
                    says: words,
                    step: self.step(first.edge).or_else(|| self.step(second.edge)),
                    side: None,
                    edges: [first.edge, second.edge],
                    through: Some(party),
                };
                self.push(message);
            }
        }
    }

    fn step(&self, edge: usize) -> Option<u32> {
        let label = self.diagram.edges.get(edge)?.label.as_ref()?;
        step_number(&label.visible()).map(|(number, _)| number)
    }

    fn push(&mut self, mut message: Message) {
        let [from, to] = [message.from, message.to].map(|end| &self.cast.parties[end]);
        message.side = match (from.kind, to.kind) {
            (Kind::Node, Kind::Node) => from.side.filter(|_| from.side == to.side),
            (Kind::Node, _) => from.side,
            (_, Kind::Node) => to.side,
            _ => None,
        };
        self.messages.push(message);
    }

    /// The messages of a system, with their places.
    pub fn of_side(&self, side: Side) -> impl Iterator<Item = (usize, &Message)> {
        self.messages.iter().enumerate().filter(move |(_, message)| message.side == Some(side))
    }

    /// The nodes of a system.
    pub fn nodes_of(&self, side: Side) -> impl Iterator<Item = usize> {
        (0..self.cast.nodes).filter(move |&at| self.cast.is(at, Kind::Node) && self.cast.parties[at].side == Some(side))
    }

    /// Who leads: whoever is called so. Else the node that a client asks and that turns to another node.
    fn leaders_of(&self, side: Side) -> Vec<usize> {
        let ranked = |rank: Rank| self.nodes_of(side).filter(move |&at| self.cast.parties[at].rank == rank);
        let called: Vec<usize> = ranked(Rank::Leader).collect();
        if !called.is_empty() {
            return called;
        }
        let is_asked = |at: usize| self.of_side(side).any(|(_, m)| m.to == at && self.cast.is(m.from, Kind::Client));
        let answers = |at: usize| self.of_side(side).any(|(_, m)| m.from == at && self.cast.is(m.to, Kind::Client));
        let turns = |at: usize| {
            let to_node = |m: &Message| m.from == at && self.cast.is(m.to, Kind::Node);
            self.of_side(side).any(|(_, m)| to_node(m) || m.both && m.to == at && self.cast.is(m.from, Kind::Node))
        };
        let tests: [&dyn Fn(usize) -> bool; 4] =
            [&|at| is_asked(at) && turns(at), &is_asked, &|at| answers(at) && turns(at), &turns];
        for test in tests {
            let found: Vec<usize> = ranked(Rank::Unsaid).filter(|&at| test(at)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whether that node leads its system.
    pub fn leads(&self, party: usize) -> bool {
        self.leaders.contains(&party)
    }

    /// Whether that client has asked that node, or nobody in its system.
    pub fn has_asked(&self, client: usize, node: usize) -> bool {
        let mut nobody = true;
        for (_, message) in
            self.messages.iter().enumerate().filter(|(_, m)| m.from == client || m.both && m.to == client)
        {
            let to = if message.from == client { message.to } else { message.from };
            if to == node {
                return true;
            }
            nobody &= message.side != self.cast.parties[node].side;
        }
        nobody
    }

    /// Whether a message gets across between two nodes, by whatever way.
    pub fn are_joined(&self, one: usize, other: usize) -> bool {
        root(&self.joined, one) == root(&self.joined, other)
    }

    /// The nodes that hang together with this one, itself included, and how many nodes of its system are linked at all.
    pub fn reach(&self, node: usize) -> (Vec<usize>, usize) {
        let Some(side) = self.cast.parties[node].side else { return (Vec::new(), 0) };
        let is_linked = |at: usize| self.of_side(side).any(|(_, m)| m.from == at || m.to == at);
        let linked: Vec<usize> = self.nodes_of(side).filter(|&at| is_linked(at)).collect();
        (linked.iter().copied().filter(|&at| self.are_joined(node, at)).collect(), linked.len())
    }

    /// The concepts that the notes on a message's ends say.
    pub fn notes(&self, message: &Message) -> u64 {
        let hangs = |party: usize| party == message.from || party == message.to;
        self.notes.iter().filter(|(party, _)| hangs(*party)).fold(0, |all, (_, says)| all | says) & !SPEAKS
    }

    /// All texts of a system: what they say, and where they stand. Those of neither system count for both.
    pub fn texts(&self, side: Side) -> Vec<(u64, Part)> {
        let mine = |party: usize| self.cast.parties[party].side.is_none_or(|of| of == side);
        let mut texts = Vec::new();
        for (at, party) in self.cast.parties.iter().enumerate() {
            let belongs = if at < self.cast.nodes { mine(at) } else { party.side == Some(side) };
            if let Some(part) = self.cast.part(self.diagram, at).filter(|_| belongs) {
                texts.push((party.says, part));
            }
        }
        for link in self.cast.links.iter().filter(|link| mine(link.from) && mine(link.to)) {
            texts.push((link.says, Part::Edge(link.edge)));
        }
        texts
    }

    /// The parts of a message.
    pub fn parts(&self, message: &Message) -> Vec<Part> {
        let [first, second] = message.edges;
        let mut parts = vec![Part::Edge(first)];
        parts.extend(message.through.and_then(|party| self.cast.part(self.diagram, party)));
        if second != first {
            parts.push(Part::Edge(second));
        }
        parts
    }
}
