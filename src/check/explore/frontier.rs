//! The states that were found and not yet gone on from, packed one behind the other in chunks, so that there is never
//! much more memory than they need.

use std::collections::VecDeque;

/// How many bytes of packed states a chunk holds at most, unless a single state has more.
const CHUNK: usize = 1 << 16;

/// Packed states with their numbers and depths.
#[derive(Default)]
pub(super) struct Frontier {
    chunks: VecDeque<Chunk>,
    /// A chunk that was emptied, to be filled again.
    spare: Option<Chunk>,
    waiting: usize,
}

/// Some of them; those before `next` are gone.
struct Chunk {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    next: usize,
    start: usize,
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

impl Chunk {
    fn new() -> Self {
        Self { bytes: Vec::with_capacity(CHUNK), entries: Vec::new(), next: 0, start: 0 }
    }

    fn is_empty(&self) -> bool {
        self.next == self.entries.len()
    }

    fn memory(&self) -> usize {
        self.bytes.capacity() + self.entries.capacity() * size_of::<Entry>()
    }
}

impl Frontier {
    pub fn push(&mut self, number: u32, depth: u32, packed: &[u8]) {
        if self.chunks.back().is_none_or(|last| last.bytes.len() + packed.len() > CHUNK) {
            self.chunks.push_back(self.spare.take().unwrap_or_else(Chunk::new));
        }
        let Some(last) = self.chunks.back_mut() else { return };
        let length = u32::try_from(packed.len()).unwrap_or(u32::MAX);
        last.entries.push(Entry { number, depth, length });
        last.bytes.extend_from_slice(packed);
        self.waiting += 1;
    }

    /// Takes the one that was found first.
    pub fn pop_first(&mut self, packed: &mut Vec<u8>) -> Option<Entry> {
        let first = self.chunks.front_mut()?;
        let entry = *first.entries.get(first.next)?;
        let end = first.start + entry.length as usize;
        packed.clear();
        packed.extend_from_slice(&first.bytes[first.start..end]);
        (first.next, first.start) = (first.next + 1, end);
        self.waiting -= 1;
        if first.is_empty() {
            let first = self.chunks.pop_front();
            self.keep(first);
        }
        Some(entry)
    }

    /// Takes the one that was found last.
    pub fn pop_last(&mut self, packed: &mut Vec<u8>) -> Option<Entry> {
        let last = self.chunks.back_mut()?;
        let entry = last.entries.pop()?;
        let start = last.bytes.len().saturating_sub(entry.length as usize);
        packed.clear();
        packed.extend_from_slice(&last.bytes[start..]);
        last.bytes.truncate(start);
        self.waiting -= 1;
        if last.is_empty() {
            let last = self.chunks.pop_back();
            self.keep(last);
        }
        Some(entry)
    }

    fn keep(&mut self, chunk: Option<Chunk>) {
        self.spare = chunk.map(|mut chunk| {
            chunk.bytes.clear();
            chunk.entries.clear();
            (chunk.next, chunk.start) = (0, 0);
            chunk
        });
    }

    pub fn len(&self) -> usize {
        self.waiting
    }

    /// The bytes it takes.
    pub fn memory(&self) -> usize {
        self.chunks.iter().chain(&self.spare).map(Chunk::memory).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Frontier {
        let mut frontier = Frontier::default();
        for number in 0..20_000_u32 {
            frontier.push(number, number / 100, &number.to_le_bytes().repeat(1 + number as usize % 7));
        }
        frontier
    }

    #[test]
    fn gives_back_what_was_put_in_in_either_order() {
        let (mut packed, mut frontier) = (Vec::new(), filled());
        for number in 0..20_000_u32 {
            let entry = frontier.pop_first(&mut packed).expect("there are that many");
            assert_eq!((entry.number, entry.depth), (number, number / 100));
            assert_eq!(packed, number.to_le_bytes().repeat(1 + number as usize % 7));
        }
        assert!(frontier.pop_first(&mut packed).is_none());
        let mut frontier = filled();
        for number in (0..20_000_u32).rev() {
            assert_eq!(frontier.pop_last(&mut packed).expect("there are that many").number, number);
            assert_eq!(packed, number.to_le_bytes().repeat(1 + number as usize % 7));
        }
        assert_eq!(frontier.len(), 0);
    }
}
