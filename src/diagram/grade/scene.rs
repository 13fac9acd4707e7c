//! What happens in a drawing: who sends what to whom, and whether it arrives.
//!
//! A message is an arrow between a client and a node or between two nodes; or it goes through a third that passes it on,
//! as when `Write Error` is a node between the two. A node that *is* the cut, "Network partition", loses whatever goes into
//! it. What hangs on a client or a node without being a message is a note.

use super::cast::{Cast, Kind, Link, Rank};
use super::rubric::Rubric;
use super::systems::{self, root, union};
use super::words::SPEAKS;
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

/// A drawing, understood. What is known of a party stands at its place in a list.
pub(super) struct Scene<'a> {
    pub diagram: &'a Diagram,
    pub cast: Cast,
    pub messages: Vec<Message>,
    /// The concepts that only an answer says.
    pub answers: u64,
    /// What the notes say that hang on a party.
    notes: Vec<u64>,
    /// Whom a party sends messages to.
    told: Vec<Vec<usize>>,
    /// The first of the nodes that messages join with a node.
    joined: Vec<usize>,
    leads: Vec<bool>,
}

impl<'a> Scene<'a> {
    /// Understands a drawing.
    pub fn of(diagram: &'a Diagram, rubric: &Rubric) -> Self {
        let mut cast = Cast::of(diagram, rubric);
        systems::assign(&mut cast, rubric);
        let count = cast.parties.len();
        let mut scene = Self {
            diagram,
            cast,
            messages: Vec::new(),
            answers: rubric.known.answers(),
            notes: vec![0; count],
            told: vec![Vec::new(); count],
            joined: (0..count).collect(),
            leads: vec![false; count],
        };
        scene.hear(rubric);
        for message in &scene.messages {
            scene.told[message.from].push(message.to);
            if message.both {
                scene.told[message.to].push(message.from);
            }
            if !message.lost && scene.cast.is(message.from, Kind::Node) && scene.cast.is(message.to, Kind::Node) {
                union(&mut scene.joined, message.from, message.to);
            }
        }
        scene.joined = (0..count).map(|at| root(&scene.joined, at)).collect();
        for side in [Side::Cp, Side::Ap] {
            for leader in scene.leaders_of(side) {
                scene.leads[leader] = true;
            }
        }
        scene
    }

    fn is_actor(&self, party: usize) -> bool {
        matches!(self.cast.parties[party].kind, Kind::Client | Kind::Node)
    }

    fn hear(&mut self, rubric: &Rubric) {
        for at in 0..self.cast.links.len() {
            let Link { from, to, both, lost, says, edge, step } = self.cast.links[at];
            match (self.is_actor(from), self.is_actor(to)) {
                (true, true) if from != to => {
                    self.push(Message {
                        from,
                        to,
                        both,
                        lost,
                        says,
                        step,
                        side: None,
                        edges: [edge; 2],
                        through: None,
                    });
                }
                (true, true) => self.notes[from] |= says,
                (true, false) => self.notes[from] |= says | self.cast.parties[to].says,
                (false, true) => self.notes[to] |= says | self.cast.parties[from].says,
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
                    step: first.step.or(second.step),
                    side: None,
                    edges: [first.edge, second.edge],
                    through: Some(party),
                };
                self.push(message);
            }
        }
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
        let mut asked = vec![false; self.cast.nodes];
        for (_, message) in self.of_side(side).filter(|(_, message)| self.cast.is(message.from, Kind::Client)) {
            asked[message.to] = true;
        }
        let is_asked = |at: usize| asked[at];
        let tells = |at: usize, kind: Kind| self.told[at].iter().any(|&to| self.cast.is(to, kind));
        let answers = |at: usize| tells(at, Kind::Client);
        let turns = |at: usize| tells(at, Kind::Node);
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
        self.leads[party]
    }

    /// Whether that client has asked that node, or nobody in its system.
    pub fn has_asked(&self, client: usize, node: usize) -> bool {
        let side = self.cast.parties[node].side;
        let asked = &self.told[client];
        asked.contains(&node) || asked.iter().all(|&at| self.cast.parties[at].side != side)
    }

    /// Whether a message gets across between two nodes, by whatever way.
    pub fn are_joined(&self, one: usize, other: usize) -> bool {
        self.joined[one] == self.joined[other]
    }

    /// A leader of a system that hangs together with a majority of the nodes that take part: it, those it reaches, itself
    /// included, and how many there are.
    pub fn majority(&self, side: Side) -> Option<(usize, Vec<usize>, usize)> {
        let mut linked = vec![false; self.cast.nodes];
        for (_, message) in self.of_side(side) {
            for end in [message.from, message.to] {
                linked[end] = self.cast.is(end, Kind::Node);
            }
        }
        let nodes: Vec<usize> = self.nodes_of(side).filter(|&at| linked[at]).collect();
        let mut tried = None;
        for &leader in nodes.iter().filter(|&&at| self.leads(at)) {
            // Leaders that hang together reach the same nodes.
            if tried.replace(self.joined[leader]) == Some(self.joined[leader]) {
                continue;
            }
            let reached: Vec<usize> = nodes.iter().copied().filter(|&at| self.are_joined(leader, at)).collect();
            if reached.len() > 1 && reached.len() * 2 > nodes.len() {
                return Some((leader, reached, nodes.len()));
            }
        }
        None
    }

    /// The concepts that the notes on a message's ends say.
    pub fn notes(&self, message: &Message) -> u64 {
        (self.notes[message.from] | self.notes[message.to]) & !SPEAKS
    }

    /// The first text of a system that says all of this and none of that, and where it stands. Texts of neither system
    /// count for both.
    pub fn text(&self, side: Side, said: u64, unsaid: u64) -> Option<Part> {
        let mine = |party: usize| self.cast.parties[party].side.is_none_or(|of| of == side);
        let tells = |says: u64| said & !says == 0 && says & unsaid == 0;
        let party = self.cast.parties.iter().enumerate().find_map(|(at, party)| {
            let belongs = if at < self.cast.nodes { mine(at) } else { party.side == Some(side) };
            (belongs && tells(party.says)).then(|| self.cast.part(self.diagram, at))?
        });
        let is_told = |link: &&Link| tells(link.says) && mine(link.from) && mine(link.to);
        party.or_else(|| self.cast.links.iter().find(is_told).map(|link| Part::Edge(link.edge)))
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
