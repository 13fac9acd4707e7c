//! The words of the lanes: in the bars, above them, beside the line at which the explanation stops, and along two edges.

use web_sys::CanvasRenderingContext2d as Canvas;

use super::paint::{Ink, Scene, Shape, ink, shape, stop_at};
use super::scale::{AXIS, Scale, count};
use super::tell;
use crate::course::opening::Finding;

/// How wide a letter of a label is, in pixels.
const LETTER: f64 = 6.7;

/// How wide a digit on the axis is at most, in pixels, whichever font it gets.
const DIGIT: f64 = 8.0;

/// What the operations are, in their bars or above them.
pub fn words(canvas: &Canvas, scale: &Scale, scene: &Scene, shapes: &[Shape]) {
    let palette = scene.palette;
    canvas.set_font(&format!("11.5px {}", palette.mono));
    canvas.set_text_baseline("middle");
    let mut above = Above { lane: 0, free_from: scale.gutter, stuck: Stuck::of(scale, scene) };
    for shape in shapes {
        canvas.set_text_align("left");
        let (left, right) = (shape.x.max(scale.gutter), (shape.x + shape.width).min(scale.width));
        let point = scene.finding.filter(|finding| finding.places[shape.index] > 0);
        let point = point.map(|finding| scale.x(finding.points[shape.index]));
        // Beside the stroke of the point, on the side that has more room.
        let (left, right) = match point {
            Some(x) if x > left && x < right && x - left > right - x => (left, x),
            Some(x) if x > left && x < right => (x, right),
            _ => (left, right),
        };
        let room = right - left - 8.0;
        let labels = tell::labels(&scene.laid.log.entries[shape.index]);
        let stuck = scene.finding.and_then(Finding::stuck) == Some(shape.index);
        if stuck && scale.has_room_above() {
            continue; // it has words of its own
        }
        let fits = |label: &&String| !label.is_empty() && count(label.chars().count()) * LETTER <= room;
        let Some(label) = labels.iter().find(fits) else {
            above.note(canvas, scale, scene, shape, &labels[1]);
            continue;
        };
        let colour = match ink(scene, shape) {
            _ if stuck => &palette.text,
            Ink::Filled => &palette.paper,
            Ink::Outline => &palette.text,
            Ink::Open => &palette.quiet,
        };
        canvas.set_fill_style_str(colour);
        let _ = canvas.fill_text(label, left + 5.0, shape.y + shape.height / 2.0 + 0.5);
    }
}

/// The words above the bars that are too narrow for them: from left to right, as far as they do not run into each other.
struct Above {
    lane: u32,
    free_from: f64,
    stuck: Option<Stuck>,
}

impl Above {
    fn note(&mut self, canvas: &Canvas, scale: &Scale, scene: &Scene, shape: &Shape, label: &str) {
        let half = count(label.chars().count()) * LETTER / 2.0 + 1.0;
        let middle = beside_stop(shape.x + shape.width / 2.0, half, stop_at(scale, scene));
        if self.lane != shape.bar.lane {
            (self.lane, self.free_from) = (shape.bar.lane, scale.gutter);
        }
        let covered = self.stuck.as_ref().is_some_and(|stuck| {
            let (left, right) = (stuck.left, stuck.left + stuck.width);
            stuck.lane == shape.bar.lane && middle + half > left && middle - half < right
        });
        if !scale.has_room_above() || label.is_empty() || middle - half < self.free_from || covered {
            return;
        }
        self.free_from = middle + half + 2.0;
        canvas.set_fill_style_str(&scene.palette.quiet);
        canvas.set_text_align("center");
        let _ = canvas.fill_text(label, middle, shape.y - 12.0);
    }
}

/// Where a word goes that the line would strike through: to the side of it on which the middle is.
fn beside_stop(middle: f64, half: f64, stop: Option<f64>) -> f64 {
    match stop {
        Some(stop) if (middle - stop).abs() < half + 2.0 => {
            stop + (half + 3.0) * if middle < stop { -1.0 } else { 1.0 }
        }
        _ => middle,
    }
}

/// What fits nowhere, in words.
struct Stuck {
    lane: u32,
    label: String,
    left: f64,
    width: f64,
    top: f64,
}

impl Stuck {
    /// It stands beside the line at which the explanation stops: after it, where nothing was looked at, if there is room.
    fn of(scale: &Scale, scene: &Scene) -> Option<Self> {
        let index = scene.finding.and_then(Finding::stuck).filter(|_| scale.has_room_above())?;
        let stop = stop_at(scale, scene).filter(|stop| *stop >= scale.gutter)?;
        let shape = shape(scale, scene, index);
        let label = format!("✕ {}", tell::labels(&scene.laid.log.entries[index])[0]);
        let width = count(label.chars().count()) * LETTER + 8.0;
        let left = if stop + width + 4.0 < scale.width { stop + 3.0 } else { stop - width - 3.0 };
        Some(Self { lane: shape.bar.lane, label, left, width, top: shape.y - 21.0 })
    }
}

/// Says what fits nowhere.
pub fn stuck(canvas: &Canvas, scale: &Scale, scene: &Scene) {
    let Some(stuck) = Stuck::of(scale, scene) else { return };
    canvas.set_font(&format!("11.5px {}", scene.palette.mono));
    canvas.set_text_baseline("middle");
    canvas.set_text_align("left");
    canvas.set_fill_style_str(&scene.palette.paper);
    canvas.fill_rect(stuck.left, stuck.top, stuck.width, 18.0);
    canvas.set_fill_style_str(&scene.palette.violation);
    let _ = canvas.fill_text(&stuck.label, stuck.left + 4.0, stuck.top + 9.0);
}

/// Whose lane it is: the process that is at work at the left edge.
pub fn names(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
    let palette = scene.palette;
    canvas.set_fill_style_str(&palette.paper);
    canvas.fill_rect(0.0, 0.0, scale.gutter, bottom);
    canvas.set_fill_style_str(&palette.line);
    canvas.fill_rect(scale.gutter - 1.0, 0.0, 1.0, bottom);
    canvas.set_fill_style_str(&palette.quiet);
    canvas.set_font(&format!("12px {}", palette.sans));
    canvas.set_text_baseline("middle");
    canvas.set_text_align("right");
    canvas.save();
    canvas.begin_path();
    canvas.rect(0.0, 0.0, scale.gutter, bottom);
    canvas.clip();
    for lane in scale.seen() {
        let seen = scene.laid.chronicle.between(lane, scale.view.from, scale.view.to);
        let process = seen
            .first()
            .map_or_else(|| scene.laid.chronicle.name(lane), |&index| scene.laid.log.entries[index as usize].process);
        let name = if scale.gutter > 60.0 { format!("process {process}") } else { process.to_string() };
        let _ = canvas.fill_text(&name, scale.gutter - 9.0, scale.y(lane) + scale.lane / 2.0 + 0.5);
    }
    canvas.restore();
}

/// The numbers of the events.
pub fn axis(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
    let palette = scene.palette;
    canvas.set_fill_style_str(&palette.paper);
    canvas.fill_rect(0.0, bottom, scale.width, AXIS);
    canvas.set_fill_style_str(&palette.line);
    canvas.fill_rect(0.0, bottom, scale.width, 1.0);
    canvas.set_fill_style_str(&palette.quiet);
    canvas.set_font(&format!("11.5px {}", palette.sans));
    canvas.set_text_baseline("middle");
    canvas.set_text_align("right");
    let _ =
        canvas.fill_text(if scale.gutter > 60.0 { "event" } else { "" }, scale.gutter - 9.0, bottom + AXIS / 2.0 + 1.0);
    canvas.set_text_align("center");
    let step = round_step(72.0 / scale.pixels());
    let mut at = (scale.view.from / step).ceil().max(0.0) * step;
    while at <= scale.view.to.min(f64::from(scene.laid.chronicle.length())) {
        let x = scale.x(at);
        if x >= scale.gutter {
            canvas.fill_rect(x.round(), bottom, 1.0, 5.0);
            let number = super::scale::whole(at).to_string();
            // At the edges it moves in beside its mark, rather than being cut off.
            let half = count(number.len()) * DIGIT / 2.0;
            let middle = x.min(scale.width - half).max(scale.gutter + half);
            let _ = canvas.fill_text(&number, middle, bottom + AXIS / 2.0 + 2.0);
        }
        at += step;
    }
}

/// The smallest of 1, 2, 5, 10, 20, … that is at least that much.
fn round_step(least: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for times in [1.0, 2.0, 5.0] {
            if step * times >= least {
                return step * times;
            }
        }
        step *= 10.0;
    }
}
