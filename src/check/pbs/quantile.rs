//! Quantiles of many trials in little memory: counts by value, where values are rounded up to 13 significant bits.
//!
//! Rounding up overstates a latency by at most one part in 4096, well below what chance does to it, and nothing else is
//! lost: the quantiles are those of the rounded values, at any moment, without sorting, and the memory (about 0.7 MB if
//! nothing takes longer than a second, at most 1.7 MB) does not grow with the trials. A value with 13 significant bits or
//! fewer, as any whole number up to 8191, is a boundary: how many were at most that is exact.
//!
//! The trick is that the bits of a positive float, read as a whole number, have the order of the floats. The upper ones are
//! the index.

use serde::Serialize;

/// The bits of an `f64` that are dropped: of its 52, 12 stay, and the one that is not written.
const DROPPED: u32 = 40;

/// The smallest value that is told from others above 0, in milliseconds: 2⁻¹⁰, about a microsecond.
const LEAST: f64 = 1.0 / 1024.0;

/// The index bits of [`LEAST`].
const BASE: u64 = LEAST.to_bits() >> DROPPED;

/// The largest value that is told from larger ones, in milliseconds: 2⁴¹, some seventy years.
const MOST: f64 = 2_199_023_255_552.0;

/// The standard errors to each side that 95 % of estimates are within.
const Z: f64 = 1.96;

/// An estimate from trials, with the interval that contains the true value in 95 of 100 such estimates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval; infinite (`null` as JSON) if there are too few trials to give one.
    pub high: f64,
}

/// How often each value has been recorded, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// First the values of 0 and below, then those up to [`LEAST`], then a count for each rounded value.
    counts: Vec<u64>,
    total: u64,
}

impl Histogram {
    /// Records a value in milliseconds. Values below 0 count as 0.
    #[inline]
    pub(super) fn record(&mut self, value: f64) {
        let at = index(value);
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += 1;
        self.total += 1;
    }

    /// How many values have been recorded.
    pub fn count(&self) -> u64 {
        self.total
    }

    /// The value in milliseconds that the given share (0..=1) of all recorded values does not exceed; `None` if there is
    /// none. The interval is between the ranks that are 1.96 binomial standard errors away; where there is no such rank, it
    /// begins at 0 or has no end.
    pub fn quantile(&self, share: f64) -> Option<Estimate> {
        let total = float(self.total);
        let error = Z * (share * (1.0 - share) / total).sqrt();
        let at = |share: f64| self.at_rank(share * total);
        let low = if share > error { at(share - error)? } else { 0.0 };
        let high = if share + error < 1.0 { at(share + error)? } else { f64::INFINITY };
        Some(Estimate { value: at(share)?, low, high })
    }

    /// The share of recorded values that are at most `limit` milliseconds; `None` if there is none. The interval is
    /// Wilson's, which is not empty even if all or none are.
    pub fn share_up_to(&self, limit: f64) -> Option<Estimate> {
        if self.total == 0 || limit.is_nan() {
            return None;
        }
        let boundary = index(limit);
        let within = if value(boundary) <= limit { boundary + 1 } else { boundary };
        let count: u64 = self.counts.iter().take(within).sum();
        let (share, total) = (float(count) / float(self.total), float(self.total));
        let centre = (share + Z * Z / (2.0 * total)) / (1.0 + Z * Z / total);
        let spread = (share * (1.0 - share) / total + Z * Z / (4.0 * total * total)).sqrt();
        let half = Z * spread / (1.0 + Z * Z / total);
        // At either end the interval touches the share itself but for a last digit.
        Some(Estimate { value: share, low: (centre - half).clamp(0.0, share), high: (centre + half).clamp(share, 1.0) })
    }

    /// The smallest value with at least `rank` values up to it.
    fn at_rank(&self, rank: f64) -> Option<f64> {
        let mut seen = 0;
        let mut last = None;
        for (at, count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            seen += count;
            last = Some(value(at));
            if float(seen) >= rank {
                break;
            }
        }
        last
    }
}

/// Where a value is counted.
#[inline]
fn index(value: f64) -> usize {
    if value > 0.0 {
        let rounded_up = (value.min(MOST).to_bits() + ((1 << DROPPED) - 1)) >> DROPPED;
        rounded_up.saturating_sub(BASE) as u32 as usize + 1
    } else {
        0
    }
}

/// The largest value that is counted there.
fn value(index: usize) -> f64 {
    if index == 0 { 0.0 } else { f64::from_bits((index as u64 - 1 + BASE) << DROPPED) }
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ trials")]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: impl IntoIterator<Item = f64>) -> Histogram {
        let mut histogram = Histogram::default();
        values.into_iter().for_each(|value| histogram.record(value));
        histogram
    }

    #[test]
    fn quantiles_of_a_hundred_whole_numbers_are_those_numbers() {
        let histogram = of((1..=100).map(f64::from));
        let at = |share| histogram.quantile(share).unwrap();
        assert_eq!(at(0.5), Estimate { value: 50.0, low: 41.0, high: 60.0 });
        assert_eq!(at(0.99), Estimate { value: 99.0, low: 98.0, high: f64::INFINITY });
        assert_eq!(at(0.01), Estimate { value: 1.0, low: 0.0, high: 3.0 });
        assert_eq!([at(0.0).value, at(1.0).value].map(f64::to_bits), [1.0, 100.0].map(f64::to_bits));
    }

    #[test]
    fn the_share_up_to_a_whole_number_is_exact() {
        let histogram = of((-3..=6).map(f64::from));
        for (limit, share) in [(-1.0, 0.0), (0.0, 0.4), (0.9, 0.4), (1.0, 0.5), (1.1, 0.5), (6.0, 1.0), (1e9, 1.0)] {
            assert_eq!(histogram.share_up_to(limit).unwrap().value.to_bits(), f64::to_bits(share), "{limit}");
        }
    }

    #[test]
    fn rounding_goes_up_by_at_most_one_part_in_4096() {
        for exact in [0.001, 0.235, 1.0 / 3.0, 1.0, 4095.5, 8191.0, 123_456.7, 1e12] {
            let rounded = value(index(exact));
            assert!((exact..=exact * (1.0 + 1.0 / 4096.0)).contains(&rounded), "{exact} became {rounded}");
        }
        assert_eq!(value(index(8191.0)).to_bits(), 8191.0_f64.to_bits());
        assert_eq!(value(index(1e-9)).to_bits(), LEAST.to_bits());
        assert_eq!(value(index(f64::INFINITY)).to_bits(), MOST.to_bits());
    }

    #[test]
    fn nothing_recorded_says_nothing() {
        assert_eq!((of([]).quantile(0.5), of([]).share_up_to(1.0)), (None, None));
    }

    #[test]
    fn a_share_of_all_is_still_not_certain() {
        let all = of([1.0; 1_000]).share_up_to(1.0).unwrap();
        assert!(all.low > 0.995 && all.low < 1.0 && all.high.to_bits() == 1.0_f64.to_bits(), "{all:?}");
        let none = of([1.0; 1_000]).share_up_to(0.5).unwrap();
        assert!(none.low.to_bits() == 0 && none.high > 0.0 && none.high < 0.005, "{none:?}");
    }
}
