//! A state of a cluster that is explored: who holds what, what is under way, and what the clients have seen.
//!
//! There is no time in it. The fingerprint is kept up to date part by part.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::fingerprint;
use crate::check::history::{Attempt, History, Response};
use crate::sim::protocol::{Body, Nodes, Outbox, Timer};
use crate::sim::{ClientId, EventId, Micros, NodeId, Operation, Outcome, RequestId, Value};

/// Something under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Envelope {
    /// A client's request, to its node.
    Request(RequestId),
    /// An outcome, to the client.
    Reply(RequestId, Outcome),
    /// A message between nodes, from the first to the second.
    Message(NodeId, NodeId, Body),
}

/// An operation as its client saw it. What precedes what is all that matters of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// The request.
    pub request: RequestId,
    /// How many operations of each client had ended when it began.
    pub before: [u8; MOST_CLIENTS],
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
}

/// The most clients that an exploration has.
pub const MOST_CLIENTS: usize = 6;

/// What was used up of the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spent {
    /// Envelopes lost.
    pub losses: u8,
    /// Envelopes doubled.
    pub duplicates: u8,
    /// Nodes crashed.
    pub crashes: u8,
    /// Timers that ran out.
    pub timeouts: u8,
}

/// A state.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State<R> {
    /// The nodes.
    pub(super) replicas: Vec<R>,
    /// The nodes that are down.
    pub(super) down: Nodes,
    /// What is under way, in order; the same may be under way twice.
    pub(super) envelopes: Vec<Envelope>,
    /// The timers that are set, in order.
    pub(super) timers: Vec<(NodeId, Timer)>,
    /// What the clients have asked, in the order of requests.
    pub(super) history: Vec<Record>,
    pub(super) spent: Spent,
    /// Memory that is used again for each input; always empty.
    #[serde(skip)]
    pub(super) outbox: Outbox,
    #[serde(skip)]
    sum: u64,
}

// Which part of a state a fingerprint is of. Nodes come after these.
const ENVELOPE: u64 = 0;
const TIMER: u64 = 1;
const RECORD: u64 = 2;
const SPENT: u64 = 3;
const DOWN: u64 = 4;
const REPLICA: u64 = 8;

impl<R: Clone + Hash> Clone for State<R> {
    fn clone(&self) -> Self {
        let mut copy = Self {
            replicas: Vec::new(),
            down: Nodes::default(),
            envelopes: Vec::new(),
            timers: Vec::new(),
            history: Vec::new(),
            spent: Spent::default(),
            outbox: Outbox::default(),
            sum: 0,
        };
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        self.replicas.clone_from(&other.replicas);
        self.envelopes.clone_from(&other.envelopes);
        self.timers.clone_from(&other.timers);
        self.history.clone_from(&other.history);
        (self.down, self.spent, self.sum) = (other.down, other.spent, other.sum);
    }
}

impl<R: Clone + Hash> State<R> {
    /// Nodes with nothing under way.
    pub(super) fn of(replicas: Vec<R>) -> Self {
        let mut state = Self {
            replicas,
            down: Nodes::default(),
            envelopes: Vec::new(),
            timers: Vec::new(),
            history: Vec::new(),
            spent: Spent::default(),
            outbox: Outbox::default(),
            sum: 0,
        };
        state.reckon();
        state
    }

    /// What it is known by.
    pub(super) fn fingerprint(&self) -> u64 {
        self.sum
    }

    /// Reckons the fingerprint anew.
    pub(super) fn reckon(&mut self) {
        let replicas = (REPLICA..).zip(&self.replicas).map(|(place, replica)| fingerprint(place, replica));
        let envelopes = self.envelopes.iter().map(|envelope| fingerprint(ENVELOPE, envelope));
        let timers = self.timers.iter().map(|timer| fingerprint(TIMER, timer));
        let history = self.history.iter().map(|record| fingerprint(RECORD, record));
        let rest = [fingerprint(SPENT, &self.spent), fingerprint(DOWN, &self.down)];
        self.sum = replicas.chain(envelopes).chain(timers).chain(history).chain(rest).fold(0, u64::wrapping_add);
    }

    fn changes(&mut self, before: u64, after: u64) {
        self.sum = self.sum.wrapping_sub(before).wrapping_add(after);
    }

    /// Does something to a replica; whether it changed.
    pub(super) fn change_replica(&mut self, node: NodeId, deed: impl FnOnce(&mut R)) -> bool {
        let place = REPLICA + u64::from(node.0);
        let replica = &mut self.replicas[node.index()];
        let before = fingerprint(place, replica);
        deed(replica);
        let after = fingerprint(place, replica);
        self.changes(before, after);
        before != after
    }

    pub(super) fn send(&mut self, envelope: Envelope) {
        let at = self.envelopes.partition_point(|other| *other <= envelope);
        self.envelopes.insert(at, envelope);
        self.changes(0, fingerprint(ENVELOPE, &envelope));
    }

    pub(super) fn remove_envelope(&mut self, at: usize) -> Envelope {
        let envelope = self.envelopes.remove(at);
        self.changes(fingerprint(ENVELOPE, &envelope), 0);
        envelope
    }

    pub(super) fn set_timer(&mut self, timer: (NodeId, Timer)) {
        if let Err(at) = self.timers.binary_search(&timer) {
            self.timers.insert(at, timer);
            self.changes(0, fingerprint(TIMER, &timer));
        }
    }

    pub(super) fn stop_timer(&mut self, timer: (NodeId, Timer)) {
        if let Ok(at) = self.timers.binary_search(&timer) {
            self.timers.remove(at);
            self.changes(fingerprint(TIMER, &timer), 0);
        }
    }

    /// Forgets the timers of a node.
    pub(super) fn stop_timers(&mut self, node: NodeId) {
        while let Some(&timer) = self.timers.iter().find(|timer| timer.0 == node) {
            self.stop_timer(timer);
        }
    }

    pub(super) fn record(&mut self, record: Record) {
        let at = self.history.partition_point(|other| other.request < record.request);
        self.history.insert(at, record);
        self.changes(0, fingerprint(RECORD, &record));
    }

    /// The client has its outcome; the number of that operation among the client's.
    pub(super) fn end(&mut self, request: RequestId, outcome: Outcome) {
        let Ok(at) = self.history.binary_search_by_key(&request, |record| record.request) else { return };
        let before = fingerprint(RECORD, &self.history[at]);
        self.history[at].outcome = Some(outcome);
        let after = fingerprint(RECORD, &self.history[at]);
        self.changes(before, after);
    }

    pub(super) fn spend(&mut self, deed: impl FnOnce(&mut Spent)) {
        let before = fingerprint(SPENT, &self.spent);
        deed(&mut self.spent);
        self.changes(before, fingerprint(SPENT, &self.spent));
    }

    pub(super) fn set_down(&mut self, down: Nodes) {
        self.changes(fingerprint(DOWN, &self.down), fingerprint(DOWN, &down));
        self.down = down;
    }

    /// What the clients have seen, in 64 bits.
    pub(super) fn seen(&self) -> u64 {
        self.history.iter().map(|record| fingerprint(RECORD, record)).fold(0, u64::wrapping_add)
    }
}

/// What the clients have seen, told as a history: the records in some order of time in which just that precedes which is
/// recorded to precede. `asks` says who asks what of which node.
pub(super) fn history(
    initial: Value,
    records: &[Record],
    asks: impl Fn(RequestId) -> (ClientId, NodeId, Operation),
) -> History {
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
        for earlier in precede(records, &records[at], &asks) {
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
        Attempt {
            request: record.request,
            client,
            node,
            operation,
            invoked_at: Micros(invoked.0.into()),
            invoked,
            response,
        }
    });
    let mut attempts: Vec<Attempt> = attempts.collect();
    attempts.sort_by_key(|attempt| attempt.invoked);
    History { initial, attempts }
}

/// The records that had ended when this one began.
fn precede(
    records: &[Record],
    record: &Record,
    asks: impl Fn(RequestId) -> (ClientId, NodeId, Operation),
) -> Vec<usize> {
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
