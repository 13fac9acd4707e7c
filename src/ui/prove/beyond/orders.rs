//! The operations of the epidemic register, by the clock or in the one order that explains them, and what a register
//! would hold between them.

use yew::prelude::*;

use crate::course::Told;
use crate::course::beyond::rumour::{self, Placed, Put};
use crate::sim::Operation;
use crate::ui::icons;

/// How many operations the run has.
const MOST: usize = 4;

/// The figure.
pub fn orders(told: &Told, step: usize, put: Put) -> Html {
    let found = rumour::orders(told, u32::try_from(step).unwrap_or(u32::MAX));
    let place = |placed: &Placed| if put == Put::InOrder { placed.in_order } else { placed.by_clock };
    let fits = |placed: &Placed| put == Put::InOrder || placed.fits_the_clock;
    let mut sorted: Vec<&Placed> = Vec::new();
    for placed in &found.placed {
        let at = sorted.iter().position(|other| place(other) > place(placed)).unwrap_or(sorted.len());
        sorted.insert(at, placed);
    }
    let mut register = told.scenario().initial;
    let held: Vec<String> = sorted
        .iter()
        .map(|placed| {
            if let Operation::Write(value) = placed.operation {
                register = value;
            }
            register.to_string()
        })
        .collect();
    let heard: Vec<String> =
        sorted.iter().map(|placed| format!("{} of Client {}", deed(placed), placed.client)).collect();
    let wrong = sorted.iter().find(|placed| !fits(placed)).map(|placed| format!(" {} does not fit.", deed(placed)));
    let label = format!("In this order: {}.{}", heard.join(", "), wrong.unwrap_or_default());
    html! {
        <div class="orders" role="img" aria-label={label}>
            <span class="lane-name" style="--lane:0">{ "Client 1" }</span>
            <span class="lane-name" style="--lane:1">{ "Client 2" }</span>
            <span class="lane-name" style="--lane:2">{ "register" }</span>
            { for found.placed.iter().map(|placed| html! {
                <span class={classes!("op", (!fits(placed)).then_some("wrong"))} key={placed.by_clock}
                    style={format!("--place:{};--lane:{}", place(placed), placed.client.index())}>
                    { deed(placed) }{ if fits(placed) { icons::check() } else { icons::cross() } }
                </span>
            }) }
            { for held.into_iter().enumerate().map(|(at, value)| html! {
                <code class="kept" key={format!("kept {at}")} style={format!("--place:{at};--lane:2")}>{ value }</code>
            }) }
            { for (found.placed.len()..MOST).map(|at| html! { <i class="op-to-come" key={format!("to come {at}")} style={format!("--place:{at};--lane:2")}></i> }) }
        </div>
    }
}

fn deed(placed: &Placed) -> String {
    match placed.found {
        Some(value) => format!("read {value}"),
        None => placed.operation.to_string(),
    }
}
