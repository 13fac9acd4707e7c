//! How the page is kept: short enough for a link. Rules and settings are a digit each, cells a letter each.

use serde::{Deserialize, Serialize};

use super::composer::{pick, place};
use super::deeds::Action;
use super::settings::Settings;
use super::state::{Beat, Both, Phase, Shown, View};
use super::tried::{CELLS, Cells, Filled};
use crate::course::contest::{Design, OnNews, OnRead, OnTimeout, OnWrite, Rules};
use crate::ui::transport::Move;
use crate::ui::values;

/// What is kept. What is missing is as it is the first time.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    /// Eight digits, or empty for the majority.
    rules: Option<String>,
    /// The name of the idea.
    idea: String,
    /// A digit for each.
    settings: String,
    /// The same as they were before a trial changed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    usual: Option<String>,
    /// `-` not yet, `y` tried, `t` by the table.
    cells: String,
    /// The same as it was before the table was emptied, while that can be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    emptied: Option<String>,
    /// Which ideas are broken: their places.
    broken: Vec<usize>,
    /// Whether a search has found what is on show, and is to find it again.
    tried: bool,
    /// Whether one left while it was searched.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    searching: bool,
    /// The cell whose run is on show.
    cell: Option<usize>,
    /// The step.
    step: Option<usize>,
}

/// The most states that are searched again by themselves when the page is opened.
const AGAIN: u64 = 200_000;

impl Beat {
    /// What is kept of it, as JSON.
    pub fn saved(&self) -> String {
        let rules = match self.design {
            Design::Rules(rules) => Some(rules.map(digits).concat()),
            Design::Majority => Some(String::new()),
        };
        let small = self.progress().is_some_and(|progress| progress.unique <= AGAIN);
        let cell = match self.shown {
            Shown::Cell(place) => Some(place),
            Shown::Calm | Shown::Found => None,
        };
        values::to_text(&Saved {
            rules,
            idea: self.idea.and_then(|idea| self.ideas.get(idea)).map(|idea| idea.name.to_owned()).unwrap_or_default(),
            settings: self.settings.digits(),
            usual: self.usual.as_ref().map(Settings::digits),
            cells: letters(&self.tried.cells),
            emptied: self.tried.emptied.as_ref().map(letters),
            broken: self.broken.clone(),
            tried: self.returning.is_some() || (small && matches!(self.phase, Phase::Ended(..))),
            searching: self.is_searching() && self.returning.is_none(),
            cell,
            step: match self.returning {
                Some(step) => (step != usize::MAX).then_some(step),
                None => (self.head.step < self.end()).then_some(self.head.step),
            },
        })
    }

    /// As it was left; as it is the first time, if it was not, or nobody can read how.
    pub fn opened(text: &str) -> Self {
        let mut beat = Self::new();
        let Some(saved) = values::from_text::<Saved>(text) else { return beat };
        if let Some(idea) = beat.ideas.iter().position(|idea| idea.name == saved.idea) {
            beat.apply(Action::Idea(idea));
        }
        beat.set_rules(saved.rules.as_deref());
        beat.apply(Action::Settings(Settings::of_digits(&saved.settings)));
        beat.usual = saved.usual.as_deref().map(Settings::of_digits);
        beat.tried.cells = of_letters(&saved.cells);
        beat.tried.emptied = saved.emptied.as_deref().map(of_letters);
        let ideas = beat.ideas.len();
        beat.broken = saved.broken.into_iter().filter(|idea| *idea < ideas).collect();
        if let Some(cell) = saved.cell.filter(|cell| *cell < CELLS) {
            beat.apply(Action::Cell(cell));
        }
        if saved.tried && saved.cell.is_none() {
            beat.apply(Action::Try);
            beat.returning = Some(saved.step.unwrap_or(usize::MAX));
        } else if let Some(step) = saved.step {
            beat.apply(Action::Move(Move::To(step)));
        }
        beat.was_left = saved.searching;
        beat.view = View::Run;
        beat.said.clear();
        beat
    }

    fn set_rules(&mut self, rules: Option<&str>) {
        let digits = rules.unwrap_or_default().chars();
        let digits: Vec<usize> =
            digits.map(|digit| digit.to_digit(10).map_or(usize::MAX, |digit| digit as usize)).collect();
        if let (Some((a, b)), Design::Rules(before)) = (digits.split_at_checked(4), self.design) {
            let (a, b) = (of_digits(a, before[0]), of_digits(b, before[1]));
            if [a, b] != before {
                self.apply(Action::Both(if a == b { Both::Same } else { Both::Differ }));
                self.apply(Action::Rules(Some(0), a));
                self.apply(Action::Rules(Some(1), b));
            }
        }
    }
}

fn digits(rules: Rules) -> String {
    let places = [
        place(OnWrite::ALL, rules.write),
        place(OnRead::ALL, rules.read),
        place(OnTimeout::ALL, rules.timeout),
        place(OnNews::ALL, rules.news),
    ];
    places.map(|place| place.to_string()).concat()
}

/// Rules by their digits; where there is none, as they were.
fn of_digits(digits: &[usize], before: Rules) -> Rules {
    let at = |place: usize| digits.get(place).copied().unwrap_or(usize::MAX);
    Rules {
        write: pick(OnWrite::ALL, at(0), before.write),
        read: pick(OnRead::ALL, at(1), before.read),
        timeout: pick(OnTimeout::ALL, at(2), before.timeout),
        news: pick(OnNews::ALL, at(3), before.news),
    }
}

fn letters(cells: &Cells) -> String {
    cells.iter().map(|cell| letter(*cell)).collect()
}

fn of_letters(letters: &str) -> Cells {
    let mut cells = Cells::default();
    for (cell, letter) in cells.iter_mut().zip(letters.chars()) {
        *cell = filled(letter);
    }
    cells
}

fn letter(cell: Filled) -> char {
    match cell {
        Filled::NotYet => '-',
        Filled::Tried => 'y',
        Filled::ByTable => 't',
    }
}

fn filled(letter: char) -> Filled {
    match letter {
        'y' => Filled::Tried,
        't' => Filled::ByTable,
        _ => Filled::NotYet,
    }
}
