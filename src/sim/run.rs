//! A run is data: scenario, seed and what was done by hand. Replaying it gives the same trace, byte for byte.

use serde::{Deserialize, Serialize};

use super::fault::ScenarioError;
use super::protocol::{Any, Replica};
use super::{Action, Micros, Scenario, Sink, Trace, World};

/// Something done by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// After how many steps of the run; the act is then the next step.
    pub after: u32,
    /// Not before this time, in microseconds.
    #[serde(default)]
    pub at: Micros,
    /// What.
    pub action: Action,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Who is there and what is planned.
    pub scenario: Scenario,
    /// The seed of the world's dice.
    #[serde(default)]
    pub seed: u64,
    /// What was done by hand, in order.
    #[serde(default)]
    pub acts: Vec<Act>,
}

impl Run {
    /// A run of that scenario in which nothing is done by hand.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, seed: 0, acts: Vec::new() }
    }

    /// Runs it from the start to its end. An act planned after the end happens at the end.
    ///
    /// # Errors
    /// When the scenario or an act names something that is not there.
    pub fn replay(&self) -> Result<Trace, ScenarioError> {
        self.replay_as::<Any>()
    }

    /// [`Run::replay`] with the protocols of that kind of replica only.
    ///
    /// # Errors
    /// When the scenario or an act names something that is not there, or another protocol.
    pub fn replay_as<R: Replica>(&self) -> Result<Trace, ScenarioError> {
        let mut trace = Trace::default();
        self.tell::<R>(&mut trace.events)?;
        Ok(trace)
    }

    /// Runs it like [`Run::replay`] and tells its events to a sink; the world as it is at the end.
    ///
    /// # Errors
    /// When the scenario or an act names something that is not there, or another protocol.
    pub fn tell<R: Replica>(&self, sink: &mut impl Sink) -> Result<World<R>, ScenarioError> {
        let mut world = World::<R>::start(&self.scenario, self.seed)?;
        let mut acts = self.acts.iter().peekable();
        loop {
            if let Some(act) = acts.next_if(|act| act.after <= world.steps()) {
                world.act(act.at, &act.action, sink)?;
            } else if world.step(sink) {
            } else if let Some(act) = acts.next() {
                world.act(act.at, &act.action, sink)?;
            } else {
                return Ok(world);
            }
        }
    }
}
