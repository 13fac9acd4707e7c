//! The panel: what happens, the rules that Node B can follow, what each costs, and what follows from that.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::state::{Action, Seeing};
use super::{CONCLUSION, EXECUTIONS};
use crate::course::explain::{Property, explain};
use crate::course::view::{Cost, Indistinguishable, Rule};
use crate::ui::icons;
use crate::ui::prove::why::why;
use crate::ui::words::{plain, rich};
use std::rc::Rc;

/// The panel.
pub fn panel(seeing: &Seeing, words: &[String; 2], calm: bool, on_action: &Callback<Action>) -> Html {
    let moment = seeing.head.step;
    let runs = &seeing.runs;
    let end = seeing.is_over().then(|| runs.rule.consequence());
    let last = (seeing.is_exhausted() && seeing.is_over()).then_some(CONCLUSION);
    html! {
        <aside class="panel" tabindex="0" aria-label="What happens, and Node B’s rule">
            <div class="narration">
                <div class="step"><span>{ format!("Step {moment} of {} · {}", runs.abreast.end(), runs.abreast.moments[moment].at) }</span></div>
                { narration(words) }
            </div>
            <p class="offstage" role="status" aria-live="polite">{ spoken(moment, words, end, last) }</p>
            { rules(seeing, calm, on_action) }
            if let Some(end) = end {
                <div class="consequence" key="end"><p class="say">{ rich(end) }</p>{ why_not(runs) }</div>
            }
        </aside>
    }
}

/// One text when both do the same, one for each otherwise.
fn narration(words: &[String; 2]) -> Html {
    if words[0] == words[1] {
        return html! { <p class="say" key="both"><b class="both">{ "In both: " }</b>{ rich(&words[0]) }</p> };
    }
    let pieces = words.iter().zip(EXECUTIONS).map(|(words, (name, _))| {
        html! { <p class="say split" key={name}><b>{ format!("In {name}") }</b>{ rich(words) }</p> }
    });
    html! { <div key="split">{ for pieces }</div> }
}

fn spoken(moment: usize, words: &[String; 2], end: Option<&str>, last: Option<&str>) -> String {
    let said = if words[0] == words[1] {
        format!("In both: {}", plain(&words[0]))
    } else {
        let each = words.iter().zip(EXECUTIONS);
        let each: Vec<String> = each.map(|(words, (name, _))| format!("In {name}: {}", plain(words))).collect();
        each.join(" ")
    };
    format!("Step {moment}. {said} {} {}", plain(end.unwrap_or_default()), plain(last.unwrap_or_default()))
}

/// The rules to choose from, and what those that have been tried have cost.
fn rules(seeing: &Seeing, calm: bool, on_action: &Callback<Action>) -> Html {
    let choice = |rule: Rule| {
        let on_action = on_action.clone();
        let onchange = Callback::from(move |event: Event| {
            if event.target_unchecked_into::<HtmlInputElement>().checked() {
                on_action.emit(if calm { Action::FollowAtOnce(rule) } else { Action::Follow(rule) });
            }
        });
        let cost = seeing.tried.contains(&rule).then(|| cost_of(seeing, rule));
        html! {
            <label key={rule.words()}>
                <input type="radio" name="rule" checked={seeing.runs.rule == rule} {onchange} />
                <span class="rule-words">{ rich(rule.words()) }</span>
                if let Some(cost) = cost { <span class={classes!("cost", (cost == Cost::Nothing).then_some("free"))}>{ if cost == Cost::Nothing { icons::check() } else { icons::cross() } }{ cost.words() }</span> }
            </label>
        }
    };
    html! {
        <fieldset class="rules">
            <legend>{ "When asked, Node B is to" }</legend>
            { for Rule::ALL.into_iter().map(choice) }
            <p class="fine">{ format!("{} of {} tried. The checkers judge each at its end.{}", seeing.tried.len(), Rule::ALL.len(), if seeing.is_exhausted() { "" } else { " Does one keep both promises?" }) }</p>
        </fieldset>
    }
}

fn cost_of(seeing: &Seeing, rule: Rule) -> Cost {
    if rule == seeing.runs.rule {
        return seeing.runs.cost();
    }
    Indistinguishable::new(rule).map_or(Cost::Nothing, |runs| runs.cost())
}

/// A way to the explanation of what the rule costs.
fn why_not(runs: &Rc<Indistinguishable>) -> Html {
    let (run, property) = match runs.cost() {
        Cost::Consistency(run) => (run, Property::Consistency),
        Cost::Availability => (1, Property::Availability),
        Cost::Nothing => return Html::default(),
    };
    let runs = Rc::clone(runs);
    why(property, move || {
        let told = &runs.abreast.runs[run];
        explain(&told.scenario, &told.trace, told.trace.steps(), property)
    })
}
