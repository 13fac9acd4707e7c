//! One operation: what it was, what the order makes of it, and what must come before and after it in any order. And the list
//! of the operations around it, which says in words what the time line shows.

use yew::prelude::*;

use super::tell;
use crate::check::words;
use crate::course::opening::{Finding, Laid};

/// How many operations at the same time are named.
const NAMED: usize = 5;

/// How many operations the list has before the one selected, and after it.
const AROUND: usize = 4;

/// The card of an operation.
pub fn card(laid: &Laid, finding: Option<&Finding>, index: usize, on_select: &Callback<usize>) -> Html {
    let Some(entry) = laid.log.entries.get(index) else { return Html::default() };
    let chronicle = &laid.chronicle;
    let [before, after] = chronicle.neighbours(index);
    let together = chronicle.concurrent(index);
    let unknown = chronicle.unknown_before(chronicle.bars[index].from);
    let stuck = finding.and_then(Finding::stuck) == Some(index);
    let more = together.len().saturating_sub(NAMED);
    html! {
        <section class={classes!("history-card", stuck.then_some("violated"))} aria-label="The selected operation">
            <h2>{ tell::who(entry) }</h2>
            <p class="history-when">{ tell::when(entry) }{ "." }</p>
            <p>{ tell::standing(laid, finding, index) }</p>
            <dl>
                <dt>{ "Before it" }</dt>
                <dd>{ before.map_or_else(|| html! { "nothing" }, |other| named(laid, other, on_select)) }</dd>
                <dt>{ "At the same time" }</dt>
                <dd>
                    if together.is_empty() { { "nothing" } }
                    { for together.iter().take(NAMED).map(|&other| named(laid, other, on_select)) }
                    if more > 0 { <span>{ format!("and {more} more") }</span> }
                </dd>
                <dt>{ "After it" }</dt>
                <dd>{ after.map_or_else(|| html! { "nothing" }, |other| named(laid, other, on_select)) }</dd>
            </dl>
            if unknown > 0 {
                <p class="fine">{ match unknown {
                    1 => "One operation that began before has an outcome that nobody knows: it took effect earlier, does so here or later, or never.".to_owned(),
                    many => format!("{many} operations that began before have an outcome that nobody knows: each took effect earlier, does so here or later, or never."),
                } }</p>
            }
        </section>
    }
}

fn named(laid: &Laid, index: usize, on_select: &Callback<usize>) -> Html {
    let Some(entry) = laid.log.entries.get(index) else { return Html::default() };
    let on_select = on_select.clone();
    let onclick = Callback::from(move |_: MouseEvent| on_select.emit(index));
    html! { <button key={index} class="link" {onclick}>{ format!("{} {}", entry.process, words::act(entry)) }</button> }
}

/// The operations around one, in the order in which they began.
pub fn around(laid: &Laid, finding: Option<&Finding>, index: usize, on_select: &Callback<usize>) -> Html {
    let first = index.saturating_sub(AROUND);
    let last = (index + AROUND + 1).min(laid.log.entries.len());
    let stuck = finding.and_then(Finding::stuck);
    html! {
        <section class="history-around">
            <h2>{ "Around it, as they began" }</h2>
            <ol start={(first + 1).to_string()}>{ for (first..last).map(|at| {
                let on_select = on_select.clone();
                let mark = if stuck == Some(at) { " ✕ fits nowhere" } else { "" };
                html! {
                    <li key={at}><button aria-current={(at == index).then_some("true")} onclick={Callback::from(move |_: MouseEvent| on_select.emit(at))}>
                        { tell::who(&laid.log.entries[at]) }<b>{ mark }</b>
                    </button></li>
                }
            }) }</ol>
        </section>
    }
}
