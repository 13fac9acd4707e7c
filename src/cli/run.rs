//! `partition-lab run`: runs a built-in scenario or a drawing, and prints what happened: its trace, its history, a diagram
//! of it, or its story.

use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::check::log::json_lines;
use crate::check::{History, Log};
use crate::course::enact::{Enactment, Fate, System, Thing, enact};
use crate::course::scenarios::plays;
use crate::course::sequence::{Tale, sequence_of};
use crate::course::{Reading, draw, play, sequence};
use crate::diagram::mermaid;
use crate::diagram::mermaid::Diagnostic;
use crate::sim::{Run, Scenario, Trace};

/// What to print of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// A drawing scene by scene, where it stops being true, and what the run comes to.
    Story,
    /// Every event, as JSON lines.
    Trace,
    /// What the clients saw, as JSON lines that `partition-lab check` reads.
    History,
    /// The run drawn as Mermaid, as the module writes it.
    Module,
    /// The run drawn as Mermaid that every version from 8 to 12 draws.
    Portable,
    /// The run as a Mermaid sequence diagram.
    Sequence,
}

/// Run a built-in scenario, or a drawing.
#[derive(Args)]
#[command(after_help = scenario_list())]
pub struct Arguments {
    /// The scenario's name, or a file with a Mermaid flowchart; `-` reads one from standard input.
    #[arg(value_name = "SCENARIO|FILE")]
    scenario: String,
    /// What to print; if nothing is said, the trace of a scenario and the story of a drawing.
    #[arg(long, value_enum)]
    to: Option<View>,
    /// The seed of the simulation's dice. The built-in scenarios draw none, so that each has one course.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

fn scenario_list() -> String {
    let lines: Vec<String> = plays().iter().map(|play| format!("  {:<18}{}", play.name, play.about)).collect();
    format!(
        "Scenarios:\n{}\n\nA drawing: 0 if all that is drawn is what happens, 1 if it stops being true or a part cannot be \
         run, 2 if it cannot be read or nothing of it can be run.",
        lines.join("\n")
    )
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let name = arguments.scenario.as_str();
    let Some(play) = play(name) else {
        return if name == "-" || Path::new(name).is_file() {
            run_drawing(name, arguments.to.unwrap_or(View::Story))
        } else {
            super::say(&format!("There is no scenario and no file `{name}`. {}", scenario_list()));
            ExitCode::from(2)
        };
    };
    let to = arguments.to.unwrap_or(View::Trace);
    if to == View::Story {
        super::say("Only a drawing has a story. Of a scenario, print the trace, the history, or a diagram.");
        return ExitCode::from(2);
    }
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
    let runs: Vec<_> = runs.iter().map(|(scenario, trace)| (scenario, trace)).collect();
    printed(&if to == View::Sequence { sequence(&runs) } else { view(&runs, to) }, 0)
}

/// Runs a drawing: what cannot be read or run is said on standard error.
fn run_drawing(name: &str, to: View) -> ExitCode {
    let text = match read(name) {
        Ok(text) => text,
        Err(error) => {
            super::say(&format!("{name} could not be read: {error}."));
            return ExitCode::from(2);
        }
    };
    let (diagram, diagnostics) = mermaid::parse(&text);
    for diagnostic in &diagnostics {
        super::say(&format!("{name}:{diagnostic}"));
    }
    let enactment = enact(&diagram);
    for missing in &enactment.missing {
        super::say(missing);
    }
    let unread = diagnostics.iter().any(Diagnostic::is_error) || enactment.systems.is_empty();
    let code = if unread { 2 } else { u8::from(!enactment.holds()) };
    let runs: Vec<_> = enactment.systems.iter().map(|system| (system.told.scenario(), system.told.trace())).collect();
    let text = match to {
        _ if runs.is_empty() => String::new(),
        View::Story => story(&enactment),
        View::Sequence => sequence_of(&enactment.systems.iter().map(tale).collect::<Vec<_>>()),
        _ => view(&runs, to),
    };
    printed(&text, code)
}

fn tale(system: &System) -> Tale<'_> {
    Tale { title: &system.name, cast: &system.cast, scenario: system.told.scenario(), trace: system.told.trace() }
}

fn read(name: &str) -> io::Result<String> {
    let mut bytes = Vec::new();
    if name == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(name)?;
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}

fn printed(text: &str, code: u8) -> ExitCode {
    match super::print(text) {
        Ok(()) => ExitCode::from(code),
        Err(error) => {
            super::say(&format!("The run could not be printed: {error}."));
            ExitCode::from(2)
        }
    }
}

fn view(runs: &[(&Scenario, &Trace)], to: View) -> String {
    match to {
        View::Story | View::Trace => runs.iter().map(|(_, trace)| trace.to_json_lines()).collect(),
        View::History => {
            let history = |(scenario, trace): &(&Scenario, &Trace)| History::of(scenario.initial, &trace.events);
            runs.iter().map(|run| json_lines::write(&Log::of(&history(run)))).collect()
        }
        View::Module => mermaid::print_module(&draw(runs)),
        View::Portable => mermaid::print_portable(&draw(runs)),
        View::Sequence => sequence(runs),
    }
}

/// A drawing scene by scene, and what it comes to.
fn story(enactment: &Enactment) -> String {
    let mut lines = Vec::new();
    for (at, scene) in enactment.scenes.iter().enumerate() {
        lines.push(format!("Scene {at} of {}", enactment.end()));
        for (system, act) in enactment.systems.iter().zip(&scene.acts).filter(|(_, act)| !act.words.is_empty()) {
            lines.push(format!("  {}: {}", system.name, act.words));
            for flight in &act.flights {
                let (from, to) = (system.cast.name(flight.from), system.cast.name(flight.to));
                let arrow = match (flight.fate, flight.thing) {
                    (Fate::Lost, _) => "--x",
                    (_, Thing::Answer) => "==>",
                    (_, Thing::Request | Thing::Message) => "-->",
                };
                let edge = flight.edge.map_or_else(|| "not drawn".to_owned(), |edge| format!("arrow {}", edge + 1));
                lines.push(format!("    {from} {arrow} {to}: {} ({edge})", flight.words));
            }
            for claim in system.claims.iter().filter(|claim| claim.scene == at) {
                lines.push(format!("    ! {}", claim.sentence));
            }
        }
    }
    let last = enactment.scenes.last().into_iter().flat_map(|scene| &scene.acts);
    for (system, act) in enactment.systems.iter().zip(last) {
        lines.push(format!("\n{}. {}", system.name, system.rule));
        lines.extend(system.remarks.iter().map(|remark| format!("  {remark}")));
        lines.extend(system.claims.iter().map(|claim| format!("  ! {}", claim.sentence)));
        let gauges = &act.gauges;
        for (name, gauge) in [("Consistency", &gauges.consistency), ("Availability", &gauges.availability)] {
            let reading = match gauge.reading {
                Reading::NotDecided => "is not decided".to_owned(),
                Reading::HoldsSoFar | Reading::Holds => "holds".to_owned(),
                Reading::Violated(scene) => format!("is violated at scene {scene}"),
            };
            lines.push(format!("  {name} {reading}. {}", gauge.why));
        }
        lines.push(format!("  {}", system.conclusion));
    }
    lines.join("\n") + "\n"
}
