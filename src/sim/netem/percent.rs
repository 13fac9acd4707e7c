//! Shares of a whole, and dice that hit with such a share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sim::rng::Pcg32;

/// A share of the whole in millionths: `Percent(50_000)` is 5 %. Written in JSON as a number of percent, `5.0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "f64", try_from = "f64")]
#[schemars(with = "f64")]
pub struct Percent(u32);

/// The whole, in millionths.
const WHOLE: u32 = 1_000_000;

impl Percent {
    /// All of it.
    pub const ALL: Self = Self(WHOLE);

    /// That many millionths, at most the whole.
    pub const fn millionths(millionths: u32) -> Self {
        Self(if millionths > WHOLE { WHOLE } else { millionths })
    }

    /// What is left of the whole.
    #[must_use]
    pub const fn rest(self) -> Self {
        Self(WHOLE - self.0)
    }

    /// How many of the 2³² equally likely draws belong to this share.
    pub fn draws(self) -> u64 {
        (u64::from(self.0) << 32) / u64::from(WHOLE)
    }

    /// Whether that draw, out of 2³², belongs to this share.
    pub fn hits(self, draw: u32) -> bool {
        u64::from(draw) < self.draws()
    }
}

impl From<Percent> for f64 {
    fn from(share: Percent) -> Self {
        Self::from(share.0) / 10_000.0
    }
}

impl TryFrom<f64> for Percent {
    type Error = String;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is checked to be in range")]
    fn try_from(percent: f64) -> Result<Self, String> {
        if (0.0..=100.0).contains(&percent) {
            Ok(Self((percent * 10_000.0 + 0.5) as u32))
        } else {
            Err(format!("a percentage is a number from 0 to 100, not {percent}"))
        }
    }
}

/// A chance whose draws may each resemble the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chance {
    /// How likely.
    pub percent: Percent,
    /// How much of each draw is the draw before it. Any correlation changes how often the chance hits: see [`Memory`].
    #[serde(default)]
    pub correlation: Percent,
}

impl Chance {
    /// A chance whose draws have nothing to do with each other.
    pub const fn of(percent: Percent) -> Self {
        Self { percent, correlation: Percent(0) }
    }

    /// With that correlation if it has none of its own.
    #[must_use]
    pub fn or_correlated(self, correlation: Percent) -> Self {
        if self.correlation.0 == 0 { Self { correlation, ..self } } else { self }
    }
}

/// The last draw of a correlated chance: x' = x·(1−ρ) + last·ρ, as the kernel does it.
///
/// Such an average is drawn to the middle, so small and large draws become rare: a loss of 10 % with ρ = 25 % loses
/// 1.75 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Memory(u32);

impl Memory {
    /// As if there had been a draw before the first.
    pub fn new(rng: &mut Pcg32) -> Self {
        Self(rng.next_u32())
    }

    /// The next draw.
    pub fn draw(&mut self, rng: &mut Pcg32, correlation: Percent) -> u32 {
        let fresh = rng.next_u32();
        let old = correlation.draws();
        let mixed = u64::from(fresh) * ((1 << 32) - old) + u64::from(self.0) * old;
        self.0 = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
        self.0
    }

    /// Whether the chance hits. An impossible one draws nothing.
    pub fn hit(&mut self, rng: &mut Pcg32, chance: Chance) -> bool {
        chance.percent.0 > 0 && chance.percent.hits(self.draw(rng, chance.correlation))
    }
}
