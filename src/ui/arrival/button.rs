//! The button “Share”: what it opens is in the second program.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::diagram::Document;
use crate::ui::programs::{Hosted, View};
use crate::ui::{icons, values};

/// What the button needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Where one is, as the second program told it; undefined in the room Draw.
    pub place: JsValue,
    /// The drawing: what is saved.
    pub document: Document,
    /// Open another drawing.
    pub on_open: Callback<Document>,
}

/// The button, and what it opens.
#[component]
pub fn ShareButton(props: &Props) -> Html {
    let open = use_state(|| false);
    let given = use_memo((props.clone(), *open), |(props, open)| {
        if !open {
            return JsValue::UNDEFINED;
        }
        let document = values::to_js(&props.document).unwrap_or_default();
        values::object(&[("document", document), ("place", props.place.clone())])
    });
    let on_told = {
        let (open, on_open) = (open.clone(), props.on_open.clone());
        use_callback((), move |told: JsValue, ()| {
            if let Ok(document) = crate::ui::document::from_js(told) {
                on_open.emit(document);
            }
            open.set(false);
        })
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    html! {
        <>
            <button class="button share-button" {onclick} aria-haspopup="dialog">{ icons::share() }<span>{ "Share" }</span></button>
            if *open { <Hosted view={View::Share} given={(*given).clone()} {on_told} /> }
        </>
    }
}
