//! The space-time diagram of a run: one line for each client and node, time running down, messages slanted across.
//!
//! Rows are steps, not microseconds: what happens at one instant is spread over rows so that it can be followed. The
//! picture says so. Columns and rows are whole numbers here; pixels are the page's business.

use crate::check::History;
use crate::sim::protocol::{Body, abd, local_first, quorum, rules};
use crate::sim::{ClientId, Content, EventKind, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace};

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
}

/// A time during which the link between two neighbouring columns is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tear {
    /// The column left of it.
    pub left: usize,
    /// The column right of it.
    pub right: usize,
    /// The row of the cut.
    pub start: usize,
    /// The row of the healing; `None` when it stays cut.
    pub end: Option<usize>,
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
        columns: std::mem::take(&mut reader.columns),
    }
}

/// Clients stand outside their nodes: left of the nodes of the left half, right of the others.
fn columns(scenario: &Scenario) -> Vec<Party> {
    let mut columns = Vec::new();
    for node in scenario.node_ids() {
        let clients = (0..u8::MAX).zip(&scenario.clients).filter(|(_, spec)| spec.node == node);
        let clients = clients.map(|(at, _)| Party::Client(ClientId(at)));
        if node.index() * 2 < scenario.nodes.len() {
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
            let end = self.fate(&event.kind, u32::MAX);
            let tone = if fate == Fate::UnderWay { Tone::Plain } else { tone };
            let (from, to) = (self.column(from), self.column(to));
            let rank = slants.iter().filter(|other| other.start == start && other.from == from).count();
            slants.push(Slant { from, to, start, fate, end, tone, words, rank });
        }
        slants
    }

    fn fate(&self, kind: &EventKind, until: u32) -> Fate {
        let ends = self.trace.until(until).iter().find_map(|later| match (kind, &later.kind) {
            (EventKind::Invoked { request, .. }, EventKind::Received { request: other, .. })
            | (EventKind::Replied { request, .. }, EventKind::Returned { request: other, .. })
                if request == other =>
            {
                Some(Fate::Arrived(self.row(later.step)))
            }
            (EventKind::Sent { message, .. }, EventKind::Delivered { message: other, .. }) if message == other => {
                Some(Fate::Arrived(self.row(later.step)))
            }
            (EventKind::Sent { message, .. }, EventKind::Lost { message: other, .. }) if message == other => {
                Some(Fate::Lost(self.row(later.step)))
            }
            _ => None,
        });
        ends.unwrap_or(Fate::UnderWay)
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
        let card =
            |node, row, value, found, tone| Held { column: self.column(Party::Node(node)), row, value, found, tone };
        let initial = Content::Value(self.scenario.initial);
        let mut held: Vec<Held> =
            self.scenario.node_ids().map(|node| card(node, 0, initial, false, Tone::Plain)).collect();
        let mut values = vec![initial; self.scenario.nodes.len()];
        for event in self.trace.until(self.until) {
            let row = self.row(event.step);
            match event.kind {
                EventKind::Stored { node, value } => {
                    values[node.index()] = value;
                    held.push(card(node, row, value, false, Tone::Plain));
                }
                EventKind::Received { node, request } if self.reads(request) => {
                    let tone = if self.wrong == Some(request) { Tone::Bad } else { Tone::Plain };
                    held.push(card(node, row, values[node.index()], true, tone));
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
            })
            .collect()
    }

    /// Cuts are drawn once for both directions of a link.
    fn tears(&self) -> Vec<Tear> {
        let mut tears: Vec<Tear> = Vec::new();
        for event in self.trace.until(self.until) {
            let row = self.row(event.step);
            match event.kind {
                EventKind::Cut { from, to } => {
                    let (left, right) = self.between(from, to);
                    if !tears.iter().any(|tear| (tear.left, tear.right, tear.end) == (left, right, None)) {
                        tears.push(Tear { left, right, start: row, end: None });
                    }
                }
                EventKind::Healed { from, to } => {
                    let ends = self.between(from, to);
                    tears
                        .iter_mut()
                        .filter(|tear| (tear.left, tear.right) == ends && tear.end.is_none())
                        .for_each(|tear| tear.end = Some(row));
                }
                _ => {}
            }
        }
        tears
    }

    fn between(&self, from: NodeId, to: NodeId) -> (usize, usize) {
        let (a, b) = (self.column(Party::Node(from)), self.column(Party::Node(to)));
        (a.min(b), a.max(b))
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
fn saying(body: Body) -> String {
    match body {
        Body::LocalFirst(local_first::Message::Replicate(_, value)) | Body::Rules(rules::Message::News(_, value)) => {
            format!("copy of {value}")
        }
        Body::LocalFirst(local_first::Message::Acknowledge(_)) => "ack".to_owned(),
        Body::LocalFirst(local_first::Message::Ask(_)) => "news?".to_owned(),
        Body::LocalFirst(local_first::Message::Tell(_, _, value))
        | Body::Rules(rules::Message::Tell(_, _, value))
        | Body::Abd(abd::Message::Tell(_, _, value)) => format!("I hold {value}"),
        Body::Quorum(quorum::Message::Forward(_, operation)) | Body::Rules(rules::Message::Forward(_, operation)) => {
            operation.to_string()
        }
        Body::Quorum(quorum::Message::Propose(_, Operation::Read)) => "still leading?".to_owned(),
        Body::Quorum(quorum::Message::Propose(_, Operation::Write(value))) => format!("accept {value}?"),
        Body::Quorum(quorum::Message::Propose(_, operation)) => format!("{operation}?"),
        Body::Quorum(quorum::Message::Accept(_)) => "accepted".to_owned(),
        Body::Quorum(quorum::Message::Commit(_, value)) => format!("{value} decided"),
        Body::Quorum(quorum::Message::Result(..)) | Body::Rules(rules::Message::Result(..)) => "result".to_owned(),
        Body::Rules(rules::Message::Store(_, _, value)) | Body::Abd(abd::Message::Store(_, _, value)) => {
            format!("store {value}")
        }
        Body::Rules(rules::Message::Stored(_)) | Body::Abd(abd::Message::Stored(_)) => "stored".to_owned(),
        Body::Rules(rules::Message::Ask(_)) | Body::Abd(abd::Message::Query(_)) => "what do you hold?".to_owned(),
        _ => "message".to_owned(),
    }
}
