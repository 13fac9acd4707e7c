//! How stale is a read from a partial quorum, and how often? The WARS model of Probabilistically Bounded Staleness.
//!
//! A store keeps N replicas. A write goes to all of them and is committed when W have acknowledged it; a read asks all of
//! them and takes the first R answers. If R + W > N the read meets the write in at least one replica. If not, it may still
//! meet it, for the write goes on spreading: how likely that is, t after the commit, is a question about the latency of
//! four messages.
//!
//! ```text
//!             client                 one replica
//!               │ ───────── W ─────────▶ │ has the new value        W: the write's way to the replica
//!               │ ◀──────── A ────────── │                          A: the acknowledgement's way back
//!   the W-th A  ┿ committed              │
//!               ┊ t passes               │
//!               │ ───────── R ─────────▶ │ reads its value          R: the read's way to the replica
//!               │ ◀──────── S ────────── │                          S: the answer's way back
//!   the R-th S  ┿ answered               │
//! ```
//!
//! A replica answers with the old value if the read reaches it before the write: `commit + t + R < W`. The read is stale
//! if all of its first R answers are. Who draws W, A, R and S for every replica often enough ([`Job`]) learns the latencies
//! of reads and writes and how consistent reads are at any t ([`Tally`]). How many versions back a read may be has a closed
//! form ([`k_staleness`]).
//!
//! # What is simplified
//!
//! - Every message is drawn on its own. In a real store, a slow node or a full link slows many messages at once.
//! - Nothing fails: no message is lost, no node crashes, nobody times out, all N replicas are always asked.
//! - There is one write and then one read of the same key. There is no queueing, and no later write that the read might
//!   see in its place.
//! - Only the write's own messages spread the value: no read repair, no anti-entropy, no hinted handoff. With them, reads
//!   are fresher.
//! - The latencies are fits to what two companies measured by 2012 (and WAN is made up from one of them), not yours.
//!
//! Source: P. Bailis, S. Venkataraman, M. J. Franklin, J. M. Hellerstein and I. Stoica, "Probabilistically Bounded
//! Staleness for Practical Partial Quorums", PVLDB 5(8), 2012. `tests/pbs.rs` holds this code against its table 4.

pub mod closed;
mod error;
pub mod latency;
pub mod quantile;
mod quorums;
mod tally;
mod trial;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod laws;

pub use closed::{Fraction, KStaleness, k_staleness};
pub use error::Error;
pub use latency::{MODELS, Mixture, Model, Pareto};
pub use quantile::{Estimate, Histogram};
pub use quorums::{MAX_REPLICAS, Quorums};
pub use tally::Tally;
pub use trial::Job;

/// One cell of the paper's table 4 in one go: so many trials of that model with these quorums.
///
/// # Errors
///
/// If the model's numbers are no distribution of latencies.
pub fn cell(model: Model, quorums: Quorums, seed: u64, trials: u32) -> Result<Tally, Error> {
    let mut job = Job::new(model, quorums, seed)?;
    job.run(trials);
    Ok(job.into_result())
}
