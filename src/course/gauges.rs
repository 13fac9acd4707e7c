//! The gauges for C and A: what the checkers say of a run up to a step, since when, and why, in a sentence.

use serde::Serialize;

use crate::check::availability::{Extent, How, Undecided, availability};
use crate::check::linearizability::{Budget, NotLinearizable, linearizability};
use crate::check::{Attempt, History, Verdict};
use crate::sim::{Answer, Event, EventKind, Operation, Outcome, RequestId, Scenario, Trace};

/// Where a gauge points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Nothing has happened that could decide it, or the checker's budget ran out.
    NotDecided,
    /// It holds in everything that has happened yet.
    HoldsSoFar,
    /// It holds in the whole run.
    Holds,
    /// It is violated, since this step of the run.
    Violated(u32),
}

impl Reading {
    /// Since when it is violated, if it is.
    pub const fn violated(self) -> Option<u32> {
        match self {
            Self::Violated(step) => Some(step),
            _ => None,
        }
    }
}

/// One gauge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gauge {
    /// Where it points.
    pub reading: Reading,
    /// Why, in a sentence or two.
    pub why: String,
}

/// Both gauges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gauges {
    /// C: is what the clients saw linearizable?
    pub consistency: Gauge,
    /// A: is every request answered without an error?
    pub availability: Gauge,
}

/// The gauges after that step of a run.
pub fn read(scenario: &Scenario, trace: &Trace, step: u32) -> Gauges {
    Gauges {
        consistency: since_first(scenario, trace, step, consistency_at),
        availability: since_first(scenario, trace, step, availability_at),
    }
}

/// The requests whose answers break consistency by that step of a run: the one that fits nowhere; if it is a read, which
/// changes nothing, the one that fits nowhere among the others; and so on.
pub fn wrong_answers(scenario: &Scenario, trace: &Trace, step: u32) -> Vec<RequestId> {
    let mut history = History::of(scenario.initial, trace.until(step));
    let mut wrong = Vec::new();
    while let Verdict::Violated(NotLinearizable { stuck, .. }) = linearizability(&history, Budget::default()) {
        wrong.push(stuck.request);
        if !stuck.operation.is_read() {
            break;
        }
        history.attempts.retain(|attempt| attempt.request != stuck.request);
    }
    wrong
}

/// The gauges after each of these steps of a run, which ascend. Violations are dated to the index of the step at which
/// they first show.
pub fn along(scenario: &Scenario, trace: &Trace, steps: &[u32]) -> Vec<Gauges> {
    let consistency = one_along(scenario, trace, steps, consistency_at);
    let availability = one_along(scenario, trace, steps, availability_at);
    let both = consistency.into_iter().zip(availability);
    both.map(|(consistency, availability)| Gauges { consistency, availability }).collect()
}

fn one_along(scenario: &Scenario, trace: &Trace, steps: &[u32], at: fn(&Scenario, &Trace, u32) -> Gauge) -> Vec<Gauge> {
    let mut gauges: Vec<Gauge> = Vec::with_capacity(steps.len());
    for (index, &step) in steps.iter().enumerate() {
        let last = gauges.last().filter(|last| {
            matches!(last.reading, Reading::Violated(_))
                || index.checked_sub(1).map(|before| steps[before]) == Some(step)
        });
        let gauge = last.cloned().unwrap_or_else(|| {
            let mut gauge = at(scenario, trace, step);
            if let Reading::Violated(since) = &mut gauge.reading {
                *since = u32::try_from(index).unwrap_or(u32::MAX);
            }
            gauge
        });
        gauges.push(gauge);
    }
    gauges
}

/// A violation never goes away: it is dated to the step at which it first shows.
fn since_first(scenario: &Scenario, trace: &Trace, step: u32, at: fn(&Scenario, &Trace, u32) -> Gauge) -> Gauge {
    (0..=step)
        .map(|earlier| at(scenario, trace, earlier))
        .find(|gauge| matches!(gauge.reading, Reading::Violated(_)))
        .unwrap_or_else(|| at(scenario, trace, step))
}

fn extent(trace: &Trace, step: u32) -> Extent {
    if step >= trace.steps() { Extent::Whole } else { Extent::SoFar }
}

fn good(extent: Extent) -> Reading {
    match extent {
        Extent::SoFar => Reading::HoldsSoFar,
        Extent::Whole => Reading::Holds,
    }
}

fn consistency_at(scenario: &Scenario, trace: &Trace, step: u32) -> Gauge {
    let history = History::of(scenario.initial, trace.until(step));
    if !history.attempts.iter().any(|attempt| attempt.response.is_some()) {
        return match extent(trace, step) {
            Extent::Whole if !history.attempts.is_empty() => {
                Gauge { reading: Reading::Holds, why: "No answer was given, so none is wrong.".to_owned() }
            }
            _ => Gauge { reading: Reading::NotDecided, why: "No answer yet that could be right or wrong.".to_owned() },
        };
    }
    match linearizability(&history, Budget::default()) {
        Verdict::Holds(_) => Gauge {
            reading: good(extent(trace, step)),
            why: "One order of the operations, true to real time, explains every answer.".to_owned(),
        },
        Verdict::Violated(witness) => Gauge { reading: Reading::Violated(step), why: inexplicable(&witness) },
        Verdict::Unknown(Budget(pairs)) => Gauge {
            reading: Reading::NotDecided,
            why: format!("The checker stopped after {pairs} combinations without an answer."),
        },
    }
}

fn availability_at(scenario: &Scenario, trace: &Trace, step: u32) -> Gauge {
    let mut history = History::of(scenario.initial, trace.until(step));
    let made = history.attempts.len();
    history.attempts.retain(|attempt| is_owed(attempt, trace.until(step)));
    let excused = made - history.attempts.len();
    let extent = extent(trace, step);
    if excused > 0 && history.attempts.is_empty() {
        let why = "Every request so far was at a node that has failed: such a node owes no answer.".to_owned();
        return Gauge { reading: good(extent), why };
    }
    match availability(&history, extent) {
        Verdict::Holds(count) => {
            let mut why = format!("{} of {} requests answered without an error.", count.answered, count.of);
            if excused > 0 {
                why += " A node that has failed owes no answer.";
            }
            Gauge { reading: good(extent), why }
        }
        Verdict::Violated(witness) => {
            let Attempt { client, node, .. } = witness.attempt;
            let why = match witness.how {
                How::Refused(_) => format!("Node {node} has not failed, yet it refused Client {client}."),
                How::Unknown => {
                    format!(
                        "Node {node} has not failed, yet it could not tell Client {client} what became of the request."
                    )
                }
                How::NoAnswer => format!("Client {client} had no answer from Node {node} by the end of this run."),
            };
            Gauge { reading: Reading::Violated(step), why }
        }
        Verdict::Unknown(Undecided::NothingAsked) => {
            Gauge { reading: Reading::NotDecided, why: "Nobody has asked for anything yet.".to_owned() }
        }
        Verdict::Unknown(Undecided::Waiting(requests)) => {
            Gauge { reading: Reading::NotDecided, why: waiting(&history, &requests) }
        }
    }
}

/// Whether an answer is owed: it was given, or the node has not been down since it was asked. Availability is about
/// nodes that have not failed.
pub(super) fn is_owed(attempt: &Attempt, events: &[Event]) -> bool {
    let ended = attempt.response.map_or(usize::MAX, |response| response.event.0 as usize);
    let mut down = false;
    let mut failed = false;
    for event in events.iter().take_while(|event| event.id.0 as usize <= ended) {
        match event.kind {
            EventKind::Crashed { node } if node == attempt.node => down = true,
            EventKind::Recovered { node } if node == attempt.node => down = false,
            _ => {}
        }
        failed |= down && event.id >= attempt.invoked;
    }
    !failed || matches!(attempt.outcome(), Some(Outcome::Answered(_)))
}

fn waiting(history: &History, requests: &[crate::sim::RequestId]) -> String {
    let clients: Vec<String> = history
        .attempts
        .iter()
        .filter(|attempt| requests.contains(&attempt.request))
        .map(|attempt| format!("Client {}", attempt.client))
        .collect();
    let verb = if clients.len() == 1 { "waits" } else { "wait" };
    format!("{} still {verb} for an answer.", clients.join(" and "))
}

/// Why no order explains the witness: the read, and the acknowledged write it misses.
fn inexplicable(witness: &NotLinearizable) -> String {
    let NotLinearizable { longest, value, stuck } = witness;
    let client = stuck.client;
    let Some(Outcome::Answered(Answer::Value(read))) = stuck.outcome() else {
        return format!("What Client {client} was told fits nowhere: every order of the rest leaves {value}.");
    };
    let missed = longest.iter().rev().find_map(|attempt| match (attempt.operation, attempt.response) {
        (Operation::Write(written), Some(end)) if written == *value && end.event < stuck.invoked => Some(written),
        _ => None,
    });
    match missed {
        Some(written) => format!(
            "Client {client} began its read after the write of `{written}` was acknowledged, so it had to read `{written}`, \
             and it read `{read}`."
        ),
        None => format!(
            "Client {client} read `{read}`, and no order true to real time explains that: by then the register holds `{value}`."
        ),
    }
}
