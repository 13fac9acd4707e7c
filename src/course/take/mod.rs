//! A run to be taken away: as text for other programs to draw, to judge, or to run again.
//!
//! ```text
//!              ┌▶ sequence diagram ─┐
//!  recording ──┼▶ flowchart ────────┼─▶ any Mermaid
//!  (run and    ├▶ picture ──────────────▶ any browser, any document
//!   trace)     └▶ history ──────────────▶ partition-lab check
//! ```
//!
//! All of it is read off the trace. What a form cannot say of a run is said in a sentence instead.

mod form;
mod recording;

pub use form::{Form, history, picture, write};
pub use recording::{Origin, Recording};
