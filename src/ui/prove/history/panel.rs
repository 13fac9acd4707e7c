//! Beside the time line: the verdict, the operation that is selected, the order that was found or tried, and the story.

use yew::prelude::*;

use super::card::{around, card};
use super::tell;
use crate::check::Verdict;
use crate::check::words;
use crate::course::etcd::{BACKGROUND, Example};
use crate::course::opening::{Finding, Laid};
use crate::ui::icons;
use crate::ui::words::rich;

/// How many operations of the order are listed, up to its end.
const LISTED: usize = 12;

/// What the panel shows.
pub struct Props<'a> {
    /// The history.
    pub laid: &'a Laid,
    /// What was found of it.
    pub finding: Option<&'a Finding>,
    /// How many of how many operations have been explained, while it is judged.
    pub progress: (usize, usize),
    /// The operation that is selected.
    pub selected: Option<usize>,
    /// The example it is, if it is one.
    pub example: Option<&'static Example>,
    /// An operation is to be selected.
    pub on_select: Callback<usize>,
    /// The place where it stops is to be shown.
    pub on_stop: Callback<MouseEvent>,
    /// Judging is to end.
    pub on_cancel: Callback<MouseEvent>,
}

/// The panel.
pub fn panel(props: &Props) -> Html {
    let Props { laid, finding, selected, example, on_select, .. } = props;
    html! {
        <aside class="panel history-panel" tabindex="0" aria-label="The verdict, and the operation that is selected">
            { verdict(props) }
            if let Some(example) = example { { story(example) } }
            if let Some(index) = selected {
                { card(laid, *finding, *index, on_select) }
                { around(laid, *finding, *index, on_select) }
            } else if !laid.log.entries.is_empty() {
                <p class="fine">{ "Select an operation on the time line, or press J, to see what is known of it." }</p>
            }
            if let Some(finding) = finding { { order(laid, finding, on_select) } }
            if example.is_some() {
                <details class="history-order">
                    <summary>{ "Where this history comes from" }</summary>
                    <p class="fine">{ rich(BACKGROUND) }</p>
                </details>
            }
        </aside>
    }
}

fn verdict(props: &Props) -> Html {
    let Props { laid, finding, progress, on_stop, on_cancel, .. } = props;
    let (class, headline) = tell::headline(*finding);
    let icon = match class {
        "holds" => icons::check(),
        "violated" => icons::cross(),
        _ => icons::dots(),
    };
    let (done, all) = *progress;
    html! {
        <section class={classes!("history-verdict", class)} aria-label="The verdict">
            <h2>{ icon }{ headline }</h2>
            if let Some(finding) = finding {
                <p>{ tell::verdict(laid, finding) }</p>
                if finding.stops.is_some() { <button class="button primary" onclick={on_stop.clone()}>{ "Show where it stops" }</button> }
            } else {
                <p>{ format!("{done} of {all} answers explained so far.") }</p>
                <progress max={all.max(1).to_string()} value={done.to_string()} aria-label="How many answers are explained"></progress>
                <button class="button small" onclick={on_cancel.clone()}>{ "Stop judging" }</button>
            }
        </section>
    }
}

fn story(example: &Example) -> Html {
    html! {
        <section class="history-story" aria-label="Its story">
            { for example.story.iter().enumerate().map(|(at, words)| html! { <p key={at}>{ rich(words) }</p> }) }
        </section>
    }
}

/// The end of the order that was found, or of the longest that explains anything.
fn order(laid: &Laid, finding: &Finding, on_select: &Callback<usize>) -> Html {
    if finding.order.is_empty() {
        return Html::default();
    }
    let first = finding.order.len().saturating_sub(LISTED);
    let (title, after) = match &finding.verdict {
        Verdict::Violated(witness) => {
            let states = words::one_of(&witness.states);
            (
                "The longest order that works",
                format!("After such orders it holds {states}. What comes next does not fit."),
            )
        }
        _ => ("The order that was found", String::new()),
    };
    html! {
        <details class="history-order">
            <summary>{ title }</summary>
            if first > 0 { <p class="fine">{ format!("The last {LISTED} of {}.", finding.order.len()) }</p> }
            <ol start={(first + 1).to_string()}>{ for finding.order[first..].iter().map(|&at| {
                let on_select = on_select.clone();
                html! { <li key={at}><button onclick={Callback::from(move |_: MouseEvent| on_select.emit(at))}>{ tell::who(&laid.log.entries[at]) }</button></li> }
            }) }</ol>
            if !after.is_empty() { <p>{ after }</p> }
        </details>
    }
}
