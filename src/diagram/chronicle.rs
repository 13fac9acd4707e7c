//! A history as a time line: a lane for each client, a bar for each operation, from its invocation to its response.
//!
//! ```text
//! lane 0   ├ write 1 ┤      ├ read 1 ┤           process 0
//! lane 1        ├ write 2 ┄▸     ├ read 2 ┤      process 1, which could not tell and went on as process 6
//! position 0    1    2    3  4   5   6   7
//! ```
//!
//! The axis is the order of the events, because that is all that linearizability knows of time. Jepsen gives a process a
//! new number after each operation whose outcome it cannot tell; so a lane is taken over by a process that is new once
//! the one before has ended in that way and is not heard of again. Jepsen counts from 0: in a log without a process 0 every
//! process is a client of its own. Bars too narrow to be told apart are counted in cells, on levels of
//! growing width, so that what there is to draw depends on the screen and not on the history.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::check::Log;
use crate::check::log::{Ending, Entry};
use crate::check::order::arrays::Numbers;

/// How an operation ended, as far as a picture shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It took effect.
    Ok,
    /// It did not.
    Failed,
    /// Nobody can tell.
    Unknown,
}

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The position of its invocation.
    pub from: u32,
    /// The position of its end; of one that never ended, the end of the log.
    pub to: u32,
    /// Its lane.
    pub lane: u32,
    /// How it ended.
    pub end: End,
}

/// What begins in a part of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many operations begin there.
    pub begun: u32,
    /// How many of them have an outcome that nobody can tell.
    pub unknown: u32,
}

/// The cells of one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Level {
    /// How many positions a cell is wide.
    width: u32,
    /// How many cells a lane has.
    columns: usize,
    /// Lane by lane.
    cells: Vec<Cell>,
}

/// A history as a time line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chronicle {
    /// The operations, in the order of their invocations, as in the log.
    pub bars: Vec<Bar>,
    /// For each lane its operations, from left to right. No two of a lane overlap.
    lanes: Vec<Vec<u32>>,
    /// For each lane, the first process that has it.
    names: Vec<i64>,
    /// The operations whose outcome nobody can tell.
    unknown: Vec<u32>,
    levels: Vec<Level>,
    /// How many positions there are.
    length: u32,
}

/// The narrowest cells, in positions.
const NARROWEST: u32 = 16;

/// How much wider the cells of the next level are.
const FACTOR: u32 = 4;

/// From how many lanes on every process that is new takes over a lane that is free.
const MANY: usize = 64;

/// How many cells the narrowest level may have. With very many lanes its cells are wider.
const MOST_CELLS: usize = 1 << 19;

impl Chronicle {
    /// Lays out a log.
    pub fn of(log: &Log) -> Self {
        let mut making = Making::default();
        loop {
            if let Some(made) = making.advance(log, &mut { usize::MAX }) {
                return made;
            }
        }
    }

    /// How many positions there are.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// How many lanes there are.
    pub fn lanes(&self) -> usize {
        self.lanes.len()
    }

    /// The first process that has a lane.
    pub fn name(&self, lane: usize) -> i64 {
        self.names.get(lane).copied().unwrap_or_default()
    }

    /// The operations of a lane that can be seen between two positions, from left to right: two searches, no walk.
    pub fn between(&self, lane: usize, from: f64, to: f64) -> &[u32] {
        let Some(all) = self.lanes.get(lane) else { return &[] };
        let first = all.partition_point(|&at| f64::from(self.bars[at as usize].to) < from);
        let last = all.partition_point(|&at| f64::from(self.bars[at as usize].from) <= to);
        &all[first..last.max(first)]
    }

    /// The operation of a lane before that one, and the one after it.
    pub fn beside(&self, index: usize) -> [Option<usize>; 2] {
        let Some(bar) = self.bars.get(index) else { return [None; 2] };
        let all = &self.lanes[bar.lane as usize];
        let at = all.partition_point(|&other| self.bars[other as usize].from < bar.from);
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        [before, all.get(at + 1)].map(|other| other.map(|&other| other as usize))
    }

    /// The operations of other lanes that were open at the same time, in the order of the lanes. (Those whose outcome
    /// nobody can tell stay open for ever; of these, only the ones that were waited for are here.)
    pub fn concurrent(&self, index: usize) -> Vec<usize> {
        let Some(bar) = self.bars.get(index) else { return Vec::new() };
        let others = (0..self.lanes.len()).filter(|&lane| lane != bar.lane as usize);
        others
            .flat_map(|lane| self.between(lane, bar.from.into(), bar.to.into()))
            .map(|&other| other as usize)
            .collect()
    }

    /// The operation that ended last before that one began, and the one that began first after it had ended.
    pub fn neighbours(&self, index: usize) -> [Option<usize>; 2] {
        let Some(bar) = self.bars.get(index) else { return [None; 2] };
        let (mut before, mut after) = (None::<usize>, None::<usize>);
        for all in &self.lanes {
            let first = all.partition_point(|&at| self.bars[at as usize].to < bar.from);
            if let Some(&at) = first.checked_sub(1).and_then(|at| all.get(at))
                && before.is_none_or(|best| self.bars[best].to < self.bars[at as usize].to)
            {
                before = Some(at as usize);
            }
            let next = all.partition_point(|&at| self.bars[at as usize].from <= bar.to);
            if let Some(&at) = all.get(next)
                && after.is_none_or(|best| self.bars[best].from > self.bars[at as usize].from)
            {
                after = Some(at as usize);
            }
        }
        [before, after]
    }

    /// How many operations had an outcome that nobody can tell, and had begun before that position.
    pub fn unknown_before(&self, position: u32) -> usize {
        self.unknown.partition_point(|&at| self.bars[at as usize].from < position)
    }

    /// The last operation that began at that position or before it.
    pub fn begun_at(&self, position: f64) -> Option<usize> {
        self.bars.partition_point(|bar| f64::from(bar.from) <= position).checked_sub(1)
    }

    /// The narrowest cells that are at least that many positions wide, or the widest there are: the number of the level, and
    /// how wide they are.
    pub fn level(&self, least: f64) -> Option<(usize, u32)> {
        let found = self.levels.iter().position(|level| f64::from(level.width) >= least);
        let at = found.or(self.levels.len().checked_sub(1))?;
        Some((at, self.levels[at].width))
    }

    /// The cells of a lane that can be seen between two positions, and the number of the first.
    pub fn cells(&self, level: usize, lane: usize, from: f64, to: f64) -> (usize, &[Cell]) {
        let Some(level) = self.levels.get(level) else { return (0, &[]) };
        let column = |position: f64| {
            let position = position.max(0.0).min(f64::from(self.length));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within the log")]
            let position = position as u32;
            ((position / level.width) as usize).min(level.columns)
        };
        let (first, last) = (column(from), (column(to) + 1).min(level.columns));
        let row = lane * level.columns;
        (first, level.cells.get(row + first..row + last.max(first)).unwrap_or_default())
    }

    /// Where the operations of an order take effect, if each does so as early as it can: the position of each, in the order
    /// given. As the order is true to real time, none is later than its operation's end.
    pub fn points(&self, order: &[usize]) -> Vec<u32> {
        let mut latest = 0;
        let point = |&index: &usize| {
            latest = latest.max(self.bars.get(index).map_or(0, |bar| bar.from));
            latest
        };
        order.iter().map(point).collect()
    }
}

/// A time line while it is laid out, which can be put down and taken up again.
#[derive(Clone, Debug, Default)]
pub struct Making {
    made: Chronicle,
    /// The next entry to be looked at.
    at: usize,
    stage: Stage,
    processes: Numbers,
    /// Whether processes are counted from 0, as Jepsen does.
    from_zero: bool,
    /// For each process, its last entry.
    last: Vec<u32>,
    /// For each process, its lane.
    lane_of: Vec<Option<u32>>,
    /// The lanes whose process went on under another number, each with the position from which on it is free.
    left: BinaryHeap<Reverse<(u32, u32)>>,
    /// The lanes whose process just ended. They are taken over only when there are very many.
    ended: BinaryHeap<Reverse<(u32, u32)>>,
}

/// What is being done.
#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    /// Looking for the last operation of each process.
    #[default]
    Lives,
    Lanes,
    /// Counting the narrowest cells.
    Cells,
}

impl Making {
    /// Goes on while there is work to be spent, one for each operation; the time line, once it is laid out. The log has to
    /// be the same each time.
    pub fn advance(&mut self, log: &Log, work: &mut usize) -> Option<Chronicle> {
        loop {
            while let Some(entry) = log.entries.get(self.at) {
                *work = work.checked_sub(1)?;
                match self.stage {
                    Stage::Lives => self.live(entry),
                    Stage::Lanes => self.place(entry),
                    Stage::Cells => self.count(),
                }
                self.at += 1;
            }
            self.at = 0;
            self.stage = match self.stage {
                Stage::Lives => Stage::Lanes,
                Stage::Lanes => {
                    self.begin_cells();
                    Stage::Cells
                }
                Stage::Cells => {
                    self.widen();
                    return Some(std::mem::take(&mut self.made));
                }
            };
        }
    }

    fn live(&mut self, entry: &Entry) {
        let process = self.processes.of(entry.process.cast_unsigned()) as usize;
        self.last.resize(self.processes.len(), 0);
        self.last[process] = index(self.at);
        self.from_zero |= entry.process == 0;
        let end = entry.ended.as_ref().map_or(entry.invoked.position, |(moment, _)| moment.position);
        self.made.length = self.made.length.max(end + 1);
    }

    fn place(&mut self, entry: &Entry) {
        let process = self.processes.of(entry.process.cast_unsigned()) as usize;
        self.lane_of.resize(self.processes.len(), None);
        let from = entry.invoked.position;
        let (to, end) = match &entry.ended {
            Some((moment, Ending::Ok(_))) => (moment.position, End::Ok),
            Some((moment, Ending::Fail)) => (moment.position, End::Failed),
            Some((moment, Ending::Info)) => (moment.position, End::Unknown),
            None => (self.made.length, End::Unknown),
        };
        let lane = self.lane_of[process].unwrap_or_else(|| self.free_lane(from, entry.process));
        self.lane_of[process] = Some(lane);
        if self.last[process] == index(self.at) {
            let went_on = end == End::Unknown && self.from_zero;
            let lanes = if went_on { &mut self.left } else { &mut self.ended };
            lanes.push(Reverse((to, lane)));
        }
        let at = index(self.made.bars.len());
        self.made.lanes[lane as usize].push(at);
        if end == End::Unknown {
            self.made.unknown.push(at);
        }
        self.made.bars.push(Bar { from, to, lane, end });
    }

    /// The lane that has been free for the longest time, or a new one.
    fn free_lane(&mut self, from: u32, process: i64) -> u32 {
        let many = self.made.lanes.len() >= MANY;
        for free in [Some(&mut self.left), many.then_some(&mut self.ended)].into_iter().flatten() {
            if free.peek().is_some_and(|Reverse((since, _))| *since < from)
                && let Some(Reverse((_, lane))) = free.pop()
            {
                return lane;
            }
        }
        self.made.lanes.push(Vec::new());
        self.made.names.push(process);
        index(self.made.lanes.len() - 1)
    }

    fn begin_cells(&mut self) {
        let (length, lanes) = (self.made.length, self.made.lanes.len());
        let mut width = NARROWEST;
        while (length.div_ceil(width) as usize).saturating_mul(lanes) > MOST_CELLS && width < length {
            width *= FACTOR;
        }
        let columns = length.div_ceil(width) as usize;
        self.made.levels.push(Level { width, columns, cells: vec![Cell::default(); columns * lanes] });
    }

    fn count(&mut self) {
        let (Some(bar), Some(level)) = (self.made.bars.get(self.at), self.made.levels.first_mut()) else { return };
        let at = bar.lane as usize * level.columns + (bar.from / level.width) as usize;
        level.cells[at].begun += 1;
        level.cells[at].unknown += u32::from(bar.end == End::Unknown);
    }

    /// Each level from the one before.
    fn widen(&mut self) {
        let lanes = self.made.lanes.len();
        while let Some(narrow) = self.made.levels.last().filter(|level| level.columns > 64) {
            let columns = narrow.columns.div_ceil(FACTOR as usize);
            let mut cells = Vec::with_capacity(columns * lanes);
            for lane in narrow.cells.chunks(narrow.columns) {
                cells.extend(lane.chunks(FACTOR as usize).map(|few| Cell {
                    begun: few.iter().map(|cell| cell.begun).sum(),
                    unknown: few.iter().map(|cell| cell.unknown).sum(),
                }));
            }
            let width = narrow.width * FACTOR;
            self.made.levels.push(Level { width, columns, cells });
        }
    }
}

/// An index as logs have them: their positions are 32 bits wide.
fn index(number: usize) -> u32 {
    u32::try_from(number).expect("a log has fewer than 2^32 events")
}
