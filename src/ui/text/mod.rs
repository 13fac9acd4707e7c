//! The Mermaid text beside the canvas: an editor for it, what is to be said of it, and the forms it is handed out in. A view of
//! the second program; the text itself is part of the room's state (`diagram::Draft`), so that one undo serves both.
//!
//! It is given `{ document, text, aside, selected, sequence }` and tells one of `{ write }`, `{ select }` (the id of an element on the
//! canvas), `{ rest }`, `{ bringBack }`, `{ undo }`, `{ redo }`.

mod editor;
mod exports;
mod findings;
mod panel;
mod sheet;
mod view;

pub use view::TextView;
