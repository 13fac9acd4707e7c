//! The state of these pages: which is open, how the dials stand, the run they make, and where one is in it.

use std::rc::Rc;

use yew::Reducible;

use crate::course::Told;
use crate::course::beyond::{Dials, Reached, Topic};
use crate::ui::transport::{Move, Playhead};
use crate::ui::values;

/// The pages.
#[derive(Clone, Debug)]
pub struct Going {
    /// The page that is open.
    pub topic: Topic,
    /// How the dials stand.
    pub dials: Dials,
    /// The run they make.
    pub told: Rc<Told>,
    /// Where one is in it.
    pub head: Playhead,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Open a page.
    Open(Topic),
    /// Turn a dial.
    Turn(Dials),
    /// Move in the run.
    Move(Move),
}

impl Going {
    /// As it was left; at the first page, if it was not, or nobody can read how. A page opens at the end of its run: the
    /// whole figure is there, and a dial moves all of it.
    pub fn opened(state: &str) -> Self {
        let Reached { page, step, dials } = values::from_text(state).unwrap_or_default();
        let (topic, dials) = (Topic::named(&page), dials.unwrap_or_default().within());
        let told = Rc::new(dials.told(topic));
        let step = step.unwrap_or(usize::MAX).min(told.end());
        Self { topic, dials, told, head: Playhead { step, playing: false, speed: 100 } }
    }

    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        let step = (self.head.step < self.told.end()).then_some(self.head.step);
        let dials = (self.dials != Dials::default()).then_some(self.dials);
        values::to_text(&Reached { page: self.topic.name().to_owned(), step, dials })
    }

    fn apply(&mut self, deed: Deed) {
        match deed {
            Deed::Open(topic) => {
                self.topic = topic;
                self.told = Rc::new(self.dials.told(topic));
                self.head = Playhead { step: self.told.end(), playing: false, ..self.head };
            }
            Deed::Turn(dials) => {
                let at_end = self.head.step == self.told.end();
                self.dials = dials.within();
                self.told = Rc::new(self.dials.told(self.topic));
                let end = self.told.end();
                self.head.step = if at_end { end } else { self.head.step.min(end) };
                self.head.playing &= self.head.step < end;
            }
            Deed::Move(what) => self.head = self.head.moved(what, self.told.end()),
        }
    }
}

/// Two states are the same when they show the same run, not merely one that looks the same: cheap, and never wrong.
impl PartialEq for Going {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.told, &other.told)
            && (self.topic, self.dials, self.head) == (other.topic, other.dials, other.head)
    }
}

impl Reducible for Going {
    type Action = Deed;

    fn reduce(mut self: Rc<Self>, deed: Deed) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(deed);
        self
    }
}
