//! Where one is in the lab: the room, and the step in it. With the drawing it is what one sees, and what a link holds.
//!
//! The first program hands places on as it gets them; only the second knows what is in them. It knows as much as this: no place
//! at all is the room Draw.

use serde::{Deserialize, Serialize};

/// Where one is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the room Draw.
    #[default]
    Draw,
    /// In the room Draw, at that step of the drawing's run.
    Run(u32),
    /// On a page of the room Prove, as that page tells it.
    Prove {
        /// The name of the page.
        page: String,
        /// How it is, as JSON.
        state: String,
    },
}
