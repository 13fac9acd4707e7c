//! The Mermaid text beside the canvas: an editor for it, what is to be said of it, and the forms it is handed out in.

mod editor;
mod exports;
mod findings;
mod panel;
mod sheet;

pub use panel::{KEPT, MermaidPanel};
