//! What is to be said of the text, below it: one sentence for how things stand, and a line for each diagnostic, which
//! leads to its place and, where that helps, puts it right.

use yew::prelude::*;

use super::editor::jump;
use super::sheet::word;
use crate::diagram::Draft;
use crate::diagram::mermaid::{Diagnostic, offset};
use crate::ui::draw::Action;

/// How many are listed; the rest is counted.
const LISTED: usize = 20;

/// What an error means for the picture.
const FROZEN: &str = "The picture shows the last text that could be read.";

/// How things stand, in one or two sentences.
pub fn summary(draft: &Draft) -> String {
    let reading = draft.reading();
    let faults = reading.diagnostics.iter().filter(|found| found.is_error()).count();
    let more = match faults {
        0 | 1 => String::new(),
        2 => " One more line cannot be read.".to_owned(),
        _ => format!(" {} more lines cannot be read.", faults - 1),
    };
    if let Some(first) = reading.diagnostics.iter().find(|found| found.is_error()) {
        return format!("Line {}: {}{more} {FROZEN}", first.line, first.message);
    }
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (nodes, edges) = (reading.diagram.nodes.len(), reading.diagram.edges.len());
    format!("Text and picture agree: {} and {}.", count(nodes, "node"), count(edges, "edge"))
}

/// All that is to be said, and what can be done about it. `repaired` has the text with each diagnostic put right, for
/// as many as were tried.
pub fn findings(draft: &Draft, repaired: &[Option<String>], on_action: &Callback<Action>) -> Html {
    let diagnostics = &draft.reading().diagnostics;
    let frozen = draft.is_frozen();
    let mut rows = Vec::new();
    for (at, found) in diagnostics.iter().take(LISTED).enumerate() {
        rows.push(row(draft, at, found, repaired.get(at).cloned().flatten(), on_action));
    }
    if diagnostics.len() > LISTED {
        rows.push(html! { <li key="more">{ format!("And {} more.", diagnostics.len() - LISTED) }</li> });
    }
    let verdict = if frozen { FROZEN.to_owned() } else { summary(draft) };
    html! {
        <div class={classes!("findings", frozen.then_some("frozen"))} id="text-verdict">
            <p>{ verdict }</p>
            if !rows.is_empty() { <ul>{ rows }</ul> }
            if let Some(aside) = draft.set_aside() { { set_aside(aside, on_action) } }
        </div>
    }
}

fn set_aside(text: &str, on_action: &Callback<Action>) -> Html {
    let on_action = on_action.clone();
    let onclick = Callback::from(move |_: MouseEvent| on_action.emit(Action::BringBack));
    let first = text.lines().count();
    html! {
        <p class="aside">
            <span>{ format!("A text of {first} lines that could not be read is kept aside.") }</span>
            <button class="button small" {onclick}>{ "Bring it back" }</button>
        </p>
    }
}

fn row(draft: &Draft, at: usize, found: &Diagnostic, fix: Option<String>, on_action: &Callback<Action>) -> Html {
    let from = offset(draft.text(), found.line, found.column);
    let to = offset(draft.text(), found.line, found.column + found.length);
    let text = draft.text().clone();
    let go = Callback::from(move |_: MouseEvent| jump(&text, from, to));
    let mend = fix.map(|fixed| {
        let on_action = on_action.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::Write(fixed.clone()));
            jump(&fixed, from.min(fixed.len()), from.min(fixed.len()));
        });
        let label = format!("Fix it, line {}", found.line);
        html! { <button class="button small" {onclick} aria-label={label}>{ "Fix it" }</button> }
    });
    let kind = word(found.severity);
    let spot = if found.is_error() { format!("Line {}:", found.line) } else { format!("Line {}, {kind}:", found.line) };
    html! {
        <li key={at} class={kind}>
            <button class="finding" onclick={go} title="Go to this place">
                <span class="spot">{ spot }</span>{ " " }{ &found.message }
            </button>
            { mend.unwrap_or_default() }
        </li>
    }
}
