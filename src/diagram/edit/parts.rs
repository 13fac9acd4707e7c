//! Nodes, edges and subgraphs added, changed and removed.

use super::Part;
use crate::diagram::picture::{Arrangement, picture};
use crate::diagram::role::{Cast, Role, role, system};
use crate::diagram::{Diagram, Edge, Head, Label, Node, Point, Shape, Stroke, Subgraph, mermaid};

impl Diagram {
    pub(super) fn node_mut(&mut self, id: &str) -> Option<&mut Node> {
        self.nodes.iter_mut().find(|node| node.id == id)
    }

    pub(super) fn add(&mut self, wanted: Role, parent: Option<&str>, at: Option<Point>) -> Part {
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
    pub(super) fn pin(&mut self, parent: Option<&str>) {
        let home = system(self, parent).map(|system| system.id.clone());
        let is_free = |node: &&Node| {
            !self.positions.contains(&node.id)
                && system(self, node.parent.as_deref()).map(|system| &system.id) == home.as_ref()
        };
        let free: Vec<String> = self.nodes.iter().filter(is_free).map(|node| node.id.clone()).collect();
        // While something is dragged there is nothing more to pin, and no picture is needed.
        if free.is_empty() {
            return;
        }
        let picture = picture(self, Arrangement::default());
        for id in free {
            if let Some(place) = picture.place_of(self, &id) {
                self.positions.insert(id, place);
            }
        }
    }

    pub(super) fn free_id(&self, mut candidates: impl Iterator<Item = String>) -> String {
        candidates
            .find(|id| self.node(id).is_none() && self.subgraph(id).is_none())
            .expect("the candidates never end, and a diagram is finite")
    }

    pub(super) fn connect(&mut self, from: &str, to: &str, stroke: Stroke) -> Option<Part> {
        self.has_both(from, to)?;
        let parent = self.home_of(from, to);
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
    pub(super) fn relabel(&mut self, part: &Part, text: &str) -> Option<Part> {
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

    pub(super) fn delete(&mut self, parts: &[Part]) {
        let before = self.step_numbers();
        let doomed: Vec<usize> =
            parts.iter().filter_map(|part| if let Part::Edge(at) = part { Some(*at) } else { None }).collect();
        let mut at = 0;
        self.edges.retain(|_| {
            at += 1;
            !doomed.contains(&(at - 1))
        });
        for part in parts {
            match part {
                Part::Edge(_) => {}
                Part::Node(id) => self.delete_nodes(|node| node.id == *id),
                Part::Subgraph(id) => self.delete_subgraph(id),
            }
        }
        self.close_up(&before);
    }

    fn delete_subgraph(&mut self, id: &str) {
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

    fn delete_nodes(&mut self, doomed: impl Fn(&Node) -> bool) {
        let ids: Vec<String> = self.nodes.iter().filter(|node| doomed(node)).map(|node| node.id.clone()).collect();
        self.nodes.retain(|node| !ids.contains(&node.id));
        self.edges.retain(|edge| !ids.contains(&edge.from) && !ids.contains(&edge.to));
        self.positions.retain(|id| !ids.contains(id));
    }

    pub(super) fn is_within(&self, parent: Option<&str>, id: &str) -> bool {
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

    pub(super) fn add_system(&mut self) -> Part {
        let id = self.free_id((1..).map(|number| format!("System{number}")));
        let title = Some(Label::from_visible("New system"));
        let (direction, parent) = (None, None);
        self.subgraphs.push(Subgraph {
            id: id.clone(),
            title,
            direction,
            parent,
            style: Vec::new(),
            classes: Vec::new(),
        });
        Part::Subgraph(id)
    }

    pub(super) fn put(&mut self, places: &[(String, Point)]) -> Vec<Part> {
        let mut moved = Vec::new();
        for (id, to) in places {
            let Some(parent) = self.node(id).map(|node| node.parent.clone()) else { continue };
            self.pin(parent.as_deref());
            self.positions.insert(id.clone(), *to);
            moved.push(Part::Node(id.clone()));
        }
        moved
    }

    pub(super) fn reconnect(&mut self, edge: usize, from: &str, to: &str) -> Option<Part> {
        self.has_both(from, to)?;
        let parent = self.home_of(from, to);
        let found = self.edges.get_mut(edge)?;
        (found.from, found.to, found.parent) = (from.to_owned(), to.to_owned(), parent);
        Some(Part::Edge(edge))
    }

    /// The subgraph in whose body an edge between two nodes is written.
    pub(super) fn home_of(&self, from: &str, to: &str) -> Option<String> {
        let home = |id: &str| self.node(id).and_then(|node| node.parent.clone());
        home(from).filter(|home_of_from| Some(home_of_from) == home(to).as_ref())
    }

    fn has_both(&self, from: &str, to: &str) -> Option<()> {
        (self.node(from).is_some() && self.node(to).is_some()).then_some(())
    }

    pub(super) fn rehome(&mut self, id: &str, parent: Option<&str>) -> Option<Part> {
        parent.map_or(Some(()), |parent| self.subgraph(parent).map(|_| ()))?;
        let node = self.node_mut(id)?;
        if node.parent.as_deref() != parent {
            node.parent = parent.map(str::to_owned);
            self.positions.retain(|other| other != id);
            for at in 0..self.edges.len() {
                let Edge { from, to, .. } = &self.edges[at];
                if from == id || to == id {
                    self.edges[at].parent = self.home_of(from, to);
                }
            }
        }
        Some(Part::Node(id.to_owned()))
    }

    pub(super) fn reshape(&mut self, id: &str, shape: Shape) -> Option<Part> {
        let node = self.node_mut(id)?;
        node.label.get_or_insert_with(|| Label::from_visible(id));
        node.shape = shape;
        Some(Part::Node(id.to_owned()))
    }

    pub(super) fn rename(&mut self, id: &str, to: &str) -> Part {
        let taken = self.node(to).is_some() || self.subgraph(to).is_some();
        if self.node(id).is_none() || taken || !mermaid::is_id(to) {
            return Part::Node(id.to_owned());
        }
        for node in self.nodes.iter_mut().filter(|node| node.id == id) {
            node.label.get_or_insert_with(|| Label::from_visible(id));
            if node.shape == Shape::Plain {
                node.shape = Shape::Square;
            }
            to.clone_into(&mut node.id);
        }
        for end in self.edges.iter_mut().flat_map(|edge| [&mut edge.from, &mut edge.to]).filter(|end| *end == id) {
            to.clone_into(end);
        }
        if let Some(place) = self.positions.get(id).copied() {
            self.positions.retain(|other| other != id);
            self.positions.insert(to.to_owned(), place);
        }
        Part::Node(to.to_owned())
    }

    /// A label says the part: `Node A - Leader`. What followed its dash before was the part it played before.
    pub(super) fn cast(&mut self, id: &str, cast: Cast) -> Option<Part> {
        let text = self.node(id)?.visible();
        let name = text.split_once(" - ").map_or(text.as_str(), |(name, _)| name);
        let fits = (role(self.node(id)?) == Role::Client) == (cast == Cast::Client);
        let name = match (fits, cast) {
            (true, _) => name.to_owned(),
            (false, Cast::Client) => "Client".to_owned(),
            (false, _) => "Node".to_owned(),
        };
        let text = cast.word().map_or_else(|| name.clone(), |word| format!("{name} - {word}"));
        self.relabel(&Part::Node(id.to_owned()), &text)
    }
}

/// A, B, … Z, AA, AB, …
fn letters(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or_default());
    if index < 26 { last.to_string() } else { letters(index / 26 - 1) + &last.to_string() }
}
