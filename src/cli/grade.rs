//! `partition-lab grade FILES…`: grades answers to the practice challenge.
//!
//! A file is a Mermaid flowchart, alone or as the first fenced block of a Markdown document, or a submission that the
//! page saved. What a submission claims is never believed: its answer is graded again. What is wrong with a file is said
//! on standard error with its place; the other files are graded all the same.

use std::fmt::Write;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::{print, say};
use crate::check::log::decode;
use crate::course::challenge;
use crate::diagram::edit::Part;
use crate::diagram::grade::{About, Grade, Rubric, Submission, grade, read};
use crate::diagram::mermaid::{Diagnostic, parse};
use crate::diagram::{Diagram, Label};

/// How many problems of one file are told.
const TOLD: usize = 5;

const AFTER_HELP: &str = "\
Each file gets its points, and a line for each goal: whether it is met, and why. What is wrong with a file is said on
standard error as `FILE:LINE:COLUMN: sentence`; what could be read of it is graded.

Exit code:
  0  all pass
  1  at least one does not
  2  at least one could not be read whole, or the command line or the rubric is wrong
If several apply: 2 before 1.

docs/rubric.md explains the rubric, the submission files and the shape of --json.";

/// Arguments of `partition-lab grade`.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Print one JSON array with an object for each file, also for those that cannot be read.
    #[arg(long)]
    json: bool,
    /// Grade by this rubric instead of the challenge's own.
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
    /// The answers: Mermaid files or submissions; `-` reads standard input.
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
}

/// What became of a file, from the best to what the exit code tells first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Passed,
    Failed,
    Unreadable,
}

/// An answer as it was read.
#[derive(Default)]
struct Answer {
    /// The drawing, if there is anything in it to grade.
    diagram: Option<Diagram>,
    /// What is wrong with the file, each with its place.
    problems: Vec<String>,
    /// The points that a submission claims, and of how many.
    claimed: Option<(u32, u32)>,
}

/// Grades each file, prints what it is worth, and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let rubric = match rubric(arguments.rubric.as_deref()) {
        Ok(rubric) => rubric,
        Err(sentence) => {
            say(&sentence);
            return ExitCode::from(2);
        }
    };
    let mut worst = Outcome::Passed;
    let mut between = if arguments.json { "[\n" } else { "" };
    for file in &arguments.files {
        let answer = answer(file);
        for sentence in answer.problems.iter().take(TOLD) {
            say(sentence);
        }
        if answer.problems.len() > TOLD {
            say(&format!("{}: and {} more", file.display(), answer.problems.len() - TOLD));
        }
        let grade = answer.diagram.as_ref().map(|diagram| grade(diagram, &rubric));
        worst = worst.max(match &grade {
            _ if !answer.problems.is_empty() => Outcome::Unreadable,
            Some(grade) if grade.passed => Outcome::Passed,
            Some(_) => Outcome::Failed,
            None => Outcome::Unreadable,
        });
        let printed = if arguments.json {
            format!("{between}{}", object(file, &answer, grade.as_ref(), &rubric))
        } else {
            grade.map_or_else(String::new, |grade| format!("{between}{}", report(file, &answer, &grade, &rubric)))
        };
        if !printed.is_empty() {
            between = if arguments.json { ",\n" } else { "\n" };
        }
        if let Err(error) = print(&printed) {
            say(&format!("The grades could not be printed: {error}."));
            return ExitCode::from(2);
        }
    }
    if arguments.json
        && let Err(error) = print("\n]\n")
    {
        say(&format!("The grades could not be printed: {error}."));
        return ExitCode::from(2);
    }
    ExitCode::from(match worst {
        Outcome::Passed => 0,
        Outcome::Failed => 1,
        Outcome::Unreadable => 2,
    })
}

fn rubric(file: Option<&Path>) -> Result<Rubric, String> {
    let Some(file) = file else {
        return read(challenge::RUBRIC).map_err(|problem| format!("rubric.json:{problem}"));
    };
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| format!("The rubric {name} could not be read: {error}."))?;
    let text = decode(&bytes).map_err(|problem| format!("{name}:{problem}"))?;
    read(text).map_err(|problem| format!("{name}:{problem}"))
}

fn answer(file: &Path) -> Answer {
    let name = file.display().to_string();
    let refused = |problem: String| Answer { problems: vec![problem], ..Answer::default() };
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(_) if file.is_dir() => {
            return refused(format!(
                "{name} is a folder: name the files in it, as in `partition-lab grade {}/*`.",
                name.trim_end_matches('/')
            ));
        }
        Err(error) => {
            return refused(format!(
                "{name} could not be read: {error}. Give the path of a Mermaid file or a submission, or - for standard input."
            ));
        }
    };
    let text = match decode(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(problem) => {
            let (line, column) = (problem.line, problem.column);
            return refused(format!("{name}:{line}:{column}: This is not UTF-8 text: save the file as UTF-8."));
        }
    };
    if !text.trim_start().starts_with('{') {
        return drawn(&name, &fenced(text));
    }
    match Submission::read(text) {
        Ok(submission) => {
            let answer = drawn(&format!("{name}: in its answer, line"), &submission.answer);
            Answer { claimed: Some((submission.points, submission.of)), ..answer }
        }
        Err(problem) => refused(format!("{name}:{problem}")),
    }
}

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The first Mermaid block of a Markdown document, on the lines where it stands; any other text as it is.
fn fenced(text: &str) -> String {
    let is_fence = |line: &str| line.trim().trim_start_matches(['`', '~']).eq_ignore_ascii_case("mermaid");
    let Some(fence) = text.lines().position(|line| line.trim().starts_with(['`', '~']) && is_fence(line)) else {
        return text.to_owned();
    };
    let block = text.lines().skip(fence + 1).take_while(|line| !line.trim().starts_with(['`', '~']) || is_fence(line));
    "\n".repeat(fence + 1) + &block.collect::<Vec<_>>().join("\n")
}

/// Reads a flowchart. One with errors is graded as far as it could be read, if there is anything in it at all.
fn drawn(name: &str, text: &str) -> Answer {
    let (diagram, diagnostics) = parse(text);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let mut problems: Vec<String> = errors.map(|error| told(name, error)).collect();
    if text.trim().is_empty() {
        problems = vec![format!("{name}:1:1: There is nothing here to grade: is it the right file?")];
    }
    let is_empty = diagram.edges.is_empty() && !problems.is_empty();
    Answer { diagram: (!is_empty).then_some(diagram), problems, claimed: None }
}

fn told(name: &str, error: &Diagnostic) -> String {
    format!("{name}:{}:{}: {}", error.line, error.column, error.message).replace("line:", "line ")
}

const fn side(about: About) -> &'static str {
    match about {
        About::Cp => "CP",
        About::Ap => "AP",
        About::Both => "",
    }
}

/// The report of a file, for people.
fn report(file: &Path, answer: &Answer, grade: &Grade, rubric: &Rubric) -> String {
    let verdict = if grade.passed { "passed" } else { "not passed" };
    let claimed = match answer.claimed {
        Some(claimed) if claimed != (grade.points, grade.of) => {
            format!(" (the submission says {} of {})", claimed.0, claimed.1)
        }
        _ => String::new(),
    };
    let unread = if answer.problems.is_empty() { "" } else { ", as far as it could be read" };
    let (points, of) = (grade.points, grade.of);
    let mut text = format!("{}: {points} of {of} points, {verdict}{unread}{claimed}\n", file.display());
    let width = rubric.goals.iter().map(|goal| goal.title.chars().count()).max().unwrap_or_default();
    for (goal, mark) in rubric.goals.iter().zip(&grade.marks) {
        let sign = if mark.met { '✓' } else { '✗' };
        let _ = writeln!(text, "  {sign} {:2}  {:width$}  {}", side(goal.about()), goal.title, mark.reason);
    }
    text
}

/// The same for programs.
fn object(file: &Path, answer: &Answer, grade: Option<&Grade>, rubric: &Rubric) -> Value {
    let name = file.display().to_string();
    let claimed = answer.claimed.map(|(points, of)| json!({ "points": points, "of": of }));
    let Some((grade, diagram)) = grade.zip(answer.diagram.as_ref()) else {
        return json!({ "file": name, "verdict": "unreadable", "problems": answer.problems, "claimed": claimed });
    };
    let goals: Vec<Value> = rubric
        .goals
        .iter()
        .zip(&grade.marks)
        .map(|(goal, mark)| {
            let parts: Vec<Value> = mark.parts.iter().map(|shown| part(diagram, shown)).collect();
            json!({
                "id": goal.id, "met": mark.met, "points": goal.points, "title": goal.title, "reason": mark.reason, "parts": parts,
            })
        })
        .collect();
    json!({
        "file": name,
        "verdict": if grade.passed { "passed" } else { "failed" },
        "points": grade.points,
        "of": grade.of,
        "pass": rubric.pass,
        "goals": goals,
        "problems": answer.problems,
        "claimed": claimed,
    })
}

/// A part by what a reader of the text can find: ids and ends, not places in a list.
fn part(diagram: &Diagram, part: &Part) -> Value {
    match part {
        Part::Node(id) => json!({ "node": id }),
        Part::Subgraph(id) => json!({ "subgraph": id }),
        Part::Edge(at) => diagram.edges.get(*at).map_or(
            Value::Null,
            |edge| json!({ "from": edge.from, "to": edge.to, "text": edge.label.as_ref().map(Label::visible) }),
        ),
    }
}
