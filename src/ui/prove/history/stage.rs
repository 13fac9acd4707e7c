//! The two canvases and what they listen to: pointers, the wheel, keys, a new size, another theme.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlElement, KeyboardEvent, MutationObserver, MutationObserverInit, PointerEvent, ResizeObserver,
    WheelEvent,
};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::keys::use_keys;

/// Which canvas a pointer is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The strip at the top.
    Overview,
    /// The lanes below.
    Lanes,
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It comes down.
    Down,
    /// It moves.
    Move,
    /// It is lifted.
    Up,
    /// It leaves, or the browser takes it away.
    Away,
}

/// What the stage is given and tells.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The strip.
    pub overview: NodeRef,
    /// The lanes.
    pub lanes: NodeRef,
    /// What the lanes are called.
    pub label: String,
    /// A pointer does something.
    pub on_pointer: Callback<(Place, What, PointerEvent)>,
    /// The wheel is turned.
    pub on_wheel: Callback<WheelEvent>,
    /// A key is pressed anywhere on the page.
    pub on_key: Callback<KeyboardEvent>,
    /// The size or the theme has changed.
    pub on_change: Callback<()>,
}

/// The stage.
#[component]
pub fn Stage(props: &Props) -> Html {
    use_keys(props.on_key.clone());
    use_wheel(props);
    use_changes(props);
    let on = |place: Place, what: What| {
        let on_pointer = props.on_pointer.clone();
        Callback::from(move |event: PointerEvent| {
            if what == What::Down
                && let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok())
            {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            on_pointer.emit((place, what, event));
        })
    };
    html! {
        <div class="history-stage">
            <canvas class="history-overview" ref={props.overview.clone()} aria-hidden="true"
                onpointerdown={on(Place::Overview, What::Down)} onpointermove={on(Place::Overview, What::Move)}
                onpointerup={on(Place::Overview, What::Up)} onpointercancel={on(Place::Overview, What::Away)}></canvas>
            <div class="history-lanes" tabindex="0" role="application" aria-roledescription="time line" aria-label={props.label.clone()}
                aria-describedby="history-keys">
                <canvas ref={props.lanes.clone()} aria-hidden="true"
                    onpointerdown={on(Place::Lanes, What::Down)} onpointermove={on(Place::Lanes, What::Move)}
                    onpointerup={on(Place::Lanes, What::Up)} onpointercancel={on(Place::Lanes, What::Away)}
                    onpointerleave={on(Place::Lanes, What::Away)}></canvas>
            </div>
        </div>
    }
}

/// Listened to by hand, because only so can the page be kept from scrolling.
#[hook]
fn use_wheel(props: &Props) {
    use_effect_with((props.lanes.clone(), props.on_wheel.clone()), |(lanes, on_wheel)| {
        let on_wheel = on_wheel.clone();
        browser::listen_to_wheel(lanes.cast::<Element>(), move |event| on_wheel.emit(event))
    });
}

/// Canvases do not follow a new size or theme by themselves.
#[hook]
fn use_changes(props: &Props) {
    use_effect_with((props.lanes.clone(), props.on_change.clone()), |(lanes, on_change)| {
        let on_change = on_change.clone();
        let listener = Closure::<dyn Fn()>::new(move || on_change.emit(()));
        let sizes = ResizeObserver::new(listener.as_ref().unchecked_ref()).ok();
        if let (Some(sizes), Some(element)) = (&sizes, lanes.cast::<Element>()) {
            sizes.observe(&element);
        }
        let theme = MutationObserver::new(listener.as_ref().unchecked_ref()).ok();
        if let (Some(theme), Some(root)) = (&theme, browser::root()) {
            let what = MutationObserverInit::new();
            what.set_attributes(true);
            what.set_attribute_filter(&js_sys::Array::of1(&"data-theme".into()));
            let _ = theme.observe_with_options(&root, &what);
        }
        move || {
            if let Some(sizes) = sizes {
                sizes.disconnect();
            }
            if let Some(theme) = theme {
                theme.disconnect();
            }
            drop(listener);
        }
    });
}
