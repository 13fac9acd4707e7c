//! A run, drawn: the flowchart of what happened. Ids, roles, numbers, labels and styles are computed from the trace.
//!
//! - A system that failed to answer a request is drawn as CP, one that answered all of them as AP.
//! - What a client waits for is numbered: its request, the messages its node sends before it answers, the answer. A
//!   request made after an answer counts on from there; concurrent ones share their numbers. Messages that nobody waits
//!   for are drawn last and without a number, once for each pair of nodes: one that arrived, and one that was
//!   lost.
//! - A message that was lost is a dotted edge.
//! - A node that takes writes has the template's pink, one that only follows its green.

use crate::check::availability::{Extent, availability};
use crate::check::{Attempt, History};
use crate::diagram::{Diagram, Direction, Edge, Head, Keyword, Label, Node, Shape, Stroke, Subgraph};
use crate::sim::protocol::{Body, abd, epidemic, local_first, quorum, rules, single_copy};
use crate::sim::{
    Answer, ClientId, EventId, EventKind, MessageId, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace,
};

/// The fill of a node that takes writes, as in the module's template.
pub const TAKES_WRITES: &str = "fill:#f9f";
/// The fill of a node that only follows, as in the module's template.
pub const FOLLOWS: &str = "fill:#9f9";
/// The rest of the template's node style.
pub const OUTLINE: [&str; 2] = ["stroke:#333", "stroke-width:2px"];

/// Draws runs as one graph, a subgraph for each.
pub fn draw(runs: &[(&Scenario, &Trace)]) -> Diagram {
    let mut diagram = Diagram { keyword: Keyword::Graph, direction: Direction::TD, ..Diagram::default() };
    let mut clients_before = 0;
    for (scenario, trace) in runs {
        let system = System::new(scenario, trace, clients_before);
        clients_before += scenario.clients.len();
        system.draw_into(&mut diagram);
    }
    diagram
}

/// The title of a run: the side that the system takes, and what it does about the partition.
pub fn title(scenario: &Scenario, trace: &Trace) -> String {
    System::new(scenario, trace, 0).title()
}

struct System<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    history: History,
    suffix: &'static str,
    clients_before: usize,
}

/// An edge before it has its place: its number (last when it has none) and where it stands in the trace.
struct Drawn {
    order: (u32, EventId),
    edge: Edge,
}

impl<'a> System<'a> {
    fn new(scenario: &'a Scenario, trace: &'a Trace, clients_before: usize) -> Self {
        let history = History::of(scenario.initial, &trace.events);
        let refuses = availability(&history, Extent::Whole).violation().is_some();
        Self { scenario, trace, history, suffix: if refuses { "CP" } else { "AP" }, clients_before }
    }

    fn draw_into(&self, diagram: &mut Diagram) {
        let parent = format!("{}_System", self.suffix);
        diagram.subgraphs.push(Subgraph {
            id: parent.clone(),
            title: Some(Label::plain(self.title())),
            direction: None,
            parent: None,
            style: Vec::new(),
            classes: Vec::new(),
        });
        let mut ordered: Vec<Drawn> = Vec::new();
        for drawn in self.edges() {
            ordered.insert(ordered.partition_point(|other| other.order < drawn.order), drawn);
        }
        let edges: Vec<Edge> =
            ordered.into_iter().map(|drawn| Edge { parent: Some(parent.clone()), ..drawn.edge }).collect();
        for id in edges.iter().flat_map(|edge| [&edge.from, &edge.to]) {
            if diagram.node(id).is_none() {
                diagram.nodes.extend(self.party(id, &parent));
            }
        }
        diagram.edges.extend(edges);
    }

    fn title(&self) -> String {
        format!("{} System - {}", self.suffix, self.behaviour())
    }

    /// What the system did about the partition.
    fn behaviour(&self) -> &'static str {
        let refusal = self.history.attempts.iter().find_map(|attempt| match attempt.outcome() {
            Some(Outcome::Refused(refusal)) => Some(refusal),
            _ => None,
        });
        let values = self.trace.values(self.scenario, self.trace.steps());
        match refusal {
            Some(Refusal::QuorumLoss) => "Quorum Loss Rejection",
            Some(Refusal::Unconfirmed) => "Unconfirmed Read Rejection",
            Some(Refusal::NoLeader) => "No-Leader Rejection",
            Some(Refusal::Unsupported) => "Unsupported Request",
            Some(Refusal::ByRule) => "Rejection by Rule",
            None if values.iter().any(|value| *value != values[0]) => "Accept & Diverge",
            None => "Accept & Converge",
        }
    }

    fn edges(&self) -> Vec<Drawn> {
        let mut edges: Vec<Drawn> = Vec::new();
        let mut numbers: Vec<(RequestId, u32)> = Vec::new();
        for attempt in &self.history.attempts {
            let mut number = 1 + self.last_number_before(attempt, &numbers);
            edges.push(numbered(number, attempt.invoked, self.asks(attempt)));
            for event in &self.trace.events {
                let edge = match event.kind {
                    EventKind::Sent { message, from, to, body, request: Some(request) }
                        if request == attempt.request && self.is_awaited(event.id, request) =>
                    {
                        self.message(message, from, to, foreground_words(body))
                    }
                    EventKind::Replied { request, outcome, .. } if request == attempt.request => {
                        self.answers(attempt, outcome)
                    }
                    _ => continue,
                };
                number += 1;
                edges.push(numbered(number, event.id, edge));
            }
            numbers.push((attempt.request, number));
        }
        edges.extend(self.background());
        edges
    }

    /// The number of the last answer that was given before this request was made; 0 when there is none.
    fn last_number_before(&self, attempt: &Attempt, numbers: &[(RequestId, u32)]) -> u32 {
        numbers
            .iter()
            .filter(|(request, _)| {
                self.history.attempts.iter().any(|earlier| {
                    earlier.request == *request && earlier.response.is_some_and(|end| end.event < attempt.invoked)
                })
            })
            .map(|(_, number)| *number)
            .max()
            .unwrap_or(0)
    }

    /// Whether the message was sent while its request had no answer yet.
    fn is_awaited(&self, sent: EventId, request: RequestId) -> bool {
        !self.trace.events[..sent.0 as usize]
            .iter()
            .any(|event| matches!(event.kind, EventKind::Replied { request: replied, .. } if replied == request))
    }

    /// What nodes send each other while nobody waits for it: for each pair of nodes one edge for what arrived and one for what
    /// was lost, from the first to send.
    fn background(&self) -> Vec<Drawn> {
        let mut drawn: Vec<Drawn> = Vec::new();
        for event in &self.trace.events {
            let EventKind::Sent { message, from, to, body, request: None } = event.kind else { continue };
            let Some(words) = background_words(body, self.is_lost(message)) else { continue };
            let ends = [self.node(from), self.node(to)];
            let mut edge = self.message(message, from, to, words);
            let is_drawn = |other: &Drawn| {
                let Edge { from, to, stroke, .. } = &other.edge;
                *stroke == edge.stroke && ends.contains(from) && ends.contains(to)
            };
            if drawn.iter().any(is_drawn) {
                continue;
            }
            edge.label = Some(Label::plain(words));
            drawn.push(Drawn { order: (u32::MAX, event.id), edge });
        }
        drawn
    }

    fn asks(&self, attempt: &Attempt) -> Edge {
        let writes = self.history.attempts.iter().filter(|other| !other.operation.is_read()).count();
        let words = match attempt.operation {
            Operation::Read => "Read Request".to_owned(),
            Operation::Write(_) if writes == 1 => "Write Request".to_owned(),
            Operation::Write(value) => format!("Write '{value}'"),
            other => other.to_string(),
        };
        edge(self.client(attempt.client), self.node(attempt.node), &words, Stroke::Normal)
    }

    fn answers(&self, attempt: &Attempt, outcome: Outcome) -> Edge {
        let words = match (outcome, attempt.operation) {
            (Outcome::Answered(Answer::Written), _) => "HTTP 200 OK".to_owned(),
            (Outcome::Answered(answer), _) => format!("HTTP 200 OK '{answer}'"),
            (Outcome::Refused(_), Operation::Read) => "Return Read Error".to_owned(),
            (Outcome::Refused(_), _) => "Return Write Error".to_owned(),
            (Outcome::Unknown, _) => "Outcome Unknown".to_owned(),
        };
        edge(self.node(attempt.node), self.client(attempt.client), &words, Stroke::Normal)
    }

    fn message(&self, message: MessageId, from: NodeId, to: NodeId, words: &str) -> Edge {
        if self.is_lost(message) {
            edge(self.node(from), self.node(to), &format!("{words} (FAIL)"), Stroke::Dotted)
        } else {
            edge(self.node(from), self.node(to), words, Stroke::Normal)
        }
    }

    fn is_lost(&self, id: MessageId) -> bool {
        self.trace.events.iter().any(|event| matches!(event.kind, EventKind::Lost { message, .. } if message == id))
    }

    fn client(&self, client: ClientId) -> String {
        format!("Client{}", self.clients_before + client.index() + 1)
    }

    fn node(&self, node: NodeId) -> String {
        format!("Node{}_{}", node.letter(), self.suffix)
    }

    /// The client or node of that drawn id.
    fn party(&self, id: &str, parent: &str) -> Option<Node> {
        let clients = u8::try_from(self.scenario.clients.len()).unwrap_or(u8::MAX);
        let (label, style) = if let Some(client) = (0..clients).map(ClientId).find(|&client| self.client(client) == id)
        {
            let label = if clients == 1 { "Client".to_owned() } else { format!("Client {client}") };
            (label, Vec::new())
        } else {
            let node = self.scenario.node_ids().find(|&node| self.node(node) == id)?;
            let (role, fill) = self.role(node);
            let style = [fill, OUTLINE[0], OUTLINE[1]].map(str::to_owned).to_vec();
            (format!("Node {node} - {role}"), style)
        };
        Some(Node {
            id: id.to_owned(),
            label: Some(Label::plain(label)),
            shape: Shape::Square,
            style,
            classes: Vec::new(),
            parent: Some(parent.to_owned()),
            alone: false,
        })
    }

    fn role(&self, node: NodeId) -> (&'static str, &'static str) {
        match self.scenario.nodes[node.index()].protocol {
            protocol if protocol.leader() == Some(node) => ("Leader", TAKES_WRITES),
            protocol if protocol.leader().is_some() => ("Follower", FOLLOWS),
            _ if self.accepted_a_write(node) => ("Local Write", TAKES_WRITES),
            _ => ("Replica", FOLLOWS),
        }
    }

    fn accepted_a_write(&self, node: NodeId) -> bool {
        self.history
            .attempts
            .iter()
            .any(|attempt| attempt.node == node && attempt.outcome() == Some(Outcome::Answered(Answer::Written)))
    }
}

/// The edge of a step: its number stands before its words.
fn numbered(number: u32, event: EventId, mut edge: Edge) -> Drawn {
    let words = edge.label.take().map(|label| label.raw).unwrap_or_default();
    edge.label = Some(Label::plain(format!("{number}. {words}")));
    Drawn { order: (number, event), edge }
}

fn edge(from: String, to: String, words: &str, stroke: Stroke) -> Edge {
    Edge {
        from,
        to,
        label: Some(Label::plain(words)),
        stroke,
        tail: Head::Open,
        head: Head::Point,
        length: 1,
        parent: None,
    }
}

fn foreground_words(body: Body) -> &'static str {
    match body {
        Body::Quorum(quorum::Message::Forward(..))
        | Body::Rules(rules::Message::Forward(..))
        | Body::SingleCopy(single_copy::Message::Forward(..)) => "Forward",
        Body::Quorum(quorum::Message::Propose(_, Operation::Read)) => "Confirm",
        Body::Quorum(quorum::Message::Propose(..))
        | Body::LocalFirst(local_first::Message::Replicate(..))
        | Body::Rules(rules::Message::News(..) | rules::Message::Store(..))
        | Body::Abd(abd::Message::Store(..)) => "Replicate",
        Body::Quorum(quorum::Message::Accept(_))
        | Body::LocalFirst(local_first::Message::Acknowledge(_))
        | Body::Rules(rules::Message::Stored(_))
        | Body::Abd(abd::Message::Stored(_)) => "Acknowledge",
        Body::Quorum(quorum::Message::Commit(..)) => "Commit",
        Body::Quorum(quorum::Message::Result(..))
        | Body::Rules(rules::Message::Result(..))
        | Body::SingleCopy(single_copy::Message::Result(..)) => "Result",
        Body::LocalFirst(local_first::Message::Ask(_))
        | Body::Rules(rules::Message::Ask(_))
        | Body::Abd(abd::Message::Query(_)) => "Confirm Read",
        Body::LocalFirst(local_first::Message::Tell(..))
        | Body::Rules(rules::Message::Tell(..))
        | Body::Abd(abd::Message::Tell(..)) => "Confirmed",
        Body::Epidemic(epidemic::Message::Tell(..)) => "Gossip",
        _ => "Message",
    }
}

/// The words for a message in the background; acknowledgements are not drawn.
fn background_words(body: Body, lost: bool) -> Option<&'static str> {
    match body {
        Body::LocalFirst(local_first::Message::Acknowledge(_)) => None,
        Body::LocalFirst(local_first::Message::Replicate(..)) | Body::Rules(rules::Message::News(..)) if lost => {
            Some("Replication Partitioned")
        }
        other => Some(foreground_words(other)),
    }
}
