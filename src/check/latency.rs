//! Latency: how long the answered operations of a log took, from invocation to answer, by kind.
//!
//! Percentiles are by nearest rank: the p-th of n latencies in ascending order is the ⌈p·n / 100⌉-th. It is always a
//! latency that occurred, and whole microseconds stay whole.
//!
//! ```text
//! 1 2 3 4 5 6 7 8 9 100      p50 = the 5th = 5     p95 = the 10th = 100
//! ```

use super::log::{Call, Ending, Log};
use crate::sim::Micros;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A read, of whatever.
    Read,
    /// A write of a register.
    Write,
    /// A compare-and-set.
    Cas,
    /// An addition to a counter.
    Add,
    /// An element put into a set.
    Insert,
    /// An element taken out of a set.
    Remove,
}

/// Latencies in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentiles {
    /// Of how many.
    pub count: usize,
    /// Half of them took at most this.
    pub p50: Micros,
    /// 95 % of them took at most this.
    pub p95: Micros,
    /// 99 % of them took at most this.
    pub p99: Micros,
    /// 99.9 % of them took at most this.
    pub p999: Micros,
    /// All of them took at most this.
    pub max: Micros,
}

impl Percentiles {
    /// The percentiles of these latencies; `None` if there are none.
    pub fn of(mut latencies: Vec<Micros>) -> Option<Self> {
        latencies.sort_unstable();
        let max = *latencies.last()?;
        let rank = |per_mille: usize| (latencies.len() * per_mille).div_ceil(1_000).max(1);
        let at = |per_mille| latencies[rank(per_mille) - 1];
        Some(Self { count: latencies.len(), p50: at(500), p95: at(950), p99: at(990), p999: at(999), max })
    }
}

/// The percentiles of each kind of operation, in the order of kinds. Only answered ones count (Jepsen's `:ok`), and
/// only those whose times the log gives.
pub fn latency(log: &Log) -> Vec<(Kind, Percentiles)> {
    let mut latencies: Vec<(Kind, Micros)> = Vec::new();
    for entry in &log.entries {
        if let Some((end, Ending::Ok(_))) = &entry.ended
            && let (Some(start), Some(end)) = (entry.invoked.at, end.at)
        {
            latencies.push((kind(entry.call), Micros(end.0.saturating_sub(start.0))));
        }
    }
    latencies.sort_unstable();
    let kinds = latencies.chunk_by(|(one, _), (other, _)| one == other);
    kinds
        .filter_map(|same| {
            Some((same.first()?.0, Percentiles::of(same.iter().map(|(_, latency)| *latency).collect())?))
        })
        .collect()
}

fn kind(call: Call) -> Kind {
    match call {
        Call::Read => Kind::Read,
        Call::Write(_) => Kind::Write,
        Call::Cas(..) => Kind::Cas,
        Call::Add(_) => Kind::Add,
        Call::Insert(_) => Kind::Insert,
        Call::Remove(_) => Kind::Remove,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_percentile_is_the_smallest_latency_that_enough_do_not_exceed() {
        let latencies = (1..=10).map(|at| Micros(if at == 10 { 100 } else { at })).rev().collect();
        let percentiles = Percentiles::of(latencies).expect("there are ten");
        assert_eq!((percentiles.p50, percentiles.p95, percentiles.max), (Micros(5), Micros(100), Micros(100)));
        let thousand = Percentiles::of((1..=1_000).map(Micros).collect()).expect("there are a thousand");
        assert_eq!((thousand.p95, thousand.p99, thousand.p999), (Micros(950), Micros(990), Micros(999)));
        assert_eq!(Percentiles::of(Vec::new()), None);
    }

    #[test]
    fn only_what_was_answered_counts_and_each_kind_alone() {
        let measured = latency(&samples::log("0:write=1@0-7 0:write=2@8-? 0:write=3@9-10! 1:read=1@1-3 1:read=1@4-5"));
        let counts: Vec<(Kind, usize, Micros)> = measured.iter().map(|(kind, p)| (*kind, p.count, p.max)).collect();
        assert_eq!(counts, [(Kind::Read, 2, Micros(2)), (Kind::Write, 1, Micros(7))]);
    }
}
