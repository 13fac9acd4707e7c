//! The dialog: the verdict, what it rests on, and what the word means.

use std::rc::Rc;

use yew::prelude::*;

use super::name;
use super::order::Order;
use super::requests::requests;
use crate::course::explain::requests::DEFINITION;
use crate::course::explain::{Explanation, Property, Standing};
use crate::ui::icons;
use crate::ui::modal::Modal;
use crate::ui::words::rich;

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
    /// Somebody wants to be rid of it.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let Props { property, told, on_close } = props.clone();
    let onclick = on_close.reform(|_: MouseEvent| ());
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
        <Modal class="why-dialog" title="why-title" {on_close} beside={true}>
            <div class="why-inner">
                <header class={state}>
                    <span class={classes!("gauge-letter", class)} aria-hidden="true">{ letter }</span>
                    <h2 id="why-title">{ format!("{} {title}", name(property)) }<span class="why-mark">{ icon }</span></h2>
                    <button class="quiet-button" {onclick} aria-label="Close">{ icons::cross() }</button>
                </header>
                { body }
                <footer>{ for meaning.iter().map(|words| html! { <p key={*words}>{ rich(words) }{ " " }</p> }) }</footer>
            </div>
        </Modal>
    }
}
