//! One line as a JSON object whose values are still text, so that each can be named with its place in the line.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::check::log::problem::{Fault, quote};

const EXAMPLE: &str = "An event is written as {\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":1}.";
const FIELDS: &str = "The fields of an event are process, type, f, value, key and time; the first line may be {\"initial\":0} \
                      instead.";

/// The fields of a line, as they are written.
#[derive(Default)]
pub(super) struct Object<'a> {
    pub initial: Option<&'a str>,
    pub process: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub function: Option<&'a str>,
    pub value: Option<&'a str>,
    pub key: Option<&'a str>,
    pub time: Option<&'a str>,
    /// The name of the first field that an event does not have.
    unknown: Option<&'a str>,
    /// The name of the first field that is there twice.
    twice: Option<&'a str>,
}

impl<'a> Object<'a> {
    /// Reads a line.
    pub fn read(line: &'a str) -> Result<Self, Fault<'a>> {
        let line = line.trim_ascii();
        if !line.starts_with('{') {
            return Err(Fault::new(line, format!("{} is no JSON object. {EXAMPLE}", quote(line))));
        }
        let object: Self = serde_json::from_str(line).map_err(|error| syntax(line, &error))?;
        if let Some(name) = object.unknown {
            return Err(Fault::new(name, format!("There is no field {}. {FIELDS}", quote(name))));
        }
        if let Some(name) = object.twice {
            return Err(Fault::new(name, format!("The field {} is there twice: take one out.", quote(name))));
        }
        Ok(object)
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<&'a str>> {
        Some(match name {
            "initial" => &mut self.initial,
            "process" => &mut self.process,
            "type" => &mut self.kind,
            "f" => &mut self.function,
            "value" => &mut self.value,
            "key" => &mut self.key,
            "time" => &mut self.time,
            _ => return None,
        })
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut object = Object::default();
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            let name = name.get();
            match text(name).as_deref().and_then(|name| object.slot(name)) {
                Some(slot) if slot.is_none() => *slot = Some(value.get()),
                Some(_) => object.twice = object.twice.or(Some(name)),
                None => object.unknown = object.unknown.or(Some(name)),
            }
        }
        Ok(object)
    }
}

/// What a text in quotation marks says; `None` if this is something else.
pub(super) fn text(raw: &str) -> Option<Cow<'_, str>> {
    let plain = raw.strip_prefix('"')?.strip_suffix('"')?;
    if plain.contains('\\') { serde_json::from_str::<String>(raw).ok().map(Into::into) } else { Some(plain.into()) }
}

/// What is wrong with a line that is no JSON object.
fn syntax<'a>(line: &'a str, error: &serde_json::Error) -> Fault<'a> {
    let mut at = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    if error.classify() == Category::Eof {
        let message =
            "The line ends in the middle of its object: was the log cut off here? An event is one whole line.";
        return Fault::new(&line[line.len()..], message);
    }
    if line.trim_start().starts_with("{:") {
        let message = "This is EDN, as in Jepsen's history.edn, which is not read here. Take history.txt, which Jepsen writes beside it.";
        return Fault::new(&line[..line.trim_end().len()], message);
    }
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let length = line[at..].chars().next().map_or(0, char::len_utf8);
    Fault::new(&line[at..at + length], format!("This is not JSON here ({reason}). {EXAMPLE}"))
}
