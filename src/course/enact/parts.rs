//! Which parts of a drawing form a system: the outermost subgraphs; without any, what hangs together.
//!
//! Some draw the regions as subgraphs instead. So a frame is a system of its own if it claims a side or holds two nodes;
//! smaller ones are joined along the edges between their nodes. A client belongs wherever it asks, and may ask in two
//! systems. Boxes that only remark on something ("Divergent State") are no nodes of a database.

use super::words::mentions;
use crate::diagram::role::{self, Role, Side};
use crate::diagram::{Diagram, Edge, Node, Stroke, Subgraph};

/// What a box of the drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It asks.
    Client,
    /// It stores and answers.
    Node,
    /// It remarks on something.
    Note,
}

/// What an edge begins or ends at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The box at that index of the drawing.
    Box(usize),
    /// A frame, with the nodes in it.
    Frame(Vec<usize>),
}

/// A system of the drawing. All numbers are indices into the diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The subgraph around it, if it is one.
    pub frame: Option<usize>,
    /// Its name.
    pub name: String,
    /// The side it claims to take.
    pub side: Option<Side>,
    /// Its nodes.
    pub nodes: Vec<usize>,
    /// Its clients.
    pub clients: Vec<usize>,
    /// Its edges.
    pub edges: Vec<usize>,
    /// Boxes that remark on it.
    pub notes: Vec<usize>,
}

/// A drawing, looked at box by box.
pub struct Boxes<'a> {
    pub diagram: &'a Diagram,
    pub kinds: Vec<Kind>,
    /// For each edge that can be seen, what it begins and ends at.
    pub ends: Vec<Option<[End; 2]>>,
    /// For each box, the outermost subgraph around it.
    frames: Vec<Option<usize>>,
}

impl<'a> Boxes<'a> {
    pub fn of(diagram: &'a Diagram) -> Self {
        let kinds = diagram.nodes.iter().map(kind).collect();
        let frames = diagram.nodes.iter().map(|node| outermost(diagram, node.parent.as_deref())).collect();
        let mut boxes = Self { diagram, kinds, frames, ends: Vec::new() };
        let ends = |edge: &Edge| Some([boxes.end(&edge.from)?, boxes.end(&edge.to)?]);
        boxes.ends = diagram.edges.iter().map(|edge| ends(edge).filter(|_| edge.stroke != Stroke::Invisible)).collect();
        boxes
    }

    /// What stands at an end of an edge, if anything does.
    fn end(&self, id: &str) -> Option<End> {
        if let Some(at) = self.diagram.nodes.iter().position(|node| node.id == id) {
            return Some(End::Box(at));
        }
        self.diagram.subgraph(id)?;
        let within = |at: &usize| self.kinds[*at] == Kind::Node && self.is_within(&self.diagram.nodes[*at], id);
        Some(End::Frame((0..self.diagram.nodes.len()).filter(within).collect()))
    }

    fn is_within(&self, node: &Node, id: &str) -> bool {
        let mut parent = node.parent.as_deref();
        for _ in 0..self.diagram.subgraphs.len() {
            match parent {
                Some(here) if here == id => return true,
                Some(here) => parent = self.diagram.subgraph(here).and_then(|outer| outer.parent.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// The systems, in the order of the drawing.
    pub fn systems(&self) -> Vec<Parts> {
        let groups = Groups::of(self);
        let mut systems: Vec<(usize, Parts)> = Vec::new();
        let counts = groups.counts(self);
        for at in 0..self.diagram.subgraphs.len() + self.diagram.nodes.len() {
            let root = groups.root(at);
            if groups.makes_one(self, at, &counts) && !systems.iter().any(|(other, _)| *other == root) {
                systems.push((root, Parts::default()));
            }
        }
        for (root, parts) in &mut systems {
            let mine = |at: &usize| groups.of_box(self, *at) == *root;
            parts.nodes = (0..self.kinds.len()).filter(|at| self.kinds[*at] == Kind::Node).filter(mine).collect();
            parts.notes = (0..self.kinds.len()).filter(|at| self.kinds[*at] == Kind::Note).filter(mine).collect();
            parts.clients = (0..self.kinds.len()).filter(|at| self.kinds[*at] == Kind::Client).filter(mine).collect();
        }
        for (at, ends) in self.ends.iter().enumerate() {
            if let Some(ends) = ends
                && let Some(root) = self.home(&groups, ends)
                && let Some((_, parts)) = systems.iter_mut().find(|(other, _)| *other == root)
            {
                parts.edges.push(at);
                self.adopt(parts, ends);
            }
        }
        let several = systems.len() > 1;
        let mut named = Vec::new();
        for (root, mut parts) in systems {
            self.name(&groups, root, several, named.len() + 1, &mut parts);
            named.push(parts);
        }
        named
    }

    /// The group whose edge that is: that of its nodes; of its clients, if it has no node.
    fn home(&self, groups: &Groups, ends: &[End; 2]) -> Option<usize> {
        let first = |kind: Kind| {
            ends.iter().find_map(|end| match end {
                End::Box(at) if self.kinds[*at] == kind => Some(groups.of_box(self, *at)),
                End::Frame(nodes) if kind == Kind::Node => nodes.first().map(|at| groups.of_box(self, *at)),
                _ => None,
            })
        };
        first(Kind::Node).or_else(|| first(Kind::Note)).or_else(|| first(Kind::Client))
    }

    /// A client from elsewhere that asks here belongs here, too.
    fn adopt(&self, parts: &mut Parts, ends: &[End; 2]) {
        for end in ends {
            if let End::Box(at) = end
                && self.kinds[*at] == Kind::Client
                && let Err(place) = parts.clients.binary_search(at)
            {
                parts.clients.insert(place, *at);
            }
        }
    }

    /// For each box, whether an edge leads between a client and it.
    fn asked(&self) -> Vec<bool> {
        let mut asked = vec![false; self.kinds.len()];
        for ends in self.ends.iter().flatten() {
            if let [End::Box(from), End::Box(to)] = *ends {
                asked[from] |= self.kinds[to] == Kind::Client;
                asked[to] |= self.kinds[from] == Kind::Client;
            }
        }
        asked
    }

    fn name(&self, groups: &Groups, root: usize, several: bool, number: usize, parts: &mut Parts) {
        let frames: Vec<usize> = (0..self.diagram.subgraphs.len())
            .filter(|&at| self.diagram.subgraphs[at].parent.is_none() && groups.root(at) == root)
            .collect();
        let claims: Vec<Option<Side>> = frames.iter().map(|&at| claim(&self.diagram.subgraphs[at])).collect();
        parts.frame = match frames.as_slice() {
            [only] => Some(*only),
            _ => frames.iter().zip(&claims).find(|(_, claim)| claim.is_some()).map(|(at, _)| *at),
        };
        let member = |at: &usize| {
            let node = &self.diagram.nodes[*at];
            side_in(&node.id).or_else(|| side_in(&node.visible()))
        };
        parts.side = claims.into_iter().flatten().next().or_else(|| parts.nodes.iter().find_map(member));
        parts.name = match parts.frame {
            Some(at) => short(&self.diagram.subgraphs[at].visible()),
            None if several => format!("System {number}"),
            None => "Your drawing".to_owned(),
        };
    }
}

/// Frames and boxes that belong together: each points to another of its group, or to itself. Frames come first.
struct Groups {
    links: Vec<usize>,
    frames: usize,
    asked: Vec<bool>,
}

impl Groups {
    fn of(boxes: &Boxes) -> Self {
        let frames = boxes.diagram.subgraphs.len();
        let mut groups = Self { links: (0..frames + boxes.kinds.len()).collect(), frames, asked: boxes.asked() };
        let mut whole: Vec<bool> = boxes.diagram.subgraphs.iter().map(|frame| claim(frame).is_some()).collect();
        whole.resize(groups.links.len(), false);
        let counts = groups.counts(boxes);
        for (whole, count) in whole.iter_mut().zip(counts) {
            *whole |= count > 1;
        }
        for [from, to] in boxes.ends.iter().flatten() {
            if let (Some(from), Some(to)) = (groups.at(boxes, from), groups.at(boxes, to)) {
                groups.join(from, to, &mut whole);
            }
        }
        groups.join_the_rest(boxes, &mut whole);
        groups
    }

    fn root(&self, at: usize) -> usize {
        let mut at = at;
        while self.links[at] != at {
            at = self.links[at];
        }
        at
    }

    fn of_box(&self, boxes: &Boxes, at: usize) -> usize {
        self.root(boxes.frames[at].unwrap_or(self.frames + at))
    }

    /// How many nodes each group has.
    fn counts(&self, boxes: &Boxes) -> Vec<usize> {
        let mut counts = vec![0; self.links.len()];
        for at in (0..boxes.kinds.len()).filter(|&at| boxes.kinds[at] == Kind::Node) {
            counts[self.of_box(boxes, at)] += 1;
        }
        counts
    }

    /// The group at an end of an edge, unless it is a client: that may ask in several.
    fn at(&self, boxes: &Boxes, end: &End) -> Option<usize> {
        match end {
            End::Box(at) if boxes.kinds[*at] == Kind::Client => None,
            End::Box(at) => Some(self.of_box(boxes, *at)),
            End::Frame(nodes) => nodes.first().map(|at| self.of_box(boxes, *at)),
        }
    }

    /// Joins two groups, unless each is a system of its own. The one that comes first in the drawing stays.
    fn join(&mut self, a: usize, b: usize, whole: &mut [bool]) {
        if a != b && !(whole[a] && whole[b]) {
            let (first, second) = (a.min(b), a.max(b));
            self.links[second] = first;
            whole[first] |= whole[second];
        }
    }

    /// Single nodes without a link between them are one system, too, if clients ask them.
    fn join_the_rest(&mut self, boxes: &Boxes, whole: &mut [bool]) {
        let counts = self.counts(boxes);
        let mut first: Option<usize> = None;
        for at in 0..boxes.kinds.len() {
            let root = self.of_box(boxes, at);
            if boxes.kinds[at] == Kind::Node && self.asked[at] && counts[root] == 1 && !whole[root] {
                match first {
                    Some(first) => self.join(self.root(first), root, whole),
                    None => first = Some(root),
                }
            }
        }
    }

    /// Whether a frame or box makes a group a system: an outermost frame does, even an empty one; of the other boxes,
    /// nodes that are asked or are linked to others.
    fn makes_one(&self, boxes: &Boxes, at: usize, counts: &[usize]) -> bool {
        match at.checked_sub(self.frames) {
            None => boxes.diagram.subgraphs[at].parent.is_none(),
            Some(node) => {
                let alone = boxes.kinds[node] == Kind::Node && boxes.frames[node].is_none();
                alone && (self.asked[node] || counts[self.root(at)] > 1)
            }
        }
    }
}

fn outermost(diagram: &Diagram, parent: Option<&str>) -> Option<usize> {
    let system = role::system(diagram, parent)?;
    diagram.subgraphs.iter().position(|other| other.id == system.id)
}

/// The side a frame claims, by its first words or by any that tell.
fn claim(frame: &Subgraph) -> Option<Side> {
    let title = frame.visible();
    let lower = title.to_lowercase();
    let says = |word: &str, but: &[&str]| lower.contains(word) && !but.iter().any(|not| lower.contains(not));
    role::side(frame).or_else(|| side_in(&frame.id)).or_else(|| side_in(&title)).or_else(|| {
        if says("consisten", &["inconsisten", "eventual"]) {
            Some(Side::Cp)
        } else if says("availab", &["unavailab"]) {
            Some(Side::Ap)
        } else {
            None
        }
    })
}

/// The side that a word of its own names.
fn side_in(text: &str) -> Option<Side> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).find_map(|word| match word {
        "CP" | "cp" => Some(Side::Cp),
        "AP" | "ap" => Some(Side::Ap),
        _ => None,
    })
}

fn kind(node: &Node) -> Kind {
    const REMARKS: [&str; 15] = [
        "diverg",
        "split",
        "partition",
        "note",
        "legend",
        "result",
        "outcome",
        "conflict",
        "stale",
        "network",
        "quorum",
        "error",
        "inconsisten",
        "cut",
        "heal",
    ];
    const NODES: [&str; 12] = [
        "node",
        "replica",
        "leader",
        "follower",
        "primary",
        "secondary",
        "master",
        "server",
        "database",
        "db",
        "region",
        "store",
    ];
    let label = node.visible();
    if role::role(node) == Role::Client {
        Kind::Client
    } else if mentions(&label, &REMARKS) && !mentions(&label, &NODES) {
        Kind::Note
    } else {
        Kind::Node
    }
}

/// The name in a label: what stands before ` - `, on one line, and not too long to be said in a sentence.
pub fn short(label: &str) -> String {
    let name = label.split(" - ").next().unwrap_or(label);
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    match name.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
