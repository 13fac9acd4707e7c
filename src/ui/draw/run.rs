//! The drawing, run: a view of the second program in place of the tools, the canvas and the inspector. This is its side of
//! the first: the button that opens it and leads back, what it is given, what it tells.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::action::Action;
use super::state::Draw;
use crate::diagram::Document;
use crate::diagram::picture::Arrangement;
use crate::ui::programs::{Hosted, View};
use crate::ui::{browser, icons, values};

/// The id of the button.
const BUTTON: &str = "run";

/// The button: “Run my diagram”, and back.
pub fn run_button(draw: &Draw, on_action: &Callback<Action>) -> Html {
    let is_open = draw.running.is_some();
    let (class, icon, words) = if is_open {
        ("button", icons::back(), "Back to drawing")
    } else {
        ("button primary", icons::play(), "Run my diagram")
    };
    let on_action = on_action.clone();
    let onclick =
        Callback::from(move |_: MouseEvent| on_action.emit(if is_open { Action::Run(None) } else { Action::Play }));
    html! { <button id={BUTTON} {class} {onclick} title={is_open.then_some("Back to drawing (Esc)")}>{ icon }{ words }</button> }
}

/// Goes back to drawing.
pub fn leave(draw: &UseReducerHandle<Draw>) {
    browser::focus(BUTTON); // what has the focus may go
    draw.dispatch(Action::Run(None));
}

/// The run, while it is open. It is given the drawing anew whenever that changes, with the step it had come to.
#[hook]
pub fn use_run(draw: &UseReducerHandle<Draw>, arrangement: Arrangement) -> Option<Html> {
    let open = draw.running.map(|_| draw.opened);
    let given = use_memo((draw.document().diagram.clone(), arrangement, open), |(diagram, arrangement, open)| {
        if open.is_none() {
            return JsValue::UNDEFINED;
        }
        let document = Document { diagram: Rc::clone(diagram), arrangement: *arrangement, ..draw.document().clone() };
        let step = JsValue::from(draw.running.unwrap_or(0));
        Array::of3(&values::to_js(&document).unwrap_or_default(), &step, &JsValue::from(draw.plays)).into()
    });
    let on_told = use_callback(draw.clone(), |told: JsValue, draw| {
        if let Some(text) = told.as_string() {
            draw.dispatch(Action::Told(text.into()));
        } else if let Some(step) = values::whole(&told) {
            draw.dispatch(Action::Stepped(step));
        } else {
            leave(draw);
        }
    });
    open.map(|_| html! { <Hosted view={View::Run} given={(*given).clone()} {on_told} /> })
}
