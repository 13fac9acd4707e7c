//! The history of a run: every request with its invocation and its response, as the clients saw them.

use serde::{Deserialize, Serialize};

use crate::sim::{ClientId, Event, EventId, EventKind, Micros, NodeId, Operation, Outcome, RequestId, Sink, Value};

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

/// Listens to a run and takes its history down.
#[derive(Clone, Debug)]
pub struct Listener {
    history: History,
    /// For each request, the index of its attempt.
    places: Vec<usize>,
}

impl Listener {
    /// Nothing was heard yet.
    pub fn new(initial: Value) -> Self {
        Self { history: History { initial, attempts: Vec::new() }, places: Vec::new() }
    }

    /// What was heard so far.
    pub fn history(&self) -> &History {
        &self.history
    }
}

impl Sink for Listener {
    fn note(&mut self, event: Event) {
        let Event { at, id, .. } = event;
        match event.kind {
            EventKind::Invoked { client, request, node, operation } => {
                self.places.resize(request.0 as usize + 1, usize::MAX);
                self.places[request.0 as usize] = self.history.attempts.len();
                let response = None;
                let (invoked_at, invoked) = (at, id);
                self.history.attempts.push(Attempt { request, client, node, operation, invoked_at, invoked, response });
            }
            EventKind::Returned { request, outcome, .. } => {
                let place = self.places.get(request.0 as usize);
                if let Some(attempt) = place.and_then(|&place| self.history.attempts.get_mut(place)) {
                    attempt.response = Some(Response { at, event: id, outcome });
                }
            }
            _ => {}
        }
    }
}

impl History {
    /// Reads the history off the events of a trace, or of its first part.
    pub fn of(initial: Value, events: &[Event]) -> Self {
        let mut listener = Listener::new(initial);
        events.iter().for_each(|event| listener.note(event.clone()));
        listener.history
    }
}

impl Attempt {
    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<Outcome> {
        self.response.map(|response| response.outcome)
    }
}
