//! The diagram while its text is being read.
//!
//! Statements are applied in the order of the text. Which subgraph a node belongs to is decided as Mermaid does it:
//! when a subgraph ends, it takes every node mentioned in its body that no subgraph which ended before has taken. That
//! goes for subgraphs too: one that an edge names belongs to the subgraph around that edge.

mod settle;

use super::arrow::{Link, Remarks};
use super::chain::{Chain, Mention};
use super::diagnostic::{Fault, Severity};
use super::place::Place;
use super::statement::Statement;
use super::{outlines, props};
use crate::diagram::sorted::Sorted;
use crate::diagram::{Diagram, Edge, Kept, Label, Node, Part, Shape, Subgraph};

/// More edges than any page could draw; Mermaid itself stops at 500.
const MOST_EDGES: usize = 5_000;
/// Deeper than any page could draw.
const DEEPEST: usize = 60;

struct Frame {
    id: String,
    at: usize,
    mentioned: Vec<String>,
}

struct ClassLine {
    ids: Vec<String>,
    name: String,
    span: (usize, usize),
}

/// A diagram under construction.
#[derive(Default)]
pub(super) struct Builder {
    /// What has been read so far.
    pub diagram: Diagram,
    /// What is to be said of it.
    pub remarks: Remarks,
    nodes: Sorted<String, usize>,
    stack: Vec<Frame>,
    owners: Sorted<String, String>,
    edge_ids: Sorted<String, ()>,
    /// Where each label stands, and whose it is.
    labelled: Vec<(String, (usize, usize))>,
    classes: Vec<ClassLine>,
    ended: usize,
    numbered: Sorted<String, String>,
    places: Vec<Place>,
}

impl Builder {
    /// Applies a statement; `text` is how it is written, `span` where.
    pub fn apply(&mut self, statement: Statement, text: &str, span: (usize, usize)) -> Result<(), Fault> {
        match statement {
            Statement::Chain(chain) => self.chain(chain, span)?,
            Statement::Open { id, title } => self.open(id, title, span)?,
            Statement::End if self.stack.is_empty() => {
                return Err(Fault::new(
                    span.0,
                    span.1,
                    "This “end” closes nothing: no subgraph is open here. Take it out.",
                ));
            }
            Statement::End => self.close(span.1),
            Statement::Direction(direction) => {
                let scope = self.scope();
                match self.diagram.subgraphs.iter_mut().find(|subgraph| Some(&subgraph.id) == scope.as_ref()) {
                    Some(subgraph) => subgraph.direction = Some(direction),
                    None => self.keep(text.to_owned()),
                }
            }
            Statement::Style(id, _) if self.edge_ids.contains(&id) => self.of_edge(&id, text, span),
            Statement::Style(id, style) => {
                self.node(&id, true).style.extend(style);
                self.place(Part::Node(id), span);
            }
            Statement::ClassDef(class) => self.diagram.class_defs.push(class),
            Statement::Class(ids, name) => self.classes.push(ClassLine { ids, name, span }),
            Statement::LinkStyle(numbers) => {
                let edges = self.diagram.edges.len();
                if let Some(number) = numbers.iter().find(|number| **number >= edges) {
                    let message = format!(
                        "There is no edge {number} yet: edges count from 0, and {edges} are drawn before this line."
                    );
                    return Err(Fault::new(span.0, span.1, message));
                }
                self.diagram.kept.push(Kept { text: text.to_owned(), parent: None, preamble: false });
            }
            Statement::Kept => self.keep(text.to_owned()),
        }
        Ok(())
    }

    fn place(&mut self, part: Part, (from, to): (usize, usize)) {
        self.places.push(Place { part, span: from..to });
    }

    /// Keeps a line to the letter in the scope that is open.
    pub fn keep(&mut self, text: String) {
        let parent = self.scope();
        self.diagram.kept.push(Kept { text, parent, preamble: false });
    }

    fn scope(&self) -> Option<String> {
        self.stack.last().map(|frame| frame.id.clone())
    }

    fn chain(&mut self, chain: Chain, span: (usize, usize)) -> Result<(), Fault> {
        let Chain { groups, links } = chain;
        let between = groups.iter().zip(groups.iter().skip(1));
        let edges: usize = between.map(|(from, to)| from.len().saturating_mul(to.len())).sum();
        if self.diagram.edges.len() + edges > MOST_EDGES {
            let message =
                format!("That makes more than {MOST_EDGES} edges, which no page can draw. Split the diagram.");
            return Err(Fault::new(span.0, span.1, message));
        }
        if let [only] = groups.as_slice()
            && let [mention] = only.as_slice()
            && self.edge_ids.contains(&mention.id)
        {
            let text: Vec<&str> = mention.props.iter().flat_map(|props| props.split_whitespace()).collect();
            self.of_edge(&mention.id, &format!("{}{}", mention.id, text.join(" ")), span);
            return Ok(());
        }
        let spans: Vec<(usize, usize)> = groups.iter().map(|group| around(group)).collect();
        let ids: Vec<Vec<String>> = groups.iter().map(|group| group.iter().map(|m| m.id.clone()).collect()).collect();
        let alone = links.is_empty();
        for mention in groups.into_iter().flatten() {
            self.mention(mention, alone);
        }
        for (at, (link, ends)) in links.iter().zip(ids.windows(2)).enumerate() {
            if let Some(id) = &link.id {
                self.edge_ids.insert(id.clone(), ());
            }
            let pairs = ends[0].iter().flat_map(|from| ends[1].iter().map(move |to| (from, to)));
            for (from, to) in pairs {
                let edge = self.edge(link, from, to);
                self.place(Part::Edge(self.diagram.edges.len()), (spans[at].0, spans[at + 1].1));
                self.diagram.edges.push(edge);
            }
        }
        Ok(())
    }

    fn edge(&self, link: &Link, from: &str, to: &str) -> Edge {
        Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            label: link.label.clone(),
            stroke: link.stroke,
            tail: link.tail,
            head: link.head,
            length: link.length,
            parent: self.scope(),
        }
    }

    /// Keeps what the text says of an edge by its id, which the edge does not keep.
    fn of_edge(&mut self, id: &str, text: &str, span: (usize, usize)) {
        let message = format!("What this says of the edge “{id}” is kept as a comment and not drawn.");
        self.remarks.push((Severity::Warning, Fault::new(span.0, span.1, message)));
        self.keep(format!("%% {text}"));
    }

    /// The node of that id, made if it is new.
    fn node(&mut self, id: &str, alone: bool) -> &mut Node {
        let next = self.diagram.nodes.len();
        let index = *self.nodes.or_insert_with(id.to_owned(), || next);
        if index == next {
            self.diagram.nodes.push(Node {
                id: id.to_owned(),
                label: None,
                shape: Shape::Plain,
                style: Vec::new(),
                classes: Vec::new(),
                parent: None,
                alone,
            });
        }
        &mut self.diagram.nodes[index]
    }

    fn mention(&mut self, mention: Mention, alone: bool) {
        if let Some(frame) = self.stack.last_mut() {
            frame.mentioned.push(mention.id.clone());
        }
        self.place(Part::Node(mention.id.clone()), mention.span);
        let node = self.node(&mention.id, alone);
        for class in mention.classes {
            if !node.classes.contains(&class) {
                node.classes.push(class);
            }
        }
        if let Some(label) = mention.label {
            node.label = Some(label);
            node.shape = mention.shape;
            self.labelled.push((mention.id.clone(), mention.span));
        }
        for text in mention.props {
            self.node_props(&mention.id, &text, mention.span);
        }
    }

    fn node_props(&mut self, id: &str, text: &str, span: (usize, usize)) {
        let said = props::read(text);
        let node = self.node(id, true);
        if let Some(label) = said.label() {
            node.label = Some(label);
        }
        if let Some(name) = said.shape() {
            node.shape = outlines::nearest(name);
            if let Some(name) = props::drawn_otherwise(&said) {
                let drawn = props::drawn_as(name);
                let message = format!(
                    "The shape “{name}” is kept in the text; here it is drawn as {drawn}, which comes nearest."
                );
                self.remarks.push((Severity::Warning, Fault::new(span.0, span.1, message)));
            }
        }
        self.keep(format!("{id}{text}"));
    }

    fn open(&mut self, id: Option<String>, title: Option<Label>, span: (usize, usize)) -> Result<(), Fault> {
        if self.stack.len() >= DEEPEST {
            let message =
                format!("Subgraphs nest deeper than {DEEPEST} here, which no page can draw. Take one level out.");
            return Err(Fault::new(span.0, span.1, message));
        }
        // Mermaid numbers a subgraph without an id when it ends; until then it has a name that no text can hold.
        let id = id.unwrap_or_else(|| format!("\0{}", span.0));
        let parent = self.scope();
        match self.diagram.subgraphs.iter_mut().find(|subgraph| subgraph.id == id) {
            Some(known) => {
                let message = format!("There already is a subgraph “{id}”; what stands here is added to it.");
                self.remarks.push((Severity::Warning, Fault::new(span.0, span.1, message)));
                known.title = title.or(known.title.take());
            }
            None => self.diagram.subgraphs.push(Subgraph {
                id: id.clone(),
                title,
                direction: None,
                parent,
                style: Vec::new(),
                classes: Vec::new(),
            }),
        }
        self.stack.push(Frame { id, at: span.0, mentioned: Vec::new() });
        Ok(())
    }

    /// The id Mermaid gives to a subgraph that has only a title.
    fn free_id(&self) -> String {
        let mut candidates = (self.ended..).map(|number| format!("subGraph{number}"));
        let is_free =
            |id: &String| self.diagram.subgraph(id).is_none() && !self.numbered.values().any(|taken| taken == id);
        candidates.find(is_free).unwrap_or_default()
    }

    /// Ends the innermost subgraph, at that place of the text.
    fn close(&mut self, at: usize) {
        let Some(frame) = self.stack.pop() else { return };
        self.place(Part::Subgraph(frame.id.clone()), (frame.at, at));
        if frame.id.starts_with('\0') {
            let id = self.free_id();
            self.numbered.insert(frame.id.clone(), id);
        }
        for id in frame.mentioned {
            if id != frame.id {
                self.owners.or_insert_with(id, || frame.id.clone());
            }
        }
        if let Some(around) = self.stack.last_mut() {
            around.mentioned.push(frame.id);
        }
        self.ended += 1;
    }

    /// Closes what is open and settles what could only be known at the end.
    pub fn finish(mut self) -> (Diagram, Remarks, Vec<Place>) {
        while let Some(frame) = self.stack.last() {
            let frame_end = frame.at + "subgraph".len();
            let message = "This subgraph is never closed: write “end” behind its last line.";
            self.remarks.push((Severity::Error, Fault::new(frame.at, frame_end, message).fix("end")));
            self.close(frame_end);
        }
        self.settle();
        (self.diagram, self.remarks, self.places)
    }
}

/// The span of the nodes that `&` joins.
fn around(group: &[Mention]) -> (usize, usize) {
    let ends = group.first().zip(group.last());
    ends.map_or((0, 0), |(first, last)| (first.span.0, last.span.1))
}
