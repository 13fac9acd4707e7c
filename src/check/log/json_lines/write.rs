//! Writing JSON lines. Everything that a log says is kept, except from which lines it was read and, where the positions
//! of its events leave gaps, the gaps.

use std::fmt::Write;

use serde_json::Value;

use crate::check::log::sequence::{AfterUnknown, Event, events};
use crate::check::log::{Call, Datum, Ending, Form, Log, Reading};

/// Writes a log.
pub fn write(log: &Log) -> String {
    let mut text = String::with_capacity(log.entries.len() * 128);
    // Writing to a string cannot fail, here and below.
    if log.initial.is_some() || log.entries.is_empty() {
        let _ = writeln!(text, "{{\"initial\":{}}}", datum(log.initial));
    }
    for event in events(log, AfterUnknown::Continues) {
        let kind = match event.ending {
            None => "invoke",
            Some(Ending::Ok(_)) => "ok",
            Some(Ending::Fail) => "fail",
            Some(Ending::Info) => "info",
        };
        let (process, function) = (event.process, event.entry.call.function().name());
        let value = value(&event);
        let _ = write!(text, r#"{{"process":{process},"type":"{kind}","f":"{function}","value":{value}"#);
        if let Some(key) = &event.entry.key {
            let _ = write!(text, r#","key":{}"#, Value::from(key.as_str()));
        }
        if let Some(time) = event.moment.at {
            let _ = write!(text, r#","time":{}"#, time.0);
        }
        text.push_str("}\n");
    }
    text
}

fn value(event: &Event<'_>) -> String {
    match (event.entry.call, event.ending) {
        (Call::Read, Some(Ending::Ok(Reading::Value(value)))) => datum(*value),
        (Call::Read, Some(Ending::Ok(Reading::Elements(elements)))) => {
            format!("[{}]", elements.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
        }
        (Call::Read, _) => datum(None),
        (Call::Write(value), _) => datum(value),
        (Call::Cas(old, new), _) => format!("[{},{}]", datum(old), datum(new)),
        (Call::Add(number) | Call::Insert(number) | Call::Remove(number), _) => number.to_string(),
    }
}

fn datum(value: Datum) -> String {
    value.map_or_else(|| Form::JsonLines.nil().to_owned(), |number| number.to_string())
}
