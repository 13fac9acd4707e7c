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
mod deeds;
mod fingerprint;
mod frontier;
pub mod game;
mod history;
mod known;
mod names;
mod pack;
mod pieces;
mod search;
mod state;
pub mod subjects;
mod symmetry;
pub mod two_phase;
mod words;

use std::fmt::Debug;

pub use cluster::{Bounds, Cluster};
pub use fingerprint::fingerprint;
pub use search::{Order, Progress, Search, Step};
pub use subjects::{Reads, Subject, subjects};
pub use two_phase::TwoPhase;

/// What can happen, and what must not.
///
/// A model may learn while it is searched, hence `&mut self`; what it says never depends on what it has learnt.
pub trait Model {
    /// A state.
    type State: Clone;
    /// Something that can happen next.
    type Choice: Copy + Debug;

    /// Where one starts.
    fn start(&mut self) -> Self::State;

    /// What can happen next, always in the same order.
    fn choices(&self, state: &Self::State, into: &mut Vec<Self::Choice>);

    /// Lets it happen, and makes `to`, whatever it was, the state that it leads to; whether anything changes. If not,
    /// `to` may be anything.
    fn next(&mut self, from: &Self::State, choice: Self::Choice, to: &mut Self::State) -> bool;

    /// What a state is known by. Equal states have equal fingerprints, and so have states that are as good as equal.
    fn fingerprint(&mut self, state: &Self::State) -> u64;

    /// Whether a promise is broken in this state.
    fn broken(&mut self, state: &Self::State) -> bool;

    /// The state, as few bytes as can be.
    fn pack(&self, state: &Self::State, into: &mut Vec<u8>);

    /// Makes `into` the state that was packed; whether it was one.
    fn unpack(&self, bytes: &[u8], into: &mut Self::State) -> bool;

    /// What happens by that choice in that state, in a few words.
    fn describe(&self, state: &Self::State, choice: Self::Choice) -> String;
}
