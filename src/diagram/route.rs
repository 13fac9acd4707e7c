//! How edges run: straight where they can, bowed apart where several have the same ends, around the nodes that stand in
//! between.
//!
//! ```text
//!   start ──╮                a curve bends towards its bends, one after the other, and passes half way between two
//!        bend ╲ bend         (a quadratic B-spline); with one bend it is a plain bow
//!              ╰── end
//! ```

use super::Shape;
use super::geometry::{Rect, Spot, count};
use super::outline;

/// The most bends a curve has.
const MOST: usize = 12;
/// From one place to the next at which is looked whether an edge is blocked, in pixels.
const STEP: f64 = 16.0;
/// How far nodes must stay from an edge that is not theirs, in pixels.
pub const CLEARANCE: f64 = 5.0;

/// A smooth curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Its start.
    pub start: Spot,
    /// What it bends towards; the first `count` of them are there.
    bends: [Spot; MOST],
    count: usize,
    /// Its end.
    pub end: Spot,
}

/// An end of an edge: a node, or a subgraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Its shape.
    pub shape: Shape,
    /// How large it is.
    pub rect: Rect,
}

impl Curve {
    /// A curve with these bends, of which there should be one at least; of too many, some are passed over.
    pub fn new(start: Spot, bends: &[Spot], end: Spot) -> Self {
        let step = bends.len().div_ceil(MOST).max(1);
        let mut curve = Self { start, bends: [start.half_way(end); MOST], count: 0, end };
        for &bend in bends.iter().step_by(step) {
            curve.bends[curve.count] = bend;
            curve.count += 1;
        }
        curve.count = curve.count.max(1);
        curve
    }

    /// A piece of it: from where, towards what, to where.
    fn piece(&self, at: usize) -> (Spot, Spot, Spot) {
        let start = if at == 0 { self.start } else { self.bends[at - 1].half_way(self.bends[at]) };
        let end = if at + 1 == self.count { self.end } else { self.bends[at].half_way(self.bends[at + 1]) };
        (start, self.bends[at], end)
    }

    /// The place at `t`, from 0 at the start to 1 at the end.
    pub fn at(&self, t: f64) -> Spot {
        let along = t.clamp(0.0, 1.0) * count(self.count);
        let at = (1..self.count).take_while(|&at| count(at) <= along).last().unwrap_or(0);
        let (start, bend, end) = self.piece(at);
        let t = along - count(at);
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * (1.0 - t) * t, t * t);
        Spot { x: a * start.x + b * bend.x + c * end.x, y: a * start.y + b * bend.y + c * end.y }
    }

    /// The direction at `t`, as a vector of length 1 (or 0 for a point).
    pub fn direction(&self, t: f64) -> Spot {
        let (before, behind) = (self.at(t - 0.02), self.at(t + 0.02));
        let (dx, dy, length) = (behind.x - before.x, behind.y - before.y, before.distance(behind));
        if length > 0.0 { Spot { x: dx / length, y: dy / length } } else { Spot::default() }
    }

    /// The direction at the middle, as a vector of length 1 (or 0 for a point).
    pub fn heading(&self) -> Spot {
        self.direction(0.5)
    }

    /// The same, further on.
    #[must_use]
    pub fn moved(mut self, x: f64, y: f64) -> Self {
        (self.start, self.end) = (self.start.plus(x, y), self.end.plus(x, y));
        self.bends = self.bends.map(|bend| bend.plus(x, y));
        self
    }

    /// Whether it passes a place within a distance, in pixels.
    pub fn passes(&self, spot: Spot, distance: f64) -> bool {
        let steps = self.steps(distance * 2.0);
        (0..=steps).any(|at| self.at(count(at) / count(steps)).distance(spot) < distance)
    }

    /// In how many steps one walks along it, each at most about that long, in pixels.
    fn steps(&self, step: f64) -> usize {
        let length = (0..self.count).fold(0.0, |length, at| {
            let (start, bend, end) = self.piece(at);
            length + start.distance(bend) + bend.distance(end)
        });
        (8..200).find(|steps| count(*steps) * step >= length).unwrap_or(200)
    }

    /// A rectangle around it.
    pub fn extent(&self) -> Rect {
        let point = |spot: Spot| Rect::around(spot, 0.0, 0.0);
        let pieces = (0..self.count).map(|at| self.piece(at).2);
        let ends = pieces.map(point).fold(point(self.start), Rect::with);
        // A bow reaches half way to its bend.
        (0..16).map(|at| point(self.at(f64::from(at) / 16.0))).fold(ends, Rect::with)
    }

    /// The curve as an SVG path.
    pub fn path(&self) -> String {
        let pieces = (0..self.count).map(|at| self.piece(at));
        self.start_of_path() + &pieces.map(svg).collect::<String>()
    }

    /// The two halves as SVG paths.
    pub fn halves(&self) -> [String; 2] {
        let at = self.count / 2;
        let mut first = self.start_of_path();
        let mut second = "M".to_owned() + &self.at(0.5).svg();
        for piece in 0..self.count {
            let (start, bend, end) = self.piece(piece);
            if piece == at && self.count % 2 == 1 {
                let (before, behind) = (start.half_way(bend), bend.half_way(end));
                first += &svg((start, before, before.half_way(behind)));
                second += &svg((start, behind, end));
            } else {
                *(if piece < at { &mut first } else { &mut second }) += &svg((start, bend, end));
            }
        }
        [first, second]
    }

    fn start_of_path(&self) -> String {
        "M".to_owned() + &self.start.svg()
    }
}

fn svg((_, bend, end): (Spot, Spot, Spot)) -> String {
    format!(" Q{} {}", bend.svg(), end.svg())
}

impl End {
    /// Where an edge that comes from `outside` and is meant for `inside` meets the outline, at some distance from it.
    fn meet(self, inside: Spot, outside: Spot, distance: f64) -> Spot {
        outline::exit(self.shape, self.rect.grown(distance), inside, outside)
    }

    /// The place inside for an edge that runs `by` aside of the middle, where (`nx`, `ny`) is aside.
    fn beside(self, nx: f64, ny: f64, by: f64) -> Spot {
        let room = if ny.abs() < nx.abs() { self.rect.w.min(120.0) / 2.0 - 14.0 } else { self.rect.h / 2.0 - 10.0 };
        let by = by.clamp(-room.max(0.0), room.max(0.0));
        self.rect.centre().plus(nx * by, ny * by)
    }
}

/// How far edges with the same ends run apart in their middles, in pixels, when there are `count` of them. The more
/// `upright` they are, from 0 to 1, the more it is the width of their `largest` label that counts.
pub fn pitch(upright: f64, count: usize, largest: (f64, f64)) -> f64 {
    let (level, steep) =
        if count < 3 { (58.0_f64, 88.0) } else { (40.0_f64, (largest.0 / 2.0 + 12.0).clamp(56.0, 112.0)) };
    level.max(largest.1 + 14.0) * (1.0 - upright) + steep * upright
}

/// How upright the line between two rectangles is, from 0 to 1.
pub fn upright(from: Rect, to: Rect) -> f64 {
    let (a, b) = (from.centre(), to.centre());
    (b.y - a.y).abs() / a.distance(b).max(1.0)
}

/// Runs an edge whose middle lies `aside` of the straight line, in pixels: to the left when that is positive, or above
/// where the line is rather level.
pub fn run(from: End, to: End, aside: f64) -> Curve {
    let (a, b) = (from.rect.centre(), to.rect.centre());
    let distance = a.distance(b).max(1.0);
    let (nx, ny) = (-(b.y - a.y) / distance, (b.x - a.x) / distance);
    let side = if nx.abs() >= ny.abs() { -nx.signum() } else { -ny.signum() };
    let aside = aside * side;
    // The ends shift as far as their nodes are wide, the middle a little further.
    let (start, end) = (from.beside(nx, ny, aside * 0.82), to.beside(nx, ny, aside * 0.82));
    let (middle, chord) = (a.half_way(b).plus(nx * aside, ny * aside), start.half_way(end));
    let bend = middle.plus(middle.x - chord.x, middle.y - chord.y);
    Curve::new(from.meet(start, bend, 1.5), &[bend], to.meet(end, bend, 3.5))
}

/// Runs an edge with the flow of its box: out of one node, across between the layers, along what is kept free for it in
/// the layers it passes (`way`: where it enters and leaves each), into the other node. None where the nodes do not lie
/// one behind the other.
pub fn flowing(from: End, to: End, way: &[Spot], is_upright: bool) -> Option<Curve> {
    // As if it flowed down, or up.
    let turned = |spot: Spot| if is_upright { spot } else { Spot { x: spot.y, y: spot.x } };
    let (a, b) = (turned(from.rect.centre()), turned(to.rect.centre()));
    let half =
        |end: End| if is_upright { (end.rect.w / 2.0, end.rect.h / 2.0) } else { (end.rect.h / 2.0, end.rect.w / 2.0) };
    let (a_half, b_half) = (half(from), half(to));
    let down = if a.y < b.y { 1.0 } else { -1.0 };
    let (leaves, arrives) = (a.y + down * a_half.1, b.y - down * b_half.1);
    if (arrives - leaves) * down < 24.0 {
        return None;
    }
    let way: Vec<Spot> = way.iter().map(|&spot| turned(spot)).collect();
    let port = |x: f64, half: f64, toward: f64| {
        let room = (half - 16.0).max(0.0) * 0.6;
        x + ((toward - x) * 0.15).clamp(-room, room)
    };
    let mut start = port(a.x, a_half.0, way.first().map_or(b.x, |spot| spot.x));
    let mut end = port(b.x, b_half.0, way.last().map_or(a.x, |spot| spot.x));
    if (start - end).abs() < 28.0 && way.is_empty() {
        (start, end) = (f64::midpoint(start, end), f64::midpoint(start, end));
    }
    let mut bends: Vec<Spot> = Vec::new();
    // A soft S: the steeper, the more room there is.
    let mut cross = |from: f64, to: f64, (before, behind): (f64, f64)| {
        if (from - to).abs() > 1.0 {
            let y = |part: f64| before + (behind - before) * part;
            bends.extend([turned(Spot { x: from, y: y(0.32) }), turned(Spot { x: to, y: y(0.68) })]);
        }
    };
    let (mut x, mut left) = (start, leaves);
    for layer in way.chunks(2) {
        cross(x, layer[0].x, (left, layer[0].y));
        (x, left) = (layer[0].x, layer[layer.len() - 1].y);
    }
    cross(x, end, (left, arrives));
    let meet = |end: End, x: f64, y: f64, side: f64, distance: f64| {
        end.meet(turned(Spot { x, y }), turned(Spot { x, y: side }), distance)
    };
    let first = meet(from, start, a.y, leaves + down * 99.0, 1.5);
    Some(Curve::new(first, &bends, meet(to, end, b.y, arrives - down * 99.0, 3.5)))
}

/// The same, but out of the side of the first node, or into the side of the second, -1 for the left and 1 for the right.
pub fn sideways(
    from: End,
    to: End,
    way: &[Spot],
    is_upright: bool,
    (out, into): (Option<f64>, Option<f64>),
) -> Option<Curve> {
    // As if the edge led to a narrow node beside the real one.
    let beside = |end: End, side: Option<f64>| {
        let Some(side) = side else { return end };
        let Rect { w, h, .. } = end.rect;
        let spot = end.rect.centre();
        let rect = if is_upright {
            Rect::around(spot.plus(side * (w / 2.0 + 20.0), 0.0), 1.0, h)
        } else {
            Rect::around(spot.plus(0.0, side * (h / 2.0 + 20.0)), w, 1.0)
        };
        End { shape: Shape::Square, rect }
    };
    let (first, last) = (beside(from, out), beside(to, into));
    let flowing = flowing(first, last, way, is_upright)?;
    let mut bends: Vec<Spot> = flowing.bends[..flowing.count].to_vec();
    let (mut start, mut end) = (flowing.start, flowing.end);
    if out.is_some() {
        let corner = first.rect.centre();
        start = from.meet(from.rect.centre(), corner, 1.5);
        bends.insert(0, corner);
    }
    if into.is_some() {
        let corner = last.rect.centre();
        end = to.meet(to.rect.centre(), corner, 3.5);
        bends.push(corner);
    }
    Some(Curve::new(start, &bends, end))
}

/// Runs an edge back to the node it comes from, on its right side. `size` is how far it reaches, in pixels.
pub fn turn(end: End, size: f64) -> Curve {
    let (middle, half) = (end.rect.centre(), (end.rect.h / 2.0 - 5.0).clamp(4.0, 9.0 + size / 8.0));
    let right = end.rect.x + end.rect.w;
    let bends = [-1.0, 1.0].map(|up| Spot { x: right + size, y: middle.y + up * (half + size / 3.0) });
    let leave = |up: f64, distance: f64| {
        let level = middle.plus(0.0, up * half);
        end.meet(level, Spot { x: right + 400.0, y: level.y }, distance)
    };
    Curve::new(leave(-1.0, 1.5), &bends, leave(1.0, 3.5))
}

/// Whether a place of a curve is blocked.
pub fn is_blocked(curve: Curve, is_blocked: &dyn Fn(Spot) -> bool) -> bool {
    hits(&curve, 1, is_blocked) > 0
}

/// How many places of a curve are blocked; counted up to `most`.
fn hits(curve: &Curve, most: usize, is_blocked: &dyn Fn(Spot) -> bool) -> usize {
    let steps = curve.steps(STEP);
    (1..steps).filter(|&at| is_blocked(curve.at(count(at) / count(steps)))).take(most).count()
}

/// The first of several ways to run an edge that is nowhere blocked: as it is wanted, or bowed to one side or the other,
/// further and further; the one that is blocked least if all are.
pub fn around(wanted: Curve, from: End, to: End, aside: f64, is_blocked: &dyn Fn(Spot) -> bool) -> Curve {
    let mut best = (hits(&wanted, usize::MAX, is_blocked), wanted);
    for step in 1..9 {
        for side in [1.0, -1.0] {
            if best.0 == 0 {
                return best.1;
            }
            let bowed = run(from, to, aside + side * 46.0 * f64::from(step));
            let blocked = hits(&bowed, best.0, is_blocked);
            if blocked < best.0 {
                best = (blocked, bowed);
            }
        }
    }
    best.1
}
