//! Nodes that a person has placed: they stand where they were put, what else is in their system beside them, and the
//! frame is as large as that needs.

use super::lane::lanes;
use super::{BETWEEN, LEAST, MARGIN, NEAR, Scene};
use crate::diagram::geometry::{Rect, Spot};
use crate::diagram::nest::Kid;
use crate::diagram::picture::EDGE;

impl Scene<'_> {
    /// Puts what a person has placed where they put it, and the rest beside it.
    pub(super) fn put(&mut self, at: usize, within: &[Kid]) {
        let is_all = at == self.nest.all();
        let nodes: Vec<usize> =
            within.iter().filter_map(|kid| if let Kid::Node(node) = kid { Some(*node) } else { None }).collect();
        let (left, top) = match at {
            _ if is_all => (MARGIN, MARGIN),
            _ if at < self.nest.loose() => (12.0, 48.0),
            _ => (0.0, 0.0),
        };
        let mut taken: Vec<Rect> = Vec::new();
        let own = |node: usize| self.diagram.positions.get(&self.diagram.nodes[node].id);
        for &node in &nodes {
            if let Some(point) = own(node) {
                let rect = &mut self.cards[node].rect;
                *rect = Rect::around(Spot { x: point.x.into(), y: point.y.into() }, rect.w, rect.h);
                (rect.x, rect.y) = (rect.x.max(left), rect.y.max(top));
                taken.push(*rect);
            }
        }
        if !is_all {
            for &node in &nodes {
                if own(node).is_none() {
                    self.cards[node].rect = beside(self.cards[node].rect, &taken);
                    taken.push(self.cards[node].rect);
                }
            }
        }
        let boxes: Vec<usize> = self
            .nest
            .order
            .iter()
            .rev()
            .copied()
            .filter(|&inner| !is_all && within.contains(&Kid::Box(inner)))
            .collect();
        for &inner in &boxes {
            self.boxes[inner] = self.framed(inner, self.core(inner), None);
            if self.nest.kids[inner].is_empty() {
                self.boxes[inner] = beside(Rect { x: left, y: top, ..self.boxes[inner] }, &taken);
                taken.push(self.boxes[inner]);
            }
        }
        let reach = |all: Rect, rect: Rect| all.with(Rect { w: rect.w + EDGE, h: rect.h + EDGE, ..rect });
        let empty = if at < self.nest.loose() { LEAST } else { (0.0, 0.0) };
        let frame = self.nest.kids[at]
            .iter()
            .map(|&kid| self.rect(kid))
            .fold(Rect { x: 0.0, y: 0.0, w: empty.0, h: empty.1 }, reach);
        self.boxes[at] = Rect { x: 0.0, y: 0.0, w: frame.x + frame.w, h: frame.y + frame.h };
        let mut ties = self.nest.ties[at].clone();
        ties.extend(boxes.iter().flat_map(|&inner| self.nest.ties[inner].clone()));
        let room = Rect { x: 8.0, y: 40.0, w: self.boxes[at].w - 16.0, h: self.boxes[at].h - 48.0 };
        let lanes = lanes(&ties, &self.tags);
        self.run(at, &ties, &lanes, &[], (at < self.nest.loose()).then_some(room));
        if at >= self.nest.loose()
            && let Some(more) = self.sticking_out(at)
        {
            let rect = self.boxes[at].with(more.grown(NEAR.0));
            self.boxes[at] = rect;
            self.shift_all(at, -rect.x.min(0.0), -rect.y.min(0.0));
            self.origin = self.origin.plus(-rect.x.min(0.0), -rect.y.min(0.0));
            self.boxes[at] = Rect { x: 0.0, y: 0.0, ..rect };
        }
    }
}

/// The first place to the right where nothing stands yet.
fn beside(wanted: Rect, taken: &[Rect]) -> Rect {
    let mut rect = wanted;
    while let Some(other) = taken.iter().find(|other| other.grown(8.0).overlap(rect) > 0.0) {
        rect.x = other.x + other.w + BETWEEN;
    }
    rect
}
