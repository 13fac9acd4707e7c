//! Where what travels goes, and where it rests: along the edge of the drawing that it is, or straight where there is none.
//!
//! ```text
//!  arrives   ●───────────[ok]│ Client     rests before the card
//!  is lost   ●────────✕                   goes as far as the cut, and is put aside
//!                  [copy of v1]
//! ```

use crate::course::enact::{Fate, Flight, System, Way};
use crate::diagram::geometry::{Rect, Spot, px};
use crate::diagram::measure::width;
use crate::diagram::picture::Picture;
use crate::diagram::route::Curve;

/// The font size of what travels, in pixels.
pub const LETTER: f64 = 12.5;
/// Its height.
pub const HEIGHT: f64 = 24.0;
/// The space around the mark of a loss.
const CROSS: f64 = 15.0;

/// How something travels.
pub struct Travel {
    /// The way, as an SVG path.
    pub path: String,
    /// Where on it it starts and where it rests, as CSS.
    pub from: &'static str,
    /// Where it rests.
    pub to: String,
    /// How wide it is, in pixels.
    pub width: f64,
    /// The line to draw, if the drawing has none.
    pub undrawn: Option<String>,
    /// Where it is lost, if it is.
    pub lost: Option<Spot>,
}

/// The ways of what sets out together; each rests where it covers as little as can be of the drawing and of the others.
pub fn travels<'a>(picture: &Picture, flights: &[(&'a System, &'a Flight)]) -> Vec<Option<Travel>> {
    let mut taken: Vec<Rect> = picture.cards.iter().map(|card| card.rect).collect();
    taken.extend(picture.arrows.iter().filter_map(|arrow| arrow.tag.as_ref()).map(|tag| tag.rect));
    flights.iter().map(|(system, flight)| travel(picture, system, flight, &mut taken)).collect()
}

fn travel(picture: &Picture, system: &System, flight: &Flight, taken: &mut Vec<Rect>) -> Option<Travel> {
    let wide = width(&flight.words, LETTER) + 20.0;
    let drawn = picture.arrows.iter().find(|arrow| flight.edge == Some(arrow.edge)).map(|arrow| arrow.curve);
    let curve = match drawn {
        Some(curve) => curve,
        None => straight(picture, system.id(flight.from)?, system.id(flight.to)?)?,
    };
    let is_against = drawn.is_some() && flight.way == Way::Against;
    let undrawn = drawn.is_none().then(|| curve.path());
    if flight.fate == Fate::Arrives {
        let heading = curve.direction(if is_against { 0.0 } else { 1.0 });
        let short = (HEIGHT / 2.0 / heading.y.abs()).min(wide / 2.0 / heading.x.abs()).min(wide) + 3.0;
        let (from, to) = if is_against {
            ("100%", format!("{}px", px(short)))
        } else {
            ("0%", format!("calc(100% - {}px)", px(short)))
        };
        return Some(Travel { path: curve.path(), from, to, width: wide, undrawn, lost: None });
    }
    let rest = aside(curve, wide, is_against, taken);
    let [first, second] = curve.halves();
    let (path, from, to) = if is_against {
        (format!("M{}L{}", rest.svg(), second.trim_start_matches('M')), "100%", "0%")
    } else {
        (format!("{first}L{}", rest.svg()), "0%", "100%")
    };
    taken.push(Rect::around(rest, wide, HEIGHT));
    let lost = (flight.fate == Fate::Lost).then(|| curve.at(0.5));
    Some(Travel { path, from, to: to.to_owned(), width: wide, undrawn, lost })
}

/// Beside the middle of an edge: the place of a few where it covers least.
fn aside(curve: Curve, wide: f64, is_against: bool, taken: &[Rect]) -> Spot {
    let (middle, heading) = (curve.at(0.5), curve.heading());
    let back = if is_against { 1.0 } else { -1.0 };
    let reach = heading.y.abs() * wide / 2.0 + heading.x.abs() * HEIGHT / 2.0 + CROSS;
    let mut best = (f64::INFINITY, middle);
    for (away, along) in [(reach, 0.0), (reach, 24.0), (reach + 14.0, 0.0), (reach + 30.0, 0.0), (reach + 30.0, 40.0)] {
        for side in [-1.0, 1.0] {
            let spot = middle.plus(
                -heading.y * away * side + heading.x * along * back,
                heading.x * away * side + heading.y * along * back,
            );
            let rect = Rect::around(spot, wide, HEIGHT).grown(2.0);
            let covered: f64 = taken.iter().map(|other| rect.overlap(*other)).sum();
            if covered < best.0 {
                best = (covered, spot);
            }
        }
    }
    best.1
}

/// The straight way between two cards.
fn straight(picture: &Picture, from: &str, to: &str) -> Option<Curve> {
    let rect = |id: &str| picture.cards.iter().find(|card| card.id == id).map(|card| card.rect);
    let (from, to) = (rect(from)?, rect(to)?);
    let (a, b) = (from.centre(), to.centre());
    Some(Curve::new(from.exit(a, b), &[], to.exit(b, a)))
}
