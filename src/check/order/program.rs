//! The search for one order of all operations that keeps the order of each process: see [`crate::check::sequential`].
//!
//! A configuration is how far each process has come, the state of every key, and what was used of the operations that
//! never returned:
//!
//! ```text
//! p1  write 1 · read 2 ▏read 1        reached [2, 1], the state is 2, nothing was used:
//! p2  write 2 ▏write 1                next is p2's write of 1, then p1's read
//! ```
//!
//! As in [`super::search`], a configuration is visited once, and not at all when a better one was; a read is placed as
//! soon as it fits; and an operation that never returned is placed only if the next would not be possible with the same
//! result without it.

use super::arrays::{Array, Shape, small};
use super::memo::Memo;
use super::search::Budget;
use super::terms::Terms;
use crate::check::log::Log;

/// How far a search came that found no order.
pub(in crate::check) struct Furthest {
    /// An order that explains as many operations that returned as any does; indices of entries of the log.
    pub longest: Vec<usize>,
    /// How many of them it explains.
    pub explained: usize,
    /// The number of the first act, by invocation, that could come next and cannot.
    pub stuck: usize,
    /// The state of its key.
    pub state: u64,
}

/// Searches for an order, as indices of entries; `None` when the budget ran out.
pub(in crate::check) fn order(log: &Log, terms: &mut Terms, budget: Budget) -> Option<Result<Vec<usize>, Furthest>> {
    let program = Program::of(log, terms);
    let mut search = Search {
        infos: Shape::of_bits(program.infos.len()),
        processes: Shape::of_words(program.chains.len()),
        keys: Shape::of_words(terms.keys.len()),
        reached: vec![0; program.chains.len()],
        terms,
        program: &program,
        memo: Memo::default(),
        placed: Vec::new(),
        deepest: None,
    };
    Some(match search.run(budget)? {
        Ok(last) => Ok(search.order(last)),
        Err(deepest) => Err(search.furthest(&deepest)),
    })
}

/// An operation that never returned.
struct Info {
    /// Its number among the acts.
    act: usize,
    /// Its process, and how many operations of it come before.
    after: (usize, usize),
    /// The numbers of those that do the same to the same key; all stand side by side.
    equals: std::ops::Range<usize>,
}

/// What each process did.
struct Program {
    /// For each process the numbers of the acts that returned, in its order.
    chains: Vec<Vec<usize>>,
    infos: Vec<Info>,
    /// How many acts returned.
    returned: usize,
}

impl Program {
    fn of(log: &Log, terms: &Terms) -> Self {
        let mut names: Vec<i64> = terms.acts.iter().map(|act| log.entries[act.entry].process).collect();
        names.sort_unstable();
        names.dedup();
        let mut chains: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
        let mut infos = Vec::new();
        for (number, act) in terms.acts.iter().enumerate() {
            let process = names.binary_search(&log.entries[act.entry].process).unwrap_or_default();
            if act.interval.returned.is_some() {
                chains[process].push(number);
            } else {
                let info = Info { act: number, after: (process, chains[process].len()), equals: 0..0 };
                infos.push(((act.key, act.interval.step.parts()), info));
            }
        }
        infos.sort_by_key(|(what, _)| *what);
        let mut start = 0;
        for equals in infos.chunk_by_mut(|(one, _), (other, _)| one == other) {
            let range = start..start + equals.len();
            start = range.end;
            for (_, info) in equals {
                info.equals = range.clone();
            }
        }
        let returned = chains.iter().map(Vec::len).sum();
        Self { chains, infos: infos.into_iter().map(|(_, info)| info).collect(), returned }
    }
}

/// A configuration on the way from the start to the one under work.
#[derive(Clone, Copy)]
struct Frame {
    /// How many operations of each process are placed: an array of words.
    reached: Array,
    /// The state of each key: an array of words.
    states: Array,
    /// The infos that were used, as many of each kind from the first.
    used: Array,
    /// The last placement; an index, or `START`.
    last: u32,
    /// How many placements of operations that returned.
    length: usize,
    /// The key of the last placement and its state before, if that has yet to prove its use.
    before: Option<(u32, u64)>,
    /// The next candidate to try: first the acts, then the infos.
    next: usize,
}

/// Nothing is placed.
const START: u32 = u32::MAX;

struct Search<'a> {
    terms: &'a mut Terms,
    program: &'a Program,
    infos: Shape,
    processes: Shape,
    keys: Shape,
    /// How far each process has come in the configuration under work.
    reached: Vec<usize>,
    memo: Memo,
    /// Every placement that was tried: the number of the act (or, of an info, any of its equals), and the placement
    /// before it.
    placed: Vec<(Placed, u32)>,
    deepest: Option<Frame>,
}

#[derive(Clone, Copy)]
enum Placed {
    Act(usize),
    Info(usize),
}

impl Search<'_> {
    /// The last placement of an order that explains everything, or the furthest configuration; `None` when the budget
    /// ran out.
    fn run(&mut self, budget: Budget) -> Option<Result<u32, Frame>> {
        let mut states = Array::default();
        for key in 0..small(self.terms.keys.len()) {
            states = self.terms.space.arrays.set(self.keys, states, key, self.terms.initial);
        }
        let (reached, used) = (Array::default(), Array::default());
        let mut first = Frame { reached, states, used, last: START, length: 0, before: None, next: 0 };
        self.settle(&mut first);
        let mut stack = Vec::new();
        let mut child = Some(first);
        let mut noted = self.placed.len();
        loop {
            if let Some(frame) = child.take() {
                if frame.length == self.program.returned {
                    return Some(Ok(frame.last));
                }
                let key = [frame.reached.0, frame.states.0, 0];
                if self.memo.is_new(&self.terms.space.arrays, self.infos, key, frame.used) {
                    if self.memo.len() > budget.0 {
                        return None;
                    }
                    if self.deepest.is_none_or(|deepest| deepest.length < frame.length) {
                        self.deepest = Some(frame);
                    }
                    stack.push(frame);
                } else {
                    self.placed.truncate(noted);
                }
            }
            let Some(top) = stack.last_mut() else { break };
            self.load(top);
            noted = self.placed.len();
            child = self.next(top);
            if child.is_none() {
                stack.pop();
            }
        }
        self.deepest.map(Err)
    }

    /// Looks up how far each process has come.
    fn load(&mut self, frame: &Frame) {
        for (process, reached) in (0..).zip(&mut self.reached) {
            *reached = usize::try_from(self.terms.space.arrays.get(self.processes, frame.reached, process))
                .unwrap_or(usize::MAX);
        }
    }

    /// The next operation of a process.
    fn head(&self, process: usize) -> Option<usize> {
        self.program.chains[process].get(self.reached[process]).copied()
    }

    /// The configuration after the next candidate that is possible.
    fn next(&mut self, top: &mut Frame) -> Option<Frame> {
        let acts = self.terms.acts.len();
        while top.next < acts {
            let heads = (0..self.reached.len()).filter_map(|process| Some((self.head(process)?, process)));
            let Some((number, process)) = heads.filter(|(number, _)| *number >= top.next).min() else {
                top.next = acts;
                break;
            };
            top.next = number + 1;
            if let Some(child) = self.place(top, process, number) {
                return Some(child);
            }
        }
        while top.next < acts + self.program.infos.len() {
            top.next += 1;
            if let Some(child) = self.spend(top, top.next - 1 - acts) {
                return Some(child);
            }
        }
        None
    }

    /// The configuration after the next operation of a process.
    fn place(&mut self, top: &Frame, process: usize, number: usize) -> Option<Frame> {
        let mut child = self.after(top, number)?;
        self.advance(&mut child, process, number);
        self.settle(&mut child);
        Some(child)
    }

    /// The configuration after an operation that never returned.
    fn spend(&mut self, top: &Frame, number: usize) -> Option<Frame> {
        let Info { act, equals, .. } = &self.program.infos[number];
        let (bit, number_in_class) = (small(number), number - equals.start);
        let arrays = &self.terms.space.arrays;
        let is_next = !arrays.has(self.infos, top.used, bit)
            && (number_in_class == 0 || arrays.has(self.infos, top.used, bit - 1));
        let available = self.program.infos[equals.clone()].iter().filter(|info| self.is_available(info)).count();
        if !is_next || available <= number_in_class || self.waits(*act) {
            return None;
        }
        let mut child = self.after(top, *act)?;
        if child.states == top.states {
            return None;
        }
        let key = self.terms.acts[*act].key;
        child.before = Some((key, self.terms.space.arrays.get(self.keys, top.states, key)));
        child.used = self.terms.space.arrays.with(self.infos, top.used, bit);
        self.note(&mut child, Placed::Info(number));
        self.settle(&mut child);
        Some(child)
    }

    /// Whether everything that its process did before is placed.
    fn is_available(&self, info: &Info) -> bool {
        self.reached[info.after.0] >= info.after.1
    }

    /// Whether an equal operation that returned could come next: it is better.
    fn waits(&self, act: usize) -> bool {
        let (key, step) = (self.terms.acts[act].key, self.terms.acts[act].interval.step);
        (0..self.reached.len()).filter_map(|process| self.head(process)).any(|head| {
            let head = self.terms.acts[head];
            (head.key, head.interval.step) == (key, step)
        })
    }

    /// The configuration with an operation done, and nothing noted yet.
    fn after(&mut self, top: &Frame, number: usize) -> Option<Frame> {
        let (key, step) = (self.terms.acts[number].key, self.terms.acts[number].interval.step);
        let space = &mut self.terms.space;
        let old = space.arrays.get(self.keys, top.states, key);
        let new = space.apply(old, step)?;
        if let Some((other, before)) = top.before
            && (other != key || space.apply(before, step) == Some(new))
        {
            return None;
        }
        let states = if new == old { top.states } else { space.arrays.set(self.keys, top.states, key, new) };
        Some(Frame { states, before: None, next: 0, ..*top })
    }

    /// Places every read that fits.
    fn settle(&mut self, frame: &mut Frame) {
        self.load(frame);
        let mut process = 0;
        let mut idle = 0;
        while idle < self.reached.len() {
            if let Some(number) = self.head(process).filter(|&number| self.fits(frame, number)) {
                self.advance(frame, process, number);
                self.reached[process] += 1;
                frame.before = None;
                idle = 0;
            } else {
                process = (process + 1) % self.reached.len();
                idle += 1;
            }
        }
    }

    /// Whether an operation is a read that is possible.
    fn fits(&mut self, frame: &Frame, number: usize) -> bool {
        let (key, step) = (self.terms.acts[number].key, self.terms.acts[number].interval.step);
        let state = self.terms.space.arrays.get(self.keys, frame.states, key);
        step.only_reads() && self.terms.space.apply(state, step).is_some()
    }

    /// Takes a process past its next operation.
    fn advance(&mut self, frame: &mut Frame, process: usize, number: usize) {
        let (arrays, process) = (&mut self.terms.space.arrays, small(process));
        let reached = arrays.get(self.processes, frame.reached, process) + 1;
        frame.reached = arrays.set(self.processes, frame.reached, process, reached);
        frame.length += 1;
        self.note(frame, Placed::Act(number));
    }

    /// Notes a placement.
    fn note(&mut self, frame: &mut Frame, placed: Placed) {
        self.placed.push((placed, frame.last));
        frame.last = small(self.placed.len()) - 1;
    }

    /// The order that ends with that placement, as indices of entries. Of equal infos, the first is taken whose process
    /// has come far enough.
    fn order(&mut self, last: u32) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = last;
        while let Some(&(placed, before)) = self.placed.get(at as usize) {
            path.push(placed);
            at = before;
        }
        let mut spent = vec![false; self.program.infos.len()];
        self.reached.fill(0);
        let mut order = Vec::new();
        for placed in path.into_iter().rev() {
            let act = match placed {
                Placed::Act(number) => {
                    if let Some(process) = (0..self.reached.len()).find(|&process| self.head(process) == Some(number)) {
                        self.reached[process] += 1;
                    }
                    number
                }
                Placed::Info(number) => {
                    let mut equals = self.program.infos[number].equals.clone();
                    let free = equals.find(|&info| !spent[info] && self.is_available(&self.program.infos[info]));
                    let taken = free.unwrap_or(number);
                    spent[taken] = true;
                    self.program.infos[taken].act
                }
            };
            order.push(self.terms.acts[act].entry);
        }
        order
    }

    /// How far the search came.
    fn furthest(&mut self, deepest: &Frame) -> Furthest {
        let longest = self.order(deepest.last);
        self.load(deepest);
        let stuck = (0..self.reached.len()).filter_map(|process| self.head(process)).min().unwrap_or_default();
        let state = self.terms.space.arrays.get(self.keys, deepest.states, self.terms.acts[stuck].key);
        Furthest { longest, explained: deepest.length, stuck, state }
    }
}
