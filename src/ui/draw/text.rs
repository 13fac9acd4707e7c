//! The room's side of the text beside the canvas: what the panel is given, and what it tells.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::action::Action;
use super::canvas::element_id;
use super::room::Meaning;
use super::state::Draw;
use crate::diagram::Part;
use crate::ui::values;

/// The key under which the browser keeps the text as it was written, read or not.
pub const KEPT: &str = "text";

/// What the panel is given, and what it tells.
#[hook]
pub fn use_text(draw: &UseReducerHandle<Draw>) -> (JsValue, Callback<JsValue>) {
    let document = use_memo(Meaning(draw.document().clone()), |meaning| values::to_js(&meaning.0).unwrap_or_default());
    let selected = draw.only().map(element_id);
    let stands = (document.clone(), draw.draft.text().clone(), draw.draft.set_aside().cloned(), selected);
    let given = use_memo((stands, draw.sequence.clone()), |((document, text, aside, selected), sequence)| {
        values::object(&[
            ("document", (**document).clone()),
            ("text", (**text).into()),
            ("aside", aside.as_deref().into()),
            ("selected", selected.as_deref().into()),
            ("sequence", sequence.as_deref().into()),
        ])
    });
    let on_told = use_callback(draw.clone(), |told: JsValue, draw| {
        if let Some(action) = action(&told, draw) {
            draw.dispatch(action);
        }
    });
    ((*given).clone(), on_told)
}

fn action(told: &JsValue, draw: &Draw) -> Option<Action> {
    let text = |name| values::get(told, name).as_string();
    if let Some(text) = text("write") {
        return Some(Action::Write(text));
    }
    if let Some(id) = text("select") {
        let is_meant = |part: &Part| element_id(part) == id;
        return Some(Action::Select(draw.diagram().parts().into_iter().filter(is_meant).collect()));
    }
    [("rest", Action::Rest), ("bringBack", Action::BringBack), ("undo", Action::Undo), ("redo", Action::Redo)]
        .into_iter()
        .find(|(name, _)| values::get(told, name).is_truthy())
        .map(|(_, action)| action)
}
