//! The state of the page: Node B's rule, both executions under it, a cursor, and which rules have been tried to their end.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::Reducible;

use crate::course::view::{Indistinguishable, Rule};
use crate::ui::transport::{Move, Playhead};
use crate::ui::values;

/// The page.
#[derive(Clone, Debug)]
pub struct Seeing {
    /// Both executions under the rule that is chosen.
    pub runs: Rc<Indistinguishable>,
    /// Where one is.
    pub head: Playhead,
    /// Which rules have been followed to their end.
    pub tried: Vec<Rule>,
    /// Whose eyes one sees with.
    pub eyes: Eyes,
}

/// Whose eyes one sees with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eyes {
    /// Those of somebody who sees everything.
    #[default]
    Ours,
    /// Those of the one who cannot tell.
    Theirs,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor.
    Move(Move),
    /// Have Node B follow that rule.
    Follow(Rule),
    /// The same, for somebody who wants no motion.
    FollowAtOnce(Rule),
    /// See with other eyes.
    See(Eyes),
}

/// What is kept of it.
#[derive(Default, Serialize, Deserialize)]
struct Saved {
    #[serde(default)]
    rule: Rule,
    #[serde(default)]
    step: usize,
    #[serde(default)]
    tried: Vec<Rule>,
    #[serde(default)]
    eyes: Eyes,
}

impl Seeing {
    /// As it was left; at its start, if it was not, or nobody can read how.
    pub fn opened(state: &str) -> Self {
        let Saved { rule, step, tried, eyes } = values::from_text(state).unwrap_or_default();
        let tried = Rule::ALL.into_iter().filter(|rule| tried.contains(rule)).collect();
        let head = Playhead { step: 0, playing: false, speed: 100 };
        let mut seeing = Self { runs: runs(rule), head, tried, eyes };
        seeing.apply(Action::Move(Move::To(step)));
        seeing
    }

    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        let Self { runs, head, tried, eyes } = self;
        values::to_text(&Saved { rule: runs.rule, step: head.step, tried: tried.clone(), eyes: *eyes })
    }

    /// Whether one is at the end.
    pub fn is_over(&self) -> bool {
        self.head.step == self.runs.abreast.end()
    }

    /// Whether every rule has been tried.
    pub fn is_exhausted(&self) -> bool {
        Rule::ALL.iter().all(|rule| self.tried.contains(rule))
    }

    fn apply(&mut self, action: Action) {
        let end = self.runs.abreast.end();
        match action {
            Action::Move(what) => self.head = self.head.moved(what, end),
            Action::See(eyes) => self.eyes = eyes,
            Action::FollowAtOnce(rule) => {
                self.runs = runs(rule);
                self.head = Playhead { step: self.runs.abreast.end(), playing: false, ..self.head };
            }
            // What happens before Node B is asked is the same under every rule.
            Action::Follow(rule) => {
                self.runs = runs(rule);
                self.head = Playhead { step: self.runs.asked(), playing: true, ..self.head };
            }
        }
        if self.is_over() && !self.tried.contains(&self.runs.rule) {
            self.tried.push(self.runs.rule);
        }
    }
}

fn runs(rule: Rule) -> Rc<Indistinguishable> {
    Rc::new(Indistinguishable::new(rule).expect("its scenarios name only what they have; a test holds this"))
}

/// Two states are the same when they show the same runs.
impl PartialEq for Seeing {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.runs, &other.runs)
            && (self.head, &self.tried, self.eyes) == (other.head, &other.tried, other.eyes)
    }
}

impl Reducible for Seeing {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}
