//! The field for the text: a plain text area, transparent, exactly over the coloured sheet.
//!
//! Both lie in one scrolling frame and have the size of the text, so that nothing has to be scrolled in step. The field
//! has no value of its own in the markup: what is typed goes to the draft, and what the draft says otherwise is put
//! into the field with the caret where it was in the text.

use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use super::panel::Props;
use super::sheet;
use crate::ui::browser;
use crate::ui::draw::Action;
use crate::ui::keys::with_command;

/// The id of the field.
const FIELD: &str = "text-field";

/// The editor.
pub fn editor(props: &Props, field: &NodeRef) -> Html {
    let Props { draft, selected, on_action, .. } = props;
    let oninput = {
        let on_action = on_action.clone();
        Callback::from(move |event: InputEvent| {
            on_action.emit(Action::Write(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        })
    };
    let onkeydown = {
        let on_action = on_action.clone();
        Callback::from(move |event: KeyboardEvent| {
            let action = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
                ("z", false) => Action::Undo,
                ("z", true) | ("y", _) => Action::Redo,
                _ => return,
            };
            // The browser's own undo would take the text back and leave the picture.
            if with_command(&event) && !event.alt_key() {
                event.prevent_default();
                on_action.emit(action);
            }
        })
    };
    let onclick = {
        let props = props.clone();
        Callback::from(move |event: MouseEvent| point(&props, &event.target_unchecked_into()))
    };
    let onkeyup = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if key.starts_with("Arrow") || key.starts_with("Page") || key == "Home" || key == "End" {
                point(&props, &event.target_unchecked_into());
            }
        })
    };
    let onblur = {
        let on_action = on_action.clone();
        Callback::from(move |_: FocusEvent| on_action.emit(Action::Rest))
    };
    let frozen = draft.is_frozen();
    html! {
        <div class={classes!("editor", frozen.then_some("frozen"))}>
            <div class="editor-sheet">
                <pre id="text-module" aria-hidden="true">{ sheet::lines(draft, selected.as_ref()) }</pre>
                <textarea id={FIELD} ref={field} aria-label="The diagram as Mermaid" aria-describedby="text-verdict text-keys"
                    aria-invalid={frozen.to_string()} spellcheck="false" autocapitalize="off" autocomplete="off" autocorrect="off" wrap="off"
                    {oninput} {onkeydown} {onkeyup} {onclick} {onblur} />
            </div>
            <p id="text-keys" hidden=true>{ "Tab leaves the text. Undo takes text and picture back together." }</p>
        </div>
    }
}

/// Selects the part that the caret stands in.
fn point(props: &Props, field: &HtmlTextAreaElement) {
    let Props { draft, selected, on_action, .. } = props;
    let Ok(Some(caret)) = field.selection_end() else { return };
    let part = draft.reading().part_at(characters(draft.text(), caret));
    if part.is_some() && part != selected.as_ref() && !draft.is_frozen() {
        on_action.emit(Action::Select(part.cloned().into_iter().collect()));
    }
}

/// Puts a text into the field, unless it is what stands there; the caret stays with what it stood at.
pub fn put(field: &HtmlTextAreaElement, text: &str) {
    let before = field.value();
    if before == text {
        return;
    }
    let caret = |offset: Option<u32>| offset.map_or(0, |offset| follows(&before, text, offset));
    let from = caret(field.selection_start().ok().flatten());
    let to = caret(field.selection_end().ok().flatten());
    field.set_value(text);
    let _ = field.set_selection_range(from, to);
}

/// Where a caret goes when one text takes the place of another: what is before it or behind it stays there.
fn follows(before: &str, after: &str, caret: u32) -> u32 {
    let (old, new): (Vec<u16>, Vec<u16>) = (before.encode_utf16().collect(), after.encode_utf16().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let caret = usize::try_from(caret).unwrap_or(0).min(old.len());
    let most = old.len().min(new.len()) - same;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let place = if caret <= same {
        caret
    } else if caret >= old.len() - end {
        caret + new.len() - old.len()
    } else {
        caret.min(new.len() - end)
    };
    u32::try_from(place).unwrap_or(0)
}

/// How many characters stand before that many UTF-16 units.
fn characters(text: &str, units: u32) -> usize {
    let mut passed = 0;
    let before = text.chars().take_while(|c| {
        passed += c.len_utf16();
        passed <= usize::try_from(units).unwrap_or(0)
    });
    before.count()
}

/// Puts the caret into the text: from that byte to that, in sight.
pub fn jump(text: &str, from: usize, to: usize) {
    let units = |end: usize| u32::try_from(text[..end].encode_utf16().count()).unwrap_or(0);
    let line = text[..from].matches('\n').count();
    let lines = text.matches('\n').count() + 1;
    let field = browser::by_id(FIELD).map(wasm_bindgen::JsCast::unchecked_into::<HtmlTextAreaElement>);
    let Some(field) = field else { return };
    let _ = field.focus();
    let _ = field.set_selection_range(units(from), units(to));
    if let Ok(Some(frame)) = field.closest(".editor") {
        in_sight(&frame, line, lines);
    }
}

/// Scrolls the frame so that the line stands in its upper half.
fn in_sight(frame: &Element, line: usize, lines: usize) {
    let share = |height: i32, part: usize| height.saturating_mul(i32::try_from(part).unwrap_or(0));
    let top = share(frame.scroll_height(), line) / i32::try_from(lines.max(1)).unwrap_or(1);
    let shown = frame.client_height();
    if top < frame.scroll_top() || top > frame.scroll_top() + shown * 3 / 4 {
        frame.set_scroll_top(top - shown / 3);
    }
}
