//! A state of a cluster that is explored, as numbers: of the nodes' states, of what is under way, and of what the clients
//! have seen. Its fingerprint is kept up to date part by part.

use super::pack;

/// What was used up of the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Envelopes lost.
    pub losses: u8,
    /// Envelopes doubled.
    pub duplicates: u8,
    /// Nodes crashed.
    pub crashes: u8,
    /// Timers that ran out.
    pub timeouts: u8,
}

/// The most nodes that an exploration has.
pub(super) const MOST_NODES: usize = 9;

/// A state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The number of each node's state; 0 past the last node.
    nodes: [u32; MOST_NODES],
    /// The number of the history.
    history: u32,
    /// The numbers of the envelopes under way, in ascending order; the same may be there twice.
    envelopes: Vec<u32>,
    pub(super) spent: Spent,
    sum: u64,
}

// Which part of a state a number is of. Nodes come after these.
const ENVELOPE: u64 = 1;
const HISTORY: u64 = 2;
const SPENT: u64 = 3;
const NODE: u64 = 16;

/// The share of one part in the fingerprint: the finishing steps of `SplitMix64` (Steele, Lea and Flood 2014).
fn part(place: u64, number: u32) -> u64 {
    let mut word = (place << 32 | u64::from(number)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

impl Spent {
    fn number(self) -> u32 {
        u32::from_le_bytes([self.losses, self.duplicates, self.crashes, self.timeouts])
    }
}

impl State {
    /// Makes it the same as another, reusing its memory.
    pub(super) fn become_like(&mut self, other: &Self) {
        self.envelopes.clear();
        self.envelopes.extend_from_slice(&other.envelopes);
        (self.nodes, self.history, self.spent, self.sum) = (other.nodes, other.history, other.spent, other.sum);
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.sum
    }

    pub(super) fn node(&self, at: usize) -> u32 {
        self.nodes[at]
    }

    pub(super) fn history(&self) -> u32 {
        self.history
    }

    pub(super) fn envelopes(&self) -> &[u32] {
        &self.envelopes
    }

    fn exchange(&mut self, place: u64, before: u32, after: u32) {
        self.sum = self.sum.wrapping_sub(part(place, before)).wrapping_add(part(place, after));
    }

    pub(super) fn set_node(&mut self, at: usize, number: u32) {
        let before = std::mem::replace(&mut self.nodes[at], number);
        self.exchange(NODE + at as u64, before, number);
    }

    pub(super) fn set_history(&mut self, number: u32) {
        let before = std::mem::replace(&mut self.history, number);
        self.exchange(HISTORY, before, number);
    }

    pub(super) fn spend(&mut self, deed: impl FnOnce(&mut Spent)) {
        let before = self.spent.number();
        deed(&mut self.spent);
        self.exchange(SPENT, before, self.spent.number());
    }

    pub(super) fn send(&mut self, envelope: u32) {
        let at = self.envelopes.iter().position(|&other| other > envelope).unwrap_or(self.envelopes.len());
        self.envelopes.insert(at, envelope);
        self.sum = self.sum.wrapping_add(part(ENVELOPE, envelope));
    }

    pub(super) fn remove_envelope(&mut self, at: usize) {
        let envelope = self.envelopes.remove(at);
        self.sum = self.sum.wrapping_sub(part(ENVELOPE, envelope));
    }

    pub(super) fn pack(&self, nodes: usize, into: &mut Vec<u8>) {
        for &number in &self.nodes[..nodes] {
            pack::put(into, number);
        }
        pack::put(into, self.history);
        let Spent { losses, duplicates, crashes, timeouts } = self.spent;
        into.extend([losses, duplicates, crashes, timeouts]);
        self.envelopes.iter().for_each(|&number| pack::put(into, number));
    }

    pub(super) fn unpack(&mut self, nodes: usize, mut bytes: &[u8]) -> Option<()> {
        self.nodes = [0; MOST_NODES];
        for at in 0..nodes {
            self.nodes[at] = pack::get(&mut bytes)?;
        }
        self.history = pack::get(&mut bytes)?;
        let (&[losses, duplicates, crashes, timeouts], mut rest) = bytes.split_first_chunk()?;
        self.spent = Spent { losses, duplicates, crashes, timeouts };
        self.envelopes.clear();
        while !rest.is_empty() {
            self.envelopes.push(pack::get(&mut rest)?);
        }
        self.reckon();
        Some(())
    }

    fn reckon(&mut self) {
        let nodes = (NODE..).zip(self.nodes).map(|(place, number)| part(place, number));
        let envelopes = self.envelopes.iter().map(|&number| part(ENVELOPE, number));
        let rest = [part(HISTORY, self.history), part(SPENT, self.spent.number())];
        self.sum = nodes.chain(envelopes).chain(rest).fold(0, u64::wrapping_add);
    }

    /// A state in which nothing is under way and nobody has seen anything.
    pub(super) fn empty() -> Self {
        let mut state = Self::default();
        state.reckon();
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_state_is_the_same_state_and_has_the_same_fingerprint() {
        let mut state = State::empty();
        state.set_node(2, 70_000);
        state.set_history(300);
        for envelope in [5, 900, 5] {
            state.send(envelope);
        }
        state.spend(|spent| spent.crashes += 1);
        let (mut bytes, mut again) = (Vec::new(), State::empty());
        state.pack(3, &mut bytes);
        assert_eq!(again.unpack(3, &bytes), Some(()));
        assert_eq!(again, state);
        again.send(7);
        again.remove_envelope(2);
        assert_eq!(again, state);
        assert_eq!(again.unpack(3, &bytes[..5]), None);
    }
}
