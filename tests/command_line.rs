//! The real program, on good input and bad: what it prints, what it says, and how it exits.

#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the program came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    printed: String,
    said: String,
}

/// Runs the program with these arguments and this on its standard input.
fn partition_lab(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_partition-lab"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its standard input closes it; that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), printed: text(output.stdout), said: text(output.stderr) }
}

/// Judges a log that comes from standard input.
fn check(arguments: &[&str], log: impl AsRef<[u8]>) -> Ran {
    partition_lab(&[&["check"], arguments, &["-"]].concat(), log.as_ref())
}

/// A file for one test, gone when the test is over.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, text: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A stale read: 1 was written, and later nothing is read.
const STALE: &str = "0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n1\t:invoke\t:read\tnil\n1\t:ok\t:read\tnil\n";
const FRESH: &str = "0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n1\t:invoke\t:read\tnil\n1\t:ok\t:read\t1\n";
const TRUNCATED: &str = "0\t:invoke\t:write\t1\n0\t:ok\t:wri";

#[test]
fn a_log_that_holds_and_one_that_does_not_get_their_lines_and_exit_codes() {
    let ran = check(&[], FRESH);
    assert_eq!((ran.code, ran.printed.as_str(), ran.said.as_str()), (Some(0), "-: linearizable\n", ""));
    let ran = check(&["--format", "jepsen", "--model", "register"], STALE);
    assert_eq!((ran.code, ran.said.as_str()), (Some(1), ""));
    assert!(ran.printed.starts_with("-: not linearizable: "), "{ran:?}");
    assert_eq!(ran.printed.lines().count(), 1);
}

#[test]
fn what_is_asked_changes_the_verdict_and_its_words() {
    for (consistency, expected) in [
        ("sequential", "-: sequentially consistent\n"),
        ("read-your-writes", "-: read your writes holds\n"),
        ("monotonic-reads", "-: monotonic reads holds\n"),
        ("monotonic-writes", "-: monotonic writes holds\n"),
        ("writes-follow-reads", "-: writes follow reads holds\n"),
    ] {
        let ran = check(&["--consistency", consistency], STALE);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(0), expected), "{consistency}");
    }
}

#[test]
fn json_lines_are_known_by_their_brace_and_sets_and_counters_by_their_operations() {
    let log = include_str!("golden/histories/example.jsonl");
    assert_eq!(check(&[], log).printed, "-: linearizable\n");
    assert_eq!(check(&["--format", "jsonl", "--model", "cas-register"], log).code, Some(0));
    let counter = "0 :invoke :add 2\n0 :ok :add 2\n0 :invoke :read nil\n0 :ok :read 2\n";
    assert_eq!(check(&[], counter).code, Some(0));
    let set = "0 :invoke :add 2\n0 :ok :add 2\n0 :invoke :read nil\n0 :ok :read #{2}\n";
    assert_eq!(check(&[], set).code, Some(0));
    assert_eq!(check(&["--model", "set"], set.replace("#{2}", "#{}")).code, Some(1));
}

#[test]
fn a_budget_that_runs_out_is_unknown() {
    let ran = check(&["--budget", "0"], STALE);
    assert_eq!(ran.code, Some(3));
    assert!(ran.printed.starts_with("-: unknown: "), "{ran:?}");
}

#[test]
fn bad_input_gets_one_sentence_with_its_place_and_exit_code_2() {
    let ten_megabytes = format!("0\t:invoke\t:write\t{}\n", "7".repeat(10_000_000));
    for (log, start, words) in [
        (TRUNCATED, "-:2:7: ", "cut off"),
        ("0\t:invoke\t:enqueue\t1\n", "-:1:11: ", "`:enqueue` is no operation that is known here"),
        (&ten_megabytes, "-:1:18: ", "does not fit"),
        ("{\"process\":0,\"type\":\"invoke\",\"f\":\"re", "-:1:37: ", "cut off"),
        ("", "-:1:1: ", "right file"),
    ] {
        let ran = check(&[], log);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.said.starts_with(start) && ran.said.contains(words), "{ran:?}");
        assert!(ran.said.lines().count() == 1 && ran.said.len() < 300, "{ran:?}");
    }
    let ran = check(&[], b"0\t:invoke\t:read\tnil\n\xFF\n");
    assert_eq!(
        (ran.code, ran.said.as_str()),
        (Some(2), "-:2:1: The byte 0xFF is not UTF-8 text here: save the log as UTF-8.\n")
    );
}

#[test]
fn a_model_that_does_not_know_an_operation_is_told_the_line() {
    let ran = check(&["--model", "register"], "0 :invoke :read nil\n1 :invoke :cas [1 2]\n");
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.said, "-:2:1: A register does not know a compare-and-set: use --model cas-register.\n");
}

#[test]
fn at_most_five_problems_of_a_file_are_told() {
    let log = (0..8).map(|process| process.to_string() + " :ok :read 1\n").collect::<String>();
    let ran = check(&[], log);
    let lines: Vec<&str> = ran.said.lines().collect();
    assert_eq!((ran.code, lines.len(), lines.last().copied()), (Some(2), 6, Some("-: and 3 more")));
}

#[test]
fn the_other_files_are_judged_whatever_is_wrong_with_one_and_the_gravest_decides_the_exit_code() {
    let fresh = TempFile::new("fresh.log", FRESH);
    let stale = TempFile::new("stale.log", STALE);
    let cut = TempFile::new("cut.log", TRUNCATED);
    let ran = partition_lab(&["check", cut.name(), "no/such.log", stale.name(), fresh.name()], b"");
    assert_eq!(ran.code, Some(2));
    let printed: Vec<&str> = ran.printed.lines().collect();
    assert!(printed[0].starts_with(&format!("{}: not linearizable: ", stale.name())), "{ran:?}");
    assert_eq!(printed[1..], [format!("{}: linearizable", fresh.name())]);
    let said: Vec<&str> = ran.said.lines().collect();
    assert!(said[0].starts_with(&format!("{}:2:7: ", cut.name())), "{ran:?}");
    assert!(said[1].starts_with("no/such.log could not be read: ") && said.len() == 2, "{ran:?}");
    assert_eq!(partition_lab(&["check", fresh.name(), stale.name()], b"").code, Some(1));
    assert_eq!(partition_lab(&["check", "--budget", "0", fresh.name()], b"").code, Some(3));
}

#[test]
fn each_file_is_a_json_object_on_request() {
    let cut = TempFile::new("cut-for-json.log", TRUNCATED);
    let ran = partition_lab(&["check", "--json", "-", cut.name()], STALE.as_bytes());
    assert_eq!(ran.code, Some(2));
    let objects: Vec<Value> = ran.printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    let of = |object: &Value, field: &str| object[field].as_str().unwrap_or_default().to_owned();
    assert_eq!([of(&objects[0], "verdict"), of(&objects[0], "model")], ["violated", "register"]);
    assert_eq!(of(&objects[1], "verdict"), "unreadable");
    assert_eq!(objects[1]["problems"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_wrong_command_line_exits_with_2_and_the_help_tells_the_exit_codes() {
    assert_eq!(check(&["--model", "queue"], "").code, Some(2));
    assert_eq!(partition_lab(&["check"], b"").code, Some(2));
    let help = partition_lab(&["check", "--help"], b"");
    assert_eq!(help.code, Some(0));
    for words in ["2 before 1 before 3", "cas-register", "writes-follow-reads", "plainest model"] {
        assert!(help.printed.contains(words), "{}", help.printed);
    }
}

const EXAMPLE: &str = include_str!("scenarios/example.json");

fn simulate(arguments: &[&str], scenario: &str) -> Ran {
    partition_lab(&[&["simulate"], arguments, &["-"]].concat(), scenario.as_bytes())
}

#[test]
fn a_simulated_history_can_be_checked_and_another_seed_is_another_run() {
    let history = simulate(&["--to", "history"], EXAMPLE);
    assert_eq!(history.code, Some(0), "{}", history.said);
    let judged = check(&[], &history.printed);
    assert_eq!((judged.code, judged.printed.as_str()), (Some(0), "-: linearizable\n"), "{}", judged.said);
    let jepsen = simulate(&["--to", "jepsen"], EXAMPLE);
    assert!(jepsen.printed.contains(":read\tnil"), "{}{}", jepsen.printed, jepsen.said);
    assert_eq!(check(&["--format", "jepsen"], &jepsen.printed).printed, "-: linearizable\n");
    assert_ne!(simulate(&["--to", "history", "--seed", "1"], EXAMPLE).printed, history.printed);
}

#[test]
fn statistics_are_printed_for_people_and_for_programs() {
    let stats = simulate(&[], EXAMPLE);
    assert!(stats.printed.contains("✓ linearizable"), "{}", stats.printed);
    let json: Value = serde_json::from_str(&simulate(&["--to", "json"], EXAMPLE).printed).unwrap();
    let lines = json["verdicts"].as_array().unwrap();
    let verdict = |about: &str| lines.iter().find(|line| line["about"] == about).unwrap()["verdict"].clone();
    assert_eq!((verdict("linearizable"), verdict("convergent")), ("holds".into(), "holds".into()));
    let sent = json["messages"]["sent"].as_u64().unwrap();
    assert!(json["messages"]["delivered"].as_u64().unwrap() < sent, "some are lost");
}

#[test]
fn a_scenario_with_an_unknown_field_or_a_node_that_does_not_exist_is_refused_with_its_line() {
    for (scenario, place) in [
        (EXAMPLE.replace("\"tail\"", "\"tial\""), "-:33:8: Unknown field `tial`, expected one of"),
        (
            EXAMPLE.replace("\"crash\": \"C\"", "\"crash\": \"K\""),
            "-:30:5: There is no node K: the scenario has 3 nodes",
        ),
        (EXAMPLE[..400].to_owned(), "-:"),
        (String::new(), "-:1:1: The file is empty: is it the right one?"),
    ] {
        let ran = simulate(&[], &scenario);
        assert_eq!(ran.code, Some(2));
        assert!(ran.said.starts_with(place) && ran.said.matches('\n').count() == 1, "{}", ran.said);
        assert!(ran.printed.is_empty());
    }
}

#[test]
fn an_exploration_prints_counts_and_a_shortest_counter_example_and_exits_with_the_verdict() {
    let one = partition_lab(&["explore", "single-copy", "--servers", "1"], b"");
    assert!(one.code == Some(0) && one.printed.contains(" 93 unique"), "{}", one.printed);
    let two = partition_lab(&["explore", "single-copy"], b"");
    assert_eq!(two.code, Some(1));
    assert!(two.printed.contains("not linearizable: a counter-example of 4 steps"), "{}", two.printed);
    let stopped = partition_lab(&["explore", "abd", "--servers", "3", "--max-states", "1000"], b"");
    assert!(stopped.code == Some(3) && stopped.printed.contains("unknown: stopped"), "{}", stopped.printed);
    for unclear in [vec!["explore", "siblings"], vec!["explore", "counter", "--consistency", "read-your-writes"]] {
        let ran = partition_lab(&unclear, b"");
        assert!(ran.code == Some(3) && ran.printed.contains("cannot be judged"), "{}", ran.printed);
    }
    let many = partition_lab(&["explore", "two-phase-commit", "--servers", "17"], b"");
    assert!(many.code == Some(2) && many.said.contains("1 to 16 resource managers"), "{}", many.said);
    let wrong = partition_lab(&["explore", "abd", "--clients", "7"], b"");
    assert_eq!((wrong.code, wrong.printed.as_str()), (Some(2), ""));
    assert!(wrong.said.contains("1 to 6 clients, not 7"), "{}", wrong.said);
}

/// A CP system, with that answer.
fn cp_drawing(answer: &str) -> String {
    format!(
        "graph TD\nsubgraph CP\nC[Client] -->|1. Write| A[Leader]\nA -.->|2. Copy| B[Follower]\nA -->|3. {answer}| C\nend\n"
    )
}

#[test]
fn a_drawing_that_is_what_happens_and_one_that_is_not_get_their_stories_and_exit_codes() {
    let ran = partition_lab(&["run", "-"], cp_drawing("Write Error").as_bytes());
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.printed.contains("What you drew is what happens. The run kept consistency and gave up availability."));
    let ran = partition_lab(&["run", "-"], cp_drawing("200 OK").as_bytes());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.printed.contains("! At step 3 the picture says that Leader answers “200 OK”. It has reached 1 of 2 nodes")
    );
    let file = TempFile::new("drawing.mmd", &cp_drawing("Write Error"));
    let ran = partition_lab(&["run", "--to", "sequence", file.name()], b"");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.printed.starts_with("sequenceDiagram\n    actor C1 as Client\n    participant NA as Leader\n"));
}

#[test]
fn what_cannot_be_run_is_said_and_is_neither_true_nor_false() {
    let half = format!("{}subgraph AP\nend\n", cp_drawing("Write Error"));
    let ran = partition_lab(&["run", "-"], half.as_bytes());
    assert_eq!((ran.code, ran.said.lines().count()), (Some(1), 1), "{ran:?}");
    assert!(ran.said.contains("AP is empty."));
    for (arguments, input, words) in [
        (["run", "-"], "graph TD\n", "Nothing is drawn yet."),
        (["run", "-"], "graph TD\nC[Client] -->|1. W| A[Node A]\n", "one node"),
        (["run", "no-such-thing"], "", "There is no scenario and no file `no-such-thing`."),
    ] {
        let ran = partition_lab(&arguments, input.as_bytes());
        assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.said.contains(words), "{ran:?}");
    }
}
