//! Where one is in the lab: the room, and the step in it. With the drawing it is what one sees, and what a link holds.
//!
//! The first program hands places on as it gets them; only the second knows what is in them. It knows as much as this: no place
//! at all is the room Draw.

use serde::{Deserialize, Serialize};

/// Where one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the room Draw.
    #[default]
    Draw,
    /// In the room Draw, at that step of the drawing's run.
    Run(u32),
    /// In the room Prove.
    Prove {
        /// The step.
        step: u32,
        /// The step after which the link was healed.
        healed: Option<u32>,
    },
}
