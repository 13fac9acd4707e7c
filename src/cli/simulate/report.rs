//! A summary of a run, for people.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::sim::{Micros, Run};

/// The summary as lines of text.
pub(super) fn report(run: &Run, json: &Json) -> String {
    let mut text = String::new();
    let number = |path: &str| json.pointer(path).and_then(Json::as_u64).unwrap_or(0);
    let scenario = &run.scenario;
    let _ = writeln!(
        text,
        "{}: {} nodes, {} clients, seed {}; {} steps, the last at {}\n",
        scenario.name,
        scenario.nodes.len(),
        scenario.clients.len(),
        run.seed,
        number("/steps"),
        Micros(number("/until"))
    );
    let _ = writeln!(
        text,
        "messages   {} sent, {} delivered, {} corrupted, {} duplicated{}",
        number("/messages/sent"),
        number("/messages/delivered"),
        number("/messages/corrupted"),
        number("/messages/duplicated"),
        losses(json)
    );
    let _ = writeln!(
        text,
        "requests   {} answered, {} refused, {} unknown, {} without an answer; {} tried again\n",
        number("/requests/answered"),
        number("/requests/refused"),
        number("/requests/unknown"),
        number("/requests/open"),
        number("/requests/retried")
    );
    latencies(&mut text, json);
    for verdict in json.pointer("/verdicts").and_then(Json::as_array).into_iter().flatten() {
        let word = |field: &str| verdict[field].as_str().unwrap_or_default();
        let mark = match word("verdict") {
            "holds" => '✓',
            "violated" => '✗',
            _ => '?',
        };
        let _ = writeln!(text, "{mark} {:<20} {:<9} {}", word("about"), word("verdict"), word("why"));
    }
    text
}

fn losses(json: &Json) -> String {
    let lost = json.pointer("/messages/lost").and_then(Json::as_object);
    let lost: Vec<String> =
        lost.into_iter().flatten().map(|(why, count)| format!("{count} {}", why.replace('_', " "))).collect();
    if lost.is_empty() { String::new() } else { format!("; lost: {}", lost.join(", ")) }
}

fn latencies(text: &mut String, json: &Json) {
    let kinds = json.pointer("/latency").and_then(Json::as_object);
    let mut kinds = kinds.into_iter().flatten().peekable();
    if kinds.peek().is_none() {
        return;
    }
    let _ = writeln!(
        text,
        "{:<10} {:>8} {:>12} {:>12} {:>12} {:>12}",
        "latency", "count", "half", "95 %", "99 %", "longest"
    );
    for (kind, of) in kinds {
        let time = |field: &str| Micros(of[field].as_u64().unwrap_or(0)).to_string();
        let count = of["count"].as_u64().unwrap_or(0);
        let (half, most, nearly, longest) = (time("p50"), time("p95"), time("p99"), time("max"));
        let _ = writeln!(text, "{kind:<10} {count:>8} {half:>12} {most:>12} {nearly:>12} {longest:>12}");
    }
    text.push('\n');
}
