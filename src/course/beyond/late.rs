//! Corollary 1.1: nothing is lost, only late. One write at Node A, its copy on the way, one read at Node B; the dial says
//! when the copy arrives.
//!
//! ```text
//!  copy arrives   20 ms … before the read     after the read … 200 ms      never
//!  B answers      v1                          v0                           v0
//!  lost           0                           0                            1
//! ```
//!
//! Until it has answered, Node B has received the same in the last two: nothing.

use super::stage::{at, read_at, two_nodes, write_at};
use crate::sim::protocol::local_first;
use crate::sim::{Action, MessageId, Micros, Protocol, Scenario};

/// When v1 is written, and its copy sent.
pub const WRITTEN: Micros = Micros::from_millis(10);
/// When Client 2 asks Node B.
pub const READ: Micros = Micros::from_millis(105);
/// What the dial can say, in milliseconds: the arrival of the copy. One more step means never.
pub const ARRIVALS: (u32, u32) = (20, 200);
/// The steps of the dial, in milliseconds.
pub const STEP: u32 = 10;
/// What the dial says if the copy is lost.
pub const NEVER: u32 = ARRIVALS.1 + STEP;

/// The scenario in which the copy arrives at that many milliseconds.
pub fn scenario(arrives: u32) -> Scenario {
    let local = local_first::Setup {
        reads: local_first::Reads::Local,
        retry: Micros::from_millis(1_000),
        stamps: local_first::Stamps::Lamport,
    };
    let arrives = Micros::from_millis(u64::from(arrives.clamp(ARRIVALS.0, NEVER)));
    let lost = arrives == Micros::from_millis(u64::from(NEVER));
    let delay = Micros(arrives.0 - WRITTEN.0);
    let mut script = vec![write_at(WRITTEN), read_at(READ, 1)];
    if lost {
        script.insert(1, at(Micros::from_millis(50), Action::Drop(MessageId(0))));
    }
    // Long enough for the acknowledgement, too short for another copy.
    Scenario {
        tail: Micros::from_millis(350),
        ..two_nodes("corollary-1-1", Protocol::LocalFirst(local), delay, script)
    }
}
