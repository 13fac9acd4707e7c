//! The clipboard: what is copied is Mermaid, so that it can be pasted into any text; any Mermaid can be pasted here.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, Element};
use yew::prelude::*;

use super::action::Action;
use super::canvas::Props;
use super::state::Draw;
use crate::diagram::mermaid;
use crate::ui::browser;

/// Copies what is selected, from the menu.
pub fn copy(canvas: &Props) {
    let text = mermaid::print_module(&canvas.diagram.excerpt(&canvas.selected));
    canvas.on_action.emit(Action::Copied(text.clone()));
    wasm_bindgen_futures::spawn_local(async move {
        browser::copy(text).await;
    });
}

/// Pastes, from the menu: the browser may ask whether it shall hand the clipboard over.
pub fn paste(canvas: &Props) {
    let on_action = canvas.on_action.clone();
    wasm_bindgen_futures::spawn_local(async move {
        on_action.emit(match browser::clipboard_text().await {
            Some(text) => Action::Paste(text),
            None => Action::Say("The browser keeps the clipboard to itself. Press Ctrl+V instead.".to_owned()),
        });
    });
}

/// The browser's own copy, cut and paste, wherever no field has the focus.
#[hook]
pub fn use_clipboard(draw: &UseReducerHandle<Draw>) {
    use_effect_with(draw.clone(), |draw| {
        let draw = draw.clone();
        let listener = Closure::<dyn Fn(ClipboardEvent)>::new(move |event: ClipboardEvent| {
            let _ = take(&event, &draw);
        });
        let document = browser::window().and_then(|window| window.document());
        for name in ["copy", "cut", "paste"] {
            if let Some(document) = &document {
                let _ = document.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            }
        }
        move || {
            for name in ["copy", "cut", "paste"] {
                if let Some(document) = &document {
                    let _ = document.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
                }
            }
        }
    });
}

fn take(event: &ClipboardEvent, draw: &UseReducerHandle<Draw>) -> Result<(), JsValue> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let elsewhere = match &target {
        Some(target) => target.closest("input, textarea, select, dialog, pre")?.is_some(),
        None => false,
    };
    // A text that is selected on the page is what is meant then.
    let text_selected = browser::window()
        .and_then(|window| window.get_selection().ok().flatten())
        .is_some_and(|text| !text.is_collapsed());
    let Some(data) = event.clipboard_data().filter(|_| !elsewhere && draw.running.is_none()) else { return Ok(()) };
    if event.type_() == "paste" {
        event.prevent_default();
        draw.dispatch(Action::Paste(data.get_data("text/plain")?));
        return Ok(());
    }
    if let Some(text) = draw.excerpt().filter(|_| !text_selected) {
        event.prevent_default();
        data.set_data("text/plain", &text)?;
        draw.dispatch(Action::Copied(text));
        if event.type_() == "cut" {
            draw.dispatch(Action::Delete);
        }
    }
    Ok(())
}
