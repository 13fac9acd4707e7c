//! What a link does to packets, as `tc netem` does it: delay, jitter, loss, duplication, corruption, reordering, rate.
//!
//! ```text
//!  packet ─▶ duplicate? ─▶ lose? ─▶ corrupt? ─▶ room in the queue? ─▶ reorder: at once
//!                                                                 └─▶ delay ± jitter, behind the packet before
//! ```
//!
//! A packet chosen to be both duplicated and lost is delivered once. The second copy of a duplicated packet goes the
//! same way, but is not duplicated again. [`Conditions`] is what holds on a link; [`Options`] is what a command names,
//! and [`Conditions::change`] is how `tc qdisc change` takes it: some of what is not named goes, some stays.

mod distribution;
mod loss;
mod percent;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use distribution::Distribution;
pub use loss::{Loss, State as LossState};
pub use percent::{Chance, Memory, Percent};

use super::Micros;

/// What holds on a directed link. The default disturbs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conditions {
    /// The mean delay, in microseconds.
    pub delay: Micros,
    /// How far delays are spread, in microseconds: see [`Distribution`].
    pub jitter: Micros,
    /// How much of each delay's draw is the draw before it.
    pub delay_correlation: Percent,
    /// How delays are spread.
    pub distribution: Distribution,
    /// Which packets are lost.
    pub loss: Loss,
    /// Which packets are sent twice.
    pub duplicate: Chance,
    /// Which packets have a bit flipped. Their receiver notices by the checksum and drops them.
    pub corrupt: Chance,
    /// Which packets overtake the delayed ones, where `gap` lets them.
    pub reorder: Chance,
    /// Only every `gap`-th packet may overtake; 0: none may.
    pub gap: u32,
    /// How many bits are sent in a second; 0: without limit.
    pub rate: u64,
    /// How many packets may wait to be sent; those that come then are lost.
    pub limit: u32,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            delay: Micros(0),
            jitter: Micros(0),
            delay_correlation: Percent::default(),
            distribution: Distribution::Uniform,
            loss: Loss::default(),
            duplicate: Chance::default(),
            corrupt: Chance::default(),
            reorder: Chance::default(),
            gap: 0,
            rate: 0,
            limit: DEFAULT_LIMIT,
        }
    }
}

/// How many packets wait at most unless something else is said.
pub const DEFAULT_LIMIT: u32 = 1_000;

/// What a command names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The mean delay, in microseconds.
    pub delay: Option<Micros>,
    /// How far delays are spread, in microseconds.
    pub jitter: Option<Micros>,
    /// How much of each delay's draw is the draw before it, in percent.
    pub delay_correlation: Option<Percent>,
    /// How delays are spread.
    pub distribution: Option<Distribution>,
    /// Which packets are lost.
    pub loss: Option<Loss>,
    /// Which packets are sent twice.
    pub duplicate: Option<Chance>,
    /// Which packets arrive damaged.
    pub corrupt: Option<Chance>,
    /// Which packets overtake the delayed ones.
    pub reorder: Option<Chance>,
    /// Only every `gap`-th packet may overtake; 1 if only `reorder` is named.
    pub gap: Option<u32>,
    /// Bits in a second. The time that a packet takes is rounded up to whole microseconds.
    pub rate: Option<u64>,
    /// How many packets may wait to be sent.
    pub limit: Option<u32>,
}

impl Conditions {
    /// What `tc qdisc add` makes of these options.
    pub fn of(options: &Options) -> Self {
        let mut conditions = Self::default();
        conditions.change(options);
        conditions
    }

    /// What `tc qdisc change` makes of them: delay, jitter, loss, gap and limit, and how often packets are duplicated,
    /// are set anew even where they are not named; correlations, reordering, corruption, rate and distribution stay. A
    /// correlation of zero counts as not named, and so does a gap of zero.
    pub fn change(&mut self, options: &Options) {
        self.delay = options.delay.unwrap_or_default();
        self.jitter = options.jitter.unwrap_or_default();
        let correlation = match self.loss {
            Loss::Random(chance) => chance.correlation,
            _ => Percent::default(),
        };
        self.loss = match options.loss.unwrap_or_default() {
            Loss::Random(chance) => Loss::Random(chance.or_correlated(correlation)),
            chain => chain,
        };
        self.duplicate = options.duplicate.unwrap_or_default().or_correlated(self.duplicate.correlation);
        self.gap = options.gap.filter(|&gap| gap > 0).unwrap_or(u32::from(options.reorder.is_some()));
        self.limit = options.limit.unwrap_or(DEFAULT_LIMIT);
        self.delay_correlation = options.delay_correlation.unwrap_or(self.delay_correlation);
        self.distribution = options.distribution.unwrap_or(self.distribution);
        self.corrupt = options.corrupt.unwrap_or(self.corrupt);
        self.rate = options.rate.unwrap_or(self.rate);
        // The kernel reads a gap without a chance as certainty.
        let stays = if self.gap > 0 { Chance::of(Percent::ALL) } else { self.reorder };
        self.reorder = options.reorder.unwrap_or(stays);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_third_recipe_removes_the_delay_of_its_first() {
        let mut link = Conditions::of(&Options { delay: Some(Micros::from_millis(100)), ..Options::default() });
        let five = Loss::Random(Chance::of(Percent::millionths(50_000)));
        link.change(&Options { loss: Some(five), ..Options::default() });
        assert_eq!((link.delay, link.loss), (Micros(0), five));
    }

    #[test]
    fn a_change_leaves_corruption_rate_and_distribution_as_they_were() {
        let one = Chance::of(Percent::millionths(10_000));
        let mut link = Conditions::of(&Options {
            corrupt: Some(one),
            rate: Some(1_000),
            distribution: Some(Distribution::Pareto),
            duplicate: Some(one),
            ..Options::default()
        });
        link.change(&Options::default());
        assert_eq!((link.corrupt, link.rate, link.distribution), (one, 1_000, Distribution::Pareto));
        assert_eq!(link.duplicate.percent, Percent::default());
    }
}
