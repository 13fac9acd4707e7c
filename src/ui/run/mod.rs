//! The learner's own drawing, run: what the second program shows in place of the canvas.
//!
//! ```text
//!  given: document, step ─▶ Staged: enactment + picture ─▶ stage (tokens on the picture, or space-time)
//!                                     │                 ─▶ strip (what happens, the claims, the gauges)
//!  told: step, sequence  ◀── cursor ──┘                 ─▶ the transport bar
//! ```
//!
//! It is given what [`Given`] says, anew whenever the drawing changes, and tells what it [`Told`].

mod place;
mod stage;
mod staged;
mod strip;
mod times;
mod view;

use serde::{Deserialize, Serialize};

pub use view::{Habits, RunView};

use crate::diagram::Document;

/// What the view is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Given {
    /// The drawing; its arrangement is the one that is shown.
    pub document: Document,
    /// The step to be at. Past the end means the end.
    pub step: usize,
    /// Whether it plays from there by itself.
    pub plays: bool,
}

/// What the view tells the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// The step one is at.
    Step(usize),
    /// The run as a Mermaid sequence diagram; none, if nothing could be run.
    Sequence(Option<String>),
    /// Back to drawing.
    Back,
}
