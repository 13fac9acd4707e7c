//! The report of a simulation of partial quorums: what is printed, as text and as JSON.

use std::fmt;

use serde::Serialize;

use crate::check::pbs::{Estimate, KStaleness, Model, Quorums, Tally, k_staleness};
use crate::check::words::grouped;

/// The percentiles of latency that are shown.
const PERCENTS: [f64; 4] = [50.0, 95.0, 99.0, 99.9];

/// The numbers of versions for which k-staleness is shown.
const VERSIONS: [u32; 5] = [1, 2, 3, 5, 10];

/// How many times after the commit are shown besides 0.
const TIMES: usize = 7;

/// The characters of a bar that stands for 100 %.
const BAR: u8 = 24;

/// All that is reported. Times are in milliseconds, probabilities 0..=1, intervals 95 %.
#[derive(Serialize)]
pub(super) struct Report {
    model: &'static str,
    #[serde(skip)]
    about: &'static str,
    #[serde(flatten)]
    quorums: Quorums,
    trials: u64,
    seed: u64,
    latency_ms: Vec<Latency>,
    consistency: Vec<Consistency>,
    t_999_ms: Estimate,
    k_staleness: Vec<Versions>,
}

#[derive(Serialize)]
struct Latency {
    percent: f64,
    read: Estimate,
    write: Estimate,
}

#[derive(Serialize)]
struct Consistency {
    t_ms: f64,
    probability: Estimate,
}

#[derive(Serialize)]
struct Versions {
    k: u32,
    #[serde(flatten)]
    staleness: KStaleness,
}

impl Report {
    /// The report of these trials; `None` if there were none.
    pub(super) fn new(model: &Model, quorums: Quorums, seed: u64, tally: &Tally) -> Option<Self> {
        let latency = |percent: f64| {
            let share = percent / 100.0;
            Some(Latency { percent, read: tally.read.quantile(share)?, write: tally.write.quantile(share)? })
        };
        let t_999_ms = if quorums.overlap() { certain(0.0) } else { tally.time_to(0.999)? };
        let times = if quorums.overlap() { vec![0.0] } else { times(t_999_ms.value) };
        let consistency = |t_ms: f64| {
            let probability = if quorums.overlap() { certain(1.0) } else { tally.consistent_at(t_ms)? };
            Some(Consistency { t_ms, probability })
        };
        Some(Self {
            model: model.name,
            about: model.about,
            quorums,
            trials: tally.trials(),
            seed,
            latency_ms: PERCENTS.into_iter().map(latency).collect::<Option<_>>()?,
            consistency: times.into_iter().map(consistency).collect::<Option<_>>()?,
            t_999_ms,
            k_staleness: VERSIONS.into_iter().map(|k| Versions { k, staleness: k_staleness(quorums, k) }).collect(),
        })
    }

    /// The report as JSON, with a line feed.
    pub(super) fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("every key of a report is a string");
        format!("{text}\n")
    }
}

/// What need not be estimated.
fn certain(value: f64) -> Estimate {
    Estimate { value, low: value, high: value }
}

/// 0, and then the series 1, 2, 5, 10 … of times up to the first that is not below `until`, in milliseconds. If nearly all
/// reads are fresh from the start, up to 100 ms.
fn times(until: f64) -> Vec<f64> {
    let until = if until > 0.0 { until } else { 100.0 };
    let microseconds = (0..16).flat_map(|power| [1, 2, 5].map(|digit| f64::from(digit) * ten_to(power)));
    let series: Vec<f64> = microseconds.map(|time| time / 1000.0).collect();
    let last = series.iter().position(|time| *time >= until).unwrap_or(series.len() - 1);
    let first = (last + 1).saturating_sub(TIMES);
    std::iter::once(0.0).chain(series[first..=last].iter().copied()).collect()
}

fn ten_to(power: usize) -> f64 {
    std::iter::repeat_n(10.0, power).product()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, r, w) = (self.quorums.n(), self.quorums.r(), self.quorums.w());
        writeln!(f, "{} ({})   N = {n}, R = {r}, W = {w}", self.model, self.about)?;
        writeln!(f, "{} trials, seed {}. In brackets: 95 % intervals.", grouped(self.trials), self.seed)?;
        self.latencies(f)?;
        self.probabilities(f)?;
        self.versions(f)
    }
}

impl Report {
    fn latencies(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{:<20}{:<30}write", "Latency in ms", "read")?;
        for Latency { percent, read, write } in &self.latency_ms {
            writeln!(f, "  {:<18}{:<30}{}", format!("{percent} %"), spread(*read, ms), spread(*write, ms))?;
        }
        Ok(())
    }

    fn probabilities(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nProbability in % that a read sees the write, t ms after its commit")?;
        for Consistency { t_ms, probability } in &self.consistency {
            let at = format!("t = {t_ms}");
            writeln!(f, "  {at:<18}{:<30}{}", spread(*probability, percent), bar(probability.value))?;
        }
        if self.quorums.overlap() {
            return writeln!(f, "  R + W > N: every read meets the write in at least one replica.");
        }
        writeln!(f, "  99.9 % do from t = {} ms on {}", ms(self.t_999_ms.value), interval(self.t_999_ms, ms))
    }

    fn versions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\nProbability in % that a read is older than the last k versions, if quorums were chosen at random"
        )?;
        if self.quorums.overlap() {
            return writeln!(f, "  0 for every k, as R + W > N.");
        }
        for Versions { k, staleness } in &self.k_staleness {
            let exact = staleness.exact.map(|fraction| format!("= {fraction}")).unwrap_or_default();
            writeln!(f, "  {:<18}{:<10}{exact}", format!("k = {k}"), percent(staleness.probability))?;
        }
        Ok(())
    }
}

fn spread(estimate: Estimate, number: fn(f64) -> String) -> String {
    if estimate == certain(estimate.value) {
        return number(estimate.value);
    }
    format!("{:<9}{}", number(estimate.value), interval(estimate, number))
}

fn interval(Estimate { low, high, .. }: Estimate, number: fn(f64) -> String) -> String {
    if high.is_finite() {
        format!("({} to {})", number(low), number(high))
    } else {
        format!("({} or more)", number(low))
    }
}

/// Milliseconds with about four digits.
fn ms(time: f64) -> String {
    let decimals = match time {
        _ if time < 10.0 => 3,
        _ if time < 100.0 => 2,
        _ if time < 1000.0 => 1,
        _ => 0,
    };
    format!("{time:.decimals$}")
}

/// A probability in percent. Only what is 0 or 1 reads 0 or 100.
fn percent(probability: f64) -> String {
    let percent = 100.0 * probability;
    match percent {
        _ if percent <= 0.0 => "0".to_owned(),
        _ if percent >= 100.0 => "100".to_owned(),
        _ if percent < 0.001 => format!("{percent:.1e}"),
        _ => format!("{:.3}", percent.min(99.999)),
    }
}

fn bar(probability: f64) -> String {
    let filled = probability * f64::from(BAR);
    (0..BAR).map(|cell| if filled >= f64::from(cell) + 0.5 { '█' } else { '░' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_end_where_nearly_all_reads_are_fresh() {
        assert_eq!(times(51.8), [0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(times(0.0), [0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(times(1.94), [0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0]);
        assert_eq!(times(1e30).len(), 1 + TIMES);
    }

    #[test]
    fn only_certainty_reads_100_percent() {
        let read = [1.0, 0.999_999_9, 0.437_006, 1e-7, 0.0].map(percent);
        assert_eq!(read, ["100", "99.999", "43.701", "1.0e-5", "0"]);
    }
}
