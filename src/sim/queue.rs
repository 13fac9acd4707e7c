//! What is due, in the order of time; what is due at the same time, in the order in which it was planned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Micros;

/// The key of something that is due: when, and the order in which it was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DueAt {
    /// When, in microseconds.
    pub at: Micros,
    order: u64,
    slot: u32,
}

/// A queue of things that are due. Removing one by its key is cheap: its place in the heap is skipped later.
#[derive(Clone, Debug)]
pub struct Queue<T> {
    heap: BinaryHeap<Reverse<DueAt>>,
    slots: Vec<Option<(u64, T)>>,
    free: Vec<u32>,
    planned: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), slots: Vec::new(), free: Vec::new(), planned: 0 }
    }
}

impl<T> Queue<T> {
    /// Plans something.
    pub fn plan(&mut self, at: Micros, what: T) -> DueAt {
        let order = self.planned;
        self.planned += 1;
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.slots[slot as usize] = Some((order, what));
        let key = DueAt { at, order, slot };
        self.heap.push(Reverse(key));
        key
    }

    /// The key of what is due next.
    pub fn soonest(&mut self) -> Option<DueAt> {
        while let Some(&Reverse(key)) = self.heap.peek() {
            if self.get(key).is_some() {
                return Some(key);
            }
            self.heap.pop();
        }
        None
    }

    /// What is due under that key, if it still is.
    pub fn get(&self, key: DueAt) -> Option<&T> {
        self.slots.get(key.slot as usize)?.as_ref().filter(|(order, _)| *order == key.order).map(|(_, what)| what)
    }

    /// Takes it out.
    pub fn take(&mut self, key: DueAt) -> Option<T> {
        self.get(key)?;
        self.free.push(key.slot);
        let (_, what) = self.slots[key.slot as usize].take()?;
        if self.heap.peek() == Some(&Reverse(key)) {
            self.heap.pop();
        }
        Some(what)
    }

    /// The keys of all that is due, in order.
    pub fn keys(&self) -> Vec<DueAt> {
        let mut heap = self.heap.clone();
        let all = std::iter::from_fn(|| heap.pop());
        all.map(|Reverse(key)| key).filter(|&key| self.get(key).is_some()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_in_the_order_of_time_then_of_planning_and_without_what_was_taken_out() {
        let mut queue = Queue::default();
        let late = queue.plan(Micros(5), "late");
        queue.plan(Micros(1), "first");
        let gone = queue.plan(Micros(1), "gone");
        queue.plan(Micros(1), "second");
        assert_eq!(queue.take(gone), Some("gone"));
        assert_eq!(queue.take(gone), None);
        queue.plan(Micros(1), "third, in the slot of the one gone");
        let mut order = Vec::new();
        while let Some(key) = queue.soonest() {
            order.extend(queue.take(key));
        }
        assert_eq!(order, ["first", "second", "third, in the slot of the one gone", "late"]);
        assert_eq!(queue.get(late), None);
    }
}
