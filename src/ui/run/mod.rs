//! The learner's own drawing, run: what the second program shows in place of the canvas.
//!
//! ```text
//!  given ─▶ Staged: enactment + picture ─▶ stage (tokens on the picture) or times (space-time)
//!                        │              ─▶ strip (what happens, the claims, the gauges)
//!  told  ◀──── cursor ───┘              ─▶ the transport bar
//! ```
//!
//! It is given a list, anew whenever the drawing changes: the document, with the arrangement that is shown; the step to be
//! at, where past the end means the end; whether it plays from there by itself. It tells the step it is at, as a number;
//! the run as a Mermaid sequence diagram, as a text; and `null` when one wants to go back to drawing. (Plain values, since
//! the first program should not grow by a reader of anything else.)

mod place;
mod stage;
mod staged;
mod strip;
mod times;
mod view;

pub use view::{Habits, RunView};
