//! The second program's side: the views, each with the state that outlives its being shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;
use yew::{AppHandle, Renderer};

use super::View;
use crate::course::verdicts;
use crate::ui::goals::GoalsView;
use crate::ui::place::Place;
use crate::ui::prove::{Page, ProveRoom, Walking, walking_now};
use crate::ui::run::{Habits, RunView};
use crate::ui::share::{ImportView, LinkView, ShareView, print_a_sheet};
use crate::ui::text::TextView;
use crate::ui::{browser, values};

/// The second program, ready to show its views.
pub struct Runs {
    kept: Kept,
}

/// A view that is shown.
pub struct Shown {
    app: AppHandle<Guest>,
    props: Props,
}

/// What outlives a view, so that one finds it as one left it.
#[derive(Clone, Default)]
struct Kept {
    rungs: Rc<RefCell<Vec<usize>>>,
    habits: Rc<Cell<Habits>>,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rungs, &other.rungs)
    }
}

impl Runs {
    /// Sets up.
    #[expect(clippy::new_without_default, reason = "it does something to the page: it hangs up the crash banner")]
    pub fn new() -> Self {
        browser::show_banner_on_panic();
        pass_over_the_hosts_numbers();
        print_a_sheet();
        Self { kept: Kept::default() }
    }

    /// Shows a view in an element of the host, which has to be empty and to stay so on the host's side.
    ///
    /// # Errors
    /// When there is no view of that name.
    pub fn mount(&self, host: Element, view: &str, given: JsValue, told: Function) -> Result<Shown, JsValue> {
        let view = View::named(view).ok_or_else(|| values::error(&format!("there is no view \"{view}\"")))?;
        let told = Callback::from(move |what: JsValue| {
            let _ = told.call1(&JsValue::UNDEFINED, &what);
        });
        let props = Props { view, given, told, kept: self.kept.clone() };
        let app = Renderer::<Guest>::with_root_and_props(host, props.clone()).render();
        Ok(Shown { app, props })
    }

    /// The verdicts of the room Prove at the step it is at.
    ///
    /// # Errors
    /// When they cannot be handed over.
    pub fn verdicts(&self) -> Result<JsValue, JsValue> {
        let Walking { walk, moment, .. } = walking_now();
        values::to_js(&verdicts(&walk, moment))
    }
}

impl Shown {
    /// Shows it anew, about something else.
    pub fn give(&mut self, given: JsValue) {
        self.props.given = given;
        self.app.update(self.props.clone());
    }

    /// Takes it away.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// Yew counts the apps of a program and writes their numbers on elements, to tell whose an event is. Two programs count
/// alike; an event here would run handlers there. So the numbers that the host may use are used up here, on nothing.
fn pass_over_the_hosts_numbers() {
    const HOSTS: u32 = 16;
    let document = browser::window().and_then(|window| window.document());
    for _ in 0..HOSTS {
        if let Some(nowhere) = document.as_ref().and_then(|document| document.create_element("div").ok()) {
            Renderer::<Nothing>::with_root(nowhere).render().destroy();
        }
    }
}

#[component]
fn Nothing() -> Html {
    Html::default()
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    /// Which view.
    view: View,
    /// What the host gave; each view reads its own.
    given: JsValue,
    /// Tells the host.
    told: Callback<JsValue>,
    /// What outlives the view.
    kept: Kept,
}

#[component]
fn Guest(props: &Props) -> Html {
    let Props { view, given, told, kept } = props.clone();
    match view {
        View::Prove => html! { <ProveView {given} {told} /> },
        View::Text => html! { <TextView {given} {told} /> },
        View::Share => html! { <ShareView {given} {told} /> },
        View::Import => html! { <ImportView {told} /> },
        View::Link => html! { <LinkView {given} {told} /> },
        View::Run => html! { <RunView {given} {told} habits={kept.habits} /> },
        View::Goals => html! { <GoalsView {given} {told} rungs={kept.rungs} /> },
    }
}

/// What the view Prove needs.
#[derive(Clone, PartialEq, Properties)]
struct ProveProps {
    given: JsValue,
    told: Callback<JsValue>,
}

#[component]
fn ProveView(props: &ProveProps) -> Html {
    let asked = use_memo(props.given.clone(), |given| match serde_wasm_bindgen::from_value(given.clone()) {
        Ok(Place::Prove { page, state }) => Some((Page::named(&page)?, AttrValue::from(state))),
        _ => None,
    });
    let on_place = use_callback(props.told.clone(), |(page, state): (Page, String), told| {
        let place = Place::Prove { page: page.name().to_owned(), state };
        told.emit(values::to_js(&place).unwrap_or_default());
    });
    html! { <ProveRoom asked={(*asked).clone()} {on_place} /> }
}
