//! Take away: a run of the room as texts, pictures, a link, and files for other programs.
//!
//! ```text
//!  <TakeAway page runs />  ── the button; `runs` is asked only when it is pressed
//!          │
//!          ▼
//!  dialog: the forms on one side, what one gets on the other
//!          └─ item: what each form is called, and what it comes to
//! ```
//!
//! What the texts say is [`crate::course::take`]; here they are shown, copied and saved.

mod button;
mod dialog;
mod item;

pub use button::TakeAway;
