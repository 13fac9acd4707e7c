//! The dialog: the verdict, what it rests on, and what the word means.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::name;
use super::order::Order;
use super::requests::requests;
use crate::course::explain::requests::DEFINITION;
use crate::course::explain::{Explanation, Property, Standing};
use crate::ui::words::rich;
use crate::ui::{browser, icons};

/// What consistency means, in two sentences.
const CONSISTENT: [&str; 2] = [
    "Consistent means linearizable here (Herlihy and Wing), as in the proof of the theorem, which calls it atomic.",
    "It is not the C of ACID.",
];

/// What the dialog needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which verdict.
    pub property: Property,
    /// The explanation.
    pub told: Rc<Explanation>,
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// The dialog. It opens as it comes; the browser gives the focus back when it closes.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let Props { property, told, on_close } = props.clone();
    let dialog = browser::use_modal();
    let close = {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    // What is pressed around the dialog is pressed on the element itself.
    let onclick = {
        let (dialog, close) = (dialog.clone(), close.clone());
        Callback::from(move |event: MouseEvent| {
            if event.target_dyn_into::<HtmlDialogElement>() == dialog.cast() {
                close();
            }
        })
    };
    let onclose = Callback::from(move |_: Event| on_close.emit(()));
    let (letter, class) = match property {
        Property::Consistency => ("C", "c"),
        Property::Availability => ("A", "a"),
    };
    let (state, icon, title) = match told.standing() {
        Standing::Holds => ("holds", icons::check(), "holds"),
        Standing::Violated => ("violated", icons::cross(), "is violated"),
        Standing::Open => ("open", icons::dots(), "is not decided"),
    };
    let (body, meaning) = match &*told {
        Explanation::Order(_) => (html! { <Order told={told.clone()} /> }, CONSISTENT),
        Explanation::Requests(story) => (requests(story), DEFINITION),
    };
    html! {
        <dialog ref={dialog} class="why-dialog" aria-labelledby="why-title" {onclick} {onclose}>
            <div class="why-inner">
                <header class={state}>
                    <span class={classes!("gauge-letter", class)} aria-hidden="true">{ letter }</span>
                    <h2 id="why-title">{ format!("{} {title}", name(property)) }<span class="why-mark">{ icon }</span></h2>
                    <button class="quiet-button" onclick={Callback::from(move |_: MouseEvent| close())} aria-label="Close">{ icons::cross() }</button>
                </header>
                { body }
                <footer>{ for meaning.iter().map(|words| html! { <p key={*words}>{ rich(words) }{ " " }</p> }) }</footer>
            </div>
        </dialog>
    }
}
