//! Where the keyboard goes when what had it has gone. It is taken from nothing: who has moved on meanwhile is left there.

use web_sys::HtmlTextAreaElement;

use crate::ui::browser;

/// Whether the keyboard is nowhere in particular.
fn is_free() -> bool {
    let active = browser::document().and_then(|document| document.active_element());
    active.is_none_or(|element| element.id() == "room" || element.tag_name() == "BODY")
}

/// Gives it to the first element that a selector finds.
pub fn give(selector: &str) {
    if is_free() {
        browser::focus_first(selector);
    }
}

/// Gives it to a field, and puts the caret at a line and column, from 1, in characters. The field is scrolled to where
/// it can be seen, and its text to about that line.
pub fn give_at(field: &HtmlTextAreaElement, (line, column): (usize, usize)) {
    if !is_free() {
        return;
    }
    let _ = field.focus();
    let text = field.value();
    let units = |text: &str| text.encode_utf16().count();
    let line = line.max(1) - 1;
    let before: usize = text.split('\n').take(line).map(|line| units(line) + 1).sum();
    let inside = text.split('\n').nth(line).unwrap_or_default().chars().take(column.max(1) - 1);
    let caret = u32::try_from(before + inside.map(char::len_utf16).sum::<usize>()).unwrap_or(u32::MAX);
    let _ = field.set_selection_range(caret, caret);
    let share = super::scale::count(line) / super::scale::count(text.split('\n').count());
    let top = f64::from(field.scroll_height()) * share - f64::from(field.client_height()) / 2.0;
    field.set_scroll_top(i32::try_from(super::scale::whole(top)).unwrap_or(i32::MAX));
}
