//! Where one is in the lab: the room, and the step in it. With the drawing it is what one sees, and what a link holds.

use serde::{Deserialize, Serialize};

use crate::diagram::Document;

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

/// What one sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The drawing.
    pub document: Document,
    /// Where one is.
    pub place: Place,
}

/// What has come of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landed {
    /// The drawing it holds, if it is another than the one that is there.
    pub document: Option<Document>,
    /// Where it leads; nowhere, if it could not be opened.
    pub place: Option<Place>,
    /// What there is to say about it; nothing, if it opened what was there already.
    pub words: String,
}
