//! Paper: the diagram, both texts and the goals, on a sheet of their own. It is laid down when the browser begins to
//! print, by whatever way, and taken away when it is done.

use js_sys::Array;
use yew::prelude::*;

use super::{goals, picture};
use crate::diagram::{Document, mermaid};
use crate::ui::browser;

/// Has the browser print a sheet with this document, not the page.
#[hook]
pub fn use_print(document: &Document) {
    let latest = use_mut_ref(|| document.clone());
    *latest.borrow_mut() = document.clone();
    browser::use_event("beforeprint", move || lay(&latest.borrow()));
    browser::use_event("afterprint", picture::remove_sheet);
}

fn lay(document: &Document) {
    let diagram = &document.diagram;
    let text = |name: &str, text: String| Array::of2(&name.into(), &text.into());
    let texts = Array::of2(
        &text("Module form", mermaid::print_module(diagram)),
        &text("Portable form", mermaid::print_portable(diagram)),
    );
    let goals = goals::goals(diagram).goals.into_iter().map(|goal| Array::of2(&goal.met.into(), &goal.text.into()));
    picture::lay_sheet("Partition Lab", texts.into(), goals.collect::<Array>().into());
}
