//! The diagram: Mermaid's flowchart graph.
//!
//! Nodes, edges and subgraphs stand in flat lists in the order in which the text first names them; a node knows the
//! subgraph it belongs to, an edge the subgraph it is written in. A label keeps the text *as written* (with Mermaid's
//! entities and `\n`), because the Module form must print it back to the letter; [`Label::visible`] is what a
//! person sees.

use serde::{Deserialize, Serialize};

use super::sorted::Sorted;

/// The word a flowchart opens with. Both mean the same to Mermaid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keyword {
    /// `graph`, as the module's template writes it.
    #[default]
    Graph,
    /// `flowchart`.
    Flowchart,
}

/// Where the graph flows to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// `TD`: top down.
    #[default]
    TD,
    /// `TB`: top to bottom, Mermaid's other word for `TD`.
    TB,
    /// `BT`: bottom to top.
    BT,
    /// `LR`: left to right.
    LR,
    /// `RL`: right to left.
    RL,
}

/// A text of the diagram, as written between its delimiters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The text as written, without the quotation marks around it.
    pub raw: String,
    /// Whether it is written in quotation marks.
    pub quoted: bool,
}

/// The outline of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// No shape written: drawn as a rectangle, and the id is the label.
    #[default]
    Plain,
    /// `[text]`
    Square,
    /// `(text)`
    Round,
    /// `([text])`
    Stadium,
    /// `[[text]]`
    Subroutine,
    /// `[(text)]`
    Cylinder,
    /// `((text))`
    Circle,
    /// `(((text)))`
    Doublecircle,
    /// `(-text-)`
    Ellipse,
    /// `>text]`
    Odd,
    /// `{text}`
    Diamond,
    /// `{{text}}`
    Hexagon,
    /// `[/text/]`
    LeanRight,
    /// `[\text\]`
    LeanLeft,
    /// `[/text\]`
    Trapezoid,
    /// `[\text/]`
    InvTrapezoid,
}

/// How an edge is stroked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// `-->`: here, a message that arrives.
    #[default]
    Normal,
    /// `-.->`: here, a message that is lost, or the link that is cut.
    Dotted,
    /// `==>`
    Thick,
    /// `~~~`
    Invisible,
}

/// What stands at an end of an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// Nothing.
    Open,
    /// `>` or `<`
    #[default]
    Point,
    /// `o`
    Circle,
    /// `x`
    Cross,
}

/// A node, with everything the text says of it wherever it says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The id other statements name it by.
    pub id: String,
    /// The written label; `None` shows the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Its outline.
    #[serde(default)]
    pub shape: Shape,
    /// The declarations of its `style` lines, as written: `fill:#f9f`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub style: Vec<String>,
    /// The names of its classes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// The id of the subgraph it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether the text gives it a line of its own rather than naming it first in an edge.
    #[serde(default)]
    pub alone: bool,
}

/// An edge from one node (or subgraph) to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The id of its start.
    pub from: String,
    /// The id of its end.
    pub to: String,
    /// The text on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// How it is stroked.
    #[serde(default)]
    pub stroke: Stroke,
    /// What stands at its start; [`Head::Open`] for a one-way arrow.
    #[serde(default = "Edge::open")]
    pub tail: Head,
    /// What stands at its end.
    #[serde(default)]
    pub head: Head,
    /// Its length in ranks, 1 or more, as Mermaid counts it: `-->` is 1, `--->` is 2.
    #[serde(default = "Edge::one")]
    pub length: u8,
    /// The id of the subgraph whose body it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// A subgraph: a framed part of the diagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subgraph {
    /// Its id.
    pub id: String,
    /// The title in brackets; `None` shows the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Label>,
    /// Its own `direction` line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The id of the subgraph around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The declarations of its `style` lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub style: Vec<String>,
    /// The names of its classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
}

/// A `classDef` line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassDef {
    /// The names it defines, one or more.
    pub names: Vec<String>,
    /// The declarations, as written: `fill:#1a1f35`.
    pub style: Vec<String>,
}

/// A line the model does not hold, kept to the letter and printed back: comments, `click`, `linkStyle`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The line, without its line break.
    pub text: String,
    /// The id of the subgraph it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether it stands before the `graph` line (front matter, directives, opening comments).
    #[serde(default)]
    pub preamble: bool,
}

/// The place of a node: its centre, in pixels at 100 %, x to the right and y down, from the upper left corner of its
/// system's frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Pixels to the right.
    pub x: i32,
    /// Pixels down.
    pub y: i32,
}

/// A flowchart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// The word it opens with.
    #[serde(default)]
    pub keyword: Keyword,
    /// Where it flows to.
    #[serde(default)]
    pub direction: Direction,
    /// Its nodes, in the order in which the text first names them.
    #[serde(default)]
    pub nodes: Vec<Node>,
    /// Its edges, in the order of the text.
    #[serde(default)]
    pub edges: Vec<Edge>,
    /// Its subgraphs, in the order in which the text opens them.
    #[serde(default)]
    pub subgraphs: Vec<Subgraph>,
    /// Its `classDef` lines.
    #[serde(default)]
    pub class_defs: Vec<ClassDef>,
    /// Lines kept to the letter.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// Places by node id: those a person gave, and those of the nodes beside them, which stay where they were.
    #[serde(default)]
    pub positions: Sorted<String, Point>,
}

impl Edge {
    fn open() -> Head {
        Head::Open
    }
    fn one() -> u8 {
        1
    }
}

impl Label {
    /// A label written without quotation marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { raw: text.into(), quoted: false }
    }
}

impl Diagram {
    /// The node of that id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// Whether another one says the same, wherever its nodes stand: the same nodes, edges, subgraphs and classes.
    pub fn says_the_same(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || (self.nodes == other.nodes
                && self.edges == other.edges
                && self.subgraphs == other.subgraphs
                && self.class_defs == other.class_defs)
    }

    /// The first edge, counted from 1, that leads from or to something that is not there, and the id of that.
    pub fn loose_end<'a>(&'a self) -> Option<(usize, &'a str)> {
        let missing = |id: &&str| self.node(id).is_none() && self.subgraph(id).is_none();
        let ends = |edge: &'a Edge| [edge.from.as_str(), edge.to.as_str()].into_iter().find(missing);
        self.edges.iter().enumerate().find_map(|(at, edge)| Some((at + 1, ends(edge)?)))
    }

    /// The subgraph of that id.
    pub fn subgraph(&self, id: &str) -> Option<&Subgraph> {
        self.subgraphs.iter().find(|subgraph| subgraph.id == id)
    }
}
