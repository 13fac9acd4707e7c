//! The sweep over t: a column for each, as tall as the share of stale reads; the dial below it on the same scale, and
//! the arithmetic between them.

use yew::prelude::*;

use super::dial::{Dial, choice, dial, share};
use super::slices::{Status, Work, use_work};
use crate::check::words::grouped;
use crate::course::beyond::Dials;
use crate::course::beyond::healing::{self, DELAY, LONGEST, MOMENTS, RETRIES, STEP, Sweep};

impl Work for Sweep {
    fn go_on(&mut self) -> bool {
        self.run(8)
    }
}

/// What the figure needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// How the dials stand.
    pub dials: Dials,
    /// Turn them.
    pub on_turn: Callback<Dials>,
}

/// The figure.
#[component]
pub fn SweepFigure(props: &Props) -> Html {
    let Props { dials, on_turn } = props.clone();
    let (begun, status, on_halt) = use_work(dials.retry, |retry| Sweep::new(*retry));
    let sweep = begun.work.borrow();
    let Dials { retry, wait, .. } = dials;
    let smallest = sweep.smallest();
    let delay = u32::try_from(DELAY.0 / 1_000).unwrap_or(u32::MAX);
    let sum = u32::try_from(healing::smallest_by_arithmetic(retry).0 / 1_000).unwrap_or(u32::MAX);
    let told = match (smallest, status) {
        (Some(t), _) => {
            format!("{} runs, none stale from {t} ms on", grouped(sweep.done().into()))
        }
        (None, Status::Halted) => format!("Stopped after {} of {} runs.", sweep.done(), sweep.runs()),
        (None, _) => format!("{} of {} runs …", sweep.done(), sweep.runs()),
    };
    let set = |wait: u32| on_turn.reform(move |_: MouseEvent| Dials { wait, ..dials });
    let columns = (0_u32..).zip(sweep.stale()).map(|(at, &stale)| {
        let t = at * STEP;
        let class = classes!("column", (stale == 0).then_some("fresh"), (t == wait).then_some("here"));
        let title = format!("t = {t} ms: {stale} of {MOMENTS} reads stale");
        let style = format!("--at:{};--share:{}", share(t, LONGEST), share(stale, MOMENTS));
        html! { <i key={at} {class} {title} {style} onclick={set(t)}></i> }
    });
    let all = RETRIES.map(|retry| (retry, format!("{retry} ms")));
    html! {
        <div class="sweep">
            <div class="sweep-head">
                { choice("Node A retries every", &all, retry, &on_turn.reform(move |retry| Dials { retry, ..dials })) }
                <p class="sweep-told">
                    <span>{ told }</span>
                    if status != Status::Done { <button class="button small" onclick={on_halt}>{ if status == Status::Running { "Stop" } else { "Go on" } }</button> }
                </p>
            </div>
            <div class="columns" role="img" aria-label={format!("Share of stale reads by t. {}", summary(smallest, sum))}>
                <span class="scale">{ "share of stale reads" }</span>
                { for columns }
                if let Some(t) = smallest { <b class={classes!("least", (t > LONGEST / 2).then_some("late"))} style={format!("--at:{}", share(t, LONGEST))}>{ format!("{t} ms") }</b> }
            </div>
            <div class="sum" aria-hidden="true">
                <span style={format!("--at:0.000;--to:{}", share(delay, LONGEST))}>{ format!("{delay} ms") }</span>
                <span style={format!("--at:{};--to:{}", share(delay, LONGEST), share(sum, LONGEST))}>{ format!("+ retry interval, {retry} ms") }</span>
            </div>
            { dial(Dial {
                id: "dial-wait",
                label: "Client 2 reads after the healing: t =",
                value: wait,
                range: (0, LONGEST),
                step: STEP,
                text: format!("{wait} ms"),
                marks: &[],
                on_turn: on_turn.reform(move |wait| Dials { wait, ..dials }),
            }) }
        </div>
    }
}

fn summary(smallest: Option<u32>, sum: u32) -> String {
    match smallest {
        Some(t) => format!(
            "The smallest t without a stale read in these runs is {t} ms; one retry interval and one delay are {sum} ms."
        ),
        None => "The runs are still under way.".to_owned(),
    }
}
