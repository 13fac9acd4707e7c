//! The reader: goes through the edges of a system in the order of their numbers and takes down who asks, who answers, and
//! what the nodes send each other.
//!
//! An arrow to a node asks and an arrow to a client answers; where the words say the opposite, the arrow is the wrong way
//! round, which is noted, and the run goes on as it was meant. The first request of a client that has no answer yet is
//! the one that is answered.

mod messages;

use messages::{is_dashed, points};

use super::claims::{Claim, Fault, at_step};
use super::parts::{Boxes, End, Kind, Parts, short};
use super::plot::{Answer, Leads, Plot, Points, Reply, Request, Way};
use super::values::Values;
use super::words::{self, Asks, Number, Says, said, text};
use crate::course::Cast;
use crate::diagram::{Edge, Head};
use crate::sim::{ClientId, NodeId, Operation};

/// The most nodes, clients and requests of a system that are run.
const MOST: (usize, usize, usize) = (7, 9, 20);

/// Reads a system; or says what must be added before it can be run. Slots and cuts are not set yet.
pub fn read(boxes: &Boxes, parts: &Parts) -> Result<Plot, String> {
    let mut reader = Reader::new(boxes, parts)?;
    reader.read_requests();
    reader.bind_strays();
    reader.read_messages();
    reader.finish(parts)
}

/// An edge that looks like an answer and has no request before it.
struct Stray {
    answer: Answer,
    client: ClientId,
}

struct Reader<'a> {
    boxes: &'a Boxes<'a>,
    /// The edges of the system, in the order of their numbers.
    edges: Vec<(Option<Number>, usize)>,
    plot: Plot,
    strays: Vec<Stray>,
}

impl<'a> Reader<'a> {
    fn new(boxes: &'a Boxes<'a>, parts: &Parts) -> Result<Self, String> {
        let diagram = boxes.diagram;
        let title = &parts.name;
        match (parts.nodes.as_slice(), parts.clients.as_slice()) {
            ([], []) => {
                return Err(format!(
                    "{title} is empty. Add a client and two nodes, and draw what they send each other."
                ));
            }
            (_, []) => {
                return Err(format!(
                    "{title} has no client, so nobody asks for anything. Add a box whose name begins with “Client”."
                ));
            }
            ([], _) => {
                return Err(format!("{title} has no node. Add two, “Node A” and “Node B”, that store the value."));
            }
            ([only], _) => {
                let name = short(&diagram.nodes[*only].visible());
                return Err(format!("{title} has one node, {name}. A partition lies between two: add another."));
            }
            (nodes, _) if nodes.len() > MOST.0 => {
                return Err(format!(
                    "{title} has {} nodes, and a run here takes {}. Leave some out: two show it all.",
                    nodes.len(),
                    MOST.0
                ));
            }
            _ => {}
        }
        let mut edges: Vec<(Option<Number>, usize)> = Vec::new();
        for &at in &parts.edges {
            let number = words::number(&diagram.edges[at].visible()).0;
            let key = |number: Option<Number>| (number.is_none(), number);
            edges.insert(edges.partition_point(|(other, _)| key(*other) <= key(number)), (number, at));
        }
        if edges.iter().all(|(number, _)| number.is_none()) {
            return Err(format!(
                "Nothing in {title} is numbered, so its order is not known. Let each label begin with its step: “1. Write \
                 Request”, “2. Replicate”, “3. HTTP 200 OK”."
            ));
        }
        let plot = Plot {
            cast: Cast::default(),
            nodes: parts.nodes.clone(),
            clients: Vec::new(),
            asked: Vec::new(),
            leader: NodeId(0),
            leads: Leads::ByUse,
            requests: Vec::new(),
            messages: Vec::new(),
            deeds: Vec::new(),
            values: Values::of(edges.iter().map(|(_, at)| text(&diagram.edges[*at]))),
            claims: Vec::new(),
        };
        let mut reader = Self { boxes, edges, plot, strays: Vec::new() };
        reader.meet_clients(title)?;
        reader.name_everybody();
        if let Some(leader) = reader.labelled_leader() {
            (reader.plot.leader, reader.plot.leads) = (leader, Leads::ByLabel);
        }
        Ok(reader)
    }

    /// A client that asks two nodes is a client of each.
    fn meet_clients(&mut self, title: &str) -> Result<(), String> {
        let mut pairs: Vec<(usize, NodeId)> = Vec::new();
        for &(_, at) in &self.edges {
            if let Some((pair, _)) = self.between_client_and_node(at)
                && let Err(place) = pairs.binary_search(&pair)
            {
                pairs.insert(place, pair);
            }
        }
        if pairs.len() > MOST.1 {
            return Err(format!("{title} has more than {} clients. Leave some out: two show it all.", MOST.1));
        }
        self.plot.clients = pairs.iter().map(|(client, _)| *client).collect();
        self.plot.asked = pairs.iter().map(|(_, node)| *node).collect();
        Ok(())
    }

    fn name_everybody(&mut self) {
        let nodes = &self.boxes.diagram.nodes;
        let all: Vec<usize> = self.plot.nodes.iter().chain(&self.plot.clients).copied().collect();
        let plain = |at: usize| {
            Some(short(&nodes[at].visible())).filter(|name| !name.is_empty()).unwrap_or(short(&nodes[at].id))
        };
        let name = |at: &usize| {
            let name = plain(*at);
            let shared = all.iter().any(|other| other != at && plain(*other) == name);
            if shared { format!("{name} ({})", short(&nodes[*at].id)) } else { name }
        };
        self.plot.cast = Cast {
            nodes: self.plot.nodes.iter().map(name).collect(),
            clients: self.plot.clients.iter().map(name).collect(),
        };
    }

    fn labelled_leader(&self) -> Option<NodeId> {
        let leads = |at: &usize| {
            let node = &self.boxes.diagram.nodes[*at];
            let says = |text: &str| {
                words::mentions(text, &["leader", "primary", "master", "coordinator"])
                    && !words::mentions(text, &["follower", "secondary", "standby", "slave"])
            };
            says(&node.visible()) || says(&node.id)
        };
        self.plot.nodes.iter().position(leads).map(id)
    }

    fn node(&self, at: usize) -> Option<NodeId> {
        self.plot.nodes.iter().position(|node| *node == at).map(id)
    }

    /// The client and node of an edge between two such, and whether it leads to the node.
    fn between_client_and_node(&self, at: usize) -> Option<((usize, NodeId), Toward)> {
        let [from, to] = self.boxes.ends[at].as_ref()?;
        let (from, to) = (single(from)?, single(to)?);
        let points = points(&self.boxes.diagram.edges[at]);
        let is_client = |at: usize| self.boxes.kinds[at] == Kind::Client;
        match (is_client(from), is_client(to)) {
            (true, false) => {
                let toward = if points == Points::OneWay { Toward::Node } else { Toward::Either };
                Some(((from, self.node(to)?), toward))
            }
            (false, true) => {
                let toward = if points == Points::OneWay { Toward::Client } else { Toward::Either };
                Some(((to, self.node(from)?), toward))
            }
            _ => None,
        }
    }

    fn read_requests(&mut self) {
        for index in 0..self.edges.len() {
            let (number, at) = self.edges[index];
            let edge = &self.boxes.diagram.edges[at];
            let Some((pair, toward)) = self.between_client_and_node(at) else {
                self.remark_on_idle(at, number);
                continue;
            };
            let session = self.plot.clients.iter().zip(&self.plot.asked).position(|(c, n)| (*c, *n) == pair);
            let Some(client) = session.and_then(|at| u8::try_from(at).ok()).map(ClientId) else { continue };
            if text(edge).is_empty() && (number.is_none() && self.is_busy(pair) || toward == Toward::Either) {
                continue; // a line that only says who is connected with whom
            }
            self.read_request(at, number, client, toward);
        }
    }

    /// Whether a labelled edge joins that client and node.
    fn is_busy(&self, pair: (usize, NodeId)) -> bool {
        self.edges.iter().any(|(_, at)| {
            !text(&self.boxes.diagram.edges[*at]).is_empty()
                && self.between_client_and_node(*at).is_some_and(|(other, _)| other == pair)
        })
    }

    fn read_request(&mut self, at: usize, number: Option<Number>, client: ClientId, toward: Toward) {
        let edge = &self.boxes.diagram.edges[at];
        let text = text(edge);
        let (asks, says) = (words::asks(&text), words::says(edge, &text));
        let pending = self
            .plot
            .requests
            .iter()
            .position(|request| request.client == client && matches!(request.reply, Reply::None));
        let answers = says != Says::Unclear || words::opens_as_answer(&text);
        let way = |along: Toward| if leads(edge, self.boxes, along) { Way::Along } else { Way::Against };
        let as_answer = |way| {
            let value = words::value(&text);
            Answer { edge: at, way, number, says, value: value.and_then(|value| self.plot.values.known(&value)) }
        };
        match toward {
            Toward::Node => {
                let surely = answers && (asks.is_none() || words::opens_as_answer(&text));
                let likely = says == Says::Error && words::value(&text).is_none();
                if surely || likely && pending.is_some() {
                    let answer = as_answer(Way::Against);
                    self.wrong_way(at, number, client, Toward::Client);
                    self.keep(answer, client, pending);
                } else {
                    self.request(at, number, client, way(Toward::Node), Reply::None);
                }
            }
            Toward::Client if pending.is_none() && asks.is_some() && !answers => {
                self.wrong_way(at, number, client, Toward::Node);
                self.request(at, number, client, Way::Against, Reply::None);
            }
            Toward::Client => {
                let answer = as_answer(Way::Along);
                self.keep(answer, client, pending);
            }
            Toward::Either if answers && pending.is_some() => {
                let answer = as_answer(way(Toward::Client));
                self.keep(answer, client, pending);
            }
            Toward::Either => {
                let both = edge.head != Head::Open && edge.tail != Head::Open;
                self.request(at, number, client, way(Toward::Node), if both { Reply::Same } else { Reply::None });
            }
        }
        if is_dashed(edge) {
            self.plot.claims.push(Claim::new(Fault::DrawnLost, number, at, format!(
                "{} draws “{}” as lost. Nothing is cut between a client and the node that it asks: it arrives. Draw it solid.",
                at_step(number),
                said(&text),
            )));
        }
    }

    fn keep(&mut self, answer: Answer, client: ClientId, pending: Option<usize>) {
        match pending {
            Some(request) => self.plot.requests[request].reply = Reply::Drawn(answer),
            None => self.strays.push(Stray { answer, client }),
        }
    }

    fn request(&mut self, edge: usize, number: Option<Number>, client: ClientId, way: Way, reply: Reply) {
        let text = text(&self.boxes.diagram.edges[edge]);
        let operation = match words::asks(&text) {
            Some(Asks::Read) => Operation::Read,
            Some(Asks::Write) | None => Operation::Write(self.plot.values.written(words::value(&text))),
        };
        let node = self.plot.asked[client.index()];
        self.plot.requests.push(Request { edge, way, number, client, node, operation, slot: 0, reply });
    }

    /// An edge points away from where its words would lead it.
    fn wrong_way(&mut self, at: usize, number: Option<Number>, client: ClientId, meant: Toward) {
        let (asker, node) = (self.plot.cast.client(client), self.plot.cast.node(self.plot.asked[client.index()]));
        let (from, to, what) = match meant {
            Toward::Node => (node, asker, "a client asks"),
            Toward::Client | Toward::Either => (asker, node, "a node answers"),
        };
        let said = said(&text(&self.boxes.diagram.edges[at]));
        let step = at_step(number);
        let sentence =
            format!("{step} has an arrow from {from} to {to}, and “{said}” is what {what}. Turn the arrow round.");
        self.plot.claims.push(Claim::new(Fault::WrongWay, number, at, sentence));
    }

    /// Answers drawn before their requests are theirs; the rest nobody asked for.
    fn bind_strays(&mut self) {
        for Stray { answer, client } in std::mem::take(&mut self.strays) {
            let waiting = |request: &&mut Request| request.client == client && matches!(request.reply, Reply::None);
            if let Some(request) = self.plot.requests.iter_mut().find(waiting) {
                request.reply = Reply::Drawn(answer);
                continue;
            }
            if answer.way == Way::Against {
                continue; // it has been said that the arrow is the wrong way round
            }
            let (asker, node) = (self.plot.cast.client(client), self.plot.cast.node(self.plot.asked[client.index()]));
            let mine = self.plot.clients[client.index()];
            let elsewhere = self.plot.requests.iter().find(|request| self.plot.clients[request.client.index()] == mine);
            let why = match elsewhere {
                Some(request) if request.client == client => format!("{asker} has its answer already"),
                Some(request) => format!("{asker} has asked {}, not {node}", self.plot.cast.node(request.node)),
                None => format!("{asker} has asked nothing"),
            };
            let said = said(&text(&self.boxes.diagram.edges[answer.edge]));
            let sentence = format!(
                "{} says that {node} answers {asker} “{said}”. {why}: nobody waits for it, and it is never sent.",
                at_step(answer.number)
            );
            self.plot.claims.push(Claim::new(Fault::Unasked, answer.number, answer.edge, sentence));
        }
    }

    /// Says what becomes of a numbered edge that neither asks nor answers nor joins two nodes.
    fn remark_on_idle(&mut self, at: usize, number: Option<Number>) {
        let Some([from, to]) = self.boxes.ends[at].as_ref() else { return };
        let is_client = |end: &End| matches!(end, End::Box(at) if self.boxes.kinds[*at] == Kind::Client);
        let is_frame = |end: &End| matches!(end, End::Frame(nodes) if nodes.len() != 1);
        let said = said(&text(&self.boxes.diagram.edges[at]));
        let why = match (is_client(from), is_client(to)) {
            (true, true) => "joins two clients. Clients ask nodes here, not each other".to_owned(),
            (true, _) if is_frame(to) => "leads to a frame. Draw it to the node that is asked".to_owned(),
            (_, true) if is_frame(from) => "comes from a frame. Draw it from the node that answers".to_owned(),
            _ => return,
        };
        if number.is_some() {
            let sentence = format!("{}, “{said}”, {why}: it is left out of the run.", at_step(number));
            self.plot.claims.push(Claim::new(Fault::LeftOut, number, at, sentence));
        }
    }

    fn finish(mut self, parts: &Parts) -> Result<Plot, String> {
        let title = &parts.name;
        if self.plot.requests.is_empty() {
            let node = self.plot.cast.node(self.plot.leader);
            return Err(format!(
                "Nobody asks for anything in {title}. Draw an arrow from a client to {node}, and call it “1. Write 'v1'”."
            ));
        }
        if self.plot.requests.len() > MOST.2 {
            return Err(format!(
                "{title} has {} requests, and a run here takes {}. Leave some out.",
                self.plot.requests.len(),
                MOST.2
            ));
        }
        if self.plot.leads == Leads::ByUse {
            let writes = self.plot.requests.iter().find(|request| !request.operation.is_read());
            self.plot.leader = writes.unwrap_or(&self.plot.requests[0]).node;
        }
        Ok(self.plot)
    }
}

/// Whom an edge between a client and a node leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Toward {
    Node,
    Client,
    Either,
}

/// Whether an edge, as it is written, leads to that end.
fn leads(edge: &Edge, boxes: &Boxes, to: Toward) -> bool {
    let ends_at_client =
        boxes.diagram.nodes.iter().zip(&boxes.kinds).any(|(node, kind)| node.id == edge.to && *kind == Kind::Client);
    ends_at_client == (to == Toward::Client)
}

/// The box at an end of an edge. A frame with a single node stands for that node.
fn single(end: &End) -> Option<usize> {
    match end {
        End::Box(at) => Some(*at),
        End::Frame(nodes) => nodes.first().copied().filter(|_| nodes.len() == 1),
    }
}

fn id(at: usize) -> NodeId {
    NodeId(u8::try_from(at).unwrap_or(u8::MAX))
}
