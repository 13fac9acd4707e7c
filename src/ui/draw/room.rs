//! The room as a whole: the brief, the tools, the canvas, the inspector and the two texts.

use yew::prelude::*;

use super::canvas::Canvas;
use super::import::ImportDialog;
use super::inspector::{self, inspector};
use super::keyboard::on_key;
use super::state::{Action, Draw};
use super::text::MermaidPanel;
use super::tools::{self, tools};
use crate::course::challenge;
use crate::diagram::picture::{Arrangement, picture};
use crate::diagram::{Diagram, Document, role};
use crate::ui::browser;
use crate::ui::document;
use crate::ui::icons;
use crate::ui::keys::use_keys;

/// What the room works on.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Its state.
    pub draw: UseReducerHandle<Draw>,
}

/// The room.
#[component]
pub fn DrawRoom(props: &Props) -> Html {
    let draw = &props.draw;
    let narrow = browser::use_media("(max-width: 720px)");
    let document = draw.document().clone();
    let arrangement = if narrow { Arrangement::Stacked } else { document.arrangement };
    let picture =
        use_memo((document.diagram.clone(), arrangement), |(diagram, arrangement)| picture(diagram, *arrangement));
    let saved = use_saving(&document);
    let on_key_down = use_callback(draw.clone(), |event, draw| on_key(&event, draw));
    use_keys(on_key_down);
    use_effect_with(draw.focus, {
        let target = draw.selected().map_or_else(|| "canvas".to_owned(), super::canvas::element_id);
        move |&focus| {
            if focus > 0 {
                browser::focus(&target);
            }
        }
    });
    // The same callback at each rendering: what does not change need not be shown anew while a node is dragged.
    let dispatch = use_callback(draw.dispatcher(), |action, draw| draw.dispatch(action));
    html! {
        <div class={classes!("draw", (arrangement == Arrangement::Stacked).then_some("stacked"))}>
            { brief(&document.diagram, &dispatch) }
            { tools(&tools::Props { mode: &draw.mode, can_undo: draw.can_undo(), can_redo: draw.can_redo(), on_action: &dispatch }) }
            <Canvas diagram={document.diagram.clone()} picture={picture} mode={draw.mode.clone()}
                selected={document.selected.first().cloned()} on_action={dispatch.clone()} />
            { inspector(&inspector::Props { document: &document, saved, narrow, on_action: &dispatch }) }
            <MermaidPanel draft={draw.draft.clone()} selected={document.selected.first().cloned()} on_action={dispatch.clone()} />
            <ImportDialog open={draw.importing} on_action={dispatch} />
            <p class="offstage" role="status" aria-live="polite">{ &draw.said }</p>
        </div>
    }
}

fn brief(diagram: &Diagram, dispatch: &Callback<Action>) -> Html {
    let is_challenge = diagram.subgraphs.iter().any(|subgraph| role::side(subgraph).is_some());
    let (title, about) = if is_challenge {
        (
            "Virginia and Ireland can no longer talk",
            "Draw what a consistent system does, and what an available one does.",
        )
    } else {
        ("A diagram of your own", "The challenge is behind “Empty canvas”; undo brings this one back.")
    };
    let open = |make: fn() -> Diagram| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::Open(Document::of(make()))))
    };
    let import = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::Import(true)))
    };
    html! {
        <header class="brief">
            <h1>{ title }</h1>
            <p>{ about }</p>
            <div class="brief-acts">
                <button class="button" onclick={open(challenge::blank)}>{ "Empty canvas" }</button>
                <button class="button" onclick={open(challenge::template)}>{ "Module’s template" }</button>
                <button class="button" onclick={import}>{ icons::import() }{ "Import" }</button>
            </div>
        </header>
    }
}

/// Keeps the document in the browser; says whether the browser took it.
#[hook]
fn use_saving(document: &Document) -> bool {
    let saved = use_state(|| true);
    let setter = saved.setter();
    use_effect_with(document.clone(), move |document| setter.set(document::store(document)));
    *saved
}
