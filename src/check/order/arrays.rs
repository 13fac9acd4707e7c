//! Long arrays that cost a number each. A search meets the same sets and maps again and again, each one change away
//! from another. Here every array is a tree of parts, every part is kept once, and equal arrays have equal numbers:
//!
//! ```text
//!        #7               with word 2 changed        #9
//!       /  \              ─────────────────▶        /  \
//!     #3    #5                                    #3    #8        two new parts, one shared
//! ```
//!
//! Comparing is comparing numbers, copying is copying a number, a change costs the logarithm of the length. The idea is
//! "hash consing": Ershov 1958; Filliâtre & Conchon, "Type-safe modular hash-consing", 2006. An array of one word is
//! that word itself.

/// The number of an array. Equal numbers mean equal arrays, if their shapes are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Array(pub u64);

/// How long the arrays of one kind are: 2 to the power of this many words of 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u32);

impl Shape {
    /// Room for that many words.
    pub fn of_words(words: usize) -> Self {
        Self(words.next_power_of_two().trailing_zeros())
    }

    /// Room for that many bits.
    pub fn of_bits(bits: usize) -> Self {
        Self::of_words(bits.div_ceil(64).max(1))
    }
}

/// Gives each word a number of its own, from 0 in the order of first appearance.
#[derive(Clone, Debug)]
pub struct Numbers {
    words: Vec<u64>,
    /// Open addressing: the number of a word plus one, or 0 for a free place. At most half full.
    places: Vec<u32>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { words: Vec::new(), places: vec![0; 64] }
    }
}

impl Numbers {
    /// The number of that word.
    pub fn of(&mut self, word: u64) -> u32 {
        let at = match self.find(word) {
            Ok(number) => return number,
            Err(free) => free,
        };
        let number = small(self.words.len());
        self.words.push(word);
        self.places[at] = number + 1;
        if self.words.len() * 2 > self.places.len() {
            self.grow();
        }
        number
    }

    /// Whether a pair has a number.
    pub fn has_pair(&self, first: u32, second: u32) -> bool {
        self.find(pair(first, second)).is_ok()
    }

    /// The number of that word, or the free place where it would be noted.
    fn find(&self, word: u64) -> Result<u32, usize> {
        let mut at = self.home(word);
        while let Some(number) = self.places[at].checked_sub(1) {
            if self.words[number as usize] == word {
                return Ok(number);
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        Err(at)
    }

    /// The number of a pair.
    pub fn of_pair(&mut self, first: u32, second: u32) -> u32 {
        self.of(pair(first, second))
    }

    /// The word of that number.
    pub fn word(&self, number: u32) -> u64 {
        self.words[number as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Where the search for a word begins.
    fn home(&self, word: u64) -> usize {
        (mix(word) >> 32) as usize & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        self.places = vec![0; self.places.len() * 2];
        for number in 0..self.words.len() {
            let mut at = self.home(self.words[number]);
            while self.places[at] != 0 {
                at = (at + 1) & (self.places.len() - 1);
            }
            self.places[at] = small(number) + 1;
        }
    }
}

/// All arrays of a search.
#[derive(Clone, Debug)]
pub struct Arrays {
    /// A part is a word at the bottom of a tree, and a pair of parts above it.
    parts: Numbers,
}

/// With the array of zeros, which is number 0 in every shape.
impl Default for Arrays {
    fn default() -> Self {
        let mut parts = Numbers::default();
        parts.of(0);
        Self { parts }
    }
}

impl Arrays {
    /// The word at that index.
    pub fn get(&self, shape: Shape, array: Array, index: u32) -> u64 {
        if shape.0 == 0 {
            return array.0;
        }
        let mut part = root(array);
        for level in (0..shape.0).rev() {
            part = half(self.parts.word(part), index >> level & 1);
        }
        self.parts.word(part)
    }

    /// The array with another word at that index.
    pub fn set(&mut self, shape: Shape, array: Array, index: u32, word: u64) -> Array {
        if shape.0 == 0 {
            return Array(word);
        }
        let mut others = [0; 32];
        let mut part = root(array);
        for level in (0..shape.0).rev() {
            let both = self.parts.word(part);
            let side = index >> level & 1;
            others[level as usize] = half(both, 1 - side);
            part = half(both, side);
        }
        let mut part = self.parts.of(word);
        for level in 0..shape.0 {
            let other = others[level as usize];
            let both = if index >> level & 1 == 0 { pair(part, other) } else { pair(other, part) };
            part = self.parts.of(both);
        }
        Array(part.into())
    }

    /// Whether that bit is set.
    pub fn has(&self, shape: Shape, array: Array, bit: u32) -> bool {
        self.get(shape, array, bit / 64) >> (bit % 64) & 1 == 1
    }

    /// The array with that bit set.
    pub fn with(&mut self, shape: Shape, array: Array, bit: u32) -> Array {
        let word = self.get(shape, array, bit / 64) | 1 << (bit % 64);
        self.set(shape, array, bit / 64, word)
    }

    /// The array without that bit.
    pub fn without(&mut self, shape: Shape, array: Array, bit: u32) -> Array {
        let word = self.get(shape, array, bit / 64) & !(1 << (bit % 64));
        self.set(shape, array, bit / 64, word)
    }

    /// Whether every bit of the first is set in the second.
    pub fn within(&self, shape: Shape, first: Array, second: Array) -> bool {
        if shape.0 == 0 || first == second {
            return first.0 & !second.0 == 0;
        }
        let mut left = vec![(shape.0, root(first), root(second))];
        while let Some((level, first, second)) = left.pop() {
            if first == second || first == 0 {
                continue;
            }
            let (first, second) = (self.parts.word(first), self.parts.word(second));
            if level > 0 {
                left.push((level - 1, half(first, 0), half(second, 0)));
                left.push((level - 1, half(first, 1), half(second, 1)));
            } else if first & !second != 0 {
                return false;
            }
        }
        true
    }
}

/// Spreads words that are far from random over all words (the finalizer of `SplitMix64`: Steele, Lea & Flood, "Fast
/// splittable pseudorandom number generators", 2014).
pub(in crate::check) fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// An index or a count as logs have them: their positions are 32 bits wide.
pub(in crate::check) fn small(number: usize) -> u32 {
    u32::try_from(number).expect("a log has fewer than 2^32 events, and a search stops at its budget long before")
}

fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The part at the top of the tree of an array of more than one word.
fn root(array: Array) -> u32 {
    half(array.0, 1)
}

fn half(pair: u64, side: u32) -> u32 {
    let bits = if side == 0 { pair >> 32 } else { pair & u64::from(u32::MAX) };
    u32::try_from(bits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_arrays_have_equal_numbers_however_they_came_about() {
        let mut arrays = Arrays::default();
        let shape = Shape::of_words(1_000);
        let first = arrays.set(shape, Array::default(), 3, 30);
        let first = arrays.set(shape, first, 900, 9);
        let second = arrays.set(shape, Array::default(), 900, 8);
        let second = arrays.set(shape, second, 3, 30);
        assert_ne!(first, second);
        assert_eq!(arrays.set(shape, second, 900, 9), first);
        assert_eq!(
            (arrays.get(shape, first, 3), arrays.get(shape, first, 900), arrays.get(shape, first, 4)),
            (30, 9, 0)
        );
    }

    #[test]
    fn taking_out_what_was_put_in_gives_the_same_array_again() {
        let mut arrays = Arrays::default();
        for bits in [1, 64, 65, 5_000] {
            let shape = Shape::of_bits(bits);
            let last = small(bits) - 1;
            let one = arrays.with(shape, Array::default(), last);
            assert!(arrays.has(shape, one, last));
            assert_eq!(arrays.without(shape, one, last), Array::default());
        }
    }

    #[test]
    fn a_part_is_within_the_whole_and_not_the_other_way_round() {
        let mut arrays = Arrays::default();
        let shape = Shape::of_bits(300);
        let part = arrays.with(shape, Array::default(), 299);
        let whole = arrays.with(shape, part, 2);
        assert!(arrays.within(shape, part, whole) && !arrays.within(shape, whole, part));
        assert!(arrays.within(shape, Array::default(), part));
    }

    #[test]
    fn a_thousand_words_keep_their_numbers_while_the_table_grows() {
        let mut numbers = Numbers::default();
        let given: Vec<u32> = (0..1_000).map(|word| numbers.of(word << 40)).collect();
        assert_eq!(given, (0..1_000).collect::<Vec<u32>>());
        assert_eq!((0..1_000).map(|word| numbers.of(word << 40)).collect::<Vec<u32>>(), given);
    }
}
