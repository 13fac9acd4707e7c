//! The stage: the space-time diagram of the run, and what happens at this step in words.

use yew::prelude::*;

use crate::course::Told;
use crate::diagram::space_time_layout::Room;
use crate::ui::gauge::badge;
use crate::ui::space_time;
use crate::ui::words::{plain, rich};

/// The stage.
pub fn stage(told: &Told, step: usize, room: Room) -> Html {
    let until = u32::try_from(step).unwrap_or(u32::MAX);
    let (diagram, heads) = told.diagram(step);
    let gauges = told.gauges(step);
    let words = told.words(step);
    let at = told.trace.step(until).first().map(|event| event.at).unwrap_or_default();
    html! {
        <div class="stage paper beyond-stage" role="region" aria-label="The run" tabindex="0">
            <header>
                <p class="beyond-now"><b>{ format!("Step {step}") }</b>{ format!(" · {at}") }<br />{ rich(&words) }</p>
                { badge("C", &gauges.consistency) }{ badge("A", &gauges.availability) }
            </header>
            { space_time::space_time(&space_time::Props {
                id: "beyond", diagram: &diagram, heads: &heads, row: step, rows: told.end() + 1, room, words: plain(&words),
                points: &[], pointing: None,
            }) }
        </div>
    }
}
