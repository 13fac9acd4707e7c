//! The outlines of nodes: Mermaid's shapes as paths, how large each must be for its text, and where an edge meets it.
//!
//! ```text
//!      ╱╲  ← at the top it is nowhere wide
//!     ╱  ╲
//!    ╱    ╲   at each height a shape reaches from one x to another:
//!    ╲ text╱  [`reach`] says which, and all else follows from that
//!     ╲  ╱
//!      ╲╱
//! ```

use super::Shape;
use super::geometry::{Rect, Spot, px};

/// How far slanted sides lean, in pixels.
const SLANT: f64 = 18.0;
/// Half the height of a cylinder's lid, in pixels.
const LID: f64 = 8.0;
/// From the outer to the inner circle, and from the side to the inner line of a subroutine, in pixels.
const RIM: f64 = 7.0;
/// The corners of a rectangle and of a rounded one, in pixels.
const CORNERS: (f64, f64) = (12.0, 18.0);

/// How wide the lines of a text may become in a shape, in pixels: those with little room inside rather grow in height.
pub fn widest(shape: Shape) -> f64 {
    match shape {
        Shape::Diamond | Shape::Circle | Shape::Doublecircle => 124.0,
        Shape::Ellipse => 150.0,
        _ => 190.0,
    }
}

/// The size of a shape around a text of that size, in pixels, with some air.
pub fn size(shape: Shape, (w, h): (f64, f64)) -> (f64, f64) {
    let round = |w: f64, h: f64| (w * w + h * h).sqrt();
    match shape {
        Shape::Diamond => ((w + 10.0) * 2.0, (h + 6.0) * 2.0),
        Shape::Circle => (round(w, h) + 18.0, round(w, h) + 18.0),
        Shape::Doublecircle => (round(w, h) + 16.0 + 2.0 * RIM, round(w, h) + 16.0 + 2.0 * RIM),
        Shape::Ellipse => (w * 1.42 + 20.0, h * 1.42 + 16.0),
        Shape::Hexagon | Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::InvTrapezoid => {
            (w + 30.0 + 2.0 * SLANT, h + 24.0)
        }
        Shape::Odd => (w + 36.0 + SLANT, h + 24.0),
        Shape::Subroutine => (w + 44.0 + RIM, h + 24.0),
        Shape::Cylinder => (w + 44.0, h + 24.0 + 2.0 * LID),
        Shape::Plain | Shape::Square | Shape::Round | Shape::Stadium => (w + 44.0, h + 24.0),
    }
}

/// Where the text has its middle.
pub fn middle(shape: Shape, rect: Rect) -> Spot {
    match shape {
        Shape::Odd => rect.centre().plus(SLANT / 2.0, 0.0),
        Shape::Cylinder => rect.centre().plus(0.0, LID / 2.0),
        _ => rect.centre(),
    }
}

/// The radius of its corners, for the shapes that are rectangles with more or less round ones.
pub fn corners(shape: Shape, rect: Rect) -> Option<f64> {
    match shape {
        Shape::Plain | Shape::Square => Some(CORNERS.0),
        Shape::Round => Some(CORNERS.1.min(rect.h / 2.0)),
        Shape::Stadium => Some(rect.h.min(48.0) / 2.0),
        _ => None,
    }
}

/// From where to where a shape reaches at a height, which is within the rectangle's.
fn reach(shape: Shape, rect: Rect, y: f64) -> (f64, f64) {
    let down = ((y - rect.y) / rect.h.max(1.0)).clamp(0.0, 1.0);
    let off_middle = (2.0 * down - 1.0).abs();
    let (left, right) = match shape {
        Shape::Diamond => (rect.w / 2.0 * off_middle, rect.w / 2.0 * off_middle),
        Shape::Circle | Shape::Doublecircle | Shape::Ellipse => {
            let inset = rect.w / 2.0 * (1.0 - (1.0 - off_middle * off_middle).sqrt());
            (inset, inset)
        }
        Shape::Hexagon => (SLANT * off_middle, SLANT * off_middle),
        Shape::LeanRight => (SLANT * (1.0 - down), SLANT * down),
        Shape::LeanLeft => (SLANT * down, SLANT * (1.0 - down)),
        Shape::Trapezoid => (SLANT * (1.0 - down), SLANT * (1.0 - down)),
        Shape::InvTrapezoid => (SLANT * down, SLANT * down),
        Shape::Odd => (SLANT * (1.0 - off_middle), 0.0),
        Shape::Subroutine | Shape::Cylinder => (0.0, 0.0),
        Shape::Plain | Shape::Square | Shape::Round | Shape::Stadium => {
            let radius = corners(shape, rect).unwrap_or_default();
            let into = (radius - (y - rect.y).min(rect.y + rect.h - y)).clamp(0.0, radius);
            let inset = radius - (radius * radius - into * into).sqrt();
            (inset, inset)
        }
    };
    (rect.x + left, rect.x + rect.w - right)
}

/// Whether a place is inside the shape.
fn contains(shape: Shape, rect: Rect, spot: Spot) -> bool {
    let (left, right) = reach(shape, rect, spot.y);
    rect.contains(spot) && left <= spot.x && spot.x <= right
}

/// Where the line from `inside` to `outside` leaves the shape; `inside` is moved to the middle as far as it must be.
pub fn exit(shape: Shape, rect: Rect, inside: Spot, outside: Spot) -> Spot {
    let (mut inside, centre) = (inside, rect.centre());
    for _ in 0..6 {
        if contains(shape, rect, inside) {
            break;
        }
        inside = inside.half_way(centre);
    }
    let mut beyond = rect.exit(inside, outside);
    // Halved until it is known to a hundredth of a pixel.
    for _ in 0..16 {
        let between = inside.half_way(beyond);
        *(if contains(shape, rect, between) { &mut inside } else { &mut beyond }) = between;
    }
    beyond
}

/// The outline as an SVG path, with the inner lines that some shapes have.
pub fn path(shape: Shape, rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    match shape {
        Shape::Circle | Shape::Ellipse => oval(rect),
        Shape::Doublecircle => oval(rect) + &oval(rect.grown(-RIM)),
        Shape::Cylinder => {
            let lid = |sweep: &str| format!("a{} {} 0 0 {sweep} ", px(w / 2.0), px(LID));
            let (top, side) = (Spot { x, y: y + LID }.svg(), px(h - 2.0 * LID));
            let (there, back) = (px(w) + " 0", px(-w) + " 0");
            format!("M{top}{}{there}v{side}{}{back}z{}{there}", lid("1"), lid("1"), lid("0"))
        }
        _ => {
            let row = |y: f64| {
                let (left, right) = reach(shape, rect, y);
                (Spot { x: left, y }.svg(), Spot { x: right, y }.svg())
            };
            let [top, middle, bottom] = [y, y + h / 2.0, y + h].map(row);
            let inner = match shape {
                Shape::Subroutine => {
                    let line = |x: f64| format!("M{}v{}", Spot { x, y }.svg(), px(h));
                    line(x + RIM) + &line(x + w - RIM)
                }
                _ => String::new(),
            };
            format!("M{} {} {} {} {} {}z{inner}", top.0, top.1, middle.1, bottom.1, bottom.0, middle.0)
        }
    }
}

fn oval(rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    let half = |w: f64| format!("a{} {} 0 0 1 {} 0", px(w.abs() / 2.0), px(h / 2.0), px(w));
    format!("M{}{}{}z", Spot { x, y: y + h / 2.0 }.svg(), half(w), half(-w))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Shape; 16] = [
        Shape::Plain,
        Shape::Square,
        Shape::Round,
        Shape::Stadium,
        Shape::Subroutine,
        Shape::Cylinder,
        Shape::Circle,
        Shape::Doublecircle,
        Shape::Ellipse,
        Shape::Odd,
        Shape::Diamond,
        Shape::Hexagon,
        Shape::LeanRight,
        Shape::LeanLeft,
        Shape::Trapezoid,
        Shape::InvTrapezoid,
    ];

    #[test]
    fn a_text_of_any_size_fits_inside_any_shape() {
        for shape in ALL {
            for (w, h) in [(12.0, 20.0), (124.0, 20.0), (120.0, 80.0), (60.0, 400.0)] {
                let outer = size(shape, (w, h));
                let rect = Rect { x: 10.0, y: 20.0, w: outer.0, h: outer.1 };
                let text = Rect::around(middle(shape, rect), w, h);
                for (x, y) in [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)] {
                    assert!(contains(shape, rect, Spot { x: text.x + x, y: text.y + y }), "{shape:?} {w} {h}");
                }
            }
        }
    }

    #[test]
    fn an_edge_ends_on_the_outline_wherever_it_comes_from() {
        let rect = Rect { x: 0.0, y: 0.0, w: 160.0, h: 90.0 };
        for shape in ALL {
            for outside in [(400.0, 45.0), (80.0, -300.0), (-200.0, -90.0), (170.0, 400.0), (-40.0, 46.0)] {
                let (x, y) = outside;
                let end = exit(shape, rect, Spot { x: 84.0, y: 40.0 }, Spot { x, y });
                let around = |by: f64| Spot {
                    x: end.x + (rect.centre().x - end.x) * by,
                    y: end.y + (rect.centre().y - end.y) * by,
                };
                assert!(contains(shape, rect, around(0.03)), "{shape:?} {outside:?}: {end:?} is too far out");
                assert!(!contains(shape, rect, around(-0.03)), "{shape:?} {outside:?}: {end:?} is too far in");
            }
        }
    }

    #[test]
    fn every_shape_has_a_path_of_its_own() {
        let rect = Rect { x: 0.0, y: 0.0, w: 160.0, h: 90.0 };
        let with_path: Vec<Shape> = ALL.into_iter().filter(|shape| corners(*shape, rect).is_none()).collect();
        for (at, shape) in with_path.iter().enumerate() {
            assert!(path(*shape, rect).starts_with('M'));
            // A circle is an ellipse in a square.
            let same = |other: &&Shape| {
                path(**other, rect) == path(*shape, rect) && !matches!(other, Shape::Circle | Shape::Ellipse)
            };
            assert_eq!(with_path[at + 1..].iter().find(same), None, "{shape:?}");
        }
    }
}
