//! The history of a run: every request with its invocation and its response, as the clients saw them.

use serde::{Deserialize, Serialize};

use crate::sim::trace::json_lines;
use crate::sim::{ClientId, Event, EventId, EventKind, Micros, NodeId, Operation, Outcome, RequestId, Value};

/// One request, from its invocation to its response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The request.
    pub request: RequestId,
    /// Who asked.
    pub client: ClientId,
    /// The node that was asked.
    pub node: NodeId,
    /// What was asked.
    pub operation: Operation,
    /// When it was asked, in microseconds.
    pub invoked_at: Micros,
    /// The event of its invocation. Events are totally ordered, so this orders invocations within a microsecond too.
    pub invoked: EventId,
    /// Its response; `None` while there is none.
    pub response: Option<Response>,
}

/// A response as the client saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// When, in microseconds.
    pub at: Micros,
    /// The event.
    pub event: EventId,
    /// How the request ended.
    pub outcome: Outcome,
}

/// What the clients of a register saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The value of the register at the start.
    pub initial: Value,
    /// The requests, in the order of their invocations.
    pub attempts: Vec<Attempt>,
}

impl History {
    /// Reads the history off the events of a trace, or of its first part.
    pub fn of(initial: Value, events: &[Event]) -> Self {
        let mut attempts: Vec<Attempt> = Vec::new();
        for event in events {
            match event.kind {
                EventKind::Invoked { client, request, node, operation } => attempts.push(Attempt {
                    request,
                    client,
                    node,
                    operation,
                    invoked_at: event.at,
                    invoked: event.id,
                    response: None,
                }),
                EventKind::Returned { request, outcome, .. } => {
                    if let Some(attempt) = attempts.iter_mut().find(|attempt| attempt.request == request) {
                        attempt.response = Some(Response { at: event.at, event: event.id, outcome });
                    }
                }
                _ => {}
            }
        }
        Self { initial, attempts }
    }

    /// The history as JSON lines: one request per line, each ended by a line feed.
    pub fn to_json_lines(&self) -> String {
        json_lines(&self.attempts)
    }
}

impl Attempt {
    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<Outcome> {
        self.response.map(|response| response.outcome)
    }
}
