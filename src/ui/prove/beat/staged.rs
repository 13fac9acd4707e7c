//! A run on the stage: its trace, and at each step its gauges and its words.

use crate::check::History;
use crate::check::linearizability::{Budget, linearizability};
use crate::course::contest::{Player, Timing};
use crate::course::gauges::{Gauges, along};
use crate::course::{Reading, narration};
use crate::diagram::space_time::{Party, SpaceTime, space_time};
use crate::sim::{RequestId, Run, Trace};
use crate::ui::words::plain;

/// The run.
#[derive(Clone, Debug)]
pub struct Staged {
    /// What runs.
    pub run: Run,
    /// What happens in it.
    pub trace: Trace,
    gauges: Vec<Gauges>,
    rows: Vec<usize>,
    timing: Timing,
}

impl Staged {
    /// Replays a run of nodes that know that much of time; `None` if it names what is not there, which none of ours does.
    pub fn of(run: Run, timing: Timing) -> Option<Self> {
        let trace = run.replay_as::<Player>().ok()?;
        let steps: Vec<u32> = (0..=trace.steps()).collect();
        let gauges = along(&run.scenario, &trace, &steps);
        let rows = (0..steps.len()).collect();
        Some(Self { run, trace, gauges, rows, timing })
    }

    /// The last step.
    pub fn end(&self) -> usize {
        self.rows.len() - 1
    }

    /// The gauges at a step.
    pub fn gauges(&self, step: usize) -> &Gauges {
        &self.gauges[step.min(self.end())]
    }

    /// What happens at a step, in words; values stand between backticks.
    pub fn words(&self, step: usize) -> String {
        let words = narration::tell(&self.run.scenario, &self.trace, number(step));
        match self.timing {
            Timing::Untimed => words,
            Timing::Timely => {
                words.replace(narration::CANNOT_TELL, "If the bounds hold, nothing is on its way any more, so it")
            }
        }
    }

    /// The same without the backticks, as the screen reader says it.
    pub fn spoken(&self, step: usize) -> String {
        plain(&self.words(step))
    }

    /// The steps at which a gauge turns to violated.
    pub fn turning_points(&self) -> Vec<usize> {
        let gauges = self.gauges(self.end());
        [gauges.consistency.reading, gauges.availability.reading]
            .into_iter()
            .filter_map(|reading| match reading {
                Reading::Violated(step) => usize::try_from(step).ok(),
                _ => None,
            })
            .collect()
    }

    /// The space-time diagram up to a step, and what its columns are called.
    pub fn diagram(&self, step: usize) -> (SpaceTime, Vec<(String, String)>) {
        let until = number(step);
        let scenario = &self.run.scenario;
        let diagram = space_time(scenario, &self.trace, &self.rows, until, self.wrong_answer(until));
        let head = |party: &Party| match *party {
            Party::Client(client) => (format!("Client {client}"), String::new()),
            Party::Node(node) => (format!("Node {node}"), String::new()),
        };
        let heads = diagram.columns.iter().map(head).collect();
        (diagram, heads)
    }

    /// The request whose answer breaks consistency by that step, if one does.
    fn wrong_answer(&self, until: u32) -> Option<RequestId> {
        let history = History::of(self.run.scenario.initial, self.trace.until(until));
        linearizability(&history, Budget::default()).violation().map(|witness| witness.stuck.request)
    }
}

fn number(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}
