//! Which cells of the table are filled, and by whom.
//!
//! Nothing that a person has tried is lost by a press too many: what the table fills can be taken out of it again, and a
//! table that was emptied can be brought back, until something else is tried. Each button changes, in its place, into the
//! one that takes its deed back.

use crate::course::contest::{Reader, Writer};

/// How many cells there are.
pub const CELLS: usize = Writer::ALL.len() * Reader::ALL.len();

/// The cells, row by row.
pub type Cells = [Filled; CELLS];

/// Who has filled a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filled {
    /// Nobody.
    #[default]
    NotYet,
    /// An attempt of the learner's.
    Tried,
    /// The table itself, which knows all of them.
    ByTable,
}

/// What can be done to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Fill what is not filled yet.
    Fill,
    /// Take out again what was not tried.
    KeepMine,
    /// Empty it.
    Empty,
    /// As it was before it was emptied.
    Undo,
}

impl Turn {
    /// What its button says.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fill => "Fill the table",
            Self::KeepMine => "Keep only mine",
            Self::Empty => "Empty",
            Self::Undo => "Undo",
        }
    }

    /// The same for who does not see where the button stands.
    pub const fn in_full(self) -> &'static str {
        match self {
            Self::Empty => "Empty the table",
            Self::Undo => "Undo: emptied the table",
            Self::Fill | Self::KeepMine => self.name(),
        }
    }
}

/// The table as it is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// The cells.
    pub cells: Cells,
    /// The cells as they were when it was emptied, while that can be undone.
    pub emptied: Option<Cells>,
}

impl Tried {
    /// How many cells are filled.
    pub fn count(&self) -> usize {
        CELLS - self.count_of(Filled::NotYet)
    }

    fn count_of(&self, by: Filled) -> usize {
        self.cells.iter().filter(|cell| **cell == by).count()
    }

    /// An attempt fills a cell. What was emptied before stays so.
    pub fn put(&mut self, place: usize) {
        self.cells[place] = Filled::Tried;
        self.emptied = None;
    }

    /// Filling it, or taking that back; neither where all of it was tried.
    pub fn filling(&self) -> Option<Turn> {
        match (self.count_of(Filled::ByTable), self.count_of(Filled::NotYet)) {
            (0, 0) => None,
            (0, _) => Some(Turn::Fill),
            _ => Some(Turn::KeepMine),
        }
    }

    /// Emptying it of what was tried, where nothing else is in it, or taking that back.
    pub fn emptying(&self) -> Option<Turn> {
        match (self.count_of(Filled::ByTable), self.count_of(Filled::Tried)) {
            (0, 0) => self.emptied.map(|_| Turn::Undo),
            (0, _) => Some(Turn::Empty),
            _ => None,
        }
    }

    /// Does it.
    pub fn turn(&mut self, turn: Turn) {
        let replace = |cells: &mut Cells, what: Filled, by: Filled| {
            cells.iter_mut().filter(|cell| **cell == what).for_each(|cell| *cell = by);
        };
        match turn {
            Turn::Fill => replace(&mut self.cells, Filled::NotYet, Filled::ByTable),
            Turn::KeepMine => replace(&mut self.cells, Filled::ByTable, Filled::NotYet),
            Turn::Empty => self.emptied = Some(std::mem::take(&mut self.cells)),
            Turn::Undo => self.cells = self.emptied.take().unwrap_or(self.cells),
        }
    }

    /// What is said once it is done.
    pub fn said(&self, turn: Turn) -> String {
        let count = self.count();
        match turn {
            Turn::Fill => super::report::FILLED.to_owned(),
            Turn::KeepMine if count == 0 => "The table is empty: you have tried nothing yet.".to_owned(),
            Turn::KeepMine => format!("Only what you tried is left: {count} of {CELLS}."),
            Turn::Empty => "The table is empty. Undo brings back what you tried.".to_owned(),
            Turn::Undo => format!("What you tried is back: {count} of {CELLS}."),
        }
    }
}
