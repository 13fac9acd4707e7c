//! Writing JSON lines. Everything that a log says is kept, except from which lines it was read and, where the positions
//! of its events leave gaps, the gaps.

use std::fmt::Write;

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
            text.push_str(",\"key\":");
            quote(&mut text, key);
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

/// A text as JSON writes it. By hand, because the page has no other use for a writer of JSON.
fn quote(text: &mut String, words: &str) {
    text.push('"');
    for letter in words.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // Writing to a string cannot fail.
            ..'\u{20}' => drop(write!(text, "\\u{:04x}", u32::from(letter))),
            _ => text.push(letter),
        }
    }
    text.push('"');
}

fn datum(value: Datum) -> String {
    value.map_or_else(|| Form::JsonLines.nil().to_owned(), |number| number.to_string())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_a_key_is_quoted_as_json_has_it() {
        for letter in ('\u{0}'..='\u{2ff}').chain(['\u{2028}', '分', '\u{1f600}']) {
            let words = format!("a{letter}b");
            let mut quoted = String::new();
            quote(&mut quoted, &words);
            assert_eq!(quoted, serde_json::to_string(&words).expect("a text is JSON"));
        }
    }
}
