//! Where a drawing can begin: an empty canvas, the module's template, a text from elsewhere.

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::action::Action;
use crate::course::challenge;
use crate::diagram::{Diagram, Document};
use crate::ui::icons;

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What to do.
    pub on_action: Callback<Action>,
}

/// The button and what it opens.
#[component]
pub fn Start(props: &Props) -> Html {
    let open = use_state(|| false);
    let home = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let choose = |action: fn() -> Action| {
        let (open, on_action) = (open.clone(), props.on_action.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            on_action.emit(action());
        })
    };
    let onkeydown = {
        let (open, home) = (open.clone(), home.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                event.prevent_default();
                open.set(false);
                if let Some(button) =
                    home.cast::<HtmlElement>().and_then(|home| home.query_selector("button").ok().flatten())
                {
                    crate::ui::browser::focus_element(&button);
                }
            }
        })
    };
    let onfocusout = {
        let (open, home) = (open.clone(), home.clone());
        Callback::from(move |event: FocusEvent| {
            use wasm_bindgen::JsCast;
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            if to.is_some() && !home.cast::<HtmlElement>().is_some_and(|home| home.contains(to.as_ref())) {
                open.set(false);
            }
        })
    };
    html! {
        <div ref={home} class="start" {onkeydown} {onfocusout}>
            <button class="button" onclick={toggle} aria-expanded={open.to_string()}>{ "Start from" }{ icons::chevron() }</button>
            if *open {
                <div class="menu">
                    <button onclick={choose(|| opened(challenge::blank()))}>{ "Empty canvas" }</button>
                    <button onclick={choose(|| opened(challenge::template()))}>{ "Module’s template" }</button>
                    <button onclick={choose(|| Action::Import(true))}>{ icons::import() }{ "Import" }</button>
                </div>
            }
        </div>
    }
}

fn opened(diagram: Diagram) -> Action {
    Action::Open(Document::of(diagram))
}
