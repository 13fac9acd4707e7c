//! The state of the page: three runs, a cursor, and whose eyes one sees with.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::Reducible;

use crate::course::outcomes::Outcomes;
use crate::ui::prove::view::Eyes;
use crate::ui::transport::{Move, Playhead};
use crate::ui::values;

/// The page.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The runs.
    pub runs: Rc<Outcomes>,
    /// Where one is.
    pub head: Playhead,
    /// Whose eyes one sees with.
    pub eyes: Eyes,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor.
    Move(Move),
    /// See with other eyes.
    See(Eyes),
}

/// What is kept of it.
#[derive(Default, Serialize, Deserialize)]
struct Saved {
    #[serde(default)]
    step: usize,
    #[serde(default)]
    eyes: Eyes,
}

impl Waiting {
    /// As it was left; at its start, if it was not, or nobody can read how.
    pub fn opened(state: &str) -> Self {
        let Saved { step, eyes } = values::from_text(state).unwrap_or_default();
        let runs = Outcomes::new().expect("its scenarios name only what they have; a test holds this");
        let head = Playhead { step: 0, playing: false, speed: 100 }.moved(Move::To(step), runs.abreast.end());
        Self { runs: Rc::new(runs), head, eyes }
    }

    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        values::to_text(&Saved { step: self.head.step, eyes: self.eyes })
    }
}

/// The runs are always the same.
impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        (self.head, self.eyes) == (other.head, other.eyes)
    }
}

impl Reducible for Waiting {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let Self { runs, head, eyes } = &*self;
        Rc::new(match action {
            Action::Move(what) => Self { runs: runs.clone(), head: head.moved(what, runs.abreast.end()), eyes: *eyes },
            Action::See(eyes) => Self { runs: runs.clone(), head: *head, eyes },
        })
    }
}
