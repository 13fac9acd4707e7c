//! What other scripts may call: `window.partitionLab`. Its types are in `www/partition-lab.d.ts`.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::browser;
use super::document;
use super::draw::{self, Draw};
use super::prove::Prove;
use crate::course::Gauges;
use crate::diagram::{Document, mermaid};

/// What the functions work on: the state of both rooms as it was last shown.
type Shared = Rc<RefCell<Option<Rooms>>>;

/// Both rooms.
type Rooms = (UseReducerHandle<Draw>, UseReducerHandle<Prove>);

/// Hangs `partitionLab` on the window, once, and keeps it up to date.
#[hook]
pub fn use_api(draw: &UseReducerHandle<Draw>, prove: &UseReducerHandle<Prove>) {
    let shared: Shared = (*use_memo((), |()| Shared::default())).clone();
    *shared.borrow_mut() = Some((draw.clone(), prove.clone()));
    use_effect_with((), move |()| {
        let _ = install(&shared);
    });
}

fn install(shared: &Shared) -> Result<(), JsValue> {
    let Some(window) = browser::window() else { return Ok(()) };
    let lab = Object::new();
    let with = || Rc::clone(shared);
    let (a, b, c, d) = (with(), with(), with(), with());
    offer(&lab, "document", Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(move || current(&a)))?;
    offer(&lab, "load", Closure::<dyn Fn(JsValue) -> Result<(), JsValue>>::new(move |what| load(&b, &what)))?;
    let export = Closure::<dyn Fn(String) -> Result<String, JsValue>>::new(move |form: String| export(&c, &form));
    offer(&lab, "exportMermaid", export)?;
    offer(&lab, "verdicts", Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(move || verdicts(&d)))?;
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

fn error(text: &str) -> JsValue {
    js_sys::Error::new(text).into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|why| error(&why.to_string()))
}

/// The rooms as they are, taken out of their cell: what is done to them may show them anew at once.
fn rooms(shared: &Shared) -> Result<Rooms, JsValue> {
    shared.borrow().clone().ok_or_else(|| error("the page is not ready yet"))
}

fn current(shared: &Shared) -> Result<JsValue, JsValue> {
    let (draw, _) = rooms(shared)?;
    to_js(draw.document())
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
    let (draw, _) = rooms(shared)?;
    draw.dispatch(draw::Action::Open(document));
    Ok(())
}

fn export(shared: &Shared, form: &str) -> Result<String, JsValue> {
    let (draw, _) = rooms(shared)?;
    let diagram = &draw.document().diagram;
    match form {
        "module" => Ok(mermaid::print_module(diagram)),
        "portable" => Ok(mermaid::print_portable(diagram)),
        other => Err(error(&format!("there are two forms, \"module\" and \"portable\", and no \"{other}\""))),
    }
}

/// The verdicts of one side of the room Prove.
#[derive(Serialize)]
struct SideVerdicts {
    scenario: String,
    #[serde(flatten)]
    gauges: Gauges,
}

/// The verdicts at the step one is at.
#[derive(Serialize)]
struct Verdicts {
    step: usize,
    steps: usize,
    sides: Vec<SideVerdicts>,
}

fn verdicts(shared: &Shared) -> Result<JsValue, JsValue> {
    let (_, prove) = rooms(shared)?;
    let sides = (0..2)
        .map(|side| SideVerdicts {
            scenario: prove.walk.sides[side].scenario().name.clone(),
            gauges: prove.walk.gauges(side, prove.moment),
        })
        .collect();
    to_js(&Verdicts { step: prove.moment, steps: prove.walk.end(), sides })
}
