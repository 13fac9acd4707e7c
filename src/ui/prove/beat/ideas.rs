//! The ideas that people have, in a row: one takes one up, and those that a search has broken are crossed out.

use yew::prelude::*;

use super::deeds::Action;
use super::state::Beat;
use crate::ui::icons;

/// The first of the ideas that promise more than the basic ones, which come first in the list and last on the page.
const HOPEFUL: usize = super::state::FIRST;

/// The row.
pub fn ideas(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let (basic, hopeful) = beat.ideas.split_at(HOPEFUL.min(beat.ideas.len()));
    let hopeful = hopeful.iter().enumerate().map(|(at, idea)| chip(at + HOPEFUL, idea.name, beat, on_action));
    let basic = basic.iter().enumerate().map(|(at, idea)| chip(at, idea.name, beat, on_action));
    html! {
        <div class="ideas" role="group" aria-label="Ideas to start from">
            { for hopeful }<i class="gap" aria-hidden="true"></i>{ for basic }
        </div>
    }
}

fn chip(at: usize, name: &'static str, beat: &Beat, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(move |_: MouseEvent| Action::Idea(at));
    let broken = beat.broken.contains(&at);
    let pressed = (beat.plain_idea() == Some(at)).to_string();
    html! {
        <button key={at} class={classes!("idea", broken.then_some("broken"))} aria-pressed={pressed} {onclick}>
            { name }
            if broken { { icons::cross() }<span class="offstage">{ ", broken" }</span> }
        </button>
    }
}
