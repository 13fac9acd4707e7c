//! Who is who in a drawing, before anything is asked of it.
//!
//! What a label says comes first ("Node A - Leader"), then the classes, then the id, and what nobody says is read off the
//! arrows: who asks is a client, who is asked or copied to is a node. Whatever is left is a note. A frame around one
//! single node stands for it, so that an arrow to "Virginia" reaches the node in it.

use super::rubric::{CLIENT, FOLLOWER, LEADER, NODE, ROLES, Rubric};
use super::words::{Hit, SPEAKS, Words};
use crate::diagram::edit::step_number;
use crate::diagram::role::Side;
use crate::diagram::sorted::Sorted;
use crate::diagram::{Diagram, Head, Label, Part, Stroke};

/// The part that a node or a frame plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Asks.
    Client,
    /// Stores and answers.
    Node,
    /// Passes on: a load balancer, a message drawn as a node.
    Relay,
    /// Nothing says; it counts as a note.
    Unsaid,
    /// A frame, which is nobody.
    Frame,
}

/// The rank of a node among nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    Leader,
    Follower,
    Unsaid,
}

/// A node or a frame of the drawing.
pub(super) struct Party {
    pub kind: Kind,
    pub rank: Rank,
    /// Its label as a person sees it.
    pub text: String,
    /// The concepts that its label says.
    pub says: u64,
    /// The system that it belongs to.
    pub side: Option<Side>,
    /// The innermost frame around it, as an index among the parties.
    pub frame: Option<usize>,
}

/// An edge of the drawing between two parties.
pub(super) struct Link {
    pub edge: usize,
    pub from: usize,
    pub to: usize,
    /// Whether it has no direction: no head, or one at each end.
    pub both: bool,
    pub lost: bool,
    /// The concepts that its label says.
    pub says: u64,
    /// The number of its step.
    pub step: Option<u32>,
}

/// The parties and the edges between them. Nodes come first, then frames, each in the order of the diagram.
pub(super) struct Cast {
    pub parties: Vec<Party>,
    pub links: Vec<Link>,
    /// How many of the parties are nodes of the diagram.
    pub nodes: usize,
}

impl Cast {
    pub fn of(diagram: &Diagram, rubric: &Rubric) -> Self {
        let places: Sorted<&str, usize> = ids(diagram).zip(0..).collect();
        let mut cast = Self { parties: Vec::new(), links: Vec::new(), nodes: diagram.nodes.len() };
        for node in &diagram.nodes {
            let frame = node.parent.as_deref().and_then(|id| places.get(id).copied());
            cast.parties.push(node_party(rubric, node.label.as_ref(), &node.id, &node.classes, frame));
        }
        for subgraph in &diagram.subgraphs {
            let frame = subgraph.parent.as_deref().and_then(|id| places.get(id).copied());
            let text = subgraph.visible();
            let title = Words::of(&text);
            let hits = rubric.lexicon.hear(&title);
            let side = rubric.side_of(&title).or_else(|| rubric.side_of(&Words::of(&subgraph.id)));
            let says = concepts(&hits);
            cast.parties.push(Party { kind: Kind::Frame, rank: Rank::Unsaid, text, says, side, frame });
        }
        for (edge, drawn) in diagram.edges.iter().enumerate() {
            let (Some(&from), Some(&to)) = (places.get(&drawn.from), places.get(&drawn.to)) else { continue };
            if drawn.stroke == Stroke::Invisible {
                continue;
            }
            let backwards = drawn.head == Head::Open && drawn.tail != Head::Open;
            let (from, to) = if backwards { (to, from) } else { (from, to) };
            let both = (drawn.head == Head::Open) == (drawn.tail == Head::Open);
            let lost = drawn.stroke == Stroke::Dotted || drawn.head == Head::Cross || drawn.tail == Head::Cross;
            let text = drawn.visible();
            let says = concepts(&rubric.lexicon.hear(&Words::of(&text)));
            let step = step_number(&text).map(|(number, _)| number);
            cast.links.push(Link { edge, from, to, both, lost, says, step });
        }
        cast.stand_in();
        cast.infer(rubric);
        cast.stand_in();
        cast
    }

    /// Lets the links of a frame around one node, or else one client, end at that.
    fn stand_in(&mut self) {
        for frame in self.nodes..self.parties.len() {
            let inside = |kind: Kind| {
                let mut found = (0..self.nodes).filter(|&at| self.parties[at].kind == kind && self.within(at, frame));
                found.next().filter(|_| found.next().is_none())
            };
            let is_linked = self.links.iter().any(|link| link.from == frame || link.to == frame);
            let Some(one) = is_linked.then(|| inside(Kind::Node).or_else(|| inside(Kind::Client))).flatten() else {
                continue;
            };
            for link in &mut self.links {
                link.from = if link.from == frame { one } else { link.from };
                link.to = if link.to == frame { one } else { link.to };
            }
        }
    }

    fn within(&self, party: usize, frame: usize) -> bool {
        let mut here = self.parties[party].frame;
        // A frame cannot contain itself in any text, but a model might: the count ends the walk.
        for _ in self.nodes..self.parties.len() {
            match here {
                Some(found) if found == frame => return true,
                Some(found) => here = self.parties[found].frame,
                None => return false,
            }
        }
        false
    }

    pub fn is(&self, party: usize, kind: Kind) -> bool {
        self.parties[party].kind == kind
    }

    /// Reads off the arrows who is a client and who is a node, where no word says. Each rule looks at the drawing as the
    /// rules before it left it, so that the order of the arrows makes no difference.
    fn infer(&mut self, rubric: &Rubric) {
        let known = rubric.known;
        let wrote = |link: &&Link| !link.lost && link.says & known.write != 0 && link.says & known.answers() == 0;
        // Whoever is asked by a client and tells it something is a node.
        let served = |cast: &Self, party: usize| {
            let asked = cast.links.iter().any(|link| link.to == party && cast.is(link.from, Kind::Client));
            asked && cast.links.iter().any(|link| link.from == party && cast.is(link.to, Kind::Client))
        };
        let found: Vec<usize> =
            (0..self.nodes).filter(|&party| self.is(party, Kind::Unsaid) && served(self, party)).collect();
        self.set(&found, Kind::Node);
        // Whoever writes to a node and is only answered is a client.
        let writes =
            self.links.iter().filter(wrote).filter(|link| self.is_blank(link.to) || self.is(link.to, Kind::Node));
        let found: Vec<usize> =
            writes.map(|link| link.from).filter(|&from| self.is_blank(from) && !self.is_asked(from)).collect();
        self.set(&found, Kind::Client);
        let writes = self.links.iter().filter(wrote).filter(|link| self.is(link.from, Kind::Client));
        let found: Vec<usize> = writes.map(|link| link.to).filter(|&to| self.is_blank(to)).collect();
        self.set(&found, Kind::Node);
        // A node without another has one where its messages are lost, or else where its copies go.
        let lost: Vec<usize> = self.links.iter().filter(|link| link.lost).filter_map(|link| self.peer(link)).collect();
        self.set(&lost, Kind::Node);
        let copies = self.links.iter().filter(|link| link.says & known.replicate != 0);
        let found: Vec<usize> = copies.filter_map(|link| self.peer(link)).collect();
        self.set(&found, Kind::Node);
    }

    fn set(&mut self, parties: &[usize], kind: Kind) {
        for &party in parties {
            self.parties[party].kind = kind;
        }
    }

    /// Whether somebody sends it something whom it does not send anything itself.
    fn is_asked(&self, party: usize) -> bool {
        let sends = |other: usize| self.links.iter().any(|link| link.from == party && link.to == other);
        self.links.iter().any(|link| link.to == party && !sends(link.from))
    }

    /// The end of a link that must be a node, because the other end is one that has no other.
    fn peer(&self, link: &Link) -> Option<usize> {
        [(link.from, link.to), (link.to, link.from)].into_iter().find_map(|(one, other)| {
            (self.is(one, Kind::Node) && self.is_blank(other) && !self.has_peer(one)).then_some(other)
        })
    }

    /// Whether neither a role nor a concept is said of it.
    fn is_blank(&self, party: usize) -> bool {
        self.is(party, Kind::Unsaid) && self.parties[party].says & !SPEAKS == 0
    }

    fn has_peer(&self, party: usize) -> bool {
        self.links.iter().any(|link| {
            link.from != link.to
                && (link.from == party && self.is(link.to, Kind::Node)
                    || link.to == party && self.is(link.from, Kind::Node))
        })
    }

    /// Where a party stands in the diagram.
    pub fn part(&self, diagram: &Diagram, party: usize) -> Option<Part> {
        if party < self.nodes {
            return diagram.nodes.get(party).map(|node| Part::Node(node.id.clone()));
        }
        diagram.subgraphs.get(party - self.nodes).map(|subgraph| Part::Subgraph(subgraph.id.clone()))
    }
}

/// The ids of all parties, in their order.
pub(super) fn ids(diagram: &Diagram) -> impl Iterator<Item = &str> {
    let nodes = diagram.nodes.iter().map(|node| node.id.as_str());
    nodes.chain(diagram.subgraphs.iter().map(|subgraph| subgraph.id.as_str()))
}

fn node_party(rubric: &Rubric, label: Option<&Label>, id: &str, classes: &[String], frame: Option<usize>) -> Party {
    let text = label.map_or_else(|| id.to_owned(), Label::visible);
    let words = Words::of(&text);
    let hits = rubric.lexicon.hear(&words);
    let says = concepts(&hits);
    // What only a note says, unlike what a node's label may say of its deeds.
    let notes = rubric.known.all & !(rubric.known.write | rubric.known.replicate);
    let (mut kind, mut rank) = role(&hits, notes);
    for class in classes {
        let (of_class, ranked) = role(&rubric.lexicon.hear(&Words::of(class)), 0);
        kind = if kind == Kind::Unsaid { of_class } else { kind };
        rank = if rank == Rank::Unsaid { ranked } else { rank };
    }
    // What says "200 OK" is a note, whatever its id; but an id may say what "Virginia" is.
    if kind == Kind::Unsaid && says & notes == 0 {
        let of_id = role(&rubric.lexicon.hear(&Words::of(id)), 0);
        kind = of_id.0;
        rank = if rank == Rank::Unsaid { of_id.1 } else { rank };
    }
    Party { kind, rank, text, says, side: rubric.side_of_node(&words), frame }
}

/// The part that a text gives, by its first word for one. Of two that stand together, as in "user database", it is the
/// second. A text that begins with something else, "Divergent state: Node A has v1", or that tells something of several
/// nodes, is a note on them and gives none.
fn role(hits: &[Hit], notes: u64) -> (Kind, Rank) {
    let (mut kind, mut rank, mut end) = (Kind::Unsaid, Rank::Unsaid, 0);
    let (mut named, mut begun) = (0, None);
    for hit in hits {
        let beside = hit.close && hit.at == end;
        if hit.means & ROLES == 0 {
            begun = begun.or((kind == Kind::Unsaid && hit.means & notes != 0).then_some(hit.end));
            continue;
        }
        let of_hit = match hit.means {
            means if means & (LEADER | FOLLOWER | NODE) != 0 => Kind::Node,
            means if means & CLIENT != 0 => Kind::Client,
            _ => Kind::Relay,
        };
        if kind == Kind::Unsaid && begun.is_some_and(|end| !hit.close || hit.at != end) {
            return (Kind::Unsaid, Rank::Unsaid);
        }
        named += u32::from(hit.means & NODE != 0 && !beside);
        if kind == Kind::Unsaid || beside {
            kind = of_hit;
        }
        end = hit.end;
        if rank == Rank::Unsaid && hit.means & LEADER != 0 {
            rank = Rank::Leader;
        } else if rank == Rank::Unsaid && hit.means & FOLLOWER != 0 {
            rank = Rank::Follower;
        }
    }
    match kind {
        Kind::Node if named > 1 && concepts(hits) & notes != 0 => (Kind::Unsaid, Rank::Unsaid),
        Kind::Node => (kind, rank),
        _ => (kind, Rank::Unsaid),
    }
}

fn concepts(hits: &[Hit]) -> u64 {
    hits.iter().fold(0, |all, hit| all | hit.means) & !ROLES
}
