//! Mermaid in and out, held against the module's own graphs and against what Mermaid itself reads.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use partition_lab::diagram::mermaid::{self, Severity};
use serde_json::Value;

const TEMPLATE: &str = include_str!("golden/mermaid/module-7-template.mmd");
const FALLACIES: &str = include_str!("golden/mermaid/module-7-fallacies.mmd");

/// The share of Mermaid's own test inputs that we must read as Mermaid does.
const FLOOR: f64 = 0.90;

#[test]
fn the_modules_graphs_print_back_byte_for_byte() {
    for text in [TEMPLATE, FALLACIES] {
        let (diagram, diagnostics) = mermaid::parse(text);
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{diagnostics:?}");
        assert_eq!(mermaid::print_module(&diagram), text);
    }
}

#[test]
fn mermaid_rejects_the_templates_parenthesis_and_we_say_so() {
    let (_, diagnostics) = mermaid::parse(TEMPLATE);
    let [note] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!((note.severity, note.line, note.column), (Severity::Note, 4, 15));
    assert!(note.message.contains("parenthesis"));
}

/// What of a case is compared.
#[derive(Debug, PartialEq)]
struct Graph {
    direction: String,
    vertices: BTreeSet<String>,
    edges: Vec<String>,
    subgraphs: BTreeMap<String, (String, BTreeSet<String>)>,
}

fn graph(value: &Value) -> Graph {
    let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
    let only =
        |item: &Value, keys: &[&str]| keys.iter().map(|key| item[*key].to_string()).collect::<Vec<_>>().join(" ");
    let members = |item: &Value| item["nodes"].as_array().unwrap().iter().map(ToString::to_string).collect();
    Graph {
        direction: value["direction"].to_string(),
        vertices: list("vertices").iter().map(|item| only(item, &["id", "text", "shape"])).collect(),
        edges: list("edges")
            .iter()
            .map(|item| only(item, &["from", "to", "text", "type", "stroke", "length"]))
            .collect(),
        subgraphs: list("subgraphs")
            .iter()
            .map(|item| (item["id"].to_string(), (item["title"].to_string(), members(item))))
            .collect(),
    }
}

/// Why we differ from Mermaid on this case; `None` if we agree.
fn difference(case: &Value) -> Option<String> {
    let text = case["text"].as_str().unwrap();
    let (diagram, diagnostics) = mermaid::parse(text);
    let error = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
    let lenient = diagnostics.iter().any(|diagnostic| diagnostic.message.starts_with("Mermaid itself rejects"));
    let ours = mermaid::json(&diagram, &[]);
    match (case["ok"].as_bool().unwrap(), error) {
        (true, Some(error)) => Some(format!("Mermaid reads it, we do not: {error}")),
        (false, None) if !lenient => Some("Mermaid rejects it, we read it without saying so".into()),
        (true, None) if graph(case) != graph(&ours) => {
            Some(format!("read differently:\n  Mermaid {:?}\n  we      {:?}", graph(case), graph(&ours)))
        }
        _ => None,
    }
}

#[test]
fn mermaids_own_inputs_are_read_as_mermaid_reads_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/mermaid-flowchart.json");
    let Ok(corpus) = std::fs::read_to_string(&path) else {
        eprintln!(
            "ABSENT: {}: the Mermaid corpus is not here, so reading it as Mermaid does is NOT tested",
            path.display()
        );
        return;
    };
    let corpus: Value = serde_json::from_str(&corpus).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    let mut differences: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in cases {
        if let Some(why) = difference(case) {
            let spec = case["spec"].as_str().unwrap();
            differences.entry(spec).or_default().push(format!("{}: {why}", case["text"]));
        }
    }
    let differing: usize = differences.values().map(Vec::len).sum();
    let agreeing = cases.len() - differing;
    for (spec, cases) in &differences {
        eprintln!("{spec}: {} differ\n  {}", cases.len(), cases.join("\n  "));
    }
    eprintln!("{agreeing} of {} Mermaid inputs are read as Mermaid reads them", cases.len());
    #[allow(clippy::cast_precision_loss)]
    let share = agreeing as f64 / cases.len() as f64;
    assert!(share >= FLOOR, "only {agreeing} of {} agree", cases.len());
}
