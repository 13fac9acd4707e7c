//! Reading a Jepsen log.
//!
//! Decisions: what the nemesis does and what other loggers say, with the lines that belong to it, is passed over; so is
//! a blank line. Any other line must be an event. A text in which Jepsen says nothing at all is refused, because the
//! likeliest reason is a wrong file; a log of a run in which no process asked anything is a log, and holds.

use super::cut::{begins_name, begins_value, begins_value_of};
use super::message::{Content, content, first};
use crate::check::log::line::{Line, lines};
use crate::check::log::problem::{Fault, Problems, quote};
use crate::check::log::record::{Function, Kind, Part, Recorder};
use crate::check::log::value::{call, keyed, reading, whole};
use crate::check::log::{Call, Ending, Entry, Form, Log, Problem, Reading};

const FORM: Form = Form::Jepsen;
const SHAPE: &str = "A line of a history is `PROCESS :TYPE :FUNCTION VALUE`, such as `0 :ok :read 3`.";

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
    /// Whether a line was one that Jepsen prints.
    is_jepsen: bool,
    /// Whether a message of another logger may go on.
    in_message: bool,
    /// The beginning of the first line that is not blank.
    first: Option<String>,
}

impl Reader {
    /// A reader of a text of that length in bytes.
    pub fn of_length(length: usize) -> Self {
        Self {
            recorder: Recorder::new(length),
            problems: Problems::default(),
            is_jepsen: false,
            in_message: false,
            first: None,
        }
    }

    /// Reads the next line; whether the text is worth reading on.
    pub fn line(&mut self, line: &Line<'_>) -> bool {
        if line.is_blank() {
            return true;
        }
        if self.first.is_none() {
            self.first = Some(quote(line.text));
        }
        let outcome = self.take(line).map_err(|mut fault| {
            if fault.may_go_on && !line.ended {
                fault.message.push_str(" This last line has no line feed: the log may be cut off here.");
            }
            fault
        });
        match outcome.and_then(|()| whole_line(line)) {
            Ok(()) => true,
            Err(fault) => self.problems.note(line, fault),
        }
    }

    /// The log, once its last line was read.
    pub fn end(self) -> Result<Log, Vec<Problem>> {
        let Self { recorder, mut problems, is_jepsen, first, .. } = self;
        if !is_jepsen {
            problems.note_whole(wrong_file(first.as_deref()));
        }
        let mut log = recorder.log(None);
        name_additions(&mut log);
        problems.none_or(log)
    }

    fn take<'a>(&mut self, line: &Line<'a>) -> Result<(), Fault<'a>> {
        let content = content(line.text);
        let goes_on = self.in_message && content == Content::Text;
        self.in_message = goes_on || content == Content::Message;
        self.is_jepsen |= match content {
            Content::Event(_) | Content::Nemesis => true,
            Content::Message => line.text.contains("jepsen") || line.text.contains("partition-lab"),
            Content::Text => false,
        };
        match content {
            Content::Event(event) => self.event(line, event),
            Content::Text if !goes_on => {
                let advice = if line.ended { " Take this line out." } else { "" };
                let message = format!("{} is no event. {SHAPE}{advice}", quote(line.text));
                Err(Fault::new(line.text, message).may_go_on(true)) // an event can stand behind anything
            }
            Content::Nemesis | Content::Message | Content::Text => Ok(()),
        }
    }

    fn event<'a>(&mut self, line: &Line<'a>, event: &'a str) -> Result<(), Fault<'a>> {
        let (word, rest) = word(event);
        let process = whole(word).map_err(|_| {
            let message = format!("{} is no process: processes are numbered. {SHAPE}", quote(word));
            Fault::new(word, message).may_go_on(word.is_empty())
        })?;
        let outcome = self.event_of(line.number, process, word, rest);
        if outcome.is_err() {
            self.recorder.lose_track(process);
        }
        outcome
    }

    fn event_of<'a>(&mut self, line: u32, process: i64, number: &'a str, rest: &'a str) -> Result<(), Fault<'a>> {
        let (kind_word, rest) = word(rest);
        let kind = kind_word
            .strip_prefix(':')
            .and_then(Kind::named)
            .ok_or_else(|| unknown((kind_word, rest), "type of event", "Types are :invoke, :ok, :fail and :info."))?;
        let (function_word, rest) = word(rest);
        let function = function_word.strip_prefix(':').and_then(Function::named).ok_or_else(|| {
            let known = "Operations are :read, :write, :cas, :add, :insert and :remove.";
            unknown((function_word, rest), "operation that is known here", known)
        })?;
        let value = rest.trim_ascii();
        let part = |part| match part {
            Part::Process => number,
            Part::Function => function_word,
        };
        let when = (line, None);
        if kind == Kind::Invoke {
            let (key, call) = asked(function, value)?;
            return self
                .recorder
                .invoke(process, key, call, when)
                .map_err(|(at, message)| Fault::new(part(at), message));
        }
        let entry = self.recorder.asked(process, function).map_err(|(at, message)| Fault::new(part(at), message))?;
        let ending = match (kind, entry) {
            (Kind::Fail, _) => Ending::Fail,
            (Kind::Ok, Some(entry)) => Ending::Ok(told(entry, value)?),
            (Kind::Ok | Kind::Info | Kind::Invoke, _) => Ending::Info,
        };
        self.recorder.end(process, ending, when);
        Ok(())
    }
}

/// What is said of a text that begins so and in which Jepsen says nothing.
fn wrong_file(first: Option<&str>) -> String {
    match first {
        None => "There is nothing in this text: is it the right file?".to_owned(),
        Some(first) => format!(
            "Nothing here looks like a Jepsen log, and JSON lines begin with a brace: is it the right file? It begins \
             with {first}."
        ),
    }
}

/// The key and the call of an invocation.
fn asked(function: Function, value: &str) -> Result<(Option<String>, Call), Fault<'_>> {
    if value.is_empty() {
        return Err(Fault::new(value, format!("The line ends before its value. {SHAPE}")).may_go_on(true));
    }
    match keyed(function, value) {
        Some((key, value)) => Ok((Some(whole(key)?.to_string()), call(FORM, function, value)?)),
        None => Ok((None, call(FORM, function, value).map_err(|fault| fault.may_go_on(begins_value(value)))?)),
    }
}

/// What a process was told by the value of its `:ok`.
fn told<'a>(entry: &Entry, value: &'a str) -> Result<Reading, Fault<'a>> {
    let Some(key) = entry.key.as_ref().filter(|_| entry.call == Call::Read || value != FORM.nil()) else {
        return reading(FORM, entry.call, value).map_err(|fault| fault.may_go_on(begins_value_of(entry.call, value)));
    };
    match keyed(entry.call.function(), value) {
        Some((told, value)) if told == key => reading(FORM, entry.call, value),
        _ => {
            let message = format!("This ends an operation on the key {key}: its value is written [{key} VALUE].");
            Err(Fault::new(value, message).may_go_on(begins_value(value)))
        }
    }
}

/// In a log of a set, `:add` puts an element in; otherwise it adds to a counter. Jepsen has one word for both.
fn name_additions(log: &mut Log) {
    if log.entries.iter().any(is_of_a_set) {
        for entry in &mut log.entries {
            if let Call::Add(element) = entry.call {
                entry.call = Call::Insert(element);
            }
        }
    }
}

/// Whether this can only be an operation of a set.
pub(super) fn is_of_a_set(entry: &Entry) -> bool {
    let of_a_set = matches!(entry.call, Call::Insert(_) | Call::Remove(_));
    of_a_set || matches!(entry.ended, Some((_, Ending::Ok(Reading::Elements(_)))))
}

/// A last line without a line feed is only taken if its end shows that nothing is missing.
fn whole_line<'a>(line: &Line<'a>) -> Result<(), Fault<'a>> {
    let text = line.text.trim_ascii_end();
    let shows_its_end = [" nil", "\tnil", "]", "}", ":timed-out"].iter().any(|end| text.ends_with(end));
    if line.ended || (shows_its_end && matches!(content(text), Content::Event(_))) {
        return Ok(());
    }
    let message = "This last line has no line feed: the log may be cut off here, and 1 be the start of 12. If the line is \
                   whole, put a line feed behind it.";
    Err(Fault::new(&line.text[text.len()..], message))
}

/// The next word and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_ascii_start();
    text.split_at(first(text).len())
}

/// What is said of a word, given what follows it and what is known instead.
fn unknown<'a>((word, rest): (&'a str, &str), what: &str, known: &str) -> Fault<'a> {
    let message = if word.is_empty() {
        format!("The line ends too early. {SHAPE}")
    } else {
        format!("{} is no {what}. {known}", quote(word))
    };
    Fault::new(word, message).may_go_on(rest.is_empty() && begins_name(known, word))
}
