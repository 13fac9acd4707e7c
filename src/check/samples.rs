//! Small logs for tests, one operation per word:
//!
//! ```text
//! 0:write=1@0-1     process 0 wrote 1, invoked at position 0, returned at 1; likewise read=, cas=1>2, add=, put=, take=
//! 0:write=1@0-?     … and never returned      0:write=1@0-1!     … and failed      0:x.write=1@0-1     … key x
//! 1:read={1,2}@2-3  process 1 read these elements of a set
//! ```

use super::log::{Call, Datum, Ending, Entry, Log, Moment, Reading};
use crate::sim::Micros;

/// The log of those operations, initially nil; positions are also times, lines are counted from 1.
pub fn log(text: &str) -> Log {
    let mut entries: Vec<Entry> = text.split_whitespace().map(entry).collect();
    entries.sort_by_key(|entry| entry.invoked);
    Log { initial: None, entries }
}

fn entry(word: &str) -> Entry {
    let (process, rest) = word.split_once(':').expect("a process");
    let (what, when) = rest.split_once('@').expect("a time");
    let (key, what) = what.split_once('.').map_or((None, what), |(key, what)| (Some(key.to_owned()), what));
    let (verb, object) = what.split_once('=').expect("an object");
    let (invoked, ended) = when.split_once('-').expect("an interval");
    let (call, reading) = match verb {
        "read" if object.starts_with('{') => {
            let elements = object.trim_matches(['{', '}']).split_terminator(',').map(number);
            (Call::Read, Reading::Elements(elements.collect()))
        }
        "read" => (Call::Read, Reading::Value(datum(object))),
        "write" => (Call::Write(datum(object)), Reading::Done),
        "cas" => {
            let (from, to) = object.split_once('>').expect("two values");
            (Call::Cas(datum(from), datum(to)), Reading::Done)
        }
        "add" => (Call::Add(number(object)), Reading::Done),
        "put" => (Call::Insert(number(object)), Reading::Done),
        "take" => (Call::Remove(number(object)), Reading::Done),
        _ => panic!("no such operation: {word}"),
    };
    let ended = match ended.strip_suffix('!') {
        Some(position) => Some((moment(position), Ending::Fail)),
        None if ended == "?" => None,
        None => Some((moment(ended), Ending::Ok(reading))),
    };
    Entry { process: number(process), key, call, invoked: moment(invoked), ended }
}

fn moment(text: &str) -> Moment {
    let position = text.parse().expect("a position");
    Moment { position, line: position + 1, at: Some(Micros(position.into())) }
}

fn datum(text: &str) -> Datum {
    (text != "nil").then(|| number(text))
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}
