//! Writing a Jepsen log, in the layout of the classic versions, with tabs.
//!
//! What is kept: processes, types, functions, values, keys that are whole numbers, and the order. What is not: times.
//! A process whose operation has an unknown outcome goes on under a new number, as Jepsen has it.

use std::fmt::Write;

use thiserror::Error;

use super::read::is_of_a_set;
use crate::check::log::sequence::{AfterUnknown, Event, events};
use crate::check::log::{Call, Datum, Ending, Entry, Form, Log, Reading};

/// What a Jepsen log cannot say.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// Registers of Jepsen hold nothing at the start.
    #[error("a Jepsen log cannot say that the register holds {0} at the start: write JSON lines, or write {0} first")]
    Initial(i64),
    /// Keys of Jepsen are written like values.
    #[error("a Jepsen log has whole numbers for keys, not `{0}`: write JSON lines")]
    Key(String),
    /// Jepsen's `:add` means both, by what else is in the log.
    #[error("a Jepsen log is of a set or of a counter, not of both: write JSON lines")]
    SetAndCounter,
}

/// Writes a log.
///
/// # Errors
///
/// What the log says and Jepsen's form cannot.
pub fn write(log: &Log) -> Result<String, Unwritable> {
    if let Some(initial) = log.initial {
        return Err(Unwritable::Initial(initial));
    }
    if let Some(key) = log.entries.iter().filter_map(|entry| entry.key.as_ref()).find(|key| !is_whole(key)) {
        return Err(Unwritable::Key(key.clone()));
    }
    let is_set = log.entries.iter().any(is_of_a_set);
    if is_set && log.entries.iter().any(|entry| matches!(entry.call, Call::Add(_))) {
        return Err(Unwritable::SetAndCounter);
    }
    if log.entries.is_empty() {
        return Ok("INFO  partition-lab - No process asked anything\n".to_owned());
    }
    let add_is_clear = log.entries.iter().any(|entry| is_of_a_set(entry) && !matches!(entry.call, Call::Insert(_)));
    let mut text = String::with_capacity(log.entries.len() * 80);
    for event in events(log, AfterUnknown::IsAnother) {
        let kind = match event.ending {
            None => "invoke",
            Some(Ending::Ok(_)) => "ok",
            Some(Ending::Fail) => "fail",
            Some(Ending::Info) => "info",
        };
        let function = match event.entry.call {
            Call::Insert(_) if add_is_clear => "add",
            call => call.function().name(),
        };
        let value = value(&event);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "INFO  jepsen.util - {}\t:{kind}\t:{function}\t{value}", event.process);
    }
    Ok(text)
}

/// Whether a key is a whole number, written as such.
fn is_whole(key: &str) -> bool {
    key.parse::<i64>().is_ok_and(|number| number.to_string() == key)
}

fn value(event: &Event<'_>) -> String {
    let Event { entry, ending, .. } = event;
    let value = match (entry.call, ending) {
        (_, Some(Ending::Info)) | (Call::Read, Some(Ending::Fail)) => return ":timed-out".to_owned(),
        (Call::Read, Some(Ending::Ok(Reading::Value(value)))) => datum(*value),
        (Call::Read, Some(Ending::Ok(Reading::Elements(elements)))) => {
            format!("#{{{}}}", elements.iter().map(i64::to_string).collect::<Vec<_>>().join(" "))
        }
        (Call::Read, None | Some(Ending::Ok(Reading::Done))) => datum(None),
        (Call::Write(value), _) => datum(value),
        (Call::Cas(old, new), _) => format!("[{} {}]", datum(old), datum(new)),
        (Call::Add(number) | Call::Insert(number) | Call::Remove(number), _) => number.to_string(),
    };
    with_key(entry, value)
}

fn with_key(entry: &Entry, value: String) -> String {
    match &entry.key {
        Some(key) => format!("[{key} {value}]"),
        None => value,
    }
}

fn datum(value: Datum) -> String {
    value.map_or_else(|| Form::Jepsen.nil().to_owned(), |number| number.to_string())
}
