//! Forty answers to the practice challenge, each with the verdict of a careful teacher, and what must not change one.

#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

use partition_lab::course::challenge;
use partition_lab::diagram::grade::{Grade, Rubric, grade, read};
use partition_lab::diagram::{Diagram, Direction, Edge, Head, Label, Node, Part, Shape, Stroke, mermaid};
use proptest::prelude::*;
use serde_json::Value;

fn rubric() -> Rubric {
    read(challenge::RUBRIC).expect("the challenge's rubric is right")
}

/// An answer with the goals that a teacher finds missing.
struct Answer {
    name: String,
    diagram: Diagram,
    met: Vec<String>,
    missing: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/answers")
}

fn answers() -> Vec<Answer> {
    let files = std::fs::read_dir(folder()).expect("the answers are there").map(|entry| entry.unwrap().path());
    let mut drawings: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "mmd")).collect();
    drawings.sort();
    let answer = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("an answer is UTF-8 text");
        let verdict =
            std::fs::read_to_string(path.with_extension("json")).expect("an answer has its verdict beside it");
        let verdict: Value = serde_json::from_str(&verdict).expect("a verdict is JSON");
        let ids = |key: &str| -> Vec<String> {
            verdict[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        assert!(verdict["why"].as_str().is_some_and(|why| why.ends_with('.')), "{}", path.display());
        let (diagram, diagnostics) = mermaid::parse(&text);
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{}: {diagnostics:?}", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Answer { name, diagram, met: ids("met"), missing: ids("missing") }
    };
    drawings.into_iter().map(answer).collect()
}

fn ids(rubric: &Rubric, grade: &Grade, met: bool) -> Vec<String> {
    let pairs = rubric.goals.iter().zip(&grade.marks).filter(|(_, mark)| mark.met == met);
    pairs.map(|(goal, _)| goal.id.clone()).collect()
}

#[test]
fn every_answer_gets_the_verdict_of_a_careful_teacher() {
    let rubric = rubric();
    let answers = answers();
    let mut wrong = Vec::new();
    for Answer { name, diagram, met, missing } in &answers {
        let grade = grade(diagram, &rubric);
        let found = (ids(&rubric, &grade, true), ids(&rubric, &grade, false));
        if found != (met.clone(), missing.clone()) {
            let reasons: Vec<&str> = grade.marks.iter().map(|mark| mark.reason.as_str()).collect();
            wrong.push(format!(
                "{name}: missing {:?}, a teacher finds {missing:?}\n    {}",
                found.1,
                reasons.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(answers.len() >= 30, "{} answers", answers.len());
}
