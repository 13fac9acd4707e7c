//! The goals: what the drawing is to show, what it shows already, and help for the rest, a rung at a time.

use yew::prelude::*;

use super::action::Action;
use super::marks::Marks;
use crate::diagram::grade::{About, Goal, Mark};
use crate::ui::icons;
use crate::ui::words::rich;

/// What the goals show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is asked for, and what of it the drawing shows.
    pub marks: Marks,
    /// What to do.
    pub on_action: Callback<Action>,
}

/// The sections: whose goals, and their title.
const SECTIONS: [(About, &str, &str); 3] =
    [(About::Cp, "The consistent side", "c"), (About::Ap, "The available side", "a"), (About::Both, "Both", "both")];

/// The names of the rungs of help.
const RUNGS: [&str; 3] = ["A nudge", "Where to look", "What to draw"];

/// The goals.
#[component]
pub fn Goals(props: &Props) -> Html {
    let Marks { rubric, grade } = &props.marks;
    let chosen = use_state(|| None::<Option<usize>>);
    let rungs = use_state(|| vec![0_usize; rubric.goals.len()]);
    let open = chosen.unwrap_or_else(|| grade.marks.iter().position(|mark| !mark.met));
    let (met, of) = props.marks.met();
    let row = |at: usize| {
        let (Some(goal), Some(mark)) = (rubric.goals.get(at), grade.marks.get(at)) else { return Html::default() };
        let toggle = {
            let chosen = chosen.clone();
            let next = if open == Some(at) { None } else { Some(at) };
            Callback::from(move |_: MouseEvent| chosen.set(Some(next)))
        };
        let more = {
            let rungs = rungs.clone();
            Callback::from(move |_: MouseEvent| {
                let mut climbed = (*rungs).clone();
                climbed[at] += 1;
                rungs.set(climbed);
            })
        };
        let (class, icon, words) =
            if mark.met { ("met", icons::check(), "met") } else { ("open", icons::ring(), "not yet") };
        html! {
            <li key={goal.id.clone()} class={classes!("goal", class, (open == Some(at)).then_some("opened"))} data-goal={goal.id.clone()}>
                <button class="goal-row" onclick={toggle} aria-expanded={(open == Some(at)).to_string()}>
                    <span class="goal-mark">{ icon }</span><span>{ &goal.title }</span><span class="offstage">{ words }</span>
                </button>
                if open == Some(at) { { body(goal, mark, rungs[at], more, &props.on_action) } }
            </li>
        }
    };
    let sections = SECTIONS.iter().map(|(side, title, class)| {
        let of_side: Vec<usize> = (0..of).filter(|&at| rubric.goals[at].side == *side).collect();
        let met_here = of_side.iter().filter(|&&at| grade.marks[at].met).count();
        let count = of_side.len();
        html! {
            <section key={*class} aria-label={*title} hidden={count == 0}>
                <h2><span class={*class}>{ *title }</span><span class="count">{ format!("{met_here} of {count}") }</span></h2>
                <ul>{ for of_side.into_iter().map(&row) }</ul>
            </section>
        }
    });
    html! {
        <div class="goals">
            <div class="progress">
                <p><b>{ format!("{met} of {of}") }</b>{ if met == of { " goals met. Run it, then hand it in under Share." } else { " goals met" } }</p>
                <progress max={of.to_string()} value={met.to_string()} aria-label="Goals met"></progress>
            </div>
            { for sections }
        </div>
    }
}

fn body(goal: &Goal, mark: &Mark, rung: usize, more: Callback<MouseEvent>, on_action: &Callback<Action>) -> Html {
    let show = {
        let (on_action, parts) = (on_action.clone(), mark.parts.clone());
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Show(parts.clone())))
    };
    let given = goal.hints.iter().zip(RUNGS).take(rung).map(|(hint, name)| {
        html! { <p key={name} class="hint-given"><b>{ name }</b>{ " " }{ rich(hint) }</p> }
    });
    html! {
        <div class="goal-body">
            <p>{ rich(&mark.reason) }</p>
            <p class="goal-why">{ rich(&goal.why) }</p>
            <div class="hints" aria-live="polite">{ for given }</div>
            <div class="row">
                if !mark.parts.is_empty() { <button class="link" onclick={show}>{ "Show me" }</button> }
                if !mark.met && rung < RUNGS.len() { <button class="link" onclick={more}>{ if rung == 0 { "Hint" } else { "Another hint" } }</button> }
            </div>
        </div>
    }
}
