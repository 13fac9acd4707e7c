//! Automatic layout: every box (a subgraph, or the whole) lays out what stands in it in layers, from the innermost box
//! outwards, and runs the edges that are at home in it. So boxes never overlap, and each is as large as its nodes,
//! edges and labels need.
//!
//! Where there are clients they stand above the nodes, whoever answers whom, and the two ends of a cut link stand side
//! by side. Systems that are not linked stand next to each other or below each other. What a person has placed stands where they
//! put it.

mod lane;
mod layers;
mod net;
mod placed;
mod ranks;
mod settle;
mod wiring;

use super::geometry::{Rect, Spot};
use super::nest::{Kid, Nest, Tie};
use super::picture::{Arrangement, Card};
use super::role;
use super::route::{Curve, End};
use super::tag::Tag;
use super::{Diagram, Shape};
use lane::lanes;

/// Around everything, in pixels.
const MARGIN: f64 = 24.0;
/// Between systems, in pixels.
const BETWEEN: f64 = 20.0;
/// The space inside the frame of a system, in pixels: left and right, above (with its title), below.
const INSET: (f64, f64, f64) = (48.0, 64.0, 64.0);
/// The same in other frames.
const SNUG: (f64, f64, f64) = (26.0, 56.0, 26.0);
/// The least size of a system, in pixels.
const LEAST: (f64, f64) = (460.0, 380.0);
/// How near labels and edges come to the sides of their frame, and to its top, in pixels.
const NEAR: (f64, f64) = (10.0, 44.0);
/// How many systems stand in a row without thinking about it.
const ROW: usize = 3;
/// How much wider than high a screen is.
const SCREEN: f64 = 1.7;
/// A diagram while it is laid out: everything in the coordinates of the box that is being laid out.
pub struct Scene<'a> {
    diagram: &'a Diagram,
    /// Which node stands in which box.
    pub nest: Nest,
    /// The nodes.
    pub cards: Vec<End>,
    /// The boxes: the subgraphs, what is in none, and the whole.
    pub boxes: Vec<Rect>,
    /// How wide the titles of the subgraphs are.
    titles: Vec<f64>,
    /// How the edges run.
    pub runs: Vec<Option<Curve>>,
    /// Their labels.
    pub tags: Vec<Option<Tag>>,
    /// Whether what stands in no subgraph is laid out among the systems.
    is_mixed: bool,
    /// From where the places of nodes that stand in no subgraph are counted, in the box of these.
    origin: Spot,
    arrangement: Arrangement,
}

impl<'a> Scene<'a> {
    /// Lays out a diagram whose nodes have these sizes and whose titles these widths.
    pub fn of(diagram: &'a Diagram, cards: &[Card], titles: Vec<f64>, arrangement: Arrangement) -> Self {
        let mut nest = Nest::of(diagram);
        let has_side = diagram.subgraphs.iter().any(|subgraph| role::side(subgraph).is_some());
        let is_linked = nest.ties[nest.all()].iter().any(|tie| tie.between.is_some_and(|(from, to)| from != to));
        let is_mixed = arrangement == Arrangement::SideBySide && is_linked && !has_side;
        if is_mixed {
            nest.mix();
        }
        let tag = |text: String| (!text.trim().is_empty()).then(|| Tag::of(&text));
        let mut scene = Self {
            diagram,
            cards: cards.iter().map(|card| End { shape: card.shape, rect: card.rect }).collect(),
            boxes: vec![Rect::default(); nest.kids.len()],
            titles,
            runs: vec![None; diagram.edges.len()],
            tags: diagram.edges.iter().map(|edge| tag(edge.visible())).collect(),
            nest,
            is_mixed,
            origin: Spot::default(),
            arrangement,
        };
        for at in scene.nest.order.clone().into_iter().rev() {
            scene.lay(at);
        }
        scene
    }

    /// From where the places of nodes that stand in no subgraph are counted.
    pub fn origin(&self) -> Spot {
        let corner = self.boxes[if self.is_mixed { self.nest.all() } else { self.nest.loose() }];
        self.origin.plus(corner.x, corner.y)
    }

    fn lay(&mut self, at: usize) {
        let all = self.nest.all();
        if at == all && !self.is_mixed {
            self.arrange();
        } else if !self.nest.kids[at].is_empty() {
            let system = self.system_of(at);
            let within = system.map(|system| self.nest.within(system)).unwrap_or_default();
            let placed = within.iter().filter(|kid| self.is_placed(**kid)).count();
            let nodes = within.iter().filter(|kid| matches!(kid, Kid::Node(_))).count();
            if placed == 0 || placed < nodes {
                self.in_layers(at);
            }
            if at == all {
                let kids = self.nest.kids[all].clone();
                if kids.iter().any(|kid| self.is_placed(*kid)) {
                    self.put(at, &kids);
                }
            } else if system == Some(at) && placed > 0 {
                self.put(at, &within);
            }
        } else if at < self.nest.loose() {
            self.boxes[at] = Rect { x: 0.0, y: 0.0, ..self.framed(at, Rect::default(), None) };
        }
    }

    /// Whether a person has placed it.
    fn is_placed(&self, kid: Kid) -> bool {
        matches!(kid, Kid::Node(node) if self.diagram.positions.contains(&self.diagram.nodes[node].id))
    }

    /// The system that a box belongs to, or is.
    fn system_of(&self, at: usize) -> Option<usize> {
        let mut at = at;
        loop {
            match self.nest.outer(Kid::Box(at)) {
                Some(outer) if outer == self.nest.all() => return Some(at),
                Some(outer) => at = outer,
                None => return None,
            }
        }
    }

    fn rect(&self, kid: Kid) -> Rect {
        match kid {
            Kid::Node(node) => self.cards[node].rect,
            Kid::Box(inner) => self.boxes[inner],
        }
    }

    fn end(&self, kid: Kid) -> End {
        match kid {
            Kid::Node(node) => self.cards[node],
            Kid::Box(inner) => End { shape: Shape::Square, rect: self.boxes[inner] },
        }
    }

    /// Moves a node, or a box with all that is in it.
    fn shift(&mut self, kid: Kid, x: f64, y: f64) {
        match kid {
            Kid::Node(node) => self.cards[node].rect = self.cards[node].rect.moved(x, y),
            Kid::Box(inner) => {
                self.boxes[inner] = self.boxes[inner].moved(x, y);
                self.shift_all(inner, x, y);
            }
        }
    }

    /// Moves all that is in a box.
    fn shift_all(&mut self, at: usize, x: f64, y: f64) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            for kid in 0..self.nest.kids[at].len() {
                match self.nest.kids[at][kid] {
                    Kid::Node(node) => self.cards[node].rect = self.cards[node].rect.moved(x, y),
                    Kid::Box(inner) => {
                        self.boxes[inner] = self.boxes[inner].moved(x, y);
                        open.push(inner);
                    }
                }
            }
            for tie in &self.nest.ties[at] {
                self.runs[tie.edge] = self.runs[tie.edge].map(|curve| curve.moved(x, y));
                if let Some(tag) = &mut self.tags[tie.edge] {
                    tag.rect = tag.rect.moved(x, y);
                }
            }
        }
    }

    /// The part of a frame that its title takes.
    fn title(&self, at: usize) -> Rect {
        let rect = self.boxes[at];
        let width = self.titles.get(at).copied().unwrap_or_default();
        Rect { x: rect.x + 18.0, y: rect.y + 14.0, w: width.min(rect.w - 36.0).max(0.0), h: 28.0 }
    }

    /// A rectangle around what stands in a box.
    fn core(&self, at: usize) -> Rect {
        self.nest.kids[at].iter().map(|&kid| self.rect(kid)).reduce(Rect::with).unwrap_or_default()
    }

    /// A rectangle around the edges and labels that are at home in a box.
    fn sticking_out(&self, at: usize) -> Option<Rect> {
        let of = |tie: &Tie| {
            let curve = self.runs[tie.edge]?.extent();
            Some(self.tags[tie.edge].as_ref().map_or(curve, |tag| curve.with(tag.rect)))
        };
        self.nest.ties[at].iter().filter_map(of).reduce(Rect::with)
    }

    /// The frame of a box around what stands in it and what sticks out of that.
    fn framed(&self, at: usize, core: Rect, more: Option<Rect>) -> Rect {
        let is_system = at < self.nest.loose() && self.nest.outer(Kid::Box(at)) == Some(self.nest.all());
        let is_roomy = is_system && !self.is_mixed;
        let (side, top, bottom) = match at {
            _ if is_roomy => INSET,
            _ if at < self.nest.loose() => SNUG,
            _ if at == self.nest.all() => (MARGIN, MARGIN, MARGIN),
            _ => (0.0, 0.0, 0.0),
        };
        let (near, below_title) = if at < self.nest.loose() { NEAR } else { (side.min(8.0), top.min(8.0)) };
        let (mut left, mut right) = (core.x - side, core.x + core.w + side);
        let (mut upper, mut lower) = (core.y - top, core.y + core.h + bottom);
        if let Some(more) = more {
            (left, right) = (left.min(more.x - near), right.max(more.x + more.w + near));
            (upper, lower) = (upper.min(more.y - below_title), lower.max(more.y + more.h + near));
        }
        let title = self.titles.get(at).map_or(0.0, |title| title.min(320.0) + 44.0);
        let is_large = is_roomy && self.nest.kids[self.nest.all()].len() <= ROW || at == self.nest.all();
        let least = if is_large { LEAST } else { (0.0, 0.0) };
        let (w, h) = ((right - left).max(least.0).max(title), (lower - upper).max(least.1));
        // What stands in it is in its middle, where the frame is larger than it needs to be.
        let x = (core.x + core.w / 2.0 - w / 2.0).min(left).max(right - w);
        let y = (core.y - top - (h - top - bottom - core.h) / 2.0).min(upper).max(lower - h);
        Rect { x, y, w, h }
    }

    /// How many systems stand next to each other: all if they are few, otherwise so that the whole is about as wide as a
    /// screen is.
    fn row(&self, kids: &[Kid]) -> usize {
        let far = |row: &usize| {
            let rows = kids.chunks(*row).map(|kids| {
                let sizes = kids.iter().map(|&kid| self.rect(kid));
                sizes.fold((0.0, 0.0_f64), |(w, h), rect| (w + rect.w, h.max(rect.h)))
            });
            let (w, h) = rows.fold((0.0_f64, 0.0), |(w, h), row| (w.max(row.0), h + row.1));
            w.max(h * SCREEN)
        };
        let all = kids.len().max(1);
        if all <= ROW {
            return all;
        }
        (2..all).fold(all, |best, row| if far(&row) < far(&best) { row } else { best })
    }

    /// Puts the systems next to each other or below each other, and runs the edges between them.
    fn arrange(&mut self) {
        let all = self.nest.all();
        let kids = self.nest.kids[all].clone();
        let row = match self.arrangement {
            Arrangement::Stacked => 1,
            Arrangement::SideBySide => self.row(&kids),
        };
        let mut corner = Spot { x: MARGIN, y: MARGIN };
        let widest = kids.iter().map(|&kid| self.rect(kid).w).fold(0.0, f64::max);
        for kids in kids.chunks(row) {
            let tallest = kids.iter().map(|&kid| self.rect(kid).h).fold(0.0, f64::max);
            for &kid in kids {
                self.shift(kid, corner.x, corner.y);
                if let Kid::Box(inner) = kid {
                    let rect = &mut self.boxes[inner];
                    *(if row == 1 { &mut rect.w } else { &mut rect.h }) = if row == 1 { widest } else { tallest };
                    corner.x += rect.w + BETWEEN;
                }
            }
            corner = Spot { x: MARGIN, y: corner.y + tallest + BETWEEN };
        }
        let ties = self.nest.ties[all].clone();
        self.run(all, &ties, &lanes(&ties, &self.tags), &[], None);
        let frame = self.framed(all, self.core(all), self.sticking_out(all));
        self.shift_all(all, -frame.x, -frame.y);
        self.boxes[all] = Rect { x: 0.0, y: 0.0, ..frame };
    }
}
