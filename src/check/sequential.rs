//! Sequential consistency of a log: is there one order of all operations that keeps the order of each process and
//! explains every answer? Real time does not count (Lamport, "How to make a multiprocessor computer that correctly
//! executes multiprocess programs", 1979).
//!
//! ```text
//! p1  ├─ write 1 ─┤                        not linearizable: the read began after the write had returned;
//! p2                  ├─ read nil ─┤       sequentially consistent: read nil, write 1
//! ```
//!
//! It is not local: each key may have its order and all of them together none. So all keys are searched together
//! ([`super::order::program`]), which is far harder: the problem is NP-complete even for one register (Gibbons &
//! Korach, "Testing shared memories", 1997), and the budget matters. An operation that never returned may take effect at
//! any time after what its process did before, or never. What is linearizable is sequentially consistent, and a
//! linearization is found far sooner: that is tried first.

use std::fmt;

use super::judge::ModelName;
use super::linearizable::{Explained, linearizable};
use super::log::{Entry, Log};
use super::order::program;
use super::order::search::Budget;
use super::order::terms::{Terms, Undecided};
use super::verdict::Verdict;
use super::words;

/// Why a log is not sequentially consistent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfOrder {
    /// An order that explains as many operations that returned as any does; indices of entries of the log.
    pub longest: Vec<usize>,
    /// How many operations returned in all.
    pub returned: usize,
    /// How many of them are in that order.
    pub explained: usize,
    /// The first operation, by invocation, that could come next and cannot: an index of an entry, and that entry.
    pub stuck: (usize, Entry),
    /// What its object holds after that order, as people write it.
    pub state: String,
}

/// A verdict on the sequential consistency of a log: the order, as indices of entries, or the witness, or what is
/// missing.
pub type Sequential = Verdict<Vec<usize>, OutOfOrder, Undecided>;

/// Judges the sequential consistency of a log.
pub fn sequential(log: &Log, model: ModelName, budget: Budget) -> Sequential {
    match linearizable(log, model, budget) {
        Verdict::Holds(orders) => return Verdict::Holds(together(log, &orders)),
        Verdict::Unknown(Undecided::Unsuitable(unsuitable)) => return Verdict::Unknown(unsuitable.into()),
        Verdict::Unknown(Undecided::Exhausted(_)) | Verdict::Violated(_) => {}
    }
    by_program_order(log, model, budget)
}

/// One order for all keys, out of one for each that is true to real time. Each operation is put at the latest
/// invocation among those up to it in the order of its key, which is an instant of its interval.
fn together(log: &Log, orders: &[Explained]) -> Vec<usize> {
    let mut placed = Vec::new();
    for explained in orders {
        let mut instant = 0;
        for &entry in &explained.order {
            instant = log.entries[entry].invoked.position.max(instant);
            placed.push((instant, entry));
        }
    }
    placed.sort_by_key(|(instant, _)| *instant);
    placed.into_iter().map(|(_, entry)| entry).collect()
}

fn by_program_order(log: &Log, model: ModelName, budget: Budget) -> Sequential {
    let mut terms = match Terms::of(log, model) {
        Ok(terms) => terms,
        Err(unsuitable) => return Verdict::Unknown(unsuitable.into()),
    };
    match program::order(log, &mut terms, budget) {
        Some(Ok(order)) => Verdict::Holds(order),
        Some(Err(furthest)) => {
            let stuck = terms.acts[furthest.stuck].entry;
            Verdict::Violated(OutOfOrder {
                longest: furthest.longest,
                returned: terms.acts.iter().filter(|act| act.interval.returned.is_some()).count(),
                explained: furthest.explained,
                stuck: (stuck, log.entries[stuck].clone()),
                state: terms.show(furthest.state),
            })
        }
        None => Verdict::Unknown(Undecided::Exhausted(budget)),
    }
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, entry) = &self.stuck;
        debug_assert!(!self.longest.contains(index));
        let key = entry.key.as_ref().map(|key| format!(" in key {key}")).unwrap_or_default();
        write!(
            f,
            "{}, but it cannot follow the longest order true to each process, which explains {} of {} and leaves {}{key}.",
            words::capital(&words::deed(entry)),
            self.explained,
            words::count(self.returned, "operation"),
            self.state
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn judged(text: &str, model: ModelName) -> Sequential {
        sequential(&samples::log(text), model, Budget::default())
    }

    #[test]
    fn a_read_may_be_late_as_long_as_its_process_does_not_notice() {
        let Verdict::Holds(order) = judged("0:write=1@0-1 1:read=nil@2-3", ModelName::Register) else {
            panic!("real time does not count")
        };
        assert_eq!(order, [1, 0]);
        assert!(judged("0:write=1@0-1 0:read=nil@2-3", ModelName::Register).violation().is_some());
    }

    /// Store buffering: each writes its own and misses the other's.
    #[test]
    fn two_keys_that_are_each_in_order_can_be_out_of_order_together() {
        let x = "0:x.write=1@0-1 1:x.read=nil@4-5";
        let y = "1:y.write=1@2-3 0:y.read=nil@6-7";
        assert!(judged(x, ModelName::Register).holds() && judged(y, ModelName::Register).holds());
        assert!(judged(&format!("{x} {y}"), ModelName::Register).violation().is_some());
    }

    #[test]
    fn two_readers_who_disagree_on_the_order_of_two_writes_are_told() {
        let text = "0:write=1@0-1 1:write=2@2-3 2:read=1@4-5 3:read=2@6-7 2:read=2@8-9 3:read=1@10-11";
        let verdict = judged(text, ModelName::Register);
        let witness = verdict.violation().expect("no order suits both");
        assert_eq!((witness.explained, witness.returned), (5, 6));
        assert_eq!(
            witness.to_string(),
            "Process 3 read 1 (line 11, returned line 12), but it cannot follow the longest order true to each process, \
             which explains 5 of 6 operations and leaves 2."
        );
    }

    #[test]
    fn a_write_that_never_returned_comes_after_what_its_process_did_before() {
        let after = "0:read=nil@0-1 0:write=1@2-? 1:read=1@3-4";
        assert!(judged(after, ModelName::Register).holds());
        let before = "0:read=2@0-1 0:write=1@2-? 1:read=1@3-4 1:write=2@5-6";
        assert!(judged(before, ModelName::Register).violation().is_some());
    }

    #[test]
    fn a_search_without_budget_is_undecided() {
        let verdict = sequential(&samples::log("0:write=1@0-1"), ModelName::Register, Budget(0));
        assert_eq!(verdict, Verdict::Unknown(Undecided::Exhausted(Budget(0))));
    }
}
