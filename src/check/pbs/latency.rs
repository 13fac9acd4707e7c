//! How long a message takes: the paper's four models, as data, and how to draw from them.
//!
//! Most messages are quick and a few are not. A [`Mixture`] says so: with probability `share` a Pareto variable, else an
//! exponential one. Both are drawn by turning their distribution function around, from one uniform number that also picks
//! the part: `u < share` is the Pareto part, and `u / share` is then uniform again.

use crate::sim::rng::Pcg32;

use super::Error;

/// No message takes longer, in milliseconds (some thirty years). It keeps every sum finite, whatever the shape.
const LONGEST: f64 = 1e12;

/// The bits of 1.0: with 52 random bits below them, a number from 1 up to 2.
const ONE: u64 = 1.0_f64.to_bits();

/// A Pareto distribution: `P(X > x) = (scale / x)^shape` for `x ≥ scale`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pareto {
    /// The smallest value, in milliseconds, above 0.
    pub scale: f64,
    /// How fast the tail thins out (the paper's α), above 0. Up to 1 there is no mean.
    pub shape: f64,
}

/// A latency in milliseconds: with probability `share` drawn from a Pareto distribution, else from an exponential one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixture {
    /// The body of the distribution.
    pub pareto: Pareto,
    /// The probability of the Pareto part, 0..=1.
    pub share: f64,
    /// The rate of the exponential part (the paper's λ), per millisecond, above 0: its mean is `1 / rate`.
    pub rate: f64,
}

impl Mixture {
    /// The mixture, if its numbers are within their bounds.
    fn checked(self) -> Result<Self, Error> {
        let Self { pareto, share, rate } = self;
        for (what, value) in [("Pareto scale", pareto.scale), ("Pareto shape", pareto.shape), ("rate", rate)] {
            if !(value.is_finite() && value > 0.0) {
                return Err(Error::NotPositive { what, value });
            }
        }
        if (0.0..=1.0).contains(&share) { Ok(self) } else { Err(Error::NotAShare(share)) }
    }

    /// A latency in milliseconds. It takes two numbers from the generator, whichever part it is.
    #[inline]
    pub(super) fn draw(&self, rng: &mut Pcg32) -> f64 {
        let u = uniform(rng);
        let drawn = if u < self.share {
            self.pareto.scale * libm::exp(libm::log(u / self.share) / -self.pareto.shape)
        } else {
            libm::log((1.0 - u) / (1.0 - self.share)) / -self.rate
        };
        drawn.min(LONGEST)
    }
}

/// A number between 0 and 1, neither of them: an odd multiple of 2⁻⁵³.
#[inline]
fn uniform(rng: &mut Pcg32) -> f64 {
    let high = u64::from(rng.next_u32());
    let bits = high << 32 | u64::from(rng.next_u32());
    f64::from_bits(ONE | bits >> 12) - (1.0 - f64::EPSILON / 2.0)
}

/// Where a store's messages travel, and how long they take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// The paper's name for it.
    pub name: &'static str,
    /// What it is a model of, in a few words.
    pub about: &'static str,
    /// W, the write's way to a replica. It includes the write to the replica's disk.
    pub write: Mixture,
    /// A, R and S: acknowledgement, read and answer.
    pub others: Mixture,
    /// What each message to or from a replica at another place takes on top, in milliseconds, 0 or more. Writer and reader
    /// are each at the place of one replica, chosen at random and independently.
    pub remote: f64,
}

impl Model {
    /// The built-in model of that name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        MODELS.into_iter().find(|model| model.name.eq_ignore_ascii_case(name))
    }

    /// The model, if its numbers are within their bounds.
    pub(super) fn checked(self) -> Result<Self, Error> {
        let Self { write, others, remote, .. } = self;
        write.checked()?;
        others.checked()?;
        if remote.is_finite() && remote >= 0.0 { Ok(self) } else { Err(Error::NotADistance(remote)) }
    }
}

const fn mixture(scale: f64, shape: f64, pareto_share: f64, rate: f64) -> Mixture {
    Mixture { pareto: Pareto { scale, shape }, share: pareto_share, rate }
}

/// A message between two of LinkedIn's machines.
const LNKD: Mixture = mixture(0.235, 10.0, 0.9122, 1.66);

/// A write to one of LinkedIn's disks.
const LNKD_DISK: Mixture = mixture(1.05, 1.51, 0.38, 0.183);

/// The paper's models (its table 3, in milliseconds), quickest first.
pub const MODELS: [Model; 4] = [
    Model { name: "LNKD-SSD", about: "LinkedIn, solid-state disks", write: LNKD, others: LNKD, remote: 0.0 },
    Model { name: "LNKD-DISK", about: "LinkedIn, spinning disks", write: LNKD_DISK, others: LNKD, remote: 0.0 },
    Model {
        name: "YMMR",
        about: "Yammer, a Riak cluster",
        // The paper prints the shape 3.35; its own table follows only from 3.5.
        write: mixture(3.0, 3.5, 0.939, 0.0028),
        others: mixture(1.5, 3.8, 0.982, 0.0217),
        remote: 0.0,
    },
    Model { name: "WAN", about: "LNKD-DISK with replicas 75 ms apart", write: LNKD_DISK, others: LNKD, remote: 75.0 },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_number_reaches_neither_end() {
        let from_bits = |bits: u64| f64::from_bits(ONE | bits >> 12) - (1.0 - f64::EPSILON / 2.0);
        assert_eq!(from_bits(0).to_bits(), (f64::EPSILON / 2.0).to_bits());
        assert_eq!(from_bits(u64::MAX).to_bits(), (1.0 - f64::EPSILON / 2.0).to_bits());
    }

    #[test]
    fn the_share_of_draws_beyond_a_latency_is_what_the_distribution_says() {
        let mut rng = Pcg32::new(1, 1);
        for model in MODELS {
            let Mixture { pareto, share, rate } = model.write;
            let drawn: Vec<f64> = (0..50_000).map(|_| model.write.draw(&mut rng)).collect();
            for beyond in [0.5, 1.5, 4.0, 20.0] {
                let tail = libm::pow((pareto.scale / beyond).min(1.0), pareto.shape);
                let expected = share * tail + (1.0 - share) * libm::exp(-rate * beyond);
                let count = u32::try_from(drawn.iter().filter(|latency| **latency > beyond).count()).unwrap();
                let off = (f64::from(count) / 50_000.0 - expected).abs();
                let error = (expected * (1.0 - expected) / 50_000.0).sqrt();
                assert!(off < 4.0 * error + 1e-9, "{}: {off} at {beyond} ms", model.name);
            }
        }
    }

    #[test]
    fn a_mixture_may_be_all_of_one_part() {
        let mut rng = Pcg32::new(1, 1);
        let pareto = mixture(2.0, 0.01, 1.0, 1.0);
        let exponential = mixture(2.0, 1.0, 0.0, 1.0);
        let longest = (0..1_000).map(|_| pareto.draw(&mut rng)).fold(0.0, f64::max);
        let shortest = (0..1_000).map(|_| exponential.draw(&mut rng)).fold(LONGEST, f64::min);
        assert_eq!(longest.to_bits(), LONGEST.to_bits());
        assert!((0.0..2.0).contains(&shortest));
    }

    #[test]
    fn numbers_that_are_no_latency_are_refused() {
        let [model, ..] = MODELS;
        let refused = |write: Mixture| Model { write, ..model }.checked().unwrap_err();
        assert_eq!(refused(mixture(0.0, 1.0, 0.5, 1.0)), Error::NotPositive { what: "Pareto scale", value: 0.0 });
        assert_eq!(refused(mixture(1.0, -1.0, 0.5, 1.0)), Error::NotPositive { what: "Pareto shape", value: -1.0 });
        assert!(matches!(refused(mixture(1.0, 1.0, 0.5, f64::NAN)), Error::NotPositive { what: "rate", .. }));
        assert_eq!(refused(mixture(1.0, 1.0, 1.5, 1.0)), Error::NotAShare(1.5));
        assert_eq!(Model { remote: -1.0, ..model }.checked(), Err(Error::NotADistance(-1.0)));
        assert!(MODELS.into_iter().all(|model| model.checked().is_ok()));
    }

    #[test]
    fn a_model_is_found_in_capitals_or_not() {
        assert_eq!(Model::named("ymmr").map(|model| model.name), Some("YMMR"));
        assert_eq!(Model::named("cassandra"), None);
    }
}
