//! All steps in words: the diagrams' twin as a list. Pointing at one lights up what led to it, and what it led to.

use yew::prelude::*;

use super::page::ANSWERS;
use super::state::{Action, Walking};
use crate::diagram::light::{Light, Lights};
use crate::ui::transport::Move;
use crate::ui::words::rich;

/// The list, as far as one has come.
pub fn steps(
    walking: &Walking,
    lights: &[Option<Lights>; 2],
    on_step: &Callback<Option<usize>>,
    on_action: &Callback<Action>,
) -> Html {
    let steps = (1..=walking.moment).map(|moment| step(moment, walking, lights, on_step, on_action));
    html! {
        <details class="steps">
            <summary>{ "All steps so far, in words" }</summary>
            <ol>{ for steps }</ol>
            <p class="fine">{ "Lit up is what could have led to it, and what it could have led to: Lamport’s “happened before”. Where neither holds, nothing of the one can have reached the other." }</p>
        </details>
    }
}

fn step(
    moment: usize,
    walking: &Walking,
    lights: &[Option<Lights>; 2],
    on_step: &Callback<Option<usize>>,
    on_action: &Callback<Action>,
) -> Html {
    let Walking { walk, moment: here, .. } = walking;
    let words = [0, 1].map(|side| walk.words(side, moment));
    let lit = lights.iter().enumerate().filter_map(|(side, lights)| {
        let (of, events) = (&walk.moments[moment], walk.events(side, *here));
        let light = lights.as_ref().filter(|_| of.moves[side])?.on_step(events, of.steps[side]);
        Some(match light {
            Light::Itself => "itself",
            Light::Cause => "cause",
            Light::Effect => "effect",
            Light::Apart => "apart",
        })
    });
    let light = lit.reduce(|one, other| if one == "apart" { other } else { one });
    let point = |step: Option<usize>| {
        let on_step = on_step.clone();
        move || on_step.emit(step)
    };
    let (over, out, focus, blur) = (point(Some(moment)), point(None), point(Some(moment)), point(None));
    let onclick = {
        let on_action = on_action.clone();
        move |_: MouseEvent| on_action.emit(Action::Move(Move::To(moment)))
    };
    let told = if words[0] == words[1] {
        html! { { rich(words[0].as_deref().unwrap_or_default()) } }
    } else {
        let pieces = words.iter().zip(ANSWERS).filter_map(|(words, (title, class))| {
            let words = rich(words.as_deref()?);
            Some(html! { <span key={class} class="one-side"><b {class}>{ title }{ ": " }</b>{ words }</span> })
        });
        html! { { for pieces } }
    };
    html! {
        <li key={moment}><button class={classes!(light)} {onclick} onmouseenter={move |_| over()} onmouseleave={move |_| out()}
            onfocus={move |_| focus()} onblur={move |_| blur()}><i>{ moment }</i><span>{ told }</span></button></li>
    }
}
