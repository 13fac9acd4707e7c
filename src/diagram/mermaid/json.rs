//! The graph in Mermaid's own terms, as its parser reports it.
//!
//! Entities stand in it as Mermaid notes them while it parses: `#35;` is `ﬂ°°35¶ß`. `TD` is `TB` there; a shape is a name or `null`; an edge has a type (`arrow_point`, `double_arrow_cross`, …), a
//! stroke and a length; subgraphs come in the order in which they end, each with the nodes it owns.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::diagnostic::Diagnostic;
use super::props::Props;
use super::{label, module, outlines, props, sanitize};
use crate::diagram::{Diagram, Direction, Edge, Head, Label, Node, Shape, Stroke, Subgraph};

/// The graph as Mermaid reports it, with our diagnostics.
pub fn json(diagram: &Diagram, diagnostics: &[Diagnostic]) -> Value {
    let edges: Vec<Value> = diagram.edges.iter().map(edge).collect();
    json!({
        "direction": direction(diagram.direction),
        "vertices": vertices(diagram),
        "edges": edges,
        "subgraphs": subgraphs(diagram),
        "diagnostics": diagnostics,
    })
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::TD | Direction::TB => "TB",
        Direction::BT => "BT",
        Direction::LR => "LR",
        Direction::RL => "RL",
    }
}

/// Mermaid also lists a vertex for each subgraph that an edge or a style line names, where it is first named.
fn vertices(diagram: &Diagram) -> Vec<Value> {
    let props = props::by_node(diagram);
    let vertex = |node: &Node| vertex(node, props.get(node.id.as_str()).unwrap_or(&Props::default()));
    let mut vertices: Vec<(&str, Value)> = diagram.nodes.iter().map(|node| (node.id.as_str(), vertex(node))).collect();
    for subgraph in &diagram.subgraphs {
        let place = |id: &String| vertices.iter().position(|(known, _)| known == id);
        let edge = diagram.edges.iter().find(|edge| edge.from == subgraph.id || edge.to == subgraph.id);
        let at = match edge {
            Some(edge) if edge.from == subgraph.id => place(&edge.to),
            Some(edge) => place(&edge.from).map(|from| from + 1),
            None if subgraph.style.is_empty() => continue,
            None => None,
        };
        let named = json!({
            "id": subgraph.id,
            "text": subgraph.id,
            "shape": null,
            "classes": subgraph.classes,
            "styles": subgraph.style,
        });
        vertices.insert(at.unwrap_or(vertices.len()), (&subgraph.id, named));
    }
    vertices.into_iter().map(|(_, vertex)| vertex).collect()
}

fn vertex(node: &Node, props: &Props) -> Value {
    let text = match &node.label {
        Some(label) if props.label().as_ref() == Some(label) => noted(props.text().unwrap_or_default()),
        Some(label) => text(label),
        None if props.is_picture() => String::new(),
        None => node.id.clone(),
    };
    json!({
        "id": node.id,
        "text": text,
        "shape": shape_name(props, node),
        "classes": node.classes,
        "styles": node.style,
    })
}

/// The text as Mermaid holds it: sanitised, without the blanks around it and the backticks of a Markdown string.
fn text(label: &Label) -> String {
    let spoken = label.spoken();
    sanitize::sanitized(&noted(label.markdown().unwrap_or(&spoken).trim()))
}

/// The text with its entities as Mermaid notes them, so that their `;` ends no statement.
fn noted(text: &str) -> String {
    let mut noted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('#') {
        noted.push_str(before);
        let length = behind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(behind.len());
        let (word, after) = behind.split_at(length);
        if let Some(after) = after.strip_prefix(';').filter(|_| !word.is_empty()) {
            let number = if word.bytes().all(|b| b.is_ascii_digit()) { "°" } else { "" };
            noted.extend(["ﬂ°", number, word, "¶ß"]);
            rest = after;
        } else {
            noted.push('#');
            rest = behind;
        }
    }
    noted + rest
}

fn shape_name(props: &Props, node: &Node) -> Value {
    if let Some(name) = props.shape().filter(|name| outlines::nearest(name) == node.shape) {
        return json!(name);
    }
    let bordered = node.label.as_ref().is_some_and(|label| !label.quoted && label::border(&label.raw).is_some());
    match node.shape {
        Shape::Plain => Value::Null,
        Shape::Square if bordered => json!("rect"),
        shape => json!(shape),
    }
}

fn edge(edge: &Edge) -> Value {
    json!({
        "from": edge.from,
        "to": edge.to,
        "text": edge.label.as_ref().map(text).unwrap_or_default(),
        "type": edge_type(edge),
        "stroke": edge.stroke,
        "length": edge.length,
    })
}

fn edge_type(edge: &Edge) -> String {
    let head = match edge.head {
        _ if edge.stroke == Stroke::Invisible => "arrow_open",
        Head::Open => "arrow_open",
        Head::Point => "arrow_point",
        Head::Circle => "arrow_circle",
        Head::Cross => "arrow_cross",
    };
    let double = edge.tail == edge.head && edge.head != Head::Open;
    if double { format!("double_{head}") } else { head.to_owned() }
}

fn subgraphs(diagram: &Diagram) -> Vec<Value> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    ended(diagram, None, &mut seen, &mut order);
    let mut owned: BTreeSet<&str> = BTreeSet::new();
    let mut values = Vec::new();
    for subgraph in order {
        let mut nodes = members(diagram, subgraph);
        nodes.retain(|id| owned.insert(id));
        let title = subgraph.title.as_ref().map_or_else(|| subgraph.id.clone(), text);
        let direction = subgraph.direction.map(module::direction_word);
        values.push(json!({ "id": subgraph.id, "title": title, "nodes": nodes, "direction": direction }));
    }
    values
}

/// Subgraphs in the order in which they end.
fn ended<'a>(diagram: &'a Diagram, parent: Option<&str>, seen: &mut BTreeSet<&'a str>, order: &mut Vec<&'a Subgraph>) {
    for subgraph in diagram.subgraphs.iter().filter(|subgraph| subgraph.parent.as_deref() == parent) {
        if seen.insert(&subgraph.id) {
            ended(diagram, Some(&subgraph.id), seen, order);
            order.push(subgraph);
        }
    }
}

/// What a subgraph owns: the ends of its edges, its nodes and the subgraphs in it, each once. Mermaid lists the end
/// of an edge before its start.
fn members<'a>(diagram: &'a Diagram, subgraph: &'a Subgraph) -> Vec<&'a str> {
    let own = Some(subgraph.id.as_str());
    let mut members: Vec<&str> = Vec::new();
    let ends =
        diagram.edges.iter().filter(|edge| edge.parent.as_deref() == own).flat_map(|edge| [&edge.to, &edge.from]);
    let named = ends.map(String::as_str).filter(|id| {
        let node = diagram.node(id).is_some_and(|node| node.parent.as_deref() == own);
        node || diagram.subgraph(id).is_some()
    });
    let nodes = diagram.nodes.iter().filter(|node| node.parent.as_deref() == own).map(|node| node.id.as_str());
    let inner = diagram.subgraphs.iter().filter(|inner| inner.parent.as_deref() == own).map(|inner| inner.id.as_str());
    for id in named.chain(nodes).chain(inner) {
        if !members.contains(&id) {
            members.push(id);
        }
    }
    members
}
