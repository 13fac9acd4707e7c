//! What a person sees of a part: its label without quotes, entities and Mermaid's line breaks.

use super::{Diagram, Edge, Label, Node, Subgraph};
use crate::diagram::edit::Part;

impl Node {
    /// Its label, or its id where it has none.
    pub fn visible(&self) -> String {
        self.label.as_ref().map_or_else(|| self.id.clone(), Label::visible)
    }
}

impl Edge {
    /// Its label, or nothing.
    pub fn visible(&self) -> String {
        self.label.as_ref().map(Label::visible).unwrap_or_default()
    }
}

impl Subgraph {
    /// Its title, or its id where it has none.
    pub fn visible(&self) -> String {
        self.title.as_ref().map_or_else(|| self.id.clone(), Label::visible)
    }
}

impl Diagram {
    /// The text of a part as a person sees it; empty when the part is not there.
    pub fn text_of(&self, part: &Part) -> String {
        match part {
            Part::Node(id) => self.node(id).map(Node::visible),
            Part::Edge(index) => self.edges.get(*index).map(Edge::visible),
            Part::Subgraph(id) => self.subgraph(id).map(Subgraph::visible),
        }
        .unwrap_or_default()
    }

    /// The text of the node or subgraph of that id; the id itself when neither is there.
    pub fn name_of(&self, id: &str) -> String {
        self.node(id)
            .map(Node::visible)
            .or_else(|| self.subgraph(id).map(Subgraph::visible))
            .unwrap_or_else(|| id.to_owned())
    }
}
