//! Operations as a search wants them: those that returned in the order of their returns, those that never did beside
//! them, and a cursor that knows which are open.
//!
//! ```text
//! a  ├────────┤                      moment 0: just before b returns; a and b are open
//! b      ├──┤                        moment 1: just before a returns; a, c and d are open
//! c            ├─────────┤           moment 2: just before c returns; c and d are open
//! d        ├─ ─ ─ ─ ─ ─ ─ ─ ─ …      d never returned: from moment 1 on it may take effect, once
//! ```

use std::mem;

use super::arrays::{Numbers, Shape, small};
use super::sorting::Sorting;
use super::step::Step;

/// An operation with its answer, and when. Intervals are closed: one that returns at the position at which another is
/// invoked does not precede it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// What it does, if it takes effect.
    pub step: Step,
    /// The position of its invocation.
    pub invoked: u32,
    /// The position of its response, below 2³² − 1; `None` if it may take effect at any later time, or never.
    pub returned: Option<u32>,
}

/// An operation. The number of one that returned is that of the moment just before its return.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    /// Its index among the intervals.
    pub index: u32,
    pub step: Step,
    /// Equal for equal steps.
    pub class: u32,
    /// The position of its invocation.
    invoked: u32,
    /// The position of its return; `NONE` if it never returned.
    returned: u32,
    /// If it returned: its bit in the set of what was placed ahead of its return. No two operations that are open
    /// together share one.
    pub slot: u32,
    /// If it returned: its place in the order of invocations.
    place: u32,
    /// If it returned: the number of the equal operation that returns last before it, or `NONE`.
    pub equal: u32,
    /// The first moment at which it may take effect, if it never returned; the last, if it did.
    pub from: u32,
}

/// No number, and no position.
pub(super) const NONE: u32 = u32::MAX;

/// The operations, and a cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    /// In the order of their returns.
    pub musts: Vec<Act>,
    /// Equal steps side by side, each in the order of invocation.
    pub infos: Vec<Act>,
    /// The shape of the set of slots.
    pub slots: Shape,
    /// The numbers of those that returned, in the order of their invocations.
    order: Vec<u32>,
    /// For each moment, how many of them have been invoked.
    begun: Vec<u32>,
    /// The moment under the cursor.
    pub moment: u32,
    /// What is open then: the numbers in descending order, so that the next to return is the last.
    pub open: Vec<u32>,
}

/// A timeline while it is made, which can be put down and taken up again.
#[derive(Clone, Debug)]
pub(super) struct Making {
    intervals: Vec<Interval>,
    classes: Classes,
    acts: Vec<Act>,
    infos: Vec<Act>,
    stage: Stage,
}

/// What is being put in order.
#[derive(Clone, Debug)]
enum Stage {
    Classes,
    Returns(Sorting<Place>),
    Infos(Sorting<Place>),
    Invocations(Sorting<Place>),
}

/// What an operation is sorted by, and its index.
type Place = (u32, u32, u32);

impl Making {
    /// Begins with these.
    pub fn of(intervals: Vec<Interval>) -> Self {
        let acts = Vec::with_capacity(intervals.len());
        Self { intervals, classes: Classes::default(), acts, infos: Vec::new(), stage: Stage::Classes }
    }

    /// Goes on while there is work to be spent; the timeline, with the cursor at the first moment, once it is made.
    pub fn advance(&mut self, work: &mut usize) -> Option<Timeline> {
        loop {
            self.stage = match &mut self.stage {
                Stage::Classes => {
                    while let Some(&interval) = self.intervals.get(self.acts.len()) {
                        *work = work.checked_sub(1)?;
                        self.class(interval);
                    }
                    Stage::Returns(places(&self.acts, |act| (act.returned, 0)))
                }
                Stage::Returns(sorting) => {
                    let mut musts = arranged(&self.acts, &sorting.advance(work)?);
                    self.infos = musts.split_off(musts.partition_point(|act| act.returned != NONE));
                    self.acts = musts;
                    Stage::Infos(places(&self.infos, |act| (act.class, act.invoked)))
                }
                Stage::Infos(sorting) => {
                    self.infos = arranged(&self.infos, &sorting.advance(work)?);
                    for info in &mut self.infos {
                        info.from = small(self.acts.partition_point(|must| must.returned < info.invoked));
                    }
                    for (number, must) in (0..).zip(&mut self.acts) {
                        must.from = number;
                    }
                    Stage::Invocations(places(&self.acts, |act| (act.invoked, 0)))
                }
                Stage::Invocations(sorting) => {
                    let order = sorting.advance(work)?.into_iter().map(|(_, _, number)| number).collect();
                    return Some(self.made(order));
                }
            }
        }
    }

    fn class(&mut self, Interval { step, invoked, returned }: Interval) {
        let (class, returned) = (self.classes.of(step), returned.unwrap_or(NONE));
        let (index, invoked) = (small(self.acts.len()), invoked.min(returned));
        self.acts.push(Act { index, step, class, invoked, returned, slot: 0, place: 0, equal: NONE, from: 0 });
    }

    fn made(&mut self, order: Vec<u32>) -> Timeline {
        let (mut musts, infos) = (mem::take(&mut self.acts), mem::take(&mut self.infos));
        for (place, &number) in (0..).zip(&order) {
            musts[number as usize].place = place;
        }
        let mut begun = Vec::with_capacity(musts.len() + 1);
        let mut so_far = 0;
        for must in &musts {
            while so_far < order.len() && musts[order[so_far] as usize].invoked <= must.returned {
                so_far += 1;
            }
            begun.push(small(so_far));
        }
        begun.push(small(musts.len()));
        let slots = Shape::of_bits(0);
        let mut timeline = Timeline { musts, infos, slots, order, begun, moment: 0, open: Vec::new() };
        timeline.give_slots();
        timeline.link_equals(self.classes.0.len());
        timeline.open_new();
        timeline
    }
}

impl Timeline {
    /// Whether this is none yet.
    pub fn is_empty(&self) -> bool {
        self.begun.is_empty()
    }

    /// How many moments there are; at the last, nothing is left to return.
    pub fn end(&self) -> u32 {
        small(self.musts.len())
    }

    /// Those that were invoked since the moment before the one under the cursor.
    pub fn newly_open(&self) -> std::ops::Range<usize> {
        let since = if self.moment == 0 { 0 } else { self.begun[self.moment as usize - 1] };
        since as usize..self.begun[self.moment as usize] as usize
    }

    /// The number of the operation that was invoked at that place of the order.
    pub fn invoked_at(&self, place: usize) -> u32 {
        self.order[place]
    }

    /// Moves the cursor to that moment.
    pub fn go_to(&mut self, moment: u32) {
        while self.moment < moment {
            self.open.pop();
            self.moment += 1;
            self.open_new();
        }
        while self.moment > moment {
            for place in self.newly_open() {
                let number = self.order[place];
                self.open.retain(|&other| other != number);
            }
            self.moment -= 1;
            self.open.push(self.moment);
        }
    }

    /// Whether an operation is open.
    pub fn is_open(&self, number: u32) -> bool {
        number >= self.moment && self.musts[number as usize].place < self.begun[self.moment as usize]
    }

    fn open_new(&mut self) {
        for place in self.newly_open() {
            let number = self.order[place];
            let at = self.open.partition_point(|&other| other > number);
            self.open.insert(at, number);
        }
    }

    fn link_equals(&mut self, classes: usize) {
        let mut last = vec![NONE; classes];
        for (number, must) in (0..).zip(&mut self.musts) {
            must.equal = last[must.class as usize];
            last[must.class as usize] = number;
        }
    }

    /// The smallest slot that is free, for each in the order of invocation.
    fn give_slots(&mut self) {
        let mut free: Vec<u32> = Vec::new();
        let mut slots = 0;
        let mut invoked = 0;
        for moment in 0..self.musts.len() {
            for place in invoked..self.begun[moment] {
                self.musts[self.order[place as usize] as usize].slot = free.pop().unwrap_or_else(|| {
                    slots += 1;
                    slots - 1
                });
            }
            invoked = self.begun[moment];
            free.push(self.musts[moment].slot);
        }
        self.slots = Shape::of_bits(slots as usize);
    }
}

/// What the operations are to be sorted by; of equal keys, the order given.
fn places(acts: &[Act], key: fn(&Act) -> (u32, u32)) -> Sorting<Place> {
    let keyed = (0..).zip(acts).map(|(at, act)| {
        let (first, second) = key(act);
        (first, second, at)
    });
    Sorting::of(keyed.collect())
}

fn arranged(acts: &[Act], order: &[Place]) -> Vec<Act> {
    order.iter().map(|&(_, _, at)| acts[at as usize]).collect()
}

/// Gives equal steps equal numbers.
#[derive(Clone, Debug, Default)]
struct Classes(Numbers);

impl Classes {
    fn of(&mut self, step: Step) -> u32 {
        let (kind, first, second) = step.parts();
        let (first, second) = (self.0.of(first), self.0.of(second));
        let operands = self.0.of_pair(first, second);
        self.0.of_pair(kind, operands)
    }
}
