//! What the trials came to: how long reads and writes took, and from when on reads were fresh.

use super::{Estimate, Histogram};

/// The outcomes of all trials so far, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// How long reads took: from the request to the R-th answer.
    pub read: Histogram,
    /// How long writes took: from the request to the W-th acknowledgement, which is the commit.
    pub write: Histogram,
    /// How long after the commit a read has to start in order to be fresh; 0 if it always was.
    pub fresh_from: Histogram,
}

impl Tally {
    /// How many trials there were.
    pub fn trials(&self) -> u64 {
        self.fresh_from.count()
    }

    /// The probability that a read which starts `t` milliseconds after the commit sees the write; `None` before the first
    /// trial. `t` below 0 counts as 0.
    pub fn consistent_at(&self, t: f64) -> Option<Estimate> {
        self.fresh_from.share_up_to(t.max(0.0))
    }

    /// How many milliseconds after the commit a read sees the write with that probability (0..=1); `None` before the first
    /// trial.
    pub fn time_to(&self, probability: f64) -> Option<Estimate> {
        self.fresh_from.quantile(probability)
    }
}
