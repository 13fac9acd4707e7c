//! Passing requests on to the node that can serve them, and taking those that others pass on.
//!
//! ```text
//!  client ─ request ─▶ node ─ forward ─▶ the one that serves it
//!         ◀─ outcome ─      ◀─ result ──
//! ```
//!
//! What the network brings twice is done once: the one that serves remembers how each request ended.

use super::{Body, Outbox, Pending, Timer};
use crate::sim::{Micros, NodeId, Operation, Outcome, Refusal, RequestId};

/// What a node has passed on, and how what was passed on to it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Relay {
    passed: Pending<Operation>,
    /// On disk, and never cleared.
    ended: Pending<Outcome>,
}

impl Relay {
    /// Passes a request on in that message, and waits for its result for `timeout` microseconds.
    pub fn pass(
        &mut self,
        (request, operation): (RequestId, Operation),
        to: NodeId,
        forward: impl Into<Body>,
        timeout: Micros,
        out: &mut Outbox,
    ) {
        self.passed.insert(request, operation);
        out.send_for(request, to, forward);
        out.set(Timer::GiveUp(request), timeout);
    }

    /// The result of a request that was passed on has come; it may come again, or too late.
    pub fn result(&mut self, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        if self.passed.take(request).is_some() {
            out.stop(Timer::GiveUp(request));
            out.reply(request, outcome);
        }
    }

    /// No result has come in time. A read can be refused; anything else may have been done, and nobody here can tell.
    pub fn give_up(&mut self, request: RequestId, refusal: Refusal, out: &mut Outbox) {
        match self.passed.take(request) {
            Some(Operation::Read) => out.refuse(request, refusal),
            Some(_) => out.reply(request, Outcome::Unknown),
            None => {}
        }
    }

    /// How a request that was passed on to this node ended, if it has.
    pub fn ended(&self, request: RequestId) -> Option<Outcome> {
        self.ended.get(request).copied()
    }

    /// A request that was passed on to this node has ended.
    pub fn end(&mut self, request: RequestId, outcome: Outcome) {
        self.ended.insert(request, outcome);
    }

    /// Forgets what was passed on: that is not on disk.
    pub fn crash(&mut self) {
        self.passed.clear();
    }
}
