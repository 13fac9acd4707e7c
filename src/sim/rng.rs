//! The world's own dice: PCG-XSH-RR 64/32, drawn as `u32`, the same on every machine.
//!
//! Source: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
//! Generation", 2014. The tests hold it against the reference output of the author's demo program.

use serde::{Deserialize, Serialize};

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;

/// A PCG32 generator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pcg32 {
    state: u64,
    increment: u64,
}

impl Pcg32 {
    /// The generator of that seed, on that stream.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Self { state: 0, increment: (stream << 1) | 1 };
        rng.next_u32();
        rng.state = rng.state.wrapping_add(seed);
        rng.next_u32();
        rng
    }

    /// The next 32 random bits.
    #[allow(clippy::cast_possible_truncation)] // the algorithm keeps the low 32 bits
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let xorshifted = (((old >> 18) ^ old) >> 27) as u32;
        xorshifted.rotate_right((old >> 59) as u32)
    }

    /// A draw of the exponential distribution of mean 1, in units of 2⁻³².
    ///
    /// By comparing draws alone (von Neumann 1951): the longest falling start of a row of draws is of odd length with
    /// just the right chance; if it is even, one begins again one further on. No logarithm, so the same bits everywhere.
    pub fn exponential(&mut self) -> u64 {
        let mut whole = 0;
        loop {
            let first = self.next_u32();
            let (mut last, mut length) = (first, 1_u32);
            loop {
                let next = self.next_u32();
                if next > last {
                    break;
                }
                (last, length) = (next, length + 1);
            }
            if length % 2 == 1 {
                return (whole << 32) | u64::from(first);
            }
            whole += 1;
        }
    }

    /// A number from 0 to `bound` inclusive, each equally likely up to one part in 2³².
    pub fn up_to(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.next_u32()) * (u64::from(bound) + 1);
        u32::try_from(product >> 32).unwrap_or(bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_what_the_reference_implementation_draws() {
        let mut rng = Pcg32::new(42, 54);
        let drawn: Vec<u32> = (0..6).map(|_| rng.next_u32()).collect();
        assert_eq!(drawn, [0xa15c_02b7, 0x7b47_f409, 0xba1d_3330, 0x83d2_f293, 0xbfa4_784b, 0xcbed_606e]);
    }

    #[test]
    fn an_exponential_draw_has_mean_one_and_exceeds_three_in_one_of_twenty() {
        let mut rng = Pcg32::new(11, 3);
        let drawn: Vec<u64> = (0..200_000).map(|_| rng.exponential()).collect();
        let mean = drawn.iter().map(|draw| draw >> 12).sum::<u64>() / 200_000;
        assert!(mean.abs_diff(1 << 20) < 1 << 13, "{mean}");
        let beyond = drawn.iter().filter(|&&draw| draw > 3 << 32).count();
        assert!(beyond.abs_diff(9_957) < 400, "{beyond}"); // e⁻³ of them
    }

    #[test]
    fn a_bounded_draw_reaches_both_ends_and_never_leaves_them() {
        let mut rng = Pcg32::new(7, 1);
        let drawn: Vec<u32> = (0..1_000).map(|_| rng.up_to(3)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&0), Some(&3)));
    }
}
