//! What a learner can do at a moment of the walk, and why not where they cannot.
//!
//! Both sides share one outside world: the same clients ask, the same link is cut, the same node crashes. So a deed is done
//! on both. Only a message may be on its way on one side alone; then what is done to it is done there. Two messages are the
//! same message to the network when they were sent at the same time, between the same nodes, and say the same.

use serde::{Deserialize, Serialize};

use super::Walk;
use crate::check::History;
use crate::sim::{Action, ClientId, Event, EventKind, MessageId, Micros, NodeId, Operation, Trace, Value};

/// The two ends of the link that the walk is about.
pub const LINK: [NodeId; 2] = [NodeId(0), NodeId(1)];

/// How long a message is held back that somebody holds: until it is let go, for any run that fits on a page.
pub const HELD_BACK: Micros = Micros::from_millis(3_600_000);

/// Something that a learner does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A client asks its node to write that value.
    Write(ClientId, Value),
    /// A client asks its node for the value.
    Read(ClientId),
    /// The link is cut, both ways.
    Cut,
    /// It works again.
    Heal,
    /// It keeps what is on it and what is sent into it: nothing is lost, everything is late.
    Hold,
    /// What it kept arrives.
    Release,
    /// A node stops.
    Crash(NodeId),
    /// It comes up again.
    Recover(NodeId),
    /// A message arrives now. Its number on each side, where it is on its way there.
    Deliver([Option<MessageId>; 2]),
    /// A message is lost.
    Drop([Option<MessageId>; 2]),
    /// A message is held back until it is delivered by hand.
    HoldBack([Option<MessageId>; 2]),
}

/// What a deed is done to, for a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A client.
    Client(ClientId),
    /// The link.
    Link,
    /// A node.
    Node(NodeId),
    /// A message on its way; its number on each side where it is.
    Message([Option<MessageId>; 2]),
}

/// A deed that somebody might think of at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is done to.
    pub subject: Subject,
    /// What it is.
    pub deed: Deed,
    /// Why it cannot be done now, if it cannot.
    pub why_not: Option<String>,
}

/// A message that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// The message.
    pub id: MessageId,
    /// When it was sent, in microseconds.
    pub sent: Micros,
    /// What made it go.
    pub event: usize,
    /// Whether somebody holds it back.
    pub held_back: bool,
}

impl Deed {
    /// What the world is told, on that side; `None` where it does not concern that side.
    pub fn action(self, side: usize) -> Option<Action> {
        let [a, b] = LINK;
        let both = vec![(a, b), (b, a)];
        let there = |ids: [Option<MessageId>; 2]| ids.get(side).copied().flatten();
        Some(match self {
            Self::Write(client, value) => Action::Request { client, operation: Operation::Write(value) },
            Self::Read(client) => Action::Request { client, operation: Operation::Read },
            Self::Cut => Action::Cut(both),
            Self::Heal => Action::Heal(both),
            Self::Hold => Action::Hold(both),
            Self::Release => Action::Release(both),
            Self::Crash(node) => Action::Crash(node),
            Self::Recover(node) => Action::Recover(node),
            Self::Deliver(ids) => Action::Deliver(there(ids)?),
            Self::Drop(ids) => Action::Drop(there(ids)?),
            Self::HoldBack(ids) => Action::Delay(there(ids)?, HELD_BACK),
        })
    }

    /// What it is called in a menu, where the subject is named beside it.
    pub fn name(self) -> String {
        match self {
            Self::Write(_, value) => format!("write {value}"),
            Self::Read(_) => "read".to_owned(),
            Self::Cut => "cut it".to_owned(),
            Self::Heal => "heal it".to_owned(),
            Self::Hold => "hold it: nothing lost, all late".to_owned(),
            Self::Release => "release what it holds".to_owned(),
            Self::Crash(_) => "crash".to_owned(),
            Self::Recover(_) => "recover".to_owned(),
            Self::Deliver(_) => "deliver now".to_owned(),
            Self::Drop(_) => "drop it".to_owned(),
            Self::HoldBack(_) => "hold it back".to_owned(),
        }
    }
}

impl Walk {
    /// The messages on their way on a side after that moment, in the order of sending.
    pub fn in_flight(&self, side: usize, moment: usize) -> Vec<InFlight> {
        let mut flights: Vec<InFlight> = Vec::new();
        for event in self.events(side, moment) {
            match event.kind {
                EventKind::Sent { message, .. } => {
                    flights.push(InFlight {
                        id: message,
                        sent: event.at,
                        event: event.id.0 as usize,
                        held_back: false,
                    });
                }
                EventKind::Delayed { message, .. } => {
                    flights.iter_mut().filter(|flight| flight.id == message).for_each(|flight| flight.held_back = true);
                }
                EventKind::Delivered { message, .. }
                | EventKind::Lost { message, .. }
                | EventKind::Corrupted { message, .. } => flights.retain(|flight| flight.id != message),
                _ => {}
            }
        }
        flights
    }

    /// Everything that somebody might think of at that moment, with the reason where it cannot be.
    pub fn choices(&self, moment: usize) -> Vec<Choice> {
        let mut choices = Vec::new();
        let mut push = |subject, deed, why_not: Option<String>| choices.push(Choice { subject, deed, why_not });
        let clients = (0..u8::MAX).zip(&self.sides[0].scenario().clients).map(|(at, _)| ClientId(at));
        let fresh = self.fresh_value(moment);
        for client in clients {
            let waits = self.waits(client, moment).map(str::to_owned);
            push(Subject::Client(client), Deed::Write(client, fresh), waits.clone());
            push(Subject::Client(client), Deed::Read(client), waits);
        }
        let cut = self.is_cut(moment);
        let held = self.is_held(moment);
        push(Subject::Link, if cut { Deed::Heal } else { Deed::Cut }, None);
        let keep = if held { Deed::Release } else { Deed::Hold };
        let nothing = (cut && !held).then(|| "A link that is cut has nothing to keep.".to_owned());
        push(Subject::Link, keep, nothing);
        for node in self.sides[0].scenario().node_ids() {
            let deed = if self.is_down(node, moment) { Deed::Recover(node) } else { Deed::Crash(node) };
            push(Subject::Node(node), deed, None);
        }
        for (ids, held_back) in self.messages(moment) {
            let why_not = held.then(|| "The link holds it. Release what the link holds first.".to_owned());
            let subject = Subject::Message(ids);
            push(subject, Deed::Deliver(ids), why_not.clone());
            push(subject, Deed::Drop(ids), why_not.clone());
            let held_back = held_back.then(|| "It is held back already. Deliver it to let it go.".to_owned());
            push(subject, Deed::HoldBack(ids), why_not.or(held_back));
        }
        choices
    }

    /// The messages on their way on either side, and whether somebody holds them back; a message that is on its way on
    /// both is one.
    pub fn messages(&self, moment: usize) -> Vec<([Option<MessageId>; 2], bool)> {
        let [here, mut there] = [0, 1].map(|side| self.in_flight(side, moment));
        let mut messages = Vec::new();
        for one in here {
            let twin = there.iter().position(|other| self.is_same(&one, other));
            let twin = twin.map(|at| there.remove(at));
            let held_back = one.held_back && twin.is_none_or(|twin| twin.held_back);
            messages.push(([Some(one.id), twin.map(|twin| twin.id)], held_back));
        }
        messages.extend(there.into_iter().map(|other| ([None, Some(other.id)], other.held_back)));
        messages
    }

    fn is_same(&self, one: &InFlight, other: &InFlight) -> bool {
        let sent = |side: usize, flight: &InFlight| match self.sides[side].trace().events.get(flight.event) {
            Some(&Event { kind: EventKind::Sent { from, to, body, .. }, .. }) => Some((from, to, body)),
            _ => None,
        };
        one.sent == other.sent && sent(0, one) == sent(1, other)
    }

    /// A value that nobody has written yet, on either side.
    fn fresh_value(&self, moment: usize) -> Value {
        let written = [0, 1].map(|side| {
            let values = self.events(side, moment).iter().filter_map(|event| match event.kind {
                EventKind::Invoked { operation: Operation::Write(Value(value)), .. } => Some(value),
                _ => None,
            });
            // What the script has yet to write would be written again.
            let planned = self.sides[side].scenario().script.iter().filter_map(|planned| match planned.action {
                Action::Request { operation: Operation::Write(Value(value)), .. } => Some(value),
                _ => None,
            });
            values.chain(planned).max().unwrap_or(0)
        });
        Value(written[0].max(written[1]).saturating_add(1))
    }

    /// Why a client cannot ask, if it waits for an answer on a side.
    fn waits(&self, client: ClientId, moment: usize) -> Option<&'static str> {
        let waiting = [0, 1].map(|side| {
            let history = History::of(self.sides[side].scenario().initial, self.events(side, moment));
            history.attempts.iter().any(|attempt| attempt.client == client && attempt.response.is_none())
        });
        match waiting {
            [true, true] => Some("It still waits for its answer."),
            [true, false] => Some("It still waits for its answer where B chooses consistency."),
            [false, true] => Some("It still waits for its answer where B chooses availability."),
            [false, false] => None,
        }
    }

    fn is_down(&self, node: NodeId, moment: usize) -> bool {
        let mut down = false;
        for event in self.events(0, moment) {
            match event.kind {
                EventKind::Crashed { node: other } if other == node => down = true,
                EventKind::Recovered { node: other } if other == node => down = false,
                _ => {}
            }
        }
        down
    }

    /// Whether the link keeps what is on it at that moment.
    pub fn is_held(&self, moment: usize) -> bool {
        let mut held = false;
        for event in self.events(0, moment) {
            match event.kind {
                EventKind::Held { .. } => held = true,
                EventKind::Released { .. } => held = false,
                _ => {}
            }
        }
        held
    }

    /// What has happened on a side by that moment.
    pub fn events(&self, side: usize, moment: usize) -> &[Event] {
        let trace: &Trace = self.sides[side].trace();
        trace.until(self.moments[moment.min(self.end())].steps[side])
    }
}
