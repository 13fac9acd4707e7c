//! The room Draw: the challenge's two systems, drawn by hand.
//!
//! `mode`, `action`, `state` and `deeds` say what can be done and what then is; `canvas` shows the picture, with `overlay`, `menu` and `zoom`
//! over it; `pointer`, `drag`, `keyboard` and `clipboard` are the person's hands; `inspector`, `fields` and `parts` change what is
//! selected; `run` shows the drawing running in place of the canvas; `panel` holds the goals, the texts and the list.

mod action;
pub mod arrow;
mod canvas;
pub mod card;
mod clipboard;
mod deeds;
mod drag;
mod fields;
mod inspector;
mod keyboard;
mod label_field;
mod menu;
mod mode;
mod overlay;
mod panel;
mod parts;
mod pointer;
mod room;
mod run;
mod shown;
mod start;
mod state;
mod text;
mod tools;
mod zoom;

pub use action::Action;
pub use canvas::element_id;
pub use room::DrawRoom;
pub use state::Draw;
pub use text::KEPT;
