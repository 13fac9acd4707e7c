//! The tables of quantiles, entry by entry, against their closed forms.

use partition_lab::sim::Micros;
use partition_lab::sim::netem::Distribution;

/// Where so much of a distribution lies below.
pub type Quantile = fn(f64) -> f64;

/// The quantile of the standard normal distribution: what erf leads back to.
pub fn normal(q: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if libm::erfc(-middle / std::f64::consts::SQRT_2) / 2.0 < q {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The quantile of the Pareto distribution of exponent 3, less its mean, scaled by 4/3.
pub fn pareto(q: f64) -> f64 {
    4.0 / 3.0 * (libm::pow(1.0 - q, -1.0 / 3.0) - 1.5)
}

/// The entry of the table at that place, in units of 1/8192 of the jitter. The last one is never quite reached.
fn entry(distribution: Distribution, place: u32) -> i64 {
    let draw = if place < 256 { place << 24 } else { u32::MAX };
    let delay = distribution.delay(Micros(1 << 20), Micros(8_192), draw).0;
    i64::try_from(delay).expect("small") - (1 << 20)
}

#[expect(clippy::cast_possible_truncation, reason = "the number is clamped before")]
fn in_units(quantile: f64) -> i64 {
    (quantile * 8_192.0).round().clamp(-32_767.0, 32_767.0) as i64
}

#[test]
fn every_entry_is_its_quantile() {
    let forms: [(Distribution, Quantile); 2] = [(Distribution::Normal, normal), (Distribution::Pareto, pareto)];
    for (distribution, quantile) in forms {
        let table: Vec<i64> = (0..=256)
            .map(|place| in_units(quantile((f64::from(place) / 256.0).clamp(1.0 / 65_536.0, 65_535.0 / 65_536.0))))
            .collect();
        let read: Vec<i64> = (0..256).map(|place| entry(distribution, place)).collect();
        assert_eq!(read, table[..256], "{distribution:?}");
        let short = i64::from(table[255] < table[256]);
        assert_eq!(entry(distribution, 256), table[256] - short, "{distribution:?}");
    }
}

#[test]
fn pareto_normal_is_a_quarter_of_the_one_and_three_quarters_of_the_other() {
    for place in 0..256 {
        let sum = entry(Distribution::Normal, place) + 3 * entry(Distribution::Pareto, place);
        assert_eq!(entry(Distribution::ParetoNormal, place), sum / 4, "{place}");
    }
}

#[test]
fn the_largest_numbers_do_no_harm() {
    use Distribution::{Normal, Pareto, ParetoNormal, Uniform};
    let most = Micros(u64::MAX);
    for distribution in [Uniform, Normal, Pareto, ParetoNormal] {
        for draw in [0, 1, 1 << 31, u32::MAX] {
            distribution.delay(most, most, draw);
            assert_eq!(distribution.delay(Micros(7), Micros(0), draw), Micros(7));
        }
    }
}
