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
use crate::ui::prove::{self, Prove, ProveRoom};
use crate::ui::run::{Habits, RunView};
use crate::ui::share::{ImportView, LinkView, ShareView, print_a_sheet};
use crate::ui::text::TextView;
use crate::ui::transport::Move;
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
    prove: Rc<RefCell<Option<UseReducerHandle<Prove>>>>,
    rungs: Rc<RefCell<Vec<usize>>>,
    habits: Rc<Cell<Habits>>,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.prove, &other.prove)
    }
}

impl Kept {
    fn prove(&self) -> Prove {
        self.prove.borrow().as_ref().map_or_else(Prove::new, |prove| (**prove).clone())
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
        let prove = self.kept.prove();
        values::to_js(&verdicts(&prove.walk, prove.moment))
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
        View::Prove => html! { <ProveView {given} {told} {kept} /> },
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
    kept: Kept,
}

#[component]
fn ProveView(props: &ProveProps) -> Html {
    let ProveProps { given, told, kept } = props.clone();
    let prove = {
        let kept = kept.clone();
        use_reducer(move || kept.prove())
    };
    *kept.prove.borrow_mut() = Some(prove.clone());
    use_effect_with(given, {
        let prove = prove.clone();
        move |given| {
            if let Ok(Place::Prove { step, healed }) = serde_wasm_bindgen::from_value(given.clone()) {
                go(&prove, step, healed);
            }
        }
    });
    use_effect_with(place(&prove), move |place| told.emit(values::to_js(place).unwrap_or_default()));
    html! { <ProveRoom {prove} /> }
}

/// Where one is in the room.
fn place(prove: &Prove) -> Place {
    let number = |step: usize| u32::try_from(step).unwrap_or(u32::MAX);
    Place::Prove { step: number(prove.moment), healed: prove.before.as_ref().map(|(_, at)| number(*at)) }
}

/// Goes to a place in the room.
fn go(prove: &UseReducerHandle<Prove>, step: u32, healed: Option<u32>) {
    let to = |step: u32| prove::Action::Move(Move::To(step as usize));
    prove.dispatch(prove::Action::Return);
    if let Some(healed) = healed {
        prove.dispatch(to(healed));
        prove.dispatch(prove::Action::Heal);
    }
    prove.dispatch(to(step));
}
