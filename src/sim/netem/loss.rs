//! Which packets are lost: independent of each other, or in bursts by a Markov chain.
//!
//! ```text
//!  Gilbert–Elliott   GOOD ──p──▶ BAD ──r──▶ GOOD        lost with 1−k in GOOD, with 1−h in BAD
//!
//!  four states       1 received in a gap     ─p14─▶ 4 lost in a gap (for one packet)
//!                    1 ─p13─▶ 3 lost in a burst ─p31─▶ 1;   3 ─p32─▶ 2 received in a burst ─p23─▶ 3
//! ```
//!
//! Sources: Gilbert 1960, Elliott 1963; Salsano et al., "Definition of a general and intuitive loss model for packet
//! networks", 2012, for the four states and for their use in netem.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::percent::{Chance, Memory, Percent};
use crate::sim::rng::Pcg32;

/// A model of loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Loss {
    /// Each packet by itself, or correlated with the one before.
    Random(Chance),
    /// Four states.
    FourState {
        /// From received in a gap to lost in a burst.
        p13: Percent,
        /// From lost in a burst to received in a gap; what p13 leaves of the whole unless given.
        #[serde(default)]
        p31: Option<Percent>,
        /// From lost to received within a burst.
        #[serde(default)]
        p32: Percent,
        /// From received to lost within a burst; always unless given.
        #[serde(default = "always")]
        p23: Percent,
        /// From received in a gap to lost in a gap, for one packet.
        #[serde(default)]
        p14: Percent,
    },
    /// Two states, good and bad.
    GilbertElliott {
        /// From good to bad.
        p: Percent,
        /// From bad to good; what p leaves of the whole unless given.
        #[serde(default)]
        r: Option<Percent>,
        /// How likely a packet is lost in the bad state (1 − h).
        #[serde(default = "always")]
        bad: Percent,
        /// How likely a packet is lost in the good state (1 − k).
        #[serde(default)]
        good: Percent,
    },
}

fn always() -> Percent {
    Percent::ALL
}

impl Default for Loss {
    fn default() -> Self {
        Self::Random(Chance::default())
    }
}

/// Where the Markov chain of a loss model is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Received in a gap; good.
    #[default]
    Gap,
    /// Lost in a gap.
    LostInGap,
    /// Lost in a burst; bad.
    Burst,
    /// Received in a burst.
    ReceivedInBurst,
}

impl Loss {
    /// Whether the next packet is lost.
    pub fn takes(self, state: &mut State, memory: &mut Memory, rng: &mut Pcg32) -> bool {
        match self {
            Self::Random(chance) => memory.hit(rng, chance),
            Self::FourState { p13, p31, p32, p23, p14 } => {
                let p31 = p31.unwrap_or(p13.rest());
                *state = next_of_four(*state, [p13, p31, p32, p23, p14], rng.next_u32());
                matches!(state, State::LostInGap | State::Burst)
            }
            Self::GilbertElliott { p, r, bad, good } => {
                let (leave, lost) = match state {
                    State::Gap | State::ReceivedInBurst => (p, good),
                    State::Burst | State::LostInGap => (r.unwrap_or(p.rest()), bad),
                };
                let (moves, loses) = (leave.hits(rng.next_u32()), lost.hits(rng.next_u32()));
                if moves {
                    *state = if *state == State::Burst { State::Gap } else { State::Burst };
                }
                loses
            }
        }
    }
}

/// One draw decides among the ways out of a state: they take their shares of it one after the other.
fn next_of_four(state: State, [p13, p31, p32, p23, p14]: [Percent; 5], draw: u32) -> State {
    let within = |first: Percent, second: Percent| u64::from(draw) < first.draws() + second.draws();
    match state {
        State::Gap if p14.hits(draw) => State::LostInGap,
        State::Gap if within(p14, p13) => State::Burst,
        State::Gap | State::LostInGap => State::Gap,
        State::ReceivedInBurst if p23.hits(draw) => State::Burst,
        State::ReceivedInBurst => State::ReceivedInBurst,
        State::Burst if p32.hits(draw) => State::ReceivedInBurst,
        State::Burst if within(p32, p31) => State::Gap,
        State::Burst => State::Burst,
    }
}
