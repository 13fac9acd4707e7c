//! Looking around: the pointer, the wheel and the keys change what is seen and what is selected, and it is drawn.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::Context;

use super::hands::{Brush, Deed, Hand};
use super::overview;
use super::page::{HistoryPage, Phase, Shown, TIMES};
use super::paint::{self, Scene};
use super::palette::Palette;
use super::scale::Scale;
use super::stage::{Place, What};
use super::view::View;
use crate::course::opening::Finding;
use crate::ui::browser;
use crate::ui::keys::{presses_control, with_command};

/// How many pixels of a wheel double what one sees.
const WHEEL: f64 = 240.0;

/// How much an arrow key moves, as a share of what is seen.
const STEP: f64 = 0.15;

/// How many positions are seen when one goes to where it stops.
const CLOSE: f64 = 44.0;

impl HistoryPage {
    fn shown(&self) -> Option<&Shown> {
        if let Phase::Shown(shown) = &self.phase { Some(shown) } else { None }
    }

    fn length(&self) -> u32 {
        self.shown().map_or(0, |shown| shown.laid.chronicle.length())
    }

    fn scale(&self) -> Option<Scale> {
        let canvas = self.lanes.cast::<HtmlCanvasElement>()?;
        Some(Scale::of(&self.shown()?.laid.chronicle, self.view, size(&canvas)))
    }

    /// Another view; never anything to render.
    pub(super) fn see(&mut self, ctx: &Context<Self>, change: impl FnOnce(View, u32) -> View) -> bool {
        let view = change(self.view, self.length());
        if view != self.view {
            self.view = view;
            self.draw_soon();
            self.tell_soon(ctx);
        }
        false
    }

    /// Zooms about the selected operation, if it is seen, or the middle.
    pub(super) fn zoom(&mut self, ctx: &Context<Self>, times: f64) -> bool {
        let bar = self.selected.and_then(|at| self.shown()?.laid.chronicle.bars.get(at));
        let place = bar.map(|bar| f64::midpoint(bar.from.into(), bar.to.into()));
        self.see(ctx, |view, length| {
            let seen = place.filter(|&place| place > view.from && place < view.to);
            view.zoomed(times, seen.unwrap_or(f64::midpoint(view.from, view.to)), length)
        })
    }

    /// Selects an operation and shows it.
    pub(super) fn select(&mut self, ctx: &Context<Self>, index: usize) -> bool {
        let Some(bar) = self.shown().and_then(|shown| shown.laid.chronicle.bars.get(index)).copied() else {
            return false;
        };
        let changed = self.selected.replace(index) != Some(index);
        if let Some(scale) = self.scale() {
            let y = scale.y(bar.lane as usize);
            if y < 0.0 || y + scale.lane > scale.height - super::scale::AXIS {
                self.view.top = (scale.view.top + y - scale.height / 3.0).clamp(0.0, scale.deepest());
            }
        }
        self.see(ctx, |view, length| view.showing(bar.from.into(), bar.to.into(), length));
        self.draw_soon();
        self.tell_soon(ctx);
        changed
    }

    /// Goes to where it stops.
    pub(super) fn stop(&mut self, ctx: &Context<Self>) -> bool {
        let Some(stuck) = self.shown().and_then(|shown| shown.finding.as_ref()).and_then(Finding::stuck) else {
            return false;
        };
        let stops = self.shown().and_then(|shown| shown.finding.as_ref()?.stops).map_or(0.0, f64::from);
        self.see(ctx, |view, length| view.about(stops - CLOSE / 6.0, CLOSE, length));
        // On a telephone the time line may have been scrolled away.
        if let Some(canvas) =
            self.lanes.cast::<HtmlCanvasElement>().filter(|it| it.get_bounding_client_rect().top() < 0.0)
        {
            canvas.scroll_into_view_with_bool(false);
        }
        self.select(ctx, stuck)
    }

    pub(super) fn pointer(&mut self, ctx: &Context<Self>, place: Place, what: What, event: &PointerEvent) -> bool {
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        match place {
            Place::Overview => self.brush(ctx, what, event.pointer_id(), at.0),
            Place::Lanes => {
                let deed = match what {
                    What::Down => {
                        self.hand.down(event, at);
                        Deed::Nothing
                    }
                    What::Move => self.hand.moves(event, at),
                    What::Up => self.hand.up(event),
                    What::Away => {
                        self.hand.up(event);
                        self.point(None);
                        Deed::Nothing
                    }
                };
                return self.act(ctx, deed);
            }
        }
        false
    }

    fn act(&mut self, ctx: &Context<Self>, deed: Deed) -> bool {
        let Some(scale) = self.scale() else { return false };
        match deed {
            Deed::Move(x, y) => self.see(ctx, |view, length| {
                let moved = view.moved(-x / scale.pixels(), length);
                View { top: (scale.view.top - y).clamp(0.0, scale.deepest()), ..moved }
            }),
            Deed::Zoom { times, about, by } => self.see(ctx, |view, length| {
                view.zoomed(times, scale.position(about), length).moved(-by / scale.pixels() * times, length)
            }),
            Deed::Click(at) => {
                let hit = self.shown().and_then(|shown| scale.hit(&shown.laid.chronicle, at));
                hit.is_some_and(|index| self.select(ctx, index))
            }
            Deed::Point(at) => {
                let hit = self.shown().and_then(|shown| scale.hit(&shown.laid.chronicle, at));
                self.point(hit);
                false
            }
            Deed::Nothing => false,
        }
    }

    fn point(&mut self, hit: Option<usize>) {
        if self.hovered != hit {
            self.hovered = hit;
            self.draw_soon();
        }
    }

    /// The pointer is on the overview.
    fn brush(&mut self, ctx: &Context<Self>, what: What, pointer: i32, at: f64) {
        let Some((shown, canvas)) = self.shown().zip(self.overview.cast::<HtmlCanvasElement>()) else { return };
        let (chronicle, (width, _)) = (&shown.laid.chronicle, size(&canvas));
        let position = overview::position(chronicle, width, at);
        match what {
            What::Down => {
                let taken = overview::taken(chronicle, self.view, width, at);
                let part = taken.unwrap_or(Brush::Inside(self.view.span() / 2.0));
                self.hand = Hand::Brushes { id: pointer, part };
                self.brush(ctx, What::Move, pointer, at);
            }
            What::Move => {
                let Hand::Brushes { id, part } = self.hand else { return };
                if id == pointer {
                    self.see(ctx, |view, length| match part {
                        Brush::Inside(offset) => view.moved(position - offset - view.from, length),
                        Brush::From => view.zoomed(((view.to - position) / view.span()).max(0.001), view.to, length),
                        Brush::To => view.zoomed(((position - view.from) / view.span()).max(0.001), view.from, length),
                    });
                }
            }
            What::Up | What::Away => self.hand = Hand::Idle,
        }
    }

    pub(super) fn wheel(&mut self, ctx: &Context<Self>, event: &WheelEvent) -> bool {
        let Some(scale) = self.scale() else { return false };
        // Lines are some sixteen pixels high.
        let unit = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
        let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.shift_key() || x.abs() > y.abs() {
            return self.see(ctx, |view, length| view.moved((x + y) / scale.pixels(), length));
        }
        // A pinch on a track pad comes as a fine wheel with Ctrl held.
        let notches = (y / if event.ctrl_key() { WHEEL / 5.0 } else { WHEEL }).clamp(-1.0, 1.0);
        let lanes = self.lanes.cast::<HtmlCanvasElement>().map(|canvas| canvas.get_bounding_client_rect().left());
        let about = scale.position(f64::from(event.client_x()) - lanes.unwrap_or_default());
        self.see(ctx, |view, length| view.zoomed(libm::exp2(notches), about, length))
    }

    pub(super) fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if with_command(event) || event.alt_key() || presses_control(event) || self.shown().is_none() {
            return false;
        }
        let moved = |share: f64| move |view: View, length: u32| view.moved(share * view.span(), length);
        let rendered = match event.key().as_str() {
            "ArrowLeft" => self.see(ctx, moved(-STEP)),
            "ArrowRight" => self.see(ctx, moved(STEP)),
            "PageUp" => self.see(ctx, moved(-0.9)),
            "PageDown" => self.see(ctx, moved(0.9)),
            "ArrowUp" => self.lower(ctx, -1.0),
            "ArrowDown" => self.lower(ctx, 1.0),
            "Home" => self.see(ctx, |view, length| view.moved(-f64::from(length) * 2.0, length)),
            "End" => self.see(ctx, |view, length| view.moved(f64::from(length) * 2.0, length)),
            "+" | "=" => self.zoom(ctx, 1.0 / TIMES),
            "-" | "−" => self.zoom(ctx, TIMES),
            "n" | "N" => self.stop(ctx),
            "j" | "J" => self.step(ctx, 1),
            "k" | "K" => self.step(ctx, -1),
            _ => return false,
        };
        event.prevent_default();
        rendered
    }

    fn lower(&mut self, ctx: &Context<Self>, lanes: f64) -> bool {
        let Some(scale) = self.scale() else { return false };
        self.see(ctx, |view, _| View { top: (scale.view.top + lanes * scale.lane).clamp(0.0, scale.deepest()), ..view })
    }

    /// Selects the next operation or the one before; the first time, one that is seen.
    fn step(&mut self, ctx: &Context<Self>, by: isize) -> bool {
        let Some(shown) = self.shown() else { return false };
        let last = shown.laid.log.entries.len().saturating_sub(1);
        let index = match self.selected {
            Some(selected) => selected.saturating_add_signed(by).min(last),
            None => shown.laid.chronicle.begun_at(self.view.from).map_or(0, |before| (before + 1).min(last)),
        };
        self.select(ctx, index)
    }

    /// Draws with the next frame of the screen.
    pub(super) fn draw_soon(&mut self) {
        if self.frame_asked.is_none()
            && let Some(window) = browser::window()
        {
            self.frame_asked = window.request_animation_frame(self.frame.as_ref().unchecked_ref()).ok();
        }
    }

    /// Forgets the frame that was asked for: what would draw it goes with the page.
    pub(super) fn draw_no_more(&mut self) {
        if let (Some(asked), Some(window)) = (self.frame_asked.take(), browser::window()) {
            let _ = window.cancel_animation_frame(asked);
        }
    }

    /// Draws.
    pub(super) fn draw(&mut self) {
        let (Phase::Shown(shown), Some(overview), Some(lanes)) =
            (&self.phase, self.overview.cast::<HtmlCanvasElement>(), self.lanes.cast::<HtmlCanvasElement>())
        else {
            return;
        };
        if self.palette == Palette::default() {
            self.palette = Palette::now();
        }
        let scene = Scene {
            laid: &shown.laid,
            finding: shown.finding.as_ref(),
            selected: self.selected,
            hovered: self.hovered,
            palette: &self.palette,
        };
        if let Some((canvas, size)) = ready(&overview) {
            self.profile.fit(&shown.laid.chronicle, size.0);
            overview::draw(&canvas, size, self.view, &self.profile, &scene);
        }
        if let Some((canvas, size)) = ready(&lanes) {
            paint::lanes(&canvas, &Scale::of(&shown.laid.chronicle, self.view, size), &scene);
        }
        let over = self.hovered.is_some();
        let _ = lanes.style().set_property("cursor", if over { "pointer" } else { "grab" });
    }
}

/// The size of a canvas on the page.
fn size(canvas: &HtmlCanvasElement) -> (f64, f64) {
    (f64::from(canvas.client_width()), f64::from(canvas.client_height()))
}

/// A canvas with as many pixels as the screen has where it stands, to be drawn on in those of the page.
fn ready(canvas: &HtmlCanvasElement) -> Option<(CanvasRenderingContext2d, (f64, f64))> {
    let (width, height) = size(canvas);
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let ratio = browser::window().map_or(1.0, |window| window.device_pixel_ratio());
    let pixels = |length: f64| u32::try_from(super::scale::whole((length * ratio).round())).unwrap_or(u32::MAX);
    if (canvas.width(), canvas.height()) != (pixels(width), pixels(height)) {
        canvas.set_width(pixels(width));
        canvas.set_height(pixels(height));
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    Some((context, (width, height)))
}
