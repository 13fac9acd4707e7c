//! An attempt under exploration: a job that runs in slices, says how far it has come, and can be dropped at any time.

use super::replay::{Ending, Ledger};
use super::{Attempt, Network, Player, Progress};
use crate::check::explore::game::{Breach, Game};
use crate::check::explore::{Order, Search};
use crate::sim::{Run, Value};

/// What an exploration has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A run breaks a promise.
    Broken(Box<Broken>),
    /// No run within the bounds breaks one.
    Unbroken {
        /// Different states met.
        unique: u64,
        /// The most choices that lead to one.
        depth: u32,
    },
    /// No run was found that breaks a promise, but not all were looked at.
    Unknown {
        /// Different states met.
        unique: u64,
        /// The limit that came first.
        limit: u64,
    },
}

/// A run that breaks a promise: no run of fewer choices does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// How. [`Breach::promise`] says which promise.
    pub breach: Breach,
    /// What happens, choice by choice, in words.
    pub steps: Vec<String>,
    /// The same as a run; replay it with [`Player`].
    pub run: Run,
    /// Different states met until it was found.
    pub unique: u64,
}

/// An attempt under exploration.
pub struct Job {
    attempt: Attempt,
    search: Search<Game<Player>>,
}

impl Job {
    /// An attempt of which nothing is known but the start; `None` if it has more clients or nodes than can be explored.
    pub fn new(attempt: &Attempt) -> Option<Self> {
        let game = Game::new(
            (attempt.nodes(), &attempt.protocol()),
            Value(0),
            attempt.scripts(),
            attempt.conditions(),
            attempt.promises,
        );
        Some(Self { attempt: *attempt, search: Search::new(game.ok()?, Order::Breadth) })
    }

    /// Goes on from at most that many states; whether there is more to do.
    pub fn run(&mut self, states: usize) -> bool {
        let more = self.search.run(states);
        more && self.progress().unique < self.attempt.limit
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.search.progress()
    }

    /// How many different states it has met at each depth.
    pub fn levels(&self) -> &[u64] {
        self.search.levels()
    }

    /// What was found, once there is no more to do.
    pub fn finding(&mut self) -> Option<Finding> {
        let Progress { unique, depth, waiting, .. } = self.progress();
        if let Some(broken) = self.broken(unique) {
            return Some(Finding::Broken(Box::new(broken)));
        }
        let limit = self.attempt.limit;
        if waiting == 0 {
            Some(Finding::Unbroken { unique, depth })
        } else {
            (unique >= limit).then_some(Finding::Unknown { unique, limit })
        }
    }

    fn broken(&mut self, unique: u64) -> Option<Broken> {
        let path = self.search.counter_example()?;
        let mut before = self.search.start().clone();
        let mut moves = Vec::with_capacity(path.len());
        let mut steps = Vec::with_capacity(path.len());
        for step in path {
            moves.push(self.search.model().meaning(&before, step.choice));
            steps.push(step.words);
            before = step.after;
        }
        let breach = self.search.model_mut().breach(&before)?;
        let ending = match (breach, self.attempt.network) {
            (Breach::Silence, _) => Ending::Waits,
            (_, Network::Reliable) => Ending::Delivers,
            _ => Ending::Stops,
        };
        let seats: Vec<_> = self.attempt.scripts().iter().filter_map(|script| Some(script.first()?.0)).collect();
        let nodes = (self.attempt.nodes(), self.attempt.protocol());
        let mut ledger = Ledger::new("beat-the-theorem", nodes, &seats, self.attempt.cut());
        for what in moves {
            ledger.take(what);
        }
        Some(Broken { breach, steps, run: ledger.finish(ending), unique })
    }
}
