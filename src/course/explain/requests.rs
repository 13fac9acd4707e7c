//! Every request and how it ended; of the one that shows that the system is not available, what its node knew.
//!
//! Gilbert and Lynch ask that every request received by a node that has not failed results in a response, without any
//! bound on the time. A refusal is no response in that sense: a system that refuses everything would be available.

use super::{Standing, told};
use crate::check::availability::{Extent, How, Undecided, availability};
use crate::check::{Attempt, History, Verdict};
use crate::course::gauges::is_owed;
use crate::course::local::{Seen, local_view};
use crate::sim::{Event, EventKind, Micros, NodeId, Operation, Outcome, RequestId, Scenario, Trace};

/// What availability means, in two sentences.
pub const DEFINITION: [&str; 2] = [
    "Available, as Gilbert and Lynch define it: every request received by a node that has not failed must result in a \
     response. They set no bound on the time.",
    "A refusal is no response in this sense. If it were, a system that refuses everything would be available.",
];

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With an answer that is not an error.
    Answered,
    /// A node refused it.
    Refused,
    /// Its client was told that nobody knows.
    Unknown,
    /// It had no answer when the run ended.
    NoAnswer,
    /// It still waits.
    Waiting,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What was asked and what came of it: `read → refused`.
    pub words: String,
    /// Who asked whom, and when: `Client 2 at Node B, 100 ms`.
    pub who: String,
    /// How it ended.
    pub end: End,
    /// How it ended, in words.
    pub ended: String,
    /// Whether it is the one that shows that the system is not available.
    pub witness: bool,
}

/// The explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestStory {
    /// How the verdict stands.
    pub standing: Standing,
    /// The verdict in a sentence.
    pub verdict: String,
    /// The requests, in the order in which they were made.
    pub requests: Vec<Asked>,
    /// What the node of the witness knew and did, in order: each when, and a sentence.
    pub knew: Vec<(Micros, String)>,
    /// What it could not know; empty when there is no witness.
    pub remark: String,
}

/// Explains the verdict on availability as it is after that step.
pub fn explain_availability(scenario: &Scenario, trace: &Trace, step: u32) -> RequestStory {
    let history = History::of(scenario.initial, trace.until(step));
    let mut owed = History::of(scenario.initial, trace.until(step));
    owed.attempts.retain(|attempt| is_owed(attempt, trace.until(step)));
    let extent = if step >= trace.steps() { Extent::Whole } else { Extent::SoFar };
    let verdict = availability(&owed, extent);
    let witness = verdict.violation().map(|witness| &witness.attempt);
    let excused = if owed.attempts.len() < history.attempts.len() { " A node that has failed owes none." } else { "" };
    let (standing, said) = match &verdict {
        Verdict::Holds(count) if extent == Extent::Whole => (
            Standing::Holds,
            format!("All requests were answered without an error: {} of {}.{excused}", count.answered, count.of),
        ),
        Verdict::Holds(count) => (
            Standing::Holds,
            format!(
                "Up to here all requests were answered without an error: {} of {}.{excused}",
                count.answered, count.of
            ),
        ),
        Verdict::Violated(unanswered) => (Standing::Violated, unanswered_words(&unanswered.attempt, unanswered.how)),
        Verdict::Unknown(Undecided::NothingAsked) if !history.attempts.is_empty() => (
            Standing::Holds,
            "Every request so far was at a node that has failed: such a node owes no answer.".to_owned(),
        ),
        Verdict::Unknown(Undecided::NothingAsked) => (Standing::Open, "Nobody has asked for anything yet.".to_owned()),
        Verdict::Unknown(Undecided::Waiting(waiting)) => (Standing::Open, waiting_words(waiting.len())),
    };
    let requests = history.attempts.iter().map(|attempt| {
        let mut told = asked(attempt, extent, witness.is_some_and(|witness| witness.request == attempt.request));
        if !is_owed(attempt, trace.until(step)) {
            told.ended += ": its node failed and owes none";
        }
        told
    });
    RequestStory {
        standing,
        verdict: said,
        requests: requests.collect(),
        knew: witness.map(|attempt| knew(scenario, trace, step, attempt)).unwrap_or_default(),
        remark: witness.map(|attempt| remark(trace.until(step), attempt)).unwrap_or_default(),
    }
}

fn unanswered_words(attempt: &Attempt, how: How) -> String {
    let Attempt { client, node, .. } = attempt;
    match how {
        How::Refused(_) => {
            format!("Node {node} refused Client {client}. One such request is enough: the run is not available.")
        }
        How::Unknown => format!(
            "Client {client} was told by Node {node} only that nobody knows what became of its request. One such request is \
             enough: the run is not available."
        ),
        How::NoAnswer => format!(
            "Client {client} had no answer from Node {node} when this run ended. A run on a page must end somewhere: no answer \
             by then, with the fault still there, is taken for “never”."
        ),
    }
}

fn waiting_words(count: usize) -> String {
    match count {
        1 => "One request still waits. The definition sets no deadline, so the rest of the run decides.".to_owned(),
        _ => format!("{count} requests still wait. The definition sets no deadline, so the rest of the run decides."),
    }
}

fn asked(attempt: &Attempt, extent: Extent, witness: bool) -> Asked {
    let Attempt { client, node, operation, invoked_at, .. } = attempt;
    let end = match (attempt.outcome(), extent) {
        (Some(Outcome::Answered(_)), _) => End::Answered,
        (Some(Outcome::Refused(_)), _) => End::Refused,
        (Some(Outcome::Unknown), _) => End::Unknown,
        (None, Extent::Whole) => End::NoAnswer,
        (None, Extent::SoFar) => End::Waiting,
    };
    let after = attempt.response.map(|response| Micros(response.at.0.saturating_sub(invoked_at.0)));
    let after = after.map(|time| if time == Micros(0) { "at once".to_owned() } else { format!("after {time}") });
    let ended = match (end, after) {
        (End::Answered, Some(after)) => format!("answered {after}"),
        (End::Refused, Some(after)) => format!("refused {after}"),
        (End::Unknown, Some(after)) => format!("given up {after}"),
        (End::Waiting, _) => "still waits".to_owned(),
        _ => "no answer".to_owned(),
    };
    let who = format!("Client {client} at Node {node}, {invoked_at}");
    Asked { words: told(*operation, attempt.outcome()), who, end, ended, witness }
}

/// What the node of a request saw and did from its arrival to its end, in its own order.
fn knew(scenario: &Scenario, trace: &Trace, step: u32, attempt: &Attempt) -> Vec<(Micros, String)> {
    let events = trace.until(step);
    let arrival =
        events.iter().position(|event| received(event, attempt.node, attempt.request)).unwrap_or(events.len());
    let end = attempt.response.map_or(events.len(), |response| response.event.0 as usize);
    let held = events.get(arrival).map(|event| trace.values(scenario, event.step)[attempt.node.index()]);
    let mut knew: Vec<(Micros, String)> = Vec::new();
    for line in local_view(scenario, trace, step, attempt.node) {
        let Some(event) = line.event.filter(|id| (arrival..=end).contains(&(id.0 as usize))) else { continue };
        let words = match (&line.seen, held) {
            (Seen::Asked(..), Some(held)) => format!("{} I hold `{held}`.", line.words()),
            _ => line.words(),
        };
        knew.push((trace.event(event).map_or(Micros(0), |event| event.at), words));
    }
    knew
}

fn received(event: &Event, wanted: NodeId, asked: RequestId) -> bool {
    matches!(event.kind, EventKind::Received { node, request } if (node, request) == (wanted, asked))
}

/// What the node of the witness could not know.
fn remark(events: &[Event], attempt: &Attempt) -> String {
    let Attempt { node, request, operation, .. } = attempt;
    let sent: Vec<_> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Sent { message, from, to, request: Some(other), .. } if (from, other) == (*node, *request) => {
                Some((message, to))
            }
            _ => None,
        })
        .collect();
    let lost = sent.iter().find(|(message, _)| {
        events.iter().any(|event| matches!(event.kind, EventKind::Lost { message: other, .. } if other == *message))
    });
    let alike = if *operation == Operation::Read { "answer" } else { "say done" };
    match (lost, sent.first()) {
        (Some((_, to)), _) => format!(
            "What it sent to Node {to} was lost, and nobody told it. All that Node {node} has is silence, and silence does not \
             say how things stand at Node {to}: it can {alike} without knowing, give up, or go on waiting."
        ),
        (None, Some((_, to))) => format!("It waited for a word from Node {to}, and none had come."),
        (None, None) => format!("Node {node} asked nobody: it went by its own rule."),
    }
}
