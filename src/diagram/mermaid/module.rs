//! The Module form: the template's own writing.
//!
//! No indentation, one statement a line, labels as they are written. A label that would not be read back between its
//! delimiters is quoted; an id that would not be read back is renamed.

use super::order::{self, Line};
use super::props::Props;
use super::{id, label, outlines, props, shape, text};
use crate::diagram::sorted::Sorted;
use crate::diagram::{Diagram, Direction, Edge, Head, Keyword, Label, Node, Shape, Stroke};

/// Prints a diagram as the module's template is written: `parse(print_module(d))` is `d`, for every diagram that a
/// text can say.
pub fn print_module(diagram: &Diagram) -> String {
    let writer = Writer::new(diagram);
    order::lines(diagram).iter().map(|line| writer.line(line) + "\n").collect()
}

/// Writes lines in the Module form.
pub(super) struct Writer<'a> {
    diagram: &'a Diagram,
    names: Sorted<&'a str, String>,
    props: Sorted<&'a str, Props>,
}

impl<'a> Writer<'a> {
    /// A writer for this diagram.
    pub fn new(diagram: &'a Diagram) -> Self {
        Self { diagram, names: id::names(diagram, id::readable), props: props::by_node(diagram) }
    }

    /// One line, without its line break.
    pub fn line(&self, line: &Line<'_>) -> String {
        match line {
            Line::Verbatim(text) => match props::split(text) {
                Some((id, props)) => format!("{}{props}", self.name(id)),
                None => text.clone(),
            },
            Line::Comment(text) => comment(text),
            Line::Header => header(self.diagram.keyword, self.diagram.direction),
            Line::Node(node) => self.node(node),
            Line::Open(subgraph) => {
                let name = self.name(&subgraph.id);
                let renamed = (name != subgraph.id).then(|| Label::from_visible(&subgraph.id));
                match subgraph.title.clone().or(renamed) {
                    Some(title) => format!("subgraph {name} [{}]", written(&title, Shape::Square)),
                    None => format!("subgraph {name}"),
                }
            }
            Line::Direction(direction) => format!("direction {}", direction_word(*direction)),
            Line::Edge(edge, from, to) => {
                let from = from.map_or_else(|| self.name(&edge.from).to_owned(), |node| self.node(node));
                let to = to.map_or_else(|| self.name(&edge.to).to_owned(), |node| self.node(node));
                let label = edge.label.as_ref().filter(|label| !label.raw.is_empty());
                let label = label.map(|label| format!("|{}|", piped(label))).unwrap_or_default();
                written_edge(edge, &from, &label, &to)
            }
            Line::Style(id, style) => format!("style {} {}", self.name(id), style.join(",")),
            Line::End => "end".to_owned(),
            Line::ClassDef(class) => format!("classDef {} {}", class.names.join(","), class.style.join(",")),
            Line::Class(ids, name) => {
                let ids: Vec<&str> = ids.iter().map(|id| self.name(id)).collect();
                format!("class {} {name}", ids.join(","))
            }
        }
    }

    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn node(&self, node: &Node) -> String {
        let name = self.name(&node.id);
        let props = self.props.get(node.id.as_str());
        // What the kept properties of the node say is not written twice.
        let label = node.label.clone().filter(|label| props.and_then(Props::label).as_ref() != Some(label));
        let label = label.or_else(|| (name != node.id).then(|| Label::from_visible(&node.id)));
        let said = props.and_then(Props::shape).is_some_and(|name| outlines::nearest(name) == node.shape);
        if label.is_none() && (said || node.shape == Shape::Plain) {
            return name.to_owned();
        }
        let label = label.unwrap_or_else(|| Label::from_visible(&node.id));
        let shape = if node.shape == Shape::Plain { Shape::Square } else { node.shape };
        let (open, close) = shape::delimiters(shape);
        format!("{name}{open}{}{close}", written(&label, shape))
    }
}

/// `graph TD`
pub(super) fn header(keyword: Keyword, direction: Direction) -> String {
    let keyword = match keyword {
        Keyword::Graph => "graph",
        Keyword::Flowchart => "flowchart",
    };
    format!("{keyword} {}", direction_word(direction))
}

/// A direction as it is written.
pub(super) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::TD => "TD",
        Direction::TB => "TB",
        Direction::BT => "BT",
        Direction::LR => "LR",
        Direction::RL => "RL",
    }
}

/// Each line of a text as a comment.
pub(super) fn comment(text: &str) -> String {
    let lines =
        text.lines().map(str::trim).map(|line| if line.is_empty() { EMPTY.to_owned() } else { format!("%% {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// A comment without a word: Mermaid takes `%%` alone for a node.
pub(super) const EMPTY: &str = "%%%";

/// An edge between what is written for its ends. Mermaid draws no head at the start alone, so an edge that has only
/// that is written from its other end.
pub(super) fn written_edge(edge: &Edge, from: &str, label: &str, to: &str) -> String {
    let backwards = edge.head == Head::Open && edge.tail != Head::Open && edge.stroke != Stroke::Invisible;
    let (start, end) = if backwards { (to, from) } else { (from, to) };
    format!("{start} {}{label} {end}", arrow(edge))
}

/// The arrow of an edge, without its label.
pub(super) fn arrow(edge: &Edge) -> String {
    let length = usize::from(edge.length.clamp(1, 10));
    let (tail, head) = match (edge.tail, edge.head) {
        (tail, Head::Open) => ("", sign(tail, ">")),
        (tail, head) if tail == head => (sign(tail, "<"), sign(head, ">")),
        (_, head) => ("", sign(head, ">")),
    };
    let body = |dash: &str| dash.repeat(length + if head.is_empty() { 2 } else { 1 });
    match edge.stroke {
        Stroke::Normal => format!("{tail}{}{head}", body("-")),
        Stroke::Thick => format!("{tail}{}{head}", body("=")),
        Stroke::Dotted => format!("{tail}-{}-{head}", ".".repeat(length)),
        Stroke::Invisible => "~".repeat(length + 2),
    }
}

fn sign(head: Head, point: &'static str) -> &'static str {
    match head {
        Head::Open => "",
        Head::Point => point,
        Head::Circle => "o",
        Head::Cross => "x",
    }
}

fn written(label: &Label, shape: Shape) -> String {
    if !label.quoted && shape::stands_unquoted(shape, &label.raw) { label.raw.clone() } else { quoted(label) }
}

fn piped(label: &Label) -> String {
    if !label.quoted && text::stands_unquoted(&label.raw, "|", "|") { label.raw.clone() } else { quoted(label) }
}

fn quoted(label: &Label) -> String {
    let border = label::border(&label.raw).filter(|_| !label.quoted);
    let raw = border.map_or(label.raw.as_str(), |(_, rest)| rest);
    format!("\"{}\"", raw.replace('"', "#quot;").replace('\r', ""))
}
