//! The search for a linearization: one order of all operations, each at an instant of its interval, in which every
//! step is possible.
//!
//! Just in time (Lowe, "Testing for linearizability", 2017, §5; after Wing & Gong, 1993): nothing is placed before a
//! return demands it. At a return, the operation is placed, if need be after some of the others that are open:
//!
//! ```text
//! p1  ├── write 1 ──┤           p2's return demands its read of 2; so p3's write of 2 is placed, then the read.
//! p2    ├── read 2 ──┤          p1's return came before and demanded the write of 1. p3's own return demands
//! p3       ├── write 2 ──┤      nothing any more.
//! ```
//!
//! What keeps it short, none of which can lose an order that exists:
//!
//! - A configuration (moment, state, what is placed ahead of its return, what was used that never returned) is visited
//!   once, and not at all when one was that used less ([`Memo`]).
//! - A read is placed as soon as the state fits: it leaves the state as it is, so it is never in the way.
//! - Of equal operations that are open, the one that has to return first goes first; those that never return go last.
//! - One that never returned is placed only for the sake of the next, which must not be possible with the same result
//!   without it.
//!
//! Depth first, with a stack of its own: a history that holds is mostly walked through once.

use std::mem;

use serde::{Deserialize, Serialize};

use super::arrays::{Array, Shape, small};
use super::memo::Memo;
use super::step::Space;
use super::timeline::{Making, NONE, Timeline};
use crate::check::verdict::Verdict;

pub use super::timeline::Interval;

/// How many configurations a search may visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget(pub usize);

/// A million: far more than a run of the course needs, and a fraction of a second.
impl Default for Budget {
    fn default() -> Self {
        Self(1_000_000)
    }
}

/// Why there is no linearization. The operation is the one at whose return the last hope ended: the history up to that
/// return cannot be explained, and the history before it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The longest order met that explains everything that returned before; indices of intervals.
    pub longest: Vec<usize>,
    /// The state after it.
    pub state: u64,
    /// All states in which the object could have been at that return, in ascending order.
    pub states: Vec<u64>,
    /// The index of the operation that cannot be placed.
    pub stuck: usize,
    /// How many operations returned before it.
    pub returned: usize,
}

/// What a search finds: an order of indices, or the operation that cannot be placed, or that the budget ran out.
pub type Found = Verdict<Vec<usize>, Stuck, Budget>;

/// Searches for a linearization.
pub fn linearize(space: &mut Space, initial: u64, intervals: &[Interval], budget: Budget) -> Found {
    let mut search = Search::of(mem::take(space), initial, intervals.to_vec(), budget);
    loop {
        if let Some(found) = search.advance(&mut { usize::MAX }) {
            *space = search.space;
            return found;
        }
    }
}

/// A configuration on the way from the start to the one under work.
#[derive(Clone, Copy)]
struct Frame {
    moment: u32,
    state: u64,
    /// The slots of what was placed ahead of its return.
    ahead: Array,
    /// What was used that never returned.
    used: Array,
    /// The last placement; an index, or `START`.
    last: u32,
    /// How many placements.
    length: u32,
    /// The state before the last placement, if that has yet to prove its use.
    before: Option<u64>,
    /// The next candidate to try: first those that are open, then those that never returned.
    next: u32,
}

/// Nothing is placed.
const START: u32 = u32::MAX;

/// The furthest that the search has come.
struct Deepest {
    moment: u32,
    last: u32,
    length: u32,
    state: u64,
    states: Vec<u64>,
}

/// A search, which can be put down and taken up again.
pub struct Search {
    /// Where the steps take place.
    pub space: Space,
    budget: Budget,
    making: Making,
    /// The operations; none while they are still put in order.
    timeline: Timeline,
    infos: Shape,
    memo: Memo,
    /// Every placement that was tried: the index of the interval, and the placement before it.
    placed: Vec<(u32, u32)>,
    /// How many of them led to the configurations on the stack.
    noted: usize,
    deepest: Option<Deepest>,
    stack: Vec<Frame>,
    /// The configuration to be looked at next. It may have to be settled first.
    child: Option<Frame>,
}

impl Search {
    /// Begins a search.
    pub fn of(space: Space, initial: u64, intervals: Vec<Interval>, budget: Budget) -> Self {
        let first = Frame {
            moment: 0,
            state: initial,
            ahead: Array::default(),
            used: Array::default(),
            last: START,
            length: 0,
            before: None,
            next: 0,
        };
        Self {
            space,
            budget,
            making: Making::of(intervals),
            timeline: Timeline::default(),
            infos: Shape::of_bits(0),
            memo: Memo::default(),
            placed: Vec::new(),
            noted: 0,
            deepest: None,
            stack: Vec::new(),
            child: Some(first),
        }
    }

    /// How many of the operations that returned it has been able to explain, and how many there are; both 0 before the
    /// search proper begins.
    pub fn progress(&self) -> (u32, u32) {
        (self.deepest.as_ref().map_or(0, |deepest| deepest.moment), self.timeline.end())
    }

    /// How many configurations it has visited.
    pub fn visited(&self) -> usize {
        self.memo.len()
    }

    /// Goes on while there is work to be spent; what it has found, once it has. The work of a slice is measured in
    /// moves of operations and in candidates tried, each of which takes less than a microsecond in most cases.
    pub fn advance(&mut self, work: &mut usize) -> Option<Found> {
        if self.timeline.is_empty() {
            self.timeline = self.making.advance(work)?;
            self.infos = Shape::of_bits(self.timeline.infos.len());
            if let Some(mut first) = self.child.take() {
                self.look_around(&mut first);
                self.child = Some(first);
            }
        }
        self.run(work).map(|outcome| match outcome {
            Some(Ok(last)) => Verdict::Holds(self.order(last)),
            Some(Err(deepest)) => Verdict::Violated(Stuck {
                longest: self.order(deepest.last),
                state: deepest.state,
                states: deepest.states,
                stuck: self.timeline.musts[deepest.moment as usize].index as usize,
                returned: deepest.moment as usize,
            }),
            None => Verdict::Unknown(self.budget),
        })
    }

    /// The last placement of an order that explains everything, or how far the search came; `Some(None)` when the
    /// budget ran out.
    #[expect(clippy::option_option, reason = "the outer is whether it is over, the inner whether it was decided")]
    fn run(&mut self, work: &mut usize) -> Option<Option<Result<u32, Deepest>>> {
        loop {
            if let Some(mut frame) = self.child.take() {
                if !self.settle(&mut frame, work) {
                    self.child = Some(frame);
                    return None;
                }
                if frame.moment == self.timeline.end() {
                    return Some(Some(Ok(frame.last)));
                }
                if self.is_new(&frame) {
                    if self.memo.len() > self.budget.0 {
                        return Some(None);
                    }
                    self.remember(&frame);
                    self.stack.push(frame);
                } else {
                    self.placed.truncate(self.noted);
                }
            }
            *work = work.checked_sub(1)?;
            let Some(mut top) = self.stack.pop() else { return Some(self.deepest.take().map(Err)) };
            self.timeline.go_to(top.moment);
            self.noted = self.placed.len();
            self.child = self.next(&mut top);
            if self.child.is_some() {
                self.stack.push(top);
            }
        }
    }

    /// The configuration after the next candidate that is possible.
    fn next(&mut self, top: &mut Frame) -> Option<Frame> {
        let open = small(self.timeline.open.len());
        while top.next < open + small(self.timeline.infos.len()) {
            let candidate = top.next;
            top.next += 1;
            let child = match candidate.checked_sub(open) {
                None => self.place(top, self.timeline.open[(open - 1 - candidate) as usize]),
                Some(info) => self.spend(top, info),
            };
            if let Some(mut child) = child {
                self.look_around(&mut child);
                return Some(child);
            }
        }
        None
    }

    /// The configuration after an operation that is open.
    fn place(&mut self, top: &Frame, number: u32) -> Option<Frame> {
        let must = self.timeline.musts[number as usize];
        if self.is_ahead(top, number) || self.is_preceded(top, number) {
            return None;
        }
        let state = self.space.apply(top.state, must.step)?;
        if top.before.is_some_and(|before| self.space.apply(before, must.step) == Some(state)) {
            return None;
        }
        let ahead = self.space.arrays.with(self.timeline.slots, top.ahead, must.slot);
        let mut child = Frame { state, ahead, before: None, next: 0, ..*top };
        self.note(&mut child, must.index);
        Some(child)
    }

    /// The configuration after an operation that never returned.
    fn spend(&mut self, top: &Frame, number: u32) -> Option<Frame> {
        let info = self.timeline.infos[number as usize];
        let follows = number.checked_sub(1).filter(|&before| self.timeline.infos[before as usize].class == info.class);
        if info.from > top.moment
            || self.space.arrays.has(self.infos, top.used, number)
            || follows.is_some_and(|before| !self.space.arrays.has(self.infos, top.used, before))
            || self.waits(top, info.class)
        {
            return None;
        }
        let state = self.space.apply(top.state, info.step)?;
        if state == top.state || top.before.is_some_and(|before| self.space.apply(before, info.step) == Some(state)) {
            return None;
        }
        let used = self.space.arrays.with(self.infos, top.used, number);
        let mut child = Frame { state, used, before: Some(top.state), next: 0, ..*top };
        self.note(&mut child, info.index);
        Some(child)
    }

    /// Whether an equal operation that has to return before that one is open and not placed.
    fn is_preceded(&self, top: &Frame, number: u32) -> bool {
        let mut other = self.timeline.musts[number as usize].equal;
        while other != NONE && other >= top.moment {
            if self.timeline.is_open(other) && !self.is_ahead(top, other) {
                return true;
            }
            other = self.timeline.musts[other as usize].equal;
        }
        false
    }

    /// Whether an operation of that class is open and not placed.
    fn waits(&self, top: &Frame, class: u32) -> bool {
        let mut open = self.timeline.open.iter();
        open.any(|&other| self.timeline.musts[other as usize].class == class && !self.is_ahead(top, other))
    }

    fn is_ahead(&self, frame: &Frame, number: u32) -> bool {
        self.space.arrays.has(self.timeline.slots, frame.ahead, self.timeline.musts[number as usize].slot)
    }

    /// Places every open read that fits.
    fn look_around(&mut self, frame: &mut Frame) {
        self.timeline.go_to(frame.moment);
        for at in (0..self.timeline.open.len()).rev() {
            self.read(frame, self.timeline.open[at]);
        }
    }

    /// Goes to the first moment that demands something else than what was placed, and places every read that fits on the
    /// way; whether it is there.
    fn settle(&mut self, frame: &mut Frame, work: &mut usize) -> bool {
        self.timeline.go_to(frame.moment);
        while frame.moment < self.timeline.end() && self.is_ahead(frame, frame.moment) {
            let Some(left) = work.checked_sub(1) else { return false };
            *work = left;
            let slot = self.timeline.musts[frame.moment as usize].slot;
            frame.ahead = self.space.arrays.without(self.timeline.slots, frame.ahead, slot);
            frame.moment += 1;
            self.timeline.go_to(frame.moment);
            for place in self.timeline.newly_open() {
                self.read(frame, self.timeline.invoked_at(place));
            }
        }
        true
    }

    /// Places an open operation if it is a read that fits.
    fn read(&mut self, frame: &mut Frame, number: u32) {
        let must = self.timeline.musts[number as usize];
        let fits = must.step.only_reads() && self.space.apply(frame.state, must.step).is_some();
        if fits && !self.is_ahead(frame, number) {
            frame.ahead = self.space.arrays.with(self.timeline.slots, frame.ahead, must.slot);
            frame.before = None;
            self.note(frame, must.index);
        }
    }

    /// Notes a placement.
    fn note(&mut self, frame: &mut Frame, index: u32) {
        self.placed.push((index, frame.last));
        frame.last = small(self.placed.len()) - 1;
        frame.length += 1;
    }

    fn is_new(&mut self, frame: &Frame) -> bool {
        let key = [frame.state, frame.ahead.0, frame.moment.into()];
        self.memo.is_new(&self.space.arrays, self.infos, key, frame.used)
    }

    fn remember(&mut self, frame: &Frame) {
        let Frame { moment, last, length, state, .. } = *frame;
        match &mut self.deepest {
            Some(deepest) if (deepest.moment, deepest.length) >= (moment, length) => {}
            Some(deepest) if deepest.moment == moment => {
                (deepest.last, deepest.length, deepest.state) = (last, length, state);
            }
            deepest => *deepest = Some(Deepest { moment, last, length, state, states: Vec::new() }),
        }
        if let Some(deepest) = &mut self.deepest
            && deepest.moment == moment
            && let Err(at) = deepest.states.binary_search(&state)
        {
            deepest.states.insert(at, state);
        }
    }

    /// The order that ends with that placement.
    fn order(&self, last: u32) -> Vec<usize> {
        let mut order = Vec::new();
        let mut at = last;
        while let Some(&(index, before)) = self.placed.get(at as usize) {
            order.push(index as usize);
            at = before;
        }
        order.reverse();
        order
    }
}
