//! What is possible, as a square: what is known of time, by when a linearizable history is asked for. Every request is to
//! be answered in all four.
//!
//! ```text
//!                           also when messages are lost    at least when none is lost
//!  no clocks                Theorem 1: impossible          Corollary 1.1: impossible
//!  clocks, known bounds     Theorem 2: impossible          possible
//! ```

use super::Topic;

/// A field of the square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Square {
    /// Whose word it is.
    pub source: &'static str,
    /// Whether both promises can be kept.
    pub possible: bool,
    /// The page about it; the first theorem has the whole room.
    pub topic: Option<Topic>,
}

impl Square {
    /// What the columns ask of consistency.
    pub const COLUMNS: [&str; 2] = ["also when messages are lost", "at least when none is lost"];
    /// What the rows know of time.
    pub const ROWS: [&str; 2] = ["no clocks", "clocks and known bounds"];
    /// All four, by rows.
    pub const ALL: [Self; 4] = [
        Self { source: "Theorem 1", possible: false, topic: None },
        Self { source: "Corollary 1.1", possible: false, topic: Some(Topic::Late) },
        Self { source: "Theorem 2", possible: false, topic: Some(Topic::Clocks) },
        Self { source: "Central node", possible: true, topic: Some(Topic::Bounds) },
    ];
}
