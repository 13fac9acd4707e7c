//! Step numbers: the messages of a system are numbered in the order in which they happen. Messages with the same number
//! are concurrent.
//!
//! A new message is numbered as by Lamport's clock (1978): one more than the largest number that its sender has seen. So
//! two clients that ask on their own both begin at 1, and an answer follows what the node has done for it.

use super::{Part, Toward};
use crate::diagram::role::system;
use crate::diagram::{Diagram, Edge};

/// A label that begins with a step number, taken apart: `1. Write Request` is 1 and `Write Request`.
pub fn step_number(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = text.split_once('.')?;
    Some((number.trim().parse().ok()?, rest.trim_start()))
}

/// The numbers in use, each with the system it is used in; an edge's number and system stand at the edge's index.
pub(super) type Numbers = Vec<(Option<String>, Option<u32>)>;

impl Diagram {
    /// The number that the next message of a node carries: one more than the largest on a message it sent or received.
    pub fn next_number(&self, sender: &str) -> u32 {
        let seen = self.edges.iter().filter(|edge| edge.from == sender || edge.to == sender);
        seen.filter_map(Edge::step).max().map_or(1, |largest| largest.saturating_add(1))
    }

    pub(super) fn step_numbers(&self) -> Numbers {
        self.edges.iter().map(|edge| (self.system_of(edge), edge.step())).collect()
    }

    fn system_of(&self, edge: &Edge) -> Option<String> {
        system(self, edge.parent.as_deref()).map(|system| system.id.clone())
    }

    /// Closes the gaps that have come about since those numbers were in use.
    pub(super) fn close_up(&mut self, before: &Numbers) {
        let now = self.step_numbers();
        let mut gone: Vec<(&Option<String>, u32)> = Vec::new();
        for (system, number) in before {
            let Some(number) = *number else { continue };
            if !now.contains(&(system.clone(), Some(number))) && !gone.contains(&(system, number)) {
                gone.push((system, number));
            }
        }
        for (edge, (system, number)) in self.edges.iter_mut().zip(&now) {
            let Some(number) = *number else { continue };
            let missing = gone.iter().filter(|(other, hole)| *other == system && *hole < number).count();
            edge.set_step(number - u32::try_from(missing).unwrap_or(0));
        }
    }

    pub(super) fn insert_step(&mut self, edge: usize) -> Option<Part> {
        let from = self.edges.get(edge)?.step()?;
        let home = self.system_of(&self.edges[edge]);
        for at in 0..self.edges.len() {
            if let Some(number) = self.edges[at].step().filter(|number| *number >= from)
                && self.system_of(&self.edges[at]) == home
            {
                self.edges[at].set_step(number.saturating_add(1));
            }
        }
        Some(Part::Edge(edge))
    }

    pub(super) fn reorder(&mut self, edge: usize, toward: Toward) -> Option<Part> {
        let parent = &self.edges.get(edge)?.parent;
        let is_sibling = |&other: &usize| self.edges[other].parent == *parent;
        let other = match toward {
            Toward::Earlier => (0..edge).rev().find(is_sibling),
            Toward::Later => (edge + 1..self.edges.len()).find(is_sibling),
        };
        if let Some(other) = other {
            let steps = [self.edges[edge].step(), self.edges[other].step()];
            let in_order = if edge < other { steps[0] < steps[1] } else { steps[1] < steps[0] };
            if let ([Some(own), Some(its)], true) = (steps, in_order) {
                self.edges[edge].set_step(its);
                self.edges[other].set_step(own);
            }
            self.edges.swap(edge, other);
        }
        Some(Part::Edge(other.unwrap_or(edge)))
    }
}

impl Edge {
    /// The step number that its label begins with.
    pub fn step(&self) -> Option<u32> {
        step_number(&self.visible()).map(|(number, _)| number)
    }

    /// Writes another number where one stands; everything else of the label stays as it is written.
    fn set_step(&mut self, number: u32) {
        let Some(label) = self.label.as_mut() else { return };
        let digits = label.raw.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter.is_whitespace());
        label.raw = format!("{number}{digits}");
    }
}
