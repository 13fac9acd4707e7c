//! A run, replayed once, as it is told step by step: its trace, and after each step its gauges, its words, its picture and
//! what became of its messages.

use super::gauges::{self, Gauges};
use super::narration::{Knows, Telling};
use super::{Player, take::Recording};
use crate::check::History;
use crate::diagram::space_time::{Party, SpaceTime, space_time};
use crate::sim::fault::ScenarioError;
use crate::sim::{EventKind, Run, Scenario, Trace};

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
    /// Replays a run of nodes that know that much of time.
    ///
    /// # Errors
    /// When it names something that is not there.
    pub fn of(run: Run, knows: Knows) -> Result<Self, ScenarioError> {
        let trace = run.replay_as::<Player>()?;
        let steps: Vec<u32> = (0..=trace.steps()).collect();
        let gauges = gauges::along(&run.scenario, &trace, &steps);
        let rows = (0..steps.len()).collect();
        Ok(Self { run, trace, gauges, rows, knows })
    }

    /// Its scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.run.scenario
    }

    /// The last step.
    pub fn end(&self) -> usize {
        self.gauges.len() - 1
    }

    /// The gauges after a step.
    pub fn gauges(&self, step: usize) -> &Gauges {
        &self.gauges[step.min(self.end())]
    }

    /// What happens in a step, in words; values stand between backticks.
    pub fn words(&self, step: usize) -> String {
        Telling { scenario: &self.run.scenario, trace: &self.trace, knows: self.knows }.step(small(step))
    }

    /// The space-time diagram up to a step, and what its columns are called.
    pub fn diagram(&self, step: usize) -> (SpaceTime, Vec<(String, String)>) {
        let wrong = gauges::wrong_answers(self.scenario(), &self.trace, small(step));
        let diagram = space_time(self.scenario(), &self.trace, &self.rows, small(step), &wrong);
        let head = |party: &Party| match *party {
            Party::Client(client) => (format!("Client {client}"), String::new()),
            Party::Node(node) => (format!("Node {node}"), String::new()),
        };
        let heads = diagram.columns.iter().map(head).collect();
        (diagram, heads)
    }

    /// It under a title, to be taken away.
    pub fn recording(&self, title: &str) -> Recording {
        Recording { knows: self.knows, ..Recording::new(title, self.run.clone(), self.trace.clone()) }
    }

    /// The history up to a step.
    pub fn history(&self, step: u32) -> History {
        History::of(self.run.scenario.initial, self.trace.until(step))
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
        let last = self.gauges(self.end());
        let since = [&last.consistency, &last.availability].map(|gauge| gauge.reading.violated());
        since.into_iter().flatten().map(|step| step as usize).collect()
    }
}

/// A step as the trace counts it.
fn small(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}
