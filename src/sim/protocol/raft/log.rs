//! The log: the operations in the order in which they are applied, each with the term in which a leader took it in.
//!
//! ```text
//!  index   1        2           3
//!  term    1        1           2          an index and a term name an entry: two logs that agree on both at some
//!          (none)   0: write v1 2: read    place agree on everything before it
//! ```

use serde::{Deserialize, Serialize};

use crate::sim::{Answer, Operation, RequestId, Value};

/// A term: in each there is at most one leader. 0 is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Term(pub u32);

/// The place of an entry. Of two logs the *later* one is that whose last entry has the higher term, or the higher index
/// in the same term (Ongaro & Ousterhout 2014, §5.4.1): the order of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The term of the entry; 0 before the first.
    pub term: Term,
    /// Its index, counted from 1; 0 before the first.
    pub index: u32,
}

/// An entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The term of the leader that took it in.
    pub term: Term,
    /// The client's request; none in the first entry of a leader.
    pub command: Option<(RequestId, Operation)>,
}

/// Entries; a request is in it at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Log(Vec<Entry>);

impl Term {
    /// The next term.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl Entry {
    /// The request it serves, where there is one.
    pub fn request(self) -> Option<RequestId> {
        self.command.map(|(request, _)| request)
    }

    /// What it makes of the register, and the answer; no answer where it changes nothing and nobody asked.
    pub fn apply(self, value: Value) -> (Value, Option<Answer>) {
        match self.command.and_then(|(_, operation)| operation.on_register(value)) {
            Some((value, answer)) => (value, Some(answer)),
            None => (value, None),
        }
    }
}

impl Log {
    /// The entries, that of index 1 first.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The entry of that index, if there is one.
    pub fn at(&self, index: u32) -> Option<Entry> {
        self.0.get(index.checked_sub(1)? as usize).copied()
    }

    /// The place of the entry of that index; the place before the first if there is none.
    pub fn position(&self, index: u32) -> Position {
        self.at(index).map_or(Position::default(), |entry| Position { term: entry.term, index })
    }

    /// The place of the last entry.
    pub fn last(&self) -> Position {
        self.position(u32::try_from(self.0.len()).unwrap_or(u32::MAX))
    }

    /// Whether it holds the entry of that place. Every log holds the place before the first.
    pub fn holds(&self, place: Position) -> bool {
        place.index == 0 || self.at(place.index).is_some_and(|entry| entry.term == place.term)
    }

    /// The index of that request, if it is there.
    pub fn find(&self, request: RequestId) -> Option<u32> {
        let at = self.0.iter().position(|entry| entry.request() == Some(request))?;
        u32::try_from(at + 1).ok()
    }

    /// The answer that the entry of that index gives, if the register held `initial` at first.
    pub fn answer(&self, index: u32, initial: Value) -> Option<Answer> {
        let before = self.0.iter().take(index.checked_sub(1)? as usize);
        let value = before.fold(initial, |value, entry| entry.apply(value).0);
        self.at(index)?.apply(value).1
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// Stores an entry after that index. If another one stands there, that one and all after it are dropped; if this one
    /// does, nothing changes. Guarded: there is no gap before it.
    pub fn put_after(&mut self, index: u32, entry: Entry) {
        let at = index as usize;
        if self.0.get(at).is_some_and(|mine| mine.term != entry.term) {
            self.0.truncate(at);
        }
        if self.0.len() == at {
            self.0.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(terms: &[u32]) -> Log {
        Log(terms.iter().map(|&term| Entry { term: Term(term), command: None }).collect())
    }

    #[test]
    fn the_later_log_has_the_higher_last_term_and_then_the_higher_index() {
        assert!(of(&[1, 2]).last() > of(&[1, 1, 1]).last());
        assert!(of(&[1, 1, 1]).last() > of(&[1, 1]).last());
        assert!(of(&[1]).last() > of(&[]).last());
    }

    #[test]
    fn an_entry_in_another_ones_place_drops_what_follows_and_its_own_copy_nothing() {
        let mut log = of(&[1, 1, 1]);
        log.put_after(0, Entry { term: Term(1), command: None });
        assert_eq!(log, of(&[1, 1, 1]));
        log.put_after(1, Entry { term: Term(2), command: None });
        assert_eq!(log, of(&[1, 2]));
    }

    #[test]
    fn an_answer_depends_on_what_stands_before() {
        let cas = Operation::Cas(Value(1), Value(2));
        let operations = [cas, Operation::Write(Value(1)), cas, Operation::Read];
        let commands = (0..).map(RequestId).zip(operations);
        let log = Log(commands.map(|command| Entry { term: Term(1), command: Some(command) }).collect());
        let answers: Vec<Option<Answer>> = (1..=4).map(|index| log.answer(index, Value(0))).collect();
        let expected = [Answer::Differs, Answer::Written, Answer::Written, Answer::Value(Value(2))];
        assert_eq!(answers, expected.map(Some));
    }
}
