//! A protocol composed of rules: what each of two nodes does on a write, on a read, when the other stays silent, and on
//! news. With it one can try to beat the CAP theorem; every way of giving up a promise is among them, and no way out.
//!
//! ```text
//!  client ─ write ─▶ A ─ store ─▶ B       on a write: accept, agree, forward …     on news: if newer, latest …
//!                    A ◀ stored ─ B
//!  client ─ read ──▶ A ─ ask ───▶ B       on a read: local, ask, repair, forward …
//!                    A ◀─ tell ── B       not a word in time: answer anyway, refuse, ask again, wait
//! ```
//!
//! Which of two values is the newer is told by Lamport stamps (1978). A request that was passed on is handled by the
//! receiver's own rules but never passed back: whose rule is to pass on serves it from its own copy. Simplified, and
//! admitted: the rules are for Nodes A and B; any further node behaves like Node B towards Node A. What is held, its
//! stamp and how passed requests ended are on disk, requests that wait are not.

mod choice;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Body, Input, Outbox, Pending, Place, Protocol, Timer};
use crate::sim::{Answer, Content, Micros, NodeId, Operation, Outcome, Refusal, RequestId, Value, protocol};

pub use super::abd::Stamp;
pub use choice::{OnNews, OnRead, OnTimeout, OnWrite, Rules};

/// How a node of this protocol is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The rules of Node A and of Node B.
    pub rules: [Rules; 2],
    /// How long a node waits for a word from the other, in microseconds.
    pub patience: Micros,
}

/// The messages of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// "Here is a value", with its stamp.
    News(Stamp, Value),
    /// "Store this value, and confirm it: a client waits."
    Store(RequestId, Stamp, Value),
    /// "I confirm."
    Stored(RequestId),
    /// "What do you hold? A client waits."
    Ask(RequestId),
    /// "I hold this."
    Tell(RequestId, Stamp, Value),
    /// "Answer this client's request for me."
    Forward(RequestId, Operation),
    /// "This is how it ended."
    Result(RequestId, Outcome),
}

impl From<Message> for Body {
    fn from(message: Message) -> Self {
        Self::Rules(message)
    }
}

/// What a node waits for on behalf of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    /// That the other node confirms this value.
    Confirmation(Stamp, Value),
    /// What the other node holds.
    Word,
    /// How the request ended that was passed on.
    Result(Operation),
}

/// A request that waits, and the node that passed it on, if one did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Waiting {
    asker: Option<NodeId>,
    what: What,
}

/// The state of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    setup: Setup,
    held: (Stamp, Value),
    /// The largest count of a stamp it has given or seen: Lamport's clock.
    count: u32,
    waiting: Pending<Waiting>,
    /// How requests ended that were passed on to it: what comes twice is done once.
    ended: Pending<Outcome>,
}

impl protocol::Replica for Replica {
    fn new(protocol: &Protocol, initial: Value) -> Option<Self> {
        let &Protocol::Rules(setup) = protocol else { return None };
        let (waiting, ended) = (Pending::default(), Pending::default());
        Some(Self { setup, held: (Stamp(0, NodeId(0)), initial), count: 0, waiting, ended })
    }

    fn content(&self) -> Content {
        Content::Value(self.held.1)
    }

    fn take(&mut self, place: Place, input: Input, out: &mut Outbox) {
        match input {
            Input::Request(request, operation) => self.begin(place, None, request, operation, out),
            Input::Message(from, Body::Rules(message)) => self.message(place, from, message, out),
            Input::Timer(Timer::GiveUp(request)) => self.time_out(place, request, out),
            Input::Message(..) | Input::Timer(_) => {}
        }
    }

    fn crash(&mut self) {
        self.waiting.clear();
    }
}

/// Says that to the other node, if there is one.
fn say(place: Place, request: RequestId, message: Message, out: &mut Outbox) {
    let other = if place.me == NodeId(0) { NodeId(1) } else { NodeId(0) };
    if place.nodes > other.0 {
        out.send_for(request, other, message);
    }
}

impl Replica {
    fn rules(&self, place: Place) -> Rules {
        self.setup.rules[place.me.index().min(1)]
    }

    /// A request comes from a client, or from the other node, which passes it on.
    fn begin(
        &mut self,
        place: Place,
        asker: Option<NodeId>,
        request: RequestId,
        operation: Operation,
        out: &mut Outbox,
    ) {
        match operation {
            Operation::Write(value) => self.write(place, asker, request, value, out),
            Operation::Read => self.read(place, asker, request, out),
            _ => Self::refuse(self, asker, request, Refusal::Unsupported, out),
        }
    }

    fn write(&mut self, place: Place, asker: Option<NodeId>, request: RequestId, value: Value, out: &mut Outbox) {
        match self.rules(place).write {
            OnWrite::Accept => {
                let stamp = self.store_as_new(place, value);
                self.end(asker, request, Outcome::Answered(Answer::Written), out);
                say(place, request, Message::News(stamp, value), out);
            }
            OnWrite::Agree => {
                let stamp = self.next_stamp(place);
                self.wait(place, request, Waiting { asker, what: What::Confirmation(stamp, value) }, out);
            }
            OnWrite::Forward if asker.is_none() => {
                let what = What::Result(Operation::Write(value));
                self.wait(place, request, Waiting { asker, what }, out);
            }
            OnWrite::AcceptQuietly | OnWrite::Forward => {
                self.store_as_new(place, value);
                self.end(asker, request, Outcome::Answered(Answer::Written), out);
            }
            OnWrite::Pretend => self.end(asker, request, Outcome::Answered(Answer::Written), out),
            OnWrite::Refuse => self.refuse(asker, request, Refusal::ByRule, out),
            OnWrite::Silent => {}
        }
    }

    fn read(&mut self, place: Place, asker: Option<NodeId>, request: RequestId, out: &mut Outbox) {
        match self.rules(place).read {
            OnRead::Ask | OnRead::Repair => self.wait(place, request, Waiting { asker, what: What::Word }, out),
            OnRead::Forward if asker.is_none() => {
                self.wait(place, request, Waiting { asker, what: What::Result(Operation::Read) }, out);
            }
            OnRead::Local | OnRead::Forward => self.answer_read(asker, request, self.held.1, out),
            OnRead::Guess => self.answer_read(asker, request, Value(1), out),
            OnRead::Refuse => self.refuse(asker, request, Refusal::ByRule, out),
            OnRead::Silent => {}
        }
    }

    fn message(&mut self, place: Place, from: NodeId, message: Message, out: &mut Outbox) {
        match message {
            Message::News(stamp, value) => self.hear(place, stamp, value),
            Message::Store(request, stamp, value) => {
                self.hear(place, stamp, value);
                if !matches!(self.rules(place).news, OnNews::Quietly | OnNews::Ignore) {
                    out.send_for(request, from, Message::Stored(request));
                }
            }
            Message::Stored(request) => self.confirmed(request, out),
            Message::Ask(request) => {
                let (stamp, value) = self.held;
                out.send_for(request, from, Message::Tell(request, stamp, value));
            }
            Message::Tell(request, stamp, value) => self.told(place, from, request, (stamp, value), out),
            Message::Forward(request, operation) => match self.ended.get(request) {
                Some(&outcome) => out.send_for(request, from, Message::Result(request, outcome)),
                None if self.waiting.get(request).is_some() => {}
                None => self.begin(place, Some(from), request, operation, out),
            },
            Message::Result(request, outcome) => {
                if let Some(Waiting { what: What::Result(_), asker }) = self.waiting.get(request).copied() {
                    self.finish(asker, request, outcome, out);
                }
            }
        }
    }

    /// The other node tells of a value.
    fn hear(&mut self, place: Place, stamp: Stamp, value: Value) {
        match self.rules(place).news {
            OnNews::Newer | OnNews::Quietly => self.adopt(stamp, value),
            OnNews::Latest => {
                self.count = self.count.max(stamp.0);
                self.held = (stamp, value);
            }
            OnNews::Pretend | OnNews::Ignore => {}
        }
    }

    fn confirmed(&mut self, request: RequestId, out: &mut Outbox) {
        if let Some(Waiting { what: What::Confirmation(stamp, value), asker }) = self.waiting.get(request).copied() {
            self.adopt(stamp, value);
            self.finish(asker, request, Outcome::Answered(Answer::Written), out);
        }
    }

    /// The other node has said what it holds: the newer of both is the answer.
    fn told(&mut self, place: Place, from: NodeId, request: RequestId, theirs: (Stamp, Value), out: &mut Outbox) {
        let Some(Waiting { what: What::Word, asker }) = self.waiting.get(request).copied() else { return };
        let mine = self.held;
        if self.rules(place).read == OnRead::Repair {
            self.adopt(theirs.0, theirs.1);
            if mine.0 > theirs.0 {
                out.send_for(request, from, Message::News(mine.0, mine.1));
            }
        }
        let newer = if theirs.0 > mine.0 { theirs.1 } else { mine.1 };
        self.finish(asker, request, Outcome::Answered(Answer::Value(newer)), out);
    }

    /// The other node has not said a word for as long as this one is patient.
    fn time_out(&mut self, place: Place, request: RequestId, out: &mut Outbox) {
        let Some(waiting) = self.waiting.get(request).copied() else { return };
        match (self.rules(place).timeout, waiting.what) {
            (OnTimeout::AskAgain, _) => self.wait(place, request, waiting, out),
            (OnTimeout::Wait, _) => {}
            (OnTimeout::Refuse, What::Word | What::Result(Operation::Read)) => {
                self.waiting.take(request);
                self.refuse(waiting.asker, request, Refusal::Unconfirmed, out);
            }
            (OnTimeout::Refuse, _) => self.finish(waiting.asker, request, Outcome::Unknown, out),
            (OnTimeout::AnswerAnyway, what) => {
                let answer = match what {
                    What::Confirmation(stamp, value) => {
                        self.adopt(stamp, value);
                        Answer::Written
                    }
                    What::Result(Operation::Write(value)) => {
                        self.store_as_new(place, value);
                        Answer::Written
                    }
                    What::Word | What::Result(_) => Answer::Value(self.held.1),
                };
                self.finish(waiting.asker, request, Outcome::Answered(answer), out);
            }
        }
    }

    /// Asks the other node for what the request needs, and waits for it. Whoever would wait for ever sets no timer.
    fn wait(&mut self, place: Place, request: RequestId, waiting: Waiting, out: &mut Outbox) {
        let message = match waiting.what {
            What::Confirmation(stamp, value) => Message::Store(request, stamp, value),
            What::Word => Message::Ask(request),
            What::Result(operation) => Message::Forward(request, operation),
        };
        self.waiting.insert(request, waiting);
        say(place, request, message, out);
        if self.rules(place).timeout != OnTimeout::Wait {
            out.set(Timer::GiveUp(request), self.setup.patience);
        }
    }

    /// Ends a request that waited.
    fn finish(&mut self, asker: Option<NodeId>, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        self.waiting.take(request);
        out.stop(Timer::GiveUp(request));
        self.end(asker, request, outcome, out);
    }

    fn end(&mut self, asker: Option<NodeId>, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        match asker {
            None => out.reply(request, outcome),
            Some(node) => {
                self.ended.insert(request, outcome);
                out.send_for(request, node, Message::Result(request, outcome));
            }
        }
    }

    fn answer_read(&mut self, asker: Option<NodeId>, request: RequestId, value: Value, out: &mut Outbox) {
        self.end(asker, request, Outcome::Answered(Answer::Value(value)), out);
    }

    fn refuse(&mut self, asker: Option<NodeId>, request: RequestId, refusal: Refusal, out: &mut Outbox) {
        self.end(asker, request, Outcome::Refused(refusal), out);
    }

    fn next_stamp(&mut self, place: Place) -> Stamp {
        self.count += 1;
        Stamp(self.count, place.me)
    }

    fn store_as_new(&mut self, place: Place, value: Value) -> Stamp {
        let stamp = self.next_stamp(place);
        self.held = (stamp, value);
        stamp
    }

    fn adopt(&mut self, stamp: Stamp, value: Value) {
        self.count = self.count.max(stamp.0);
        self.held = self.held.max((stamp, value));
    }
}
