//! The dials of the pages, and what is kept of them.

use serde::{Deserialize, Serialize};

use super::asking::{self, Lost, Size, TimeUp};
use super::rumour::Put;
use super::{Topic, healing, late, rumour};
use crate::course::Told;
use crate::course::narration::Knows;
use crate::sim::{Run, Scenario};

/// How the dials of all pages stand. What is not said is as it was at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dials {
    /// When the copy arrives, in milliseconds; [`late::NEVER`] if it does not.
    pub arrives: u32,
    /// What is lost.
    pub lost: Lost,
    /// What Node B does when its time is up.
    pub time_up: TimeUp,
    /// How long each message takes where none is lost, in milliseconds.
    pub delay: u32,
    /// How long Node A waits before it tries again, in milliseconds.
    pub retry: u32,
    /// How long after the healing the read begins, in milliseconds.
    pub wait: u32,
    /// How much is explored where nothing is lost.
    pub size: Size,
    /// How the operations are put in order.
    pub put: Put,
}

impl Default for Dials {
    fn default() -> Self {
        let (lost, time_up) = (Lost::default(), TimeUp::default());
        Self {
            arrives: 150,
            lost,
            time_up,
            delay: 30,
            retry: 200,
            wait: 120,
            size: Size::default(),
            put: Put::default(),
        }
    }
}

/// Where one is on these pages: what links and reloads bring back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reached {
    /// The page, by its name.
    pub page: String,
    /// The step of its run; the last, if it is not said.
    pub step: Option<usize>,
    /// How the dials stand, if not as at first.
    pub dials: Option<Dials>,
}

impl Dials {
    /// The same within what the dials can say, whatever a link said.
    #[must_use]
    pub fn within(self) -> Self {
        let on = |value: u32, (least, most): (u32, u32), step: u32| {
            let value = value.clamp(least, most);
            least + (value - least) / step * step
        };
        Self {
            arrives: on(self.arrives, (late::ARRIVALS.0, late::NEVER), late::STEP),
            delay: on(self.delay, asking::DELAYS, asking::STEP),
            retry: if healing::RETRIES.contains(&self.retry) { self.retry } else { Self::default().retry },
            wait: on(self.wait, (0, healing::LONGEST), healing::STEP),
            ..self
        }
    }

    /// The scenario of a page as its dials stand.
    pub fn scenario(self, topic: Topic) -> Scenario {
        match topic {
            Topic::Late => late::scenario(self.arrives),
            Topic::Clocks => asking::with_loss(self.lost, self.time_up),
            Topic::Bounds => asking::without_loss(self.delay),
            Topic::Healing => healing::shown(self.retry, 0, self.wait),
            Topic::Rumour => rumour::scenario(),
        }
    }

    /// Its run.
    #[expect(clippy::missing_panics_doc, reason = "it cannot panic, as it says where it could")]
    pub fn told(self, topic: Topic) -> Told {
        let knows = match topic {
            Topic::Clocks | Topic::Bounds => Knows::Bounds,
            Topic::Late | Topic::Healing | Topic::Rumour => Knows::Nothing,
        };
        let run = Run::of(self.within().scenario(topic));
        Told::of(run, knows).expect("the scenarios name only what they have; a test holds this")
    }
}
