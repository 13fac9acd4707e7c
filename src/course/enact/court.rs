//! The court: each claim of the drawing is held against the trace. What the drawing says and the run does not do is
//! told with its step and its reason; the reason is read off the trace, too, so that it counts the nodes that were reached.

use super::claims::{Claim, Fault, at_step};
use super::plot::{Answer, Line, Message, Plot, Points, Reply, Request, Way};
use super::scenes::{Fate, Thing, listed};
use super::stage::Rule;
use super::travel::Travel;
use super::words::{Class, Number, Says, said};
use crate::diagram::role::Side;
use crate::sim::protocol::{Body, quorum};
use crate::sim::{Answer as Answered, EventKind, Outcome, Refusal, RequestId, Scenario, Trace};

/// A system that has run, and its drawing.
pub(super) struct Court<'a> {
    pub plot: &'a Plot,
    pub rule: &'a Rule,
    pub side: Option<Side>,
    /// What is written on each edge of the diagram, without its number.
    pub texts: &'a [String],
    /// All other words of the system: its title, its boxes, its remarks.
    pub remarks: &'a [String],
    pub scenario: &'a Scenario,
    pub trace: &'a Trace,
    pub travels: &'a [Travel],
}

impl Court<'_> {
    /// All claims that are not true, in the order of the run.
    pub fn judge(&self) -> Vec<Claim> {
        let mut found = self.plot.claims.clone();
        for (index, request) in self.plot.requests.iter().enumerate() {
            let id = RequestId(u32::try_from(index).unwrap_or(u32::MAX));
            found.extend(self.answer(id, request));
            found.extend(self.order(id, request));
        }
        for at in 0..self.plot.messages.len() {
            found.extend(self.message(at));
        }
        let nothing_cut = self.nothing_cut();
        found.extend(if nothing_cut.is_some() { nothing_cut } else { self.divergence() });
        let mut ordered: Vec<Claim> = Vec::new();
        for mut claim in found {
            let step = claim.step.unwrap_or_else(|| self.step_of(&claim));
            claim.step = Some(step);
            let place = ordered.partition_point(|other| other.step <= Some(step));
            ordered.insert(place, claim);
        }
        ordered
    }

    /// The step in which an edge is travelled, or would have been by its number.
    fn step_of(&self, claim: &Claim) -> u32 {
        let travelled = |travel: &&Travel| travel.flight.edge == claim.edge;
        if let Some(travel) = self.travels.iter().find(travelled) {
            return travel.step;
        }
        let last = self.trace.steps();
        let Some(number) = claim.number else { return last };
        let later = |travel: &&Travel| self.number(travel).is_some_and(|other| other >= number);
        self.travels.iter().find(later).map_or(last, |travel| travel.step)
    }

    /// The number of the edge that something travels.
    fn number(&self, travel: &Travel) -> Option<Number> {
        let request = || self.plot.requests.get(travel.request?.0 as usize);
        match travel.flight.thing {
            Thing::Request => request()?.number,
            Thing::Answer => match &request()?.reply {
                Reply::Drawn(answer) => answer.number,
                Reply::None | Reply::Same => None,
            },
            Thing::Message => self.plot.messages[travel.message?].number,
        }
    }

    fn words(&self, edge: usize) -> String {
        said(self.texts.get(edge).map_or("", String::as_str))
    }

    /// When and how a request was answered.
    fn outcome(&self, id: RequestId) -> Option<(u32, Outcome)> {
        self.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Replied { request, outcome, .. } if request == id => Some((event.step, outcome)),
            _ => None,
        })
    }

    /// Compares the answer of the drawing with that of the run.
    fn answer(&self, id: RequestId, request: &Request) -> Option<Claim> {
        let cast = &self.plot.cast;
        let (asker, node) = (cast.client(request.client), cast.node(request.node));
        let (step, outcome) = self.outcome(id)?;
        let answer = match &request.reply {
            Reply::Same => return None,
            Reply::None => {
                let sentence = format!(
                    "{} has {asker} ask {node} “{}”, and shows no answer. {}: draw an arrow from {node} to {asker}.",
                    at_step(request.number),
                    self.words(request.edge),
                    self.does(id, request, outcome)
                );
                return Some(Claim::new(Fault::NoAnswer, request.number, request.edge, sentence).at(step));
            }
            Reply::Drawn(answer) => answer,
        };
        let (fault, why) = match (claimed(request, answer), outcome) {
            (Says::Success, Outcome::Refused(_) | Outcome::Unknown) => {
                (Fault::Acknowledged, self.why_not(id, request, outcome))
            }
            (Says::Error, Outcome::Answered(_)) => (Fault::Refused, self.why_so(id, request, outcome)),
            (_, Outcome::Answered(Answered::Value(value))) if answer.value.is_some_and(|other| other != value) => {
                (Fault::OtherValue, self.why_that(request, &value.to_string()))
            }
            _ => return None,
        };
        let sentence =
            format!("{} says that {node} answers “{}”. {why}", at_step(answer.number), self.words(answer.edge));
        Some(Claim::new(fault, answer.number, answer.edge, sentence).at(step))
    }

    /// What the node does about a request.
    fn does(&self, id: RequestId, request: &Request, outcome: Outcome) -> String {
        let node = self.plot.cast.node(request.node);
        match outcome {
            Outcome::Answered(Answered::Written) => format!("{node} tells it that the write is done"),
            Outcome::Answered(answer) => format!("{node} answers `{answer}`"),
            Outcome::Refused(Refusal::QuorumLoss) => {
                format!("{node} refuses, since {} of {} nodes is no majority", self.reached(id), self.plot.nodes.len())
            }
            Outcome::Refused(_) => format!("{node} refuses"),
            Outcome::Unknown => format!("{node} cannot tell it how it ended"),
        }
    }

    /// How many nodes have accepted a request by the time it is answered, the leader included.
    fn reached(&self, id: RequestId) -> usize {
        let end = self.outcome(id).map_or(0, |(step, _)| step);
        let accepts = |message| {
            self.trace.events.iter().any(|event| {
                matches!(event.kind, EventKind::Sent { message: other, body: Body::Quorum(quorum::Message::Accept(of)), .. }
                    if other == message && of == id)
            })
        };
        let arrived = self.trace.until(end).iter().filter(|event| match event.kind {
            EventKind::Delivered { message, .. } => accepts(message),
            _ => false,
        });
        let proposed = self.trace.events.iter().any(|event| {
            matches!(event.kind, EventKind::Sent { body: Body::Quorum(quorum::Message::Propose(of, _)), .. } if of == id)
        });
        usize::from(proposed) + arrived.count()
    }

    fn needs(&self) -> usize {
        self.plot.nodes.len() / 2 + 1
    }

    /// Why a node does not answer with success.
    fn why_not(&self, id: RequestId, request: &Request, outcome: Outcome) -> String {
        let leader = self.plot.cast.node(self.plot.leader);
        let (reached, nodes, needs) = (self.reached(id), self.plot.nodes.len(), self.needs());
        match outcome {
            Outcome::Refused(Refusal::QuorumLoss) if request.node == self.plot.leader => {
                format!("It has reached {reached} of {nodes} nodes and needs {needs}, so it refuses: quorum loss.")
            }
            Outcome::Refused(Refusal::QuorumLoss) if reached > 0 => format!(
                "It follows {leader}, which has reached {reached} of {nodes} nodes and needs {needs}. So it refuses: quorum \
                 loss."
            ),
            Outcome::Refused(Refusal::QuorumLoss) => {
                format!("It follows {leader} and hears nothing from it, so it refuses: quorum loss.")
            }
            Outcome::Refused(_) => {
                "The others cannot confirm in time that its value is the latest, so it refuses.".to_owned()
            }
            _ => format!(
                "It has passed the request on to {leader} and hears nothing: nobody can tell whether the write took place."
            ),
        }
    }

    /// Why a node answers with success.
    fn why_so(&self, id: RequestId, request: &Request, outcome: Outcome) -> String {
        let done = match outcome {
            Outcome::Answered(Answered::Written) => "the write is done".to_owned(),
            Outcome::Answered(answer) => format!("it answers `{answer}`"),
            Outcome::Refused(_) | Outcome::Unknown => String::new(),
        };
        let how = match self.rule {
            Rule::LocalFirst(_) => format!("It answers from what it has and waits for nobody: {done}."),
            Rule::Quorum => format!(
                "{} of {} nodes have accepted it and {} are enough: {done}.",
                self.reached(id),
                self.plot.nodes.len(),
                self.needs()
            ),
        };
        let other = self.plot.cast.nodes.iter().enumerate().find(|(at, _)| *at != request.node.index());
        match (self.plot.is_partitioned(), self.rule, other) {
            (false, Rule::Quorum, Some((_, other))) => {
                format!("Nothing is cut. {how} Draw the arrow to {other} dotted to cut the link.")
            }
            _ => how,
        }
    }

    /// Why a node answers a read with that value.
    fn why_that(&self, request: &Request, value: &str) -> String {
        match self.rule {
            Rule::Quorum => format!("What the majority has decided by then is `{value}`, and that is what it answers."),
            Rule::LocalFirst(_) if self.plot.is_partitioned() => {
                format!(
                    "{} answers with what it holds, `{value}`: no copy of another value has reached it.",
                    self.plot.cast.node(request.node)
                )
            }
            Rule::LocalFirst(_) => format!("It answers with what it holds by then, `{value}`."),
        }
    }

    /// What belongs to one request must be numbered in the order in which it happens.
    fn order(&self, id: RequestId, request: &Request) -> Option<Claim> {
        let mine = self.travels.iter().filter(|travel| travel.request == Some(id));
        let mut before: Option<(&Travel, Number)> = None;
        for travel in mine {
            let Some(number) = self.number(travel) else { continue };
            // A cut link is numbered once, and loses what is sent later, too.
            let stands = travel.message.is_some_and(|at| self.plot.messages[at].class == Class::Cuts)
                || self.plot.slot_of(number) < request.slot;
            if stands {
                continue;
            }
            if let Some((earlier, other)) = before
                && number < other
                && earlier.step < travel.step
            {
                let (this, that) = (travel.flight.edge?, earlier.flight.edge?);
                let node = self.plot.cast.node(request.node);
                let why = match (earlier.flight.thing, travel.flight.thing) {
                    (Thing::Message, Thing::Answer) => format!("{node} cannot answer before it has asked the others."),
                    (Thing::Request, _) => "Nothing is sent before somebody has asked.".to_owned(),
                    _ => "In the run it comes after.".to_owned(),
                };
                let sentence = format!(
                    "{} has “{}” before “{}”, which is step {other}. {why}",
                    at_step(Some(number)),
                    self.words(this),
                    self.words(that)
                );
                return Some(Claim::new(Fault::OutOfOrder, Some(number), this, sentence).at(travel.step));
            }
            before = Some(before.filter(|(_, other)| *other > number).unwrap_or((travel, number)));
        }
        None
    }

    /// Compares a message of the drawing with what the nodes send.
    fn message(&self, at: usize) -> Option<Claim> {
        let message = &self.plot.messages[at];
        let Message { edge, number, .. } = *message;
        let mine = |travel: &&Travel| travel.flight.thing == Thing::Message && travel.flight.edge == Some(edge);
        let (from, to) = (self.plot.cast.node(message.from), self.plot.cast.node(message.to));
        let says = format!("{} says that {from} sends “{}” to {to}.", at_step(number), self.words(edge));
        let first = self.travels.iter().find(mine);
        if let Some(travel) = first {
            let lost = message.line == Line::Solid && travel.flight.fate == Fate::Lost;
            let turned = message.points == Points::OneWay
                && number.is_some()
                && self.travels.iter().filter(mine).all(|travel| travel.flight.way == Way::Against);
            if lost && travel.message == Some(at) {
                let sentence = format!("{says} The link between them is cut, so it is lost. Draw it dotted.");
                return Some(Claim::new(Fault::Crosses, number, edge, sentence).at(travel.step));
            }
            if turned && travel.message == Some(at) {
                let sentence = format!("{says} It is {to} that sends it, to {from}. Turn the arrow round.");
                return Some(Claim::new(Fault::WrongWay, number, edge, sentence).at(travel.step));
            }
            return None;
        }
        let event = matches!(message.class, Class::Cuts | Class::Heals);
        // Without a number, a dashed edge is the cut, and one without a direction the link.
        let condition = number.is_none() && (message.line == Line::Dashed || message.points == Points::Either);
        let earlier = self.plot.messages[..at].iter().any(|other| other.edge == edge);
        if event || condition || earlier {
            return None;
        }
        let cut = self.plot.is_cut(message.from, message.to);
        let leader = self.plot.cast.node(self.plot.leader);
        let (fault, why) = if cut && message.line == Line::Solid {
            (
                Fault::Crosses,
                "The link between them is cut, so nothing passes. Leave it out, or draw it dotted.".to_owned(),
            )
        } else if message.class == Class::Answers {
            (Fault::NeverSent, format!("Nothing has reached {from} that it could answer: this is never sent."))
        } else {
            let why = match self.rule {
                Rule::Quorum if message.from != self.plot.leader => {
                    format!("{from} follows; it is {leader}, the leader, that asks the others.")
                }
                Rule::Quorum => format!("{from} has asked {to} all that it needs: this is never sent."),
                Rule::LocalFirst(_) => format!("{from} has accepted no write by then, so it has nothing to send."),
            };
            (Fault::NeverSent, why)
        };
        Some(Claim::new(fault, number, edge, format!("{says} {why}")))
    }

    /// A system that claims availability is drawn with writes at several nodes and nothing cut.
    fn nothing_cut(&self) -> Option<Claim> {
        let mut writers = Vec::new();
        for request in self.plot.requests.iter().filter(|request| !request.operation.is_read()) {
            if !writers.contains(&request.node) {
                writers.push(request.node);
            }
        }
        let claims = self.side == Some(Side::Ap) && *self.rule == Rule::LocalFirst(Vec::new());
        if !claims || self.plot.is_partitioned() || writers.len() < 2 {
            return None;
        }
        let arrives = self.trace.events.iter().find(|event| matches!(event.kind, EventKind::Delivered { .. }))?;
        let held = self.trace.values(self.scenario, self.trace.steps());
        let names: Vec<&str> = writers.iter().map(|&node| self.plot.cast.node(node)).collect();
        let edge = self.plot.messages.first();
        let (number, says) = match edge {
            Some(message) => (
                message.number,
                format!("{} draws “{}” as arriving.", at_step(message.number), self.words(message.edge)),
            ),
            None => (None, "The picture cuts no link.".to_owned()),
        };
        let sentence = format!(
            "{says} So it does, and nothing diverges: in the end all nodes hold `{}`, the later of the writes. Draw the link \
             between {} dotted to cut it.",
            held.first()?,
            listed(&names)
        );
        Some(Claim {
            fault: Fault::NothingCut,
            scene: 0,
            edge: edge.map(|message| message.edge),
            number,
            sentence,
            step: Some(arrives.step),
        })
    }

    /// The words of the drawing say that the nodes diverge, and they never do.
    fn divergence(&self) -> Option<Claim> {
        if self.has_diverged() {
            return None;
        }
        let diverges = |text: &&str| {
            let lower = text.to_lowercase();
            let denies = |word: &str| {
                ["no", "not", "never", "without", "than", "instead"].contains(&word)
                    || ["prevent", "avoid", "stop"].iter().any(|start| word.starts_with(start))
            };
            ["diverg", "split-brain", "split brain"].iter().any(|word| lower.contains(word))
                && !lower.split(|letter: char| !letter.is_alphanumeric()).any(denies)
        };
        let of_edge = self.plot.messages.iter().map(|message| self.texts[message.edge].as_str()).find(diverges);
        let text = of_edge.or_else(|| self.remarks.iter().map(String::as_str).find(diverges))?;
        let held = self.trace.values(self.scenario, self.trace.steps());
        let sentence = format!(
            "The picture says “{}”. In the end all nodes hold `{}`: nothing has diverged.",
            said(text),
            held.first()?
        );
        let step = Some(self.trace.steps());
        Some(Claim { fault: Fault::NotDivergent, scene: 0, edge: None, number: None, sentence, step })
    }

    /// Whether the nodes ever hold different values while a link is cut, or do so in the end.
    fn has_diverged(&self) -> bool {
        let end = self.trace.steps();
        (1..=end).any(|step| {
            let held = self.trace.values(self.scenario, step);
            let apart = held.windows(2).any(|pair| pair[0] != pair[1]);
            apart && (step == end || !self.trace.cut_links(step).is_empty())
        })
    }
}

/// What an answer claims. A value that is read is a success.
fn claimed(request: &Request, answer: &Answer) -> Says {
    match answer.says {
        Says::Unclear if request.operation.is_read() && answer.value.is_some() => Says::Success,
        says => says,
    }
}
