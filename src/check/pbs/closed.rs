//! k-staleness: how many versions back a read may be, without any clock.
//!
//! Let each write settle on W of the N replicas, and each read ask R of them, at random. A read misses one given write if
//! its R replicas are all among the `N - W` without it: `C(N-W, R)` choices of `C(N, R)`. It is older than the last k versions
//! if it misses each of the last k writes, and these settle independently of each other:
//!
//! ```text
//! P(older than k versions) = (C(N-W, R) / C(N, R))^k
//! ```
//!
//! Real writes spread further than to W replicas, so this is an upper bound. Source: Bailis et al. 2012, §3.1.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Quorums;

/// A fraction in lowest terms. It prints, and is written as JSON, as `2/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// What is above the line.
    pub numerator: u128,
    /// What is below it; never 0.
    pub denominator: u128,
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The probability that a read is older than k versions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KStaleness {
    /// The probability, 0..=1. It falls to 0 when it is below what a float can hold.
    pub probability: f64,
    /// The same exactly, if it fits.
    pub exact: Option<Fraction>,
}

/// The probability that a read misses one given write: `C(N-W, R) / C(N, R)`.
pub fn miss(quorums: Quorums) -> Fraction {
    let [n, r, w] = [quorums.n(), quorums.r(), quorums.w()].map(u128::from);
    let (missing, all) = (choose(n - w, r), choose(n, r));
    let common = divisor(missing, all);
    Fraction { numerator: missing / common, denominator: all / common }
}

/// The probability that a read is older than the last `k` versions; 1 for `k` = 0, as every read is older than none.
pub fn k_staleness(quorums: Quorums, k: u32) -> KStaleness {
    let Fraction { numerator, denominator } = miss(quorums);
    let exact = numerator
        .checked_pow(k)
        .zip(denominator.checked_pow(k))
        .map(|(numerator, denominator)| Fraction { numerator, denominator });
    KStaleness { probability: power(float(numerator) / float(denominator), k), exact }
}

/// How many ways there are to choose `r` of `n`.
fn choose(n: u128, r: u128) -> u128 {
    // After step i the product is the number of ways to choose i + 1, so that each division is exact.
    if r > n { 0 } else { (0..r).fold(1, |ways, i| ways * (n - i) / (i + 1)) }
}

/// The greatest common divisor; `b` is not 0.
fn divisor(a: u128, b: u128) -> u128 {
    if a == 0 { b } else { divisor(b % a, a) }
}

/// By repeated squaring: multiplication gives the same bits on every machine.
fn power(base: f64, exponent: u32) -> f64 {
    if exponent == 0 {
        return 1.0;
    }
    let half = power(base, exponent / 2);
    if exponent.is_multiple_of(2) { half * half } else { half * half * base }
}

#[expect(clippy::cast_precision_loss, reason = "there are at most 12,870 ways to choose from 16 replicas")]
fn float(ways: u128) -> f64 {
    ways as f64
}

#[cfg(test)]
mod tests {
    use super::super::MAX_REPLICAS;
    use super::*;

    fn quorums(n: u8, r: u8, w: u8) -> Quorums {
        Quorums::new(n, r, w).unwrap()
    }

    #[test]
    fn ways_to_choose_are_pascals_triangle() {
        for n in 1..=u128::from(MAX_REPLICAS) {
            for r in 1..=n {
                assert_eq!(choose(n, r), choose(n - 1, r - 1) + choose(n - 1, r));
            }
        }
    }

    #[test]
    fn overlapping_quorums_miss_nothing_and_others_something() {
        for n in 1..=MAX_REPLICAS {
            for (r, w) in (1..=n).flat_map(|r| (1..=n).map(move |w| (r, w))) {
                let chosen = quorums(n, r, w);
                assert_eq!(miss(chosen).numerator == 0, chosen.overlap());
            }
        }
    }

    #[test]
    fn what_is_too_large_for_a_fraction_is_still_a_float() {
        let deep = k_staleness(quorums(3, 1, 1), 200);
        assert_eq!(deep.exact, None);
        assert!(deep.probability > 0.0 && deep.probability < 1e-34);
        let none = k_staleness(quorums(3, 1, 1), 0);
        assert_eq!(none.exact.map(|fraction| fraction.to_string()), Some("1/1".to_owned()));
    }
}
