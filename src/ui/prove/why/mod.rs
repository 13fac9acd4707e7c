//! “Why?”: a button beside a gauge, and the dialog that takes its verdict apart.
//!
//! [`why`] serves any run at any step: what it tells is worked out when somebody asks, not before.

mod dialog;
mod order;
mod requests;

use std::rc::Rc;

use yew::prelude::*;

use crate::course::explain::{Explanation, Property};
use dialog::Dialog;

/// The button. `tell` works the explanation out.
pub fn why(property: Property, tell: impl Fn() -> Explanation + 'static) -> Html {
    html! { <Why {property} tell={Callback::from(move |()| Rc::new(tell()))} /> }
}

/// What the button needs.
#[derive(Clone, PartialEq, Properties)]
struct Props {
    /// Which verdict.
    property: Property,
    /// Works the explanation out.
    tell: Callback<(), Rc<Explanation>>,
}

#[component]
fn Why(props: &Props) -> Html {
    let told = use_state(|| None::<Rc<Explanation>>);
    let onclick = {
        let (told, tell) = (told.clone(), props.tell.clone());
        Callback::from(move |_: MouseEvent| told.set(Some(tell.emit(()))))
    };
    let on_close = {
        let told = told.clone();
        Callback::from(move |()| told.set(None))
    };
    let name = name(props.property);
    html! {
        <div class="why">
            <button class="why-button" {onclick} aria-haspopup="dialog" aria-label={format!("Why? {name}")}>{ "Why?" }</button>
            if let Some(told) = &*told {
                <Dialog property={props.property} told={told.clone()} {on_close} />
            }
        </div>
    }
}

/// A property in full.
const fn name(property: Property) -> &'static str {
    match property {
        Property::Consistency => "Consistency",
        Property::Availability => "Availability",
    }
}
