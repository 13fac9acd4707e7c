//! Automatic layout: every box (a subgraph, or the whole) lays out what stands in it in layers, from the innermost box
//! outwards, and runs the edges that are at home in it. So boxes never overlap, and each is as large as its nodes,
//! edges and labels need.
//!
//! Where there are clients they stand above the nodes, whoever answers whom, and the two ends of a cut link stand side
//! by side. Systems that are not linked stand next to each other or below each other. What a person has placed stands where they
//! put it.

use super::geometry::{Rect, Spot, count};
use super::layers::{self, Item, Link, Space};
use super::nest::{Kid, Nest, Tie};
use super::picture::{Arrangement, Card, EDGE};
use super::role::{self, Role, role};
use super::route::{self, Curve, End};
use super::tag::{self, Stand, Tag};
use super::{Diagram, Direction, Shape, Stroke, field::Field};

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
/// The mark of a lost message, in pixels across.
const MARK: f64 = 30.0;
/// How many systems stand in a row without thinking about it.
const ROW: usize = 3;
/// How much larger the space becomes in which there was no room for a label, in turns.
const SPREADS: [f64; 4] = [1.0, 1.3, 1.8, 2.6];

/// What stands for no node in a field.
const NOBODY: usize = usize::MAX;

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

/// One of several edges with the same ends.
#[derive(Clone, Copy)]
struct Lane {
    /// Which of them it is, from 0, in the order of the text.
    place: usize,
    /// How many they are.
    count: usize,
    /// Whether it leads the way the first of them leads.
    along: bool,
    /// The width of their widest label, and the height of their highest.
    largest: (f64, f64),
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

    /// Lays out what stands in a box, with more and more space until every label has its place.
    fn in_layers(&mut self, at: usize) {
        let ties = self.nest.ties[at].clone();
        let lanes = lanes(&ties, &self.tags);
        let (items, links, flow) = self.net(at, &ties, &lanes);
        for spread in SPREADS {
            let placed = layers::place(&items, &links, Space { spread, ..self.space(at, flow) });
            for (kid, &spot) in self.nest.kids[at].clone().into_iter().zip(&placed.spots) {
                let (middle, wanted) = (self.rect(kid).centre(), flow.turned(spot));
                self.shift(kid, wanted.x - middle.x, wanted.y - middle.y);
            }
            let turned = |way: &Vec<Spot>| way.iter().map(|&spot| flow.turned(spot)).collect();
            let mut ways: Vec<Vec<Spot>> = placed.ways.iter().map(turned).collect();
            // An answer was linked the other way round.
            for (way, tie) in ways.iter_mut().zip(ties.iter().filter(|tie| is_link(tie))) {
                if self.answers(tie) {
                    way.reverse();
                }
            }
            if self.run(at, &ties, &lanes, &ways, None) {
                break;
            }
        }
        let frame = self.framed(at, self.core(at), self.sticking_out(at));
        self.shift_all(at, -frame.x, -frame.y);
        self.boxes[at] = Rect { x: 0.0, y: 0.0, ..frame };
    }

    /// What stands in a box as items and links.
    fn net(&self, at: usize, ties: &[Tie], lanes: &[Lane]) -> (Vec<Item>, Vec<Link>, Flow) {
        let flow = Flow(self.direction(at));
        let kids = &self.nest.kids[at];
        let is_client = |kid: &Kid| matches!(kid, Kid::Node(node) if role(&self.diagram.nodes[*node]) == Role::Client);
        let has_clients = kids.iter().any(is_client);
        let can_be_level = has_clients || self.has_side(at);
        let item = |kid: &Kid| {
            let rect = self.rect(*kid);
            let (half, tall) = (rect.w / 2.0, rect.h / 2.0);
            let (more, height) = self.room_for_turns(*kid, ties, lanes);
            let tall = tall.max(height / 2.0);
            flow.item((half, half + more), (tall, tall), usize::from(has_clients && !is_client(kid)))
        };
        let items = kids.iter().map(item).collect();
        let place = |kid: Kid| kids.iter().position(|other| *other == kid).unwrap_or_default();
        let link = |(tie, lane): (&Tie, &Lane)| {
            let (mut from, mut to) = tie.between?;
            if from == to {
                return None;
            }
            let off = |end: Kid, kid: Kid| {
                let (end, kid) = (self.rect(end).centre(), self.rect(kid).centre());
                flow.back(Spot { x: end.x - kid.x, y: end.y - kid.y }).x
            };
            let mut offs = (off(tie.ends.0, from), off(tie.ends.1, to));
            let edge = &self.diagram.edges[tie.edge];
            let is_level = can_be_level && edge.stroke == Stroke::Dotted && is_client(&from) == is_client(&to);
            let label = self.tags[tie.edge].as_ref().map_or((0.0, 0.0), |tag| flow.size(tag.rect.w, tag.rect.h));
            let upright = f64::from(u8::from(flow.is_upright() != is_level));
            if self.answers(tie) {
                (from, to, offs) = (to, from, (offs.1, offs.0));
            }
            Some(Link {
                from: (place(from), offs.0),
                to: (place(to), offs.1),
                span: if is_level { 0 } else { usize::from(edge.length.clamp(1, 8)) },
                label,
                bow: -lane.aside(upright),
            })
        };
        (items, ties.iter().zip(lanes).filter_map(link).collect(), flow)
    }

    /// Whether an edge answers a request: it leads from a node to a client, but the client stands above all the same.
    fn answers(&self, tie: &Tie) -> bool {
        let is = |kid: Kid, wanted: Role| matches!(kid, Kid::Node(node) if role(&self.diagram.nodes[node]) == wanted);
        tie.between.is_some_and(|(from, to)| is(from, Role::Replica) && is(to, Role::Client))
    }

    fn has_side(&self, at: usize) -> bool {
        self.system_of(at)
            .and_then(|at| self.diagram.subgraphs.get(at))
            .is_some_and(|system| role::side(system).is_some())
    }

    /// Where a box flows to: as it says, or as the box around it.
    fn direction(&self, at: usize) -> Direction {
        let mut at = at;
        loop {
            let own = self.diagram.subgraphs.get(at).and_then(|subgraph| subgraph.direction);
            match (own, self.nest.outer(Kid::Box(at))) {
                (Some(own), _) => return own,
                (None, Some(outer)) => at = outer,
                (None, None) => return self.diagram.direction,
            }
        }
    }

    /// The space between what stands in a box: wide where one draws, snug where much is to be seen.
    fn space(&self, at: usize, flow: Flow) -> Space {
        let node = |kid: &Kid| match kid {
            Kid::Node(node) => Some(role(&self.diagram.nodes[*node])),
            Kid::Box(_) => None,
        };
        let has_clients = self.nest.kids[at].iter().any(|kid| node(kid) == Some(Role::Client));
        if has_clients || self.has_side(at) {
            return Space { gap: 84.0, pitch: 184.0, clear: 90.0, labelled: 90.0, spread: 1.0 };
        }
        let gap = if flow.is_upright() { 52.0 } else { 36.0 };
        Space { gap, pitch: 0.0, clear: 60.0, labelled: 72.0, spread: 1.0 }
    }

    /// How much wider a node must be, and how high, for the edges that lead back to it.
    fn room_for_turns(&self, kid: Kid, ties: &[Tie], lanes: &[Lane]) -> (f64, f64) {
        let turns = ties.iter().zip(lanes).filter(|(tie, _)| tie.ends == (kid, kid));
        turns.fold((0.0, 0.0), |(w, h), (tie, lane)| {
            let (label_w, label_h) =
                self.tags[tie.edge].as_ref().map_or((0.0, 0.0), |tag| (tag.rect.w + 12.0, tag.rect.h + 12.0));
            (f64::max(w, turn_size(*lane) + label_w), h + label_h)
        })
    }

    /// Runs the edges and places their labels. Says whether every label stands well.
    fn run(&mut self, at: usize, ties: &[Tie], lanes: &[Lane], ways: &[Vec<Spot>], within: Option<Rect>) -> bool {
        for tie in ties {
            self.runs[tie.edge] = None;
        }
        let inside = self.nest.within(at);
        let extent = inside.iter().map(|&kid| self.rect(kid)).reduce(Rect::with).unwrap_or_default();
        let mut field = Field::new(extent.grown(100.0));
        for &kid in &inside {
            match kid {
                Kid::Node(node) => field.add(node, self.cards[node].rect.grown(route::CLEARANCE - 1.0)),
                Kid::Box(inner) => {
                    field.add(NOBODY, self.title(inner));
                    self.add_runs(inner, &mut field);
                }
            }
        }
        if within.is_some() {
            field.add(NOBODY, self.title(at));
        }
        let mut links = ways.iter();
        let is_upright = Flow(self.direction(at)).is_upright();
        for (tie, &lane) in ties.iter().zip(lanes) {
            let way = if is_link(tie) { links.next() } else { None };
            let is_drawn = self.diagram.edges[tie.edge].stroke != Stroke::Invisible;
            self.runs[tie.edge] = is_drawn.then(|| self.curve(tie, lane, way, is_upright, &field));
        }
        for tie in ties {
            if let Some(curve) = self.runs[tie.edge] {
                field.add_curve(tie.edge, curve);
                if self.diagram.edges[tie.edge].stroke == Stroke::Dotted {
                    field.add(NOBODY, Rect::around(curve.at(0.5), MARK, MARK));
                }
            }
        }
        let mut all_well = true;
        for (tie, lane) in ties.iter().zip(lanes) {
            let (Some(curve), Some(tag)) = (self.runs[tie.edge], &mut self.tags[tie.edge]) else { continue };
            // The label of an edge that leads back to its node stands beside it.
            let off = if tie.ends.0 == tie.ends.1 { tag.rect.w / 2.0 + 6.0 } else { 0.0 };
            let wish = lane.wish(if off > 0.0 { 0.0 } else { curve.heading().y.abs() });
            let (rect, stand) = tag::place(tag.rect, (tie.edge, curve.moved(off, 0.0)), wish, &field, within);
            tag.rect = rect;
            field.add(NOBODY, rect);
            all_well &= stand == Stand::Well;
        }
        all_well
    }

    /// Adds the labels and edges that are at home in a box and have their places.
    fn add_runs(&self, at: usize, field: &mut Field) {
        for tie in &self.nest.ties[at] {
            if let Some(curve) = self.runs[tie.edge] {
                field.add_curve(tie.edge, curve);
                if let Some(tag) = &self.tags[tie.edge] {
                    field.add(NOBODY, tag.rect);
                }
            }
        }
    }

    fn curve(&self, tie: &Tie, lane: Lane, way: Option<&Vec<Spot>>, is_upright: bool, field: &Field) -> Curve {
        let (from, to) = (self.end(tie.ends.0), self.end(tie.ends.1));
        if tie.ends.0 == tie.ends.1 {
            return route::turn(from, turn_size(lane));
        }
        let aside = lane.aside(route::upright(from.rect, to.rect));
        let way = way.map_or(&[][..], |way| way);
        let flowing = if lane.count > 1 && way.is_empty() { None } else { route::flowing(from, to, way, is_upright) };
        let wanted = flowing.unwrap_or_else(|| route::run(from, to, aside));
        let name = |kid: Kid| if let Kid::Node(node) = kid { node } else { NOBODY - 1 };
        let ends = (name(tie.ends.0), name(tie.ends.1));
        let is_blocked = |spot: Spot| field.blocks(spot, ends);
        let bowed = route::around(wanted, from, to, aside, is_blocked);
        if tie.between.is_none() || !route::is_blocked(bowed, is_blocked) {
            return bowed;
        }
        // Out of the side of a node, or into it, past what stands right below or above.
        let (left, right) = (Some(-1.0), Some(1.0));
        let sides = [(right, None), (left, None), (None, right), (None, left), (right, right), (left, left)];
        let sideways = sides.into_iter().filter_map(|sides| route::sideways(from, to, way, is_upright, sides));
        sideways.into_iter().find(|&curve| !route::is_blocked(curve, is_blocked)).unwrap_or(bowed)
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

    /// Puts what a person has placed where they put it, and the rest beside it.
    fn put(&mut self, at: usize, within: &[Kid]) {
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

    /// Puts the systems next to each other or below each other, and runs the edges between them.
    fn arrange(&mut self) {
        let all = self.nest.all();
        let kids = self.nest.kids[all].clone();
        let row = match self.arrangement {
            Arrangement::Stacked => 1,
            Arrangement::SideBySide => (ROW..kids.len()).find(|row| row * row >= kids.len()).unwrap_or(ROW),
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

/// Whether an edge leads from one thing of its home to another.
fn is_link(tie: &Tie) -> bool {
    tie.between.is_some_and(|(from, to)| from != to)
}

/// How far an edge that leads back to its node reaches, in pixels.
fn turn_size(lane: Lane) -> f64 {
    36.0 + 24.0 * count(lane.place)
}

/// The first place to the right where nothing stands yet.
fn beside(wanted: Rect, taken: &[Rect]) -> Rect {
    let mut rect = wanted;
    while let Some(other) = taken.iter().find(|other| other.grown(8.0).overlap(rect) > 0.0) {
        rect.x = other.x + other.w + BETWEEN;
    }
    rect
}

/// Which edges have the same two ends.
fn lanes(ties: &[Tie], tags: &[Option<Tag>]) -> Vec<Lane> {
    let number = |kid: Kid| match kid {
        Kid::Node(node) => 2 * node,
        Kid::Box(inner) => 2 * inner + 1,
    };
    // Each bundle by its ends: how many it has, which way the first leads, and its largest label.
    let mut bundles: Vec<((usize, usize), Lane)> = Vec::new();
    let mut places: Vec<Lane> = Vec::new();
    let key = |tie: &Tie| {
        let (a, b) = (number(tie.ends.0), number(tie.ends.1));
        (a.min(b), a.max(b))
    };
    for tie in ties {
        let along = number(tie.ends.0) <= number(tie.ends.1);
        let (w, h) = tags[tie.edge].as_ref().map_or((0.0, 0.0), |tag| (tag.rect.w, tag.rect.h));
        let at = match bundles.binary_search_by(|(other, _)| other.cmp(&key(tie))) {
            Ok(at) => at,
            Err(at) => {
                bundles.insert(at, (key(tie), Lane { place: 0, count: 0, along, largest: (0.0, 0.0) }));
                at
            }
        };
        let bundle = &mut bundles[at].1;
        places.push(Lane { place: bundle.count, along: along == bundle.along, ..*bundle });
        bundle.count += 1;
        bundle.largest = (bundle.largest.0.max(w), bundle.largest.1.max(h));
    }
    for (lane, tie) in places.iter_mut().zip(ties) {
        if let Ok(at) = bundles.binary_search_by(|(other, _)| other.cmp(&key(tie))) {
            (lane.count, lane.largest) = (bundles[at].1.count, bundles[at].1.largest);
        }
    }
    places
}

impl Lane {
    /// How far it runs aside of the straight line: all of a bundle symmetrical about it, earlier ones further to the left
    /// or further up.
    fn aside(self, upright: f64) -> f64 {
        ((count(self.count) - 1.0) / 2.0 - count(self.place)) * route::pitch(upright, self.count, self.largest)
    }

    /// Where along its edge a label would like to stand: neighbours of a bundle at different heights.
    fn wish(self, upright: f64) -> f64 {
        let down = match self.place % 2 {
            _ if self.count < 2 || upright < 0.5 => 0.5,
            0 => 0.36,
            _ => 0.64,
        };
        if self.along { down } else { 1.0 - down }
    }
}

/// The direction of a box: turns what lies across and along the flow into right and down, and back.
#[derive(Clone, Copy)]
struct Flow(Direction);

impl Flow {
    fn is_upright(self) -> bool {
        !matches!(self.0, Direction::LR | Direction::RL)
    }

    /// From across and along to right and down.
    fn turned(self, spot: Spot) -> Spot {
        match self.0 {
            Direction::TD | Direction::TB => spot,
            Direction::BT => Spot { x: spot.x, y: -spot.y },
            Direction::LR => Spot { x: spot.y, y: spot.x },
            Direction::RL => Spot { x: -spot.y, y: spot.x },
        }
    }

    /// From right and down to across and along.
    fn back(self, spot: Spot) -> Spot {
        if self.0 == Direction::RL { Spot { x: spot.y, y: -spot.x } } else { self.turned(spot) }
    }

    fn size(self, w: f64, h: f64) -> (f64, f64) {
        if self.is_upright() { (w, h) } else { (h, w) }
    }

    fn item(self, (left, right): (f64, f64), (up, down): (f64, f64), floor: usize) -> Item {
        let (aside, along) = match self.0 {
            Direction::TD | Direction::TB => ((left, right), (up, down)),
            Direction::BT => ((left, right), (down, up)),
            Direction::LR => ((up, down), (left, right)),
            Direction::RL => ((up, down), (right, left)),
        };
        Item { aside, along, floor }
    }
}
