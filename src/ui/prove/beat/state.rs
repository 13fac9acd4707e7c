//! What the page is: an idea, what is tried of it, what came of that, and what is on the stage.

use std::rc::Rc;

use super::figure::End;
use super::settings::Settings;
use super::tried::Tried;
use crate::course::Told;
use crate::course::contest::{Attempt, Cell, Design, Finding, Preset, Progress, Promises, presets, table};
use crate::ui::transport::Playhead;

/// Whether both nodes follow the same rules by decree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Both {
    /// They do: what is chosen for one is chosen for both.
    Same,
    /// Each has its own.
    Differ,
}

/// How the stage shows what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As a space-time diagram.
    Run,
    /// As a list of steps.
    Steps,
    /// The search that led to it.
    Search,
}

/// Which run is on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The idea in fair weather.
    Calm,
    /// The run that the search found.
    Found,
    /// The run behind a cell of the table.
    Cell(usize),
}

/// What is tried of the idea, and what came of it.
#[derive(Clone, Debug)]
pub enum Phase {
    /// Nothing yet.
    Composing,
    /// The search goes on.
    Searching(Met),
    /// Somebody stopped it.
    Stopped(Met),
    /// It is over.
    Ended(Met, Rc<Finding>),
}

/// What a search has met so far.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// Its counts.
    pub progress: Option<Progress>,
    /// How many different states at each depth.
    pub levels: Vec<u64>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Beat {
    /// The ideas that there are.
    pub ideas: Rc<Vec<Preset>>,
    /// The idea that was chosen last; its rules may have been changed since.
    pub idea: Option<usize>,
    /// Which ideas were broken by a search.
    pub broken: Vec<usize>,
    /// How the nodes behave.
    pub design: Design,
    /// Whether both follow the same rules by decree.
    pub both: Both,
    /// What is tried.
    pub settings: Settings,
    /// What came of it.
    pub phase: Phase,
    /// How many attempts there were; each search has its number.
    pub attempts: u32,
    /// The table's strategies.
    pub table: Rc<Vec<Cell>>,
    /// What was tried before a trial changed it; the next idea is tried so again.
    pub usual: Option<Settings>,
    /// Which cells of it are filled.
    pub tried: Tried,
    /// Whether one left the page while it was searched, which has stopped the search.
    pub was_left: bool,
    /// Which run is on the stage.
    pub shown: Shown,
    /// That run.
    pub staged: Option<Rc<Told>>,
    /// Where one is in it.
    pub head: Playhead,
    /// How it is shown.
    pub view: View,
    /// While a search is made again because the page was left with what it found: the step to return to; any past the end
    /// is the end.
    pub returning: Option<usize>,
    /// What the live region says.
    pub said: String,
}

/// The idea that the page begins with: the first of those that promise more than the basic ones.
pub const FIRST: usize = 5;

impl Beat {
    /// The page as it is the first time.
    pub fn new() -> Self {
        let ideas = Rc::new(presets());
        let mut beat = Self {
            idea: None,
            broken: Vec::new(),
            design: Design::Majority,
            both: Both::Same,
            settings: Settings::default(),
            phase: Phase::Composing,
            attempts: 0,
            table: Rc::new(table()),
            usual: None,
            tried: Tried::default(),
            was_left: false,
            shown: Shown::Calm,
            staged: None,
            head: Playhead { step: 0, playing: false, speed: 100 },
            view: View::Run,
            returning: None,
            said: String::new(),
            ideas,
        };
        beat.take_up(FIRST);
        beat
    }

    /// The attempt that is made of it.
    pub fn attempt(&self) -> Attempt {
        let Settings { network, timing, operations, limit } = self.settings;
        Attempt { design: self.design, network, timing, operations, promises: Promises::Both, limit }
    }

    /// The attempt that a search is to go on with, and its number.
    pub fn sought(&self) -> Option<(u32, Attempt)> {
        self.is_searching().then(|| (self.attempts, self.attempt()))
    }

    /// Whether the run on the stage is none of those that the report is about.
    pub fn tells_of_another_run(&self) -> bool {
        self.shown == Shown::Calm && !matches!(self.phase, Phase::Composing)
    }

    /// Whether a search goes on.
    pub fn is_searching(&self) -> bool {
        matches!(self.phase, Phase::Searching(_))
    }

    fn met(&self) -> Option<&Met> {
        match &self.phase {
            Phase::Composing => None,
            Phase::Searching(met) | Phase::Stopped(met) | Phase::Ended(met, _) => Some(met),
        }
    }

    /// How many different states the search met at each depth.
    pub fn levels(&self) -> &[u64] {
        self.met().map_or(&[], |met| &met.levels)
    }

    /// The counts of the search.
    pub fn progress(&self) -> Option<Progress> {
        self.met()?.progress
    }

    /// What became of the search.
    pub fn search_end(&self) -> End {
        match &self.phase {
            Phase::Composing | Phase::Searching(_) => End::Open,
            Phase::Stopped(_) => End::Stopped,
            Phase::Ended(_, finding) => match **finding {
                Finding::Broken(_) => End::Broken,
                Finding::Unbroken { .. } => End::Exhausted,
                Finding::Unknown { .. } => End::Stopped,
            },
        }
    }

    /// How the stage shows it: while a search goes on, the search, once there is something to see of it.
    pub fn view(&self) -> View {
        match (&self.phase, self.levels().is_empty()) {
            (Phase::Searching(_), false) => View::Search,
            (_, true) if self.view == View::Search => View::Run,
            _ => self.view,
        }
    }

    /// The last step of the run on the stage.
    pub fn end(&self) -> usize {
        self.staged.as_ref().map_or(0, |staged| staged.end())
    }

    /// The idea that is tried, unless its rules were changed.
    pub fn plain_idea(&self) -> Option<usize> {
        self.idea.filter(|&idea| self.ideas.get(idea).is_some_and(|idea| design_of(idea) == Some(self.design)))
    }

    /// The idea that is tried, if it is tried in one of the settings that it is meant to be put to the test in.
    pub fn put_to_the_test(&self) -> Option<&Preset> {
        let idea = self.ideas.get(self.plain_idea()?)?;
        let limit = self.settings.limit;
        let mut settings = idea.variants.iter().map(|variant| Settings { limit, ..Settings::of(&variant.attempt) });
        settings.any(|settings| settings == self.settings).then_some(idea)
    }

    /// Once a search has broken what was tried: the next idea that was not broken yet, and what it is called.
    pub fn next_idea(&self) -> Option<(usize, &'static str)> {
        if self.search_end() != End::Broken {
            return None;
        }
        let from = self.idea.map_or(0, |idea| idea + 1);
        let all = self.ideas.len();
        let mut ahead = (from..from + all).map(|at| at % all.max(1));
        let at = ahead.find(|at| !self.broken.contains(at) && Some(*at) != self.idea)?;
        Some((at, self.ideas.get(at)?.name))
    }
}

/// How the nodes behave in an idea; all its variants agree on that.
pub fn design_of(idea: &Preset) -> Option<Design> {
    idea.variants.first().map(|variant| variant.attempt.design)
}
