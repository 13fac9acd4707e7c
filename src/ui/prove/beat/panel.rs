//! The panel: what came of the attempt, both promises in the run on the stage, and the table.

use std::rc::Rc;

use yew::prelude::*;

use super::deeds::Action;
use super::report::{Report, Tone, counts, report};
use super::state::{Beat, Shown};
use super::table::table;
use crate::course::explain::{Property, explain};
use crate::ui::gauge::{self, gauge_with};
use crate::ui::prove::why::why;
use crate::ui::transport::Move;
use crate::ui::words::rich;
use crate::ui::{browser, icons};

/// The panel.
pub fn panel(beat: &Beat, on_action: &Callback<Action>) -> Html {
    html! {
        <aside class="panel" aria-label="What came of it">
            <div class="outcome" tabindex="0" role="group" aria-label="The outcome">{ told(beat, on_action) }</div>
            { table(beat, on_action) }
        </aside>
    }
}

fn told(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let Report { tone, headline, lines, trials, .. } = report(beat);
    let (class, icon) = match tone {
        Tone::Open => ("open", Html::default()),
        Tone::Broken => ("broken", icons::cross()),
        Tone::Kept => ("kept", icons::check()),
    };
    let trials = trials.into_iter().map(|(words, settings)| {
        let onclick = on_action.reform(move |_: MouseEvent| {
            browser::focus_first(".outcome"); // the button goes
            Action::TryWith(settings)
        });
        html! { <button key={words} class="button small" {onclick}>{ words }</button> }
    });
    let line = |words: &String| html! { <p>{ rich(words) }</p> };
    let (first, more) = match lines.split_first() {
        Some((first, more)) => (Some(first), more),
        None => (None, lines.as_slice()),
    };
    html! {
        <section class={classes!("report", class)} aria-label="What came of the attempt">
            <h2>{ icon }{ headline }</h2>
            { first.map(line).unwrap_or_default() }
            if beat.tells_of_another_run() { { numbers(beat) } } else { { verdicts(beat, on_action) } }
            { for more.iter().map(line) }
            <div class="trials">{ for trials }{ onward(beat, on_action) }</div>
        </section>
    }
}

/// Back to the attempt, or on to the next idea.
fn onward(beat: &Beat, on_action: &Callback<Action>) -> Html {
    if let Shown::Cell(_) = beat.shown {
        let onclick = on_action.reform(|_: MouseEvent| {
            browser::focus_first(".outcome");
            Action::Back
        });
        return html! { <button class="button small" {onclick}>{ icons::undo() }{ "Back to my rules" }</button> };
    }
    html! { <div class="onward">{ next_idea(beat, on_action) }</div> }
}

/// On to the next idea, once this one is broken. Then the button that tries it has the focus.
pub fn next_idea(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let Some((at, title)) = beat.next_idea() else { return Html::default() };
    let onclick = on_action.reform(move |_: MouseEvent| {
        browser::focus_first(".compose-act .try");
        Action::Idea(at)
    });
    html! {
        <button class="button primary next" {onclick}>
            <span><small>{ "Next idea: " }</small>{ title }</span>{ icons::forward() }
        </button>
    }
}

/// How far the search has come.
fn numbers(beat: &Beat) -> Html {
    let shown = counts(beat)
        .into_iter()
        .flatten()
        .map(|(number, what)| html! { <div><dd>{ number }</dd><dt>{ what }</dt></div> });
    html! { <dl class="counts">{ for shown }</dl> }
}

/// Both promises in the run on the stage, as far as it has gone.
fn verdicts(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let Some(staged) = &beat.staged else { return Html::default() };
    let gauges = staged.gauges(beat.head.step);
    let on_jump = on_action.reform(|step| Action::Move(Move::To(step)));
    let why = |property: Property| {
        let (staged, step) = (Rc::clone(staged), u32::try_from(beat.head.step).unwrap_or(u32::MAX));
        why(property, move || explain(&staged.run.scenario, &staged.trace, step, property))
    };
    html! {
        <section class="verdicts" aria-label="Both promises in this run">
            { gauge_with(&gauge::Props { letter: "C", name: "Consistency", gauge: &gauges.consistency, on_jump: &on_jump }, why(Property::Consistency)) }
            { gauge_with(&gauge::Props { letter: "A", name: "Availability", gauge: &gauges.availability, on_jump: &on_jump }, why(Property::Availability)) }
        </section>
    }
}
