//! Keys for a whole room. They are ignored while somebody types, and where a control has a use of its own for them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::browser;

/// Calls back for every key pressed anywhere on the page while the component is there, unless it is typed into a field.
#[hook]
pub fn use_keys(on_key: Callback<KeyboardEvent>) {
    use_effect_with(on_key, |on_key| {
        let on_key = on_key.clone();
        let listener = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            if !event.default_prevented() && !is_typing(&event) {
                on_key.emit(event);
            }
        });
        let window = browser::window();
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = window {
                let _ = window.remove_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
            }
        }
    });
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn is_typing(event: &KeyboardEvent) -> bool {
    event.is_composing()
        || target(event)
            .is_some_and(|element| element.closest("input, textarea, select, dialog").ok().flatten().is_some())
}

/// Whether the key would press the button or link that has the focus.
pub fn presses_control(event: &KeyboardEvent) -> bool {
    matches!(event.key().as_str(), " " | "Enter")
        && target(event).is_some_and(|element| element.closest("button, a, summary").ok().flatten().is_some())
}

/// Whether the key is held together with Ctrl, or with ⌘ on a Mac.
pub fn with_command(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key()
}
