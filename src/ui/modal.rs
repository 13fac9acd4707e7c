//! A dialog over the page.
//!
//! It is open while it is there. Whoever shows it takes it away when told to; until then nothing is closed, so that no key
//! can reach the page between a dialog that is closed and one that is gone.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a dialog needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Its class.
    pub class: &'static str,
    /// The id of its title.
    pub title: &'static str,
    /// Somebody wants to be rid of it: with Escape, or as the browser has it on that device.
    pub on_close: Callback<()>,
    /// Whether a press beside it closes it. Not where something is written in it.
    #[prop_or_default]
    pub beside: bool,
    /// What is in it.
    pub children: Html,
}

/// The dialog. When it goes, the focus returns to where it was.
#[component]
pub fn Modal(props: &Props) -> Html {
    let dialog = use_node_ref();
    use_effect_with((), {
        let dialog = dialog.clone();
        move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            move || dialog.iter().for_each(HtmlDialogElement::close)
        }
    });
    let onkeydown = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
                event.prevent_default();
                event.stop_propagation();
                on_close.emit(());
            }
        })
    };
    // What is pressed beside a dialog is pressed on the element itself.
    let onclick = {
        let (dialog, on_close, beside) = (dialog.clone(), props.on_close.clone(), props.beside);
        Callback::from(move |event: MouseEvent| {
            if beside && event.target_dyn_into::<HtmlDialogElement>() == dialog.cast() {
                on_close.emit(());
            }
        })
    };
    let onclose = props.on_close.reform(|_: Event| ());
    html! {
        <dialog ref={dialog} class={props.class} aria-labelledby={props.title} {onkeydown} {onclick} {onclose}>
            { props.children.clone() }
        </dialog>
    }
}
