//! What a search has met, so that it does not go there again.
//!
//! A configuration is what has been placed, the state after it, and which of the operations that never returned were
//! used up on the way. Using fewer of them is never worse, as each may also take effect later or never: a configuration
//! is as good as met when one with the same place and state has been, which used a part of what this one uses.

use super::arrays::{Array, Arrays, Shape, mix, small};

/// The configurations met so far.
#[derive(Clone, Debug)]
pub struct Memo {
    /// The key of each, and what was used.
    met: Vec<([u64; 3], Array)>,
    /// Open addressing: the index of a configuration plus one, or 0 for a free place. At most half full.
    places: Vec<u32>,
}

impl Default for Memo {
    fn default() -> Self {
        Self { met: Vec::new(), places: vec![0; 64] }
    }
}

impl Memo {
    /// Notes a configuration; whether neither it nor a better one was met before. The key is all of it but what was
    /// used: three words.
    pub fn is_new(&mut self, arrays: &Arrays, infos: Shape, key: [u64; 3], used: Array) -> bool {
        let mut at = self.home(key);
        while let Some(index) = self.places[at].checked_sub(1) {
            let (other, met) = self.met[index as usize];
            if other == key && arrays.within(infos, met, used) {
                return false;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        self.met.push((key, used));
        self.places[at] = small(self.met.len());
        if self.met.len() * 2 > self.places.len() {
            self.grow();
        }
        true
    }

    /// How many were new.
    pub fn len(&self) -> usize {
        self.met.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.met.is_empty()
    }

    /// Where the search for a key begins.
    fn home(&self, [first, second, third]: [u64; 3]) -> usize {
        let mixed = mix(mix(mix(first) ^ second) ^ third);
        (mixed >> 32) as usize & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        self.places = vec![0; self.places.len() * 2];
        for index in 0..self.met.len() {
            let mut at = self.home(self.met[index].0);
            while self.places[at] != 0 {
                at = (at + 1) & (self.places.len() - 1);
            }
            self.places[at] = small(index) + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_new_unless_one_was_met_that_used_a_part_of_it() {
        let (mut memo, arrays, infos) = (Memo::default(), Arrays::default(), Shape::of_bits(3));
        let mut is_new = |used: u64| memo.is_new(&arrays, infos, [1, 2, 3], Array(used));
        assert!(is_new(0b011));
        assert!(!is_new(0b011) && !is_new(0b111));
        assert!(is_new(0b110) && is_new(0b010));
        assert!(!is_new(0b110));
    }

    #[test]
    fn a_thousand_configurations_are_kept_apart_while_the_table_grows() {
        let (mut memo, arrays, infos) = (Memo::default(), Arrays::default(), Shape::of_bits(0));
        let mut new = |key: u64| memo.is_new(&arrays, infos, [key % 10, key / 10 % 10, key / 100], Array(0));
        assert!((0..1_000).all(&mut new));
        assert!(!(0..1_000).any(new));
        assert_eq!(memo.len(), 1_000);
    }
}
