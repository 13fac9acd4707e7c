//! What can only be known once the whole text has been read.

use super::{Builder, ClassLine};
use crate::diagram::mermaid::diagnostic::{Fault, Severity};
use crate::diagram::mermaid::place::Place;
use crate::diagram::mermaid::props;
use crate::diagram::{Diagram, Kept, Part};

impl Builder {
    /// Settles it.
    pub(super) fn settle(&mut self) {
        self.settle_numbers();
        self.settle_parents();
        self.settle_classes();
        self.settle_writing();
        self.give_way_to_subgraphs();
    }

    /// Gives the subgraphs that have only a title the ids they were numbered with.
    fn settle_numbers(&mut self) {
        let rename = |id: &mut String| {
            if let Some(number) = self.numbered.get(id.as_str()) {
                id.clone_from(number);
            }
        };
        let Diagram { subgraphs, edges, kept, .. } = &mut self.diagram;
        for subgraph in subgraphs {
            rename(&mut subgraph.id);
            subgraph.parent.as_mut().map(rename);
        }
        for place in &mut self.places {
            if let Part::Subgraph(id) = &mut place.part {
                rename(id);
            }
        }
        edges.iter_mut().filter_map(|edge| edge.parent.as_mut()).for_each(rename);
        kept.iter_mut().filter_map(|kept| kept.parent.as_mut()).for_each(rename);
        for (mut id, mut owner) in std::mem::take(&mut self.owners) {
            rename(&mut id);
            rename(&mut owner);
            self.owners.insert(id, owner);
        }
    }

    fn settle_parents(&mut self) {
        for node in &mut self.diagram.nodes {
            node.parent = self.owners.get(&node.id).cloned();
        }
        for index in 0..self.diagram.subgraphs.len() {
            let owner = self.owners.get(&self.diagram.subgraphs[index].id).cloned();
            if owner.as_ref().is_some_and(|owner| !self.is_inside(owner, index)) {
                self.diagram.subgraphs[index].parent = owner;
            }
        }
        for kept in &mut self.diagram.kept {
            if let Some(node) = props::split(&kept.text).and_then(|(id, _)| self.nodes.get(id)) {
                kept.parent.clone_from(&self.diagram.nodes[*node].parent);
            }
        }
    }

    /// Whether the subgraph `inner` is the one at `index` or stands in it.
    fn is_inside(&self, inner: &str, index: usize) -> bool {
        let outer = &self.diagram.subgraphs[index].id;
        let mut at = Some(inner);
        for _ in 0..=self.diagram.subgraphs.len() {
            match at {
                Some(id) if id == outer => return true,
                Some(id) => at = self.diagram.subgraph(id).and_then(|subgraph| subgraph.parent.as_deref()),
                None => return false,
            }
        }
        true
    }

    fn settle_classes(&mut self) {
        for ClassLine { ids, name, span } in std::mem::take(&mut self.classes) {
            let mut unknown = Vec::new();
            for id in ids {
                self.places.push(Place { part: Part::Node(id.clone()), span: span.0..span.1 });
                let subgraph = self.diagram.subgraphs.iter_mut().find(|subgraph| subgraph.id == id);
                let node = self.nodes.get(&id).map(|index| &mut self.diagram.nodes[*index].classes);
                match subgraph.map(|subgraph| &mut subgraph.classes).or(node) {
                    Some(classes) if classes.contains(&name) => {}
                    Some(classes) => classes.push(name.clone()),
                    None => unknown.push(id),
                }
            }
            if !unknown.is_empty() {
                let unknown = unknown.join(",");
                let message = format!("“{unknown}” is not in this diagram; the line is kept as it is.");
                self.remarks.push((Severity::Warning, Fault::new(span.0, span.1, message)));
                let text = format!("class {unknown} {name}");
                self.diagram.kept.push(Kept { text, parent: None, preamble: false });
            }
        }
    }

    /// A node that no edge of its own scope mentions needs a line of its own.
    fn settle_writing(&mut self) {
        let Diagram { nodes, edges, .. } = &mut self.diagram;
        let mut in_edges = vec![false; nodes.len()];
        for edge in edges {
            for index in [&edge.from, &edge.to].into_iter().filter_map(|id| self.nodes.get(id)) {
                in_edges[*index] |= nodes[*index].parent == edge.parent;
            }
        }
        for (node, in_edges) in nodes.iter_mut().zip(in_edges) {
            node.alone |= !in_edges;
        }
    }

    /// Where an id names a subgraph, no node is made for it.
    fn give_way_to_subgraphs(&mut self) {
        let mut stays = vec![true; self.diagram.nodes.len()];
        for subgraph in &mut self.diagram.subgraphs {
            let Some(index) = self.nodes.get(&subgraph.id) else { continue };
            let node = &mut self.diagram.nodes[*index];
            stays[*index] = false;
            subgraph.style.append(&mut node.style);
            for class in node.classes.drain(..).rev() {
                if !subgraph.classes.contains(&class) {
                    subgraph.classes.insert(0, class);
                }
            }
            if let Some(label) = &node.label {
                let last = self.labelled.iter().rfind(|(id, _)| *id == node.id);
                let span = last.map(|(_, span)| *span).unwrap_or_default();
                let message = format!(
                    "“{}” is a subgraph, so the label “{}” that it has as a node is not drawn.",
                    node.id, label.raw
                );
                self.remarks.push((Severity::Warning, Fault::new(span.0, span.1, message)));
            }
        }
        for place in &mut self.places {
            if let Part::Node(id) = &place.part
                && self.diagram.subgraphs.iter().any(|subgraph| subgraph.id == *id)
            {
                place.part = Part::Subgraph(id.clone());
            }
        }
        let mut stays = stays.into_iter();
        self.diagram.nodes.retain(|_| stays.next().unwrap_or(true));
    }
}
