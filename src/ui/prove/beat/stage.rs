//! The stage: a run as a space-time diagram or as a list of steps, or what the search for it looks like.

use std::rc::Rc;

use yew::prelude::*;

use super::deeds::Action;
use super::figure::Figure;
use super::state::{Beat, Shown, View};
use crate::course::Told;
use crate::diagram::space_time_layout::Room;
use crate::ui::gauge::badge;
use crate::ui::prove::{Page, TakeAway};
use crate::ui::space_time;
use crate::ui::transport::Move;
use crate::ui::words::{plain, rich};

/// The stage.
pub fn stage(beat: &Beat, room: Room, on_action: &Callback<Action>) -> Html {
    let view = beat.view();
    let badges = beat.staged.as_ref().filter(|_| view != View::Search).map(|staged| {
        let gauges = staged.gauges(beat.head.step);
        html! { <>{ badge("C", &gauges.consistency) }{ badge("A", &gauges.availability) }</> }
    });
    let shown = match (view, &beat.staged) {
        (View::Search, _) => html! { <Figure levels={beat.levels().to_vec()} end={beat.search_end()} /> },
        (View::Run, Some(staged)) => times(staged, beat.head.step, room),
        (View::Steps, Some(staged)) => steps(staged, beat.head.step, on_action),
        (_, None) => html! { <p class="coming">{ "There is no run to show for these rules." }</p> },
    };
    html! {
        <section class={classes!("stage", "paper", (view == View::Steps).then_some("listed"))} aria-label="Stage">
            <header>
                <h2>{ title(beat, view) }</h2>
                { badges.unwrap_or_default() }
                { views(beat, view, on_action) }
            </header>
            { shown }
            if let Some(staged) = beat.staged.as_ref().filter(|_| view == View::Run) {
                <div class="caption"><p>{ rich(&staged.words(beat.head.step)) }</p>{ take(staged, title(beat, view)) }</div>
            }
        </section>
    }
}

/// What can be taken away of the run on the stage.
fn take(staged: &Rc<Told>, title: &'static str) -> Html {
    let staged = Rc::clone(staged);
    let runs = Callback::from(move |()| vec![staged.recording(title)]);
    html! { <TakeAway page={Page::Beat} {runs} /> }
}

fn title(beat: &Beat, view: View) -> &'static str {
    match (view, beat.shown) {
        (View::Search, _) => "The search",
        (_, Shown::Calm) => "With nothing lost",
        (_, Shown::Found) => "The run that breaks it",
        (_, Shown::Cell(..)) => "This strategy’s run",
    }
}

/// Which of the views is on show, and the others.
fn views(beat: &Beat, shown: View, on_action: &Callback<Action>) -> Html {
    let button = |view: View, name: &'static str| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::View(view));
        let disabled = match view {
            View::Search => beat.levels().is_empty(),
            View::Run | View::Steps => beat.is_searching(),
        };
        html! { <button aria-pressed={(view == shown).to_string()} {disabled} {onclick}>{ name }</button> }
    };
    html! {
        <div class="segments" role="group" aria-label="What the stage shows">
            { button(View::Run, "Diagram") }{ button(View::Steps, "Steps") }{ button(View::Search, "Search") }
        </div>
    }
}

fn times(staged: &Told, step: usize, room: Room) -> Html {
    let (diagram, heads) = staged.diagram(step);
    space_time::space_time(&space_time::Props {
        id: "beat",
        diagram: &diagram,
        heads: &heads,
        row: step,
        rows: staged.end() + 1,
        room,
        words: plain(&staged.words(step)),
        points: &[],
        pointing: None,
    })
}

/// All steps in words; each leads to its moment.
fn steps(staged: &Told, here: usize, on_action: &Callback<Action>) -> Html {
    let turns = staged.turning_points();
    let line = |step: usize| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::Move(Move::To(step)));
        let current = (step == here).then_some("step");
        let turn = turns.contains(&step).then_some("turn");
        html! {
            <li key={step} class={classes!(turn)}>
                <button {onclick} aria-current={current}><b>{ step }</b>{ rich(&staged.words(step)) }</button>
            </li>
        }
    };
    html! { <ol class="steps" start="0">{ for (0..=staged.end()).map(line) }</ol> }
}
