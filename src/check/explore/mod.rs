//! Exploration: every run there is, up to stated bounds, and the shortest that breaks a promise.
//!
//! A [`Model`] says where one starts, what can happen next and what must never be. A [`Search`] goes through all that can
//! happen, breadth first (so that the first violation found is a shortest one) or depth first, and never twice through
//! the same state. It is a job: it runs in slices, says how far it has come, and can be dropped at any time.
//!
//! ```text
//!        start
//!       /  |  \            choices: deliver this message, lose that one, let a timer run out, crash a node …
//!      ○   ○   ○
//!     / \  |  / \
//!    ○   ○─┘ ○   ✗        two ways to the same state are one state; ✗ is a counter-example of two choices
//! ```
//!
//! A state is known by a fingerprint of 64 bits (hash compaction, Wolper and Leroy 1993): two states with the same
//! fingerprint would be taken for one. Among n states that is to be expected n²/2⁶⁵ times: for a hundred million, 0.0003.
//! What is found is replayed and therefore real; what is not found is not there, up to that chance and the bounds.

pub mod cluster;
mod fingerprint;
mod frontier;
mod known;
mod search;
mod state;

use std::fmt::Debug;

pub use cluster::{Bounds, Cluster};
pub use fingerprint::fingerprint;
pub use search::{Order, Progress, Search};

/// What can happen, and what must not.
pub trait Model {
    /// A state. Its copies are cheap to make into one another.
    type State: Clone;
    /// Something that can happen next.
    type Choice: Copy + Debug;

    /// Where one starts.
    fn start(&self) -> Self::State;

    /// Makes `to` the same state as `from`, reusing its memory.
    fn copy(&self, from: &Self::State, to: &mut Self::State) {
        to.clone_from(from);
    }

    /// What can happen next, always in the same order.
    fn choices(&self, state: &Self::State, into: &mut Vec<Self::Choice>);

    /// Lets it happen; whether anything changed. If not, the state must not be used any more.
    fn take(&self, state: &mut Self::State, choice: Self::Choice) -> bool;

    /// What a state is known by. Equal states have equal fingerprints.
    fn fingerprint(&self, state: &Self::State) -> u64;

    /// Whether a promise is broken in this state.
    fn broken(&mut self, state: &Self::State) -> bool;

    /// The state, as few bytes as can be.
    fn pack(&self, state: &Self::State, into: &mut Vec<u8>);

    /// The state that was packed.
    fn unpack(&self, bytes: &[u8]) -> Option<Self::State>;

    /// What happens by that choice in that state, in a few words.
    fn describe(&self, state: &Self::State, choice: Self::Choice) -> String;
}
