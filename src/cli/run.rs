//! `partition-lab run`: runs a built-in scenario and prints its trace, its history, or the diagram of what happened.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::check::log::json_lines;
use crate::check::{History, Log};
use crate::course::scenarios::plays;
use crate::course::{draw, play};
use crate::diagram::mermaid;
use crate::sim::{Run, Scenario, Trace};

/// What to print of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// Every event, as JSON lines.
    Trace,
    /// What the clients saw, as JSON lines that `partition-lab check` reads.
    History,
    /// The run drawn as Mermaid, as the module writes it.
    Module,
    /// The run drawn as Mermaid that every version from 8 to 12 draws.
    Portable,
}

/// Run a built-in scenario.
#[derive(Args)]
#[command(after_help = scenario_list())]
pub struct Arguments {
    /// The scenario's name.
    scenario: String,
    /// What to print.
    #[arg(long, value_enum, default_value_t = View::Trace)]
    to: View,
    /// The seed of the simulation's dice. The built-in scenarios draw none, so that each has one course.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

fn scenario_list() -> String {
    let lines: Vec<String> = plays().iter().map(|play| format!("  {:<18}{}", play.name, play.about)).collect();
    format!("Scenarios:\n{}", lines.join("\n"))
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Some(play) = play(&arguments.scenario) else {
        super::say(&format!("There is no scenario `{}`. {}", arguments.scenario, scenario_list()));
        return ExitCode::from(2);
    };
    let mut runs = Vec::new();
    for scenario in play.scenarios {
        match (Run { scenario: scenario.clone(), seed: arguments.seed, acts: Vec::new() }).replay() {
            Ok(trace) => runs.push((scenario, trace)),
            Err(error) => {
                super::say(&format!("The scenario `{}` cannot be run: {error}.", scenario.name));
                return ExitCode::from(2);
            }
        }
    }
    match super::print(&view(&runs, arguments.to)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            super::say(&format!("The run could not be printed: {error}."));
            ExitCode::from(2)
        }
    }
}

fn view(runs: &[(Scenario, Trace)], to: View) -> String {
    let drawn = || draw(&runs.iter().map(|(scenario, trace)| (scenario, trace)).collect::<Vec<_>>());
    match to {
        View::Trace => runs.iter().map(|(_, trace)| trace.to_json_lines()).collect(),
        View::History => {
            let history = |(scenario, trace): &(Scenario, Trace)| History::of(scenario.initial, &trace.events);
            runs.iter().map(|run| json_lines::write(&Log::of(&history(run)))).collect()
        }
        View::Module => mermaid::print_module(&drawn()),
        View::Portable => mermaid::print_portable(&drawn()),
    }
}
