//! The space-time diagrams of the run, one for each system.

use yew::prelude::*;

use super::staged::Staged;
use crate::course::enact::{Act, System};
use crate::diagram::space_time::space_time;
use crate::diagram::space_time_layout::Room;
use crate::ui::gauge::badge;
use crate::ui::space_time;
use crate::ui::words::plain;

/// The diagrams at a step.
pub fn times(staged: &Staged, step: usize, room: Room) -> Html {
    let row = |step: usize| staged.run.scenes.get(step).map_or(0, |scene| scene.row);
    let (now, rows) = (row(step), row(staged.run.end()) + 1);
    html! {
        <div class="run-times">
            { for staged.acts(step).enumerate().map(|(at, (system, act))| time(at, system, act, (now, rows), room)) }
        </div>
    }
}

fn time(at: usize, system: &System, act: &Act, (row, rows): (usize, usize), room: Room) -> Html {
    let told = &system.told;
    let wrong = told.wrong_answers(act.step);
    let diagram = space_time(told.scenario(), told.trace(), &told.rows, act.step, &wrong);
    let heads: Vec<(String, String)> =
        diagram.columns.iter().map(|party| (system.cast.name(*party).to_owned(), String::new())).collect();
    let id = format!("run-{at}");
    html! {
        <div class="stage" key={at} data-system={at.to_string()}>
            <header>
                <h2>{ &system.name }</h2>
                { badge("C", &act.gauges.consistency) }{ badge("A", &act.gauges.availability) }
            </header>
            { space_time::space_time(&space_time::Props {
                id: &id, diagram: &diagram, heads: &heads, row, rows, room, words: plain(&act.words), points: &[], pointing: None,
            }) }
        </div>
    }
}
