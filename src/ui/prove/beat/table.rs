//! The table of strategies: what Node A does with the write, by what Node B, cut off from it, does with the read. Each
//! attempt fills the cell that it falls into.

use yew::prelude::*;

use super::deeds::Action;
use super::state::{Beat, Shown};
use super::tried::{CELLS, Filled, Turn};
use crate::course::contest::{Promise, Reader, Writer};
use crate::ui::icons;

/// The place of a pair, row by row.
pub fn place_of(writer: Writer, reader: Reader) -> usize {
    let row = Writer::ALL.iter().position(|other| *other == writer).unwrap_or(0);
    let column = Reader::ALL.iter().position(|other| *other == reader).unwrap_or(0);
    row * Reader::ALL.len() + column
}

/// The table.
pub fn table(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let count = beat.tried.count();
    let full = count == CELLS;
    // A button and the one that takes its deed back are one element: the focus stays on it.
    let button = |(place, turn): (&'static str, Turn)| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::Table(turn));
        html! { <button key={place} class="button small" {onclick} aria-label={turn.in_full()}>{ turn.name() }</button> }
    };
    let emptying = beat.tried.emptying().map(|turn| ("emptying", turn));
    let filling = beat.tried.filling().map(|turn| ("filling", turn));
    html! {
        <section class="strategies" aria-label="Every strategy under the cut">
            <header>
                <h2>{ "Every strategy" }</h2>
                <div>{ for emptying.into_iter().chain(filling).map(button) }</div>
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
    let filled = beat.tried.cells[place];
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
