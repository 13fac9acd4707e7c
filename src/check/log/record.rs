//! From events to operations: each completion finds the invocation that it completes.
//!
//! A process does one thing after the other, so what a completion completes is what its process has open. Once
//! something is wrong with an event of a process, what that process has open is unclear; its next event is then taken
//! as it comes, so that one mistake is told once.

use std::collections::BTreeMap;

use super::{Call, Datum, Ending, Entry, Log, Moment};
use crate::sim::Micros;

/// What an event says of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It begins.
    Invoke,
    /// It took effect.
    Ok,
    /// It did not take effect.
    Fail,
    /// Nobody can tell.
    Info,
}

/// What an operation does, apart from its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Read,
    Write,
    Cas,
    Add,
    Insert,
    Remove,
}

/// The part of an event that is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Process,
    Function,
}

/// A sentence about a part of an event.
pub(super) type Objection = (Part, String);

impl Kind {
    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "invoke" => Self::Invoke,
            "ok" => Self::Ok,
            "fail" => Self::Fail,
            "info" => Self::Info,
            _ => return None,
        })
    }
}

impl Function {
    /// The function of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "read" => Self::Read,
            "write" => Self::Write,
            "cas" => Self::Cas,
            "add" => Self::Add,
            "insert" => Self::Insert,
            "remove" => Self::Remove,
            _ => return None,
        })
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Cas => "cas",
            Self::Add => "add",
            Self::Insert => "insert",
            Self::Remove => "remove",
        }
    }
}

impl Call {
    pub(super) const fn function(self) -> Function {
        match self {
            Self::Read => Function::Read,
            Self::Write(_) => Function::Write,
            Self::Cas(..) => Function::Cas,
            Self::Add(_) => Function::Add,
            Self::Insert(_) => Function::Insert,
            Self::Remove(_) => Function::Remove,
        }
    }
}

/// What a process has open.
#[derive(Clone, Copy)]
enum Open {
    /// The operation of that index.
    Entry(usize),
    /// Something that could not be read.
    Unclear,
}

/// The operations of a log while it is read.
pub(super) struct Recorder {
    entries: Vec<Entry>,
    open: BTreeMap<i64, Open>,
    /// How many events there were. Positions are 32 bits wide; so many events fill more than a hundred gigabytes.
    position: u32,
}

impl Recorder {
    /// A recorder for a text of that length in bytes.
    pub fn new(length: usize) -> Self {
        // Two lines of at least 32 bytes make an operation. A text of other things is not to reserve much for nothing.
        Self { entries: Vec::with_capacity((length / 64).min(1 << 16)), open: BTreeMap::new(), position: 0 }
    }

    /// A process begins an operation.
    pub fn invoke(
        &mut self,
        process: i64,
        key: Option<String>,
        call: Call,
        (line, at): (u32, Option<Micros>),
    ) -> Result<(), Objection> {
        if let Some(Open::Entry(index)) = self.open.get(&process) {
            let before = &self.entries[*index];
            let message = format!(
                "Process {process} begins a {} here, but its {} of line {} has not ended: a process does one thing \
                 after the other. End the first with ok, fail or info, or give the second another process.",
                call.function().name(),
                before.call.function().name(),
                before.invoked.line
            );
            return Err((Part::Process, message));
        }
        self.open.insert(process, Open::Entry(self.entries.len()));
        let invoked = self.moment(line, at);
        self.entries.push(Entry { process, key, call, invoked, ended: None });
        Ok(())
    }

    /// What the process asked, which it is now told to have ended; `None` if it is unclear.
    pub fn asked(&self, process: i64, function: Function) -> Result<Option<&Entry>, Objection> {
        let entry = match self.open.get(&process) {
            Some(Open::Entry(index)) => &self.entries[*index],
            Some(Open::Unclear) => return Ok(None),
            None => {
                let message = format!(
                    "Process {process} ends a {} here that it has not begun: the line of its invocation is missing. \
                     Put it in before, or take this line out.",
                    function.name()
                );
                return Err((Part::Process, message));
            }
        };
        let asked = entry.call.function();
        if asked == function {
            return Ok(Some(entry));
        }
        let message = format!(
            "Process {process} ends a {} here, but it began a {} on line {}: the two must be the same.",
            function.name(),
            asked.name(),
            entry.invoked.line
        );
        Err((Part::Function, message))
    }

    /// What the process has open ends so.
    pub fn end(&mut self, process: i64, ending: Ending, (line, at): (u32, Option<Micros>)) {
        if let Some(Open::Entry(index)) = self.open.remove(&process) {
            let moment = self.moment(line, at);
            self.entries[index].ended = Some((moment, ending));
        }
    }

    /// What the process has open is unclear from now on.
    pub fn lose_track(&mut self, process: i64) {
        self.open.insert(process, Open::Unclear);
    }

    /// The log of all that was recorded.
    pub fn log(self, initial: Datum) -> Log {
        Log { initial, entries: self.entries }
    }

    fn moment(&mut self, line: u32, at: Option<Micros>) -> Moment {
        let position = self.position;
        self.position = position.saturating_add(1);
        Moment { position, line, at }
    }
}
