//! The run in words: a sentence or two for each step, for the page and for the screen reader alike. Values stand
//! between backticks.

use super::walk::HELD_BACK;
use crate::sim::protocol::{Body, Timer, abd, epidemic, local_first, quorum, rules, single_copy};
use crate::sim::trace::Loss;
use crate::sim::{
    Answer, ClientId, Event, EventKind, MessageId, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace,
};

/// What happened in that step of a run, in words, where nodes know nothing of time; for step 0, how things stand at the
/// start.
pub fn tell(scenario: &Scenario, trace: &Trace, step: u32) -> String {
    Telling { scenario, trace, knows: Knows::Nothing }.step(step)
}

/// What nodes know of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Knows {
    /// Nothing: a message may take any time.
    #[default]
    Nothing,
    /// How long a message takes at most, if it arrives.
    Bounds,
}

/// A run that is told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// What happens in it.
    pub trace: &'a Trace,
    /// What its nodes know of time.
    pub knows: Knows,
}

impl Telling<'_> {
    /// What happened in that step, in words; for step 0, how things stand at the start.
    pub fn step(&self, step: u32) -> String {
        if step == 0 { self.start() } else { self.events(self.trace.step(step)) }
    }

    /// What a node that has waited in vain knows then.
    const fn in_vain(&self) -> &'static str {
        match self.knows {
            Knows::Nothing => "It cannot tell a lost message from a slow one",
            Knows::Bounds => "If the bounds hold, nothing more will come",
        }
    }

    fn start(&self) -> String {
        let nodes: Vec<String> = self.scenario.node_ids().map(|node| format!("Node {node}")).collect();
        let initial = self.scenario.initial;
        match nodes.as_slice() {
            [node] => format!("{node} holds `{initial}`."),
            [a, b] => format!("{a} and {b} both hold `{initial}`. The link between them works."),
            _ => format!("{} all hold `{initial}`. The links between them work.", nodes.join(", ")),
        }
    }

    fn events(&self, events: &[Event]) -> String {
        let Some(first) = events.first() else { return String::new() };
        let opening = cuts(events).map_or_else(|| self.opening(&first.kind), Opening::Sentence);
        let mut deeds: Vec<String> = events.iter().skip(1).filter_map(|event| self.deed(event)).collect();
        let last = deeds.pop();
        let before = deeds.join(", ");
        let done = match (deeds.len(), last) {
            (_, None) => String::new(),
            (0, Some(last)) => format!(" {last}"),
            (1, Some(last)) => format!(" {before} and {last}"),
            (_, Some(last)) => format!(" {before}, and {last}"),
        };
        let said = match opening {
            Opening::Sentence(words) => words,
            Opening::Arrival(words) if done.is_empty() => format!("{words}."),
            Opening::Arrival(words) => format!("{words}, which{done}."),
            Opening::Whole(words) if done.is_empty() => format!("{words}."),
            Opening::Subject(words, idle) if done.is_empty() => format!("{words} {idle}."),
            Opening::Subject(words, _) => format!("{words}{done}."),
            Opening::Turn(words) if done.is_empty() => format!("{words}, and has nothing new."),
            Opening::Whole(words) | Opening::Turn(words) => format!("{words}, and{done}."),
        };
        let losses =
            self.cut_off(events).unwrap_or_else(|| events.iter().filter_map(|event| self.loss(&event.kind)).collect());
        let told: Vec<String> = std::iter::once(said).chain(losses).filter(|words| !words.is_empty()).collect();
        told.join(" ")
    }

    fn opening(&self, kind: &EventKind) -> Opening {
        use Opening::{Arrival, Sentence, Subject, Turn, Whole};
        match *kind {
            EventKind::Invoked { client, node, operation: Operation::Write(value), .. } => {
                Sentence(format!("Client {client} asks Node {node} to write `{value}`."))
            }
            EventKind::Invoked { client, node, operation: Operation::Read, .. } => {
                Sentence(format!("Client {client} asks Node {node} for the value."))
            }
            EventKind::Invoked { client, node, operation, .. } => {
                Sentence(format!("Client {client} asks Node {node}: {operation}."))
            }
            EventKind::Returned { client, outcome, .. } => Sentence(outcome_sentence(client, outcome)),
            EventKind::Cut { from, to } => Sentence(format!("The link between Node {from} and Node {to} is cut.")),
            EventKind::Healed { from, to } => {
                Sentence(format!("The link between Node {from} and Node {to} works again."))
            }
            EventKind::Received { node, .. } => Subject(format!("Node {node}"), "gets the request, and stays silent"),
            EventKind::Delivered { message, to, .. } => {
                Arrival(format!("{} reaches Node {to}", capital(&self.letter(message))))
            }
            EventKind::TimedOut { node, timer: Timer::GiveUp(_) } => {
                Subject(format!("Node {node} has waited long enough. {}, so it", self.in_vain()), "stays silent")
            }
            EventKind::TimedOut { node, timer: Timer::Retry } => {
                Subject(format!("Node {node} has had no acknowledgement and"), "does nothing")
            }
            EventKind::TimedOut { node, timer: Timer::Gossip } => Turn(format!("It is time for Node {node} to gossip")),
            EventKind::TimedOut { node, .. } => {
                Subject(format!("Node {node}'s timer runs out, and it"), "does nothing")
            }
            EventKind::Stored { node, value } => Sentence(format!("Node {node} stores `{value}`.")),
            EventKind::Replied { node, .. } => Sentence(format!("Node {node} answers.")),
            EventKind::Sent { from, to, .. } => Sentence(format!("Node {from} sends a message to Node {to}.")),
            // Told where the losses of a step are.
            EventKind::Lost { .. } => Sentence(String::new()),
            EventKind::Corrupted { message, to, .. } => {
                Sentence(format!("{} reaches Node {to} damaged, and is dropped.", capital(&self.letter(message))))
            }
            EventKind::Duplicated { message, .. } => {
                Sentence(format!("{} is on its way twice.", capital(&self.letter(message))))
            }
            EventKind::Delayed { message, until } if until >= HELD_BACK => {
                Sentence(format!("{} is held back. Neither node is told.", capital(&self.letter(message))))
            }
            EventKind::Delayed { message, until } => {
                Sentence(format!("{} is delayed until {until}.", capital(&self.letter(message))))
            }
            EventKind::Missed { .. } => Sentence("That message is no longer on its way.".to_owned()),
            EventKind::Retried { client, node, .. } => Sentence(format!("Client {client} asks Node {node} again.")),
            EventKind::Unheard { node, .. } => Sentence(format!("Node {node} is down and hears nothing.")),
            EventKind::Held { from, to } => Sentence(format!(
                "The link between Node {from} and Node {to} keeps what is on it: nothing is lost, everything is late."
            )),
            EventKind::Released { from, to } => {
                Sentence(format!("The link between Node {from} and Node {to} lets go what it kept."))
            }
            EventKind::Shaped { from, to } => {
                Sentence(format!("The link from Node {from} to Node {to} is disturbed otherwise from now on."))
            }
            EventKind::Crashed { node } => {
                Sentence(format!("Node {node} crashes. What is sent to it from now on is lost."))
            }
            EventKind::Recovered { node } => Whole(format!("Node {node} is up again, with what is on its disk")),
            EventKind::Paused { node } => Sentence(format!("Node {node} stands still.")),
            EventKind::Resumed { node } => Sentence(format!("Node {node} goes on.")),
            EventKind::ClockSet { node } => Sentence(format!("Node {node}'s clock is set.")),
        }
    }

    /// What the node of a step does, as the second half of a sentence.
    fn deed(&self, event: &Event) -> Option<String> {
        Some(match event.kind {
            EventKind::Stored { value, .. } => format!("stores `{value}`"),
            EventKind::Replied { node, request, outcome } => match outcome {
                Outcome::Answered(Answer::Written) => format!("tells {} that the write is done", self.asker(request)),
                Outcome::Answered(answer) if self.holds(node, event.step) == Some(answer) => {
                    format!("answers {} with what it holds, `{answer}`", self.asker(request))
                }
                Outcome::Answered(answer) => format!("answers {}: `{answer}`", self.asker(request)),
                Outcome::Refused(Refusal::QuorumLoss) => "refuses: no majority, no success".to_owned(),
                Outcome::Refused(Refusal::Unconfirmed) => "refuses rather than risk a stale answer".to_owned(),
                Outcome::Refused(Refusal::NoLeader) => "refuses: it knows of no leader".to_owned(),
                Outcome::Refused(Refusal::Unsupported) => "refuses what it does not understand".to_owned(),
                Outcome::Refused(Refusal::ByRule) => "refuses, as its rules say".to_owned(),
                Outcome::Unknown => format!("tells {} that nobody knows how it ended", self.asker(request)),
            },
            EventKind::Sent { message, to, body, .. } => self.sending(message, to, body),
            _ => return None,
        })
    }

    fn sending(&self, message: MessageId, to: NodeId, body: Body) -> String {
        match body {
            Body::LocalFirst(local_first::Message::Replicate(_, value)) => {
                let again = if self.is_repeated(message) { " again" } else { "" };
                format!("sends a copy of `{value}` to Node {to}{again}")
            }
            Body::LocalFirst(local_first::Message::Ask(_)) => format!("asks Node {to} whether it missed a write"),
            Body::LocalFirst(local_first::Message::Tell(..)) => format!("tells Node {to} what it holds"),
            Body::Quorum(quorum::Message::Propose(_, Operation::Write(value))) => {
                let why = if self.scenario.nodes.len() == 2 { ", since a majority of two is both" } else { "" };
                format!("asks Node {to} to accept `{value}`{why}")
            }
            Body::Quorum(quorum::Message::Propose(_, Operation::Read)) => {
                format!("asks Node {to} whether it still leads")
            }
            Body::Quorum(quorum::Message::Propose(_, operation)) => format!("asks Node {to} to accept: {operation}"),
            Body::Quorum(quorum::Message::Forward(..)) => format!("passes the request on to Node {to}, the leader"),
            Body::Quorum(quorum::Message::Commit(_, value)) => format!("tells Node {to} that `{value}` is decided"),
            Body::Quorum(quorum::Message::Result(..)) | Body::Rules(rules::Message::Result(..)) => {
                format!("tells Node {to} how it ended")
            }
            Body::Quorum(quorum::Message::Accept(_)) | Body::LocalFirst(local_first::Message::Acknowledge(_)) => {
                format!("acknowledges it to Node {to}")
            }
            Body::Rules(message) => sending_by_rule(message, to),
            Body::Abd(message) => sending_to_a_majority(message, to),
            Body::Epidemic(epidemic::Message::Tell(_, value)) => format!("tells Node {to} the rumour of `{value}`"),
            Body::SingleCopy(single_copy::Message::Forward(..)) => format!("passes the request on to Node {to}"),
            Body::SingleCopy(single_copy::Message::Result(..)) => format!("hands Node {to} the answer"),
            _ => format!("sends a message to Node {to}"),
        }
    }

    /// Several messages that are lost at a cut in one step, in one sentence.
    fn cut_off(&self, events: &[Event]) -> Option<Vec<String>> {
        let lost = events.iter().filter_map(|event| match event.kind {
            EventKind::Lost { message, to, why: Loss::Cut, .. } => {
                Some(format!("{} to Node {to}", self.letter(message)))
            }
            _ => None,
        });
        let lost: Vec<String> = lost.collect();
        let all = events.iter().filter(|event| matches!(event.kind, EventKind::Lost { .. })).count();
        (lost.len() > 1 && lost.len() == all)
            .then(|| vec![format!("{} are lost at the cut. No node is told.", capital(&lost.join(" and ")))])
    }

    fn loss(&self, kind: &EventKind) -> Option<String> {
        let EventKind::Lost { message, to, why, .. } = *kind else { return None };
        let letter = capital(&self.letter(message));
        Some(match why {
            Loss::Cut => format!("{letter} is lost at the cut. Neither node is told."),
            Loss::ByHand => format!("{letter} is dropped on its way. Neither node is told."),
            Loss::Down => format!("{letter} is lost: Node {to} is down."),
            Loss::Random | Loss::QueueFull => format!("{letter} is lost."),
        })
    }

    /// A name for a message.
    fn letter(&self, id: MessageId) -> String {
        let body = self.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Sent { message, body, .. } if message == id => Some(body),
            _ => None,
        });
        match body {
            Some(
                Body::LocalFirst(local_first::Message::Replicate(_, value))
                | Body::Rules(rules::Message::News(_, value)),
            ) => format!("the copy of `{value}`"),
            Some(Body::Epidemic(epidemic::Message::Tell(_, value))) => format!("the rumour of `{value}`"),
            Some(
                Body::LocalFirst(local_first::Message::Ask(_))
                | Body::Rules(rules::Message::Ask(_))
                | Body::Abd(abd::Message::Query(_)),
            ) => "the question".to_owned(),
            Some(
                Body::SingleCopy(single_copy::Message::Forward(..))
                | Body::Quorum(quorum::Message::Propose(..))
                | Body::Rules(rules::Message::Forward(..) | rules::Message::Store(..))
                | Body::Abd(abd::Message::Store(..)),
            ) => "the request".to_owned(),
            Some(
                Body::SingleCopy(single_copy::Message::Result(..))
                | Body::Rules(rules::Message::Tell(..) | rules::Message::Result(..))
                | Body::Abd(abd::Message::Tell(..)),
            ) => "the answer".to_owned(),
            Some(Body::LocalFirst(local_first::Message::Acknowledge(_)) | Body::Quorum(quorum::Message::Accept(_))) => {
                "the acknowledgement".to_owned()
            }
            Some(Body::Rules(rules::Message::Stored(_)) | Body::Abd(abd::Message::Stored(_))) => {
                "the confirmation".to_owned()
            }
            _ => "the message".to_owned(),
        }
    }

    /// Whether the same was sent before.
    fn is_repeated(&self, id: MessageId) -> bool {
        let told = |wanted: MessageId| {
            self.trace.events.iter().find_map(|event| match event.kind {
                EventKind::Sent { message, from, to, body, .. } if message == wanted => Some((from, to, body)),
                _ => None,
            })
        };
        (0..id.0).any(|earlier| told(MessageId(earlier)) == told(id))
    }

    /// What a read of that node's own value is answered after that step.
    fn holds(&self, node: NodeId, step: u32) -> Option<Answer> {
        self.trace.values(self.scenario, step).get(node.index()).map(|content| content.answer())
    }

    fn asker(&self, wanted: RequestId) -> String {
        self.trace
            .events
            .iter()
            .find_map(|event| match event.kind {
                EventKind::Invoked { client, request, .. } if request == wanted => Some(format!("Client {client}")),
                _ => None,
            })
            .unwrap_or_else(|| "its client".to_owned())
    }
}

/// Several links that are cut in one step.
fn cuts(events: &[Event]) -> Option<String> {
    let mut links: Vec<(NodeId, NodeId)> = Vec::new();
    for event in events {
        if let EventKind::Cut { from, to } = event.kind
            && !links.contains(&(to, from))
        {
            links.push((from, to));
        }
    }
    let named: Vec<String> = links.iter().map(|(a, b)| format!("between Node {a} and Node {b}")).collect();
    (named.len() > 1).then(|| format!("The links {} are cut.", named.join(" and ")))
}

/// How a step's words begin.
enum Opening {
    /// A sentence of its own.
    Sentence(String),
    /// A subject that the deeds complete; what it does otherwise.
    Subject(String, &'static str),
    /// What it is time for; the deeds may be none.
    Turn(String),
    /// What can stand alone, or go on with the deeds.
    Whole(String),
    /// A message that arrives; what its receiver does follows in a relative clause.
    Arrival(String),
}

fn sending_by_rule(message: rules::Message, to: NodeId) -> String {
    match message {
        rules::Message::News(_, value) => format!("sends a copy of `{value}` to Node {to}"),
        rules::Message::Store(_, _, value) => format!("asks Node {to} to store `{value}`"),
        rules::Message::Stored(_) => format!("confirms that to Node {to}"),
        rules::Message::Ask(_) => format!("asks Node {to} what it holds"),
        rules::Message::Tell(_, _, value) => format!("tells Node {to} that it holds `{value}`"),
        rules::Message::Forward(..) => format!("passes the request on to Node {to}"),
        rules::Message::Result(..) => format!("tells Node {to} how it ended"),
    }
}

fn sending_to_a_majority(message: abd::Message, to: NodeId) -> String {
    match message {
        abd::Message::Store(_, _, value) => format!("asks Node {to} to store `{value}`"),
        abd::Message::Stored(_) => format!("confirms that to Node {to}"),
        abd::Message::Query(_) => format!("asks Node {to} what it holds"),
        abd::Message::Tell(_, _, value) => format!("tells Node {to} that it holds `{value}`"),
    }
}

fn outcome_sentence(client: ClientId, outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered(Answer::Written) => format!("Client {client} knows that its write is done."),
        Outcome::Answered(answer) => format!("Client {client} reads `{answer}`."),
        Outcome::Refused(_) => format!("Client {client} gets an error."),
        Outcome::Unknown => format!("Client {client} is told that nobody knows what became of its request."),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
