//! The button, and the dialog while it is open.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::TakeDialog;
use crate::course::take::Recording;
use crate::ui::prove::{Page, saved};
use crate::ui::{browser, icons};

/// What the button needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The page one is on, to which the link leads.
    pub page: Page,
    /// The runs as they are now: one, or several of which one chooses. They are asked for when the dialog opens.
    pub runs: Callback<(), Vec<Recording>>,
}

/// The button.
#[component]
pub fn TakeAway(props: &Props) -> Html {
    let open = use_state(|| None::<(Rc<Vec<Recording>>, AttrValue)>);
    let onclick = {
        let (open, runs, page) = (open.clone(), props.runs.clone(), props.page);
        Callback::from(move |_: MouseEvent| open.set(Some((Rc::new(runs.emit(())), saved::left(page).into()))))
    };
    let on_close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    // Beside the page, not in it: what the page's style sheets say about its own parts is not about the dialog.
    let body = browser::document().and_then(|document| document.body());
    let dialog = open.as_ref().zip(body).map(|((runs, state), body)| {
        let shown = html! { <TakeDialog runs={runs.clone()} page={props.page} state={state.clone()} {on_close} /> };
        create_portal(shown, body.into())
    });
    // Nothing is a node, too: a list that becomes shorter would make the button anew, and the focus would be lost.
    let dialog = dialog.unwrap_or_default();
    html! {
        <>
            <button class="button small take-button" {onclick} aria-haspopup="dialog">{ icons::download() }{ "Take away" }</button>
            { dialog }
        </>
    }
}
