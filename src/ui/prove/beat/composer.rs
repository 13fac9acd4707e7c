//! The composer: what each node does on a write, on a read, in silence and on news; and what that comes to, in words.

use yew::prelude::*;

use super::choice::Choice;
use super::deeds::Action;
use super::state::Both;
use crate::course::behaviour::{behaviour, waits};
use crate::sim::protocol::rules::{OnNews, OnRead, OnTimeout, OnWrite, Rules};

/// What the composer needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The rules of Node A and of Node B.
    pub rules: [Rules; 2],
    /// Whether both nodes follow the same rules by decree.
    pub both: Both,
    /// Changes them.
    pub on_action: Callback<Action>,
}

/// The composer.
#[component]
pub fn Composer(props: &Props) -> Html {
    let Props { rules: [a, b], both, on_action } = props;
    let turn = |both: Both| {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Both(both)))
    };
    let cards = match both {
        Both::Same => node(None, *a, on_action),
        Both::Differ => html! { <>{ node(Some(0), *a, on_action) }{ node(Some(1), *b, on_action) }</> },
    };
    html! {
        <div class="composer">
            <div class="segments" role="group" aria-label="Whose rules">
                <button aria-pressed={(*both == Both::Same).to_string()} onclick={turn(Both::Same)}>{ "Both nodes the same" }</button>
                <button aria-pressed={(*both == Both::Differ).to_string()} onclick={turn(Both::Differ)}>{ "Each its own" }</button>
            </div>
            { cards }
        </div>
    }
}

/// The rules of one node, or of both.
fn node(which: Option<usize>, rules: Rules, on_action: &Callback<Action>) -> Html {
    let (title, other) = match which {
        None => ("Node A and Node B", "the other"),
        Some(0) => ("Node A", "Node B"),
        Some(_) => ("Node B", "Node A"),
    };
    let list = |label: &'static str, options: Vec<AttrValue>, chosen: usize, change: fn(Rules, usize) -> Rules| {
        let on_choose = on_action.reform(move |at| Action::Rules(which, change(rules, at)));
        let idle = (label == SILENCE && !waits(rules)).then_some("It never waits, so this never happens.");
        html! { <Choice {label} {options} {chosen} {idle} {on_choose} /> }
    };
    html! {
        <fieldset class="rules" key={title}>
            <legend>{ title }</legend>
            { list("On a write", words(OnWrite::ALL, OnWrite::words), place(OnWrite::ALL, rules.write), |rules, at| Rules { write: pick(OnWrite::ALL, at, rules.write), ..rules }) }
            { list("On a read", words(OnRead::ALL, OnRead::words), place(OnRead::ALL, rules.read), |rules, at| Rules { read: pick(OnRead::ALL, at, rules.read), ..rules }) }
            { list(SILENCE, words(OnTimeout::ALL, OnTimeout::words), place(OnTimeout::ALL, rules.timeout), |rules, at| Rules { timeout: pick(OnTimeout::ALL, at, rules.timeout), ..rules }) }
            { list("On news", words(OnNews::ALL, OnNews::words), place(OnNews::ALL, rules.news), |rules, at| Rules { news: pick(OnNews::ALL, at, rules.news), ..rules }) }
            <p class="reads-back">{ behaviour(rules, other) }</p>
        </fieldset>
    }
}

const SILENCE: &str = "On silence";

fn words<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<AttrValue> {
    all.iter().map(|&rule| AttrValue::Static(words(rule))).collect()
}

/// At which place of a list a rule is.
pub fn place<T: Copy + PartialEq>(all: &[T], rule: T) -> usize {
    all.iter().position(|other| *other == rule).unwrap_or(0)
}

/// The rule at a place of a list.
pub fn pick<T: Copy>(all: &[T], at: usize, otherwise: T) -> T {
    all.get(at).copied().unwrap_or(otherwise)
}
