//! A run of these pages, replayed once: its trace, its gauges at each step, and what became of its messages.

use super::Player;
use crate::check::{Budget, History, linearizability};
use crate::course::gauges::{self, Gauges, Reading};
use crate::course::narration;
use crate::sim::fault::ScenarioError;
use crate::sim::{EventKind, RequestId, Run, Scenario, Trace};

/// A replayed run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it comes about.
    pub run: Run,
    /// What happens in it.
    pub trace: Trace,
    /// The gauges after each step, the start included.
    pub gauges: Vec<Gauges>,
    /// The row of each step in the diagram, the start included.
    pub rows: Vec<usize>,
    /// What the nodes know of time.
    pub knows: Knows,
}

/// What the nodes know of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knows {
    /// Nothing: a message may take any time.
    Nothing,
    /// How long a message takes at most, if it arrives.
    Bounds,
}

/// What became of the messages between nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// How many were sent.
    pub sent: usize,
    /// How many have arrived.
    pub arrived: usize,
    /// How many were lost.
    pub lost: usize,
}

impl Told {
    /// Replays a scenario.
    ///
    /// # Errors
    /// When it names something that is not there.
    pub fn of(scenario: Scenario) -> Result<Self, ScenarioError> {
        let run = Run::of(scenario);
        let trace = run.replay_as::<Player>()?;
        let steps: Vec<u32> = (0..=trace.steps()).collect();
        let gauges = gauges::along(&run.scenario, &trace, &steps);
        let rows = (0..steps.len()).collect();
        Ok(Self { run, trace, gauges, rows, knows: Knows::Nothing })
    }

    /// Its scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.run.scenario
    }

    /// The last step.
    pub fn end(&self) -> usize {
        self.gauges.len() - 1
    }

    /// What happens in a step, in words; values stand between backticks.
    pub fn words(&self, step: usize) -> String {
        let words = narration::tell(&self.run.scenario, &self.trace, small(step));
        match self.knows {
            Knows::Nothing => words,
            Knows::Bounds => words.replace(narration::CANNOT_TELL, "If the bounds hold, a message was lost, so it"),
        }
    }

    /// The history up to a step.
    pub fn history(&self, step: u32) -> History {
        History::of(self.run.scenario.initial, self.trace.until(step))
    }

    /// The request whose answer breaks consistency by that step, if one does.
    pub fn wrong_answer(&self, step: usize) -> Option<RequestId> {
        let history = self.history(small(step));
        linearizability(&history, Budget::default()).violation().map(|witness| witness.stuck.request)
    }

    /// What has become of the messages by that step.
    pub fn post(&self, step: usize) -> Post {
        let mut post = Post::default();
        for event in self.trace.until(small(step)) {
            match event.kind {
                EventKind::Sent { .. } => post.sent += 1,
                EventKind::Delivered { .. } => post.arrived += 1,
                EventKind::Lost { .. } => post.lost += 1,
                _ => {}
            }
        }
        post
    }

    /// The steps at which a gauge turns to violated.
    pub fn turning_points(&self) -> Vec<usize> {
        let last = &self.gauges[self.end()];
        [&last.consistency, &last.availability]
            .into_iter()
            .filter_map(|gauge| match gauge.reading {
                Reading::Violated(step) => Some(step as usize),
                _ => None,
            })
            .collect()
    }
}

/// A step as the trace counts it.
pub(super) fn small(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}
