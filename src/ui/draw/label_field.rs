//! A field to write a label in, on the canvas. It owns its draft; what is typed shows in the picture and the texts at
//! once.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::ui::words::{one_line, with_breaks};

/// What the field needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The text at the start.
    pub text: AttrValue,
    /// What the field is for.
    pub label: AttrValue,
    /// Where the caret goes: behind the text rather than around it.
    pub append: bool,
    /// The text has changed.
    pub on_text: Callback<String>,
    /// It is done.
    pub on_done: Callback<()>,
    /// It was not meant.
    pub on_cancel: Callback<()>,
}

/// The field.
#[component]
pub fn LabelField(props: &Props) -> Html {
    let Props { text, label, append, on_text, on_done, on_cancel } = props.clone();
    let field = use_node_ref();
    let start = use_state(|| one_line(&text));
    use_effect_with((), {
        let field = field.clone();
        let start = start.clone();
        move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value(&start);
                let _ = field.focus();
                if append {
                    let end = u32::try_from(start.encode_utf16().count()).unwrap_or(0);
                    let _ = field.set_selection_range(end, end);
                } else {
                    field.select();
                }
            }
        }
    });
    let oninput = Callback::from({
        let on_text = on_text.clone();
        move |event: InputEvent| on_text.emit(with_breaks(&event.target_unchecked_into::<HtmlInputElement>().value()))
    });
    let onkeydown = Callback::from({
        let on_done = on_done.clone();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                on_done.emit(());
            }
            "Escape" => {
                event.prevent_default();
                on_cancel.emit(());
            }
            _ => {}
        }
    });
    let onblur = Callback::from(move |_: FocusEvent| on_done.emit(()));
    html! { <input xmlns="http://www.w3.org/1999/xhtml" ref={field} class="label-field" type="text" aria-label={label} {oninput} {onkeydown} {onblur} autocomplete="off" spellcheck="false" /> }
}
