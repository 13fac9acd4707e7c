//! What operations do, in the checkers' own terms. Every object is a machine whose state is one word of 64 bits, and an
//! operation with its answer is a step of that machine: possible in some states, and leading to another. A step that
//! is possible explains the answer; the checkers look for orders in which every step is possible.
//!
//! ```text
//! read → 3       Sees(3)         possible where the state is 3
//! write 4        Becomes(4)      possible everywhere
//! cas 3 → 4      Swaps(3, 4)     possible where the state is 3
//! add 5          Adds(5)         possible everywhere
//! ```
//!
//! A set's state is the number of an array of bits, one for each element that its log names.

use super::arrays::{Array, Arrays, Shape};

/// An operation together with its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Finds this state and leaves it.
    Sees(u64),
    /// Makes this the state.
    Becomes(u64),
    /// Finds the first state and makes it the second.
    Swaps(u64, u64),
    /// Adds this to the state, modulo 2⁶⁴; the number is signed, in two's complement.
    Adds(u64),
    /// Puts the element of this number into the set.
    Puts(u32),
    /// Takes the element of this number out of the set.
    Takes(u32),
    /// An answer that no state explains.
    Never,
}

impl Step {
    /// Whether it leaves every state as it is.
    pub fn only_reads(self) -> bool {
        match self {
            Self::Sees(_) | Self::Never => true,
            Self::Swaps(from, to) => from == to,
            _ => false,
        }
    }

    /// Its parts: equal steps have equal parts.
    pub(super) fn parts(self) -> (u32, u64, u64) {
        match self {
            Self::Sees(word) => (0, word, 0),
            Self::Becomes(word) => (1, word, 0),
            Self::Swaps(from, to) => (2, from, to),
            Self::Adds(amount) => (3, amount, 0),
            Self::Puts(element) => (4, element.into(), 0),
            Self::Takes(element) => (5, element.into(), 0),
            Self::Never => (6, 0, 0),
        }
    }
}

/// Where states live: sets are arrays of bits.
#[derive(Clone, Debug)]
pub struct Space {
    /// All arrays of the states, and those of the search.
    pub arrays: Arrays,
    /// The shape of a set.
    pub elements: Shape,
}

/// For objects that are no sets.
impl Default for Space {
    fn default() -> Self {
        Self { arrays: Arrays::default(), elements: Shape::of_bits(0) }
    }
}

impl Space {
    /// The state after that step; `None` where the step is not possible.
    pub fn apply(&mut self, state: u64, step: Step) -> Option<u64> {
        match step {
            Step::Sees(word) => (state == word).then_some(state),
            Step::Becomes(word) => Some(word),
            Step::Swaps(from, to) => (state == from).then_some(to),
            Step::Adds(amount) => Some(state.wrapping_add(amount)),
            Step::Puts(element) => Some(self.arrays.with(self.elements, Array(state), element).0),
            Step::Takes(element) => Some(self.arrays.without(self.elements, Array(state), element).0),
            Step::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_happens_only_where_the_first_value_is() {
        let mut space = Space::default();
        assert_eq!(space.apply(3, Step::Swaps(3, 4)), Some(4));
        assert_eq!(space.apply(4, Step::Swaps(3, 4)), None);
    }

    #[test]
    fn a_set_with_an_element_put_in_twice_is_empty_when_it_is_taken_out_once() {
        let mut space = Space { elements: Shape::of_bits(200), ..Space::default() };
        let one = space.apply(0, Step::Puts(150)).expect("always possible");
        assert_eq!(space.apply(one, Step::Puts(150)), Some(one));
        assert_eq!(space.apply(one, Step::Takes(150)), Some(0));
    }

    #[test]
    fn a_counter_goes_below_zero_and_comes_back() {
        let mut space = Space::default();
        let less = space.apply(0, Step::Adds((-5_i64).cast_unsigned())).expect("always possible");
        assert_eq!(less.cast_signed(), -5);
        assert_eq!(space.apply(less, Step::Adds(5)), Some(0));
    }
}
