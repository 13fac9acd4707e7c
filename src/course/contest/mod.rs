//! Beat the theorem: a strategy for two nodes, put together from rules, against every run there is up to stated bounds.
//!
//! ```text
//!  Attempt ── Job ──▶ Finding::Broken     the shortest run that breaks a promise, as a [`crate::sim::Run`] to play
//!                 ──▶ Finding::Unbroken   every run within the bounds keeps both; how many states that took
//!                 ──▶ Finding::Unknown    the limit on states came first
//! ```
//!
//! [`table`] is the complete bounded game of Gilbert and Lynch's proof, [`presets`] are the ideas that people have,
//! [`beyond`] asks what remains possible when nothing is lost.

mod attempt;
mod beyond;
mod job;
mod presets;
mod replay;
mod table;

pub use attempt::{Attempt, Design, Network, Operations, Seats};
pub use beyond::{CENTRAL, Demand, Possible, Quadrant, beyond};
pub use job::{Broken, Finding, Job};
pub use presets::{Preset, Variant, presets};
pub use table::{Cell, Execution, Reader, Writer, cell, execute, place, table};

pub use crate::check::explore::Progress;
pub use crate::check::explore::game::{Breach, Promise, Promises, Timing};
pub use crate::sim::protocol::rules::{OnNews, OnRead, OnTimeout, OnWrite, Rules};

pub use super::Player;
