//! Copying and pasting: an excerpt of a diagram is a diagram, so that what is copied is Mermaid for every other program.

use super::Part;
use crate::diagram::{Diagram, Edge, Node, Point};

/// How far a copy stands from what it is a copy of, in pixels.
const ASIDE: i32 = 32;

impl Diagram {
    /// The chosen parts by themselves: nodes, what is inside chosen subgraphs, edges with both ends among them, and chosen edges
    /// with their ends. Classes come along, places too.
    #[must_use]
    pub fn excerpt(&self, parts: &[Part]) -> Self {
        let chosen_edge = |at: usize| parts.contains(&Part::Edge(at));
        let chosen_node = |node: &Node| {
            parts.iter().any(|part| match part {
                Part::Node(id) => *id == node.id,
                Part::Subgraph(id) => self.is_within(node.parent.as_deref(), id),
                Part::Edge(at) => self.edges.get(*at).is_some_and(|edge| edge.from == node.id || edge.to == node.id),
            })
        };
        let nodes: Vec<Node> = self.nodes.iter().filter(|node| chosen_node(node)).cloned().collect();
        let has = |id: &str| nodes.iter().any(|node| node.id == id);
        let only_edges = parts.iter().all(|part| matches!(part, Part::Edge(_)));
        let between = |at: usize, edge: &Edge| has(&edge.from) && has(&edge.to) && (!only_edges || chosen_edge(at));
        let edges = self.edges.iter().enumerate().filter(|(at, edge)| between(*at, edge)).map(|(_, edge)| edge.clone());
        let subgraphs = self.subgraphs.iter().filter(|subgraph| {
            parts.iter().any(|part| matches!(part, Part::Subgraph(id) if self.is_within(Some(&subgraph.id), id)))
        });
        let mut excerpt = Self {
            keyword: self.keyword,
            direction: self.direction,
            edges: edges.collect(),
            subgraphs: subgraphs.cloned().collect(),
            class_defs: self.class_defs.clone(),
            ..Self::default()
        };
        for node in &nodes {
            if let Some(place) = self.positions.get(&node.id) {
                excerpt.positions.insert(node.id.clone(), *place);
            }
        }
        excerpt.nodes = nodes;
        excerpt.class_defs.retain(|def| {
            let used = |class: &String| def.names.contains(class);
            excerpt.nodes.iter().any(|node| node.classes.iter().any(used))
        });
        excerpt.drop_lost_homes();
        excerpt
    }

    /// What stood in a subgraph that is not here stands in none.
    fn drop_lost_homes(&mut self) {
        let known: Vec<String> = self.subgraphs.iter().map(|subgraph| subgraph.id.clone()).collect();
        let homes = self.nodes.iter_mut().map(|node| &mut node.parent);
        let homes = homes.chain(self.edges.iter_mut().map(|edge| &mut edge.parent));
        for home in homes.chain(self.subgraphs.iter_mut().map(|subgraph| &mut subgraph.parent)) {
            home.take_if(|id| !known.contains(id));
        }
    }

    pub(super) fn paste(&mut self, clip: &Self, parent: Option<&str>) -> Vec<Part> {
        let parent = parent.filter(|id| self.subgraph(id).is_some());
        let mut names: Vec<(&str, String)> = Vec::new();
        let ids = clip.subgraphs.iter().map(|subgraph| &subgraph.id).chain(clip.nodes.iter().map(|node| &node.id));
        for id in ids {
            let taken = |name: &String| names.iter().any(|(_, other)| other == name);
            let candidates = (1..).map(|copy| if copy == 1 { id.clone() } else { format!("{id}_{copy}") });
            let free = self.free_id(candidates.filter(|name| !taken(name)));
            names.push((id, free));
        }
        let new = |id: &str| names.iter().find(|(old, _)| *old == id).map(|(_, new)| new.clone());
        let home = |old: &Option<String>| old.as_deref().and_then(new).or_else(|| parent.map(str::to_owned));
        let mut pasted: Vec<Part> = Vec::new();
        for subgraph in &clip.subgraphs {
            let mut copy = subgraph.clone();
            copy.title.get_or_insert_with(|| crate::diagram::Label::from_visible(&subgraph.id));
            // A system that is pasted stays a system, beside the others.
            copy.parent = subgraph.parent.as_deref().and_then(new);
            copy.id = new(&subgraph.id).unwrap_or_default();
            pasted.push(Part::Subgraph(copy.id.clone()));
            self.subgraphs.push(copy);
        }
        for node in &clip.nodes {
            let mut copy = node.clone();
            (copy.id, copy.parent) = (new(&node.id).unwrap_or_default(), home(&node.parent));
            if let Some(place) = clip.positions.get(&node.id) {
                let aside = if node.parent.is_some() { 0 } else { ASIDE };
                self.pin(copy.parent.as_deref());
                self.positions.insert(copy.id.clone(), Point { x: place.x + aside, y: place.y + aside });
            }
            pasted.push(Part::Node(copy.id.clone()));
            self.nodes.push(copy);
        }
        for edge in &clip.edges {
            let (Some(from), Some(to)) = (new(&edge.from), new(&edge.to)) else { continue };
            let parent = self.home_of(&from, &to);
            self.edges.push(Edge { from, to, parent, ..edge.clone() });
        }
        for def in &clip.class_defs {
            if !self.class_defs.contains(def) {
                self.class_defs.push(def.clone());
            }
        }
        pasted
    }
}
