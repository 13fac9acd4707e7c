//! The menu of a part, or of the empty canvas: opened by the right button, by a long press, and by the keyboard's own key
//! for it (or Shift+F10).

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::action::Action;
use super::canvas::{Props, element_id};
use super::clipboard;
use super::drag::place_for;
use super::mode::Mode;
use crate::diagram::geometry::px;
use crate::diagram::role::Role;
use crate::diagram::{Edit, Part, Stroke};
use crate::ui::browser;

/// What choosing an entry does.
#[derive(Clone)]
enum Choice {
    Do(Action),
    Copy,
    Paste,
}

/// An entry: its name, the key that does the same, what it does.
type Entry = (&'static str, &'static str, Choice);

/// The menu, if it is open.
pub fn menu(props: &Props) -> Html {
    let Mode::Menu { at, .. } = &props.mode else { return Html::default() };
    html! { <Menu key="menu" at={(px(at.x), px(at.y))} canvas={props.clone()} /> }
}

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
struct MenuProps {
    at: (String, String),
    canvas: Props,
}

#[component]
fn Menu(props: &MenuProps) -> Html {
    let list = use_node_ref();
    use_effect_with((), {
        let list = list.clone();
        move |()| {
            if let Some(list) = list.cast::<HtmlElement>() {
                keep_inside(&list);
                focus_entry(&list, 0);
            }
        }
    });
    let canvas = &props.canvas;
    let close = {
        let canvas = canvas.clone();
        move || {
            canvas.on_action.emit(Action::Mode(Mode::Select));
            browser::focus(&canvas.selected.first().map_or_else(|| "canvas".to_owned(), element_id));
        }
    };
    let onkeydown = {
        let (list, close) = (list.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(list) = list.cast::<HtmlElement>() else { return };
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" => focus_entry(&list, 1),
                "ArrowUp" => focus_entry(&list, -1),
                "Escape" | "Tab" => close(),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onfocusout = {
        let (list, on_action) = (list.clone(), canvas.on_action.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            if !list.cast::<HtmlElement>().is_some_and(|list| list.contains(to.as_ref())) {
                on_action.emit(Action::Mode(Mode::Select));
            }
        })
    };
    let entries = entries(canvas).into_iter().map(|(name, key, choice)| {
        let (close, canvas) = (close.clone(), canvas.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close();
            match &choice {
                Choice::Do(action) => canvas.on_action.emit(action.clone()),
                Choice::Copy => clipboard::copy(&canvas),
                Choice::Paste => clipboard::paste(&canvas),
            }
        });
        html! { <button key={name} role="menuitem" tabindex="-1" {onclick}>{ name }<kbd aria-hidden="true">{ key }</kbd></button> }
    });
    let (x, y) = &props.at;
    html! {
        <div ref={list} class="menu" role="menu" aria-label="What to do here" style={format!("left:{x}px;top:{y}px")} {onkeydown} {onfocusout}>{ for entries }</div>
    }
}

fn entries(canvas: &Props) -> Vec<Entry> {
    let Mode::Menu { spot, .. } = &canvas.mode else { return Vec::new() };
    let act = |name, key, action| (name, key, Choice::Do(action));
    let edit = |name, edit| act(name, "", Action::Edit(edit, None));
    let mut entries = match canvas.selected.as_slice() {
        [] => {
            let place = |role| Action::Add(role, Some(place_for(*spot, role, canvas)));
            vec![
                act("Add a client here", "C", place(Role::Client)),
                act("Add a node here", "N", place(Role::Replica)),
                edit("Add a system", Edit::AddSystem),
                ("Paste", "Ctrl V", Choice::Paste),
                act("Select all", "Ctrl A", Action::SelectAll),
                act("Tidy", "", Action::Edit(Edit::Tidy, None)),
                act("See all of it", "0", Action::View(None)),
            ]
        }
        [part] => {
            let mut own = vec![act("Edit the label", "Enter", Action::BeginLabel(part.clone()))];
            match part {
                Part::Node(_) => {
                    own.push(act("Message from here", "M", Action::BeginEdge(Stroke::Normal)));
                    own.push(act("Lost message from here", "L", Action::BeginEdge(Stroke::Dotted)));
                }
                Part::Edge(at) => own.extend(edge_entries(*at, canvas)),
                Part::Subgraph(_) => {}
            }
            own
        }
        _ => Vec::new(),
    };
    if !canvas.selected.is_empty() {
        entries.push(("Copy", "Ctrl C", Choice::Copy));
        entries.push(act("Duplicate", "Ctrl D", Action::Duplicate));
        entries.push(act("Delete", "Del", Action::Delete));
    }
    entries
}

fn edge_entries(at: usize, canvas: &Props) -> Vec<Entry> {
    let Some(edge) = canvas.diagram.edges.get(at) else { return Vec::new() };
    let edit = |name, edit| (name, "", Choice::Do(Action::Edit(edit, None)));
    let fate = match edge.stroke {
        Stroke::Dotted => edit("Let it arrive", Edit::Restroke { edge: at, stroke: Stroke::Normal }),
        _ => edit("Let it be lost", Edit::Restroke { edge: at, stroke: Stroke::Dotted }),
    };
    let mut entries = vec![fate, edit("Turn round", Edit::Reverse { edge: at })];
    if edge.step().is_some() {
        entries.push(("Insert a step before", "", Choice::Do(Action::InsertStep(at))));
    }
    entries
}

/// Gives the focus to the entry `by` places on from the one that has it; to the first when none has.
fn focus_entry(list: &HtmlElement, by: i32) {
    let entries = list.children();
    let count = i32::try_from(entries.length()).unwrap_or(0);
    let active = browser::window().and_then(|window| window.document()).and_then(|document| document.active_element());
    let here = (0..count).find(|&at| entries.item(at.unsigned_abs()) == active).unwrap_or(0);
    let next = (here + by).rem_euclid(count.max(1)).unsigned_abs();
    if let Some(entry) = entries.item(next).and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) {
        let _ = entry.focus();
    }
}

/// Moves the menu to where all of it can be seen.
fn keep_inside(list: &HtmlElement) {
    let Some(home) = list.parent_element().and_then(|home| home.parent_element()) else { return };
    let (own, room) = (list.get_bounding_client_rect(), home.get_bounding_client_rect());
    let over = |end: f64, limit: f64| (end - limit + 8.0).max(0.0);
    let shift = |by: f64| if by > 0.0 { px(-by) } else { "0".to_owned() };
    let (x, y) = (over(own.right(), room.right()), over(own.bottom(), room.bottom()));
    let _ = list.style().set_property("transform", &format!("translate({}px,{}px)", shift(x), shift(y)));
}
