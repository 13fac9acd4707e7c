//! The third program: the room Prove.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::Program;
use crate::course::verdicts;
use crate::ui::place::Place;
use crate::ui::prove::{Page, ProveRoom, Walking, walking_now};
use crate::ui::values;

/// The program.
pub fn program() -> Program {
    Program::of(|(_, given, told)| html! { <ProveView {given} {told} /> })
}

/// The verdicts of the walk at the step it is at.
///
/// # Errors
/// When they cannot be handed over.
pub fn verdicts_now() -> Result<JsValue, JsValue> {
    let Walking { walk, moment, .. } = walking_now();
    values::to_js(&verdicts(&walk, moment))
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    /// Where a link leads, or nothing.
    given: JsValue,
    /// Tells where one is.
    told: Callback<JsValue>,
}

thread_local! {
    /// What was given last. The host gives it again whenever one comes back to the room, and a link is followed only once.
    static GIVEN: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

#[component]
fn ProveView(props: &Props) -> Html {
    let asked = use_memo(props.given.clone(), |given| {
        let is_new = GIVEN.replace(given.clone()) != *given;
        match serde_wasm_bindgen::from_value(given.clone()) {
            Ok(Place::Prove { page, state }) if is_new => Some((Page::named(&page)?, AttrValue::from(state))),
            _ => None,
        }
    });
    let on_place = use_callback(props.told.clone(), |(page, state): (Page, String), told| {
        let place = Place::Prove { page: page.name().to_owned(), state };
        told.emit(values::to_js(&place).unwrap_or_default());
    });
    html! { <ProveRoom asked={(*asked).clone()} {on_place} /> }
}
