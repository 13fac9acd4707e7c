//! A state of a game, as numbers: of the nodes' states, of the messages under way, of the timers in the order in which
//! they were set, and of what the clients have seen.

use super::super::history::MOST_CLIENTS;
use super::super::pack;

/// The most nodes of a game.
pub(super) const MOST_NODES: usize = 3;

/// Set in [`State::made`] while a client waits for its latest request.
pub(super) const WAITING: u8 = 0x80;

/// A state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The number of each node's state.
    pub(super) nodes: [u32; MOST_NODES],
    /// The number of the history.
    pub(super) history: u32,
    /// How many requests of each client have ended; with [`WAITING`] one more is made.
    pub(super) made: [u8; MOST_CLIENTS],
    /// How many messages were lost.
    pub(super) losses: u8,
    /// The numbers of the timers that are set, in that order.
    pub(super) timers: Vec<u32>,
    /// The numbers of the messages under way, in ascending order; the same may be there twice.
    pub(super) messages: Vec<u32>,
}

/// Mixes a number in: the finishing steps of `SplitMix64` (Steele, Lea and Flood 2014).
fn mix(sum: u64, number: u32) -> u64 {
    let mut word = (sum ^ u64::from(number)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// How often the same message may be under way.
const COPIES: usize = 2;

impl State {
    /// Makes it the same as another, reusing its memory.
    pub(super) fn become_like(&mut self, other: &Self) {
        (self.nodes, self.history, self.made, self.losses) = (other.nodes, other.history, other.made, other.losses);
        self.timers.clear();
        self.timers.extend_from_slice(&other.timers);
        self.messages.clear();
        self.messages.extend_from_slice(&other.messages);
    }

    /// What the state is known by.
    pub(super) fn fingerprint(&self) -> u64 {
        mix(self.of_the_nodes(), self.history)
    }

    /// The same without what the clients have seen.
    pub(super) fn of_the_nodes(&self) -> u64 {
        let sum = self.nodes.iter().fold(u64::from(self.losses), |sum, &number| mix(sum, number));
        let sum = self.timers.iter().fold(sum, |sum, &number| mix(sum, number));
        let sum = mix(sum, u32::MAX);
        self.messages.iter().fold(sum, |sum, &number| mix(sum, number))
    }

    /// A message is under way, unless it already is as often as it may be.
    pub(super) fn send(&mut self, message: u32) {
        let at = self.messages.iter().position(|&other| other > message).unwrap_or(self.messages.len());
        let before = &self.messages[at.saturating_sub(COPIES)..at];
        if before.len() < COPIES || before.iter().any(|&other| other != message) {
            self.messages.insert(at, message);
        }
    }

    /// A timer is set, and whether or not it was set before it is now the last to run out.
    pub(super) fn set_timer(&mut self, timer: u32) {
        self.stop_timer(timer);
        self.timers.push(timer);
    }

    /// A timer is stopped, if it is set.
    pub(super) fn stop_timer(&mut self, timer: u32) {
        self.timers.retain(|&set| set != timer);
    }

    pub(super) fn pack(&self, (nodes, clients): (usize, usize), into: &mut Vec<u8>) {
        into.push(self.losses);
        into.extend_from_slice(&self.made[..clients]);
        for &number in &self.nodes[..nodes] {
            pack::put(into, number);
        }
        pack::put(into, self.history);
        pack::put(into, u32::try_from(self.timers.len()).unwrap_or(u32::MAX));
        for &number in self.timers.iter().chain(&self.messages) {
            pack::put(into, number);
        }
    }

    pub(super) fn unpack(&mut self, (nodes, clients): (usize, usize), bytes: &[u8]) -> Option<()> {
        let (&losses, bytes) = bytes.split_first()?;
        let (made, mut bytes) = bytes.split_at_checked(clients)?;
        self.losses = losses;
        self.made = [0; MOST_CLIENTS];
        self.made[..clients].copy_from_slice(made);
        self.nodes = [0; MOST_NODES];
        for number in &mut self.nodes[..nodes] {
            *number = pack::get(&mut bytes)?;
        }
        self.history = pack::get(&mut bytes)?;
        let timers = pack::get(&mut bytes)?;
        self.timers.clear();
        for _ in 0..timers {
            self.timers.push(pack::get(&mut bytes)?);
        }
        self.messages.clear();
        while !bytes.is_empty() {
            self.messages.push(pack::get(&mut bytes)?);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_state_is_the_same_state() {
        let mut state = State { nodes: [1, 70_000, 0], history: 300, losses: 2, ..State::default() };
        state.made[..2].copy_from_slice(&[3, 1 | WAITING]);
        for timer in [9, 4, 9] {
            state.set_timer(timer);
        }
        for message in [5, 900, 5] {
            state.send(message);
        }
        let (mut bytes, mut again) = (Vec::new(), State::default());
        state.pack((2, 2), &mut bytes);
        assert_eq!(again.unpack((2, 2), &bytes), Some(()));
        assert_eq!(again, state);
        assert_eq!((again.timers.as_slice(), again.messages.as_slice()), ([4, 9].as_slice(), [5, 5, 900].as_slice()));
        assert_eq!(again.unpack((2, 2), &bytes[..4]), None);
    }

    #[test]
    fn the_same_message_is_under_way_twice_at_most() {
        let mut state = State::default();
        for message in [7, 7, 7, 8, 6, 7, 8, 8] {
            state.send(message);
        }
        assert_eq!(state.messages, [6, 7, 7, 8, 8]);
    }
}
