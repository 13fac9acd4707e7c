//! The tape: numbers and words in a row, written or read by the same calls.
//!
//! A description of a value moves along the tape and hands over each of its parts. A blank tape takes them down; a
//! written one puts its own in their place. So there is one description for both directions, and they cannot disagree.
//! Words are numbered as they first occur and stand together, each once, where they compress best.

use super::envelope::{push_number, take_number};
use crate::diagram::sorted::Sorted;

/// The most that all words of a drawing may take, each as often as it occurs, in bytes. Without it a link could name one
/// long word a million times.
const MOST_TEXT: usize = 512 * 1024;

/// The most members that all lists of a drawing may have: nodes, edges, places, declarations … A page lays out that many
/// in a few seconds.
const MOST_MEMBERS: usize = 4_000;

/// The least that a word counts, in bytes: an empty one takes memory too.
const WORD: usize = 16;

/// Which way it runs.
enum Side {
    /// It takes down what it is handed. Holds the number of each word.
    Blank(Sorted<String, u32>),
    /// It hands out what it has. Holds how many bytes of the numbers are read.
    Written(usize),
}

/// Numbers and words.
pub struct Tape {
    side: Side,
    numbers: Vec<u8>,
    words: Vec<String>,
    /// What is left of the bounds; both sides keep the same account, so what can be written can be read.
    text_left: usize,
    members_left: usize,
    is_overfull: bool,
    is_broken: bool,
}

impl Tape {
    /// A tape to write on.
    pub fn blank() -> Self {
        Self::new(Side::Blank(Sorted::default()), Vec::new(), Vec::new())
    }

    /// A tape to read; `None` if its words cannot be made out.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let count = take_number(&mut rest)? as usize;
        if count > rest.len() {
            return None;
        }
        let mut lengths = Vec::with_capacity(count);
        for _ in 0..count {
            lengths.push(take_number(&mut rest)? as usize);
        }
        let mut words = Vec::with_capacity(count);
        for length in lengths {
            let (word, after) = rest.split_at_checked(length)?;
            words.push(std::str::from_utf8(word).ok()?.to_owned());
            rest = after;
        }
        Some(Self::new(Side::Written(0), rest.to_vec(), words))
    }

    fn new(side: Side, numbers: Vec<u8>, words: Vec<String>) -> Self {
        let (text_left, members_left) = (MOST_TEXT, MOST_MEMBERS);
        Self { side, numbers, words, text_left, members_left, is_overfull: false, is_broken: false }
    }

    /// What was written; `None` if it is more than a link may hold.
    pub fn written(self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        push_number(&mut bytes, u32::try_from(self.words.len()).ok()?);
        for word in &self.words {
            push_number(&mut bytes, u32::try_from(word.len()).ok()?);
        }
        for word in &self.words {
            bytes.extend_from_slice(word.as_bytes());
        }
        bytes.extend_from_slice(&self.numbers);
        Some(bytes).filter(|_| !self.is_overfull)
    }

    /// Whether there was more than a drawing may have.
    pub fn is_overfull(&self) -> bool {
        self.is_overfull
    }

    /// Whether a tape was read without a fault and nothing is left.
    pub fn is_read_to_its_end(&self) -> bool {
        matches!(self.side, Side::Written(at) if at == self.numbers.len()) && !self.is_broken
    }

    /// What was read is not what it could be.
    pub fn break_off(&mut self) {
        self.is_broken = true;
    }

    /// A number.
    pub fn number(&mut self, value: &mut u32) {
        let Side::Written(at) = &mut self.side else { return push_number(&mut self.numbers, *value) };
        let mut rest = &self.numbers[*at..];
        let number = take_number(&mut rest);
        *at = self.numbers.len() - rest.len();
        self.is_broken |= number.is_none();
        *value = number.unwrap_or_default();
    }

    /// A text.
    pub fn text(&mut self, text: &mut String) {
        let mut place = 0;
        if let Side::Blank(places) = &mut self.side {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            place = *places.or_insert_with(text.clone(), || next);
            if place == next {
                self.words.push(text.clone());
            }
        }
        self.number(&mut place);
        let Some(word) = self.words.get(place as usize) else { return self.break_off() };
        match self.text_left.checked_sub(word.len() + WORD) {
            Some(left) => {
                self.text_left = left;
                word.clone_into(text);
            }
            None => self.is_overfull = true,
        }
    }

    /// How many members a list has.
    pub fn count(&mut self, count: usize) -> usize {
        let mut number = u32::try_from(count).unwrap_or(u32::MAX);
        self.number(&mut number);
        if let Some(left) = self.members_left.checked_sub(number as usize) {
            self.members_left = left;
            return number as usize;
        }
        self.is_overfull = true;
        0
    }
}
