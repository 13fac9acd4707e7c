//! What the pointer does on the canvas, by mouse, pen and finger. What lies under it is found by geometry, not by the
//! elements, so that it can be captured by the one element that stays.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent, SvgsvgElement, WheelEvent};
use yew::prelude::*;

use super::action::Action;
use super::canvas::{Props, element_id};
use super::drag;
use super::mode::Mode;
use crate::diagram::Part;
use crate::diagram::geometry::{Rect, Spot};
use crate::ui::browser;

/// How near a pointer must come to a handle, in pixels of the picture: a mouse, a finger.
const REACH: (f64, f64) = (9.0, 16.0);
/// How many pixels of a wheel double what one sees.
const WHEEL: f64 = 480.0;

/// The fingers on the canvas: their ids, and where they are in the window.
pub type Touches = Rc<RefCell<Vec<(i32, Spot)>>>;

/// A person's hand on the canvas.
#[derive(Clone)]
pub struct Hand {
    /// The element that catches the pointer.
    pub svg: NodeRef,
    /// What the canvas shows.
    pub props: Props,
    /// Where the pointer is on the picture.
    pub pointer: UseStateHandle<Option<Spot>>,
    /// The fingers.
    pub touches: Touches,
}

/// A place on the picture, for one in the window.
fn spot_of(svg: &SvgsvgElement, at: Spot) -> Option<Spot> {
    let to_canvas = svg.get_screen_ctm()?.inverse().ok()?;
    let point = svg.create_svg_point();
    #[allow(clippy::cast_possible_truncation)] // SVG points are f32, and screens are far smaller than its 24 bits
    let (x, y) = (at.x as f32, at.y as f32);
    point.set_x(x);
    point.set_y(y);
    let point = point.matrix_transform(&to_canvas);
    Some(Spot { x: point.x().into(), y: point.y().into() })
}

/// Where a mouse or a finger is in the window.
fn client(event: &MouseEvent) -> Spot {
    Spot { x: event.client_x().into(), y: event.client_y().into() }
}

/// Whether the event is meant for a field or a button that lies on the canvas.
pub fn is_on_control(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest("input, button").ok().flatten().is_some())
}

impl Hand {
    /// Calls back with the place on the picture.
    fn handler(&self, run: fn(&Self, &PointerEvent, Spot)) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(svg) = hand.svg.cast::<SvgsvgElement>() else { return };
            if let Some(spot) = spot_of(&svg, client(&event)) {
                run(&hand, &event, spot);
            }
            // A pressed pointer belongs to the canvas until it is let go, also beyond its edge. It is caught by the
            // element that stays, which is neither the one under the pointer nor the event's current target: that is
            // the root of the page.
            if event.type_() == "pointerdown" && !is_on_control(&event) {
                let _ = svg.set_pointer_capture(event.pointer_id());
            }
        })
    }

    /// The pointer goes down.
    pub fn down(&self) -> Callback<PointerEvent> {
        self.handler(|hand, event, spot| {
            hand.pointer.set(Some(spot));
            if event.pointer_type() == "touch" {
                let mut touches = hand.touches.borrow_mut();
                touches.retain(|(id, _)| *id != event.pointer_id());
                touches.push((event.pointer_id(), client(event)));
                if touches.len() > 1 {
                    hand.emit(Action::Mode(Mode::Select));
                    return;
                }
            }
            hand.press(event, spot);
        })
    }

    /// The pointer moves.
    pub fn moved(&self) -> Callback<PointerEvent> {
        self.handler(|hand, event, spot| {
            if hand.pinch(event) {
                return;
            }
            let follows = matches!(hand.props.mode, Mode::Connect { .. } | Mode::Place(_) | Mode::Select);
            if follows {
                hand.pointer.set(Some(spot));
            }
            match &hand.props.mode {
                Mode::Drag(drag) => drag::drag(drag, spot, &hand.props),
                Mode::Marquee { from, kept, .. } => hand.surround(*from, spot, kept),
                Mode::Pan { from, view } => {
                    let scale = hand.scale();
                    let now = client(event);
                    let view = view.panned((from.x - now.x) / scale, (from.y - now.y) / scale);
                    hand.emit(Action::View(Some(view)));
                }
                _ => {}
            }
        })
    }

    /// The pointer goes up.
    pub fn up(&self) -> Callback<PointerEvent> {
        self.handler(|hand, event, spot| {
            hand.forget(event);
            match &hand.props.mode {
                Mode::Drag(_) => hand.emit(Action::Drop),
                Mode::Marquee { .. } | Mode::Pan { .. } => hand.emit(Action::Mode(Mode::Select)),
                Mode::Connect { from: Some(from), .. } => match hand.props.picture.hit(spot) {
                    Some(Part::Node(id)) if id != *from => hand.emit(Action::Meet(id)),
                    _ => {}
                },
                // Dragged here from the tools, where the pointer went down.
                Mode::Place(role) if !is_on_control(event) => {
                    let place = drag::place_for(spot, *role, &hand.props);
                    hand.emit(Action::Add(*role, Some(place)));
                }
                _ => {}
            }
        })
    }

    /// The pointer leaves.
    pub fn leave(&self) -> Callback<PointerEvent> {
        self.handler(|hand, _, _| hand.pointer.set(None))
    }

    /// The browser takes the gesture away.
    pub fn cancel(&self) -> Callback<PointerEvent> {
        self.handler(|hand, event, _| {
            hand.forget(event);
            hand.emit(match hand.props.mode {
                Mode::Drag(_) => Action::Drop,
                _ => Action::Mode(Mode::Select),
            });
        })
    }

    /// The menu of what lies under the pointer, or of the part that has the focus.
    pub fn menu(&self) -> Callback<MouseEvent> {
        let hand = self.clone();
        Callback::from(move |event: MouseEvent| {
            if is_on_control(&event) {
                return;
            }
            event.prevent_default();
            let Some(svg) = hand.svg.cast::<SvgsvgElement>() else { return };
            let Some(spot) = spot_of(&svg, client(&event)) else { return };
            let props = &hand.props;
            if let Some(part) = props.picture.hit(spot)
                && !props.selected.contains(&part)
            {
                hand.emit(Action::Select(vec![part]));
            } else if props.picture.hit(spot).is_none() {
                hand.emit(Action::Select(Vec::new()));
            }
            let corner = svg.get_bounding_client_rect();
            let at = client(&event).plus(-corner.left(), -corner.top());
            hand.emit(Action::Mode(Mode::Menu { at, spot }));
        })
    }

    fn emit(&self, action: Action) {
        self.props.on_action.emit(action);
    }

    fn forget(&self, event: &PointerEvent) {
        self.touches.borrow_mut().retain(|(id, _)| *id != event.pointer_id());
    }

    /// How many pixels of the window one of the picture takes.
    fn scale(&self) -> f64 {
        let matrix = self.svg.cast::<SvgsvgElement>().and_then(|svg| svg.get_screen_ctm());
        matrix.map_or(1.0, |matrix| f64::from(matrix.a()).max(0.01))
    }

    /// Two fingers move what one sees, and their distance magnifies it. Whether there are two.
    fn pinch(&self, event: &PointerEvent) -> bool {
        let mut touches = self.touches.borrow_mut();
        let before = touches.clone();
        for (id, at) in touches.iter_mut() {
            if *id == event.pointer_id() {
                *at = client(event);
            }
        }
        let ([(_, a), (_, b)], [(_, c), (_, d)]) = (before.as_slice(), touches.as_slice()) else { return false };
        let middle = |a: Spot, b: Spot| Spot { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) };
        let (old, new) = (middle(*a, *b), middle(*c, *d));
        let svg = self.svg.cast::<SvgsvgElement>();
        if let Some(about) = svg.and_then(|svg| spot_of(&svg, new)) {
            let scale = self.scale();
            let factor = c.distance(*d) / a.distance(*b).max(1.0);
            let panned = self.props.seen().panned((old.x - new.x) / scale, (old.y - new.y) / scale);
            self.emit(Action::View(Some(panned.zoomed(factor, about))));
        }
        true
    }

    fn surround(&self, from: Spot, to: Spot, kept: &[Part]) {
        let corner = Spot { x: from.x.min(to.x), y: from.y.min(to.y) };
        let rect = Rect { x: corner.x, y: corner.y, w: (from.x - to.x).abs(), h: (from.y - to.y).abs() };
        let mut parts = kept.to_vec();
        parts.extend(self.props.picture.touching(rect).into_iter().filter(|part| !kept.contains(part)));
        self.emit(Action::Mode(Mode::Marquee { from, to, kept: kept.to_vec() }));
        self.emit(Action::Select(parts));
    }

    fn press(&self, event: &PointerEvent, spot: Spot) {
        let props = &self.props;
        if is_on_control(event) {
            return;
        }
        let pan = || Action::Mode(Mode::Pan { from: client(event), view: props.seen() });
        if event.button() == 1 {
            self.emit(pan());
            return;
        }
        if event.button() != 0 {
            return;
        }
        if matches!(props.mode, Mode::Label { .. }) {
            self.emit(Action::EndLabel);
        }
        let adds = event.shift_key() || event.ctrl_key() || event.meta_key();
        let is_touch = event.pointer_type() == "touch";
        let hit = props.picture.hit(spot);
        match (&props.mode, hit) {
            // It is added where the pointer goes up again.
            (Mode::Place(_), _) => {}
            (Mode::Connect { .. }, Some(Part::Node(id))) => self.emit(Action::Meet(id)),
            (Mode::Connect { .. }, _) => self.emit(Action::Mode(Mode::Select)),
            (_, Some(part)) if adds => self.emit(Action::Toggle(part)),
            (_, hit) => {
                if let Some(card) = props.picture.handle(spot, if is_touch { REACH.1 } else { REACH.0 })
                    && (!is_touch || props.selected.contains(&Part::Node(card.id.clone())))
                {
                    let from = Some(card.id.clone());
                    self.emit(Action::Mode(Mode::Connect { stroke: crate::diagram::Stroke::Normal, from, step: None }));
                } else if let Some(part) = hit {
                    self.take(&part, spot);
                } else if is_touch {
                    self.emit(Action::Select(Vec::new()));
                    if props.view.is_some() {
                        self.emit(pan());
                    }
                } else {
                    let kept = if adds { props.selected.clone() } else { Vec::new() };
                    self.emit(Action::Select(kept.clone()));
                    self.emit(Action::Mode(Mode::Marquee { from: spot, to: spot, kept }));
                }
            }
        }
    }

    /// Selects a part, unless it belongs to what is selected; what is selected hangs on the pointer then. The part gets the
    /// keyboard focus, which the browser is kept from giving by itself: it would take it from a label that a press
    /// has just opened.
    fn take(&self, part: &Part, spot: Spot) {
        let props = &self.props;
        let selected = if props.selected.contains(part) { props.selected.clone() } else { vec![part.clone()] };
        self.emit(Action::Select(selected.clone()));
        browser::focus(&element_id(part));
        self.emit(Action::Select(selected.clone()));
        if matches!(part, Part::Node(_)) {
            self.emit(Action::Mode(Mode::Drag(drag::begin(&selected, spot, props))));
        } else {
            self.emit(Action::Mode(Mode::Select));
        }
    }
}

/// The wheel magnifies about the pointer; with Shift it moves sideways.
#[hook]
pub fn use_wheel(svg: &NodeRef, props: &Props) {
    let (svg, props) = (svg.clone(), props.clone());
    use_effect_with((svg, props), |(svg, props)| {
        let element = svg.cast::<SvgsvgElement>();
        let (over, props) = (element.clone().map(Element::from), props.clone());
        browser::listen_to_wheel(over, move |event: WheelEvent| {
            let spot = element.as_ref().and_then(|svg| spot_of(svg, client(&event)));
            let view = props.seen();
            // Lines are some sixteen pixels high.
            let unit = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
            let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
            let turned = match spot {
                Some(about) if !event.shift_key() => {
                    // A pinch on a track pad comes as a fine wheel with Ctrl held.
                    let notches = (y / if event.ctrl_key() { WHEEL / 5.0 } else { WHEEL }).clamp(-1.0, 1.0);
                    view.zoomed(libm::exp2(-notches), about).panned(x / view.zoom, 0.0)
                }
                _ => view.panned((x + y) / view.zoom, 0.0),
            };
            props.on_action.emit(Action::View(Some(turned)));
        })
    });
}
