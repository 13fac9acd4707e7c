//! The trace: what happened and why. The only account of a run there is; diagrams, narration and histories are read
//! off it.
//!
//! A *step* is what the world does at once: a client asks, a request or message arrives and is dealt with, a timer runs
//! out, a link is cut. The events of a step share its number and its time.

use serde::{Deserialize, Serialize};

use super::protocol::{Body, Timer};
use super::{ClientId, Content, EventId, MessageId, Micros, NodeId, NodeSpec, Operation, Outcome, RequestId, Scenario};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its index in the trace.
    pub id: EventId,
    /// The step it belongs to, counted from 1; 0 is the state before anything happened.
    pub step: u32,
    /// When, in microseconds of simulated time.
    pub at: Micros,
    /// The event that made it happen; `None` for what the script or a person did.
    pub cause: Option<EventId>,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventKind {
    /// A client sent a request to its node.
    Invoked {
        /// Who asks.
        client: ClientId,
        /// The request.
        request: RequestId,
        /// The node that is asked.
        node: NodeId,
        /// What is asked.
        operation: Operation,
    },
    /// The request reached the node.
    Received {
        /// The node.
        node: NodeId,
        /// The request.
        request: RequestId,
    },
    /// The value that a node holds changed.
    Stored {
        /// The node.
        node: NodeId,
        /// What it holds now.
        value: Content,
    },
    /// A node answered a request.
    Replied {
        /// The node.
        node: NodeId,
        /// The request.
        request: RequestId,
        /// What it says.
        outcome: Outcome,
    },
    /// The client has its outcome. [`Outcome::Unknown`] here may also mean that it stopped waiting.
    Returned {
        /// Who asked.
        client: ClientId,
        /// The request.
        request: RequestId,
        /// How it ended.
        outcome: Outcome,
    },
    /// A node sent a message.
    Sent {
        /// The message.
        message: MessageId,
        /// Its sender.
        from: NodeId,
        /// Its receiver.
        to: NodeId,
        /// What it says.
        body: Body,
        /// The request it serves, where there is one.
        request: Option<RequestId>,
    },
    /// A message arrived.
    Delivered {
        /// The message.
        message: MessageId,
        /// Its sender.
        from: NodeId,
        /// Its receiver.
        to: NodeId,
    },
    /// A message was lost. Neither end is told.
    Lost {
        /// The message.
        message: MessageId,
        /// Its sender.
        from: NodeId,
        /// The node it never reached.
        to: NodeId,
        /// Where it went.
        why: Loss,
    },
    /// A message arrived damaged: its receiver saw that its checksum is wrong, and dropped it.
    Corrupted {
        /// The message.
        message: MessageId,
        /// Its sender.
        from: NodeId,
        /// The node that dropped it.
        to: NodeId,
    },
    /// The network sends a message twice.
    Duplicated {
        /// The message.
        message: MessageId,
        /// Its copy, a message of its own from now on.
        copy: MessageId,
    },
    /// Somebody made a message later.
    Delayed {
        /// The message.
        message: MessageId,
        /// When it arrives now, in microseconds.
        until: Micros,
    },
    /// Somebody wanted to do something to a message that is not, or no longer, in flight: nothing happened.
    Missed {
        /// The message.
        message: MessageId,
    },
    /// A client tries again. The second try is a request of its own to the node; to the client it is the same.
    Retried {
        /// Who asks.
        client: ClientId,
        /// The request as it was first made.
        request: RequestId,
        /// The request as the node sees it now.
        again: RequestId,
        /// The node that is asked.
        node: NodeId,
    },
    /// A request came to a node that is down. Nobody answers.
    Unheard {
        /// The node.
        node: NodeId,
        /// The request.
        request: RequestId,
    },
    /// A node's timer ran out.
    TimedOut {
        /// The node.
        node: NodeId,
        /// The timer.
        timer: Timer,
    },
    /// A directed link was cut.
    Cut {
        /// Its start.
        from: NodeId,
        /// Its end.
        to: NodeId,
    },
    /// A directed link works again.
    Healed {
        /// Its start.
        from: NodeId,
        /// Its end.
        to: NodeId,
    },
    /// A directed link keeps what is sent into it.
    Held {
        /// Its start.
        from: NodeId,
        /// Its end.
        to: NodeId,
    },
    /// A directed link gives out what it kept.
    Released {
        /// Its start.
        from: NodeId,
        /// Its end.
        to: NodeId,
    },
    /// What disturbs a directed link was changed.
    Shaped {
        /// Its start.
        from: NodeId,
        /// Its end.
        to: NodeId,
    },
    /// A node stopped, and forgot what is not on its disk.
    Crashed {
        /// The node.
        node: NodeId,
    },
    /// A node came up with what was on its disk.
    Recovered {
        /// The node.
        node: NodeId,
    },
    /// A node stands still.
    Paused {
        /// The node.
        node: NodeId,
    },
    /// A node goes on.
    Resumed {
        /// The node.
        node: NodeId,
    },
    /// A node's clock was set.
    ClockSet {
        /// The node.
        node: NodeId,
    },
}

/// Why a message was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The link was cut.
    Cut,
    /// By chance.
    Random,
    /// Too many packets were waiting to be sent.
    QueueFull,
    /// Its receiver was down.
    Down,
    /// Somebody dropped it.
    ByHand,
}

/// Who takes down what happens.
pub trait Sink {
    /// Takes an event down.
    fn note(&mut self, event: Event);
}

/// Everything, in order.
impl Sink for Vec<Event> {
    fn note(&mut self, event: Event) {
        self.push(event);
    }
}

/// The events of a run in the order in which they happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The events; an event's id is its index here.
    pub events: Vec<Event>,
}

impl Trace {
    /// The number of steps, 0 for an empty trace.
    pub fn steps(&self) -> u32 {
        self.events.last().map_or(0, |event| event.step)
    }

    /// The events up to and including that step.
    pub fn until(&self, step: u32) -> &[Event] {
        let end = self.events.partition_point(|event| event.step <= step);
        &self.events[..end]
    }

    /// The events of that step.
    pub fn step(&self, step: u32) -> &[Event] {
        let start = self.events.partition_point(|event| event.step < step);
        &self.until(step)[start..]
    }

    /// The value that each node of the scenario holds after that step.
    pub fn values(&self, scenario: &Scenario, step: u32) -> Vec<Content> {
        let first = |node: &NodeSpec| node.protocol.object().at_first(scenario.initial);
        let mut values: Vec<Content> = scenario.nodes.iter().map(first).collect();
        for event in self.until(step) {
            if let EventKind::Stored { node, value } = event.kind {
                values[node.index()] = value;
            }
        }
        values
    }

    /// The directed links that are cut after that step.
    pub fn cut_links(&self, step: u32) -> Vec<(NodeId, NodeId)> {
        let mut cut = Vec::new();
        for event in self.until(step) {
            match event.kind {
                EventKind::Cut { from, to } if !cut.contains(&(from, to)) => cut.push((from, to)),
                EventKind::Healed { from, to } => cut.retain(|link| *link != (from, to)),
                _ => {}
            }
        }
        cut
    }

    /// The event of that id.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(id.0 as usize)
    }

    /// The trace as JSON lines: one event per line, each ended by a line feed.
    pub fn to_json_lines(&self) -> String {
        json_lines(&self.events)
    }
}

/// Plain data as JSON lines: one item per line, each ended by a line feed.
#[expect(clippy::missing_panics_doc, reason = "it cannot panic, as it says where it could")]
pub fn json_lines<T: Serialize>(items: &[T]) -> String {
    let line = |item| serde_json::to_string(item).expect("JSON can write strings, numbers, lists and enums of them");
    items.iter().map(|item| line(item) + "\n").collect()
}
