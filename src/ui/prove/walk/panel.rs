//! The panel: what happens at this step, in words, and the four gauges.

use std::rc::Rc;

use yew::prelude::*;

use super::page::ANSWERS;
use super::state::{Action, Walking};
use super::steps::steps;
use crate::course::Walk;
use crate::course::explain::{Property, explain};
use crate::diagram::light::Lights;
use crate::ui::gauge::{self, gauge_with};
use crate::ui::prove::why::why;
use crate::ui::transport::Move;
use crate::ui::words::{plain, rich};

/// The panel.
pub fn panel(
    walking: &Walking,
    on_action: &Callback<Action>,
    lights: &[Option<Lights>; 2],
    on_step: &Callback<Option<usize>>,
) -> Html {
    let Walking { walk, moment, .. } = walking;
    let moment = *moment;
    let words = [walk.words(0, moment), walk.words(1, moment)];
    let dilemma = walk.dilemma(moment);
    let conclusion = walk.conclusion(moment);
    let spoken = spoken(moment, &words, dilemma.as_deref(), conclusion);
    let on_jump = {
        let on_action = on_action.clone();
        Callback::from(move |step| on_action.emit(Action::Move(Move::To(step))))
    };
    html! {
        <aside class="panel" tabindex="0" aria-label="What happens, and what it means">
            <div class="narration">
                <div class="step"><span>{ format!("Step {moment} of {} · {}", walk.end(), walk.moments[moment].at) }</span></div>
                if let Some(dilemma) = &dilemma { <p class="say question">{ rich(dilemma) }</p> }
                { narration(&words) }
                if let Some(conclusion) = conclusion { <p class="say conclusion">{ conclusion }</p> }
            </div>
            <p class="offstage" role="status" aria-live="polite">{ spoken }</p>
            { for ANSWERS.iter().enumerate().map(|(side, (title, class))| verdicts(side, title, class, walk, moment, &on_jump)) }
            { steps(walking, lights, on_step, on_action) }
            <p class="fine">{ "Judged by a checker from what the clients saw in this run. Consistency is linearizability: each operation looks as if it took place at one instant between its request and its answer, and a read returns what was last written by then. Availability: every request to a node that has not failed is answered, however late; an error is no answer." }</p>
        </aside>
    }
}

/// One text when both sides do the same, one for each otherwise.
fn narration(words: &[Option<String>; 2]) -> Html {
    if words[0] == words[1] {
        return html! { <p class="say" key="both">{ rich(words[0].as_deref().unwrap_or_default()) }</p> };
    }
    let pieces = words.iter().zip(ANSWERS).map(|(words, (title, class))| {
        let words = words.as_deref().unwrap_or("Nothing more happens at this step.");
        html! { <p class={classes!("say", "split", class)} key={class}><b>{ title }</b>{ rich(words) }</p> }
    });
    html! { <div key="split">{ for pieces }</div> }
}

fn spoken(moment: usize, words: &[Option<String>; 2], dilemma: Option<&str>, conclusion: Option<&str>) -> String {
    let said: Vec<String> = if words[0] == words[1] {
        words[0].iter().map(|words| plain(words)).collect()
    } else {
        words
            .iter()
            .zip(ANSWERS)
            .filter_map(|(words, (title, _))| Some(format!("{title}: {}", plain(words.as_deref()?))))
            .collect()
    };
    let dilemma = dilemma.map(|dilemma| plain(dilemma) + " ").unwrap_or_default();
    format!("Step {moment}. {dilemma}{} {}", said.join(" "), conclusion.unwrap_or_default())
}

fn verdicts(
    side: usize,
    title: &'static str,
    class: &'static str,
    walk: &Rc<Walk>,
    moment: usize,
    on_jump: &Callback<usize>,
) -> Html {
    let gauges = walk.gauges(side, moment);
    let why = |property: Property| {
        let walk = Rc::clone(walk);
        why(property, move || {
            let told = &walk.sides[side];
            explain(told.scenario(), told.trace(), walk.moments[moment].steps[side], property)
        })
    };
    html! {
        <section class="verdicts" key={class} data-side={class} aria-label={title}>
            <h2 class={class}>{ title }</h2>
            { gauge_with(&gauge::Props { letter: "C", name: "Consistency", gauge: &gauges.consistency, on_jump }, why(Property::Consistency)) }
            { gauge_with(&gauge::Props { letter: "A", name: "Availability", gauge: &gauges.availability, on_jump }, why(Property::Availability)) }
        </section>
    }
}
