//! The room as a whole: the brief, the tools, the canvas, the inspector and the panel.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use super::action::Action;
use super::canvas::{Canvas, element_id};
use super::clipboard::use_clipboard;
use super::inspector::{self, inspector};
use super::keyboard::on_key;
use super::mode::Tab;
use super::panel::{self, panel};
use super::parts::{self, parts};
use super::run::{run_button, use_run};
use super::start::Start;
use super::state::Draw;
use super::text::use_text;
use super::tools::{self, tools};
use crate::diagram::picture::{Arrangement, Picture, picture};
use crate::diagram::view::View;
use crate::diagram::{Document, Part, role};
use crate::ui::browser;
use crate::ui::document;
use crate::ui::keys::use_keys;
use crate::ui::programs::{Hosted, View as Guest};
use crate::ui::values;

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
    // The same callback at each rendering: what does not change need not be shown anew while a node is dragged.
    let dispatch = use_callback(draw.dispatcher(), |action, draw| draw.dispatch(action));
    let goals = use_goals(draw);
    let text = use_text(draw);
    let run = use_run(draw, arrangement);
    let on_import = use_callback(draw.clone(), |told: JsValue, draw| {
        draw.dispatch(document::from_js(told).map_or(Action::Import(false), Action::Open));
    });
    let inner = match draw.tab {
        Tab::Goals => Html::default(),
        Tab::Mermaid => html! { <Hosted view={Guest::Text} given={text.0} on_told={text.1} /> },
        Tab::Parts => parts(&parts::Props {
            diagram: &document.diagram,
            picture: &picture,
            selected: &document.selected,
            on_action: &dispatch,
        }),
    };
    html! {
        <div class={classes!("draw", format!("with-{}", draw.tab.name().to_ascii_lowercase()), run.is_some().then_some("running"))}>
            { brief(draw, &dispatch) }
            { run.unwrap_or_else(|| html! { <>
            { tools(&tools::Props { mode: &draw.mode, can_undo: draw.can_undo(), can_redo: draw.can_redo(), on_action: &dispatch }) }
            <Canvas diagram={document.diagram.clone()} {picture} arrangement={(!narrow).then_some(document.arrangement)} view={draw.view} mode={draw.mode.clone()} frozen={draw.draft.is_frozen()}
                selected={document.selected.clone()} shown={draw.shown.clone()} on_action={dispatch.clone()} />
            { inspector(&inspector::Props { document: &document, saved, on_action: &dispatch }) }
            </> }) }
            { panel(&panel::Props { tab: draw.tab, met: draw.met, goals, inner, on_action: &dispatch }) }
            if draw.importing { <Hosted view={Guest::Import} on_told={on_import} /> }
            <p class="offstage" role="status" aria-live="polite">{ &draw.said }</p>
        </div>
    }
}

fn brief(draw: &Draw, on_action: &Callback<Action>) -> Html {
    let is_challenge = draw.diagram().subgraphs.iter().any(|subgraph| role::side(subgraph).is_some());
    let (title, about) = if is_challenge {
        ("Virginia and Ireland can no longer talk", "Draw the consistent side and the available side.")
    } else {
        ("A diagram of your own", "The challenge is under “Start from”; undo brings this one back.")
    };
    html! {
        <header class="brief">
            <h1>{ title }</h1>
            <p>{ about }</p>
            <div class="brief-acts"><Start {on_action} />{ run_button(draw, on_action) }</div>
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

/// A document by what it means: where its nodes stand is no part of that, so that nothing is graded while one drags.
#[derive(Clone)]
pub struct Meaning(pub Document);

impl PartialEq for Meaning {
    fn eq(&self, other: &Self) -> bool {
        let (own, its) = (&self.0.diagram, &other.0.diagram);
        Rc::ptr_eq(own, its) || own.means(its)
    }
}

/// The goals, from the second program: asked for once this one can be used.
#[hook]
fn use_goals(draw: &UseReducerHandle<Draw>) -> Html {
    let ready = use_state(|| false);
    use_effect_with((), {
        let ready = ready.setter();
        move |()| {
            let timeout = Timeout::new(0, move || ready.set(true));
            move || drop(timeout)
        }
    });
    let given = use_memo(Meaning(draw.document().clone()), |meaning| values::to_js(&meaning.0).unwrap_or_default());
    let on_told = use_callback(draw.clone(), |told: JsValue, draw| {
        let number = |name| values::whole(&values::get(&told, name));
        if let (Some(met), Some(of)) = (number("met"), number("of")) {
            draw.dispatch(Action::Met(met, of));
        }
        if let Ok(ids) = values::get(&told, "show").dyn_into::<Array>() {
            let is_meant = |part: &Part| ids.includes(&element_id(part).into(), 0);
            draw.dispatch(Action::Show(draw.diagram().parts().into_iter().filter(is_meant).collect()));
        }
    });
    if *ready {
        html! { <Hosted view={Guest::Goals} given={(*given).clone()} {on_told} /> }
    } else {
        Html::default()
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
