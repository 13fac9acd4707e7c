//! A directed link: how long a message takes on it, and whether it is cut.
//!
//! A cut link loses what is on it and what is sent into it. No node is told: to both ends a cut link looks like a slow
//! one.

use serde::{Deserialize, Serialize};

use super::rng::Pcg32;
use super::{EventId, Micros};

/// How long a message takes: uniform in `base ..= base + jitter`. The defaults are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Latency {
    /// The shortest time, in microseconds.
    pub base: Micros,
    /// How much longer it may take, in microseconds; nothing is drawn when it is zero.
    #[serde(default)]
    pub jitter: Micros,
}

/// The state of one direction between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// How long a message takes.
    pub latency: Latency,
    /// The event that cut it, while it is cut.
    pub cut: Option<EventId>,
}

impl Latency {
    /// Draws the time one message takes.
    pub fn draw(self, rng: &mut Pcg32) -> Micros {
        let jitter = u32::try_from(self.jitter.0).unwrap_or(u32::MAX);
        if jitter == 0 { self.base } else { self.base + Micros(rng.up_to(jitter).into()) }
    }
}
