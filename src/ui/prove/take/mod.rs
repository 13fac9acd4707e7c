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

use yew::Callback;

use crate::course::abreast::Abreast;
use crate::course::take::Recording;
use crate::sim::Run;

/// Runs that stand beside each other, each under its title, to be taken away.
pub fn runs_of(abreast: &Abreast, titles: Vec<String>) -> Callback<(), Vec<Recording>> {
    let runs: Vec<Recording> = abreast
        .runs
        .iter()
        .zip(titles)
        .map(|(told, title)| Recording::new(title, Run::of(told.scenario.clone()), told.trace.clone()))
        .collect();
    Callback::from(move |()| runs.clone())
}
