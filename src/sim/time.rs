//! Simulated time: whole microseconds since the start of a run. Never a float, never the clock of the machine.

use std::fmt;
use std::ops::Add;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A moment or a span of simulated time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Micros(pub u64);

impl Micros {
    /// That many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000)
    }
}

impl Add for Micros {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Milliseconds with at most three decimals: `37.5 ms`.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        if rest == 0 {
            write!(f, "{whole} ms")
        } else {
            let digits = format!("{rest:03}");
            write!(f, "{whole}.{} ms", digits.trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_in_milliseconds_without_idle_zeros() {
        assert_eq!(Micros(37_500).to_string(), "37.5 ms");
        assert_eq!(Micros(200_000).to_string(), "200 ms");
        assert_eq!(Micros(1_001).to_string(), "1.001 ms");
    }
}
