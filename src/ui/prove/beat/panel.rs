//! The panel: what came of the attempt, what happens at the step one is at, both gauges, and the table.

use yew::prelude::*;

use super::report::{Report, Tone, counts, report};
use super::state::{Action, Beat, Phase, Shown};
use super::table::table;
use crate::ui::gauge::{self, gauge};
use crate::ui::icons;
use crate::ui::transport::Move;
use crate::ui::words::rich;

/// The panel.
pub fn panel(beat: &Beat, on_action: &Callback<Action>) -> Html {
    html! {
        <aside class="panel" tabindex="0" aria-label="What came of it">
            { told(beat, on_action) }
            if beat.is_searching() { { numbers(beat) } } else { { at_this_step(beat, on_action) } }
            { table(beat, on_action) }
        </aside>
    }
}

fn told(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let Report { tone, headline, lines, trials } = report(beat);
    let (class, icon) = match tone {
        Tone::Open => ("open", Html::default()),
        Tone::Broken => ("broken", icons::cross()),
        Tone::Kept => ("kept", icons::check()),
    };
    let trials = trials.into_iter().map(|(words, settings)| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::TryWith(settings));
        html! { <button key={words} class="button small" {onclick}>{ words }</button> }
    });
    html! {
        <section class={classes!("report", class)} aria-label="What came of the attempt">
            <h2>{ icon }{ headline }</h2>
            { for lines.iter().map(|line| html! { <p>{ rich(line) }</p> }) }
            <div class="trials">{ for trials }{ onward(beat, on_action) }</div>
        </section>
    }
}

/// Back to the attempt, or on to the next idea.
fn onward(beat: &Beat, on_action: &Callback<Action>) -> Html {
    if let Shown::Cell(_) = beat.shown {
        let onclick = on_action.reform(|_: MouseEvent| Action::Back);
        return html! { <button class="button small" {onclick}>{ icons::undo() }{ "Back to my rules" }</button> };
    }
    let next = beat.next_idea().filter(|_| beat.search_end() == super::figure::End::Broken);
    let Some((at, title)) = next else { return Html::default() };
    let onclick = on_action.reform(move |_: MouseEvent| Action::Idea(at));
    html! { <button class="button small" {onclick}>{ format!("Next idea: {title}") }{ icons::forward() }</button> }
}

/// How far the search has come.
fn numbers(beat: &Beat) -> Html {
    let shown = counts(beat)
        .into_iter()
        .flatten()
        .map(|(number, what)| html! { <div><dd>{ number }</dd><dt>{ what }</dt></div> });
    html! { <dl class="counts">{ for shown }</dl> }
}

fn at_this_step(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let Some(staged) = beat.staged.as_ref().filter(|_| !matches!(beat.phase, Phase::Searching(_))) else {
        return Html::default();
    };
    let step = beat.head.step;
    let gauges = staged.gauges(step);
    let on_jump = on_action.reform(|step| Action::Move(Move::To(step)));
    html! {
        <>
            <div class="narration">
                <div class="step"><span>{ format!("Step {step} of {}", staged.end()) }</span></div>
                <p class="say">{ rich(&staged.words(step)) }</p>
            </div>
            <section class="verdicts" aria-label="Both promises in this run">
                { gauge(&gauge::Props { letter: "C", name: "Consistency", gauge: &gauges.consistency, on_jump: &on_jump }) }
                { gauge(&gauge::Props { letter: "A", name: "Availability", gauge: &gauges.availability, on_jump: &on_jump }) }
            </section>
        </>
    }
}
