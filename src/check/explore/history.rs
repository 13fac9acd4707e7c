//! What the clients of an exploration have seen. There is no time: what precedes what is all that is kept of it.

use crate::check::history::{Attempt, History, Response};
use crate::sim::{ClientId, EventId, Micros, NodeId, Operation, Outcome, RequestId, Value};

/// The most clients that an exploration has.
pub const MOST_CLIENTS: usize = 6;

/// An operation as its client saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Record {
    /// The request.
    pub request: RequestId,
    /// How many operations of each client had ended when it began.
    pub before: [u8; MOST_CLIENTS],
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
}

/// Who asks what of which node.
pub(super) type Asks<'a> = &'a dyn Fn(RequestId) -> (ClientId, NodeId, Operation);

/// The records told as a history: in some order of time in which just that precedes which is recorded to precede.
pub(super) fn told(initial: Value, records: &[Record], asks: Asks) -> History {
    let mut order: Vec<usize> = (0..records.len()).collect();
    // Of any two moments one is the earlier, and all that had ended at it had ended at the other.
    order.sort_by_key(|&at| records[at].before.iter().map(|&count| u32::from(count)).sum::<u32>());
    let mut clock = 0;
    let mut tick = || {
        clock += 1;
        EventId(clock)
    };
    let mut ends: Vec<Option<EventId>> = vec![None; records.len()];
    let mut begins = vec![EventId(0); records.len()];
    for at in order {
        for earlier in precede(records, &records[at], asks) {
            ends[earlier] = ends[earlier].or_else(|| Some(tick()));
        }
        begins[at] = tick();
    }
    let attempts = records.iter().zip(begins).zip(ends).map(|((record, invoked), end)| {
        let (client, node, operation) = asks(record.request);
        let response = record.outcome.map(|outcome| {
            let event = end.unwrap_or_else(&mut tick);
            Response { at: Micros(event.0.into()), event, outcome }
        });
        let invoked_at = Micros(invoked.0.into());
        Attempt { request: record.request, client, node, operation, invoked_at, invoked, response }
    });
    let mut attempts: Vec<Attempt> = attempts.collect();
    attempts.sort_by_key(|attempt| attempt.invoked);
    History { initial, attempts }
}

/// The records that had ended when this one began.
fn precede(records: &[Record], record: &Record, asks: Asks) -> Vec<usize> {
    let mut left = record.before;
    let mut earlier = Vec::new();
    for (at, other) in records.iter().enumerate() {
        let client = asks(other.request).0.index();
        if left[client] > 0 {
            left[client] -= 1;
            earlier.push(at);
        }
    }
    earlier
}
