//! The panel beside the canvas: the goals, the drawing as text, the drawing as a list.

use yew::prelude::*;

use super::action::Action;
use super::mode::Tab;

/// What the panel shows.
pub struct Props<'a> {
    /// The tab.
    pub tab: Tab,
    /// How many goals are met, and of how many; `None` before they are known.
    pub met: Option<(usize, usize)>,
    /// The goals, which stay there while another tab is shown.
    pub goals: Html,
    /// What any other tab shows.
    pub inner: Html,
    /// What to do.
    pub on_action: &'a Callback<Action>,
}

/// The panel.
pub fn panel(props: &Props) -> Html {
    let Props { tab, met, goals, inner, on_action } = props;
    let button = |other: Tab| {
        let on_action = (*on_action).clone();
        let onclick = Callback::from(move |_: MouseEvent| on_action.emit(Action::Turn(other)));
        let count = met.filter(|_| other == Tab::Goals);
        html! {
            <button key={other.name()} aria-pressed={(other == *tab).to_string()} {onclick}>
                { other.name() }
                if let Some((met, of)) = count { <span class={classes!("tab-count", (met == of).then_some("full"))} aria-hidden="true">{ met }{ "/" }{ of }</span> }
            </button>
        }
    };
    let body = |name: &'static str, shown: bool, inner: &Html| {
        html! { <div class="side-body" key={name} tabindex="0" role="region" aria-label={name} hidden={!shown}>{ inner.clone() }</div> }
    };
    html! {
        <aside class="side" aria-label="Panel">
            <div class="tabs" role="group" aria-label="What the panel shows">{ for Tab::ALL.into_iter().map(button) }</div>
            { body(Tab::Goals.name(), *tab == Tab::Goals, goals) }
            if *tab != Tab::Goals { { body(if *tab == Tab::Mermaid { "Text" } else { tab.name() }, true, inner) } }
        </aside>
    }
}
