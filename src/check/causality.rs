//! What could have caused what: Lamport's *happened before* ("Time, clocks, and the ordering of events", 1978) on a trace.
//!
//! ```text
//!  at one party      a ─▶ b            a comes first on the same line
//!  of one message    sent ─▶ arrives   or is lost, or is held back on the way
//!  by its cause      cut ─▶ lost       what the trace itself names
//! ```
//!
//! The order is what follows from these three and nothing else. Two events of which neither comes before the other are
//! *concurrent*: however far apart they are in time, nothing of the one can have reached the other.

use crate::sim::{ClientId, Event, EventId, EventKind, MessageId, NodeId};

/// Where an event takes place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Party {
    Client(ClientId),
    Node(NodeId),
}

/// For each event, by its index: whether it could have caused one of these, or is one of them.
pub fn causes(events: &[Event], of: &[EventId]) -> Vec<bool> {
    let mut marked = mark(events, of);
    for at in (0..events.len()).rev().filter(|_| !of.is_empty()) {
        if marked[at] {
            for before in just_before(events, at) {
                marked[before] = true;
            }
        }
    }
    marked
}

/// For each event, by its index: whether one of these could have caused it, or it is one of them.
pub fn effects(events: &[Event], of: &[EventId]) -> Vec<bool> {
    let mut marked = mark(events, of);
    for at in 0..events.len() {
        marked[at] = marked[at] || just_before(events, at).any(|before| marked[before]);
    }
    marked
}

fn mark(events: &[Event], of: &[EventId]) -> Vec<bool> {
    events.iter().map(|event| of.contains(&event.id)).collect()
}

/// The events that come just before one: its cause, the one before it at its party, the one before it of its message.
fn just_before(events: &[Event], at: usize) -> impl Iterator<Item = usize> {
    let Event { cause, kind, .. } = &events[at];
    let latest = |is_it: &dyn Fn(&EventKind) -> bool| events[..at].iter().rposition(|event| is_it(&event.kind));
    let here = party(kind).and_then(|here| latest(&|kind| party(kind) == Some(here)));
    let message = message(kind).and_then(|of| latest(&|kind| self::message(kind) == Some(of)));
    let cause = cause.map(|cause| cause.0 as usize).filter(|&cause| cause < at);
    [cause, here, message].into_iter().flatten()
}

/// What the network does takes place at no party.
fn party(kind: &EventKind) -> Option<Party> {
    match *kind {
        EventKind::Invoked { client, .. } | EventKind::Returned { client, .. } | EventKind::Retried { client, .. } => {
            Some(Party::Client(client))
        }
        EventKind::Received { node, .. }
        | EventKind::Stored { node, .. }
        | EventKind::Replied { node, .. }
        | EventKind::Sent { from: node, .. }
        | EventKind::Delivered { to: node, .. }
        | EventKind::TimedOut { node, .. }
        | EventKind::Crashed { node }
        | EventKind::Recovered { node }
        | EventKind::Paused { node }
        | EventKind::Resumed { node }
        | EventKind::ClockSet { node } => Some(Party::Node(node)),
        _ => None,
    }
}

fn message(kind: &EventKind) -> Option<MessageId> {
    match *kind {
        EventKind::Sent { message, .. }
        | EventKind::Delivered { message, .. }
        | EventKind::Lost { message, .. }
        | EventKind::Corrupted { message, .. }
        | EventKind::Duplicated { message, .. }
        | EventKind::Delayed { message, .. } => Some(message),
        _ => None,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::sim::{Micros, Operation, Outcome, RequestId, Value};

    const A: NodeId = NodeId(0);
    const B: NodeId = NodeId(1);

    /// Client 1 writes at A, A sends to B, the link is cut and the message lost; Client 2 asks B and is answered.
    fn events() -> Vec<Event> {
        let (write, read) = (RequestId(0), RequestId(1));
        let message = MessageId(0);
        let body = crate::sim::protocol::Body::LocalFirst(crate::sim::protocol::local_first::Message::Ask(write));
        let kinds = [
            (
                None,
                EventKind::Invoked {
                    client: ClientId(0),
                    request: write,
                    node: A,
                    operation: Operation::Write(Value(1)),
                },
            ),
            (Some(0), EventKind::Received { node: A, request: write }),
            (Some(1), EventKind::Sent { message, from: A, to: B, body, request: None }),
            (None, EventKind::Cut { from: A, to: B }),
            (Some(3), EventKind::Lost { message, from: A, to: B, why: crate::sim::trace::Loss::Cut }),
            (None, EventKind::Invoked { client: ClientId(1), request: read, node: B, operation: Operation::Read }),
            (Some(5), EventKind::Received { node: B, request: read }),
            (Some(6), EventKind::Returned { client: ClientId(1), request: read, outcome: Outcome::Unknown }),
        ];
        let event = |(at, (cause, kind)): (u32, (Option<u32>, EventKind))| Event {
            id: EventId(at),
            step: at + 1,
            at: Micros(0),
            cause: cause.map(EventId),
            kind,
        };
        (0..).zip(kinds).map(event).collect()
    }

    fn those(marked: &[bool]) -> Vec<usize> {
        (0..marked.len()).filter(|&at| marked[at]).collect()
    }

    #[test]
    fn a_read_beyond_the_cut_has_nothing_of_the_write_among_its_causes() {
        assert_eq!(those(&causes(&events(), &[EventId(7)])), [5, 6, 7]);
        assert_eq!(those(&effects(&events(), &[EventId(0)])), [0, 1, 2, 4]);
    }

    #[test]
    fn a_message_is_lost_because_it_was_sent_and_because_of_the_cut() {
        assert_eq!(those(&causes(&events(), &[EventId(4)])), [0, 1, 2, 3, 4]);
        assert_eq!(those(&effects(&events(), &[EventId(3)])), [3, 4]);
    }

    #[test]
    fn what_is_a_cause_has_it_as_an_effect() {
        let events = events();
        for one in &events {
            for other in &events {
                let forward = effects(&events, &[one.id])[other.id.0 as usize];
                assert_eq!(forward, causes(&events, &[other.id])[one.id.0 as usize]);
            }
        }
    }
}
