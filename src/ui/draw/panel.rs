//! The panel beside the canvas: the goals, the drawing as text, the drawing as a list.

use yew::prelude::*;

use super::action::Action;
use super::mode::Tab;

/// The frame of the panel, around what its tab shows.
pub fn panel(tab: Tab, inner: Html, on_action: &Callback<Action>) -> Html {
    let button = |other: Tab| {
        let on_action = on_action.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_action.emit(Action::Turn(other)));
        html! { <button key={other.name()} aria-pressed={(other == tab).to_string()} {onclick}>{ other.name() }</button> }
    };
    html! {
        <aside class={"side"} aria-label="Panel">
            <div class="tabs" role="group" aria-label="What the panel shows">{ for Tab::ALL.into_iter().map(button) }</div>
            <div class="side-body" key={tab.name()} tabindex="0" role="region" aria-label={tab.name()}>{ inner }</div>
        </aside>
    }
}
