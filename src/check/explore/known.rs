//! The states that are known: a table of fingerprints with nothing else in it.

/// A set of fingerprints: open addressing with linear probing, at most three quarters full. 8 bytes a place, so 11 to 21
/// bytes a state.
pub(super) struct Known {
    /// 0 is an empty place; the fingerprint 0 is kept as 1.
    places: Vec<u64>,
    count: usize,
}

const SMALLEST: usize = 1 << 10;

impl Known {
    pub fn new() -> Self {
        Self { places: vec![0; SMALLEST], count: 0 }
    }

    /// Looks all of them up to no other end than that their places are near when they are put in.
    pub fn look_up(&self, fingerprints: impl Iterator<Item = u64>) -> usize {
        fingerprints.filter(|&fingerprint| self.places[self.home(fingerprint)] == fingerprint).count()
    }

    /// Puts a fingerprint in; whether it was new.
    pub fn insert(&mut self, fingerprint: u64) -> bool {
        let fingerprint = fingerprint.max(1);
        let place = self.place(fingerprint);
        if self.places[place] != 0 {
            return false;
        }
        self.places[place] = fingerprint;
        self.count += 1;
        if self.count * 4 > self.places.len() * 3 {
            self.grow();
        }
        true
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.places.capacity() * size_of::<u64>()
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
}
