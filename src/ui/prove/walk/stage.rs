//! The stage: the space-time diagram of one side, under its title and its gauges in short.

use yew::prelude::*;

use crate::course::Walk;
use crate::course::walk::name;
use crate::diagram::light::{Lights, Mark};
use crate::diagram::space_time::{Party, SpaceTime, space_time};
use crate::diagram::space_time_layout::Room;
use crate::ui::gauge::badge;
use crate::ui::space_time::{self, Pointing, Touch};
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
    /// How much room there is.
    pub room: Room,
    /// Its diagram.
    pub diagram: &'a SpaceTime,
    /// What lights up.
    pub lights: Option<&'a Lights>,
    /// The mark that is the tab stop; the last one, where none is.
    pub stop: Option<Mark>,
    /// What was done to a mark.
    pub on_touch: Callback<(Mark, Touch)>,
}

/// The diagram of a side at a moment.
pub fn diagram(walk: &Walk, side: usize, moment: usize) -> SpaceTime {
    let (state, steps) = (&walk.sides[side], walk.moments[moment].steps[side]);
    space_time(state.scenario(), state.trace(), &state.rows, steps, &state.wrong_answers(steps))
}

/// The stage.
pub fn stage(props: &Props) -> Html {
    let Props { side, title, class, walk, moment, room, diagram, lights, stop, on_touch } = props;
    let (side, moment) = (*side, *moment);
    let state = &walk.sides[side];
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
    // An order of the operations is what the verdict on the whole rests on: it is shown at the end.
    let is_end = moment == walk.end();
    let order = if is_end { state.order(walk.moments[moment].steps[side]) } else { Vec::new() };
    let points = diagram.points(&order, moment);
    // A tab stop that has the focus is kept in view.
    let look = lights.and_then(|lights| lights.mark).filter(|mark| Some(*mark) == *stop).and_then(|mark| {
        let event = state.trace().event(mark.event)?;
        state.rows.get(event.step as usize).copied()
    });
    let marks = diagram.marks();
    let is_drawn = |stop: &Mark| marks.iter().any(|(mark, _)| mark == stop);
    let pointing = Pointing {
        lights: *lights,
        stop: stop.filter(is_drawn).or_else(|| marks.last().map(|(mark, _)| *mark)),
        look,
        name: &|mark| name(diagram, mark),
        on_touch: on_touch.clone(),
    };
    html! {
        // When the mark that has the focus goes, the stage has it.
        <div class="stage paper" key={side} data-side={*class} data-heir="" role="group" aria-label={*title}>
            <header>
                <h2 class={*class}>{ *title }</h2>
                { badge("C", &gauges.consistency) }{ badge("A", &gauges.availability) }
            </header>
            { space_time::space_time(&space_time::Props {
                id: class, diagram, heads: &heads, row: moment, rows: walk.moments.len(), room: *room, words: plain(&words),
                points: &points, pointing: Some(&pointing),
            }) }
            if !points.is_empty() {
                <p class="legend"><svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="M0-6.5L6.5 0 0 6.5-6.5 0z" /></svg>{ legend(diagram.bars.len(), points.len()) }</p>
            }
        </div>
    }
}

fn legend(operations: usize, placed: usize) -> String {
    if operations == placed {
        "an order that explains every answer".to_owned()
    } else {
        "the checker’s order; no mark: no effect, no answer yet, or fits nowhere".to_owned()
    }
}
