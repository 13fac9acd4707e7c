//! Draws the lanes: what is explained as a ground, the operations as bars (or, where there are too many, as a skyline of
//! how many begin), the points at which they take effect, and the axis.
//!
//! A read is an outline, whatever changes something is filled; a bar that failed is struck out, one of which nobody knows is
//! open at its right end, and the one that fits nowhere is framed and says so. So nothing is told by colour alone.

use web_sys::CanvasRenderingContext2d as Canvas;

use super::lettering::{axis, names, stuck, words};
use super::palette::Palette;
use super::scale::{AXIS, Scale, count};
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
    stuck(canvas, scale, scene);
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

/// Where the explanation stops, in pixels, if that is seen.
pub fn stop_at(scale: &Scale, scene: &Scene) -> Option<f64> {
    let x = scale.x(scene.finding?.stops?.into());
    (x <= scale.width).then(|| x.max(scale.gutter - 4.0))
}

/// The line at which the explanation stops.
fn stop(canvas: &Canvas, scale: &Scale, scene: &Scene, bottom: f64) {
    let Some(x) = stop_at(scale, scene) else { return };
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
pub struct Shape {
    /// Of which operation.
    pub index: usize,
    /// Where it is in the history.
    pub bar: Bar,
    /// Its left end.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
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

/// The bar of an operation.
pub fn shape(scale: &Scale, scene: &Scene, index: usize) -> Shape {
    let bar = scene.laid.chronicle.bars[index];
    let (from, to) = (scale.x(bar.from.into()).max(-50.0), scale.x(bar.to.into()).min(scale.width + 50.0));
    let (y, height) = scale.bar(bar.lane as usize);
    Shape { index, bar, x: from, y, width: (to - from).max(1.5), height }
}

/// How a bar is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// A read that was answered.
    Outline,
    /// A change that took effect.
    Filled,
    /// It failed, or nobody knows.
    Open,
}

/// How the bar of an operation is drawn.
pub fn ink(scene: &Scene, shape: &Shape) -> Ink {
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
