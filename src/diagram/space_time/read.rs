//! A trace, read as a space-time diagram.

use super::words::{saying, view};
use super::{Bar, Fate, Held, Outage, Party, Rift, Slant, SpaceTime, Span, Tear, Tone};
use crate::check::History;
use crate::sim::{
    ClientId, Content, EventId, EventKind, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace,
};

/// Reads the diagram off a trace, up to a step. `rows` gives the row of each step, the start included; `wrong` are the
/// requests whose answers are known to be wrong.
pub fn space_time(scenario: &Scenario, trace: &Trace, rows: &[usize], until: u32, wrong: &[RequestId]) -> SpaceTime {
    let mut reader = Reader { scenario, trace, rows, until, wrong, columns: columns(scenario) };
    SpaceTime {
        slants: reader.slants(),
        held: reader.held(),
        bars: reader.bars(),
        tears: reader.tears(),
        outages: reader.outages(),
        columns: std::mem::take(&mut reader.columns),
    }
}

/// Clients stand outside their nodes: left of the nodes of the left half, right of the others, of which a node in the
/// middle is one.
fn columns(scenario: &Scenario) -> Vec<Party> {
    let mut columns = Vec::new();
    for node in scenario.node_ids() {
        let clients = (0..u8::MAX).zip(&scenario.clients).filter(|(_, spec)| spec.node == node);
        let clients = clients.map(|(at, _)| Party::Client(ClientId(at)));
        if node.index() == 0 || node.index() * 2 + 1 < scenario.nodes.len() {
            columns.extend(clients);
            columns.push(Party::Node(node));
        } else {
            columns.push(Party::Node(node));
            columns.extend(clients);
        }
    }
    columns
}

struct Reader<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    rows: &'a [usize],
    until: u32,
    wrong: &'a [RequestId],
    columns: Vec<Party>,
}

impl Reader<'_> {
    fn row(&self, step: u32) -> usize {
        self.rows.get(step as usize).or(self.rows.last()).copied().unwrap_or(0)
    }

    fn column(&self, party: Party) -> usize {
        self.columns.iter().position(|other| *other == party).unwrap_or(0)
    }

    fn slants(&self) -> Vec<Slant> {
        let mut slants: Vec<Slant> = Vec::new();
        for event in self.trace.until(self.until) {
            let start = self.row(event.step);
            let (from, to, words, tone) = match event.kind {
                EventKind::Invoked { client, node, operation, .. } => {
                    (Party::Client(client), Party::Node(node), operation.to_string(), Tone::Plain)
                }
                EventKind::Replied { node, request, outcome } => {
                    let Some(client) = self.asker(request) else { continue };
                    let tone = self.tone(request, outcome);
                    (Party::Node(node), Party::Client(client), self.answering(request, outcome), tone)
                }
                EventKind::Sent { from, to, body, .. } => {
                    (Party::Node(from), Party::Node(to), saying(body), Tone::Plain)
                }
                _ => continue,
            };
            let fate = self.fate(&event.kind, self.until);
            let is_held = fate == Fate::UnderWay && self.is_held_back(&event.kind);
            let words = if is_held { words + " · held back" } else { words };
            let end = self.fate(&event.kind, u32::MAX);
            let tone = if fate == Fate::UnderWay { Tone::Plain } else { tone };
            let (from, to) = (self.column(from), self.column(to));
            let span = Span { first: event.id, last: self.last(&event.kind, self.until) };
            let message = match event.kind {
                EventKind::Sent { message, .. } => Some(message),
                _ => None,
            };
            let rank = slants.iter().filter(|other| other.start == start && other.from == from).count();
            slants.push(Slant { from, to, start, fate, end, tone, words, rank, span, message });
        }
        slants
    }

    fn fate(&self, kind: &EventKind, until: u32) -> Fate {
        let event = self.last(kind, until).and_then(|last| self.trace.event(last));
        match event {
            Some(event) if matches!(event.kind, EventKind::Lost { .. }) => Fate::Lost(self.row(event.step)),
            Some(event) => Fate::Arrived(self.row(event.step)),
            None => Fate::UnderWay,
        }
    }

    fn is_held_back(&self, sent: &EventKind) -> bool {
        let EventKind::Sent { message: wanted, .. } = *sent else { return false };
        self.trace
            .until(self.until)
            .iter()
            .any(|later| matches!(later.kind, EventKind::Delayed { message, .. } if message == wanted))
    }

    /// The event in which something that was sent arrives or is lost, if that has happened.
    fn last(&self, kind: &EventKind, until: u32) -> Option<EventId> {
        let ends = |later: &EventKind| match (kind, later) {
            (
                EventKind::Invoked { request, .. },
                EventKind::Received { request: other, .. } | EventKind::Unheard { request: other, .. },
            )
            | (EventKind::Replied { request, .. }, EventKind::Returned { request: other, .. }) => request == other,
            (
                EventKind::Sent { message, .. },
                EventKind::Delivered { message: other, .. } | EventKind::Lost { message: other, .. },
            ) => message == other,
            _ => false,
        };
        self.trace.until(until).iter().find(|later| ends(&later.kind)).map(|later| later.id)
    }

    fn asker(&self, wanted: RequestId) -> Option<ClientId> {
        self.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Invoked { client, request, .. } if request == wanted => Some(client),
            _ => None,
        })
    }

    fn tone(&self, request: RequestId, outcome: Outcome) -> Tone {
        match outcome {
            Outcome::Answered(_) if self.wrong.contains(&request) => Tone::Bad,
            Outcome::Answered(_) => Tone::Good,
            Outcome::Refused(_) | Outcome::Unknown => Tone::Bad,
        }
    }

    fn answering(&self, request: RequestId, outcome: Outcome) -> String {
        match outcome {
            Outcome::Answered(answer) if self.wrong.contains(&request) => format!("{answer} · stale"),
            Outcome::Answered(answer) => answer.to_string(),
            Outcome::Refused(Refusal::Unconfirmed) => "error 500".to_owned(),
            Outcome::Refused(_) => "error".to_owned(),
            Outcome::Unknown => "unknown".to_owned(),
        }
    }

    fn held(&self) -> Vec<Held> {
        let card = |node, row, value, found, tone| {
            let column = self.column(Party::Node(node));
            Held { column, row, value, found, tone, event: None }
        };
        let initial = Content::Value(self.scenario.initial);
        let mut held: Vec<Held> =
            self.scenario.node_ids().map(|node| card(node, 0, initial, false, Tone::Plain)).collect();
        let mut values = vec![initial; self.scenario.nodes.len()];
        for event in self.trace.until(self.until) {
            let row = self.row(event.step);
            match event.kind {
                EventKind::Stored { node, value } => {
                    values[node.index()] = value;
                    held.push(Held { event: Some(event.id), ..card(node, row, value, false, Tone::Plain) });
                }
                EventKind::Received { node, request } if self.reads(request) => {
                    let tone = if self.wrong.contains(&request) { Tone::Bad } else { Tone::Plain };
                    let found = card(node, row, values[node.index()], true, tone);
                    held.push(Held { event: Some(event.id), ..found });
                }
                _ => {}
            }
        }
        held
    }

    fn reads(&self, wanted: RequestId) -> bool {
        self.trace.events.iter().any(|event| {
            matches!(event.kind, EventKind::Invoked { request, operation: Operation::Read, .. } if request == wanted)
        })
    }

    fn bars(&self) -> Vec<Bar> {
        let history = History::of(self.scenario.initial, self.trace.until(self.until));
        let step = |id: crate::sim::EventId| self.trace.event(id).map_or(0, |event| event.step);
        history
            .attempts
            .iter()
            .map(|attempt| Bar {
                column: self.column(Party::Client(attempt.client)),
                start: self.row(step(attempt.invoked)),
                end: attempt.response.map(|response| self.row(step(response.event))),
                tone: attempt.outcome().map_or(Tone::Plain, |outcome| self.tone(attempt.request, outcome)),
                view: view(attempt.operation, attempt.outcome()),
                span: Span { first: attempt.invoked, last: attempt.response.map(|response| response.event) },
                request: attempt.request,
            })
            .collect()
    }

    /// Cuts are drawn once for both directions of a link.
    fn tears(&self) -> Vec<Tear> {
        let mut tears: Vec<Tear> = Vec::new();
        for event in self.trace.until(self.until) {
            let row = self.row(event.step);
            let (rift, begins, (from, to)) = match event.kind {
                EventKind::Cut { from, to } => (Rift::Cut, true, (from, to)),
                EventKind::Healed { from, to } => (Rift::Cut, false, (from, to)),
                EventKind::Held { from, to } => (Rift::Held, true, (from, to)),
                EventKind::Released { from, to } => (Rift::Held, false, (from, to)),
                _ => continue,
            };
            let (left, right) = self.between(from, to);
            let open =
                tears.iter_mut().find(|tear| (tear.rift, tear.left, tear.right, tear.end) == (rift, left, right, None));
            match open {
                Some(open) if !begins => (open.end, open.span.last) = (Some(row), Some(event.id)),
                None if begins => {
                    let span = Span { first: event.id, last: None };
                    tears.push(Tear { rift, left, right, start: row, end: None, span });
                }
                _ => {}
            }
        }
        tears
    }

    fn outages(&self) -> Vec<Outage> {
        let mut outages: Vec<Outage> = Vec::new();
        for event in self.trace.until(self.until) {
            let row = self.row(event.step);
            match event.kind {
                EventKind::Crashed { node } => {
                    let span = Span { first: event.id, last: None };
                    outages.push(Outage { column: self.column(Party::Node(node)), start: row, end: None, span });
                }
                EventKind::Recovered { node } => {
                    let column = self.column(Party::Node(node));
                    let open = outages.iter_mut().find(|outage| outage.column == column && outage.end.is_none());
                    if let Some(open) = open {
                        (open.end, open.span.last) = (Some(row), Some(event.id));
                    }
                }
                _ => {}
            }
        }
        outages
    }

    fn between(&self, from: NodeId, to: NodeId) -> (usize, usize) {
        let (a, b) = (self.column(Party::Node(from)), self.column(Party::Node(to)));
        (a.min(b), a.max(b))
    }
}
