//! The tools: select, client, node, message, lost message; undo and redo.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::action::Action;
use super::mode::Mode;
use crate::diagram::Stroke;
use crate::diagram::role::Role;
use crate::ui::icons;

/// What the tools show.
pub struct Props<'a> {
    /// The mode.
    pub mode: &'a Mode,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// What to do.
    pub on_action: &'a Callback<Action>,
}

/// The tools.
pub fn tools(props: &Props) -> Html {
    let Props { mode, can_undo, can_redo, on_action } = props;
    let place = |role| Mode::Place(role);
    let connect = |stroke| Mode::Connect { stroke, from: None, step: None };
    let is_connecting = |wanted| matches!(mode, Mode::Connect { stroke, .. } if *stroke == wanted);
    let tool = |icon: Html, name: &'static str, key: &'static str, pressed: bool, to: Mode| {
        let on_action = (*on_action).clone();
        let drags_out = matches!(to, Mode::Place(_)).then(|| to.clone());
        let to = if pressed { Mode::Select } else { to };
        let onclick = {
            let on_action = on_action.clone();
            Callback::from(move |_: MouseEvent| on_action.emit(Action::Mode(to.clone())))
        };
        let onpointerdown = Callback::from(|event: PointerEvent| let_go(&event));
        let onpointerleave = {
            Callback::from(move |event: PointerEvent| {
                if let (Some(to), 1) = (&drags_out, event.buttons()) {
                    on_action.emit(Action::Mode(to.clone()));
                }
            })
        };
        html! {
            <button class="tool" {onclick} {onpointerdown} {onpointerleave} aria-pressed={pressed.to_string()} title={format!("{name} ({key})")}>
                { icon }<span class="tool-name">{ name }</span><kbd aria-hidden="true">{ key }</kbd>
            </button>
        }
    };
    let act = |icon: Html, name: &'static str, enabled: bool, action: Action| {
        let on_action = (*on_action).clone();
        let onclick = Callback::from(move |_: MouseEvent| on_action.emit(action.clone()));
        html! { <button class="tool slim" {onclick} disabled={!enabled} title={name} aria-label={name}>{ icon }</button> }
    };
    let selecting = !matches!(mode, Mode::Place(_) | Mode::Connect { .. });
    html! {
        <div class="tools" role="toolbar" aria-label="Tools">
            { tool(icons::pointer(), "Select", "V", selecting, Mode::Select) }
            { tool(icons::client(), "Client", "C", **mode == place(Role::Client), place(Role::Client)) }
            { tool(icons::node(), "Node", "N", **mode == place(Role::Replica), place(Role::Replica)) }
            { tool(icons::message(), "Message", "M", is_connecting(Stroke::Normal), connect(Stroke::Normal)) }
            { tool(icons::lost(), "Lost", "L", is_connecting(Stroke::Dotted), connect(Stroke::Dotted)) }
            <hr />
            <div class="tool-pair">
                { act(icons::undo(), "Undo (Ctrl+Z)", *can_undo, Action::Undo) }
                { act(icons::redo(), "Redo (Ctrl+Shift+Z)", *can_redo, Action::Redo) }
            </div>
        </div>
    }
}

/// A finger that goes down on a tool may be dragged on to the canvas, and must not belong to the tool then.
fn let_go(event: &PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let _ = element.release_pointer_capture(event.pointer_id());
    }
}
