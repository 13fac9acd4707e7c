//! What a node does in answer to an input, in the order in which it does it.

use super::{Body, Effect, Timer};
use crate::sim::{Answer, Micros, NodeId, Outcome, Refusal, RequestId};

/// Effects. One outbox is used again and again, so that taking an input costs no memory of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox(pub Vec<Effect>);

impl Outbox {
    /// Ends a client's request.
    pub fn reply(&mut self, request: RequestId, outcome: Outcome) {
        self.0.push(Effect::Reply(request, outcome));
    }

    /// Ends a client's request well.
    pub fn answer(&mut self, request: RequestId, answer: Answer) {
        self.reply(request, Outcome::Answered(answer));
    }

    /// Ends a client's request with the assurance that it has no effect.
    pub fn refuse(&mut self, request: RequestId, refusal: Refusal) {
        self.reply(request, Outcome::Refused(refusal));
    }

    /// Sends a message for the sake of no request in particular.
    pub fn send(&mut self, to: NodeId, message: impl Into<Body>) {
        self.0.push(Effect::Send(to, message.into(), None));
    }

    /// Sends a message for the sake of a request.
    pub fn send_for(&mut self, request: RequestId, to: NodeId, message: impl Into<Body>) {
        self.0.push(Effect::Send(to, message.into(), Some(request)));
    }

    /// Sets a timer to run out after that time, in microseconds.
    pub fn set(&mut self, timer: Timer, after: Micros) {
        self.0.push(Effect::SetTimer(timer, after, after));
    }

    /// Sets a timer to run out after a random time between these, in microseconds.
    pub fn set_between(&mut self, timer: Timer, least: Micros, most: Micros) {
        self.0.push(Effect::SetTimer(timer, least, most));
    }

    /// Stops a timer.
    pub fn stop(&mut self, timer: Timer) {
        self.0.push(Effect::StopTimer(timer));
    }
}
