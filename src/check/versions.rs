//! Which write a read saw. Where no value is written twice, the value says it: a *version* of a register is a write of
//! it, or what it holds at the start.
//!
//! ```text
//! 0:write 1 ── 1:read 1 ── 1:write 2 ── 0:read nil
//!                  └ saw version 1           └ saw the initial version
//! ```
//!
//! A compare-and-set that took effect saw one version and made another. What failed made none.

use std::collections::BTreeMap;

use thiserror::Error;

use super::judge::ModelName;
use super::log::{Call, Datum, Ending, Entry, Log, Reading};
use super::order::arrays::small;
use super::order::terms::{Unsuitable, suits};
use super::words;

/// What an operation saw and made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Its index among the entries of the log.
    pub entry: usize,
    /// The number of its key.
    pub key: u32,
    /// The version that it found.
    pub saw: Option<u32>,
    /// The version that it made, or may have made.
    pub made: Option<u32>,
    /// Whether it returned, and so certainly took effect.
    pub returned: bool,
}

/// A log of registers as versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The keys, in ascending order.
    pub keys: Vec<Option<String>>,
    /// For each version its writer, an index of an entry. The first versions are the initial ones, one for each key.
    pub writers: Vec<Option<usize>>,
    /// The operations that saw or made a version, in the order of their invocations.
    pub accesses: Vec<Access>,
    /// The first operation that found a value which nobody wrote: an index of an entry.
    pub unwritten: Option<usize>,
}

/// Why the versions of a log cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unclear {
    /// Two writes of one value.
    #[error("{value} is written twice ({} and {}), so a read of it does not say which write it saw.", places[0], places[1])]
    Twice {
        /// The value.
        value: String,
        /// Where.
        places: [String; 2],
        /// By whom: indices of entries.
        entries: [usize; 2],
    },
    /// A write of the value that the register holds at the start.
    #[error("{value} is written ({place}) and is also the initial value, so a read of it does not say which it saw.")]
    Initial {
        /// The value.
        value: String,
        /// Where.
        place: String,
        /// By whom: an index of an entry.
        entry: usize,
    },
    /// An object without versions.
    #[error(transparent)]
    Unsuitable(#[from] Unsuitable),
}

impl Versions {
    /// Tells the versions of a log of registers.
    ///
    /// # Errors
    ///
    /// When a value is written twice (to one key), or the log is not one of registers.
    pub fn of(log: &Log) -> Result<Self, Unclear> {
        suits(log, ModelName::CasRegister)?;
        let mut keys: Vec<Option<String>> = log.entries.iter().map(|entry| entry.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut versions = Self { writers: vec![None; keys.len()], keys, accesses: Vec::new(), unwritten: None };
        let made = versions.number(log)?;
        for (index, entry) in log.entries.iter().enumerate() {
            let (returned, reading) = match &entry.ended {
                Some((_, Ending::Ok(reading))) => (true, reading),
                Some((_, Ending::Fail)) => continue,
                Some((_, Ending::Info)) | None => (false, &Reading::Done),
            };
            let key = versions.key(entry);
            let (found, new) = match (entry.call, reading) {
                (Call::Read, Reading::Value(found)) => (Some(*found), None),
                (Call::Write(new), _) => (None, Some(new)),
                (Call::Cas(from, to), _) => (returned.then_some(from), Some(to)),
                _ => continue,
            };
            let version = |value: Datum| match made.get(&(key, value)) {
                Some(version) => Some(*version),
                None if value == log.initial => Some(key),
                None => None,
            };
            let saw = found.and_then(version);
            if found.is_some() && saw.is_none() {
                versions.unwritten.get_or_insert(index);
            }
            versions.accesses.push(Access { entry: index, key, saw, made: new.and_then(version), returned });
        }
        Ok(versions)
    }

    /// Gives each write that did not fail a number.
    fn number(&mut self, log: &Log) -> Result<BTreeMap<(u32, Datum), u32>, Unclear> {
        let mut made = BTreeMap::new();
        for (index, entry) in log.entries.iter().enumerate() {
            let (Call::Write(new) | Call::Cas(_, new)) = entry.call else { continue };
            if matches!(entry.ended, Some((_, Ending::Fail))) {
                continue;
            }
            let (value, place) = (words::value(new), words::at(entry.invoked));
            if new == log.initial {
                return Err(Unclear::Initial { value, place, entry: index });
            }
            let version = small(self.writers.len());
            if let Some(earlier) = made.insert((self.key(entry), new), version) {
                let first = self.writers[earlier as usize].unwrap_or_default();
                let places = [words::at(log.entries[first].invoked), place];
                return Err(Unclear::Twice { value, places, entries: [first, index] });
            }
            self.writers.push(Some(index));
        }
        Ok(made)
    }

    fn key(&self, entry: &Entry) -> u32 {
        small(self.keys.binary_search(&entry.key).unwrap_or_default())
    }

    /// A version as people write it: its value.
    pub fn show(&self, log: &Log, version: u32) -> String {
        let writer = self.writers[version as usize].map(|entry| log.entries[entry].call);
        match writer {
            Some(Call::Write(new) | Call::Cas(_, new)) => words::value(new),
            _ => words::value(log.initial),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn each_read_is_told_its_version_and_a_swap_sees_one_and_makes_another() {
        let versions = Versions::of(&samples::log("0:write=1@0-1 1:cas=1>2@2-3 1:read=nil@4-5")).expect("distinct");
        assert_eq!(versions.writers, [None, Some(0), Some(1)]);
        let seen: Vec<_> = versions.accesses.iter().map(|access| (access.saw, access.made)).collect();
        assert_eq!(seen, [(None, Some(1)), (Some(1), Some(2)), (Some(0), None)]);
    }

    #[test]
    fn a_value_written_twice_is_unclear_unless_one_of_them_failed_or_is_of_another_key() {
        let unclear = Versions::of(&samples::log("0:write=1@0-1 1:write=1@2-3")).expect_err("twice");
        assert_eq!(
            unclear.to_string(),
            "1 is written twice (line 1 and line 3), so a read of it does not say which write it saw."
        );
        assert!(Versions::of(&samples::log("0:write=1@0-1! 1:write=1@2-3")).is_ok());
        assert!(Versions::of(&samples::log("0:x.write=1@0-1 1:y.write=1@2-3")).is_ok());
        assert!(matches!(Versions::of(&samples::log("0:write=nil@0-1")), Err(Unclear::Initial { .. })));
    }

    #[test]
    fn a_value_that_nobody_wrote_is_noticed_and_so_is_one_whose_write_failed() {
        assert_eq!(Versions::of(&samples::log("0:read=1@0-1")).expect("distinct").unwritten, Some(0));
        let failed = samples::log("0:write=1@0-1! 0:read=1@2-3");
        assert_eq!(Versions::of(&failed).expect("distinct").unwritten, Some(1));
    }
}
