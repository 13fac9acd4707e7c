//! Sorting that can be put down and taken up again: runs of growing length are merged in pairs, from the bottom up.
//!
//! ```text
//! 5 2 4 1 3      single items are runs
//! 25 14 3        pairs are merged …
//! 1245 3         … and pairs of pairs; after any single move one may pause
//! 12345
//! ```
//!
//! The work to be done at a time is a number that whoever calls hands around: every move takes one from it.

use std::mem;

/// Items on their way into ascending order. Equal items keep their order.
#[derive(Clone, Debug)]
pub struct Sorting<T> {
    items: Vec<T>,
    merged: Vec<T>,
    /// The length of the runs that are in order.
    width: usize,
    /// Where the pair under work begins.
    start: usize,
    /// The next item of its first run.
    left: usize,
    /// The next item of its second run.
    right: usize,
}

impl<T: Ord + Default> Sorting<T> {
    /// Begins with these.
    pub fn of(items: Vec<T>) -> Self {
        let width = if items.is_sorted() { items.len().max(1) } else { 1 };
        Self { merged: Vec::with_capacity(items.len()), right: width.min(items.len()), items, width, start: 0, left: 0 }
    }

    /// Goes on while there is work to be spent; all items in order once they are.
    pub fn advance(&mut self, work: &mut usize) -> Option<Vec<T>> {
        let length = self.items.len();
        while self.width < length {
            while self.start < length {
                let middle = (self.start + self.width).min(length);
                let end = (middle + self.width).min(length);
                while self.left < middle || self.right < end {
                    *work = work.checked_sub(1)?;
                    let first =
                        self.left < middle && (self.right >= end || self.items[self.left] <= self.items[self.right]);
                    let from = if first { &mut self.left } else { &mut self.right };
                    self.merged.push(mem::take(&mut self.items[*from]));
                    *from += 1;
                }
                (self.start, self.left, self.right) = (end, end, (end + self.width).min(length));
            }
            mem::swap(&mut self.items, &mut self.merged);
            self.merged.clear();
            self.width *= 2;
            (self.start, self.left, self.right) = (0, 0, self.width.min(length));
        }
        Some(mem::take(&mut self.items))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorted_in_pieces_is_sorted(items: Vec<(u8, u8)>, piece in 1..50_usize) {
            let mut sorting = Sorting::of(items.clone());
            let sorted = (0..10_000).find_map(|_| sorting.advance(&mut piece.clone())).expect("it comes to an end");
            let mut expected = items;
            expected.sort_unstable();
            prop_assert_eq!(sorted, expected);
        }
    }
}
