//! What the nodes send each other: the edges between two of them, and the dashed ones between frames or through a cut.

use super::{Reader, single};
use crate::course::enact::parts::{End, Kind};
use crate::course::enact::plot::{Line, Message, Points};
use crate::course::enact::words::{self, text};
use crate::diagram::{Edge, Head, Stroke};
use crate::sim::NodeId;

impl Reader<'_> {
    /// Takes down what the nodes send each other.
    pub(super) fn read_messages(&mut self) {
        for index in 0..self.edges.len() {
            let (number, at) = self.edges[index];
            let edge = &self.boxes.diagram.edges[at];
            let line = if is_dashed(edge) { Line::Dashed } else { Line::Solid };
            for (from, to) in self.joined(at) {
                let (class, points) = (words::class(&text(edge)), points(edge));
                // A plain line only says who is linked with whom.
                if line == Line::Dashed || points == Points::OneWay || !text(edge).is_empty() {
                    self.plot.messages.push(Message { edge: at, from, to, number, class, line, points });
                }
            }
        }
    }

    /// The nodes that an edge joins, two by two: its ends; a dashed one, all nodes of the frames at its ends, or what
    /// stands beyond the box that names the partition.
    fn joined(&self, at: usize) -> Vec<(NodeId, NodeId)> {
        let Some([from, to]) = self.boxes.ends[at].as_ref() else { return Vec::new() };
        let dashed = is_dashed(&self.boxes.diagram.edges[at]);
        let (here, there) = match (from, to) {
            (End::Box(node), End::Box(cut)) if self.names_the_cut(*cut) => (vec![*node], self.beyond(*cut, *node)),
            (End::Box(cut), End::Box(node)) if self.names_the_cut(*cut) => (self.beyond(*cut, *node), vec![*node]),
            (End::Box(from), End::Box(to)) => (vec![*from], vec![*to]),
            _ if dashed || single(from).is_some() && single(to).is_some() => (members(from), members(to)),
            _ => return Vec::new(),
        };
        let mut pairs = Vec::new();
        for from in here.iter().filter_map(|&at| self.node(at)) {
            pairs.extend(there.iter().filter_map(|&at| self.node(at)).filter(|&to| to != from).map(|to| (from, to)));
        }
        pairs
    }

    fn names_the_cut(&self, at: usize) -> bool {
        let label = self.boxes.diagram.nodes[at].visible();
        self.boxes.kinds[at] == Kind::Note
            && words::mentions(&label, &["partition", "network", "cut", "split"])
            && !words::mentions(&label, &["diverg"])
    }

    /// The nodes other than that one that edges join to a box.
    fn beyond(&self, note: usize, not: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for &(_, at) in &self.edges {
            match self.boxes.ends[at].as_ref() {
                Some([End::Box(a), End::Box(b)]) if *a == note && *b != not => found.push(*b),
                Some([End::Box(a), End::Box(b)]) if *b == note && *a != not => found.push(*a),
                _ => {}
            }
        }
        found
    }
}

/// The boxes at an end of an edge.
fn members(end: &End) -> Vec<usize> {
    match end {
        End::Box(at) => vec![*at],
        End::Frame(nodes) => nodes.clone(),
    }
}

/// Whether an edge is dashed or crossed out.
pub(super) fn is_dashed(edge: &Edge) -> bool {
    edge.stroke == Stroke::Dotted || edge.head == Head::Cross || edge.tail == Head::Cross
}

/// Whether an edge says which way.
pub(super) fn points(edge: &Edge) -> Points {
    if edge.head != Head::Open && edge.tail == Head::Open { Points::OneWay } else { Points::Either }
}
