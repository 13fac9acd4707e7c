//! The state of the page: a walk, a cursor in it, and whether it plays.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::Reducible;

use super::page::ANSWERS;
use crate::course::take::Recording;
use crate::course::{Side, Walk};
use crate::sim::{Action as Deed, NodeId};
use crate::ui::transport::{Move, Playhead};
use crate::ui::values;

/// The page.
#[derive(Clone, Debug)]
pub struct Walking {
    /// What is walked through.
    pub walk: Rc<Walk>,
    /// The walk before the learner changed it, and where they were.
    pub before: Option<(Rc<Walk>, usize)>,
    /// The moment one is at.
    pub moment: usize,
    /// Whether it plays.
    pub playing: bool,
    /// How fast, in percent.
    pub speed: u32,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor.
    Move(Move),
    /// Heal the link, from here on.
    Heal,
    /// Back to the walk as it was before.
    Return,
}

/// What is kept of it.
#[derive(Default, Serialize, Deserialize)]
struct Saved {
    /// The step.
    step: usize,
    /// The step after which the link was healed.
    #[serde(default)]
    healed: Option<usize>,
}

impl Walking {
    /// As it was left; at its start, if it was not, or nobody can read how.
    pub fn opened(state: &str) -> Self {
        let Saved { step, healed } = values::from_text(state).unwrap_or_default();
        let mut walking = Self::new();
        if let Some(healed) = healed {
            walking.apply(Action::Move(Move::To(healed)));
            walking.apply(Action::Heal);
        }
        walking.apply(Action::Move(Move::To(step)));
        walking
    }

    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        values::to_text(&Saved { step: self.moment, healed: self.before.as_ref().map(|(_, at)| *at) })
    }

    /// The scenario, at its start.
    pub fn new() -> Self {
        let walk = Walk::gilbert_lynch().expect("the built-in scenarios name only what they have; a test holds this");
        Self { walk: Rc::new(walk), before: None, moment: 0, playing: false, speed: 100 }
    }

    /// Both runs, to be taken away.
    pub fn recordings(&self) -> Vec<Recording> {
        let record = |(side, (title, _)): (&Side, (&str, &str))| {
            let branch = side.timeline.branch();
            Recording::new(title, branch.run.clone(), branch.trace.clone())
        };
        self.walk.sides.iter().zip(ANSWERS).map(record).collect()
    }

    /// Whether the link is cut at the moment one is at.
    pub fn is_cut(&self) -> bool {
        self.walk.is_cut(self.moment)
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Move(what) => {
                let head = Playhead { step: self.moment, playing: self.playing, speed: self.speed };
                let Playhead { step, playing, speed } = head.moved(what, self.walk.end());
                (self.moment, self.playing, self.speed) = (step, playing, speed);
            }
            Action::Heal => self.heal(),
            Action::Return => {
                if let Some((walk, moment)) = self.before.take() {
                    (self.walk, self.moment, self.playing) = (walk, moment, false);
                }
            }
        }
    }

    fn heal(&mut self) {
        let deed = Deed::heal_between(NodeId(0), NodeId(1));
        if let Ok(walk) = self.walk.act(self.moment, &deed) {
            let here = (Rc::clone(&self.walk), self.moment);
            self.before.get_or_insert(here);
            self.walk = Rc::new(walk);
            self.moment += 1;
        }
    }
}

/// Two states are the same when they show the same walk, not merely one that looks the same: cheap, and never wrong.
impl PartialEq for Walking {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.walk, &other.walk)
            && (self.moment, self.playing, self.speed) == (other.moment, other.playing, other.speed)
    }
}

impl Reducible for Walking {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}
