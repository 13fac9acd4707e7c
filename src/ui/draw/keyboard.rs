//! Everything the keyboard can do in the room. The same list is shown to the person in the tools' titles, the menu and the
//! hint line.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::action::Action;
use super::mode::Mode;
use super::run::leave;
use super::state::Draw;
use super::zoom::STEP as ZOOM;
use crate::diagram::picture::picture;
use crate::diagram::role::Role;
use crate::diagram::view::View;
use crate::diagram::{Edit, Part, Point, Stroke};
use crate::ui::keys::{presses_control, with_command};

/// How far an arrow key moves a node, in pixels.
const STEP: i32 = 8;

/// Takes a key that was not typed into a field.
pub fn on_key(event: &KeyboardEvent, draw: &UseReducerHandle<Draw>) {
    if draw.running.is_some() {
        if event.key() == "Escape" {
            event.prevent_default();
            leave(draw);
        }
        return; // the other keys are the run's
    }
    if presses_control(event) || event.alt_key() {
        return;
    }
    if let Some(action) = if with_command(event) { command(event) } else { plain(event, draw) } {
        event.prevent_default();
        draw.dispatch(action);
    }
}

fn command(event: &KeyboardEvent) -> Option<Action> {
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(Action::Undo),
        ("z", true) | ("y", _) => Some(Action::Redo),
        ("a", false) => Some(Action::SelectAll),
        ("d", false) => Some(Action::Duplicate),
        _ => None,
    }
}

fn plain(event: &KeyboardEvent, draw: &Draw) -> Option<Action> {
    let key = event.key();
    Some(match key.to_ascii_lowercase().as_str() {
        "c" => Action::Add(Role::Client, None),
        "n" => Action::Add(Role::Replica, None),
        "m" => Action::BeginEdge(Stroke::Normal),
        "l" => Action::BeginEdge(Stroke::Dotted),
        "j" => Action::Walk(1),
        "k" => Action::Walk(-1),
        "v" | "escape" => Action::Mode(Mode::Select),
        "+" | "=" => zoomed(draw, ZOOM),
        "-" => zoomed(draw, 1.0 / ZOOM),
        "0" => Action::View(None),
        digit @ ("1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9") => {
            Action::SelectSystem(digit.parse::<usize>().ok()?.checked_sub(1)?)
        }
        "enter" | "f2" => match (draw.only()?, &draw.mode) {
            (Part::Node(id), Mode::Connect { .. }) => Action::Meet(id.clone()),
            (part, _) => Action::BeginLabel(part.clone()),
        },
        "delete" | "backspace" => Action::Delete,
        "arrowleft" => arrow(draw, -1, 0, event.shift_key()),
        "arrowright" => arrow(draw, 1, 0, event.shift_key()),
        "arrowup" => arrow(draw, 0, -1, event.shift_key()),
        "arrowdown" => arrow(draw, 0, 1, event.shift_key()),
        _ => return None,
    })
}

fn zoomed(draw: &Draw, factor: f64) -> Action {
    let view = draw.view.unwrap_or_else(|| View::fit(picture(draw.diagram(), draw.document().arrangement).size));
    Action::View(Some(view.zoomed(factor, view.centre)))
}

/// Arrow keys move the selected nodes (by one pixel with Shift); while an edge is drawn they choose its end instead.
/// From an edge or a system they walk on to the next part.
fn arrow(draw: &Draw, dx: i32, dy: i32, fine: bool) -> Action {
    let by = if dx + dy > 0 { 1 } else { -1 };
    let ids = draw.selected_nodes();
    if matches!(draw.mode, Mode::Connect { .. }) {
        return Action::SelectNode(by);
    }
    if ids.is_empty() {
        return Action::Walk(by);
    }
    let step = if fine { 1 } else { STEP };
    let moved = |id: &String| {
        let here = draw.place_of(id)?;
        Some((id.clone(), Point { x: (here.x + dx * step).max(0), y: (here.y + dy * step).max(0) }))
    };
    let places = ids.iter().filter_map(moved).collect();
    Action::Edit(Edit::Move(places), Some(format!("move {}", ids.join(" "))))
}
