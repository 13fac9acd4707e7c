//! Operations and verdicts in words, as short as their place asks for.

use crate::check::log::{Call, Datum, Ending, Entry, Reading};
use crate::check::words;
use crate::check::{ModelName, Verdict};
use crate::course::opening::{Finding, Laid};

/// What stands on a bar, in full and in short.
pub fn labels(entry: &Entry) -> [String; 2] {
    let (verb, object) = match entry.call {
        Call::Read => ("read", found(entry)),
        Call::Write(value) => ("write", words::value(value)),
        Call::Cas(from, to) => ("cas", swap(from, to)),
        Call::Add(amount) => ("add", amount.to_string()),
        Call::Insert(element) => ("put in", element.to_string()),
        Call::Remove(element) => ("take out", element.to_string()),
    };
    let mark = match &entry.ended {
        Some((_, Ending::Ok(_))) => "",
        Some((_, Ending::Fail)) => "✕",
        Some((_, Ending::Info)) | None => "?",
    };
    let full = if object.is_empty() { format!("{verb}{mark}") } else { format!("{verb} {object}{mark}") };
    [full, format!("{object}{mark}")]
}

fn swap(from: Datum, to: Datum) -> String {
    format!("{}→{}", words::value(from), words::value(to))
}

fn found(entry: &Entry) -> String {
    match &entry.ended {
        Some((_, Ending::Ok(Reading::Value(value)))) => words::value(*value),
        Some((_, Ending::Ok(Reading::Elements(found)))) if found.len() > 4 => format!("{{{} elements}}", found.len()),
        Some((_, Ending::Ok(Reading::Elements(found)))) => words::elements(found),
        _ => String::new(),
    }
}

/// `Process 2 read 3`.
pub fn who(entry: &Entry) -> String {
    let key = entry.key.as_ref().map(|key| format!(" (key {key})")).unwrap_or_default();
    format!("Process {} {}{key}", entry.process, words::act(entry))
}

/// When it was asked and how it ended, in lines of the log and, where the log has them, in time.
pub fn when(entry: &Entry) -> String {
    let place = words::capital(&words::place(entry));
    let (begun, ended) = (entry.invoked.at, entry.ended.as_ref().and_then(|(moment, _)| moment.at));
    match (begun, ended) {
        (Some(begun), Some(ended)) => {
            format!("{place}. From {} to {} µs, {} µs in all", begun.0, ended.0, ended.0.saturating_sub(begun.0))
        }
        (Some(begun), None) => format!("{place}. From {} µs on", begun.0),
        _ => place,
    }
}

/// What an order makes of an operation.
pub fn standing(laid: &Laid, finding: Option<&Finding>, index: usize) -> String {
    let Some(finding) = finding else { return "Not judged yet.".to_owned() };
    if finding.stuck() == Some(index) {
        return "Fits nowhere: whatever is tried, it is left over.".to_owned();
    }
    match (finding.places[index], &laid.log.entries[index].ended) {
        (place @ 1.., _) => format!("Takes effect as number {place} of the order below."),
        (_, Some((_, Ending::Fail))) => "Failed: it certainly had no effect, and says nothing else.".to_owned(),
        (_, Some((_, Ending::Info)) | None) => "Nobody knows whether it took effect, and it is not needed.".to_owned(),
        _ if finding.stops.is_some() => "Not looked at: it comes after the place where it stops.".to_owned(),
        _ => "In no order: the search was not finished.".to_owned(),
    }
}

/// The verdict in two or three words, with the class that goes with it.
pub fn headline(finding: Option<&Finding>) -> (&'static str, &'static str) {
    match finding.map(|finding| &finding.verdict) {
        None => ("open", "Being judged…"),
        Some(Verdict::Holds(_)) => ("holds", "Linearizable"),
        Some(Verdict::Violated(_)) => ("violated", "Not linearizable"),
        Some(Verdict::Unknown(_)) => ("open", "Not decided"),
    }
}

/// The verdict in a sentence or two.
pub fn verdict(laid: &Laid, finding: &Finding) -> String {
    match &finding.verdict {
        Verdict::Holds(orders) => {
            let placed = words::count(finding.order.len(), "operation");
            match orders.len() {
                0 | 1 => format!("One order of {placed}, true to real time, explains every answer."),
                keys => format!(
                    "For each of {keys} keys an order true to real time explains every answer: {placed} in all."
                ),
            }
        }
        Verdict::Violated(witness) => witness.to_string(),
        Verdict::Unknown(why) => {
            let many = words::count(laid.log.entries.len(), "operation");
            format!(
                "{why} So nothing is said of these {many}: the command `partition-lab check --budget N` can search on."
            )
        }
    }
}

/// What a history is about.
pub fn about(laid: &Laid) -> String {
    let what = match laid.model {
        ModelName::Register => "a register",
        ModelName::CasRegister => "a register with compare-and-set",
        ModelName::Counter => "a counter",
        ModelName::Set => "a set",
    };
    let lanes = words::count(laid.chronicle.lanes(), "client");
    format!("{} by {lanes} on {what}", words::count(laid.log.entries.len(), "operation"))
}
