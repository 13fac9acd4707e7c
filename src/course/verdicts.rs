//! What the gauges say of both sides of a walk, as other programs read it.
//!
//! At the start it is known without a world: nothing has happened on either side. The program that draws can so answer
//! before the one that runs is there; a test holds the text to the runs.

use serde::Serialize;

use super::gauges::Gauges;
use super::walk::Walk;

/// The verdicts of the Gilbert–Lynch walk at its start, as JSON.
pub const AT_START: &str = include_str!("verdicts-at-start.json");

/// The verdicts of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideVerdicts {
    /// The name of its scenario.
    pub scenario: String,
    /// Where its gauges point, and why.
    #[serde(flatten)]
    pub gauges: Gauges,
}

/// The verdicts of both sides at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdicts {
    /// The moment, from 0.
    pub step: usize,
    /// The last moment.
    pub steps: usize,
    /// Consistency chosen, availability chosen.
    pub sides: [SideVerdicts; 2],
}

/// The verdicts at that moment of a walk.
pub fn verdicts(walk: &Walk, moment: usize) -> Verdicts {
    let sides = [0, 1].map(|side| SideVerdicts {
        scenario: walk.sides[side].scenario().name.clone(),
        gauges: walk.gauges(side, moment),
    });
    Verdicts { step: moment, steps: walk.end(), sides }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_verdicts_kept_for_the_start_are_those_of_the_runs() {
        let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
        let of_the_runs = serde_json::to_string_pretty(&verdicts(&walk, 0)).expect("verdicts are JSON");
        assert_eq!(AT_START.trim_end(), of_the_runs);
    }
}
