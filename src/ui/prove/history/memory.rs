//! What outlasts the page while the program runs, beside what the browser keeps: a text that was begun in the field, and a
//! history that is too long to be kept. Who looks at another page and comes back finds both as they were.

use std::cell::RefCell;

use super::page::Shown;

thread_local! {
    static DRAFT: RefCell<String> = const { RefCell::new(String::new()) };
    static LONG: RefCell<Option<(String, Box<Shown>)>> = const { RefCell::new(None) };
}

/// What stands in the field to paste into.
pub fn draft() -> String {
    DRAFT.with_borrow(Clone::clone)
}

/// Remembers what stands in the field.
pub fn keep_draft(text: String) {
    DRAFT.set(text);
}

/// Remembers a long history of that name, with its verdict or as far as it was judged.
pub fn keep_long(name: String, shown: Box<Shown>) {
    LONG.set(Some((name, shown)));
}

/// Hands back the long history that was left, and keeps it no longer.
pub fn take_long() -> Option<(String, Box<Shown>)> {
    LONG.take()
}
