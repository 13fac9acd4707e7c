//! The panel as a whole: the text with its diagnostics, and the forms to take away.
//!
//! It is one component with functions for its pieces; all that it keeps for itself is what is known once typing has
//! paused, and which form is on show.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::editor::{self, editor};
use super::exports::{Form, Printed, Take, exports};
use super::findings::{findings, summary};
use crate::diagram::mermaid::repaired;
use crate::diagram::{Draft, Part};
use crate::ui::browser;
use crate::ui::draw::{Action, KEPT};

/// How long typing pauses before what is wrong is said, in milliseconds.
const PAUSE: u32 = 600;

/// How many diagnostics are tried to be put right.
const TRIED: usize = 6;

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The text beside the diagram.
    pub draft: Draft,
    /// What is selected: its lines are marked.
    pub selected: Option<Part>,
    /// The sequence diagram of the last run, if there was one.
    #[prop_or_default]
    pub sequence: Option<AttrValue>,
    /// What to do.
    pub on_action: Callback<Action>,
}

/// What is known only once typing has paused.
#[derive(Default)]
struct Paused {
    /// For the live region.
    said: String,
    /// The text that this is about.
    text: Rc<str>,
    /// For each diagnostic, in order, the text with it put right; as many as were tried.
    repaired: Vec<Option<String>>,
}

/// The text of the diagram, to be read, written and taken away.
#[component]
pub fn MermaidPanel(props: &Props) -> Html {
    let Props { draft, sequence, on_action, .. } = props;
    let printed = use_memo(draft.diagram().clone(), |diagram| Printed::of(diagram));
    let form = use_state(|| Form::Portable);
    let paused = use_state(Paused::default);
    let field = use_node_ref();
    use_effect_with(draft.clone(), {
        let (field, paused) = (field.clone(), paused.setter());
        move |draft| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                editor::put(&field, draft.text());
            }
            let draft = draft.clone();
            let pause = Timeout::new(PAUSE, move || {
                browser::store(KEPT, draft.text());
                let tried = draft.reading().diagnostics.iter().take(TRIED);
                let repaired = tried.map(|diagnostic| repaired(draft.text(), diagnostic)).collect();
                paused.set(Paused { said: summary(&draft), text: draft.text().clone(), repaired });
            });
            move || drop(pause)
        }
    });
    let own = **draft.text() != *printed.module;
    let (name, about) = match (own, draft.is_frozen()) {
        (false, _) => ("Module form", "as the course writes it"),
        (true, false) => ("Your text", "written your way"),
        (true, true) => ("Your text", "not read yet"),
    };
    let tidy = {
        let (on_action, printed) = (on_action.clone(), printed.clone());
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Write(printed.module.clone())))
    };
    let fresh = paused.text == *draft.text();
    let taken = if own { "your text" } else { "the Module form" };
    html! {
        <section class="mermaid-panel" aria-label="Mermaid">
            <div class="panes">
                <div class="pane written">
                    <header>
                        <h2>{ name }</h2><p>{ about }</p>
                        if own && !draft.is_frozen() {
                            <button class="button small" onclick={tidy} title="Write it as the course does, without blank lines">{ "Module form" }</button>
                        }
                        <Take name={taken} file="partition-lab-module.mmd" text={draft.text().clone()} />
                    </header>
                    { editor(props, &field) }
                    { findings(draft, if fresh { &paused.repaired } else { &[] }, on_action) }
                    <p class="offstage" role="status">{ &paused.said }</p>
                </div>
                { exports(&printed, sequence.as_ref(), draft.is_frozen(), &form) }
            </div>
        </section>
    }
}
