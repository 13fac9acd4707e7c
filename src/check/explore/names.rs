//! Numbers for things that occur again and again, so that a state is made of small numbers.
//!
//! After Holzmann's "collapse compression" (1997): a cluster has very many states, but its nodes and messages have few.

use std::collections::BTreeMap;
use std::hash::Hash;

use super::fingerprint;
use super::pieces::Pieces;

/// Things, each with the number under which it was first met.
pub(super) struct Names<T> {
    things: Pieces<T>,
    numbers: BTreeMap<u64, u32>,
}

impl<T: Hash + Eq> Names<T> {
    pub fn new() -> Self {
        Self { things: Pieces::new(), numbers: BTreeMap::new() }
    }

    /// The number of a thing; a new one if it was never met.
    pub fn number(&mut self, thing: T) -> u32 {
        let next = u32::try_from(self.things.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(fingerprint(0, &thing)).or_insert(next);
        if number == next {
            self.things.push(thing);
        }
        number
    }

    pub fn get(&self, number: u32) -> &T {
        &self.things[number as usize]
    }
}

/// What is known to follow from a pair of numbers.
///
/// The pairs are spread over many small tables that grow one by one, so that keeping one pair never moves more than a
/// small part of all: whoever searches in slices can keep them short.
pub(super) struct Consequences<T> {
    tables: Vec<Table>,
    known: Pieces<T>,
}

/// Open addressing, at most half full; a pair is kept as one number plus one, 0 is an empty place.
#[derive(Clone)]
struct Table {
    places: Vec<(u64, u32)>,
    count: usize,
}

/// As many tables as six bits can tell apart.
const TABLES: usize = 1 << 6;

impl<T> Consequences<T> {
    pub fn new() -> Self {
        Self { tables: vec![Table { places: vec![(0, 0); 1 << 4], count: 0 }; TABLES], known: Pieces::new() }
    }

    /// What follows, by its number.
    pub fn find(&self, pair: (u32, u32)) -> Option<u32> {
        let table = &self.tables[table_of(key(pair))];
        let (key, number) = table.places[table.place(key(pair))];
        (key != 0).then_some(number)
    }

    /// Keeps what follows, and gives it a number. The pair must not be known.
    pub fn keep(&mut self, pair: (u32, u32), what: T) -> u32 {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.tables[table_of(key(pair))].keep(key(pair), number);
        self.known.push(what);
        number
    }

    pub fn get(&self, number: u32) -> &T {
        &self.known[number as usize]
    }
}

impl Table {
    fn keep(&mut self, key: u64, number: u32) {
        if self.count * 2 >= self.places.len() {
            let larger = vec![(0, 0); self.places.len() * 2];
            for (key, number) in std::mem::replace(&mut self.places, larger) {
                if key != 0 {
                    let place = self.place(key);
                    self.places[place] = (key, number);
                }
            }
        }
        let place = self.place(key);
        self.places[place] = (key, number);
        self.count += 1;
    }

    fn place(&self, key: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut place = (mixed(key) >> 32) as usize & mask;
        while self.places[place].0 != 0 && self.places[place].0 != key {
            place = (place + 1) & mask;
        }
        place
    }
}

/// Which table a pair belongs to.
fn table_of(key: u64) -> usize {
    (mixed(key) >> 58) as usize & (TABLES - 1)
}

fn mixed(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn key((first, second): (u32, u32)) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_the_same_number_and_another_has_another() {
        let mut names = Names::new();
        let numbers: Vec<u32> = ["a", "b", "a", "c", "b"].into_iter().map(|thing| names.number(thing)).collect();
        assert_eq!(numbers, [0, 1, 0, 2, 1]);
        assert_eq!((names.things.len(), *names.get(2)), (3, "c"));
    }

    #[test]
    fn what_follows_from_a_pair_is_found_again_and_from_no_other() {
        let mut consequences = Consequences::new();
        for pair in (0..100).flat_map(|first| (0..50).map(move |second| (first, second))) {
            assert_eq!(consequences.find(pair), None);
            consequences.keep(pair, pair);
        }
        assert_eq!(consequences.find((7, 9)).map(|number| *consequences.get(number)), Some((7, 9)));
        assert_eq!(consequences.find((9, 50)), None);
    }
}
