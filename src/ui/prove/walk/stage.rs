//! The stage: the space-time diagram of one side, under its title and its gauges in short.

use yew::prelude::*;

use crate::course::Walk;
use crate::diagram::space_time::{Party, space_time};
use crate::ui::gauge::badge;
use crate::ui::space_time;
use crate::ui::words::plain;

/// What the stage shows.
pub struct Props<'a> {
    /// Which side of the walk.
    pub side: usize,
    /// Its title.
    pub title: &'static str,
    /// Its colour.
    pub class: &'static str,
    /// What is walked through.
    pub walk: &'a Walk,
    /// The moment one is at.
    pub moment: usize,
    /// Whether there is little room.
    pub compact: bool,
}

/// The stage.
pub fn stage(props: &Props) -> Html {
    let Props { side, title, class, walk, moment, compact } = *props;
    let steps = walk.moments[moment].steps[side];
    let state = &walk.sides[side];
    let wrong = state.wrong_answer(steps);
    let diagram = space_time(state.scenario(), state.trace(), &state.rows, steps, wrong);
    let nodes = &state.scenario().nodes;
    let head = |party: &Party| match *party {
        Party::Client(client) => (format!("Client {client}"), String::new()),
        Party::Node(node) => {
            let region = nodes.get(node.index()).map(|spec| spec.region.clone()).unwrap_or_default();
            (format!("Node {node}"), region)
        }
    };
    let heads: Vec<(String, String)> = diagram.columns.iter().map(head).collect();
    let gauges = walk.gauges(side, moment);
    let words = walk.words(side, moment).unwrap_or_else(|| "Nothing more happens here.".to_owned());
    html! {
        <div class="stage paper" key={side} data-side={class}>
            <header>
                <h2 class={class}>{ title }</h2>
                { badge("C", &gauges.consistency) }{ badge("A", &gauges.availability) }
            </header>
            { space_time::space_time(&space_time::Props {
                id: class, diagram: &diagram, heads: &heads, row: moment, rows: walk.moments.len(), compact, words: plain(&words),
            }) }
        </div>
    }
}
