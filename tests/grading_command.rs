//! `partition-lab grade`, the real program: what it prints, what it says, and how it exits.

#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const TEMPLATE: &str = "tests/golden/mermaid/module-7-template.mmd";
const PORTABLE: &str = "tests/golden/mermaid/module-7-template.portable.mmd";
const COMPLETE: &str = "tests/golden/answers/template-completed.mmd";

/// What a run of the program came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    printed: String,
    said: String,
}

/// Grades these files, with this on standard input.
fn grade_from(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_partition-lab"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("grade")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its standard input closes it; that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), printed: text(output.stdout), said: text(output.stderr) }
}

fn grade(arguments: &[&str]) -> Ran {
    grade_from(arguments, "")
}

/// A file for one test, gone when the test is over.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("grade-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
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

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A submission that claims to be perfect.
fn submission(answer: &str) -> Value {
    json!({
        "format": "partition-lab-submission", "version": 1, "made": "2026-11-23T18:00:00Z", "program": "0.1.0",
        "answer": answer, "goals": [{ "id": "cp-quorum", "met": true }], "points": 10, "of": 10,
    })
}

#[test]
fn the_template_lacks_exactly_the_two_labels_in_either_form() {
    for file in [TEMPLATE, PORTABLE] {
        let ran = grade(&[file]);
        assert_eq!((ran.code, ran.said.as_str()), (Some(1), ""), "{ran:?}");
        assert!(ran.printed.starts_with(&format!("{file}: 8 of 10 points, not passed\n")), "{}", ran.printed);
        let missing: Vec<&str> = ran.printed.lines().filter(|line| line.starts_with("  ✗")).collect();
        assert_eq!(missing.len(), 2, "{}", ran.printed);
        assert!(missing[0].contains("The error names the quorum loss") && missing[0].contains("“Return Write Error”"));
        assert!(missing[1].contains("The divergent state is labelled"));
        assert_eq!(ran.printed.lines().count(), 11);
    }
}

#[test]
fn the_reasons_stand_in_one_column() {
    let ran = grade(&[TEMPLATE]);
    let place = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
    let lines: Vec<&str> = ran.printed.lines().collect();
    assert_eq!(place(lines[1], "Client asks"), place(lines[4], "Node A's answer"));
    assert_eq!(place(lines[1], "Client asks"), place(lines[10], "In both"));
}

#[test]
fn a_complete_answer_passes_and_the_worst_file_decides_the_exit_code() {
    assert_eq!(grade(&[COMPLETE]).code, Some(0));
    assert_eq!(grade(&[COMPLETE, TEMPLATE, COMPLETE]).code, Some(1));
    let ran = grade(&[TEMPLATE, "no/such.mmd", COMPLETE]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.starts_with("no/such.mmd could not be read: ") && ran.said.lines().count() == 1, "{ran:?}");
    assert!(ran.printed.contains("8 of 10 points") && ran.printed.contains("10 of 10 points, passed"), "{ran:?}");
}

#[test]
fn standard_input_and_markdown_are_graded_too() {
    assert_eq!(grade_from(&["-"], &text(COMPLETE)).code, Some(0));
    let markdown = format!("# My answer\n\nHere it is:\n\n```mermaid\n{}\n```\n\nThat is all.\n", text(COMPLETE));
    let ran = grade_from(&["-"], &markdown);
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""), "{ran:?}");
    let broken = markdown.replace("subgraph AP_System", "A -> B\nsubgraph AP_System");
    let ran = grade_from(&["-"], &broken);
    let line = broken.lines().position(|line| line == "A -> B").unwrap() + 1;
    assert!(ran.said.starts_with(&format!("-:{line}:")), "{line}: {ran:?}");
}

#[test]
fn a_submission_is_graded_again_and_what_it_claims_is_not_believed() {
    let claims = TempFile::new("claims.json", submission(&text(TEMPLATE)).to_string());
    let ran = grade(&[claims.name()]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let first = ran.printed.lines().next().unwrap();
    assert!(first.ends_with("8 of 10 points, not passed (the submission says 10 of 10)"), "{first}");
    let honest = TempFile::new("honest.json", submission(&text(COMPLETE)).to_string());
    let ran = grade(&[honest.name()]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.printed.lines().next().unwrap().ends_with("10 of 10 points, passed"), "{ran:?}");
}

#[test]
fn what_is_no_flowchart_or_a_broken_submission_is_said_with_its_place() {
    let newer = submission("graph TD\n").to_string().replace("\"version\":1", "\"version\":9");
    let cut = submission("graph TD\n").to_string();
    for (name, content, place, words) in [
        ("essay.txt", "A CP system refuses.\n", ":1:", "A flowchart begins with “graph TD”"),
        ("sequence.mmd", "sequenceDiagram\nA->>B: write\n", ":1:1: ", "another kind of Mermaid diagram"),
        ("empty.mmd", " \n", ":1:1: ", "nothing here to grade"),
        ("cut.json", &cut[..cut.len() / 2], ":1:", "ends too early"),
        ("other.json", "{\n \"format\": 7\n}", ":2:", "expected a string"),
        ("foreign.json", &cut.replace("-submission", "-shopping"), ":1:1: ", "This is no submission"),
        ("newer.json", &newer, ":1:1: ", "get a newer one"),
        ("no-answer.json", &submission("Sorry, no time.").to_string(), ": in its answer, line 1:", "begins with"),
    ] {
        let file = TempFile::new(name, content);
        let ran = grade(&[file.name(), COMPLETE]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        let begins = format!("{}{place}", file.name());
        assert!(ran.said.starts_with(&begins) && ran.said.contains(words), "{begins}\n{}", ran.said);
        assert!(ran.printed.starts_with(COMPLETE), "{name}: only the other file is graded: {}", ran.printed);
    }
    let latin = TempFile::new("latin.mmd", b"graph TD\nA[caf\xe9]\n");
    assert!(grade(&[latin.name()]).said.contains(":2:6: This is not UTF-8 text"));
}

#[test]
fn a_drawing_with_a_line_that_cannot_be_read_is_graded_but_not_passed_over() {
    let ran = grade_from(&["-"], &(text(COMPLETE) + "A -> B\n"));
    assert_eq!(ran.code, Some(2));
    assert!(ran.printed.starts_with("-: 10 of 10 points, passed, as far as it could be read"), "{ran:?}");
    assert!(ran.said.starts_with("-:18:"), "{ran:?}");
}

#[test]
fn a_folder_is_told_what_to_do() {
    let ran = grade(&["tests/golden/answers"]);
    assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""));
    assert!(ran.said.contains("is a folder") && ran.said.contains("tests/golden/answers/*"), "{ran:?}");
}

#[test]
fn json_is_one_array_with_an_object_for_each_file() {
    let ran = grade(&["--json", TEMPLATE, "no/such.mmd", COMPLETE]);
    assert_eq!(ran.code, Some(2));
    let grades: Value = serde_json::from_str(&ran.printed).unwrap_or_else(|error| panic!("{error}: {}", ran.printed));
    let grades = grades.as_array().unwrap();
    let verdicts: Vec<&str> = grades.iter().map(|grade| grade["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["failed", "unreadable", "passed"]);
    assert_eq!((&grades[0]["points"], &grades[0]["of"], &grades[0]["pass"]), (&json!(8), &json!(10), &json!(10)));
    let goals = grades[0]["goals"].as_array().unwrap();
    let missing: Vec<&str> =
        goals.iter().filter(|goal| goal["met"] == false).map(|goal| goal["id"].as_str().unwrap()).collect();
    assert_eq!(missing, ["cp-quorum", "ap-divergent"]);
    let shown = json!([{ "from": "NodeA_CP", "to": "Client1", "text": "3. Return Write Error" }]);
    assert_eq!(goals[3]["parts"], shown);
    assert_eq!(grades[1]["problems"].as_array().unwrap().len(), 1);
    assert_eq!(grade(&["--json", COMPLETE]).printed.lines().count(), 3);
}

#[test]
fn another_rubric_can_be_given_and_a_wrong_one_is_said_with_its_place() {
    let rubric = text("src/course/rubric.json");
    let eight = TempFile::new("eight.json", rubric.replacen("\"version\": 1,", "\"version\": 1, \"pass\": 8,", 1));
    assert_eq!(grade(&["--rubric", eight.name(), TEMPLATE]).code, Some(0));
    for (from, to, words) in [
        ("\"says\": [\"divergent\"]", "\"says\": [\"split\"]", "Goal `ap-divergent`: there is no concept `split`"),
        ("\"goals\": [", "\"goals\": [,", "Expected value"),
    ] {
        let wrong = TempFile::new("wrong.json", rubric.replacen(from, to, 1));
        let ran = grade(&["--rubric", wrong.name(), TEMPLATE]);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.said.starts_with(&format!("{}:", wrong.name())) && ran.said.contains(words), "{ran:?}");
    }
    let absent = grade(&["--rubric", "no/such.json", TEMPLATE]);
    assert!(absent.code == Some(2) && absent.said.contains("The rubric no/such.json could not be read"), "{absent:?}");
}
