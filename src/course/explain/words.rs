//! What is said on the way to an order: a sentence for each place that is tried.

use super::order::is_open;
use crate::check::{Attempt, History};
use crate::sim::{Answer, Operation, Outcome, Value};

/// What the register is asked, before anything is placed.
pub(super) fn opening(history: &History) -> String {
    let initial = history.initial;
    match history.attempts.len() {
        0 => format!("Nobody has asked for anything. The register holds `{initial}`."),
        _ => format!(
            "Each bar is a request, from question to answer. We look for an instant inside each bar at which that request \
             takes effect, such that a single register that starts with `{initial}` would give every answer the clients got."
        ),
    }
}

/// A point is placed: that of an operation after which the register holds the value.
pub(super) fn placed(attempt: &Attempt, value: Value) -> String {
    let Attempt { operation, client, .. } = attempt;
    match operation {
        Operation::Read => {
            format!("Client {client} reads. The register holds `{value}`, and that is what it was told.")
        }
        Operation::Write(_) if is_open(attempt) => format!(
            "Client {client} was never told, but its write may have taken effect: it does here. The register holds `{value}`."
        ),
        Operation::Write(_) => {
            format!("Client {client}’s write takes effect. From here on the register holds `{value}`.")
        }
        other => format!("Client {client}: {other}. From here on the register holds `{value}`."),
    }
}

/// Why a request needs no place in the order, if it needs none.
pub(super) fn without_place(attempt: &Attempt) -> Option<String> {
    let Attempt { client, operation, .. } = attempt;
    match attempt.outcome()? {
        Outcome::Refused(_) => {
            Some(format!("Client {client} was refused: nothing took effect, and there is no answer to explain."))
        }
        Outcome::Unknown => {
            Some(format!("Nobody knows whether Client {client}’s `{operation}` took effect. It needs no place."))
        }
        Outcome::Answered(_) => None,
    }
}

/// What the operation that fits nowhere is called, and what it was told.
fn stuck_name(stuck: &Attempt) -> (&'static str, String) {
    match stuck.outcome() {
        Some(Outcome::Answered(Answer::Value(value))) if stuck.operation == Operation::Read => {
            ("read", format!("Client {}’s read was told `{value}`", stuck.client))
        }
        Some(Outcome::Answered(Answer::Written)) => ("request", format!("`{}` was done, it was told", stuck.operation)),
        Some(Outcome::Answered(answer)) => ("request", format!("the client was told `{answer}`")),
        _ => ("request", "the client was told otherwise".to_owned()),
    }
}

/// What an operation is called.
fn named(attempt: &Attempt) -> String {
    match attempt.operation {
        Operation::Write(value) => format!("the write of `{value}`"),
        Operation::Read => format!("Client {}’s read", attempt.client),
        other => format!("`{other}`"),
    }
}

/// Why it cannot come before an operation that had ended.
pub(super) fn too_early(stuck: &Attempt, over: &Attempt, place: usize) -> String {
    let (what, _) = stuck_name(stuck);
    let or_earlier = if place == 0 { "" } else { ", or earlier" };
    let it = named(over);
    format!(
        "Before {it}{or_earlier}? That contradicts real time: {it} had ended before Client {}’s {what} began, and the order \
         must keep what really came first.",
        stuck.client
    )
}

/// Why it cannot come where the register holds something else.
pub(super) fn wrong_value(stuck: &Attempt, value: Value, before: Option<&Attempt>) -> String {
    let (_, told) = stuck_name(stuck);
    let fits = matches!(stuck.operation, Operation::Cas(old, _) if old == value);
    match before {
        Some(before) if fits => {
            format!("After {}? It would fit, but then what follows in the order would not.", named(before))
        }
        None if fits => "At the very beginning? It would fit, but then what follows in the order would not.".to_owned(),
        Some(before) => format!("After {}? There the register holds `{value}`, and {told}.", named(before)),
        None => format!("At the very beginning? There the register holds `{value}`, and {told}."),
    }
}

/// What it comes to when every operation has its place.
pub(super) fn found(placed: usize) -> String {
    match placed {
        0 => "No client was given an answer, so there is none to explain: what the clients saw is linearizable.".to_owned(),
        1 => "The one request in the order has its instant, and its answer, if it has one, is right: what the clients saw is linearizable.".to_owned(),
        _ => "Every request that was answered has its instant inside its bar, and every answer is right: what the clients saw is linearizable."
            .to_owned(),
    }
}

/// What it comes to when one has none.
pub(super) fn not_found(stuck: &Attempt) -> String {
    let (what, _) = stuck_name(stuck);
    let found = match stuck.outcome() {
        Some(Outcome::Answered(Answer::Value(value))) => format!("return `{value}`"),
        _ => "end as it did".to_owned(),
    };
    format!(
        "Client {}’s {what} fits nowhere. The checker has tried every order that keeps real time, and none lets it {found}.",
        stuck.client
    )
}
