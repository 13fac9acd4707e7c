//! A log in the checkers' terms: each operation with its answer is a [`Step`], each value, count or set of elements a
//! word.
//!
//! What is left out, and why no order is lost or won by it:
//!
//! - An operation that failed (Jepsen's `:fail`) certainly had no effect, says Jepsen, and no more than that: not that
//!   a compare-and-set found another value, which is only one of the reasons for which it may have failed.
//! - A read that never returned says nothing.
//! - A write that never returned, of a value that nobody is known to have found, may as well never take effect.

use thiserror::Error;

use super::arrays::{Array, Arrays, Shape, small};
use super::search::{Budget, Interval};
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
    /// Puts a log into terms of steps.
    ///
    /// # Errors
    ///
    /// When an operation does not belong to the model.
    pub fn of(log: &Log, model: ModelName) -> Result<Self, Unsuitable> {
        suits(log, model)?;
        let elements = elements(log);
        let space = Space { arrays: Arrays::default(), elements: Shape::of_bits(elements.len()) };
        let keys = ascending(log.entries.iter().map(|entry| entry.key.clone()).collect());
        let values = values(log);
        let mut terms = Self { space, initial: 0, keys, acts: Vec::new(), model, values, elements };
        if matches!(model, ModelName::Register | ModelName::CasRegister) {
            terms.initial = terms.value(log.initial);
        }
        for (index, entry) in log.entries.iter().enumerate() {
            let Some(step) = terms.step(entry) else { continue };
            let returned = match &entry.ended {
                Some((moment, Ending::Ok(_))) => Some(moment.position),
                _ => None,
            };
            let key = small(terms.keys.binary_search(&entry.key).unwrap_or_default());
            let interval = Interval { step, invoked: entry.invoked.position, returned };
            terms.acts.push(Act { entry: index, key, interval });
        }
        terms.leave_out_what_nobody_found();
        Ok(terms)
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

    fn leave_out_what_nobody_found(&mut self) {
        let found = ascending(
            self.acts
                .iter()
                .filter_map(|act| match act.interval.step {
                    Step::Sees(word) | Step::Swaps(word, _) => Some((act.key, word)),
                    _ => None,
                })
                .collect(),
        );
        self.acts.retain(|act| match act.interval.step {
            Step::Becomes(word) | Step::Swaps(_, word) if act.interval.returned.is_none() => {
                found.binary_search(&(act.key, word)).is_ok()
            }
            _ => true,
        });
    }
}

/// Whether every operation, and what it was told, belongs to the model.
///
/// # Errors
///
/// Names the first that does not.
pub fn suits(log: &Log, model: ModelName) -> Result<(), Unsuitable> {
    let other = log.entries.iter().position(|entry| !belongs(entry, model));
    other.map_or(Ok(()), |entry| Err(Unsuitable { entry, deed: words::deed(&log.entries[entry]), model }))
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

/// Every value that the log names, and what a register holds at the start.
fn values(log: &Log) -> Vec<Datum> {
    let mut values = vec![log.initial];
    for entry in &log.entries {
        match entry.call {
            Call::Write(value) => values.push(value),
            Call::Cas(from, to) => values.extend([from, to]),
            _ => {}
        }
        if let Some((_, Ending::Ok(Reading::Value(value)))) = entry.ended {
            values.push(value);
        }
    }
    ascending(values)
}

/// Every element that the log names.
fn elements(log: &Log) -> Vec<i64> {
    let mut elements = Vec::new();
    for entry in &log.entries {
        if let Call::Insert(element) | Call::Remove(element) = entry.call {
            elements.push(element);
        }
        if let Some((_, Ending::Ok(Reading::Elements(found)))) = &entry.ended {
            elements.extend(found);
        }
    }
    ascending(elements)
}

fn ascending<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}
