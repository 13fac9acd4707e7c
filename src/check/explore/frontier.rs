//! The states that were found and not yet gone on from, packed one behind the other.

use std::collections::VecDeque;

/// Packed states with their numbers and depths.
#[derive(Default)]
pub(super) struct Frontier {
    bytes: VecDeque<u8>,
    entries: VecDeque<Entry>,
}

/// A state in the frontier.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// Its number in the order of discovery.
    pub number: u32,
    /// How many choices lead to it.
    pub depth: u32,
    length: u32,
}

impl Frontier {
    pub fn push(&mut self, number: u32, depth: u32, packed: &[u8]) {
        let length = u32::try_from(packed.len()).unwrap_or(u32::MAX);
        self.entries.push_back(Entry { number, depth, length });
        self.bytes.extend(packed);
    }

    /// Takes the one that was found first.
    pub fn pop_first(&mut self, packed: &mut Vec<u8>) -> Option<Entry> {
        let entry = self.entries.pop_front()?;
        packed.clear();
        packed.extend(self.bytes.drain(..entry.length as usize));
        Some(entry)
    }

    /// Takes the one that was found last.
    pub fn pop_last(&mut self, packed: &mut Vec<u8>) -> Option<Entry> {
        let entry = self.entries.pop_back()?;
        let rest = self.bytes.len().saturating_sub(entry.length as usize);
        packed.clear();
        packed.extend(self.bytes.drain(rest..));
        Some(entry)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The bytes it takes.
    pub fn memory(&self) -> usize {
        self.bytes.capacity() + self.entries.capacity() * size_of::<Entry>()
    }
}
