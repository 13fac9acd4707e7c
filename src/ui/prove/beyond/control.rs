//! What a page lets one turn, above its run: the one parameter that matters, and the figure that goes with it.

use yew::prelude::*;

use super::dial::{Dial, choice, dial};
use super::orders::orders;
use super::sweep::SweepFigure;
use crate::course::Told;
use crate::course::beyond::asking::{self, Lost, TimeUp};
use crate::course::beyond::rumour::Put;
use crate::course::beyond::{Dials, Topic, late};

/// The control of a page.
pub fn control(topic: Topic, dials: Dials, told: &Told, step: usize, on_turn: &Callback<Dials>) -> Html {
    let inside = match topic {
        Topic::Late => arrival(dials, on_turn),
        Topic::Clocks => losing(dials, on_turn),
        Topic::Bounds => delay(dials, on_turn),
        Topic::Healing => html! { <SweepFigure {dials} on_turn={on_turn.clone()} /> },
        Topic::Rumour => {
            let on_put = on_turn.reform(move |put| Dials { put, ..dials });
            let all = [(Put::ByClock, "by the clock".to_owned()), (Put::InOrder, "one order for all".to_owned())];
            html! { <>{ choice("Put the operations", &all, dials.put, &on_put) }{ orders(told, step, dials.put) }</> }
        }
    };
    html! { <div class="control" key={topic.name()}>{ inside }</div> }
}

fn arrival(dials: Dials, on_turn: &Callback<Dials>) -> Html {
    let arrives = dials.arrives;
    let text = if arrives == late::NEVER { "never: it is lost".to_owned() } else { format!("at {arrives} ms") };
    let read = u32::try_from(late::READ.0 / 1_000).unwrap_or(u32::MAX);
    dial(Dial {
        id: "dial-arrives",
        label: "The copy of v1 reaches Node B",
        value: arrives,
        range: (late::ARRIVALS.0, late::NEVER),
        step: late::STEP,
        text,
        marks: &[(read, format!("Client 2 reads, {read} ms")), (late::NEVER, "never".to_owned())],
        on_turn: on_turn.reform(move |arrives| Dials { arrives, ..dials }),
    })
}

fn losing(dials: Dials, on_turn: &Callback<Dials>) -> Html {
    let lost = Lost::ALL.map(|lost| (lost, lost.words().to_owned()));
    let time_up = TimeUp::ALL.map(|time_up| (time_up, time_up.words().to_owned()));
    html! {
        <div class="picks">
            { choice("The network loses", &lost, dials.lost, &on_turn.reform(move |lost| Dials { lost, ..dials })) }
            { choice("When its time is up, Node B", &time_up, dials.time_up, &on_turn.reform(move |time_up| Dials { time_up, ..dials })) }
        </div>
    }
}

fn delay(dials: Dials, on_turn: &Callback<Dials>) -> Html {
    let bound = u32::try_from(asking::T_MSG.0 / 1_000).unwrap_or(u32::MAX);
    let past = if dials.delay > bound { ", past the bound" } else { "" };
    dial(Dial {
        id: "dial-delay",
        label: "Each message takes",
        value: dials.delay,
        range: asking::DELAYS,
        step: asking::STEP,
        text: format!("{} ms{past}", dials.delay),
        marks: &[(bound, format!("t_msg, the bound: {bound} ms"))],
        on_turn: on_turn.reform(move |delay| Dials { delay, ..dials }),
    })
}
