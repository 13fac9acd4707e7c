//! `partition-lab check FILES…`: judges histories from outside.
//!
//! Each file that can be read gets a line of its own on standard output, whatever became of the others; what is wrong
//! with a file is said on standard error, in sentences that begin with the place, as compilers write it.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum, builder::TypedValueParser};
use serde_json::json;

use super::{print, say};
use crate::check::log::{Form, Problem, decode};
use crate::check::{Budget, Consistency, Log, ModelName, Verdict, judge};

/// How many problems of one file are told.
const TOLD: usize = 5;

const AFTER_HELP: &str = "\
Each file gets one line: `FILE: linearizable`, `FILE: not linearizable: REASON` or `FILE: unknown: REASON`; for another
consistency, its own words. What is wrong with a file is said on standard error as `FILE:LINE:COLUMN: sentence`.

Exit code:
  0  all hold
  1  at least one is violated
  2  at least one could not be read, or the command line is wrong
  3  at least one is unknown: the budget ran out, or the history does not say enough
If several apply: 2 before 1 before 3.

docs/histories.md describes both formats.";

/// The formats of the command line.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// As Jepsen prints it: `INFO  jepsen.util - PROCESS :TYPE :FUNCTION VALUE`.
    Jepsen,
    /// JSON lines, one event a line.
    Jsonl,
}

/// Arguments of `partition-lab check`.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The format of the files [default: what begins with a brace is JSON lines].
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// What the operations are about [default: for each file, the plainest model that knows all of its operations].
    #[arg(long, value_parser = models())]
    model: Option<ModelName>,
    /// What is asked of the files.
    #[arg(long, value_parser = consistencies(), default_value = "linearizable")]
    consistency: Consistency,
    /// How many states the search may visit for each file before the verdict is `unknown`.
    #[arg(long, value_name = "N", default_value_t = Budget::default().0)]
    budget: usize,
    /// Print one JSON object for each file, also for those that cannot be read.
    #[arg(long)]
    json: bool,
    /// The files to judge; `-` reads standard input.
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
}

fn models() -> impl TypedValueParser<Value = ModelName> {
    PossibleValuesParser::new(ModelName::ALL.map(ModelName::name)).try_map(|name| name.parse::<ModelName>())
}

pub(super) fn consistencies() -> impl TypedValueParser<Value = Consistency> {
    PossibleValuesParser::new(Consistency::ALL.map(Consistency::name)).try_map(|name| name.parse::<Consistency>())
}

/// What became of a file, from the best to what the exit code tells first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Holds,
    Unknown,
    Violated,
    Unreadable,
}

/// Judges each file, prints its line, and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut worst = Outcome::Holds;
    for file in &arguments.files {
        let (outcome, line) = match log_of(file, arguments) {
            Ok((log, model)) => judged(file, &log, model, arguments),
            Err(problems) => unreadable(file, &problems, arguments),
        };
        worst = worst.max(outcome);
        if let Err(error) = print(&line) {
            say(&format!("The verdicts could not be printed: {error}."));
            return ExitCode::from(2);
        }
    }
    ExitCode::from(match worst {
        Outcome::Holds => 0,
        Outcome::Violated => 1,
        Outcome::Unreadable => 2,
        Outcome::Unknown => 3,
    })
}

/// Why a file cannot be judged.
enum Trouble {
    /// It could not be opened or read.
    File(String),
    /// It is no log.
    Text(Vec<Problem>),
}

fn log_of(file: &Path, arguments: &Arguments) -> Result<(Log, ModelName), Trouble> {
    let bytes = bytes(file).map_err(|error| Trouble::File(format!("could not be read: {error}.")))?;
    let text = decode(&bytes).map_err(|problem| Trouble::Text(vec![problem]))?;
    let form = match arguments.format {
        Some(Format::Jepsen) => Form::Jepsen,
        Some(Format::Jsonl) => Form::JsonLines,
        None => Form::guess(text),
    };
    let log = form.read(text).map_err(Trouble::Text)?;
    let model = match arguments.model {
        Some(model) => model.knows(&log).map(|()| model),
        None => ModelName::of(&log),
    };
    let model = model.map_err(|misfit| {
        let line = misfit.at.line as usize;
        Trouble::Text(vec![Problem { line, column: 1, length: 0, message: misfit.message }])
    })?;
    Ok((log, model))
}

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn judged(file: &Path, log: &Log, model: ModelName, arguments: &Arguments) -> (Outcome, String) {
    let (name, consistency) = (file.display(), arguments.consistency);
    let (outcome, word, reason) = match judge(log, model, consistency, Budget(arguments.budget)) {
        Verdict::Holds(evidence) => (Outcome::Holds, "holds", evidence),
        Verdict::Violated(reason) => (Outcome::Violated, "violated", reason),
        Verdict::Unknown(reason) => (Outcome::Unknown, "unknown", reason),
    };
    let line = if arguments.json {
        let (model, consistency) = (model.name(), consistency.name());
        let object = json!({
            "file": name.to_string(), "model": model, "consistency": consistency, "verdict": word, "reason": reason,
        });
        format!("{object}\n")
    } else {
        match outcome {
            Outcome::Holds => format!("{name}: {}\n", words(consistency).0),
            Outcome::Violated => format!("{name}: {}: {reason}\n", words(consistency).1),
            Outcome::Unknown | Outcome::Unreadable => format!("{name}: unknown: {reason}\n"),
        }
    };
    (outcome, line)
}

/// How it is said that a consistency holds, and that it does not.
pub(super) const fn words(consistency: Consistency) -> (&'static str, &'static str) {
    match consistency {
        Consistency::Linearizable => ("linearizable", "not linearizable"),
        Consistency::Sequential => ("sequentially consistent", "not sequentially consistent"),
        Consistency::ReadYourWrites => ("read your writes holds", "read your writes violated"),
        Consistency::MonotonicReads => ("monotonic reads holds", "monotonic reads violated"),
        Consistency::MonotonicWrites => ("monotonic writes holds", "monotonic writes violated"),
        Consistency::WritesFollowReads => ("writes follow reads holds", "writes follow reads violated"),
    }
}

/// Says what is wrong with a file. Only `--json` also has a line for it.
fn unreadable(file: &Path, trouble: &Trouble, arguments: &Arguments) -> (Outcome, String) {
    let name = file.display();
    let sentences: Vec<String> = match trouble {
        Trouble::File(sentence) => vec![format!("{name} {sentence}")],
        Trouble::Text(problems) => problems.iter().map(|problem| format!("{name}:{problem}")).collect(),
    };
    for sentence in sentences.iter().take(TOLD) {
        say(sentence);
    }
    if sentences.len() > TOLD {
        say(&format!("{name}: and {} more", sentences.len() - TOLD));
    }
    let line = if arguments.json {
        let told: Vec<&String> = sentences.iter().take(TOLD).collect();
        let object = json!({ "file": name.to_string(), "verdict": "unreadable", "problems": told });
        format!("{object}\n")
    } else {
        String::new()
    };
    (Outcome::Unreadable, line)
}
