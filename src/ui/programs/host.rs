//! The first program's side: fetches another, lends it an element, and says so kindly when it cannot be had.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::prelude::*;

use super::{View, Which};
use crate::ui::browser;

// What `www/runs.js` offers, and what the programs that it fetches export (`program!`).
#[wasm_bindgen]
extern "C" {
    /// Another program.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub type Program;

    #[wasm_bindgen(catch, js_namespace = __partitionLab)]
    async fn load(name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = __partitionLab, js_name = arrived)]
    fn program(name: &str) -> Result<Option<Program>, JsValue>;

    #[wasm_bindgen(catch, method)]
    fn mount(this: &Program, host: &Element, view: &str, given: &JsValue, told: &JsValue) -> Result<Shown, JsValue>;

    #[wasm_bindgen(catch, method)]
    pub fn verdicts(this: &Program) -> Result<JsValue, JsValue>;

    /// A view that it shows.
    type Shown;

    #[wasm_bindgen(catch, method)]
    fn give(this: &Shown, given: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    fn unmount(this: &Shown) -> Result<(), JsValue>;
}

/// A program, if it has arrived.
pub fn arrived(which: Which) -> Option<Program> {
    program(which.name()).ok().flatten()
}

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which view.
    pub view: View,
    /// What it is about. A new value shows the view anew, so keep an object that has not changed (`use_memo`).
    #[prop_or(JsValue::UNDEFINED)]
    pub given: JsValue,
    /// What it tells of itself.
    #[prop_or_default]
    pub on_told: Callback<JsValue>,
}

/// How far its program has come.
#[derive(Clone, PartialEq)]
enum Way {
    Coming,
    There(Program),
    Lost,
}

/// A view of another program, in an element of this one.
#[component]
pub fn Hosted(props: &Props) -> Html {
    let way = use_state(|| Way::Coming);
    let tries = use_state(|| 0_u32);
    let host = use_node_ref();
    use_effect_with((props.view.program(), *tries), {
        let way = way.setter();
        move |(which, _)| {
            let name = which.name();
            wasm_bindgen_futures::spawn_local(async move {
                way.set(load(name).await.map_or(Way::Lost, |program| Way::There(program.unchecked_into())));
            });
        }
    });
    use_shown(&way, &host, props);
    use_effect_with((*way).clone(), |way| {
        if *way != Way::Coming {
            browser::announce_ready();
        }
    });
    let on_retry = Callback::from({
        let way = way.clone();
        move |_: MouseEvent| {
            browser::focus("room"); // the button goes
            way.set(Way::Coming);
            tries.set(*tries + 1);
        }
    });
    match *way {
        Way::Coming => html! { <p class="coming" role="status">{ "Setting up two nodes and a link…" }</p> },
        Way::There(_) => html! { <div class="hosted" ref={host}></div> },
        Way::Lost => html! {
            <div class="coming" role="alert">
                <p>{ "What runs here could not be fetched. What you drew is kept. See whether you are online, then try again." }</p>
                <button class="button primary" onclick={on_retry}>{ "Retry" }</button>
            </div>
        },
    }
}

/// Shows the view while the program and the element are there.
#[hook]
fn use_shown(way: &UseStateHandle<Way>, host: &NodeRef, props: &Props) {
    let Props { view, given, on_told } = props.clone();
    let shown = use_mut_ref(|| None::<Shown>);
    let latest = use_mut_ref(Callback::noop);
    *latest.borrow_mut() = on_told;
    use_effect_with(given.clone(), {
        let shown = shown.clone();
        move |given| {
            if let Some(shown) = &*shown.borrow() {
                let _ = shown.give(given);
            }
        }
    });
    use_effect_with(((**way).clone(), view), {
        let (host, lost) = (host.clone(), way.setter());
        move |(way, view): &(Way, View)| {
            let told = Closure::<dyn Fn(JsValue)>::new(move |what| {
                let on_told = latest.borrow().clone();
                on_told.emit(what);
            });
            if let (Way::There(program), Some(host)) = (way, host.cast::<Element>()) {
                match program.mount(&host, view.name(), &given, told.as_ref()) {
                    Ok(view) => *shown.borrow_mut() = Some(view),
                    Err(_) => lost.set(Way::Lost),
                }
            }
            move || {
                let gone = shown.borrow_mut().take();
                let _ = gone.map(|view| view.unmount());
                drop(told);
            }
        }
    });
}
