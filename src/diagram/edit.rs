//! Edits: everything a person can do to a diagram, as data. Applying one gives a new diagram; the old one is untouched.

use serde::{Deserialize, Serialize};

use super::picture::{Arrangement, picture};
use super::role::{Role, role, system};
use super::{Diagram, Edge, Head, Label, Node, Point, Shape, Stroke};

/// A part of a diagram that can be selected and edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The node of that id.
    Node(String),
    /// The edge at that index.
    Edge(usize),
    /// The subgraph of that id.
    Subgraph(String),
}

/// An edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds a client or a node to a subgraph, at that place or where the layout puts it.
    Add {
        /// Which of the two.
        role: Role,
        /// The id of the subgraph.
        parent: Option<String>,
        /// Its centre, relative to its system's frame.
        at: Option<Point>,
    },
    /// Draws an edge: solid for a message, dotted for a lost one.
    Connect {
        /// The id of its start.
        from: String,
        /// The id of its end.
        to: String,
        /// How it is stroked.
        stroke: Stroke,
    },
    /// Moves a node to a place; the others of its system stay where they are.
    Move {
        /// Its id.
        id: String,
        /// Its centre, relative to its system's frame.
        to: Point,
    },
    /// Forgets all places, so that the layout decides.
    Tidy,
    /// Gives a part another text.
    Relabel {
        /// The part.
        part: Part,
        /// What it shall say.
        text: String,
    },
    /// Gives a node another outline.
    Reshape {
        /// Its id.
        id: String,
        /// The outline.
        shape: Shape,
    },
    /// Gives a node other style declarations.
    Restyle {
        /// Its id.
        id: String,
        /// The declarations: `fill:#f9f`.
        style: Vec<String>,
    },
    /// Strokes an edge differently.
    Restroke {
        /// Its index.
        edge: usize,
        /// How.
        stroke: Stroke,
    },
    /// Turns an edge round.
    Reverse {
        /// Its index.
        edge: usize,
    },
    /// Moves an edge by one place in the order of the text, among those of its subgraph.
    Reorder {
        /// Its index.
        edge: usize,
        /// To which side.
        toward: Toward,
    },
    /// Removes a part; a node takes its edges with it, a subgraph all that is in it.
    Delete(Part),
}

/// A direction in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// To the front.
    Earlier,
    /// To the back.
    Later,
}

impl Diagram {
    /// The diagram after an edit, and the part to select then. An edit of a part that is not there changes nothing.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> (Self, Option<Part>) {
        let mut diagram = self.clone();
        let selected = diagram.apply(edit);
        (diagram, selected)
    }

    fn apply(&mut self, edit: &Edit) -> Option<Part> {
        match edit {
            Edit::Add { role, parent, at } => Some(self.add(*role, parent.as_deref(), *at)),
            Edit::Connect { from, to, stroke } => self.connect(from, to, *stroke),
            Edit::Move { id, to } => {
                let parent = self.node(id)?.parent.clone();
                self.pin(parent.as_deref());
                self.positions.insert(id.clone(), *to);
                Some(Part::Node(id.clone()))
            }
            Edit::Tidy => {
                self.positions.clear();
                None
            }
            Edit::Relabel { part, text } => self.relabel(part, text),
            Edit::Reshape { id, shape } => {
                let node = self.node_mut(id)?;
                node.label.get_or_insert_with(|| Label::from_visible(id));
                node.shape = *shape;
                Some(Part::Node(id.clone()))
            }
            Edit::Restyle { id, style } => {
                self.node_mut(id)?.style.clone_from(style);
                Some(Part::Node(id.clone()))
            }
            Edit::Restroke { edge, stroke } => {
                self.edges.get_mut(*edge)?.stroke = *stroke;
                Some(Part::Edge(*edge))
            }
            Edit::Reverse { edge } => {
                let turned = self.edges.get_mut(*edge)?;
                std::mem::swap(&mut turned.from, &mut turned.to);
                Some(Part::Edge(*edge))
            }
            Edit::Reorder { edge, toward } => self.reorder(*edge, *toward),
            Edit::Delete(part) => self.delete(part),
        }
    }

    /// All parts in the order in which one walks them: each subgraph with its nodes and its edges, then the rest.
    pub fn parts(&self) -> Vec<Part> {
        let homes = self.subgraphs.iter().map(|subgraph| Some(&subgraph.id)).chain([None]);
        let of = |home: Option<&String>| -> Vec<Part> {
            let nodes = self.nodes.iter().filter(|node| node.parent.as_ref() == home);
            let edges = (0..self.edges.len()).filter(|&at| self.edges[at].parent.as_ref() == home);
            let subgraph = home.map(|id| Part::Subgraph(id.clone()));
            let nodes = nodes.map(|node| Part::Node(node.id.clone()));
            subgraph.into_iter().chain(nodes).chain(edges.map(Part::Edge)).collect()
        };
        homes.flat_map(of).collect()
    }

    fn node_mut(&mut self, id: &str) -> Option<&mut Node> {
        self.nodes.iter_mut().find(|node| node.id == id)
    }

    fn add(&mut self, wanted: Role, parent: Option<&str>, at: Option<Point>) -> Part {
        if at.is_some() {
            self.pin(parent);
        }
        let siblings =
            self.nodes.iter().filter(|node| node.parent.as_deref() == parent && role(node) == wanted).count();
        let (id, label) = match wanted {
            Role::Client => {
                let id = self.free_id((1..).map(|number| format!("Client{number}")));
                (id, if siblings == 0 { "Client".to_owned() } else { format!("Client {}", siblings + 1) })
            }
            Role::Replica => {
                let suffix = parent.map(|parent| format!("_{}", parent.split('_').next().unwrap_or(parent)));
                let name = |index: usize| letters(index) + suffix.as_deref().unwrap_or_default();
                let id = self.free_id((0..).map(|index| format!("Node{}", name(index))));
                let letter = id.trim_start_matches("Node").split('_').next().unwrap_or_default();
                (id.clone(), format!("Node {letter}"))
            }
        };
        self.nodes.push(Node {
            id: id.clone(),
            label: Some(Label::from_visible(&label)),
            shape: Shape::Square,
            style: Vec::new(),
            classes: Vec::new(),
            parent: parent.map(str::to_owned),
            alone: false,
        });
        if let Some(at) = at {
            self.positions.insert(id.clone(), at);
        }
        Part::Node(id)
    }

    /// Keeps the nodes of a system where they stand. Once a person places one by hand, the others no longer move by
    /// themselves.
    fn pin(&mut self, parent: Option<&str>) {
        let home = system(self, parent).map(|system| system.id.clone());
        let is_free = |node: &&Node| {
            !self.positions.contains(&node.id)
                && system(self, node.parent.as_deref()).map(|system| &system.id) == home.as_ref()
        };
        let free: Vec<Node> = self.nodes.iter().filter(is_free).cloned().collect();
        // While something is dragged there is nothing more to pin, and no picture is needed.
        if free.is_empty() {
            return;
        }
        let picture = picture(self, Arrangement::default());
        for node in free {
            if let Some(place) = picture.place_of(self, &node.id) {
                self.positions.insert(node.id, place);
            }
        }
    }

    fn free_id(&self, mut candidates: impl Iterator<Item = String>) -> String {
        candidates
            .find(|id| self.node(id).is_none() && self.subgraph(id).is_none())
            .expect("the candidates never end, and a diagram is finite")
    }

    fn connect(&mut self, from: &str, to: &str, stroke: Stroke) -> Option<Part> {
        let ends = [self.node(from)?, self.node(to)?];
        let parent = ends[0].parent.clone().filter(|_| ends[0].parent == ends[1].parent);
        self.edges.push(Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            label: None,
            stroke,
            tail: Head::Open,
            head: Head::Point,
            length: 1,
            parent,
        });
        Some(Part::Edge(self.edges.len() - 1))
    }

    /// A part that says this already keeps its own way of writing it.
    fn relabel(&mut self, part: &Part, text: &str) -> Option<Part> {
        if self.text_of(part) == text {
            return Some(part.clone());
        }
        let label = Some(Label::from_visible(text)).filter(|_| !text.trim().is_empty());
        match part {
            Part::Node(id) => {
                let node = self.node_mut(id)?;
                if label.is_some() && node.shape == Shape::Plain {
                    node.shape = Shape::Square;
                } else if label.is_none() {
                    node.shape = Shape::Plain;
                }
                node.label = label;
            }
            Part::Edge(edge) => self.edges.get_mut(*edge)?.label = label,
            Part::Subgraph(id) => self.subgraphs.iter_mut().find(|subgraph| subgraph.id == *id)?.title = label,
        }
        Some(part.clone())
    }

    /// Swaps the edge with its neighbour of the same subgraph.
    fn reorder(&mut self, edge: usize, toward: Toward) -> Option<Part> {
        let parent = &self.edges.get(edge)?.parent;
        let is_sibling = |&other: &usize| self.edges[other].parent == *parent;
        let other = match toward {
            Toward::Earlier => (0..edge).rev().find(is_sibling),
            Toward::Later => (edge + 1..self.edges.len()).find(is_sibling),
        };
        if let Some(other) = other {
            self.edges.swap(edge, other);
        }
        Some(Part::Edge(other.unwrap_or(edge)))
    }

    fn delete(&mut self, part: &Part) -> Option<Part> {
        match part {
            Part::Edge(edge) if *edge < self.edges.len() => {
                self.edges.remove(*edge);
            }
            Part::Edge(_) => {}
            Part::Node(id) => self.delete_nodes(|node| node.id == *id),
            Part::Subgraph(id) => {
                let inside: Vec<String> = self
                    .subgraphs
                    .iter()
                    .filter(|subgraph| self.is_within(Some(&subgraph.id), id))
                    .map(|subgraph| subgraph.id.clone())
                    .collect();
                self.delete_nodes(|node| node.parent.as_ref().is_some_and(|parent| inside.contains(parent)));
                self.edges.retain(|edge| !inside.contains(&edge.from) && !inside.contains(&edge.to));
                self.kept.retain(|kept| kept.parent.as_ref().is_none_or(|parent| !inside.contains(parent)));
                self.subgraphs.retain(|subgraph| !inside.contains(&subgraph.id));
            }
        }
        None
    }

    fn delete_nodes(&mut self, doomed: impl Fn(&Node) -> bool) {
        let ids: Vec<String> = self.nodes.iter().filter(|node| doomed(node)).map(|node| node.id.clone()).collect();
        self.nodes.retain(|node| !ids.contains(&node.id));
        self.edges.retain(|edge| !ids.contains(&edge.from) && !ids.contains(&edge.to));
        self.positions.retain(|id| !ids.contains(id));
    }

    fn is_within(&self, parent: Option<&str>, id: &str) -> bool {
        let mut here = parent;
        for _ in 0..=self.subgraphs.len() {
            match here {
                Some(found) if found == id => return true,
                Some(found) => here = self.subgraph(found).and_then(|subgraph| subgraph.parent.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// The number that the next message of a subgraph would carry: one more than the largest written there.
    pub fn next_number(&self, parent: Option<&str>) -> u32 {
        let system = system(self, parent).map(|subgraph| &subgraph.id);
        self.edges
            .iter()
            .filter(|edge| self::system(self, edge.parent.as_deref()).map(|subgraph| &subgraph.id) == system)
            .filter_map(|edge| step_number(&edge.visible()).map(|(number, _)| number))
            .max()
            .map_or(1, |largest| largest.saturating_add(1))
    }
}

/// A label that begins with a step number, taken apart: `1. Write Request` is 1 and `Write Request`.
pub fn step_number(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = text.split_once('.')?;
    Some((number.trim().parse().ok()?, rest.trim_start()))
}

/// A, B, … Z, AA, AB, …
fn letters(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or_default());
    if index < 26 { last.to_string() } else { letters(index / 26 - 1) + &last.to_string() }
}
