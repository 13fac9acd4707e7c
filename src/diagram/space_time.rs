//! The space-time diagram of a run: one line for each client and node, time running down, messages slanted across.
//!
//! Rows are steps, not microseconds: what happens at one instant is spread over rows so that it can be followed. The
//! picture says so. Columns and rows are whole numbers here; pixels are the page's business.

use crate::check::{Attempt, History};
use crate::sim::protocol::{Body, abd, epidemic, local_first, quorum, rules, single_copy};
use crate::sim::{
    ClientId, Content, EventId, EventKind, MessageId, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace,
};

/// Who a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// A client.
    Client(ClientId),
    /// A node.
    Node(NodeId),
}

/// How a message has fared by the step that is shown. What becomes of it later is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on its way.
    UnderWay,
    /// It has arrived in that row.
    Arrived(usize),
    /// It was lost in that row.
    Lost(usize),
}

/// What a message is to the one who reads the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A request or a message between nodes.
    Plain,
    /// A success.
    Good,
    /// A refusal, or an answer that is wrong.
    Bad,
}

/// The events of a mark: the one it begins with, and the one it ends with if that is another and has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first event.
    pub first: EventId,
    /// Its last event.
    pub last: Option<EventId>,
}

/// A slanted arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slant {
    /// The column it starts in.
    pub from: usize,
    /// The column it leads to.
    pub to: usize,
    /// The row it starts in.
    pub start: usize,
    /// What has become of it.
    pub fate: Fate,
    /// What will have become of it in the end, as far as the run goes: for its slope, which does not change as it
    /// travels.
    pub end: Fate,
    /// What it is.
    pub tone: Tone,
    /// What is written on it.
    pub words: String,
    /// Whether it answers or sends besides another arrow that starts in the same row: how many do before it.
    pub rank: usize,
    /// The events that it is about.
    pub span: Span,
    /// The message, if it is one between nodes.
    pub message: Option<MessageId>,
}

/// A value on a node's line, from that row on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The column.
    pub column: usize,
    /// The row.
    pub row: usize,
    /// The value.
    pub value: Content,
    /// Whether it is what a reader finds there rather than a change.
    pub found: bool,
    /// Bad when it was given as an answer and that answer is wrong.
    pub tone: Tone,
    /// The event; `None` for what is held at the start.
    pub event: Option<EventId>,
}

/// An operation on a client's line, from its invocation to its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The column.
    pub column: usize,
    /// The row of its invocation.
    pub start: usize,
    /// The row of its response, while there is one.
    pub end: Option<usize>,
    /// How it ended.
    pub tone: Tone,
    /// What its client has seen of it so far.
    pub view: String,
    /// The events that it is about.
    pub span: Span,
    /// The request.
    pub request: RequestId,
}

/// What keeps two neighbouring columns apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rift {
    /// The link between them loses everything.
    Cut,
    /// It keeps everything.
    Held,
}

/// A time during which the link between two neighbouring columns is cut, or held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tear {
    /// Cut or held.
    pub rift: Rift,
    /// The column left of it.
    pub left: usize,
    /// The column right of it.
    pub right: usize,
    /// The row of the cut.
    pub start: usize,
    /// The row of the healing; `None` when it stays cut.
    pub end: Option<usize>,
    /// The events that it is about.
    pub span: Span,
}

/// A time during which a node is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// The column.
    pub column: usize,
    /// The row of the crash.
    pub start: usize,
    /// The row in which it comes up again, if it does.
    pub end: Option<usize>,
    /// The events that it is about.
    pub span: Span,
}

/// An instant at which an operation may be taken to take effect: a place in an order that explains every answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The column.
    pub column: usize,
    /// The place on the line, in thousandths of a row: not before its operation begins, not after it ends.
    pub millirow: usize,
    /// Its number in the order, from 1.
    pub number: usize,
}

/// The diagram of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpaceTime {
    /// Who the columns belong to, from left to right.
    pub columns: Vec<Party>,
    /// The arrows.
    pub slants: Vec<Slant>,
    /// The values.
    pub held: Vec<Held>,
    /// The operations.
    pub bars: Vec<Bar>,
    /// The cuts.
    pub tears: Vec<Tear>,
    /// The crashes.
    pub outages: Vec<Outage>,
}

/// Reads the diagram off a trace, up to a step. `rows` gives the row of each step, the start included; `wrong` is the
/// request whose answer is known to be wrong, if one is.
pub fn space_time(
    scenario: &Scenario,
    trace: &Trace,
    rows: &[usize],
    until: u32,
    wrong: Option<RequestId>,
) -> SpaceTime {
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
    wrong: Option<RequestId>,
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
            Outcome::Answered(_) if self.wrong == Some(request) => Tone::Bad,
            Outcome::Answered(_) => Tone::Good,
            Outcome::Refused(_) | Outcome::Unknown => Tone::Bad,
        }
    }

    fn answering(&self, request: RequestId, outcome: Outcome) -> String {
        match outcome {
            Outcome::Answered(answer) if self.wrong == Some(request) => format!("{answer} · stale"),
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
                    let tone = if self.wrong == Some(request) { Tone::Bad } else { Tone::Plain };
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

impl Slant {
    /// The message, while it is on its way between nodes.
    pub fn in_flight(&self) -> Option<MessageId> {
        self.message.filter(|_| self.fate == Fate::UnderWay)
    }
}

impl SpaceTime {
    /// The places of an order of operations on their bars; `now` is the row that has been reached. An operation that is
    /// not in the order has none.
    ///
    /// In an order that is true to real time no operation ends before one earlier in the order begins. So the latest
    /// beginning up to a place is never below the earliest end from that place on, and any share of the way between the
    /// two that grows with the place is within the bar and below the one before.
    pub fn points(&self, order: &[Attempt], now: usize) -> Vec<Point> {
        let bars: Vec<&Bar> =
            order.iter().filter_map(|attempt| self.bars.iter().find(|bar| bar.request == attempt.request)).collect();
        let places = 1..=bars.len();
        places
            .map(|number| {
                let begun = bars[..number].iter().map(|bar| bar.start).max().unwrap_or(0);
                let ends = bars[number - 1..].iter().map(|bar| bar.end.unwrap_or(now.max(bar.start))).min();
                let ends = ends.unwrap_or(begun).max(begun);
                let millirow = begun * 1_000 + (ends - begun) * 1_000 * number / (bars.len() + 1);
                Point { column: bars[number - 1].column, millirow, number }
            })
            .collect()
    }
}

/// What a client has seen of its request. It cannot see that an answer is stale.
fn view(operation: Operation, outcome: Option<Outcome>) -> String {
    match (operation, outcome) {
        (_, None) => "waiting …".to_owned(),
        (Operation::Write(value), Some(Outcome::Answered(_))) => format!("wrote {value}"),
        (Operation::Read, Some(Outcome::Answered(answer))) => format!("read {answer}"),
        (other, Some(Outcome::Answered(answer))) => format!("{other}: {answer}"),
        (_, Some(Outcome::Refused(Refusal::QuorumLoss))) => "error: no quorum".to_owned(),
        (_, Some(Outcome::Refused(Refusal::Unconfirmed))) => "error 500".to_owned(),
        (_, Some(Outcome::Refused(_))) => "error".to_owned(),
        (_, Some(Outcome::Unknown)) => "no answer".to_owned(),
    }
}

/// What a message says, in a word or two.
pub fn saying(body: Body) -> String {
    match body {
        Body::LocalFirst(local_first::Message::Replicate(_, value)) => format!("copy of {value}"),
        Body::LocalFirst(local_first::Message::Acknowledge(_)) => "ack".to_owned(),
        Body::LocalFirst(local_first::Message::Ask(_)) => "news?".to_owned(),
        Body::LocalFirst(local_first::Message::Tell(_, _, value)) | Body::Abd(abd::Message::Tell(_, _, value)) => {
            format!("I hold {value}")
        }
        Body::Quorum(quorum::Message::Forward(_, operation))
        | Body::SingleCopy(single_copy::Message::Forward(_, operation)) => operation.to_string(),
        Body::Quorum(quorum::Message::Propose(_, Operation::Read)) => "still leading?".to_owned(),
        Body::Quorum(quorum::Message::Propose(_, Operation::Write(value))) => format!("accept {value}?"),
        Body::Quorum(quorum::Message::Propose(_, operation)) => format!("{operation}?"),
        Body::Quorum(quorum::Message::Accept(_)) => "accepted".to_owned(),
        Body::Quorum(quorum::Message::Commit(_, value)) => format!("{value} decided"),
        Body::Quorum(quorum::Message::Result(..)) => "result".to_owned(),
        Body::Rules(message) => saying_by_rule(message),
        Body::Abd(abd::Message::Store(_, _, value)) => format!("store {value}?"),
        Body::Abd(abd::Message::Stored(_)) => "stored".to_owned(),
        Body::Abd(abd::Message::Query(_)) => "value?".to_owned(),
        Body::Epidemic(epidemic::Message::Tell(_, value)) => format!("rumour: {value}"),
        Body::SingleCopy(single_copy::Message::Result(_, answer)) => answer.to_string(),
        _ => "message".to_owned(),
    }
}

fn saying_by_rule(message: rules::Message) -> String {
    match message {
        rules::Message::News(_, value) => format!("copy of {value}"),
        rules::Message::Store(_, _, value) => format!("store {value}?"),
        rules::Message::Stored(_) => "stored".to_owned(),
        rules::Message::Ask(_) => "value?".to_owned(),
        rules::Message::Tell(_, _, value) => format!("I hold {value}"),
        rules::Message::Forward(_, operation) => operation.to_string(),
        rules::Message::Result(_, Outcome::Answered(answer)) => answer.to_string(),
        rules::Message::Result(..) => "no".to_owned(),
    }
}
