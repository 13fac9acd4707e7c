//! A history from anywhere: what each process asked and what it was told, as Jepsen records it.
//!
//! [`super::History`] is what the clients of a simulated run saw; it becomes a log when other programs or other checkers are to read it. Logs of real systems
//! are read from files, in either of two forms ([`Form`]). All of the checkers work on logs.

use crate::sim::Micros;

mod form;
mod from_history;
pub mod jepsen;
pub mod json_lines;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod laws;
mod line;
mod problem;
mod record;
mod sequence;
mod slices;
mod value;

pub use form::Form;
pub use jepsen::Unwritable;
pub use problem::{MOST as MOST_PROBLEMS, Problem, decode};
pub use slices::Slices;

/// A value of a register as logs write it: a whole number, or nothing (`nil`).
pub type Datum = Option<i64>;

/// What a process asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// The value of a register, the count of a counter, the elements of a set.
    Read,
    /// Store this value in a register.
    Write(Datum),
    /// Store the second value if the register holds the first.
    Cas(Datum, Datum),
    /// Add this to a counter; negative takes away.
    Add(i64),
    /// Put this element into a set.
    Insert(i64),
    /// Take this element out of a set.
    Remove(i64),
}

/// What a process was told, if all went well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// It is done.
    Done,
    /// The value of a register, or the count of a counter.
    Value(Datum),
    /// The elements of a set, in ascending order and without repetition.
    Elements(Vec<i64>),
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// It took effect (Jepsen's `:ok`).
    Ok(Reading),
    /// It certainly did not take effect, and never will (Jepsen's `:fail`).
    Fail,
    /// Nobody can tell whether it took effect, or will (Jepsen's `:info`).
    Info,
}

/// When something was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Its place in the order of all events of the log, from 0. No two events share one.
    pub position: u32,
    /// The line of the file it was read from, counted from 1; 0 when it was not read from a file.
    pub line: u32,
    /// The time in microseconds, where the log gives one.
    pub at: Option<Micros>,
}

/// One operation, from its invocation to its completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The process that asked. A process does one thing after the other.
    pub process: i64,
    /// The object it is about; operations on different keys have nothing to do with each other.
    pub key: Option<String>,
    /// What was asked.
    pub call: Call,
    /// When.
    pub invoked: Moment,
    /// When and how it ended; `None` if the log ends before it does, which says as much as [`Ending::Info`].
    pub ended: Option<(Moment, Ending)>,
}

/// A history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// What a register holds at the start.
    pub initial: Datum,
    /// The operations, in the order of their invocations.
    pub entries: Vec<Entry>,
}
