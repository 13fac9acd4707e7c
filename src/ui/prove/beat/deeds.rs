//! What can be done on the page, and what then is.

use std::rc::Rc;

use yew::Reducible;

use super::settings::Settings;
use super::state::{Beat, Both, Met, Phase, Shown, View, design_of};
use super::table::place_of;
use super::tried::{Filled, Turn};
use crate::course::Told;
use crate::course::calm::calm;
use crate::course::contest::{Design, Finding, Network, Progress, Rules, Timing, place};
use crate::course::narration::Knows;
use crate::ui::transport::{Move, Playhead};
use crate::ui::words::plain;

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
    /// Do something to the table.
    Table(Turn),
}

impl Beat {
    /// Takes up an idea. What a trial had changed of the settings ends with it.
    pub fn take_up(&mut self, idea: usize) {
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
        self.was_left = false;
        self.show(Shown::Calm);
    }

    /// A rule or a setting is another now: what was said of the run before is no longer true.
    fn change(&mut self) {
        self.begin_anew();
        self.said = super::report::calm_said(self, "Changed");
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
        let knows = match (shown, self.settings.timing) {
            (Shown::Found, Timing::Timely) => Knows::Bounds,
            _ => Knows::Nothing,
        };
        self.staged = Told::of(run, knows).ok().map(Rc::new);
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
                let name = self.ideas.get(idea).map_or("", |idea| idea.name);
                self.said = super::report::calm_said(self, name);
            }
            Action::Rules(which, rules) => {
                if let Design::Rules(both) = &mut self.design {
                    match which {
                        Some(node) => both[node.min(1)] = rules,
                        None => *both = [rules; 2],
                    }
                    self.change();
                }
            }
            Action::Both(both) => {
                self.both = both;
                if let (Both::Same, Design::Rules([a, b])) = (both, self.design)
                    && a != b
                {
                    self.design = Design::Rules([a, a]);
                    self.change();
                }
            }
            Action::Settings(settings) => {
                (self.settings, self.usual) = (settings, None);
                self.change();
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
                    self.said = format!("Step {}. {}", self.head.step, plain(&staged.words(self.head.step)));
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
            Action::Table(turn) => {
                self.tried.turn(turn);
                if matches!(self.shown, Shown::Cell(place) if self.tried.cells[place] == Filled::NotYet) {
                    self.apply(Action::Back);
                }
                self.said = self.tried.said(turn);
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
                // What is only found again is in the table, unless somebody has emptied it since.
                if self.returning.is_none() {
                    self.tried.put(place_of(writer, reader));
                }
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

impl Reducible for Beat {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}
