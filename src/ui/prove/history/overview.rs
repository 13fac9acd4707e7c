//! Draws the overview: all of the history in a strip, what is explained of it, and a frame around what is seen below.

use web_sys::CanvasRenderingContext2d as Canvas;

use super::hands::Brush;
use super::paint::Scene;
use super::scale::{count, whole};
use super::view::View;
use crate::course::opening::Finding;
use crate::diagram::chronicle::Chronicle;

/// How near to an edge of the frame a pointer takes the edge.
const EDGE: f64 = 9.0;

/// How many operations begin in each column of the strip; found once for each width.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    width: f64,
    /// The share of the highest column, for each cell of two pixels or more.
    cells: Vec<f64>,
}

impl Profile {
    /// Finds it anew if the width has changed.
    pub fn fit(&mut self, chronicle: &Chronicle, width: f64) {
        if (self.width - width).abs() < 0.5 {
            return;
        }
        self.width = width;
        let columns = whole(width / 2.0).max(1);
        let mut sums = vec![0_u32; columns];
        let length = f64::from(chronicle.length()).max(1.0);
        if let Some((level, cell)) = chronicle.level(0.0).filter(|_| length > width * 8.0) {
            for lane in 0..chronicle.lanes() {
                for (at, found) in chronicle.cells(level, lane, 0.0, length).1.iter().enumerate() {
                    let column = whole(count(at) * f64::from(cell) / length * count(columns));
                    sums[column.min(columns - 1)] += found.begun;
                }
            }
        } else {
            for bar in &chronicle.bars {
                let column = whole(f64::from(bar.from) / length * count(columns));
                sums[column.min(columns - 1)] += 1;
            }
        }
        let most = f64::from(sums.iter().copied().max().unwrap_or_default().max(1));
        self.cells = sums.into_iter().map(|sum| f64::from(sum) / most).collect();
    }

    /// Forgets it: another history is opened.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Where a position is in a strip of that width, and what is there.
pub fn x(chronicle: &Chronicle, width: f64, position: f64) -> f64 {
    let all = View::all(chronicle.length());
    (position - all.from) / all.span() * width
}

/// The position that is there.
pub fn position(chronicle: &Chronicle, width: f64, x: f64) -> f64 {
    let all = View::all(chronicle.length());
    all.from + x / width.max(1.0) * all.span()
}

/// What a pointer takes there; `None` outside of the frame.
pub fn taken(chronicle: &Chronicle, view: View, width: f64, at: f64) -> Option<Brush> {
    let (from, to) = (x(chronicle, width, view.from), x(chronicle, width, view.to));
    if to - from > 3.0 * EDGE && (at - from).abs() < EDGE {
        Some(Brush::From)
    } else if to - from > 3.0 * EDGE && (at - to).abs() < EDGE {
        Some(Brush::To)
    } else if at > from - 2.0 && at < to + 2.0 {
        Some(Brush::Inside(position(chronicle, width, at) - view.from))
    } else {
        None
    }
}

/// Draws the strip.
pub fn draw(canvas: &Canvas, (width, height): (f64, f64), view: View, profile: &Profile, scene: &Scene) {
    let (chronicle, palette) = (&scene.laid.chronicle, scene.palette);
    let x = |position: f64| x(chronicle, width, position);
    canvas.set_fill_style_str(&palette.paper);
    canvas.fill_rect(0.0, 0.0, width, height);
    let explained = match scene.finding {
        Some(finding) if finding.verdict.holds() => Some(f64::from(chronicle.length())),
        Some(Finding { stops, .. }) => stops.map(f64::from),
        None => None,
    };
    if let Some(until) = explained {
        canvas.set_fill_style_str(&palette.explained);
        canvas.fill_rect(x(0.0), 0.0, x(until) - x(0.0), height);
    }
    canvas.set_fill_style_str(&palette.quiet);
    let (begin, end) = (x(0.0), x(f64::from(chronicle.length())));
    let cell = (end - begin) / count(profile.cells.len().max(1));
    for (at, share) in profile.cells.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        let high = (share * (height - 18.0)).max(1.5);
        canvas.fill_rect(begin + count(at) * cell, height - 4.0 - high, (cell - 0.4).max(0.6), high);
    }
    brush(canvas, (x(view.from), x(view.to)), (width, height), scene);
    if let Some(position) = scene.finding.and_then(|finding| finding.stops) {
        canvas.set_fill_style_str(&palette.violation);
        let x = x(position.into());
        canvas.fill_rect(x - 1.0, 0.0, 2.0, height);
        canvas.begin_path();
        canvas.move_to(x - 6.0, 0.0);
        canvas.line_to(x + 6.0, 0.0);
        canvas.line_to(x, 8.0);
        canvas.fill();
    }
    if let Some(bar) = scene.selected.and_then(|index| chronicle.bars.get(index)) {
        canvas.set_fill_style_str(&palette.gold);
        canvas.begin_path();
        let x = x(bar.from.into());
        canvas.move_to(x - 5.0, height);
        canvas.line_to(x + 5.0, height);
        canvas.line_to(x, height - 7.0);
        canvas.fill();
    }
}

/// The frame around what is seen; what is outside of it stands back.
fn brush(canvas: &Canvas, (from, to): (f64, f64), (width, height): (f64, f64), scene: &Scene) {
    let palette = scene.palette;
    canvas.set_global_alpha(0.62);
    canvas.set_fill_style_str(&palette.paper);
    canvas.fill_rect(0.0, 0.0, from, height);
    canvas.fill_rect(to, 0.0, width - to, height);
    canvas.set_global_alpha(1.0);
    canvas.set_fill_style_str(&palette.gold_soft);
    canvas.fill_rect(from, 0.0, to - from, height);
    canvas.set_stroke_style_str(&palette.gold);
    canvas.set_line_width(1.5);
    canvas.stroke_rect(from + 0.75, 0.75, (to - from - 1.5).max(1.0), height - 1.5);
    canvas.set_fill_style_str(&palette.gold);
    for edge in [from + 0.75, to - 0.75] {
        canvas.fill_rect(edge - 2.0, height / 2.0 - 8.0, 4.0, 16.0);
    }
}
