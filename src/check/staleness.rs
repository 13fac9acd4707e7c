//! Staleness: how far a read of a register is behind, in versions and in time, where written values are distinct.
//!
//! ```text
//! write 1 ├──┤
//! write 2       ├──┤                  the read returns 1; two writes began after that of 1 had ended
//! write 3             ├──┤            and were acknowledged before the read began: two versions stale,
//! read 1                     ├──┤     and as long as since the acknowledgement of the first of them
//! ```
//!
//! Both are lower bounds: whatever order explains the history, the read is at least that far behind. A history that is
//! k-atomic has no read that is k or more versions stale (Aiyer, Alvisi & Bazzi, "On the availability of non-strict
//! quorum systems", 2005; Golab, Li & Shah, "Analyzing consistency properties for fun and profit", 2011).

use std::fmt;

use super::log::{Call, Ending, Entry, Log, Moment};
use super::order::arrays::small;
use super::verdict::Verdict;
use super::versions::{Access, Unclear, Versions};
use super::words;
use crate::sim::Micros;

/// How far behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Microseconds, where the log gives times.
    Time(Micros),
    /// Positions of the log, where it does not.
    Positions(u32),
}

/// A read that is behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleRead {
    /// The read.
    pub read: Entry,
    /// How many versions it is behind.
    pub versions: u32,
    /// How long, when it began, the first of them had been acknowledged.
    pub age: Age,
}

/// How stale the reads of a log are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staleness {
    /// How many reads were judged.
    pub reads: usize,
    /// How many of them are stale.
    pub stale: usize,
    /// By how many versions, all reads together.
    pub versions: u64,
    /// By how long, all reads together; in microseconds, or positions where the log gives no times.
    pub age: u64,
    /// The read that is most versions behind; of equals the one that is so the longest.
    pub worst: StaleRead,
    /// The longest time that a read is behind.
    pub oldest: Age,
}

/// Why staleness cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmeasured {
    /// The versions cannot be told.
    #[error(transparent)]
    Unclear(#[from] Unclear),
    /// A read found a value that nobody wrote.
    #[error("{}, but nobody wrote what it found.", words::capital(&words::deed(.0)))]
    Unwritten(Box<Entry>),
}

/// A verdict on staleness: that none of so many reads is stale, how stale they are, or what is missing.
pub type Freshness = Verdict<usize, Staleness, Unmeasured>;

impl Staleness {
    /// How many versions a read is behind on average, fresh ones included.
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than 53 bits")]
    pub fn mean_versions(&self) -> f64 {
        self.versions as f64 / self.reads as f64
    }

    /// How long a read is behind on average, fresh ones included, in microseconds (or positions).
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than 53 bits")]
    pub fn mean_age(&self) -> f64 {
        self.age as f64 / self.reads as f64
    }
}

/// Measures how stale the reads of registers are. A compare-and-set that took effect counts as a write, not as a read.
pub fn staleness(log: &Log) -> Freshness {
    let versions = match Versions::of(log) {
        Ok(versions) => versions,
        Err(unclear) => return Verdict::Unknown(unclear.into()),
    };
    if let Some(entry) = versions.unwritten {
        return Verdict::Unknown(Unmeasured::Unwritten(Box::new(log.entries[entry].clone())));
    }
    let mut reads = 0;
    let mut stale: Vec<StaleRead> = Vec::new();
    for key in 0..small(versions.keys.len()) {
        let accesses: Vec<&Access> = versions.accesses.iter().filter(|access| access.key == key).collect();
        let writes = Writes::of(log, &accesses);
        let queries: Vec<Query> = accesses.iter().filter_map(|access| query(log, &versions, access)).collect();
        reads += queries.len();
        stale.extend(writes.stale(log, queries));
    }
    stale.sort_by_key(|read| read.read.invoked);
    let Some(worst) = stale.iter().rev().max_by_key(|read| (read.versions, read.age.amount())) else {
        return Verdict::Holds(reads);
    };
    Verdict::Violated(Staleness {
        reads,
        stale: stale.len(),
        versions: stale.iter().map(|read| u64::from(read.versions)).sum(),
        age: stale.iter().map(|read| read.age.amount()).sum(),
        worst: worst.clone(),
        oldest: stale.iter().map(|read| read.age).max_by_key(|age| age.amount()).unwrap_or(worst.age),
    })
}

/// A read: its entry, and the position at which the write that it saw had ended; `None` for the initial value.
struct Query {
    entry: usize,
    after: Option<u32>,
}

/// What to look for; `None` if it is no read, or saw a write that never returned, which it cannot be behind.
fn query(log: &Log, versions: &Versions, access: &Access) -> Option<Query> {
    let entry = &log.entries[access.entry];
    let saw = access.saw.filter(|_| entry.call == Call::Read)?;
    let after = match versions.writers[saw as usize] {
        None => None,
        Some(writer) => match &log.entries[writer].ended {
            Some((moment, Ending::Ok(_))) => Some(moment.position),
            _ => Some(u32::MAX),
        },
    };
    Some(Query { entry: access.entry, after })
}

/// The acknowledged writes of a key, in the order of their invocations.
struct Writes {
    invoked: Vec<u32>,
    returned: Vec<Moment>,
}

impl Writes {
    fn of(log: &Log, accesses: &[&Access]) -> Self {
        let writes = accesses.iter().filter(|access| access.made.is_some() && access.returned);
        let mut writes: Vec<(Moment, Moment)> = writes
            .filter_map(|access| {
                let Entry { invoked, ended, .. } = &log.entries[access.entry];
                ended.as_ref().map(|(returned, _)| (*invoked, *returned))
            })
            .collect();
        writes.sort_unstable();
        let (invoked, returned) = writes.into_iter().map(|(invoked, returned)| (invoked.position, returned)).unzip();
        Self { invoked, returned }
    }

    /// The stale ones of these reads. They are gone through in the order of their beginnings, with a tally of the
    /// writes that were acknowledged by then.
    fn stale(&self, log: &Log, mut queries: Vec<Query>) -> Vec<StaleRead> {
        queries.sort_by_key(|query| log.entries[query.entry].invoked);
        let mut by_return: Vec<usize> = (0..self.returned.len()).collect();
        by_return.sort_by_key(|&write| self.returned[write]);
        let mut by_return = by_return.into_iter().peekable();
        let mut acknowledged = Tally::of(self.returned.len());
        let first_since = self.first_since();
        let mut stale = Vec::new();
        for query in queries {
            let read = &log.entries[query.entry];
            while let Some(write) = by_return.next_if(|&write| self.returned[write].position < read.invoked.position) {
                acknowledged.add(write);
            }
            let start = query.after.map_or(0, |after| self.invoked.partition_point(|&invoked| invoked <= after));
            let versions = acknowledged.from(start);
            if versions > 0 {
                let age = age(first_since[start], read.invoked);
                stale.push(StaleRead { read: read.clone(), versions, age });
            }
        }
        stale
    }

    /// For each write the first acknowledgement among it and all that were invoked later.
    fn first_since(&self) -> Vec<Moment> {
        let mut first = self.returned.clone();
        for at in (1..first.len()).rev() {
            first[at - 1] = first[at - 1].min(first[at]);
        }
        first
    }
}

fn age(since: Moment, until: Moment) -> Age {
    match (since.at, until.at) {
        (Some(since), Some(until)) => Age::Time(Micros(until.0.saturating_sub(since.0))),
        _ => Age::Positions(until.position - since.position),
    }
}

/// How many of the marked indices are at least some index: a Fenwick tree (1994).
struct Tally {
    sums: Vec<u32>,
    all: u32,
}

impl Tally {
    fn of(count: usize) -> Self {
        Self { sums: vec![0; count + 1], all: 0 }
    }

    fn add(&mut self, index: usize) {
        self.all += 1;
        let mut at = index + 1;
        while at < self.sums.len() {
            self.sums[at] += 1;
            at += at & at.wrapping_neg();
        }
    }

    fn from(&self, index: usize) -> u32 {
        let mut below = 0;
        let mut at = index;
        while at > 0 {
            below += self.sums[at];
            at &= at - 1;
        }
        self.all - below
    }
}

impl Age {
    fn amount(self) -> u64 {
        match self {
            Self::Time(Micros(micros)) => micros,
            Self::Positions(positions) => positions.into(),
        }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(micros) => micros.fmt(f),
            Self::Positions(positions) => f.write_str(&words::count(*positions as usize, "event")),
        }
    }
}

impl fmt::Display for StaleRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions = words::count(self.versions as usize, "newer version");
        let had = if self.versions == 1 { "it had" } else { "the first of them had" };
        let sentence = format!(
            "{}, but {versions} had been acknowledged before it began, and {had} been for {}.",
            words::deed(&self.read),
            self.age
        );
        f.write_str(&words::about(self.read.key.as_deref(), &sentence))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_read_of_the_newest_version_is_fresh_and_so_is_one_that_overlaps_the_next() {
        assert_eq!(staleness(&samples::log("0:write=1@0-1 1:read=1@2-3")), Verdict::Holds(1));
        assert_eq!(staleness(&samples::log("0:write=1@0-1 0:write=2@2-9 1:read=1@3-4")), Verdict::Holds(1));
    }

    #[test]
    fn a_read_is_as_stale_as_the_writes_that_were_done_between_its_own_and_it() {
        let text = "0:write=1@0-1 0:write=2@2-3 0:write=3@4-5 1:read=1@10-11 1:read=3@12-13";
        let verdict = staleness(&samples::log(text));
        let staleness = verdict.violation().expect("1 is old");
        assert_eq!((staleness.reads, staleness.stale, staleness.versions), (2, 1, 2));
        assert_eq!(staleness.worst.age, Age::Time(Micros(7)));
        assert!((staleness.mean_versions() - 1.0).abs() < 1e-9);
        assert_eq!(
            staleness.worst.to_string(),
            "Process 1 read 1 (line 11, returned line 12), but 2 newer versions had been acknowledged before it began, \
             and the first of them had been for 0.007 ms."
        );
    }

    #[test]
    fn the_initial_value_is_stale_after_the_first_write_and_without_times_positions_count() {
        let mut log = samples::log("0:write=1@0-1 1:read=nil@4-5");
        for entry in &mut log.entries {
            entry.invoked.at = None;
        }
        let verdict = staleness(&log);
        assert_eq!(verdict.violation().expect("nil is old").worst.age, Age::Positions(3));
    }

    #[test]
    fn a_write_that_never_returned_may_be_the_newest_and_makes_nothing_stale() {
        assert_eq!(staleness(&samples::log("0:write=1@0-? 1:write=2@1-2 2:read=1@3-4")), Verdict::Holds(1));
        assert_eq!(staleness(&samples::log("0:write=1@0-? 2:read=nil@3-4")), Verdict::Holds(1));
    }

    #[test]
    fn values_written_twice_or_never_leave_it_open() {
        assert!(matches!(staleness(&samples::log("0:write=1@0-1 0:write=1@2-3")), Verdict::Unknown(_)));
        assert!(matches!(staleness(&samples::log("0:read=1@0-1")), Verdict::Unknown(Unmeasured::Unwritten(_))));
    }
}
