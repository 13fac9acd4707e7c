//! Reading JSON lines.
//!
//! Decisions: blank lines are passed over, nothing else is. A last line needs no line feed, because its brace shows
//! that it is whole. A text without any object is refused, because the likeliest reason is a wrong file; a log that
//! only says what the register holds at the start is a log, and holds.

use super::object::{Object, text};
use crate::check::log::line::{Line, lines};
use crate::check::log::problem::{Fault, Problems, quote};
use crate::check::log::record::{Function, Kind, Objection, Part, Recorder};
use crate::check::log::value::{call, datum, reading, whole};
use crate::check::log::{Call, Datum, Ending, Entry, Form, Log, Problem};
use crate::sim::Micros;

const FORM: Form = Form::JsonLines;

/// Reads a log.
///
/// # Errors
///
/// Everything that is wrong with the text, in the order of its lines.
pub fn read(text: &str) -> Result<Log, Vec<Problem>> {
    let mut reader = Reader::of_length(text.len());
    for line in lines(text) {
        if !reader.line(&line) {
            break;
        }
    }
    reader.end()
}

/// A reader, which is handed the lines one after the other.
pub(in crate::check::log) struct Reader {
    recorder: Recorder,
    problems: Problems,
    initial: Datum,
    /// Whether there was a line.
    has_begun: bool,
    /// Whether a line was an object.
    is_json: bool,
}

/// An event whose process is known.
struct Event<'a> {
    process: i64,
    object: Object<'a>,
    /// The whole line, for what is missing in it.
    line: &'a str,
}

impl Reader {
    /// A reader of a text of that length in bytes.
    pub fn of_length(length: usize) -> Self {
        let (recorder, problems) = (Recorder::new(length), Problems::default());
        Self { recorder, problems, initial: None, has_begun: false, is_json: false }
    }

    /// Reads the next line; whether the text is worth reading on.
    pub fn line(&mut self, line: &Line<'_>) -> bool {
        if line.is_blank() {
            return true;
        }
        let outcome = self.take(line);
        if let Err(fault) = outcome
            && !self.problems.note(line, fault)
        {
            return false;
        }
        self.has_begun = true;
        true
    }

    /// The log, once its last line was read.
    pub fn end(mut self) -> Result<Log, Vec<Problem>> {
        if !self.has_begun {
            self.problems.note_whole("There is nothing in this text: is it the right file?");
        } else if !self.is_json {
            self.problems.keep_first();
        }
        self.problems.none_or(self.recorder.log(self.initial))
    }

    fn take<'a>(&mut self, line: &Line<'a>) -> Result<(), Fault<'a>> {
        let object = Object::read(line.text)?;
        self.is_json = true;
        if let Some(initial) = object.initial {
            return self.start(&object, initial);
        }
        let number = needed(object.process, line.text, "process")?;
        let process = whole(number)
            .map_err(|_| Fault::new(number, format!("{} is no process: processes are numbered.", quote(number))))?;
        let outcome = self.event(line.number, &Event { process, object, line: line.text });
        if outcome.is_err() {
            self.recorder.lose_track(process);
        }
        outcome
    }

    fn start<'a>(&mut self, object: &Object<'a>, initial: &'a str) -> Result<(), Fault<'a>> {
        let Object { process, kind, function, value, key, time, .. } = object;
        if self.has_begun || [process, kind, function, value, key, time].iter().any(|field| field.is_some()) {
            let message = "What a register holds at the start is said on the first line, and nothing else there.";
            return Err(Fault::new(initial, message));
        }
        self.initial = datum(FORM, initial)?;
        Ok(())
    }

    fn event<'a>(&mut self, line: u32, event: &Event<'a>) -> Result<(), Fault<'a>> {
        let Event { process, object, line: whole_line } = event;
        let kind_field = needed(object.kind, whole_line, "type")?;
        let kind = text(kind_field).and_then(|name| Kind::named(&name)).ok_or_else(|| {
            let known = "Types are \"invoke\", \"ok\", \"fail\" and \"info\".";
            Fault::new(kind_field, format!("{} is no type of event. {known}", quote(kind_field)))
        })?;
        let function_field = needed(object.function, whole_line, "f")?;
        let function = text(function_field).and_then(|name| Function::named(&name)).ok_or_else(|| {
            let known = "Operations are \"read\", \"write\", \"cas\", \"add\", \"insert\" and \"remove\".";
            Fault::new(function_field, format!("{} is no operation that is known here. {known}", quote(function_field)))
        })?;
        let when = (line, time(object)?);
        let key = key(object)?;
        let place = |(part, message): Objection| match part {
            Part::Process => Fault::new(object.process.unwrap_or(whole_line), message),
            Part::Function => Fault::new(function_field, message),
        };
        if kind == Kind::Invoke {
            let call = asked(function, object, whole_line)?;
            return self.recorder.invoke(*process, key, call, when).map_err(place);
        }
        let entry = self.recorder.asked(*process, function).map_err(place)?;
        let ending = match (kind, entry) {
            (Kind::Fail, _) => Ending::Fail,
            (Kind::Ok, Some(entry)) => told(entry, object, whole_line)?,
            (Kind::Ok | Kind::Info | Kind::Invoke, _) => Ending::Info,
        };
        if let (Some(asked), Some(told)) = (entry, &key)
            && asked.key.as_ref() != Some(told)
        {
            let message = format!("The operation was begun on another key than {}: repeat its key.", quote(told));
            return Err(Fault::new(object.key.unwrap_or(whole_line), message));
        }
        self.recorder.end(*process, ending, when);
        Ok(())
    }
}

/// What an invocation asks.
fn asked<'a>(function: Function, object: &Object<'a>, line: &'a str) -> Result<Call, Fault<'a>> {
    if function == Function::Read {
        return match object.value {
            None | Some("null") => Ok(Call::Read),
            Some(value) => Err(Fault::new(value, "A read asks for nothing: its value is null where it begins.")),
        };
    }
    call(FORM, function, needed(object.value, line, "value")?)
}

/// What a process is told that all went well.
fn told<'a>(entry: &Entry, object: &Object<'a>, line: &'a str) -> Result<Ending, Fault<'a>> {
    let value = match object.value {
        None if entry.call != Call::Read => FORM.nil(),
        value => needed(value, line, "value")?,
    };
    reading(FORM, entry.call, value).map(Ending::Ok)
}

fn time<'a>(object: &Object<'a>) -> Result<Option<Micros>, Fault<'a>> {
    let Some(field) = object.time.filter(|&field| field != FORM.nil()) else { return Ok(None) };
    field.parse().map(|micros| Some(Micros(micros))).map_err(|_| {
        let message = format!("{} is no time: a time is a whole number of microseconds from 0 on.", quote(field));
        Fault::new(field, message)
    })
}

fn key<'a>(object: &Object<'a>) -> Result<Option<String>, Fault<'a>> {
    let Some(field) = object.key.filter(|&field| field != FORM.nil()) else { return Ok(None) };
    match text(field) {
        Some(key) => Ok(Some(key.into_owned())),
        None => Err(Fault::new(field, format!("{} is no key: a key is text, such as \"x\".", quote(field)))),
    }
}

/// A field that has to be there.
fn needed<'a>(field: Option<&'a str>, line: &'a str, name: &str) -> Result<&'a str, Fault<'a>> {
    let start = line.trim_ascii_start();
    let brace = &start[..start.len().min(1)];
    field.ok_or_else(|| Fault::new(brace, format!("The field \"{name}\" is missing in this event: add it.")))
}
