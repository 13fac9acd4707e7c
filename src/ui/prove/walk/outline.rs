//! The outline: the three steps, the dilemma and its two ways out, each a button that goes there.

use yew::prelude::*;

use super::state::{Action, Walking};
use crate::course::walk::{Chapter, Part};
use crate::ui::transport::Move;

/// The outline.
pub fn outline(walking: &Walking, on_action: &Callback<Action>) -> Html {
    let here = walking.walk.chapter(walking.moment);
    let parts = walking.walk.outline();
    html! {
        <nav class="outline" aria-label="The scenario in outline">
            <ol>{ for parts.into_iter().map(|part| entry(part, here, on_action)) }</ol>
        </nav>
    }
}

fn entry(Part { chapter, at }: Part, here: Option<Chapter>, on_action: &Callback<Action>) -> Html {
    let onclick = {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(at) = at {
                on_action.emit(Action::Move(Move::To(at)));
            }
        })
    };
    let class = match chapter {
        Chapter::Dilemma => "dilemma",
        Chapter::Answer => "a",
        Chapter::Wait => "c",
        Chapter::Write | Chapter::Cut | Chapter::Read => "numbered",
    };
    let title = if at.is_some() { chapter.about() } else { "This does not happen on this branch" };
    let current = (here == Some(chapter)).then_some("step");
    html! {
        <li key={chapter.title()} class={class}><button {onclick} {title} disabled={at.is_none()} aria-current={current}>{ chapter.title() }</button></li>
    }
}
