//! The inspector: what is selected, in one row of fields. With nothing selected it says how things stand and how to go
//! on.

use yew::prelude::*;

use super::action::Action;
use super::fields::{self, Extent, fields};
use crate::diagram::Document;
use crate::ui::icons;

/// What the inspector shows.
pub struct Props<'a> {
    /// What is drawn, and what is selected.
    pub document: &'a Document,
    /// Whether the browser keeps the drawing.
    pub saved: bool,
    /// What to do.
    pub on_action: &'a Callback<Action>,
}

/// What the keyboard can do besides the tools, which show their own keys: keys and what they mean.
const HINTS: [(&str, &str); 5] =
    [("1 2", "system"), ("J K", "next, previous"), ("Enter", "label"), ("Del", "delete"), ("Shift F10", "menu")];

/// The inspector.
pub fn inspector(props: &Props) -> Html {
    let Props { document, on_action, .. } = props;
    let of_one = |part| fields(part, &fields::Props { diagram: &document.diagram, extent: Extent::Row, on_action });
    let inner = match document.selected.as_slice() {
        [] => None,
        [part] => of_one(part),
        parts => Some(several(parts.len(), on_action)),
    };
    html! {
        <div class="inspector" role="group" aria-label="Inspector">
            { inner.unwrap_or_else(|| standing(props.saved)) }
        </div>
    }
}

fn several(count: usize, on_action: &Callback<Action>) -> Html {
    let act = |action: Action| {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action.clone()))
    };
    html! {
        <div class="fields" key="several">
            <span>{ format!("{count} parts selected") }</span>
            <button class="button small" onclick={act(Action::Duplicate)}>{ icons::copy() }{ "Duplicate" }</button>
            <button class="button small" onclick={act(Action::Delete)}>{ icons::bin() }{ "Delete" }</button>
        </div>
    }
}

fn standing(kept: bool) -> Html {
    let saved = if kept { "Saved in this browser" } else { "Not saved: this browser refuses to keep it" };
    html! {
        <p class="standing" key="standing">
            <span class={classes!((!kept).then_some("warning"))}>{ saved }</span>
            <span class="keys-hint">{ for HINTS.iter().map(|(keys, what)| html! {
                <span key={*what} class="hint">{ for keys.split(' ').map(|key| html! { <kbd key={key}>{ key }</kbd> }) }{ *what }</span>
            }) }</span>
        </p>
    }
}
