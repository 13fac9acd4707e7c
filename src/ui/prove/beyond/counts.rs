//! What was checked and counted: the gauges of the run, its messages, and what was explored.

use std::rc::Rc;

use yew::prelude::*;

use super::search::SearchView;
use super::square::square;
use super::state::{Deed, Going};
use crate::course::beyond::{Dials, Topic, rumour};
use crate::course::explain::{Property, explain};
use crate::course::told::Post;
use crate::ui::gauge::{self, gauge, gauge_with};
use crate::ui::prove::why::why;
use crate::ui::transport::Move;

/// What was checked, of the page that is open.
pub fn counts(going: &Going, on_turn: &Callback<Dials>, on_move: &Callback<Move>, dispatch: &Callback<Deed>) -> Html {
    let Going { topic, dials, told, head } = going;
    let (topic, dials) = (*topic, *dials);
    let on_jump = &on_move.reform(Move::To);
    let gauges = told.gauges(head.step);
    let sequential =
        (topic == Topic::Rumour).then(|| rumour::sequential_gauge(told, u32::try_from(head.step).unwrap_or(u32::MAX)));
    let named = |letter, name, gauge, property: Property| {
        let (told, step) = (Rc::clone(told), u32::try_from(head.step).unwrap_or(u32::MAX));
        let why = why(property, move || explain(told.scenario(), &told.trace, step, property));
        gauge_with(&gauge::Props { letter, name, gauge, on_jump }, why)
    };
    html! {
        <>
            <section class="verdicts" aria-label="Of this run" key="verdicts">
                if let Some(sequential) = &sequential {
                    { named("C", "Linearizable", &gauges.consistency, Property::Consistency) }
                    { gauge(&gauge::Props { letter: "S", name: "Sequential", gauge: sequential, on_jump }) }
                } else {
                    { named("C", "Consistency", &gauges.consistency, Property::Consistency) }
                }
                { named("A", "Availability", &gauges.availability, Property::Availability) }
            </section>
            if topic == Topic::Late { { post(told.post(head.step)) } }
            if matches!(topic, Topic::Clocks | Topic::Bounds) { <SearchView key={topic.name()} {topic} {dials} on_turn={on_turn.clone()} /> }
            if matches!(topic, Topic::Late | Topic::Clocks | Topic::Bounds) { { square(topic, dispatch) } }
            if topic == Topic::Healing { { fine("The stage shows the worst case: the link heals just after a try was lost. Each column above is 40 runs, one for each of 40 moments between two tries, and a read is stale if the checker finds no order that is true to real time.") } }
            if topic == Topic::Rumour { { fine("Both verdicts and the order are the checkers', read off what the clients saw. Here each client stays at one node: one that changed its node could notice. And it is one register: with several, sequential consistency cannot be had without waiting either.") } }
        </>
    }
}

fn fine(words: &'static str) -> Html {
    html! { <p class="fine" key="fine">{ words }</p> }
}

/// What became of the messages.
fn post(post: Post) -> Html {
    let Post { sent, arrived, lost } = post;
    let under_way = sent - arrived - lost;
    let pair = |name: &'static str, count: usize, class: &'static str| {
        html! { <div key={name} class={class}><dt>{ name }</dt><dd>{ count }</dd></div> }
    };
    html! {
        <section class="post" aria-label="Messages between the nodes" key="post">
            <h2>{ "Messages between the nodes" }</h2>
            <dl>{ pair("sent", sent, "") }{ pair("arrived", arrived, "") }{ pair("under way", under_way, "") }{ pair("lost", lost, "lost") }</dl>
        </section>
    }
}
