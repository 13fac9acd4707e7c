//! The order in which a diagram is printed, one line at a time, for both writers.
//!
//! ```text
//! what stands before the graph
//! graph TD
//! nodes with a line of their own      ┐
//! subgraphs, each the same inside     │ per scope
//! edges, each node defined at its     │
//!   first mention                     │
//! kept lines, style lines             ┘
//! classDef, class
//! ```
//!
//! Subgraphs stand before the edges of the scope around them, so that a node is defined where it belongs, and Mermaid,
//! which gives a node to the subgraph that ends first, reads the same membership back. An edge written in a scope
//! that would take a node away from its own subgraph is printed in the next scope that does not.

use super::{module, props, statement};
use crate::diagram::sorted::Sorted;
use crate::diagram::{ClassDef, Diagram, Direction, Edge, Node, Subgraph};

/// A line to print.
pub(super) enum Line<'a> {
    /// A line as it is.
    Verbatim(String),
    /// A line of the person's own that is no statement of its own; printed as a comment.
    Comment(String),
    /// `graph TD`
    Header,
    /// A node with a line of its own.
    Node(&'a Node),
    /// `subgraph id [title]`
    Open(&'a Subgraph),
    /// `direction LR`
    Direction(Direction),
    /// An edge, and which of its ends are defined in it.
    Edge(&'a Edge, Option<&'a Node>, Option<&'a Node>),
    /// A `style` line.
    Style(&'a str, &'a [String]),
    /// `end`
    End,
    /// A `classDef` line.
    ClassDef(&'a ClassDef),
    /// `class A,B name`
    Class(Vec<&'a str>, &'a str),
}

/// The lines of a diagram.
pub(super) fn lines(diagram: &Diagram) -> Vec<Line<'_>> {
    let mut plan = Plan::new(diagram);
    plan.preamble();
    plan.lines.push(Line::Header);
    plan.scope(None);
    plan.classes();
    plan.renumber();
    plan.lines
}

/// A subgraph by its index, or the diagram itself.
type Scope = Option<usize>;

struct Plan<'a> {
    diagram: &'a Diagram,
    subgraphs: Sorted<&'a str, usize>,
    nodes: Sorted<&'a str, usize>,
    /// The scope around each subgraph.
    around: Vec<Scope>,
    /// The place of each subgraph among those that end.
    ends: Vec<usize>,
    node_scopes: Vec<Scope>,
    edge_scopes: Vec<Scope>,
    /// Whether each node has been defined.
    defined: Vec<bool>,
    printed_edges: Vec<usize>,
    lines: Vec<Line<'a>>,
}

impl<'a> Plan<'a> {
    fn new(diagram: &'a Diagram) -> Self {
        let mut subgraphs = Sorted::default();
        for (index, subgraph) in diagram.subgraphs.iter().enumerate() {
            subgraphs.or_insert_with(subgraph.id.as_str(), || index);
        }
        let mut nodes = Sorted::default();
        for (index, node) in diagram.nodes.iter().enumerate() {
            nodes.or_insert_with(node.id.as_str(), || index);
        }
        let mut plan = Self {
            diagram,
            subgraphs,
            nodes,
            around: Vec::new(),
            ends: vec![0; diagram.subgraphs.len()],
            node_scopes: Vec::new(),
            edge_scopes: Vec::new(),
            defined: vec![false; diagram.nodes.len()],
            printed_edges: Vec::new(),
            lines: Vec::new(),
        };
        plan.around = (0..diagram.subgraphs.len()).map(|index| plan.sound_parent(index)).collect();
        plan.count_ends(None, &mut 0);
        plan.node_scopes = diagram.nodes.iter().map(|node| plan.find(node.parent.as_deref())).collect();
        plan.edge_scopes = diagram.edges.iter().map(|edge| plan.edge_scope(edge)).collect();
        plan
    }

    fn find(&self, id: Option<&str>) -> Scope {
        id.and_then(|id| self.subgraphs.get(id)).copied()
    }

    /// The scope around a subgraph; the diagram itself if its parents run in a circle or too deep.
    fn sound_parent(&self, index: usize) -> Scope {
        let parent_of = |index: usize| self.find(self.diagram.subgraphs[index].parent.as_deref());
        let mut above = parent_of(index);
        for _ in 0..64 {
            match above {
                None => return parent_of(index),
                Some(at) if at == index => return None,
                Some(at) => above = parent_of(at),
            }
        }
        None
    }

    fn inside(&self, scope: Scope) -> Vec<usize> {
        (0..self.around.len()).filter(|index| self.around[*index] == scope).collect()
    }

    fn count_ends(&mut self, scope: Scope, count: &mut usize) {
        for index in self.inside(scope) {
            self.count_ends(Some(index), count);
            self.ends[index] = *count;
            *count += 1;
        }
    }

    /// The scope an edge is printed in: its own, or the next around it that leaves both ends where they belong.
    fn edge_scope(&self, edge: &Edge) -> Scope {
        let mut scope = self.find(edge.parent.as_deref());
        while let Some(at) = scope {
            let stays = |id: &String| match self.home(id) {
                None => true,
                Some(None) => false,
                Some(Some(home)) => home == at || self.ends[home] < self.ends[at],
            };
            if stays(&edge.from) && stays(&edge.to) {
                break;
            }
            scope = self.around[at];
        }
        scope
    }

    /// The scope that the end of an edge belongs to; `None` if nothing of that id is there.
    fn home(&self, id: &str) -> Option<Scope> {
        let subgraph = self.subgraphs.get(id).map(|index| self.around[*index]);
        subgraph.or_else(|| self.nodes.get(id).map(|index| self.node_scopes[*index]))
    }

    fn preamble(&mut self) {
        let lines: Vec<&str> =
            self.diagram.kept.iter().filter(|kept| kept.preamble).map(|kept| kept.text.as_str()).collect();
        let fenced = lines.first() == Some(&"---");
        let front_matter =
            if fenced { lines.iter().skip(1).position(|line| *line == "---").map_or(0, |at| at + 2) } else { 0 };
        for (index, line) in lines.iter().enumerate() {
            let printed = if index < front_matter && !line.contains('\n') {
                Line::Verbatim((*line).to_owned())
            } else {
                kept(line)
            };
            self.lines.push(printed);
        }
    }

    fn scope(&mut self, scope: Scope) {
        let diagram = self.diagram;
        let edges: Vec<usize> = (0..diagram.edges.len()).filter(|index| self.edge_scopes[*index] == scope).collect();
        let nodes: Vec<usize> = (0..diagram.nodes.len())
            .filter(|index| {
                self.node_scopes[*index] == scope && self.nodes.get(&diagram.nodes[*index].id) == Some(index)
            })
            .collect();
        let mut in_edges = vec![false; diagram.nodes.len()];
        for edge in edges.iter().map(|index| &diagram.edges[*index]) {
            for index in [&edge.from, &edge.to].into_iter().filter_map(|id| self.nodes.get(id)) {
                in_edges[*index] = true;
            }
        }
        for index in &nodes {
            let node = &diagram.nodes[*index];
            if node.alone || !in_edges[*index] {
                self.defined[*index] = true;
                self.lines.push(Line::Node(node));
            }
        }
        let inside = self.inside(scope);
        for index in &inside {
            self.subgraph(*index);
        }
        for index in edges {
            self.edge(index);
        }
        for line in diagram.kept.iter().filter(|kept| !kept.preamble) {
            // Edges are counted from the start of the text, so what counts them stands behind all of them.
            let parent = line.parent.as_deref().filter(|_| !line.text.starts_with("linkStyle"));
            if self.find(parent) == scope {
                self.lines.extend(self.current(&line.text).map(|text| kept(&text)));
            }
        }
        for node in nodes.iter().map(|index| &diagram.nodes[*index]).filter(|node| !node.style.is_empty()) {
            self.lines.push(Line::Style(&node.id, &node.style));
        }
        for subgraph in
            inside.iter().map(|index| &diagram.subgraphs[*index]).filter(|subgraph| !subgraph.style.is_empty())
        {
            self.lines.push(Line::Style(&subgraph.id, &subgraph.style));
        }
    }

    fn current(&self, line: &str) -> Option<String> {
        let node = props::split(line).and_then(|(id, _)| self.nodes.get(id)).map(|index| &self.diagram.nodes[*index]);
        node.map_or_else(|| Some(line.to_owned()), |node| props::current(line, node))
    }

    fn subgraph(&mut self, index: usize) {
        let subgraph = &self.diagram.subgraphs[index];
        self.lines.push(Line::Open(subgraph));
        self.lines.extend(subgraph.direction.map(Line::Direction));
        self.scope(Some(index));
        self.lines.push(Line::End);
    }

    fn edge(&mut self, index: usize) {
        let edge = &self.diagram.edges[index];
        let from = self.define(&edge.from);
        let to = self.define(&edge.to);
        self.printed_edges.push(index);
        self.lines.push(Line::Edge(edge, from, to));
    }

    /// The node of that id, if it has not been defined yet.
    fn define(&mut self, id: &'a str) -> Option<&'a Node> {
        let index = *self.nodes.get(id)?;
        let known = std::mem::replace(&mut self.defined[index], true);
        (!known).then(|| &self.diagram.nodes[index])
    }

    /// Every node's first class, then every node's second class, each grouped by class, so that a node reads its
    /// classes back in their order.
    fn classes(&mut self) {
        let diagram = self.diagram;
        self.lines.extend(diagram.class_defs.iter().map(Line::ClassDef));
        let subgraphs = diagram.subgraphs.iter().map(|subgraph| (subgraph.id.as_str(), &subgraph.classes));
        let nodes = diagram.nodes.iter().map(|node| (node.id.as_str(), &node.classes));
        let members: Vec<_> = nodes.chain(subgraphs).collect();
        let rounds = members.iter().map(|(_, classes)| classes.len()).max().unwrap_or(0);
        for round in 0..rounds {
            let classed = || members.iter().filter_map(|(id, classes)| Some((*id, classes.get(round)?.as_str())));
            let defined = diagram.class_defs.iter().flat_map(|class| class.names.iter().map(String::as_str));
            let mut names: Vec<&str> = Vec::new();
            for name in defined.chain(classed().map(|(_, name)| name)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            for name in names {
                let ids: Vec<&str> = classed().filter(|(_, class)| *class == name).map(|(id, _)| id).collect();
                if !ids.is_empty() {
                    self.lines.push(Line::Class(ids, name));
                }
            }
        }
    }

    /// `linkStyle` counts edges in the order of the text, so it must follow them.
    fn renumber(&mut self) {
        let mut place = vec![0; self.diagram.edges.len()];
        for (printed, index) in self.printed_edges.iter().enumerate() {
            place[*index] = printed;
        }
        for line in &mut self.lines {
            if let Line::Verbatim(text) = line
                && text.starts_with("linkStyle")
            {
                *line = renumbered(text, &place).map_or_else(|| Line::Comment(text.clone()), Line::Verbatim);
            }
        }
    }
}

/// The line with its edges at their places; `None` if it names an edge that is not there.
fn renumbered(line: &str, place: &[usize]) -> Option<String> {
    let (numbers, rest) = line.strip_prefix("linkStyle")?.trim_start().split_once(char::is_whitespace)?;
    if numbers == "default" {
        return Some(line.to_owned());
    }
    let moved: Option<Vec<String>> =
        numbers.split(',').map(|number| Some(place.get(number.parse::<usize>().ok()?)?.to_string())).collect();
    Some(format!("linkStyle {} {rest}", moved?.join(",")))
}

/// A kept line as it is if it is a statement in itself; otherwise as a comment, so that it disturbs no other line.
fn kept(text: &str) -> Line<'static> {
    if text == "%%" {
        return Line::Verbatim(module::EMPTY.to_owned());
    }
    if statement::stands_alone(text) { Line::Verbatim(text.to_owned()) } else { Line::Comment(text.to_owned()) }
}
