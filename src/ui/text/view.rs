//! What passes between the panel and the room.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::panel::MermaidPanel;
use crate::diagram::Draft;
use crate::ui::draw::{Action, element_id};
use crate::ui::{document, values};

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The drawing, its text and what is selected.
    pub given: JsValue,
    /// Tells the room what is to be done.
    pub told: Callback<JsValue>,
}

/// The view.
#[component]
pub fn TextView(props: &Props) -> Html {
    let Props { given, told } = props;
    let text = |name: &str| values::get(given, name).as_string();
    let drawn = values::get(given, "document");
    let diagram = use_memo(drawn, |drawn| {
        document::from_js(drawn.clone()).map_or_else(|_| Rc::default(), |document| document.diagram)
    });
    let draft = use_memo(((*diagram).clone(), text("text"), text("aside")), |(diagram, text, aside)| {
        Draft::copy_of(diagram, text.as_deref().unwrap_or_default(), aside.as_deref())
    });
    let selected = text("selected").and_then(|id| diagram.parts().into_iter().find(|part| element_id(part) == id));
    let on_action = use_callback(told.clone(), |action, told| told.emit(tell(action)));
    html! { <MermaidPanel draft={(*draft).clone()} {selected} sequence={text("sequence").map(AttrValue::from)} {on_action} /> }
}

fn tell(action: Action) -> JsValue {
    let (name, value) = match action {
        Action::Write(text) => ("write", text.into()),
        Action::Select(parts) => ("select", parts.first().map(element_id).into()),
        Action::Rest => ("rest", true.into()),
        Action::BringBack => ("bringBack", true.into()),
        Action::Undo => ("undo", true.into()),
        _ => ("redo", true.into()),
    };
    values::object(&[(name, value)])
}
