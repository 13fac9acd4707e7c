//! Beat the theorem: put a strategy together from rules, and let the lab search for the run that breaks it.
//!
//! ```text
//!  ideas ─▶ rules ─▶ Attempt ─▶ a search in slices ─▶ the shortest run that breaks a promise, on the stage
//!                                                 └─▶ a cell of the table of strategies
//! ```
//!
//! What is tried, searched and found is [`crate::course::contest`]; here it is shown, and one can take hold of it.

mod choice;
mod composer;
mod deeds;
mod figure;
mod ideas;
mod page;
mod panel;
mod report;
mod saved;
mod search;
mod settings;
mod stage;
mod state;
mod table;
mod tried;
mod witness;
mod words;

pub use page::BeatPage;
