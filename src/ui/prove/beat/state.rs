//! The state of the page: an idea, what is tried of it, what came of that, and what is on the stage.

use std::rc::Rc;

use yew::Reducible;

use super::figure::End;
use super::settings::Settings;
use super::staged::Staged;
use super::table::{CELLS, Filled, place_of};
use crate::course::calm::calm;
use crate::course::contest::{
    Attempt, Cell, Design, Finding, Network, Preset, Progress, Promises, Rules, Timing, place, presets, table,
};
use crate::ui::transport::{Move, Playhead};

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
    /// Which cells are filled.
    pub cells: [Filled; CELLS],
    /// Which run is on the stage.
    pub shown: Shown,
    /// That run.
    pub staged: Option<Rc<Staged>>,
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

/// What can be done.
#[derive(Clone, Debug)]
pub enum Action {
    /// Take up an idea.
    Idea(usize),
    /// Give other rules to a node, or to both.
    Rules(Option<usize>, Rules),
    /// The same rules for both nodes, or rules of their own.
    Both(Both),
    /// Try it otherwise.
    Settings(Settings),
    /// Try to beat it.
    Try,
    /// Try it otherwise, at once.
    TryWith(Settings),
    /// Stop the search.
    Stop,
    /// The search has come so far.
    Progress(Progress, Vec<u64>),
    /// The search is over.
    Found(Progress, Vec<u64>, Rc<Finding>),
    /// Move the cursor.
    Move(Move),
    /// Show it otherwise.
    View(View),
    /// Open a cell of the table.
    Cell(usize),
    /// Back from a cell to what was tried.
    Back,
    /// Fill the table.
    Fill,
    /// Empty the table.
    Clear,
}

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
            cells: [Filled::NotYet; CELLS],
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

    /// The idea after the one that was taken up, and what it is called; the first that was not broken yet.
    pub fn next_idea(&self) -> Option<(usize, &'static str)> {
        let from = self.idea.map_or(0, |idea| idea + 1);
        let all = self.ideas.len();
        let mut ahead = (from..from + all).map(|at| at % all.max(1));
        let at = ahead.find(|at| !self.broken.contains(at) && Some(*at) != self.idea)?;
        Some((at, self.ideas.get(at)?.name))
    }

    fn take_up(&mut self, idea: usize) {
        let Some(preset) = self.ideas.get(idea) else { return };
        let Some(design) = design_of(preset) else { return };
        self.idea = Some(idea);
        self.design = design;
        self.settings = self.usual.take().unwrap_or(self.settings);
        if let Design::Rules([a, b]) = design {
            self.both = if a == b { Both::Same } else { Both::Differ };
        }
        self.begin_anew();
    }

    /// Something else is to be tried: the stage shows it in fair weather.
    fn begin_anew(&mut self) {
        self.phase = Phase::Composing;
        self.returning = None;
        self.show(Shown::Calm);
    }

    /// Puts a run on the stage, at its end: the whole picture first, step by step then.
    fn show(&mut self, shown: Shown) {
        let run = match (shown, &self.phase) {
            (Shown::Found, Phase::Ended(_, finding)) => match &**finding {
                Finding::Broken(broken) => broken.run.clone(),
                _ => return,
            },
            (Shown::Found, _) => return,
            (Shown::Calm, _) => calm(self.design),
            (Shown::Cell(place), _) => match self.table.get(place) {
                Some(cell) => cell.run.clone(),
                None => return,
            },
        };
        self.shown = shown;
        let timing = if shown == Shown::Found { self.settings.timing } else { Timing::Untimed };
        self.staged = Staged::of(run, timing).map(Rc::new);
        self.head = Playhead { step: self.end(), playing: false, speed: self.head.speed };
        if self.view == View::Search {
            self.view = View::Run;
        }
    }

    /// Does it.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Idea(idea) if self.plain_idea() == Some(idea) && self.shown == Shown::Calm => self.start(),
            Action::Idea(idea) => {
                self.take_up(idea);
                self.said.clear();
            }
            Action::Rules(which, rules) => {
                if let Design::Rules(both) = &mut self.design {
                    match which {
                        Some(node) => both[node.min(1)] = rules,
                        None => *both = [rules; 2],
                    }
                    self.begin_anew();
                }
            }
            Action::Both(both) => {
                self.both = both;
                if let (Both::Same, Design::Rules([a, b])) = (both, self.design)
                    && a != b
                {
                    self.design = Design::Rules([a, a]);
                    self.begin_anew();
                }
            }
            Action::Settings(settings) => {
                (self.settings, self.usual) = (settings, None);
                self.begin_anew();
            }
            Action::TryWith(settings) => {
                self.usual.get_or_insert(self.settings);
                self.settings = settings;
                self.begin_anew();
                self.start();
            }
            Action::Try => self.start(),
            Action::Stop => self.stop(),
            Action::Progress(progress, levels) => {
                if self.is_searching() {
                    self.tell_of_millions(progress.unique);
                    self.phase = Phase::Searching(Met { progress: Some(progress), levels });
                }
            }
            Action::Found(progress, levels, finding) => self.found(Met { progress: Some(progress), levels }, finding),
            Action::Move(_) if self.is_searching() => {}
            Action::Move(what) => {
                let step = self.head.step;
                self.head = self.head.moved(what, self.end());
                if let Some(staged) = self.staged.as_ref().filter(|_| step != self.head.step) {
                    self.said = format!("Step {}. {}", self.head.step, staged.spoken(self.head.step));
                }
            }
            Action::View(view) => self.view = view,
            Action::Cell(place) => {
                self.show(Shown::Cell(place));
                if let Some(cell) = self.table.get(place) {
                    self.said = super::report::cell(cell);
                }
            }
            Action::Back => {
                let found = matches!(&self.phase, Phase::Ended(_, finding) if matches!(**finding, Finding::Broken(_)));
                self.show(if found { Shown::Found } else { Shown::Calm });
                self.said = super::report::report(self).said();
            }
            Action::Fill => {
                for cell in self.cells.iter_mut().filter(|cell| **cell == Filled::NotYet) {
                    *cell = Filled::ByTable;
                }
                self.said = String::from(super::report::FILLED);
            }
            Action::Clear => {
                self.cells = [Filled::NotYet; CELLS];
                if let Shown::Cell(_) = self.shown {
                    self.apply(Action::Back);
                }
                self.said = String::from("The table is empty.");
            }
        }
    }

    /// A long search says each million that it has met.
    fn tell_of_millions(&mut self, unique: u64) {
        const MILLION: u64 = 1_000_000;
        let before = self.progress().map_or(0, |progress| progress.unique);
        if before / MILLION < unique / MILLION {
            self.said = format!("{} million states so far.", unique / MILLION);
        }
    }

    /// Back from a cell: what becomes of the attempt is to be seen.
    fn leave_cell(&mut self) {
        if let Shown::Cell(_) = self.shown {
            self.show(Shown::Calm);
        }
    }

    fn start(&mut self) {
        if self.is_searching() {
            return;
        }
        self.leave_cell();
        self.attempts += 1;
        self.phase = Phase::Searching(Met::default());
        self.head.playing = false;
        self.said = String::from("Searching, shortest runs first.");
    }

    fn stop(&mut self) {
        if let Phase::Searching(met) = &self.phase {
            self.phase = Phase::Stopped(met.clone());
            self.returning = None;
            self.leave_cell();
            self.view = View::Search;
            self.said = super::report::report(self).said();
        }
    }

    fn found(&mut self, met: Met, finding: Rc<Finding>) {
        if !self.is_searching() {
            return;
        }
        let broken = matches!(*finding, Finding::Broken(_));
        self.phase = Phase::Ended(met, finding);
        if broken {
            self.show(Shown::Found);
            let plain = self.plain_idea();
            if let Some(idea) = plain.filter(|idea| !self.broken.contains(idea)) {
                self.broken.push(idea);
            }
            if let (Design::Rules(rules), Network::Cut | Network::Lossy(_)) = (self.design, self.settings.network) {
                let (writer, reader) = place(rules);
                self.cells[place_of(writer, reader)] = Filled::Tried;
            }
        } else {
            self.leave_cell();
            self.view = View::Search;
        }
        self.said = super::report::report(self).said();
        if let Some(step) = self.returning.take() {
            self.head.step = step.min(self.end());
        }
    }
}

/// How the nodes behave in an idea; all its variants agree on that.
fn design_of(idea: &Preset) -> Option<Design> {
    idea.variants.first().map(|variant| variant.attempt.design)
}

impl Reducible for Beat {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}
