//! How each page was left: in this program while it runs, and in the browser's storage for the next time.

use std::cell::RefCell;

use super::Page;
use crate::ui::browser;

thread_local! {
    /// What was told last, for browsers that keep nothing.
    static TOLD: RefCell<Vec<(Page, String)>> = const { RefCell::new(Vec::new()) };
}

fn key(page: Page) -> String {
    format!("prove/{}", page.name())
}

/// How a page was left; empty, if nobody has been there.
pub fn left(page: Page) -> String {
    let told = TOLD.with_borrow(|told| told.iter().find(|(other, _)| *other == page).map(|(_, state)| state.clone()));
    told.or_else(|| browser::stored(&key(page))).unwrap_or_default()
}

/// Keeps how a page is now. A browser that keeps nothing costs only what a reload would bring back.
pub fn keep(page: Page, state: &str) {
    TOLD.with_borrow_mut(|told| {
        told.retain(|(other, _)| *other != page);
        told.push((page, state.to_owned()));
    });
    let _ = browser::store(&key(page), state);
}
