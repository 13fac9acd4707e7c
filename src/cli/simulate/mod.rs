//! `partition-lab simulate FILE`: runs a scenario from a file.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{print, say};
use crate::check::log::{Form, decode, json_lines};
use crate::check::{Budget, Listener, Log, Summary};
use crate::sim::protocol::Any;
use crate::sim::{Run, Scenario, file};

mod report;

/// What to print of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// Every event, as JSON lines.
    Trace,
    /// What the clients saw, as JSON lines that `partition-lab check` reads.
    History,
    /// The same as a Jepsen log, in which a register starts at nil instead of at a value that nobody writes.
    Jepsen,
    /// What became of messages and requests, latencies, and every verdict.
    Stats,
    /// The same as JSON.
    Json,
}

const AFTER_HELP: &str = "\
A scenario is JSON: nodes and how they behave, clients and what they ask, links and what disturbs them, and a script.
docs/scenarios.md explains it; `partition-lab simulate --schema` prints its JSON schema, and tests/golden/scenarios has
one for each protocol. The same file and seed give the same run on every machine.

Exit code: 0 if it ran, 2 if the file or the command line is wrong. A verdict does not change it.";

/// Arguments of `partition-lab simulate`.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The scenario, or a run (a scenario with its seed and what was done by hand); `-` reads standard input.
    #[arg(value_name = "FILE", required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// The seed of the simulation's dice [default: 0, or that of the run].
    #[arg(long)]
    seed: Option<u64>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = View::Stats)]
    to: View,
    /// Print the JSON schema of a scenario and do nothing else.
    #[arg(long)]
    schema: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let text = if arguments.schema { schema() } else { simulate(arguments) };
    match text.and_then(|text| print(&text).map_err(|error| format!("The result could not be printed: {error}."))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say(&sentence);
            ExitCode::from(2)
        }
    }
}

fn schema() -> Result<String, String> {
    let schema = schemars::schema_for!(Scenario);
    serde_json::to_string_pretty(&schema).map(|text| text + "\n").map_err(|error| format!("No schema: {error}."))
}

fn simulate(arguments: &Arguments) -> Result<String, String> {
    let path = arguments.file.clone().unwrap_or_default();
    let name = path.display();
    let bytes = read(&path).map_err(|error| {
        format!("{name} could not be read: {error}. Give the path of a scenario, or - for standard input.")
    })?;
    let text = decode(&bytes).map_err(|bad| format!("{name}:{}:{}: {}", bad.line, bad.column, bad.message))?;
    let mut run = file::read(text).map_err(|problem| format!("{name}:{problem}"))?;
    run.seed = arguments.seed.unwrap_or(run.seed);
    view(&run, arguments.to).map_err(|error| format!("{name}: {error}."))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    Ok(bytes)
}

fn view(run: &Run, to: View) -> Result<String, String> {
    let wrong = |error: crate::sim::fault::ScenarioError| error.to_string();
    match to {
        View::Trace => Ok(run.replay().map_err(wrong)?.to_json_lines()),
        View::History | View::Jepsen => {
            let mut listener = Listener::new(run.scenario.initial);
            run.tell::<Any>(&mut listener).map_err(wrong)?;
            let log = Log::of(listener.history());
            match to {
                View::Jepsen => Form::Jepsen.write(&log.from_nil().unwrap_or(log)).map_err(|error| error.to_string()),
                _ => Ok(json_lines::write(&log)),
            }
        }
        View::Stats | View::Json => {
            let mut summary = Summary::of(&run.scenario);
            run.tell::<Any>(&mut summary).map_err(wrong)?;
            let json = summary.json(Budget::default());
            Ok(if to == View::Json { format!("{json:#}\n") } else { report::report(run, &json) })
        }
    }
}
