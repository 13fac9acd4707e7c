//! The field to paste into. Its text is remembered as it is typed, so that it is there again when it could not be read, or
//! when one has looked at another page.

use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::prelude::*;

use super::{focus, memory};

/// From how many letters on a pasted text is opened at once, instead of being shown in the field first.
const LONG: usize = 20_000;

/// What the field is given and tells.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The line and column, from 1, of the first fault of what was read from the field and refused.
    pub fault: Option<(usize, usize)>,
    /// A text is to be opened.
    pub on_text: Callback<String>,
}

/// The field, and the button that reads it.
#[component]
pub fn Paste(props: &Props) -> Html {
    let field = use_node_ref();
    let is_empty = use_state(|| memory::draft().trim().is_empty());
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.set_value(&memory::draft());
            }
        }
    });
    use_effect_with(props.fault, {
        let field = field.clone();
        move |fault| {
            if let Some((field, fault)) = field.cast::<HtmlTextAreaElement>().zip(*fault) {
                focus::give_at(&field, fault);
            }
        }
    });
    let on_read = {
        let (field, on_text) = (field.clone(), props.on_text.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                read(&on_text, field.value());
            }
        })
    };
    let oninput = {
        let is_empty = is_empty.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            is_empty.set(text.trim().is_empty());
            memory::keep_draft(text);
        })
    };
    let onpaste = {
        let on_text = props.on_text.clone();
        Callback::from(move |event: Event| {
            let field: HtmlTextAreaElement = event.target_unchecked_into();
            let event: ClipboardEvent = wasm_bindgen::JsCast::unchecked_into(event);
            let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
            if text.len() > LONG && is_all_selected(&field) {
                event.prevent_default();
                read(&on_text, text);
            }
        })
    };
    html! {
        <div class="history-paste">
            <label for="history-text">{ "Or paste one" }</label>
            <textarea id="history-text" ref={field} rows="6" spellcheck="false" {oninput} {onpaste} aria-invalid={props.fault.map(|_| "true")}
                placeholder={"0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n1\t:invoke\t:read\tnil\n1\t:ok\t:read\tnil"} />
            <button class="button" onclick={on_read} disabled={*is_empty}>{ "Read it" }</button>
        </div>
    }
}

/// Hands on a text. Its end is the end: what somebody has before their eyes is not cut off for want of a line feed.
fn read(on_text: &Callback<String>, text: String) {
    memory::keep_draft(text.clone());
    let end = if text.ends_with('\n') { "" } else { "\n" };
    on_text.emit(text + end);
}

/// Whether what is pasted is all that the field will hold.
fn is_all_selected(field: &HtmlTextAreaElement) -> bool {
    let (from, to) = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
    from == Some(0) && to == Some(field.text_length())
}
