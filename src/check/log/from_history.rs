//! The log of a simulated run: what its clients saw, in the terms that other programs and the checkers use.
//!
//! A process is a client, numbered from 1 as it is shown; a retry is by the same process. A client that asks again
//! while it still waits does two things at once, which no process does, so the second is by a process of its own.

use super::sequence::{AfterUnknown, processes};
use super::{Call, Ending, Entry, Log, Moment, Reading};
use crate::check::{Attempt, History};
use crate::sim::{Answer, EventId, Micros, Operation, Outcome, Value};

impl Log {
    /// The log of a run of one register. Positions are the numbers of the events of its trace, which leave gaps.
    pub fn of(history: &History) -> Self {
        let mut entries: Vec<Entry> = history.attempts.iter().map(entry).collect();
        let numbers = processes(&entries, AfterUnknown::Continues);
        for (entry, process) in entries.iter_mut().zip(numbers) {
            entry.process = process;
        }
        let register =
            !entries.iter().any(|entry| matches!(entry.call, Call::Add(_) | Call::Insert(_) | Call::Remove(_)));
        Self { initial: register.then(|| number(history.initial)), entries }
    }

    /// The same with `nil` for what a register holds at the start, as Jepsen's logs have it; `None` if somebody writes
    /// that value or `nil`, so that they cannot be told apart from the start.
    pub fn from_nil(&self) -> Option<Self> {
        let initial = self.initial;
        let writes = |call: &Call| matches!(*call, Call::Write(value) | Call::Cas(_, value) if value == initial || value.is_none());
        if initial.is_some() && self.entries.iter().any(|entry| writes(&entry.call)) {
            return None;
        }
        let mut log = Self { initial: None, ..self.clone() };
        for entry in &mut log.entries {
            if let Call::Cas(old, _) = &mut entry.call
                && *old == initial
            {
                *old = None;
            }
            if let Some((_, Ending::Ok(Reading::Value(value)))) = &mut entry.ended
                && *value == initial
            {
                *value = None;
            }
        }
        Some(log)
    }
}

fn entry(attempt: &Attempt) -> Entry {
    Entry {
        process: i64::from(attempt.client.0) + 1,
        key: None,
        call: call(attempt.operation),
        invoked: moment(attempt.invoked, attempt.invoked_at),
        ended: attempt.response.map(|response| (moment(response.event, response.at), ending(response.outcome))),
    }
}

fn moment(event: EventId, at: Micros) -> Moment {
    Moment { position: event.0, line: 0, at: Some(at) }
}

fn number(value: Value) -> i64 {
    i64::from(value.0)
}

fn call(operation: Operation) -> Call {
    match operation {
        Operation::Read => Call::Read,
        Operation::Write(value) => Call::Write(Some(number(value))),
        Operation::Cas(from, to) => Call::Cas(Some(number(from)), Some(number(to))),
        Operation::Add(count) => Call::Add(count.into()),
        Operation::Insert(value) => Call::Insert(number(value)),
        Operation::Remove(value) => Call::Remove(number(value)),
    }
}

fn ending(outcome: Outcome) -> Ending {
    match outcome {
        Outcome::Answered(Answer::Differs) | Outcome::Refused(_) => Ending::Fail,
        Outcome::Answered(answer) => Ending::Ok(reading(answer)),
        Outcome::Unknown => Ending::Info,
    }
}

fn reading(answer: Answer) -> Reading {
    match answer {
        Answer::Written | Answer::Differs => Reading::Done,
        Answer::Value(value) => Reading::Value(Some(number(value))),
        Answer::Count(count) => Reading::Value(Some(count)),
        Answer::Values(values) => Reading::Elements(values.iter().map(number).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::history::Response;
    use crate::sim::{ClientId, NodeId, Refusal, RequestId};

    fn attempt(invoked: u32, operation: Operation, end: Option<(u32, Outcome)>) -> Attempt {
        let at = |event: u32| Micros(u64::from(event) * 10);
        Attempt {
            request: RequestId(invoked),
            client: ClientId(0),
            node: NodeId(0),
            operation,
            invoked_at: at(invoked),
            invoked: EventId(invoked),
            response: end.map(|(event, outcome)| Response { at: at(event), event: EventId(event), outcome }),
        }
    }

    #[test]
    fn a_run_becomes_a_log_with_its_processes_positions_and_times() {
        let read = Outcome::Answered(Answer::Value(Value(1)));
        let attempts = vec![
            attempt(2, Operation::Write(Value(1)), Some((5, Outcome::Unknown))),
            attempt(6, Operation::Write(Value(2)), Some((7, Outcome::Refused(Refusal::QuorumLoss)))),
            attempt(8, Operation::Read, Some((9, read))),
            attempt(10, Operation::Read, None),
        ];
        let log = Log::of(&History { initial: Value(0), attempts });
        assert_eq!(log.initial, Some(0));
        assert!(log.entries.iter().all(|entry| entry.process == 1));
        let ends: Vec<_> = log.entries.iter().map(|entry| entry.ended.clone().map(|(_, ending)| ending)).collect();
        let ok = Ending::Ok(Reading::Value(Some(1)));
        assert_eq!(ends, [Some(Ending::Info), Some(Ending::Fail), Some(ok), None]);
        assert_eq!(log.entries[1].invoked, Moment { position: 6, line: 0, at: Some(Micros(60)) });
    }

    #[test]
    fn a_client_that_asks_twice_at_once_is_two_processes() {
        let attempts = vec![attempt(0, Operation::Read, None), attempt(1, Operation::Read, None)];
        let log = Log::of(&History { initial: Value(0), attempts });
        assert_eq!(log.entries.iter().map(|entry| entry.process).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_register_that_starts_at_a_value_nobody_writes_may_as_well_start_at_nil() {
        let written = Outcome::Answered(Answer::Written);
        let read = |value| Outcome::Answered(Answer::Value(Value(value)));
        let attempts = vec![
            attempt(0, Operation::Read, Some((1, read(0)))),
            attempt(2, Operation::Cas(Value(0), Value(2)), Some((3, written))),
            attempt(4, Operation::Read, Some((5, read(2)))),
        ];
        let log = Log::of(&History { initial: Value(0), attempts });
        let nil = log.from_nil().expect("nobody writes 0");
        assert_eq!((nil.initial, nil.entries[1].call), (None, Call::Cas(None, Some(2))));
        let read = |at: usize| nil.entries[at].ended.as_ref().map(|(_, ending)| ending.clone());
        assert_eq!(read(0), Some(Ending::Ok(Reading::Value(None))));
        assert_eq!(read(2), Some(Ending::Ok(Reading::Value(Some(2)))));
        let back = vec![attempt(0, Operation::Write(Value(0)), Some((1, written)))];
        assert_eq!(Log::of(&History { initial: Value(0), attempts: back }).from_nil(), None);
    }
}
