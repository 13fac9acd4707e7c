//! Two runs walked side by side: the same scenario with two answers, one cursor for both.
//!
//! The steps of both are merged by their times. Where both do something at the same moment they move together; where
//! only one does, the other waits.

mod branches;
mod deed;
mod outline;
mod told;

use crate::check::linearizability::{Budget, linearizability};
use crate::check::{Attempt, History, Verdict};
use crate::sim::fault::ScenarioError;
use crate::sim::{Act as ByHand, Action, Micros, RequestId, Run, Scenario, Trace};

use super::gauges::{self, Gauges, Reading};
use super::narration;
use super::{Player, abreast, scenarios};

pub use branches::{Act, Branch, Branches, MOST, Spot};
pub use deed::{Choice, Deed, HELD_BACK, InFlight, Subject};
pub use outline::{Chapter, Part};
pub use told::{causes, name};

/// What a person does comes just after what they saw, on both sides at the same time.
const JUST_AFTER: Micros = Micros(1);

/// A run of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// How it comes about.
    pub run: Run,
    /// What happens in it.
    pub trace: Trace,
    /// The moment at which each of its steps happens; index 0 is the start.
    pub rows: Vec<usize>,
}

/// A moment: a place of the common cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When, in microseconds.
    pub at: Micros,
    /// How many steps each side has taken.
    pub steps: [u32; 2],
    /// Whether each side takes a step at this moment.
    pub moves: [bool; 2],
}

/// Two sides and their moments. There is always a first moment, the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The sides: consistency, availability.
    pub sides: [Side; 2],
    /// The moments, in the order of time.
    pub moments: Vec<Moment>,
    /// What the gauges say of each side at each moment; violations are dated in moments.
    gauges: [Vec<Gauges>; 2],
}

impl Side {
    fn new(run: Run) -> Result<Self, ScenarioError> {
        let trace = run.replay_as::<Player>()?;
        Ok(Self { run, trace, rows: Vec::new() })
    }

    /// Its scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.run.scenario
    }

    /// Its trace.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The requests whose answers break consistency after that many of its steps.
    pub fn wrong_answers(&self, steps: u32) -> Vec<RequestId> {
        gauges::wrong_answers(self.scenario(), self.trace(), steps)
    }

    /// The order in which the checker has the operations take effect, after that many steps: of all that have to, or of
    /// as many as can be ordered. None is known when it gave up.
    pub fn order(&self, steps: u32) -> Vec<Attempt> {
        let history = History::of(self.scenario().initial, self.trace().until(steps));
        match linearizability(&history, Budget::default()) {
            Verdict::Holds(order) => order,
            Verdict::Violated(witness) => witness.longest,
            Verdict::Unknown(_) => Vec::new(),
        }
    }
}

impl Walk {
    /// The Gilbert–Lynch scenario: Node B chooses consistency, Node B chooses availability.
    ///
    /// # Errors
    /// When a scenario names something that is not there.
    pub fn gilbert_lynch() -> Result<Self, ScenarioError> {
        let side = |scenario| Side::new(Run::of(scenario));
        Ok(Self::of([side(scenarios::gilbert_lynch_cp())?, side(scenarios::gilbert_lynch_ap())?]))
    }

    fn of(mut sides: [Side; 2]) -> Self {
        let keys = [abreast::keys(&sides[0].trace().events), abreast::keys(&sides[1].trace().events)];
        let mut all: Vec<(Micros, u32)> = keys[0].clone();
        for &key in &keys[1] {
            if let Err(place) = all.binary_search(&key) {
                all.insert(place, key);
            }
        }
        let mut moments = vec![Moment { at: Micros(0), steps: [0, 0], moves: [false, false] }];
        let mut steps = [0, 0];
        for side in &mut sides {
            side.rows = vec![0];
        }
        for key in all {
            let moves = [0, 1].map(|side| keys[side].contains(&key));
            for side in 0..2 {
                if moves[side] {
                    steps[side] += 1;
                    sides[side].rows.push(moments.len());
                }
            }
            moments.push(Moment { at: key.0, steps, moves });
        }
        let gauges = [0, 1].map(|at| {
            let steps: Vec<u32> = moments.iter().map(|moment| moment.steps[at]).collect();
            gauges::along(sides[at].scenario(), sides[at].trace(), &steps)
        });
        Self { sides, moments, gauges }
    }

    /// The last moment.
    pub fn end(&self) -> usize {
        self.moments.len() - 1
    }

    /// Does the same on both sides just after that moment; the walk that follows. This one stays as it is.
    ///
    /// # Errors
    /// When the action names something that is not there.
    pub fn act(&self, moment: usize, action: &Action) -> Result<Self, ScenarioError> {
        self.with(moment, |_| Some(action.clone()))
    }

    /// Does that just after that moment, on the sides it concerns; the walk that follows, and the moment at which it is done
    /// there. This one stays as it is.
    ///
    /// # Errors
    /// When the deed names something that is not there.
    pub fn play(&self, moment: usize, deed: Deed) -> Result<(Self, usize), ScenarioError> {
        let walk = self.with(moment, |side| deed.action(side))?;
        let Moment { steps, .. } = self.moments[moment.min(self.end())];
        // What a side that is not concerned does at the same instant comes before.
        let done = |side: &usize| walk.sides[*side].rows.get(steps[*side] as usize + 1).copied();
        let done = [0, 1].into_iter().filter(|&side| deed.action(side).is_some()).find_map(|side| done(&side));
        Ok((walk, done.unwrap_or(moment)))
    }

    /// Whether that can be done at that moment.
    pub fn can(&self, moment: usize, deed: Deed) -> bool {
        let like = |other: Deed| match (deed, other) {
            // Any value can be written.
            (Deed::Write(one, _), Deed::Write(other, _)) => one == other,
            _ => deed == other,
        };
        self.choices(moment).iter().any(|choice| choice.why_not.is_none() && like(choice.deed))
    }

    fn with(&self, moment: usize, action: impl Fn(usize) -> Option<Action>) -> Result<Self, ScenarioError> {
        let Moment { at, steps, .. } = self.moments[moment.min(self.end())];
        let side = |side: usize| -> Result<Side, ScenarioError> {
            let mut run = self.sides[side].run.clone();
            run.acts.retain(|act| act.after < steps[side]);
            if let Some(action) = action(side) {
                run.acts.push(ByHand { after: steps[side], at: at + JUST_AFTER, action });
            }
            Side::new(run)
        };
        Ok(Self::of([side(0)?, side(1)?]))
    }

    /// The gauges of a side at that moment. Violations are dated in moments.
    pub fn gauges(&self, side: usize, moment: usize) -> Gauges {
        self.gauges[side][moment.min(self.end())].clone()
    }

    /// What the walk comes to, at its last moment; `None` before, or when neither side has given anything up.
    pub fn conclusion(&self, moment: usize) -> Option<&'static str> {
        let gauges = [0, 1].map(|side| self.gauges(side, moment));
        let gone = |reading: Reading| matches!(reading, Reading::Violated(_));
        let given_up = gauges.map(|gauges| (gone(gauges.consistency.reading), gone(gauges.availability.reading)));
        if moment < self.end() || given_up != [(false, true), (true, false)] {
            return None;
        }
        let agree = (0..self.sides.len()).all(|side| self.agree(side, moment));
        Some(match (self.is_cut(moment), agree) {
            (true, _) => {
                "One choice gave up availability, the other consistency. Cut off, Node B has no choice that keeps both."
            }
            (false, true) => {
                "The nodes agree again. What was violated stays violated: healing does not change what the clients saw."
            }
            (false, false) if self.is_held(moment) => "The link keeps what is sent, and the nodes do not agree yet.",
            (false, false) => "The link works again, and the nodes do not agree yet.",
        })
    }

    /// Whether all nodes of a side hold the same value at that moment.
    fn agree(&self, side: usize, moment: usize) -> bool {
        let values = self.sides[side].trace().values(self.sides[side].scenario(), self.moments[moment].steps[side]);
        values.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// Whether a link is cut at that moment, on either side.
    pub fn is_cut(&self, moment: usize) -> bool {
        self.sides.iter().zip(self.moments[moment].steps).any(|(side, step)| !side.trace().cut_links(step).is_empty())
    }

    /// The moments at which a gauge turns to violated.
    pub fn turning_points(&self) -> Vec<usize> {
        let gauges = (0..self.sides.len()).map(|side| self.gauges(side, self.end()));
        gauges
            .flat_map(|gauges| [gauges.consistency.reading, gauges.availability.reading])
            .filter_map(|reading| match reading {
                Reading::Violated(moment) => usize::try_from(moment).ok(),
                _ => None,
            })
            .collect()
    }

    /// What a side does at that moment, in words; `None` when it does nothing.
    pub fn words(&self, side: usize, moment: usize) -> Option<String> {
        let Moment { steps, moves, .. } = &self.moments[moment];
        (moment == 0 || moves[side])
            .then(|| narration::tell(self.sides[side].scenario(), self.sides[side].trace(), steps[side]))
    }
}
