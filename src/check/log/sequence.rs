//! From operations back to events, in the order in which they are written, each under the process that writes it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ending, Entry, Log, Moment};

/// What becomes of a process whose operation has an unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterUnknown {
    /// It goes on as the same process, and as the same session.
    Continues,
    /// It goes on under a new number, as in Jepsen: the old one may still be at work.
    IsAnother,
}

/// One event of an operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    /// The operation.
    pub entry: &'a Entry,
    /// The process that writes it.
    pub process: i64,
    /// When.
    pub moment: Moment,
    /// How the operation ends; `None` where it begins.
    pub ending: Option<&'a Ending>,
}

/// All events of a log in their order.
pub(super) fn events(log: &Log, after_unknown: AfterUnknown) -> Vec<Event<'_>> {
    let mut events = Vec::with_capacity(log.entries.len() * 2);
    for (entry, process) in log.entries.iter().zip(processes(&log.entries, after_unknown)) {
        events.push(Event { entry, process, moment: entry.invoked, ending: None });
        if let Some((moment, ending)) = &entry.ended {
            events.push(Event { entry, process, moment: *moment, ending: Some(ending) });
        }
    }
    events.sort_by_key(|event| event.moment.position);
    events
}

/// The process of each operation, so that none begins an operation while another of its own is open.
pub(super) fn processes(entries: &[Entry], after_unknown: AfterUnknown) -> Vec<i64> {
    let mut used: BTreeSet<i64> = entries.iter().map(|entry| entry.process).collect();
    let mut latest: BTreeMap<i64, (i64, &Entry)> = BTreeMap::new();
    let mut processes = Vec::with_capacity(entries.len());
    for entry in entries {
        let process = match latest.get(&entry.process) {
            Some((process, before)) if is_over(before, entry, after_unknown) => *process,
            Some(_) => unused(&mut used),
            None => entry.process,
        };
        latest.insert(entry.process, (process, entry));
        processes.push(process);
    }
    processes
}

/// Whether a process that did the one may do the next under its number.
fn is_over(before: &Entry, next: &Entry, after_unknown: AfterUnknown) -> bool {
    match &before.ended {
        None => false,
        Some((_, Ending::Info)) if after_unknown == AfterUnknown::IsAnother => false,
        Some((moment, _)) => moment.position < next.invoked.position,
    }
}

/// The number after the greatest in use or, after the last of all numbers, the first that is free.
fn unused(used: &mut BTreeSet<i64>) -> i64 {
    let after = used.last().map_or(Some(0), |last| last.checked_add(1));
    let number = after.or_else(|| (0..i64::MAX).find(|number| !used.contains(number))).unwrap_or_default();
    used.insert(number);
    number
}
