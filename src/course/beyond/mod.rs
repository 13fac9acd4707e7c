//! Beyond Theorem 1: five pages, each one idea with a run that shows it. What Gilbert and Lynch (2002) state around
//! their theorem, and which C it is about.
//!
//! ```text
//!  Late      Corollary 1.1   nothing lost, only late: one dial, when the copy arrives
//!  Clocks    Theorem 2       known bounds, a lost message: what B does when its time is up
//!  Bounds    the other half  the same nodes, nothing lost: every history is linearizable
//!  Healing   Definition 3    heal, wait t, read: the smallest t that never gives a stale read
//!  Rumour    which C         sequentially consistent and not linearizable
//! ```
//!
//! A page is data: a [`Topic`] with its words, a [`Dials`] that the reader turns, and the run they make. What is said of
//! the run is read off its trace ([`Told`](super::told::Told)).

pub mod asking;
mod dials;
pub mod healing;
pub mod late;
pub mod rumour;
mod square;
mod stage;
mod topic;

pub use dials::{Dials, Reached};
pub use square::Square;
pub use topic::Topic;
