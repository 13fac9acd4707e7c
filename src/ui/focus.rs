//! Who gets the focus when what has it goes.
//!
//! A browser lets the focus fall to the page as a whole when the element that has it is taken away: who uses the keyboard
//! then begins anew at the top. Here it goes to the nearest element around it that can have it, or that names its heir in
//! `data-heir`: the id of an element that stays, or nothing, if it is the heir itself (a gauge, a stage). Such a one can
//! have the focus only so: a click on it does not give it one, which would be drawn around it at the next key.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element};
use yew::prelude::*;

use super::browser;

/// Keeps the focus near where it was, through every rendering of the component that calls this.
#[hook]
pub fn use_focus_kept() {
    let chain = use_mut_ref(Vec::<Element>::new);
    // This runs before the page changes. What is gone already, with nobody having the focus since, waits for its heir.
    let now = focused_and_around();
    let waits = now.is_empty() && chain.borrow().first().is_some_and(|element| !element.is_connected());
    if !waits {
        chain.replace(now);
    }
    use_effect(move || {
        let chain = chain.borrow().clone(); // who gets the focus may draw the page anew
        let is_gone = chain.first().is_some_and(|element| !element.is_connected());
        if is_gone && focused().is_none() {
            pass_on(&chain);
        }
    });
}

/// Whether the element of that id has the focus.
pub fn has_focus(id: &str) -> bool {
    focused().is_some_and(|element| element.id() == id)
}

/// Gives the focus to the first that stays and can have it, or whose heir can.
fn pass_on(around: &[Element]) {
    for element in around.iter().filter(|element| element.is_connected()) {
        match element.get_attribute("data-heir").as_deref() {
            Some("") => return lend(element),
            Some(heir) => return browser::focus(heir),
            None if element.has_attribute("tabindex") => return browser::focus_element(element),
            None => {}
        }
    }
}

/// Gives the focus to an element that cannot have it otherwise.
fn lend(element: &Element) {
    let _ = element.set_attribute("tabindex", "-1");
    let options = AddEventListenerOptions::new();
    options.set_once(true);
    let lent = element.clone();
    let on_blur = Closure::once_into_js(move || {
        let _ = lent.remove_attribute("tabindex");
    });
    let listener = on_blur.unchecked_ref();
    let _ = element.add_event_listener_with_callback_and_add_event_listener_options("blur", listener, &options);
    browser::focus_element(element);
}

/// The element that has the focus; the page as a whole does not count.
fn focused() -> Option<Element> {
    browser::document()?.active_element().filter(|element| element.tag_name() != "BODY")
}

/// The element that has the focus and those around it, the innermost first.
fn focused_and_around() -> Vec<Element> {
    std::iter::successors(focused(), |element| element.parent_element()).collect()
}
