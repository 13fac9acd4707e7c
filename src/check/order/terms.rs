//! A log in the checkers' terms: each operation with its answer is a [`Step`], each value, count or set of elements a
//! word.
//!
//! What is left out, and why no order is lost or won by it:
//!
//! - An operation that failed (Jepsen's `:fail`) certainly had no effect, says Jepsen, and no more than that: not that
//!   a compare-and-set found another value, which is only one of the reasons for which it may have failed.
//! - A read that never returned says nothing.
//! - A write that never returned, of a value that nobody is known to have found, may as well never take effect.

use std::mem;

use thiserror::Error;

use super::arrays::{Array, Arrays, Numbers, Shape, small};
use super::search::{Budget, Interval};
use super::sorting::Sorting;
use super::step::{Space, Step};
use crate::check::judge::ModelName;
use crate::check::log::{Call, Datum, Ending, Entry, Log, Reading};
use crate::check::words;

/// An operation that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its index among the entries of the log.
    pub entry: usize,
    /// The number of its key.
    pub key: u32,
    /// What it does and when, in positions of the log.
    pub interval: Interval,
}

/// A log in terms of steps.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Where the steps take place.
    pub space: Space,
    /// The state of every object at the start.
    pub initial: u64,
    /// The keys in ascending order; `None` is no key.
    pub keys: Vec<Option<String>>,
    /// The operations that count, in the order of their invocations.
    pub acts: Vec<Act>,
    model: ModelName,
    /// The values of registers, in ascending order: their indices are the states.
    values: Vec<Datum>,
    /// The elements of sets, in ascending order: their indices are the bits.
    elements: Vec<i64>,
}

/// An operation that does not belong to the model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}, which is not an operation of a {model}.", words::capital(deed))]
pub struct Unsuitable {
    /// The operation: an index of an entry.
    pub entry: usize,
    /// What it did, in words.
    pub deed: String,
    /// What it should belong to.
    pub model: ModelName,
}

/// Why a search has no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Undecided {
    /// The budget ran out.
    #[error("The search stopped after {} configurations without an answer.", .0.0)]
    Exhausted(Budget),
    /// An operation does not belong to the model.
    #[error(transparent)]
    Unsuitable(#[from] Unsuitable),
}

impl Terms {
    /// The terms of no operation at all.
    pub fn none(model: ModelName) -> Self {
        let space = Space { arrays: Arrays::default(), elements: Shape::of_bits(0) };
        let (keys, acts, values, elements) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { space, initial: 0, keys, acts, model, values, elements }
    }

    /// Puts a log into terms of steps.
    ///
    /// # Errors
    ///
    /// When an operation does not belong to the model.
    pub fn of(log: &Log, model: ModelName) -> Result<Self, Unsuitable> {
        let mut making = Making::of(model);
        loop {
            if let Some(made) = making.advance(log, &mut { usize::MAX }) {
                return made;
            }
        }
    }

    /// A state as people write it: `nil`, `4`, `{1, 2}`.
    pub fn show(&self, state: u64) -> String {
        match self.model {
            ModelName::Register | ModelName::CasRegister => {
                let index = usize::try_from(state).unwrap_or(usize::MAX);
                words::value(self.values.get(index).copied().flatten())
            }
            ModelName::Counter => state.cast_signed().to_string(),
            ModelName::Set => {
                let held = (0..).zip(&self.elements).filter_map(|(bit, element)| {
                    self.space.arrays.has(self.space.elements, Array(state), bit).then_some(*element)
                });
                words::elements(&held.collect::<Vec<i64>>())
            }
        }
    }

    /// Takes an operation in, if it says anything or may have done something.
    fn add(&mut self, index: usize, entry: &Entry) {
        let Some(step) = self.step(entry) else { return };
        let returned = match &entry.ended {
            Some((moment, Ending::Ok(_))) => Some(moment.position),
            _ => None,
        };
        let key = small(self.keys.binary_search(&entry.key).unwrap_or_default());
        let interval = Interval { step, invoked: entry.invoked.position, returned };
        self.acts.push(Act { entry: index, key, interval });
    }

    /// The step of an operation; `None` if it says nothing and did nothing.
    fn step(&mut self, entry: &Entry) -> Option<Step> {
        let reading = match &entry.ended {
            Some((_, Ending::Fail)) => return None,
            Some((_, Ending::Ok(reading))) => reading,
            Some((_, Ending::Info)) | None => &Reading::Done,
        };
        Some(match (entry.call, reading) {
            (Call::Read, Reading::Done) => return None,
            (Call::Read, Reading::Value(value)) => match (self.model, value) {
                (ModelName::Counter, Some(count)) => Step::Sees(count.cast_unsigned()),
                (ModelName::Counter, None) => Step::Never,
                _ => Step::Sees(self.value(*value)),
            },
            (Call::Read, Reading::Elements(found)) => Step::Sees(self.set(found)),
            (Call::Write(value), _) => Step::Becomes(self.value(value)),
            (Call::Cas(from, to), _) => Step::Swaps(self.value(from), self.value(to)),
            (Call::Add(amount), _) => Step::Adds(amount.cast_unsigned()),
            (Call::Insert(element), _) => Step::Puts(self.element(element)),
            (Call::Remove(element), _) => Step::Takes(self.element(element)),
        })
    }

    fn value(&self, value: Datum) -> u64 {
        self.values.binary_search(&value).unwrap_or_default() as u64
    }

    fn element(&self, element: i64) -> u32 {
        small(self.elements.binary_search(&element).unwrap_or_default())
    }

    /// The state of a set that holds these, which are in ascending order.
    fn set(&mut self, found: &[i64]) -> u64 {
        let mut held = Array::default();
        let bits: Vec<u32> = found.iter().map(|&element| self.element(element)).collect();
        for bits in bits.chunk_by(|one, other| one / 64 == other / 64) {
            let word = bits.iter().fold(0, |word, bit| word | 1 << (bit % 64));
            held = self.space.arrays.set(self.space.elements, held, bits[0] / 64, word);
        }
        held.0
    }
}

/// Terms while they are made, which can be put down and taken up again.
#[derive(Clone, Debug)]
pub struct Making {
    terms: Terms,
    /// The next entry, or act, to be looked at.
    at: usize,
    stage: Stage,
    seen: Seen,
    /// The keys and the words that somebody is known to have found.
    found: Numbers,
    /// The words found, each with a number.
    words: Numbers,
    /// The acts that count.
    counting: Vec<Act>,
}

/// What is being done.
#[derive(Clone, Debug)]
enum Stage {
    Names { keys: Vec<Option<String>>, values: Vec<Datum>, elements: Vec<i64> },
    Keys(Sorting<Option<String>>, Vec<Datum>, Vec<i64>),
    Values(Sorting<Datum>, Vec<i64>),
    Elements(Sorting<i64>),
    Acts,
    Found,
    Counting,
}

/// What was seen already, so that each is sorted once.
#[derive(Clone, Debug, Default)]
struct Seen {
    nil: bool,
    values: Numbers,
    elements: Numbers,
}

impl Making {
    /// Begins the terms of a log of that model.
    pub fn of(model: ModelName) -> Self {
        Self {
            terms: Terms::none(model),
            at: 0,
            stage: Stage::Names { keys: Vec::new(), values: Vec::new(), elements: Vec::new() },
            seen: Seen::default(),
            found: Numbers::default(),
            words: Numbers::default(),
            counting: Vec::new(),
        }
    }

    /// Goes on while there is work to be spent; the terms, or the first operation that does not belong to the model, once
    /// that is known. The log has to be the same each time.
    pub fn advance(&mut self, log: &Log, work: &mut usize) -> Option<Result<Terms, Unsuitable>> {
        loop {
            self.stage = match &mut self.stage {
                Stage::Names { keys, values, elements } => {
                    while let Some(entry) = log.entries.get(self.at) {
                        *work = work.checked_sub(1)?;
                        if !belongs(entry, self.terms.model) {
                            return Some(Err(unsuitable(log, self.at, self.terms.model)));
                        }
                        if keys.last() != Some(&entry.key) {
                            keys.push(entry.key.clone());
                        }
                        self.seen.note(entry, values, elements);
                        self.at += 1;
                    }
                    self.seen.value(log.initial, values);
                    Stage::Keys(Sorting::of(mem::take(keys)), mem::take(values), mem::take(elements))
                }
                Stage::Keys(sorting, values, elements) => {
                    self.terms.keys = once(sorting.advance(work)?);
                    Stage::Values(Sorting::of(mem::take(values)), mem::take(elements))
                }
                Stage::Values(sorting, elements) => {
                    self.terms.values = sorting.advance(work)?;
                    Stage::Elements(Sorting::of(mem::take(elements)))
                }
                Stage::Elements(sorting) => {
                    self.terms.elements = sorting.advance(work)?;
                    self.terms.space.elements = Shape::of_bits(self.terms.elements.len());
                    if matches!(self.terms.model, ModelName::Register | ModelName::CasRegister) {
                        self.terms.initial = self.terms.value(log.initial);
                    }
                    self.at = 0;
                    Stage::Acts
                }
                Stage::Acts => {
                    while let Some(entry) = log.entries.get(self.at) {
                        *work = work.checked_sub(1)?;
                        self.terms.add(self.at, entry);
                        self.at += 1;
                    }
                    self.at = 0;
                    Stage::Found
                }
                Stage::Found => {
                    while let Some(act) = self.terms.acts.get(self.at) {
                        *work = work.checked_sub(1)?;
                        if let Step::Sees(word) | Step::Swaps(word, _) = act.interval.step {
                            let number = self.words.of(word);
                            self.found.of_pair(act.key, number);
                        }
                        self.at += 1;
                    }
                    self.at = 0;
                    Stage::Counting
                }
                Stage::Counting => {
                    while let Some(&act) = self.terms.acts.get(self.at) {
                        *work = work.checked_sub(1)?;
                        if self.counts(&act) {
                            self.counting.push(act);
                        }
                        self.at += 1;
                    }
                    self.terms.acts = mem::take(&mut self.counting);
                    let none = Terms::none(self.terms.model);
                    return Some(Ok(mem::replace(&mut self.terms, none)));
                }
            }
        }
    }

    /// Whether an operation need be looked at: one that never returned does only if somebody found what it wrote.
    fn counts(&mut self, act: &Act) -> bool {
        match act.interval.step {
            Step::Becomes(word) | Step::Swaps(_, word) if act.interval.returned.is_none() => {
                let number = self.words.of(word);
                self.found.has_pair(act.key, number)
            }
            _ => true,
        }
    }
}

impl Seen {
    /// Notes every value and every element that an operation names.
    fn note(&mut self, entry: &Entry, values: &mut Vec<Datum>, elements: &mut Vec<i64>) {
        match entry.call {
            Call::Write(value) => self.value(value, values),
            Call::Cas(from, to) => {
                self.value(from, values);
                self.value(to, values);
            }
            Call::Insert(element) | Call::Remove(element) => self.element(element, elements),
            Call::Read | Call::Add(_) => {}
        }
        match &entry.ended {
            Some((_, Ending::Ok(Reading::Value(value)))) => self.value(*value, values),
            Some((_, Ending::Ok(Reading::Elements(found)))) => {
                for &element in found {
                    self.element(element, elements);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, value: Datum, values: &mut Vec<Datum>) {
        let before = self.values.len();
        let is_new = match value {
            Some(number) => {
                self.values.of(number.cast_unsigned());
                self.values.len() > before
            }
            None => !mem::replace(&mut self.nil, true),
        };
        if is_new {
            values.push(value);
        }
    }

    fn element(&mut self, element: i64, elements: &mut Vec<i64>) {
        let before = self.elements.len();
        self.elements.of(element.cast_unsigned());
        if self.elements.len() > before {
            elements.push(element);
        }
    }
}

/// Whether every operation, and what it was told, belongs to the model.
///
/// # Errors
///
/// Names the first that does not.
pub fn suits(log: &Log, model: ModelName) -> Result<(), Unsuitable> {
    let other = log.entries.iter().position(|entry| !belongs(entry, model));
    other.map_or(Ok(()), |entry| Err(unsuitable(log, entry, model)))
}

fn unsuitable(log: &Log, entry: usize, model: ModelName) -> Unsuitable {
    Unsuitable { entry, deed: words::deed(&log.entries[entry]), model }
}

fn belongs(entry: &Entry, model: ModelName) -> bool {
    let reading = match &entry.ended {
        Some((_, Ending::Ok(reading))) => reading,
        _ => &Reading::Done,
    };
    match (entry.call, model) {
        (Call::Read, ModelName::Set) => !matches!(reading, Reading::Value(_)),
        (Call::Read, _) => !matches!(reading, Reading::Elements(_)),
        (Call::Write(_), ModelName::Register | ModelName::CasRegister)
        | (Call::Cas(..), ModelName::CasRegister)
        | (Call::Add(_), ModelName::Counter)
        | (Call::Insert(_) | Call::Remove(_), ModelName::Set) => true,
        _ => false,
    }
}

/// Each of these, which are in ascending order, once.
fn once<T: PartialEq>(mut all: Vec<T>) -> Vec<T> {
    all.dedup();
    all
}
