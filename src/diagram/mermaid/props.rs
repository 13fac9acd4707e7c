//! Properties of nodes and edges, `@{ shape: rounded, label: "text" }`, a writing of Mermaid 11.
//!
//! The model holds a label and one of the classic shapes. The properties are kept to the letter beside it and printed
//! back; what they say of label and shape is what the node is drawn with, until a person changes it.

use super::diagnostic::Fault;
use super::scanner::{Scanner, Source};
use crate::diagram::{Diagram, Label, Node, Shape};

/// What the properties of a node say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Props {
    /// `key: value` pairs in their order.
    pub entries: Vec<(String, String)>,
}

/// The end of the properties that begin here; `None` if none do.
pub(super) fn end(at: Scanner<'_>) -> Result<Option<usize>, Fault> {
    let mut after = at;
    if !after.take("@{") {
        return Ok(None);
    }
    let mut quoted = false;
    while let Some(c) = after.peek().filter(|_| after.at - at.at < 20_000) {
        after.bump();
        match c {
            '"' => quoted = !quoted,
            '}' if !quoted => return Ok(Some(after.at)),
            _ => {}
        }
    }
    Err(Fault::new(at.at, at.at + 2, "The properties that begin with this “@{” are not closed: write “}” behind them.").fix("}"))
}

/// Reads `@{ … }`.
pub(super) fn read(text: &str) -> Props {
    let inside = text.trim().trim_start_matches("@{").trim_end_matches('}');
    let source = Source::new(inside);
    let mut at = source.scanner();
    let mut entries = Vec::new();
    while !at.is_done() {
        at.skip_while(|c| c.is_whitespace() || c == ',');
        let from = at.at;
        let mut quoted = false;
        while let Some(c) = at.peek().filter(|c| quoted || !matches!(c, ',' | '\n')) {
            quoted ^= c == '"';
            at.bump();
        }
        if let Some((key, value)) = at.slice(from, at.at).split_once(':') {
            entries.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Props { entries }
}

impl Props {
    fn get(&self, key: &str) -> Option<&str> {
        let value = &self.entries.iter().rev().find(|(name, _)| name == key)?.1;
        Some(value.trim_matches(|c| c == '"' || c == '\'')).filter(|value| !value.is_empty())
    }

    /// The label they give.
    pub fn label(&self) -> Option<Label> {
        self.get("label").map(|raw| Label { raw: raw.to_owned(), quoted: true })
    }

    /// The name of the shape they give.
    pub fn shape(&self) -> Option<&str> {
        self.get("shape")
    }

    /// The properties without what the node no longer agrees with; `None` if nothing is left.
    fn without_contradictions(mut self, node: &Node) -> Option<Self> {
        let label = self.label().is_some_and(|label| node.label.as_ref() != Some(&label));
        let shape = self.shape().is_some_and(|name| nearest(name) != node.shape);
        self.entries.retain(|(key, _)| !(label && key == "label" || shape && key == "shape"));
        (!self.entries.is_empty()).then_some(self)
    }

    fn print(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("@{{ {} }}", entries.join(", "))
    }
}

/// The id and the properties of a kept line such as `A@{ shape: cloud }`.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let at = line.find("@{")?;
    let (id, props) = line.split_at(at);
    (!id.is_empty() && !id.contains(char::is_whitespace) && !id.starts_with("%%")).then_some((id, props))
}

/// The properties that the kept lines give to a node, the later over the earlier.
pub(super) fn of(diagram: &Diagram, id: &str) -> Props {
    let lines = diagram.kept.iter().filter_map(|kept| split(&kept.text)).filter(|(of, _)| *of == id);
    Props { entries: lines.flat_map(|(_, props)| read(props).entries).collect() }
}

/// A kept line of properties as it must be printed now: as it is while the node agrees with it, without what a person
/// has changed since, or not at all.
pub(super) fn current(diagram: &Diagram, line: &str) -> Option<String> {
    let Some((id, text)) = split(line) else { return Some(line.to_owned()) };
    let Some(node) = diagram.node(id) else { return Some(line.to_owned()) };
    let props = read(text);
    let kept = props.clone().without_contradictions(node)?;
    Some(if kept == props { line.to_owned() } else { format!("{id}{}", kept.print()) })
}

/// The classic shape for a name of Mermaid 11, or the one that comes nearest.
pub(super) fn nearest(name: &str) -> Shape {
    exact(name).unwrap_or(match name {
        "cloud" | "bang" | "curv-trap" | "curved-trapezoid" | "display" | "delay" | "half-rounded-rectangle" => Shape::Round,
        "sm-circ" | "small-circle" | "start" | "f-circ" | "filled-circle" | "junction" | "cross-circ" | "crossed-circle"
        | "summary" => Shape::Circle,
        "fr-circ" | "framed-circle" | "stop" => Shape::Doublecircle,
        "lin-cyl" | "disk" | "lined-cylinder" | "das" | "h-cyl" | "horizontal-cylinder" | "datastore" => Shape::Cylinder,
        "tri" | "triangle" | "extract" | "flip-tri" | "flipped-triangle" | "manual-file" => Shape::Trapezoid,
        "notch-pent" | "loop-limit" | "notched-pentagon" => Shape::Trapezoid,
        _ => Shape::Square,
    })
}

/// The classic shape that a name of Mermaid 11 means.
pub(super) fn exact(name: &str) -> Option<Shape> {
    Some(match name {
        "rect" | "rectangle" | "proc" | "process" | "square" | "squareRect" => Shape::Square,
        "rounded" | "event" | "round" | "roundedRect" => Shape::Round,
        "stadium" | "pill" | "terminal" => Shape::Stadium,
        "fr-rect" | "framed-rectangle" | "subproc" | "subprocess" | "subroutine" => Shape::Subroutine,
        "cyl" | "cylinder" | "database" | "db" => Shape::Cylinder,
        "circle" | "circ" => Shape::Circle,
        "dbl-circ" | "double-circle" | "doublecircle" => Shape::Doublecircle,
        "ellipse" => Shape::Ellipse,
        "odd" => Shape::Odd,
        "diam" | "diamond" | "decision" | "question" => Shape::Diamond,
        "hex" | "hexagon" | "prepare" => Shape::Hexagon,
        "lean-r" | "lean-right" | "in-out" | "lean_right" => Shape::LeanRight,
        "lean-l" | "lean-left" | "out-in" | "lean_left" => Shape::LeanLeft,
        "trap-b" | "trapezoid" | "trapezoid-bottom" | "priority" => Shape::Trapezoid,
        "trap-t" | "inv-trapezoid" | "trapezoid-top" | "manual" | "inv_trapezoid" => Shape::InvTrapezoid,
        _ => return None,
    })
}
