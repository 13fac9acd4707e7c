//! Several runs beside each other, one cursor for all: the steps of all are merged by their times. Where several do
//! something at the same moment they move together; where only one does, the others wait.

use crate::sim::fault::ScenarioError;
use crate::sim::protocol::Replica;
use crate::sim::{Event, Micros, RequestId, Run, Scenario, Trace};

use super::gauges::{self, Gauges, Reading};

/// A run, and when each of its steps happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who is there and what is planned.
    pub scenario: Scenario,
    /// What happens.
    pub trace: Trace,
    /// The moment of each step; index 0 is the start.
    pub rows: Vec<usize>,
}

/// A moment: a place of the common cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When, in microseconds.
    pub at: Micros,
    /// How many steps each run has taken.
    pub steps: Vec<u32>,
}

/// Runs and their moments. There is always a first moment, the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abreast {
    /// The runs.
    pub runs: Vec<Told>,
    /// The moments, in the order of time.
    pub moments: Vec<Moment>,
}

impl Abreast {
    /// Runs these scenarios.
    ///
    /// # Errors
    /// When a scenario names something that is not there, or a protocol that `R` is not.
    pub fn of<R: Replica>(scenarios: Vec<Scenario>) -> Result<Self, ScenarioError> {
        let mut runs = Vec::new();
        for scenario in scenarios {
            let trace = Run::of(scenario.clone()).replay_as::<R>()?;
            runs.push(Told { scenario, trace, rows: vec![0] });
        }
        let keys: Vec<Vec<(Micros, u32)>> = runs.iter().map(|run| keys(&run.trace.events)).collect();
        let mut all: Vec<(Micros, u32)> = Vec::new();
        for &key in keys.iter().flatten() {
            if let Err(place) = all.binary_search(&key) {
                all.insert(place, key);
            }
        }
        let mut steps = vec![0; runs.len()];
        let mut moments = vec![Moment { at: Micros(0), steps: steps.clone() }];
        for key in all {
            for ((run, keys), step) in runs.iter_mut().zip(&keys).zip(&mut steps) {
                if keys.contains(&key) {
                    *step += 1;
                    run.rows.push(moments.len());
                }
            }
            moments.push(Moment { at: key.0, steps: steps.clone() });
        }
        Ok(Self { runs, moments })
    }

    /// The last moment.
    pub fn end(&self) -> usize {
        self.moments.len() - 1
    }

    /// How many steps a run has taken at that moment.
    pub fn step(&self, run: usize, moment: usize) -> u32 {
        self.moments[moment.min(self.end())].steps[run]
    }

    /// Whether a run takes a step at that moment.
    pub fn moves(&self, run: usize, moment: usize) -> bool {
        moment > 0 && self.step(run, moment) != self.step(run, moment - 1)
    }

    /// The gauges of a run at that moment. Violations are dated in moments.
    pub fn gauges(&self, run: usize, moment: usize) -> Gauges {
        let Told { scenario, trace, rows } = &self.runs[run];
        let mut read = gauges::read(scenario, trace, self.step(run, moment));
        for gauge in [&mut read.consistency, &mut read.availability] {
            if let Reading::Violated(step) = gauge.reading {
                gauge.reading = Reading::Violated(u32::try_from(rows[step as usize]).unwrap_or(u32::MAX));
            }
        }
        read
    }

    /// The requests of a run whose answers break consistency at that moment.
    pub fn wrong_answers(&self, run: usize, moment: usize) -> Vec<RequestId> {
        let Told { scenario, trace, .. } = &self.runs[run];
        gauges::wrong_answers(scenario, trace, self.step(run, moment))
    }
}

/// For each step, when it happens and how many steps of the same run came before it at that time.
pub(super) fn keys(events: &[Event]) -> Vec<(Micros, u32)> {
    let mut keys: Vec<(Micros, u32)> = Vec::new();
    let mut last = 0;
    for event in events {
        if event.step != last {
            last = event.step;
            let earlier = keys.iter().rev().take_while(|(at, _)| *at == event.at).count();
            keys.push((event.at, u32::try_from(earlier).unwrap_or(u32::MAX)));
        }
    }
    keys
}
