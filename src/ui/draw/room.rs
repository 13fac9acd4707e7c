//! The room as a whole: the brief, the tools, the canvas, the inspector and the panel.

use std::rc::Rc;

use yew::prelude::*;

use super::action::Action;
use super::canvas::{Canvas, element_id};
use super::clipboard::use_clipboard;
use super::goals::Goals;
use super::import::ImportDialog;
use super::inspector::{self, inspector};
use super::keyboard::on_key;
use super::marks::{Marks, use_marks};
use super::mode::Tab;
use super::panel::panel;
use super::parts::{self, parts};
use super::start::Start;
use super::state::Draw;
use super::text::MermaidPanel;
use super::tools::{self, tools};
use crate::diagram::picture::{Arrangement, Picture, picture};
use crate::diagram::view::View;
use crate::diagram::{Diagram, Document, role};
use crate::ui::browser;
use crate::ui::document;
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
    let (narrow, middling) = (browser::use_media("(max-width: 720px)"), browser::use_media("(max-width: 1200px)"));
    let narrow = narrow || (middling && draw.tab == Tab::Mermaid);
    let document = draw.document().clone();
    let arrangement = if narrow { Arrangement::Stacked } else { document.arrangement };
    let picture =
        use_memo((document.diagram.clone(), arrangement), |(diagram, arrangement)| picture(diagram, *arrangement));
    let saved = use_saving(&document);
    let on_key_down = use_callback(draw.clone(), |event, draw| on_key(&event, draw));
    use_keys(on_key_down);
    use_clipboard(draw);
    use_following(draw, &picture);
    let dispatch = use_callback(draw.clone(), |action, draw| draw.dispatch(action));
    let marks = use_marks(&document.diagram, draw);
    let inner = match draw.tab {
        Tab::Goals => goals(marks.clone(), &dispatch),
        Tab::Mermaid => {
            html! { <MermaidPanel draft={draw.draft.clone()} diagram={document.diagram.clone()} selected={draw.only().cloned()} on_action={dispatch.clone()} /> }
        }
        Tab::Parts => parts(&parts::Props {
            diagram: &document.diagram,
            picture: &picture,
            selected: &document.selected,
            on_action: &dispatch,
        }),
    };
    html! {
        <div class={classes!("draw", format!("with-{}", draw.tab.name().to_ascii_lowercase()))}>
            { brief(&document.diagram, &dispatch) }
            { tools(&tools::Props { mode: &draw.mode, can_undo: draw.can_undo(), can_redo: draw.can_redo(), on_action: &dispatch }) }
            <Canvas diagram={document.diagram.clone()} {picture} arrangement={(!narrow).then_some(document.arrangement)} view={draw.view} mode={draw.mode.clone()} frozen={draw.draft.is_frozen()}
                selected={document.selected.clone()} shown={draw.shown.clone()} on_action={dispatch.clone()} />
            { inspector(&inspector::Props { document: &document, saved, on_action: &dispatch }) }
            { panel(draw.tab, inner, &dispatch) }
            <ImportDialog open={draw.importing} on_action={dispatch} />
            <p class="offstage" role="status" aria-live="polite">{ &draw.said }</p>
        </div>
    }
}

fn brief(diagram: &Diagram, on_action: &Callback<Action>) -> Html {
    let is_challenge = diagram.subgraphs.iter().any(|subgraph| role::side(subgraph).is_some());
    let (title, about) = if is_challenge {
        (
            "Virginia and Ireland can no longer talk",
            "Draw what a consistent system does, and what an available one does.",
        )
    } else {
        ("A diagram of your own", "The challenge is under “Start from”; undo brings this one back.")
    };
    html! {
        <header class="brief">
            <h1>{ title }</h1>
            <p>{ about }</p>
            <div class="brief-acts"><Start {on_action} /></div>
        </header>
    }
}

/// The keyboard focus follows the selection where it was asked to, and what one sees follows it too.
#[hook]
fn use_following(draw: &UseReducerHandle<Draw>, picture: &Rc<Picture>) {
    let handle = draw.clone();
    let picture = picture.clone();
    use_effect_with(draw.focus, move |&focus| {
        if focus > 0 {
            let selected = handle.selected().first();
            browser::focus(&selected.map_or_else(|| "canvas".to_owned(), element_id));
            if let (Some(view), Some(rect)) = (handle.view, selected.and_then(|part| picture.outline(part))) {
                let shown: View = view.showing(rect.grown(24.0), picture.size);
                if shown != view {
                    handle.dispatch(Action::View(Some(shown)));
                }
            }
        }
    });
}

fn goals(marks: Option<Marks>, on_action: &Callback<Action>) -> Html {
    match marks {
        Some(marks) => html! { <Goals {marks} {on_action} /> },
        None => html! { <p>{ "The goals could not be read. Reload the page." }</p> },
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
