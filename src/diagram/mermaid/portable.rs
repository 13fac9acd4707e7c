//! The Portable form: the same lines as the Module form, written so that every Mermaid from 8 to 12 draws them with
//! the same visible text.
//!
//! Measured with 8.14.0, 9.4.3, 10.9.3, 11.4.1, 11.17.2 and 12.3.0 in a real browser. Beyond labels and ids: 8.14
//! refuses `(((…)))`, 9.4 to 12 fall over `(-…-)`, 8 and 9 do not know `~~~`, and 8.14 draws an edge to a subgraph only
//! under `flowchart`.

use super::order::{self, Line};
use super::{escape, id, module, shape, strict};
use crate::diagram::sorted::Sorted;
use crate::diagram::{Diagram, Edge, Keyword, Label, Node, Shape, Stroke};

/// Prints a diagram for every Mermaid from 8 to 12: each label quoted and escaped, each id one that no version trips
/// over, and what some version does not know left as a comment. Its lines stand beside those of
/// [`super::print_module`]; see [`super::side_by_side`].
pub fn print_portable(diagram: &Diagram) -> String {
    let writer = Writer::new(diagram);
    order::lines(diagram).iter().map(|line| writer.line(line) + "\n").collect()
}

/// Writes lines in the Portable form.
pub(super) struct Writer<'a> {
    diagram: &'a Diagram,
    names: Sorted<&'a str, String>,
}

impl<'a> Writer<'a> {
    /// A writer for this diagram.
    pub fn new(diagram: &'a Diagram) -> Self {
        Self { diagram, names: id::names(diagram, id::portable) }
    }

    /// One line, without its line break.
    pub fn line(&self, line: &Line<'_>) -> String {
        match line {
            Line::Verbatim(text) if self.is_portable(text) => text.clone(),
            Line::Verbatim(text) | Line::Comment(text) => module::comment(text),
            Line::Header => module::header(self.keyword(), self.diagram.direction),
            Line::Node(node) => self.node(node),
            Line::Open(subgraph) => {
                let title = subgraph.title.as_ref().map_or_else(|| subgraph.id.clone(), Label::visible);
                format!("subgraph {} [\"{}\"]", self.name(&subgraph.id), escape::portable(&title))
            }
            Line::Direction(direction) => format!("direction {}", module::direction_word(*direction)),
            Line::Edge(edge, from, to) => self.edge(edge, *from, *to),
            Line::Style(id, style) => portable_style(style, &format!("style {} {}", self.name(id), style.join(","))),
            Line::End => "end".to_owned(),
            Line::ClassDef(class) => {
                portable_style(&class.style, &format!("classDef {} {}", class.names.join(","), class.style.join(",")))
            }
            Line::Class(ids, name) => {
                let ids: Vec<&str> = ids.iter().map(|id| self.name(id)).collect();
                format!("class {} {name}", ids.join(","))
            }
        }
    }

    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn keyword(&self) -> Keyword {
        let named = |id: &String| self.diagram.subgraph(id).is_some();
        let to_subgraph = self.diagram.edges.iter().any(|edge| named(&edge.from) || named(&edge.to));
        if to_subgraph { Keyword::Flowchart } else { self.diagram.keyword }
    }

    /// Whether a kept line means the same to every version: comments, and `linkStyle` while its numbers do.
    fn is_portable(&self, text: &str) -> bool {
        let counted = !self.diagram.edges.iter().any(|edge| edge.stroke == Stroke::Invisible);
        let plain_style = strict::declarations(&[text.to_owned()]).is_none();
        let comment = text.starts_with("%%") && (!text.starts_with("%%{") || text.ends_with("}%%"));
        comment || text.starts_with("linkStyle") && counted && plain_style
    }

    fn node(&self, node: &Node) -> String {
        let name = self.name(&node.id);
        if node.label.is_none() && node.shape == Shape::Plain && name == node.id {
            return name.to_owned();
        }
        let visible = node.label.as_ref().map_or_else(|| node.id.clone(), Label::visible);
        let (open, close) = shape::delimiters(match node.shape {
            Shape::Plain => Shape::Square,
            Shape::Ellipse => Shape::Stadium,
            Shape::Doublecircle => Shape::Circle,
            shape => shape,
        });
        format!("{name}{open}\"{}\"{close}", escape::portable(&visible))
    }

    fn edge(&self, edge: &Edge, from: Option<&Node>, to: Option<&Node>) -> String {
        let named =
            |id: &str, node: Option<&Node>| node.map_or_else(|| self.name(id).to_owned(), |node| self.node(node));
        let (start, end) = (named(&edge.from, from), named(&edge.to, to));
        let visible = edge.label.as_ref().map(Label::visible).unwrap_or_default();
        let label =
            if visible.trim().is_empty() { String::new() } else { format!("|\"{}\"|", escape::portable(&visible)) };
        if edge.stroke == Stroke::Invisible {
            return match (from, to) {
                (None, None) => module::comment(&format!("{start} {} {end}", module::arrow(edge))),
                (Some(_), None) => start,
                (None, Some(_)) => end,
                (Some(_), Some(_)) => format!("{start} & {end}"),
            };
        }
        module::written_edge(edge, &start, &label, &end)
    }
}

/// A style line, or a comment if some version refuses it.
fn portable_style(style: &[String], line: &str) -> String {
    let refused = strict::declarations(style).is_some() || style.iter().any(|piece| piece.contains(';'));
    if refused { module::comment(line) } else { line.to_owned() }
}
