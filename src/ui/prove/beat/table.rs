//! The table of strategies: what Node A does with the write, by what Node B, cut off from it, does with the read. Each
//! attempt fills the cell that it falls into.

use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::deeds::Action;
use super::state::{Beat, Shown};
use crate::course::contest::{Promise, Reader, Writer};
use crate::ui::icons;

/// The cells of the table.
pub const CELLS: usize = Writer::ALL.len() * Reader::ALL.len();

/// Who has filled a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filled {
    /// Nobody.
    #[default]
    NotYet,
    /// An attempt of the learner's.
    Tried,
    /// The table itself, which knows all of them.
    ByTable,
}

/// The place of a pair, row by row.
pub fn place_of(writer: Writer, reader: Reader) -> usize {
    let row = Writer::ALL.iter().position(|other| *other == writer).unwrap_or(0);
    let column = Reader::ALL.iter().position(|other| *other == reader).unwrap_or(0);
    row * Reader::ALL.len() + column
}

/// The table.
pub fn table(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let count = beat.cells.iter().filter(|cell| **cell != Filled::NotYet).count();
    let full = count == CELLS;
    let (act, words) = if full { (Action::Clear, "Empty the table") } else { (Action::Fill, "Fill the table") };
    let onclick = on_action.reform(move |_: MouseEvent| act.clone());
    html! {
        <section class="strategies" aria-label="Every strategy under the cut">
            <header>
                <h2>{ "Every strategy" }</h2>
                <button class="button small" {onclick}>{ words }</button>
            </header>
            <table>
                <thead>
                    <tr><td rowspan="2">{ "Node A, asked to write" }</td><th colspan="4" scope="colgroup">{ "Node B, asked to read" }</th></tr>
                    <tr>{ for Reader::ALL.into_iter().map(|reader| html! { <th scope="col">{ reader.words() }</th> }) }</tr>
                </thead>
                <tbody>{ for Writer::ALL.into_iter().map(|writer| row(writer, beat, on_action)) }</tbody>
            </table>
            <p class="tally"><span>{ format!("Tried {count} of {CELLS}") }</span><b>{ "Kept both promises: 0" }</b></p>
            if full {
                <p class="fine">{ "Complete for this game: one write, one read, nothing left to chance. Whatever the nodes do, E1 or E2 breaks a promise, and Node B cannot tell the two apart; any third value would be wrong in both. An illustration: the proof is about every algorithm." }</p>
            }
        </section>
    }
}

fn row(writer: Writer, beat: &Beat, on_action: &Callback<Action>) -> Html {
    html! {
        <tr>
            <th scope="row"><span class="offstage">{ "Node A " }</span>{ writer.words() }</th>
            { for Reader::ALL.into_iter().map(|reader| cell(writer, reader, beat, on_action)) }
        </tr>
    }
}

fn cell(writer: Writer, reader: Reader, beat: &Beat, on_action: &Callback<Action>) -> Html {
    let place = place_of(writer, reader);
    let filled = beat.cells[place];
    if filled == Filled::NotYet {
        return html! { <td class="empty"><span class="offstage">{ "not tried" }</span><i aria-hidden="true">{ "·" }</i></td> };
    }
    let strategy = &beat.table[place];
    let (letter, class, name) = match strategy.promise {
        Promise::Consistency => ("C", "c", "consistency"),
        Promise::Availability => ("A", "a", "availability"),
    };
    let tried = (filled == Filled::Tried).then_some("tried");
    let words = format!(
        "Node A {}, Node B {}: breaks {name} in {}{}",
        writer.words(),
        reader.words(),
        strategy.execution.name(),
        if tried.is_some() { ", tried by you" } else { "" },
    );
    let onclick = on_action.reform(move |_: MouseEvent| Action::Cell(place));
    let pressed = (beat.shown == Shown::Cell(place)).to_string();
    html! {
        <td>
            <button class={classes!("cell", tried)} style={format!("--at:{place}")} aria-pressed={pressed} title={words.clone()} {onclick}>
                <span class="offstage">{ words }</span>
                <span class="cell-mark" aria-hidden="true"><b class={class}>{ letter }</b>{ icons::cross() }<small>{ strategy.execution.name() }</small></span>
            </button>
        </td>
    }
}
