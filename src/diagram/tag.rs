//! The labels of edges: how large they are, and where they stand. A label takes the place along its edge where it covers
//! no node, no other label and as little of other edges as can be; where there is none, the next free place beside it.

use super::field::Field;
use super::geometry::{Rect, Spot, count};
use super::measure::{width, wrap};
use super::route::Curve;

/// The font size of a label, in pixels.
pub const LABEL_SIZE: f64 = 12.5;
/// The height of a line of a label, in pixels.
pub const LABEL_LINE: f64 = 17.0;
/// The widest line of a label, in pixels.
const WIDEST: f64 = 190.0;
/// The least space between a label and what it must not cover, in pixels.
const AIR: f64 = 3.0;

/// A label on an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its outline.
    pub rect: Rect,
    /// The step number it begins with.
    pub number: Option<u32>,
    /// The rest, in lines.
    pub lines: Vec<String>,
}

impl Tag {
    /// The size and the lines of a label; it stands nowhere yet.
    pub fn of(text: &str) -> Self {
        let (number, words) = match super::edit::step_number(text) {
            Some((number, words)) => (Some(number), words),
            None => (None, text),
        };
        let lines = wrap(words, LABEL_SIZE, WIDEST);
        let widest = lines.iter().map(|line| width(line, LABEL_SIZE)).fold(0.0, f64::max);
        let numeral = number.map_or(0.0, |number| width(&number.to_string(), LABEL_SIZE) + 8.0);
        let rect = Rect { x: 0.0, y: 0.0, w: widest + numeral + 22.0, h: count(lines.len()) * LABEL_LINE + 9.0 };
        Self { rect, number, lines }
    }

    /// All that it shows, in one line.
    pub fn visible(&self) -> String {
        let number = self.number.map(|number| number.to_string());
        number.into_iter().chain(self.lines.iter().cloned()).collect::<Vec<_>>().join(" ")
    }
}

/// How well a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// At its edge, and clear of everything.
    Well,
    /// Clear of everything, but not at its edge.
    Apart,
    /// On something else: there is no other place.
    Badly,
}

/// Finds the place of a label. `wish` is where along its edge it would like to stand, from 0 to 1; `name` is that of its
/// edge in the field; `within` is where it should stay, if that is bounded.
pub fn place(
    size: Rect,
    (name, curve): (usize, Curve),
    wish: f64,
    field: &Field,
    within: Option<Rect>,
) -> (Rect, Stand) {
    let trial = |rect: Rect| {
        let outside = within.map_or(0.0, |within| rect.w * rect.h - rect.overlap(within));
        field.covered(rect.grown(AIR)) + outside
    };
    let mut best: Option<(f64, f64, Rect)> = None;
    for along in [0.0_f64, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24, -0.32, 0.32, -0.4, 0.4] {
        let at = (wish + along).clamp(0.1, 0.9);
        let (spot, heading) = (curve.at(at), curve.direction(at));
        let beside = f64::midpoint(size.h * heading.x.abs(), size.w * heading.y.abs()) + 18.0;
        for across in [0.0_f64, 0.35, -0.35, 0.7, -0.7, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0] {
            let least = along.abs() * 120.0 + across.abs() * 60.0;
            if best.is_some_and(|(cost, _, _)| cost <= least) {
                continue;
            }
            let centre = spot.plus(-heading.y * across * beside, heading.x * across * beside);
            let rect = Rect::around(centre, size.w, size.h);
            let taken = trial(rect);
            let cost = taken * 10.0 + field.crossed(rect.grown(AIR + 1.0), name) * 30.0 + least;
            if best.is_none_or(|(best, _, _)| cost < best) {
                best = Some((cost, taken, rect));
            }
        }
    }
    let (_, taken, rect) = best.unwrap_or((0.0, 0.0, Rect::around(curve.at(wish), size.w, size.h)));
    if taken <= 0.0 {
        return (rect, Stand::Well);
    }
    free_place(size, curve.at(wish), |rect| trial(rect) <= 0.0)
        .map_or((rect, Stand::Badly), |rect| (rect, Stand::Apart))
}

/// The nearest free place around a spot, in rings.
fn free_place(size: Rect, middle: Spot, is_free: impl Fn(Rect) -> bool) -> Option<Rect> {
    for ring in 1..40_i32 {
        for at in -ring..=ring {
            for (x, y) in [(at, -ring), (at, ring), (-ring, at), (ring, at)] {
                let spot = middle.plus(f64::from(x) * 40.0, f64::from(y) * 16.0);
                let rect = Rect::around(spot, size.w, size.h);
                if is_free(rect) {
                    return Some(rect);
                }
            }
        }
    }
    None
}
