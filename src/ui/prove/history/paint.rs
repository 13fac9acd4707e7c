//! Draws the lanes: what is explained as a ground, the operations as bars (or, where there are too many, as a skyline of
//! how many begin), the points at which they take effect, and the axis.
//!
//! A read is an outline, whatever changes something is filled; a bar that failed is struck out, one of which nobody knows is
//! open at its right end, and the one that fits nowhere is framed and says so. So nothing is told by colour alone.

use web_sys::CanvasRenderingContext2d as Canvas;

use super::palette::Palette;
use super::scale::{AXIS, Scale, count};
use super::tell;
use crate::check::log::Call;
use crate::course::opening::{Finding, Laid};
use crate::diagram::chronicle::{Bar, End};

/// What is drawn.
pub struct Scene<'a> {
    /// The history.
    pub laid: &'a Laid,
    /// What was found of it.
    pub finding: Option<&'a Finding>,
    /// The operation that is selected.
    pub selected: Option<usize>,
    /// The operation under the pointer.
    pub hovered: Option<usize>,
    /// The colours.
    pub palette: &'a Palette,
}

/// How many pixels an operation needs at least to be drawn as a bar.
const BAR: f64 = 2.5;

/// How wide a letter of a label is, in pixels, and how wide that of an axis is at most.
const LETTER: f64 = 6.7;

/// Draws the lanes.
pub fn lanes(canvas: &Canvas, scale: &Scale, scene: &Scene) {
    let Palette { paper, line, .. } = scene.palette;
    canvas.set_fill_style_str(paper);
    canvas.fill_rect(0.0, 0.0, scale.width, scale.height);
    let bottom = scale.height - AXIS;
    ground(canvas, scale, scene, bottom);
    canvas.save();
    canvas.begin_path();
    canvas.rect(0.0, 0.0, scale.width, bottom);
    canvas.clip();
    canvas.set_fill_style_str(line);
    for lane in scale.seen().skip(1) {
        canvas.fill_rect(0.0, scale.y(lane).round(), scale.width, 1.0);
    }
    let each = scale.pixels() * 2.0 * count(scale.lanes);
    if each < BAR * 2.0 {
        skyline(canvas, scale, scene);
    } else {
        bars(canvas, scale, scene, each);
    }
    canvas.restore();
    stop(canvas, scale, scene, bottom);
    names(canvas, scale, scene, bottom);
    axis(canvas, scale, scene, bottom);
}

/// What an order explains has a ground of its own.
fn ground(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
    let until = match scene.finding {
        Some(finding) if finding.verdict.holds() => f64::from(scene.laid.chronicle.length()),
        Some(Finding { stops: Some(position), .. }) => f64::from(*position),
        _ => return,
    };
    let (from, to) = (scale.x(0.0).max(scale.gutter), scale.x(until).min(scale.width));
    if to > from {
        canvas.set_fill_style_str(&scene.palette.explained);
        canvas.fill_rect(from, 0.0, to - from, bottom);
    }
}

/// Where the explanation stops.
fn stop(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
    let Some(position) = scene.finding.and_then(|finding| finding.stops) else { return };
    let x = scale.x(position.into());
    if x > scale.width {
        return;
    }
    let x = x.max(scale.gutter - 4.0);
    // What comes after was not looked at, and stands back.
    canvas.set_global_alpha(0.4);
    canvas.set_fill_style_str(&scene.palette.paper);
    canvas.fill_rect(x, 0.0, scale.width - x, bottom);
    canvas.set_global_alpha(1.0);
    canvas.set_fill_style_str(&scene.palette.violation);
    canvas.fill_rect(x - 1.0, 0.0, 2.0, bottom);
}

/// How many operations begin, cell by cell.
fn skyline(canvas: &Canvas, scale: &Scale, scene: &Scene) {
    let chronicle = &scene.laid.chronicle;
    let Some((level, width)) = chronicle.level(2.0 / scale.pixels()) else { return };
    let cell = f64::from(width) * scale.pixels();
    let most = f64::from(width) / count(scale.lanes) / 2.0;
    let room = (scale.lane - 10.0).min(72.0);
    let mut unknown = Vec::new();
    canvas.set_fill_style_str(&scene.palette.quiet);
    for lane in scale.seen() {
        let (top, high) = scale.bar(lane);
        let base = top + high + if scale.has_room_above() { 4.0 } else { 0.0 };
        let (first, cells) = chronicle.cells(level, lane, scale.view.from, scale.view.to);
        for (at, found) in cells.iter().enumerate() {
            if found.begun == 0 {
                continue;
            }
            let x = scale.x(count(first + at) * f64::from(width));
            let tall = (f64::from(found.begun) / most * 0.6).min(1.0) * room;
            canvas.fill_rect(x, base - tall.max(2.0), (cell - 0.5).max(0.8), tall.max(2.0));
            if found.unknown > 0 {
                unknown.push((x, base));
            }
        }
    }
    canvas.set_fill_style_str(&scene.palette.gold);
    for (x, base) in unknown {
        canvas.fill_rect(x, base - room, 2.0, 3.0);
    }
    for index in [scene.finding.and_then(Finding::stuck), scene.selected].into_iter().flatten() {
        let Some(bar) = chronicle.bars.get(index) else { continue };
        let stuck = scene.finding.and_then(Finding::stuck) == Some(index);
        let colour = if stuck { &scene.palette.violation } else { &scene.palette.gold };
        canvas.set_fill_style_str(colour);
        let wide = ((f64::from(bar.to) - f64::from(bar.from)) * scale.pixels()).max(3.0);
        canvas.fill_rect(scale.x(bar.from.into()), scale.y(bar.lane as usize) + 2.0, wide, scale.lane - 4.0);
    }
}

/// A bar on the canvas.
struct Shape {
    index: usize,
    bar: Bar,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

fn bars(canvas: &Canvas, scale: &Scale, scene: &Scene, each: f64) {
    let mut shapes: Vec<Shape> = Vec::new();
    for lane in scale.seen() {
        for &index in scene.laid.chronicle.between(lane, scale.view.from, scale.view.to) {
            shapes.push(shape(scale, scene, index as usize));
        }
    }
    let palette = scene.palette;
    let rounded = each > 40.0;
    for (colour, wanted) in [(&palette.read, Ink::Outline), (&palette.write, Ink::Filled), (&palette.paper, Ink::Open)]
    {
        canvas.set_fill_style_str(colour);
        for shape in shapes.iter().filter(|shape| ink(scene, shape) == wanted) {
            fill(canvas, shape, rounded);
        }
    }
    if each > BAR * 3.0 {
        outlines(canvas, scene, &shapes);
    }
    open_ends(canvas, scale, scene, &shapes);
    for shape in &shapes {
        mark(canvas, scene, shape);
    }
    if each > 30.0 {
        points(canvas, scale, scene, &shapes);
    }
    if each > 24.0 {
        words(canvas, scale, scene, &shapes);
    }
}

fn shape(scale: &Scale, scene: &Scene, index: usize) -> Shape {
    let bar = scene.laid.chronicle.bars[index];
    let (from, to) = (scale.x(bar.from.into()).max(-50.0), scale.x(bar.to.into()).min(scale.width + 50.0));
    let (y, height) = scale.bar(bar.lane as usize);
    Shape { index, bar, x: from, y, width: (to - from).max(1.5), height }
}

/// How a bar is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    /// A read that was answered.
    Outline,
    /// A change that took effect.
    Filled,
    /// It failed, or nobody knows.
    Open,
}

fn ink(scene: &Scene, shape: &Shape) -> Ink {
    match (shape.bar.end, scene.laid.log.entries[shape.index].call) {
        (End::Ok, Call::Read) => Ink::Outline,
        (End::Ok, _) => Ink::Filled,
        _ => Ink::Open,
    }
}

fn fill(canvas: &Canvas, shape: &Shape, rounded: bool) {
    if rounded {
        canvas.begin_path();
        let _ = canvas.round_rect_with_f64(shape.x, shape.y, shape.width, shape.height, 4.0);
        canvas.fill();
    } else {
        canvas.fill_rect(shape.x, shape.y, shape.width, shape.height);
    }
}

fn outlines(canvas: &Canvas, scene: &Scene, shapes: &[Shape]) {
    let palette = scene.palette;
    canvas.set_line_width(1.25);
    for (colour, wanted) in [(&palette.quiet, Ink::Outline), (&palette.strong, Ink::Open)] {
        canvas.set_stroke_style_str(colour);
        canvas.begin_path();
        for shape in shapes.iter().filter(|shape| ink(scene, shape) == wanted && shape.bar.end != End::Unknown) {
            let _ = canvas.round_rect_with_f64(shape.x, shape.y, shape.width, shape.height, 4.0);
            if shape.bar.end == End::Failed {
                canvas.move_to(shape.x + 2.0, shape.y + shape.height / 2.0);
                canvas.line_to(shape.x + shape.width - 2.0, shape.y + shape.height / 2.0);
            }
        }
        canvas.stroke();
    }
}

/// An operation of which nobody knows has no right end: an arrow leads on from it.
fn open_ends(canvas: &Canvas, scale: &Scale, scene: &Scene, shapes: &[Shape]) {
    canvas.set_stroke_style_str(&scene.palette.gold);
    canvas.set_line_width(1.5);
    canvas.begin_path();
    let mut tails = Vec::new();
    for shape in shapes.iter().filter(|shape| shape.bar.end == End::Unknown) {
        let (right, bottom, middle) = (shape.x + shape.width, shape.y + shape.height, shape.y + shape.height / 2.0);
        canvas.move_to(right, shape.y);
        canvas.line_to(shape.x, shape.y);
        canvas.line_to(shape.x, bottom);
        canvas.line_to(right, bottom);
        let [_, next] = scene.laid.chronicle.beside(shape.index);
        let end = next.map_or(scale.width, |next| scale.x(scene.laid.chronicle.bars[next].from.into()) - 6.0);
        if end > right + 8.0 && shape.width > 3.0 {
            tails.push((right, end.min(scale.width), middle));
        }
    }
    canvas.stroke();
    let _ = canvas.set_line_dash(&js_sys::Array::of2(&3.into(), &4.into()));
    canvas.begin_path();
    for &(from, to, y) in &tails {
        canvas.move_to(from, y);
        canvas.line_to(to, y);
    }
    canvas.stroke();
    let _ = canvas.set_line_dash(&js_sys::Array::new());
    canvas.begin_path();
    for (_, to, y) in tails {
        canvas.move_to(to - 5.0, y - 4.0);
        canvas.line_to(to, y);
        canvas.line_to(to - 5.0, y + 4.0);
    }
    canvas.stroke();
}

/// The one that fits nowhere, the selected one and the one under the pointer.
fn mark(canvas: &Canvas, scene: &Scene, shape: &Shape) {
    let palette = scene.palette;
    let stuck = scene.finding.and_then(Finding::stuck) == Some(shape.index);
    if stuck {
        canvas.set_fill_style_str(&palette.paper);
        fill(canvas, shape, true);
        canvas.set_fill_style_str(&palette.violation_soft);
        fill(canvas, shape, true);
        frame(canvas, shape, &palette.violation, 2.5, 0.0);
    }
    if scene.selected == Some(shape.index) {
        frame(canvas, shape, &palette.gold, 2.0, 3.0);
    } else if scene.hovered == Some(shape.index) {
        frame(canvas, shape, &palette.text, 1.5, 2.0);
    }
}

fn frame(canvas: &Canvas, shape: &Shape, colour: &str, width: f64, around: f64) {
    canvas.set_stroke_style_str(colour);
    canvas.set_line_width(width);
    canvas.begin_path();
    let _ = canvas.round_rect_with_f64(
        shape.x - around,
        shape.y - around,
        shape.width + 2.0 * around,
        shape.height + 2.0 * around,
        4.0 + around,
    );
    canvas.stroke();
}

/// Where operations take effect, in the order that was found: a stroke with a foot and a head.
fn points(canvas: &Canvas, scale: &Scale, scene: &Scene, shapes: &[Shape]) {
    let Some(finding) = scene.finding else { return };
    canvas.set_fill_style_str(&scene.palette.text);
    for shape in shapes.iter().filter(|shape| finding.places[shape.index] > 0) {
        let x = scale.x(finding.points[shape.index]);
        canvas.fill_rect(x - 0.75, shape.y - 3.0, 1.5, shape.height + 6.0);
        canvas.begin_path();
        let _ = canvas.arc(x, shape.y - 3.0, 2.5, 0.0, std::f64::consts::TAU);
        canvas.fill();
    }
}

fn words(canvas: &Canvas, scale: &Scale, scene: &Scene, shapes: &[Shape]) {
    let palette = scene.palette;
    canvas.set_font(&format!("11.5px {}", palette.mono));
    canvas.set_text_baseline("middle");
    let mut above = Above::default();
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
            above.note(canvas, scale, scene, shape, &format!("✕ {}", labels[0]));
            continue;
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
#[derive(Default)]
struct Above {
    lane: u32,
    free_from: f64,
}

impl Above {
    fn note(&mut self, canvas: &Canvas, scale: &Scale, scene: &Scene, shape: &Shape, label: &str) {
        let (middle, half) = (shape.x + shape.width / 2.0, count(label.chars().count()) * LETTER / 2.0 + 1.0);
        if self.lane != shape.bar.lane {
            *self = Self { lane: shape.bar.lane, free_from: scale.gutter };
        }
        let stuck = scene.finding.and_then(Finding::stuck) == Some(shape.index);
        if !scale.has_room_above() || label.is_empty() || (middle - half < self.free_from && !stuck) {
            return;
        }
        self.free_from = middle + half + 2.0;
        canvas.set_fill_style_str(if stuck { &scene.palette.violation } else { &scene.palette.quiet });
        canvas.set_text_align("center");
        let _ = canvas.fill_text(label, middle, shape.y - 12.0);
    }
}

/// Whose lane it is: the process that is at work at the left edge.
fn names(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
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

fn axis(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
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
            let _ = canvas.fill_text(&super::scale::whole(at).to_string(), x, bottom + AXIS / 2.0 + 2.0);
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
