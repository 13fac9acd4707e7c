//! The side of a program that is not the first: it shows its views in elements that the first lends.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;
use yew::{AppHandle, Renderer};

use super::View;
use crate::ui::{browser, settle, values};

/// What a view is shown with: which, what the host gave (each view reads its own), and how to tell the host.
pub type Asked = (View, JsValue, Callback<JsValue>);

/// A program, ready to show its views.
pub struct Program {
    show: Callback<Asked, Html>,
}

/// A view that is shown.
pub struct Shown {
    host: Element,
    app: AppHandle<Guest>,
    props: Props,
}

impl Program {
    /// Sets up a program that shows its views so.
    pub fn of(show: impl Fn(Asked) -> Html + 'static) -> Self {
        browser::show_banner_on_panic();
        settle::settle_around_input();
        pass_over_the_hosts_numbers();
        Self { show: Callback::from(show) }
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
        let props = Props { view, given, told, show: self.show.clone() };
        let app = Renderer::<Guest>::with_root_and_props(host.clone(), props.clone()).render();
        Ok(Shown { host, app, props })
    }
}

impl Shown {
    /// Shows it anew, about something else.
    pub fn give(&mut self, given: JsValue) {
        self.props.given = given;
        self.app.update(self.props.clone());
    }

    /// Takes it away. The host's element goes before the app does, and a dialog can give the focus back only while it is in
    /// the page.
    pub fn unmount(self) {
        let dialog = self.host.query_selector("dialog[open]").ok().flatten();
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
            dialog.close();
        }
        self.app.destroy();
    }
}

/// Yew counts the apps of a program and writes their numbers on elements, to tell whose an event is. Two programs count
/// alike; an event here would run handlers there. So the numbers that the host may use are used up here, on nothing. (Programs
/// beside the first are never inside one another, so that these may count alike.)
fn pass_over_the_hosts_numbers() {
    const HOSTS: u32 = 16;
    let document = browser::document();
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
    view: View,
    given: JsValue,
    told: Callback<JsValue>,
    show: Callback<Asked, Html>,
}

#[component]
fn Guest(props: &Props) -> Html {
    let Props { view, given, told, show } = props.clone();
    show.emit((view, given, told))
}
