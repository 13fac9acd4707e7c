//! Mermaid in and out, held against the module's own graphs and against what Mermaid itself reads.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use partition_lab::diagram::mermaid::{self, Severity};
use serde_json::Value;

const TEMPLATE: &str = include_str!("golden/mermaid/module-7-template.mmd");
const FALLACIES: &str = include_str!("golden/mermaid/module-7-fallacies.mmd");
const TEMPLATE_PORTABLE: &str = include_str!("golden/mermaid/module-7-template.portable.mmd");
const FALLACIES_PORTABLE: &str = include_str!("golden/mermaid/module-7-fallacies.portable.mmd");
const AS_MERMAID_READS: &str = include_str!("golden/mermaid/as-mermaid-reads.json");
const GRAMMAR: &str = include_str!("golden/mermaid/grammar.json");

/// The share of Mermaid's own test inputs, in percent, that we must read as Mermaid does.
const FLOOR: usize = 99;

#[test]
fn the_modules_graphs_print_back_byte_for_byte() {
    for text in [TEMPLATE, FALLACIES] {
        let (diagram, diagnostics) = mermaid::parse(text);
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{diagnostics:?}");
        assert_eq!(mermaid::print_module(&diagram), text);
    }
}

#[test]
fn the_modules_graphs_have_a_portable_form_line_by_line() {
    for (text, portable) in [(TEMPLATE, TEMPLATE_PORTABLE), (FALLACIES, FALLACIES_PORTABLE)] {
        let (diagram, _) = mermaid::parse(text);
        assert_eq!(mermaid::print_portable(&diagram), portable);
        assert_eq!(portable.lines().count(), text.lines().count());
        let (again, diagnostics) = mermaid::parse(portable);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(mermaid::print_portable(&again), portable);
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

/// How many cases of a corpus there are, and those we read otherwise, by where they come from.
fn differences(corpus: &str) -> (usize, BTreeMap<String, Vec<String>>) {
    let corpus: Value = serde_json::from_str(corpus).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    let mut differences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in cases {
        if let Some(why) = difference(case) {
            let spec = case["spec"].as_str().unwrap_or("golden").to_owned();
            differences.entry(spec).or_default().push(format!("{}: {why}", case["text"]));
        }
    }
    (cases.len(), differences)
}

#[test]
fn chosen_texts_are_read_as_mermaid_reads_them() {
    let (_, differences) = differences(AS_MERMAID_READS);
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn every_part_of_the_grammar_is_read_as_mermaid_reads_it_but_for_what_has_a_reason() {
    let corpus: Value = serde_json::from_str(GRAMMAR).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    for case in cases {
        let (found, reason) = (difference(case), case["why"].as_str());
        assert_eq!(found.is_some(), reason.is_some(), "{}: {}: {found:?}", case["spec"], case["text"]);
    }
    let lenient = cases.iter().filter(|case| case["why"].is_string()).count();
    assert!(lenient * 10 < cases.len(), "{lenient} of {} are read otherwise", cases.len());
}

#[test]
fn mermaids_own_inputs_are_read_as_mermaid_reads_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/mermaid-flowchart.json");
    let Ok(corpus) = std::fs::read_to_string(&path) else {
        eprintln!("ABSENT: {}: that we read as Mermaid reads is NOT tested on its own inputs", path.display());
        return;
    };
    let (all, differences) = differences(&corpus);
    let agreeing = all - differences.values().map(Vec::len).sum::<usize>();
    for (spec, cases) in &differences {
        eprintln!("{spec}: {} differ\n  {}", cases.len(), cases.join("\n  "));
    }
    eprintln!("{agreeing} of {all} Mermaid inputs are read as Mermaid reads them");
    assert!(agreeing * 100 >= all * FLOOR, "only {agreeing} of {all} agree");
}

/// Runs the command line on a text; its exit code, output and errors.
fn mermaid_command(arguments: &[&str], text: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_partition-lab"))
        .arg("mermaid")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_prints_the_graph_and_exits_with_what_it_found() {
    let (code, printed, said) = mermaid_command(&[], TEMPLATE);
    assert_eq!((code, printed.as_str()), (Some(0), TEMPLATE));
    assert!(said.starts_with("-:4:15: note: "), "{said}");

    let (code, printed, said) = mermaid_command(&["--to", "portable", "-"], "graph TD\nA --> B\nA[\n");
    assert_eq!((code, printed.as_str()), (Some(1), "graph TD\nA --> B\n%% A[\n"));
    assert!(said.starts_with("-:3:2: error: "), "{said}");

    let (code, printed, _) = mermaid_command(&["--to", "json"], FALLACIES);
    let graph: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((code, graph["vertices"].as_array().unwrap().len()), (Some(0), 12));

    let (code, printed, said) = mermaid_command(&["no/such/file.mmd"], "");
    assert_eq!((code, printed.as_str()), (Some(2), ""));
    assert!(said.contains("could not be read"), "{said}");
}
