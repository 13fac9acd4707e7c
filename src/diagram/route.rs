//! How edges run and where their labels stand. Edges between the same two nodes bow apart; a label takes the place
//! along its edge where it covers no node and no other label, as far as there is one.

use super::geometry::{Rect, Spot};
use super::measure::{width, wrap};

/// The font size of a label, in pixels.
pub const LABEL_SIZE: f64 = 12.5;
/// The height of a line of a label, in pixels.
pub const LABEL_LINE: f64 = 17.0;
/// How far parallel edges are apart, in pixels.
const LANE: f64 = 72.0;
/// The widest line of a label, in pixels.
const WIDEST: f64 = 190.0;

/// A quadratic curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Its start.
    pub start: Spot,
    /// What it bends towards.
    pub control: Spot,
    /// Its end.
    pub end: Spot,
}

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

impl Curve {
    /// The place at `t`, from 0 at the start to 1 at the end.
    pub fn at(self, t: f64) -> Spot {
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * (1.0 - t) * t, t * t);
        Spot {
            x: a * self.start.x + b * self.control.x + c * self.end.x,
            y: a * self.start.y + b * self.control.y + c * self.end.y,
        }
    }

    /// The direction at the middle, as a vector of length 1 (or 0 for a point).
    pub fn heading(self) -> Spot {
        let (dx, dy) = (self.end.x - self.start.x, self.end.y - self.start.y);
        let length = (dx * dx + dy * dy).sqrt();
        if length > 0.0 { Spot { x: dx / length, y: dy / length } } else { Spot::default() }
    }

    /// The two halves.
    pub fn halves(self) -> [Self; 2] {
        let between = |a: Spot, b: Spot| Spot { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) };
        let middle = self.at(0.5);
        [
            Self { start: self.start, control: between(self.start, self.control), end: middle },
            Self { start: middle, control: between(self.control, self.end), end: self.end },
        ]
    }

    /// The curve as an SVG path.
    pub fn path(self) -> String {
        format!("M{} Q{} {}", self.start.svg(), self.control.svg(), self.end.svg())
    }
}

/// Runs an edge from one node to another in its lane: 0 is straight, the others bow to either side. `lane` is in lanes,
/// to the right as seen from the lesser of the two nodes, so that opposite edges do not cross.
pub fn run(from: Rect, to: Rect, lane: f64) -> Curve {
    let (a, b) = (from.centre(), to.centre());
    if from == to {
        let side = from.x + from.w;
        return Curve {
            start: Spot { x: side, y: a.y - 10.0 },
            control: Spot { x: side + 90.0 + lane.abs() * LANE, y: a.y },
            end: Spot { x: side, y: a.y + 10.0 },
        };
    }
    let distance = a.distance(b).max(1.0);
    let (nx, ny) = (-(b.y - a.y) / distance, (b.x - a.x) / distance);
    let shift = lane * LANE;
    // The ends shift with the lane as far as their nodes are wide, the middle a little further.
    let reach = |rect: Rect| shift.clamp(-(rect.w.min(120.0) / 2.0 - 14.0), rect.w.min(120.0) / 2.0 - 14.0);
    let upright = ny.abs() < nx.abs();
    let ends = |rect: Rect, centre: Spot| {
        let by = if upright { reach(rect) } else { shift.clamp(-(rect.h / 2.0 - 10.0), rect.h / 2.0 - 10.0) };
        centre.plus(nx * by, ny * by)
    };
    let (start, end) = (ends(from, a), ends(to, b));
    let control = Spot {
        x: f64::midpoint(start.x, end.x) + nx * shift * 0.45,
        y: f64::midpoint(start.y, end.y) + ny * shift * 0.45,
    };
    Curve { start: from.grown(1.5).exit(start, control), control, end: to.grown(3.5).exit(end, control) }
}

impl Tag {
    /// All that it shows, in one line.
    pub fn visible(&self) -> String {
        let number = self.number.map(|number| number.to_string());
        number.into_iter().chain(self.lines.iter().cloned()).collect::<Vec<_>>().join(" ")
    }
}

/// How much of a curve a rectangle covers, in twenty-fourths.
fn covers(rect: Rect, curve: Curve) -> f64 {
    (1..24).filter(|&at| rect.contains(curve.at(f64::from(at) / 24.0))).map(|_| 1.0).sum()
}

/// The size and the lines of a label.
pub fn tag_of(text: &str) -> Tag {
    let (number, words) = match super::edit::step_number(text) {
        Some((number, words)) => (Some(number), words),
        None => (None, text),
    };
    let lines = wrap(words, LABEL_SIZE, WIDEST);
    let widest = lines.iter().map(|line| width(line, LABEL_SIZE)).fold(0.0, f64::max);
    let numeral = number.map_or(0.0, |number| width(&number.to_string(), LABEL_SIZE) + 8.0);
    let rows = u32::try_from(lines.len()).map_or(1.0, f64::from);
    Tag { rect: Rect { x: 0.0, y: 0.0, w: widest + numeral + 22.0, h: rows * LABEL_LINE + 9.0 }, number, lines }
}

/// What a label has to look out for.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// What it must not cover: nodes, marks, other labels.
    pub taken: &'a [Rect],
    /// The other edges, which it should not cover.
    pub others: &'a [Curve],
    /// Where it should stay.
    pub within: Rect,
}

/// Puts a label on its edge. `t` is where it would like to stand.
pub fn place(tag: &mut Tag, curve: Curve, t: f64, around: Surroundings) {
    let heading = curve.heading();
    let beside = f64::midpoint(tag.rect.h * heading.x.abs(), tag.rect.w * heading.y.abs()) + 18.0;
    let mut best: Option<(f64, Rect)> = None;
    for along in [0.0, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24, -0.32, 0.32] {
        for across in [0.0, 0.35, -0.35, 0.7, -0.7, 1.0, -1.0, 2.0, -2.0] {
            let at = (t + along).clamp(0.1, 0.9);
            let spot = curve.at(at).plus(-heading.y * across * beside, heading.x * across * beside);
            let rect = Rect::around(spot, tag.rect.w, tag.rect.h);
            let covered: f64 = around.taken.iter().map(|other| rect.grown(3.0).overlap(*other)).sum();
            let outside = rect.w * rect.h - rect.overlap(around.within);
            let crossed: f64 = around.others.iter().map(|other| covers(rect.grown(4.0), *other)).sum();
            let cost = (covered + outside) * 10.0 + crossed * 30.0 + along.abs() * 120.0 + across.abs() * 60.0;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, rect));
            }
        }
    }
    if let Some((_, rect)) = best {
        tag.rect = rect;
    }
}
