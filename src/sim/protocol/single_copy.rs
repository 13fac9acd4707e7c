//! One copy: a single node holds the register, the others pass requests on to it. Trivially linearizable, and gone for
//! all who cannot reach that node.
//!
//! ```text
//!  client ─ read ─▶ node ─ forward ─▶ holder
//!         ◀─ v ────      ◀─ result ──
//! ```
//!
//! Without a holder every node keeps a copy of its own and nobody keeps the copies together. With two nodes that is the
//! Gilbert–Lynch execution without a single loss: a write at one, a read at the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Outbox, Place, Protocol, Relay, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value, protocol};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The node that holds the register; `None`: each node holds one of its own.
    pub holder: Option<NodeId>,
    /// How long a node waits for the holder, in microseconds.
    pub timeout: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A request is passed on to the holder.
    Forward(RequestId, Operation),
    /// The holder's answer.
    Result(RequestId, Answer),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::SingleCopy(message)
    }
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    value: Value,
    relay: Relay,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::SingleCopy(setup) = protocol else { return None };
        Some(Self { setup, value: initial, relay: Relay::default() })
    }

    fn content(&self) -> Content {
        Content::Value(self.value)
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.request(place, request, operation, out),
            Input::Message(from, Body::SingleCopy(Message::Forward(request, operation))) => {
                let answer = match self.relay.ended(request) {
                    Some(Outcome::Answered(answer)) => Some(answer),
                    _ => self.apply(operation),
                };
                if let Some(answer) = answer {
                    self.relay.end(request, Outcome::Answered(answer));
                    out.send_for(request, from, Message::Result(request, answer));
                }
            }
            Input::Message(_, Body::SingleCopy(Message::Result(request, answer))) => {
                self.relay.result(request, Outcome::Answered(answer), out);
            }
            Input::Timer(Timer::GiveUp(request)) => self.relay.give_up(request, Refusal::QuorumLoss, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    /// The copy is on disk; who asked is forgotten.
    fn crash(&mut self) {
        self.relay.crash();
    }
}

impl Replica {
    fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match self.setup.holder {
            Some(holder) if holder != place.me => {
                if operation.on_register(self.value).is_none() {
                    return out.refuse(request, Refusal::Unsupported);
                }
                let forward = Message::Forward(request, operation);
                self.relay.pass((request, operation), holder, forward, self.setup.timeout, out);
            }
            _ => match self.apply(operation) {
                Some(answer) => out.answer(request, answer),
                None => out.refuse(request, Refusal::Unsupported),
            },
        }
    }

    fn apply(&mut self, operation: Operation) -> Option<Answer> {
        let (value, answer) = operation.on_register(self.value)?;
        self.value = value;
        Some(answer)
    }
}
