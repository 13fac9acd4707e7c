//! Paper: the diagram, both texts and the goals, on a sheet of their own. It is laid down when the browser begins to
//! print, by whatever way, and taken away when it is done.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{goals, picture};
use crate::diagram::{Document, mermaid};
use crate::ui::{browser, document};

/// Has the browser print a sheet with the drawing, not the page, from now on.
pub fn print_a_sheet() {
    listen("beforeprint", || {
        if let Some(document) = drawing() {
            lay(&document);
        }
    });
    listen("afterprint", picture::remove_sheet);
}

/// The page lives as long as its window, so the listeners are never dropped.
fn listen(name: &str, run: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(run);
    if let Some(window) = browser::window() {
        let _ = window.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// The drawing, as the page hands it to any script.
fn drawing() -> Option<Document> {
    let lab = Reflect::get(&browser::window()?.into(), &"partitionLab".into()).ok()?;
    let ask: Function = Reflect::get(&lab, &"document".into()).ok()?.dyn_into().ok()?;
    document::from_js(ask.call0(&JsValue::UNDEFINED).ok()?).ok()
}

fn lay(document: &Document) {
    let diagram = &document.diagram;
    let text = |name: &str, text: String| Array::of2(&name.into(), &text.into());
    let texts = Array::of2(
        &text("Module form", mermaid::print_module(diagram)),
        &text("Portable form", mermaid::print_portable(diagram)),
    );
    let goals = goals::goals(diagram).into_iter().map(|goal| Array::of2(&goal.met.into(), &goal.text.into()));
    picture::lay_sheet("Partition Lab", texts.into(), goals.collect::<Array>().into());
}
