//! The edges of one box: how they run around the nodes, and where their labels stand.

use super::Scene;
use super::lane::Lane;
use super::net::Flow;
use crate::diagram::Stroke;
use crate::diagram::field::Field;
use crate::diagram::geometry::{Rect, Spot, count};
use crate::diagram::nest::{Kid, Tie};
use crate::diagram::route::{self, Curve};
use crate::diagram::tag::{self, Stand};

/// The mark of a lost message, in pixels across.
const MARK: f64 = 30.0;
/// What stands for no node in a field.
const NOBODY: usize = usize::MAX;

impl Scene<'_> {
    /// Runs the edges and places their labels. Says whether every label stands well.
    pub(super) fn run(
        &mut self,
        at: usize,
        ties: &[Tie],
        lanes: &[Lane],
        ways: &[Vec<Spot>],
        within: Option<Rect>,
    ) -> bool {
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
                field.add_curve(tie.edge, &curve);
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
                field.add_curve(tie.edge, &curve);
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
        let bowed = route::around(wanted, from, to, aside, &is_blocked);
        if tie.between.is_none() || !route::is_blocked(bowed, &is_blocked) {
            return bowed;
        }
        // Out of the side of a node, or into it, past what stands right below or above.
        let (left, right) = (Some(-1.0), Some(1.0));
        let sides = [(right, None), (left, None), (None, right), (None, left), (right, right), (left, left)];
        let sideways = sides.into_iter().filter_map(|sides| route::sideways(from, to, way, is_upright, sides));
        sideways.into_iter().find(|&curve| !route::is_blocked(curve, &is_blocked)).unwrap_or(bowed)
    }
}

/// Whether an edge leads from one thing of its home to another.
pub fn is_link(tie: &Tie) -> bool {
    tie.between.is_some_and(|(from, to)| from != to)
}

/// How far an edge that leads back to its node reaches, in pixels.
pub fn turn_size(lane: Lane) -> f64 {
    36.0 + 24.0 * count(lane.place)
}
