//! Lets what a person did be shown before anything else that they do is handled.
//!
//! A handler knows what was on show when it was made. When there is much to show, Yew pauses for the browser in between, and
//! what a person does in such a pause (the second press of a double click, the next letter) would meet handlers that are
//! too old. So all that is left to show is shown before an input is handled, and right after it.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

use super::browser;

/// What counts as input: events that come from a person and never in the midst of something that is being shown. (`change` can:
/// a field that is taken away tells of what was written in it.)
const INPUTS: [&str; 13] = [
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "click",
    "dblclick",
    "contextmenu",
    "wheel",
    "keydown",
    "input",
    "paste",
    "drop",
    "hashchange",
];

/// Has everything shown around each input, for as long as the page lives.
pub fn settle_around_input() {
    let Some(window) = browser::window() else { return };
    let after = Closure::<dyn Fn(Event)>::new(|event: Event| settle_around(&event)).into_js_value();
    let before = {
        let window = window.clone();
        Closure::<dyn Fn(Event)>::new(move |event: Event| {
            settle_around(&event);
            // Last in the row, behind all who have come since.
            let (name, after) = (event.type_(), after.unchecked_ref());
            let _ = window.remove_event_listener_with_callback(&name, after);
            let _ = window.add_event_listener_with_callback(&name, after);
        })
    };
    for name in INPUTS {
        let _ = window.add_event_listener_with_callback_and_bool(name, before.as_ref().unchecked_ref(), true);
    }
    before.forget();
}

/// What a script sets off may come in the midst of what is being shown, and has to wait.
fn settle_around(event: &Event) {
    if event.is_trusted() {
        settle();
    }
}

/// Shows all that is left to show. One poll does it; what it would wait for after that is a pause with nothing left to do.
fn settle() {
    let _ = pin!(yew::scheduler::flush()).poll(&mut Context::from_waker(Waker::noop()));
}
