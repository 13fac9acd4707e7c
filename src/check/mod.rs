//! What it means: histories and verdicts.
//!
//! A [`History`] is what the clients saw: when each asked, when each was answered, and what. A verdict is read off the
//! history alone; no protocol is trusted. Verdicts have three values, and each carries its reason.

pub mod availability;
pub mod causality;
pub mod convergence;
pub mod cycle;
pub mod explore;
pub mod fit;
pub mod history;
pub mod judge;
pub mod latency;
pub mod linearizability;
pub mod linearizable;
pub mod log;
pub mod order;
pub mod pbs;
#[cfg(test)]
mod samples;
pub mod sequential;
pub mod sessions;
pub mod staleness;
pub mod summary;
pub mod verdict;
pub mod versions;
mod words;

pub use availability::{Availability, availability};
pub use convergence::convergence;
pub use history::{Attempt, History, Listener};
pub use judge::{Consistency, ModelName, judge};
pub use latency::latency;
pub use linearizability::{Budget, linearizability};
pub use linearizable::linearizable;
pub use log::Log;
pub use sequential::sequential;
pub use sessions::{Guarantee, sessions};
pub use staleness::staleness;
pub use summary::Summary;
pub use verdict::Verdict;
