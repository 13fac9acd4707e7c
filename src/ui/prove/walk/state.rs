//! The state of the page: the branches, a cursor on one of them, and whether it plays.
//!
//! What is kept is what was done: the acts in order, the branch and the step. All else is computed from these.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::Reducible;

use super::page::ANSWERS;
use crate::course::take::Recording;
use crate::course::walk::{Act, Spot};
use crate::course::{Branches, Deed, Side, Walk};
use crate::ui::transport::{Move, Playhead};
use crate::ui::values;

/// The page.
#[derive(Clone, Debug)]
pub struct Walking {
    /// All that was tried.
    pub branches: Rc<Branches>,
    /// The branch one is on.
    pub branch: usize,
    /// What is walked through: that branch.
    pub walk: Rc<Walk>,
    /// The moment one is at.
    pub moment: usize,
    /// Whether it plays.
    pub playing: bool,
    /// How fast, in percent.
    pub speed: u32,
    /// What was undone, the last first to be done again.
    undone: Vec<Act>,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor.
    Move(Move),
    /// Do something to the world, just after the moment one is at.
    Do(Deed),
    /// Go to that branch, at the same step where it has one.
    Go(usize),
    /// As before the last act, where it was done.
    Undo,
    /// Do again what was undone.
    Redo,
    /// Undo everything.
    StartOver,
}

/// What is kept of it.
#[derive(Default, Serialize, Deserialize)]
struct Saved {
    /// The step.
    step: usize,
    /// The branch.
    #[serde(default, skip_serializing_if = "is_first")]
    branch: usize,
    /// What was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acts: Vec<Act>,
    /// The step after which the link was healed, as older links have it.
    #[serde(default, skip_serializing)]
    healed: Option<usize>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_first(branch: &usize) -> bool {
    *branch == 0
}

impl Walking {
    /// As it was left; at its start, if it was not, or nobody can read how.
    pub fn opened(state: &str) -> Self {
        let saved: Saved = values::from_text(state).unwrap_or_default();
        let mut acts = saved.acts;
        acts.extend(saved.healed.map(|healed| Act(0, healed, Deed::Heal)));
        let branches = Branches::of(&acts).expect("the built-in scenarios name only what they have; a test holds this");
        let last = branches.all().len() - 1;
        let branch = if saved.healed.is_some() { last } else { saved.branch.min(last) };
        let walk = Rc::clone(&branches.get(branch).walk);
        let (moment, branches) = (saved.step.min(walk.end()), Rc::new(branches));
        Self { branches, branch, walk, moment, playing: false, speed: 100, undone: Vec::new() }
    }

    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        let acts = self.branches.acts().to_vec();
        values::to_text(&Saved { step: self.moment, branch: self.branch, acts, healed: None })
    }

    /// What was done last, in words.
    pub fn last_deed(&self) -> Option<String> {
        let &Act(branch, _, deed) = self.branches.acts().last()?;
        Some(self.branches.get(branch).walk.done(deed))
    }

    /// Both runs, to be taken away.
    pub fn recordings(&self) -> Vec<Recording> {
        let record =
            |(side, (title, _)): (&Side, (&str, &str))| Recording::new(title, side.run.clone(), side.trace.clone());
        self.walk.sides.iter().zip(ANSWERS).map(record).collect()
    }

    /// How much was undone that can be done again.
    pub fn undone(&self) -> usize {
        self.undone.len()
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Move(what) => {
                let head = Playhead { step: self.moment, playing: self.playing, speed: self.speed };
                let Playhead { step, playing, speed } = head.moved(what, self.walk.end());
                (self.moment, self.playing, self.speed) = (step, playing, speed);
            }
            Action::Do(deed) => {
                if self.act(Act(self.branch, self.moment, deed)) {
                    self.undone.clear();
                }
            }
            Action::Go(branch) => self.go(Spot { branch, moment: self.moment }),
            Action::Undo => self.undo(),
            Action::Redo => {
                if let Some(act) = self.undone.pop() {
                    self.act(act);
                }
            }
            Action::StartOver => {
                self.undone.extend(self.branches.acts().iter().rev());
                if let Ok(branches) = Branches::new() {
                    self.branches = Rc::new(branches);
                    self.go(Spot::default());
                }
            }
        }
    }

    fn act(&mut self, Act(branch, moment, deed): Act) -> bool {
        let Some(there) = Rc::make_mut(&mut self.branches).act(Spot { branch, moment }, deed) else { return false };
        self.go(there);
        true
    }

    fn undo(&mut self) {
        let last = self.branches.acts().last().copied();
        if let (Some(act), Some((branches, there))) = (last, self.branches.undone()) {
            self.undone.push(act);
            self.branches = Rc::new(branches);
            self.go(there);
        }
    }

    fn go(&mut self, to: Spot) {
        self.branch = to.branch.min(self.branches.all().len() - 1);
        self.walk = Rc::clone(&self.branches.get(self.branch).walk);
        (self.moment, self.playing) = (to.moment.min(self.walk.end()), false);
    }
}

/// Two states are the same when they show the same branches, not merely ones that look the same: cheap, and never wrong.
impl PartialEq for Walking {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.branches, &other.branches)
            && (self.branch, self.moment, self.playing, self.speed)
                == (other.branch, other.moment, other.playing, other.speed)
    }
}

impl Reducible for Walking {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}
