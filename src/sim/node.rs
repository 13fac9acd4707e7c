//! A node: its replica, its clock, and whether it is up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::protocol::Timer;
use super::queue::DueAt;
use super::{EventId, Micros, Outcome, RequestId};

/// How a node's clock is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Clock {
    /// How far ahead it is at the start of the run, in microseconds; negative: behind.
    pub offset: i64,
    /// How many microseconds it gains in a second; negative: loses. From −500,000 to 500,000.
    pub drift: i32,
}

/// The largest drift of a clock, in millionths.
pub const MOST_DRIFT: i32 = 500_000;

impl Clock {
    /// What it shows; never less than zero.
    pub fn shows(self, now: Micros) -> Micros {
        if self == Self::default() {
            return now;
        }
        let now = i128::from(now.0);
        let shown = now + now * i128::from(self.drift) / 1_000_000 + i128::from(self.offset);
        Micros(u64::try_from(shown.max(0)).unwrap_or(u64::MAX))
    }

    /// How long it really takes until this clock has gone on by `span`, if not by more: a span is never over at once.
    pub fn takes(self, span: Micros) -> Micros {
        if self.drift == 0 {
            return span;
        }
        let speed = u128::from((1_000_000 + self.drift.max(-MOST_DRIFT)).unsigned_abs());
        Micros(u64::try_from((u128::from(span.0) * 1_000_000).div_ceil(speed)).unwrap_or(u64::MAX))
    }
}

/// Whether a node is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It works.
    Up,
    /// It stands still.
    Paused,
    /// It has crashed.
    Down,
}

/// A node of the world, with its replica.
#[derive(Clone, Debug)]
pub(super) struct Node<R> {
    pub replica: R,
    pub clock: Clock,
    pub status: Status,
    pub timers: Vec<(Timer, DueAt)>,
    /// Requests that wait until the replica can take one, with the events that brought them.
    pub door: Vec<(Option<EventId>, RequestId)>,
    /// Keys of requests it has begun or answered, the latest last.
    pub keys: Vec<(RequestId, Option<Outcome>)>,
}

impl<R> Node<R> {
    pub fn new(replica: R, clock: Clock) -> Self {
        Self { replica, clock, status: Status::Up, timers: Vec::new(), door: Vec::new(), keys: Vec::new() }
    }

    /// Forgets a timer; the key under which it is due.
    pub fn forget(&mut self, timer: Timer) -> Option<DueAt> {
        let at = self.timers.iter().position(|(set, _)| *set == timer)?;
        Some(self.timers.swap_remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_gains_shows_more_and_its_timers_run_out_sooner() {
        let fast = Clock { offset: -5, drift: 250_000 };
        assert_eq!(fast.shows(Micros(1_000)), Micros(1_245));
        assert_eq!(fast.takes(Micros(1_000)), Micros(800));
        assert_eq!(fast.takes(Micros(1)), Micros(1));
        assert_eq!(Clock { offset: -5, drift: 0 }.shows(Micros(3)), Micros(0));
    }
}
