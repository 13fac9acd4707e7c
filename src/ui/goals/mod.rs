//! The goals of the challenge beside the canvas: graded anew whenever the drawing changes. A view of the second program.
//!
//! It is given a document, and tells what it [`Told`].

mod marks;
mod view;

use serde::{Deserialize, Serialize};

pub use view::GoalsView;

use crate::diagram::Part;

/// What the view tells the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// So many goals are met, of so many.
    Met(usize, usize),
    /// These parts are to be pointed out.
    Show(Vec<Part>),
}
