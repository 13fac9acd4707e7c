//! The practice challenge: the canvas it starts with, and the module's template.
//!
//! The template is what comes out when the challenge's two scenarios are run and drawn ([`drawn`]). A canvas should not
//! have to carry a world for that, so its text is kept, too; a test holds the text to the runs, byte for byte.

use super::{drawing, scenarios};
use crate::diagram::{Diagram, mermaid};
use crate::sim::{Run, Trace};

/// The module's template as text.
pub const TEMPLATE: &str = include_str!("template.mmd");

/// The two systems, empty, under the titles of the module's template.
pub fn blank() -> Diagram {
    let subgraphs = template().subgraphs;
    Diagram { subgraphs, ..Diagram::default() }
}

/// The module's template, read from its text.
pub fn template() -> Diagram {
    mermaid::parse(TEMPLATE).0
}

/// The challenge's two runs, run and drawn.
pub fn drawn() -> Diagram {
    let scenarios = [scenarios::challenge_cp(), scenarios::challenge_ap()];
    let runs: Vec<(_, Trace)> = scenarios
        .into_iter()
        .filter_map(|scenario| {
            Run::of(scenario.clone()).replay_as::<scenarios::Player>().ok().map(|trace| (scenario, trace))
        })
        .collect();
    let runs: Vec<_> = runs.iter().map(|(scenario, trace)| (scenario, trace)).collect();
    drawing::draw(&runs)
}

/// What is asked of an answer to the challenge, as `docs/rubric.md` explains it. It is read with
/// [`crate::diagram::grade::read`], or in the page like any other JSON.
pub const RUBRIC: &str = include_str!("rubric.json");
