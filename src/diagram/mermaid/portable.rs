//! The Portable form: the same lines as the Module form, written so that every Mermaid from 8 to 12 draws them with
//! the same visible text.

use std::collections::BTreeMap;

use super::order::{self, Line};
use super::{escape, id, module, shape};
use crate::diagram::{Diagram, Edge, Label, Node, Shape};

/// Prints a diagram for every Mermaid from 8 to 12: each label quoted and escaped, each id one that no version trips
/// over, and what some version does not know left as a comment. Line by line beside [`super::print_module`].
pub fn print_portable(diagram: &Diagram) -> String {
    let writer = Writer { diagram, names: id::names(diagram, id::portable) };
    let mut printed = String::new();
    for line in order::lines(diagram) {
        printed.push_str(&writer.line(&line));
        printed.push('\n');
    }
    printed
}

struct Writer<'a> {
    diagram: &'a Diagram,
    names: BTreeMap<&'a str, String>,
}

impl Writer<'_> {
    fn line(&self, line: &Line<'_>) -> String {
        match line {
            Line::Verbatim(text) if text.starts_with("%%") => text.clone(),
            Line::Verbatim(text) | Line::Comment(text) => module::comment(text),
            Line::Header => module::header(self.diagram),
            Line::Node(node) => self.node(node),
            Line::Open(subgraph) => {
                let title = subgraph.title.as_ref().map_or_else(|| subgraph.id.clone(), Label::visible);
                format!("subgraph {} [\"{}\"]", self.name(&subgraph.id), escape::portable(&title))
            }
            Line::Direction(direction) => format!("direction {}", module::direction_word(*direction)),
            Line::Edge(edge, from, to) => self.edge(edge, *from, *to),
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
        if node.label.is_none() && node.shape == Shape::Plain && name == node.id {
            return name.to_owned();
        }
        let visible = node.label.as_ref().map_or_else(|| node.id.clone(), Label::visible);
        let (open, close) = shape::delimiters(if node.shape == Shape::Plain { Shape::Square } else { node.shape });
        format!("{name}{open}\"{}\"{close}", escape::portable(&visible))
    }

    fn edge(&self, edge: &Edge, from: Option<&Node>, to: Option<&Node>) -> String {
        let from = from.map_or_else(|| self.name(&edge.from).to_owned(), |node| self.node(node));
        let to = to.map_or_else(|| self.name(&edge.to).to_owned(), |node| self.node(node));
        let visible = edge.label.as_ref().map(Label::visible).unwrap_or_default();
        let label = if visible.trim().is_empty() { String::new() } else { format!("|\"{}\"|", escape::portable(&visible)) };
        format!("{from} {}{label} {to}", module::arrow(edge))
    }
}
