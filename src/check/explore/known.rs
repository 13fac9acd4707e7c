//! The states that are known: tables of fingerprints with nothing else in them.
//!
//! Once there are some thousands, there are many small tables rather than a large one, and a fingerprint's highest bits
//! say which is its own. They grow one by one, so that no single insertion ever moves more than a small part of what is
//! known: whoever searches in slices can keep them short, however many states there are.

/// A set of fingerprints: open addressing with linear probing, each table at most three quarters full. 8 bytes a place,
/// so 11 to 21 bytes a state.
pub(super) struct Known {
    tables: Vec<Table>,
    count: usize,
    places: usize,
}

/// The places of the fingerprints with the same highest bits. 0 is an empty place; the fingerprint 0 is kept as 1.
struct Table {
    places: Vec<u64>,
    count: usize,
}

/// As many tables as eight bits can tell apart; at first there is one.
const TABLES: usize = 1 << 8;
/// The places of the first table at first, and at most.
const FIRST: (usize, usize) = (1 << 10, 1 << 12);
/// The places of each of the many tables at first.
const SMALLEST: usize = 1 << 5;

impl Known {
    pub fn new() -> Self {
        Self { tables: vec![Table::new(FIRST.0)], count: 0, places: FIRST.0 }
    }

    /// Looks all of them up to no other end than that their places are near when they are put in.
    pub fn look_up(&self, fingerprints: impl Iterator<Item = u64>) -> usize {
        fingerprints.filter(|&fingerprint| self.tables[self.table_of(fingerprint)].is_at_home(fingerprint)).count()
    }

    /// Puts a fingerprint in; whether it was new.
    pub fn insert(&mut self, fingerprint: u64) -> bool {
        let fingerprint = fingerprint.max(1);
        let at = self.table_of(fingerprint);
        let table = &mut self.tables[at];
        let place = table.place(fingerprint);
        if table.places[place] != 0 {
            return false;
        }
        table.places[place] = fingerprint;
        table.count += 1;
        self.count += 1;
        if table.count * 4 > table.places.len() * 3 {
            self.make_room(at);
        }
        true
    }

    /// Lets a table grow; the first, once it is large, becomes many.
    fn make_room(&mut self, at: usize) {
        if self.tables.len() > 1 || self.places < FIRST.1 {
            self.places += self.tables[at].places.len();
            self.tables[at].grow();
            return;
        }
        let many = (0..TABLES).map(|_| Table::new(SMALLEST)).collect();
        let first = std::mem::replace(&mut self.tables, many);
        (self.count, self.places) = (0, TABLES * SMALLEST);
        for fingerprint in first.into_iter().flat_map(|table| table.places).filter(|&fingerprint| fingerprint != 0) {
            self.insert(fingerprint);
        }
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.places * size_of::<u64>()
    }

    /// Which table a fingerprint belongs to.
    fn table_of(&self, fingerprint: u64) -> usize {
        (fingerprint >> 56) as usize & (self.tables.len() - 1)
    }
}

impl Table {
    fn new(places: usize) -> Self {
        Self { places: vec![0; places], count: 0 }
    }

    fn is_at_home(&self, fingerprint: u64) -> bool {
        self.places[self.home(fingerprint)] == fingerprint
    }

    /// Where the fingerprint is, or would be put.
    fn place(&self, fingerprint: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut place = self.home(fingerprint);
        while self.places[place] != 0 && self.places[place] != fingerprint {
            place = (place + 1) & mask;
        }
        place
    }

    /// Where one begins to look for it.
    fn home(&self, fingerprint: u64) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "the mask keeps the low bits only")]
        let low = fingerprint as usize;
        low & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        let larger = vec![0; self.places.len() * 2];
        for fingerprint in std::mem::replace(&mut self.places, larger) {
            if fingerprint != 0 {
                let place = self.place(fingerprint);
                self.places[place] = fingerprint;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_was_put_in_and_nothing_else_however_much_it_grows() {
        let mut known = Known::new();
        let print = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        assert!((0..10_000).all(|number| known.insert(print(number))));
        assert!((0..10_000).all(|number| !known.insert(print(number))));
        assert!(known.insert(print(10_000)));
        assert_eq!(known.len(), 10_001);
    }

    #[test]
    fn grows_by_a_small_part_at_a_time() {
        let mut known = Known::new();
        let print = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut before = known.bytes();
        for number in 0..200_000 {
            known.insert(print(number));
            let after = known.bytes();
            assert!(after - before <= 64 * 1_024, "{} bytes more at once", after - before);
            before = after;
        }
        assert!(before <= 200_000 * 22, "{before} bytes for 200,000 states");
    }
}
