//! What the pointer does on the canvas, by mouse, pen and finger. What lies under it is found by geometry, not by the
//! elements, so that it can be captured by the one element that stays.

use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent, SvgsvgElement};
use yew::prelude::*;

use super::canvas::{Props, element_id};
use super::state::{Action, Mode};
use crate::diagram::geometry::{Rect, Spot};
use crate::diagram::picture::{EDGE, relative};
use crate::diagram::role::{Role, system};
use crate::diagram::{Edit, Part, Point};
use crate::ui::browser;

/// What the canvas does with a pointer event.
pub type Handler = Callback<PointerEvent>;

/// Turns a pointer event into a place on the canvas.
pub fn handler(svg: &NodeRef, props: &Props, run: impl Fn(&PointerEvent, Spot, &Props) + 'static) -> Handler {
    let (svg, props) = (svg.clone(), props.clone());
    Callback::from(move |event: PointerEvent| {
        let Some(svg) = svg.cast::<SvgsvgElement>() else { return };
        if let Some(spot) = spot_of(&svg, &event) {
            run(&event, spot, &props);
        }
        // A pressed pointer belongs to the canvas until it is let go, also beyond its edge. It is caught by the element
        // that stays, which is neither the one under the pointer nor the event's current target: that is the
        // root of the page.
        if event.type_() == "pointerdown" && !is_on_control(&event) {
            let _ = svg.set_pointer_capture(event.pointer_id());
        }
    })
}

fn spot_of(svg: &SvgsvgElement, event: &PointerEvent) -> Option<Spot> {
    let to_canvas = svg.get_screen_ctm()?.inverse().ok()?;
    let point = svg.create_svg_point();
    #[allow(clippy::cast_precision_loss)] // SVG points are f32, and screens are far smaller than its 24 bits
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    point.set_x(x);
    point.set_y(y);
    let point = point.matrix_transform(&to_canvas);
    Some(Spot { x: point.x().into(), y: point.y().into() })
}

/// Whether the event is meant for a field or a button that lies on the canvas.
pub fn is_on_control(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest("input, button").ok().flatten().is_some())
}

/// The pointer goes down.
pub fn press(event: &PointerEvent, spot: Spot, props: &Props) {
    if event.button() != 0 || is_on_control(event) {
        return;
    }
    if matches!(props.mode, Mode::Label(_)) {
        props.on_action.emit(Action::EndLabel);
    }
    let hit = props.picture.hit(spot);
    match (&props.mode, hit) {
        (Mode::Place(role), _) => props.on_action.emit(Action::Add(*role, Some(place_for(spot, *role, props)))),
        (Mode::Connect { .. }, Some(Part::Node(id))) => props.on_action.emit(Action::Meet(id)),
        (Mode::Connect { .. }, _) => props.on_action.emit(Action::Mode(Mode::Select)),
        (_, Some(Part::Node(id))) => {
            if let Some(card) = props.picture.cards.iter().find(|card| card.id == id) {
                let centre = card.rect.centre();
                select(Some(Part::Node(id.clone())), props);
                props
                    .on_action
                    .emit(Action::Mode(Mode::Drag { id, grip: Spot { x: spot.x - centre.x, y: spot.y - centre.y } }));
            }
        }
        (_, hit) => select(hit, props),
    }
}

/// Selects a part and gives it the keyboard focus, which the browser is kept from doing by itself: it would take it
/// from the label that a press has just opened.
fn select(part: Option<Part>, props: &Props) {
    if let Some(part) = &part {
        browser::focus(&element_id(part));
    }
    props.on_action.emit(Action::Select(part));
}

/// The system and the place for a new node.
fn place_for(spot: Spot, role: Role, props: &Props) -> (Option<String>, Point) {
    let parent = props.picture.frame_at(spot).map(|frame| frame.id.clone());
    let (w, h) = if role == Role::Client { (104.0, 46.0) } else { (132.0, 62.0) };
    let point = inside(spot, Rect::around(spot, w, h), parent.as_deref(), props);
    (parent, point)
}

/// The pointer moves.
pub fn drag(spot: Spot, props: &Props) {
    let Mode::Drag { id, grip } = &props.mode else { return };
    let Some(node) = props.diagram.node(id) else { return };
    let Some(card) = props.picture.cards.iter().find(|card| card.id == *id) else { return };
    let wanted = Spot { x: spot.x - grip.x, y: spot.y - grip.y };
    // A press is no drag until the pointer has really moved.
    if !props.diagram.positions.contains(id) && wanted.distance(card.rect.centre()) < 4.0 {
        return;
    }
    let to = inside(wanted, card.rect, node.parent.as_deref(), props);
    props.on_action.emit(Action::Edit(Edit::Move { id: id.clone(), to }, Some(format!("drag {id}"))));
}

/// The place for a card that somebody wants there, relative to its system: on the grid, and inside the frame. Outside
/// of it the frame would grow with the pointer, the picture shrink, and the pointer point further out.
fn inside(wanted: Spot, card: Rect, parent: Option<&str>, props: &Props) -> Point {
    let home = system(&props.diagram, parent).map(|system| system.id.as_str());
    let frame = props.picture.frames.iter().find(|frame| Some(frame.id.as_str()) == home);
    let room = match frame.map(|frame| frame.rect) {
        Some(rect) => Rect { x: rect.x + 12.0, y: rect.y + 48.0, w: rect.w - 12.0 - EDGE, h: rect.h - 48.0 - EDGE },
        None => Rect { x: 0.0, y: 0.0, w: props.picture.size.0, h: props.picture.size.1 },
    };
    let fit = |at: f64, from: f64, length: f64, size: f64| at.min(from + length - size / 2.0).max(from + size / 2.0);
    let spot = Spot { x: fit(wanted.x, room.x, room.w, card.w), y: fit(wanted.y, room.y, room.h, card.h) };
    let point = relative(&props.diagram, &props.picture, parent, spot);
    Point { x: snap(point.x), y: snap(point.y) }
}

/// To the 8-pixel grid.
fn snap(length: i32) -> i32 {
    (length + 4).div_euclid(8) * 8
}

/// The pointer goes up.
pub fn release(spot: Spot, props: &Props) {
    match &props.mode {
        Mode::Drag { .. } => props.on_action.emit(Action::Mode(Mode::Select)),
        Mode::Connect { from: Some(from), .. } => match props.picture.hit(spot) {
            Some(Part::Node(id)) if id != *from => props.on_action.emit(Action::Meet(id)),
            _ => {}
        },
        _ => {}
    }
}
