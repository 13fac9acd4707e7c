//! What it means: histories and verdicts.
//!
//! A [`History`] is what the clients saw: when each asked, when each was answered, and what. A verdict is read off the
//! history alone; no protocol is trusted. Verdicts have three values, and each carries its reason.

pub mod availability;
pub mod fit;
pub mod history;
pub mod judge;
pub mod linearizability;
pub mod log;
pub mod verdict;

pub use availability::{Availability, availability};
pub use history::{Attempt, History};
pub use judge::{Consistency, ModelName, judge};
pub use linearizability::{Budget, linearizability};
pub use log::Log;
pub use verdict::Verdict;
