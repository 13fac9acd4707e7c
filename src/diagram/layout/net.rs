//! What stands in one box, as items and links for its layers: turned into the direction in which the box flows, and with
//! room for what sticks out of a node.

use super::Scene;
use super::lane::{Lane, lanes};
use super::layers::{Item, Link, Space, place};
use super::wiring::{is_link, turn_size};
use crate::diagram::geometry::{Rect, Spot};
use crate::diagram::nest::{Kid, Tie};
use crate::diagram::role::{self, Role, role};
use crate::diagram::{Direction, Stroke};

/// How much larger the space becomes in which there was no room for a label, in turns.
const SPREADS: [f64; 4] = [1.0, 1.3, 1.8, 2.6];

impl Scene<'_> {
    /// Lays out what stands in a box, with more and more space until every label has its place.
    pub(super) fn in_layers(&mut self, at: usize) {
        let ties = self.nest.ties[at].clone();
        let lanes = lanes(&ties, &self.tags);
        let (items, links, flow) = self.net(at, &ties, &lanes);
        for spread in SPREADS {
            let placed = place(&items, &links, Space { spread, ..self.space(at, flow) });
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
        let number = |kid: Kid| kids.iter().position(|other| *other == kid).unwrap_or_default();
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
                from: (number(from), offs.0),
                to: (number(to), offs.1),
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
    pub(super) fn direction(&self, at: usize) -> Direction {
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
}

/// The direction of a box: turns what lies across and along the flow into right and down, and back.
#[derive(Clone, Copy)]
pub(super) struct Flow(pub Direction);

impl Flow {
    pub fn is_upright(self) -> bool {
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
