//! The golden traces: one list, checked natively and in the browser.

use partition_lab::course::play;
use partition_lab::sim::Run;

/// Each single scenario and the trace it has on every machine.
pub const GOLDEN: [(&str, &str); 4] = [
    ("gilbert-lynch-cp", include_str!("../golden/traces/gilbert-lynch-cp.jsonl")),
    ("gilbert-lynch-ap", include_str!("../golden/traces/gilbert-lynch-ap.jsonl")),
    ("challenge-cp", include_str!("../golden/traces/challenge-cp.jsonl")),
    ("challenge-ap", include_str!("../golden/traces/challenge-ap.jsonl")),
];

/// The trace of a scenario, as it is now.
pub fn trace_of(name: &str) -> String {
    let scenario = play(name).expect("the scenario is built in").scenarios.remove(0);
    Run::of(scenario).replay().expect("the scenario names only what it has").to_json_lines()
}
