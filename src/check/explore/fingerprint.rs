//! Fingerprints: 64 bits that stand for a state, the same on every machine.
//!
//! Each part of a state is hashed by itself and the state's fingerprint is the sum of them, so that a step reckons only
//! with the parts that it changes, and the order of messages in flight does not matter.

use std::hash::{Hash, Hasher};

/// Multiply and fold: what is written is gathered into words, and each word is mixed in by a 64 × 64 → 128 bit product
/// whose halves are put together.
struct Folding {
    state: u64,
    gathered: u64,
    bits: u32,
}

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

fn fold(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word) * u128::from(ODD);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    (low ^ high).wrapping_add(word.rotate_left(32))
}

impl Folding {
    #[inline]
    fn gather(&mut self, word: u64, bits: u32) {
        if self.bits + bits > 64 {
            self.state = fold(self.state, self.gathered);
            (self.gathered, self.bits) = (word, bits);
        } else {
            self.gathered |= word << self.bits;
            self.bits += bits;
        }
    }
}

impl Hasher for Folding {
    #[inline]
    fn finish(&self) -> u64 {
        fold(fold(self.state, self.gathered), ODD.rotate_left(self.bits))
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.gather(u64::from_le_bytes(word), 64);
        }
    }

    #[inline]
    fn write_u8(&mut self, word: u8) {
        self.gather(word.into(), 8);
    }

    #[inline]
    fn write_u16(&mut self, word: u16) {
        self.gather(word.into(), 16);
    }

    #[inline]
    fn write_u32(&mut self, word: u32) {
        self.gather(word.into(), 32);
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        self.gather(word, 64);
    }

    /// Lengths: no list in a state has 65,536 items.
    #[inline]
    fn write_usize(&mut self, word: usize) {
        self.gather(word as u64 & 0xffff, 16);
    }

    /// Which variant of an enum it is: none has 256 of them.
    #[inline]
    fn write_isize(&mut self, word: isize) {
        self.gather(word.cast_unsigned() as u64 & 0xff, 8);
    }
}

/// The fingerprint of a part of a state; `place` tells apart equal parts in different places.
#[inline]
pub fn fingerprint(place: u64, part: &impl Hash) -> u64 {
    let mut hasher = Folding { state: place.wrapping_add(1).wrapping_mul(ODD), gathered: 0, bits: 0 };
    part.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_in_different_places_and_near_parts_have_different_fingerprints() {
        let mut seen = std::collections::BTreeSet::new();
        for place in 0..100 {
            for part in 0..1_000_u32 {
                assert!(seen.insert(fingerprint(place, &part)));
            }
        }
    }

    #[test]
    fn each_bit_of_the_fingerprint_depends_on_the_part() {
        let ones = (0..4_096_u32).fold([0_u32; 64], |mut counts, part| {
            let bits = fingerprint(3, &part);
            (0..64).for_each(|bit| counts[bit] += u32::from(bits >> bit & 1 == 1));
            counts
        });
        assert!(ones.iter().all(|count| count.abs_diff(2_048) < 256), "{ones:?}");
    }
}
