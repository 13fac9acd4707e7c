//! The room Draw: both systems on one canvas, and their Mermaid beside it as one draws.

mod arrow;
mod canvas;
mod card;
mod import;
mod inspector;
mod keyboard;
mod label_field;
mod overlay;
mod pointer;
mod room;
mod state;
mod text;
mod tools;

pub use room::DrawRoom;
pub use state::{Action, Draw};
