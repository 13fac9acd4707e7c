//! What other scripts may call: `window.partitionLab`. Its types are in `www/partition-lab.d.ts`.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::browser;
use super::document;
use super::draw::{self, Draw};
use super::programs::{self, Which};
use super::values::{error, to_js};
use crate::course::verdicts::AT_START;
use crate::diagram::{Document, mermaid};

/// What the functions work on: the state of the room Draw as it was last shown.
type Shared = Rc<RefCell<Option<UseReducerHandle<Draw>>>>;

/// Hangs `partitionLab` on the window, once, and keeps it up to date.
#[hook]
pub fn use_api(draw: &UseReducerHandle<Draw>) {
    let shared: Shared = (*use_memo((), |()| Shared::default())).clone();
    *shared.borrow_mut() = Some(draw.clone());
    use_effect_with((), move |()| {
        let _ = install(&shared);
    });
}

fn install(shared: &Shared) -> Result<(), JsValue> {
    let Some(window) = browser::window() else { return Ok(()) };
    let lab = Object::new();
    let with = || Rc::clone(shared);
    let (a, b, c) = (with(), with(), with());
    offer(&lab, "document", Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(move || current(&a)))?;
    offer(&lab, "load", Closure::<dyn Fn(JsValue) -> Result<(), JsValue>>::new(move |what| load(&b, &what)))?;
    let export = Closure::<dyn Fn(String) -> Result<String, JsValue>>::new(move |form: String| export(&c, &form));
    offer(&lab, "exportMermaid", export)?;
    offer(&lab, "verdicts", Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(verdicts))?;
    Reflect::set(&window, &"partitionLab".into(), &lab)?;
    let event = web_sys::Event::new("partitionlab:ready")?;
    window.dispatch_event(&event)?;
    Ok(())
}

/// The page lives as long as its window, so the functions are never dropped.
fn offer<T: ?Sized + wasm_bindgen::closure::WasmClosure>(
    lab: &Object,
    name: &str,
    function: Closure<T>,
) -> Result<(), JsValue> {
    Reflect::set(lab, &name.into(), function.as_ref())?;
    function.forget();
    Ok(())
}

/// The room as it is, taken out of its cell: what is done to it may show it anew at once.
fn room(shared: &Shared) -> Result<UseReducerHandle<Draw>, JsValue> {
    shared.borrow().clone().ok_or_else(|| error("the page is not ready yet"))
}

fn current(shared: &Shared) -> Result<JsValue, JsValue> {
    to_js(room(shared)?.document())
}

/// Takes a document, or a text in Mermaid's language.
fn load(shared: &Shared, what: &JsValue) -> Result<(), JsValue> {
    let document = match what.as_string() {
        Some(text) => {
            let (diagram, diagnostics) = mermaid::parse(&text);
            if let Some(worst) = diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
                return Err(error(&format!("line {}, column {}: {}", worst.line, worst.column, worst.message)));
            }
            Document::of(diagram)
        }
        None => document::from_js(what.clone()).map_err(|why| error(&why))?,
    };
    room(shared)?.dispatch(draw::Action::Open(document));
    Ok(())
}

fn export(shared: &Shared, form: &str) -> Result<String, JsValue> {
    let draw = room(shared)?;
    let diagram = &draw.document().diagram;
    match form {
        "module" => Ok(mermaid::print_module(diagram)),
        "portable" => Ok(mermaid::print_portable(diagram)),
        other => Err(error(&format!("there are two forms, \"module\" and \"portable\", and no \"{other}\""))),
    }
}

/// The verdicts of the room Prove. Until the program that has it is there, nobody can have taken a step in it.
fn verdicts() -> Result<JsValue, JsValue> {
    programs::arrived(Which::Prove).map_or_else(|| js_sys::JSON::parse(AT_START), |program| program.verdicts())
}
