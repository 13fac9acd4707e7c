//! The forms, and the texts of runs in them.

use super::Recording;
use crate::check::log::{jepsen, json_lines};
use crate::check::{History, Log};
use crate::course::drawing;
use crate::course::gauges;
use crate::course::sequence::sequence_of;
use crate::diagram::mermaid;
use crate::diagram::space_time::space_time;
use crate::diagram::space_time_colours::Palette;
use crate::diagram::space_time_svg::{self, Picture};
use crate::sim::Trace;

/// A text that a run can be taken away as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A Mermaid sequence diagram.
    Sequence,
    /// A Mermaid flowchart, as the module writes it.
    Module,
    /// The same flowchart, for every Mermaid from 8 to 12.
    Portable,
    /// What the clients saw, as JSON lines.
    Lines,
    /// The same as a Jepsen log.
    Jepsen,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Sequence, Self::Portable, Self::Module, Self::Lines, Self::Jepsen];

    /// What follows the stem in the name of a file.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Sequence => "-sequence.mmd",
            Self::Module => "-module.mmd",
            Self::Portable => "-portable.mmd",
            Self::Lines => ".jsonl",
            Self::Jepsen => ".log",
        }
    }

    /// Whether `partition-lab check` reads it.
    pub const fn is_a_history(self) -> bool {
        matches!(self, Self::Lines | Self::Jepsen)
    }
}

/// Runs in a form, one below the other where the form can have several.
///
/// # Errors
/// Why these runs cannot be had in this form, in a sentence.
pub fn write(runs: &[Recording], form: Form) -> Result<String, String> {
    match form {
        Form::Sequence => Ok(sequence_of(&runs.iter().map(Recording::tale).collect::<Vec<_>>())),
        Form::Module => Ok(mermaid::print_module(&flowchart(runs)?)),
        Form::Portable => Ok(mermaid::print_portable(&flowchart(runs)?)),
        Form::Lines => Ok(json_lines::write(&history(one(runs)?))),
        Form::Jepsen => {
            let log = history(one(runs)?);
            jepsen::write(&log.from_nil().unwrap_or(log)).map_err(|why| sentence(&why.to_string()))
        }
    }
}

/// What the clients of a run saw.
pub fn history(recording: &Recording) -> Log {
    Log::of(&History::of(recording.scenario().initial, &recording.trace.events))
}

/// The space-time diagram of a run, to its end, as an SVG file.
pub fn picture(recording: &Recording, palette: Palette) -> String {
    let Recording { run, trace, .. } = recording;
    let rows: Vec<usize> = (0..=trace.steps() as usize).collect();
    let wrong = gauges::wrong_answers(&run.scenario, trace, trace.steps());
    let diagram = space_time(&run.scenario, trace, &rows, trace.steps(), &wrong);
    let heads: Vec<(String, String)> = diagram.columns.iter().map(|&party| recording.head(party)).collect();
    let (lines, story) = (recording.verdicts(), recording.story());
    let title = &recording.title;
    let rows = rows.len();
    space_time_svg::picture(&Picture {
        diagram: &diagram,
        heads: &heads,
        rows,
        title,
        lines: &lines,
        story: &story,
        palette,
    })
}

/// The flowchart is a picture of two nodes and what passes between them and their clients.
fn flowchart(runs: &[Recording]) -> Result<crate::diagram::Diagram, String> {
    for Recording { run, trace, .. } in runs {
        let nodes = run.scenario.nodes.len();
        if nodes != 2 {
            let plural = if nodes == 1 { "" } else { "s" };
            return Err(format!(
                "The flowchart is the picture of two nodes, and this run has {nodes} node{plural}. Take the sequence \
                 diagram, which shows any number."
            ));
        }
        if is_silent(trace) {
            return Err(
                "Nothing was asked and nothing was sent in this run, so a flowchart of it would be empty.".to_owned()
            );
        }
    }
    let runs: Vec<_> = runs.iter().map(|recording| (recording.scenario(), &recording.trace)).collect();
    Ok(drawing::draw(&runs))
}

/// Whether nobody asks and no node sends anything.
fn is_silent(trace: &Trace) -> bool {
    use crate::sim::EventKind::{Invoked, Sent};
    !trace.events.iter().any(|event| matches!(event.kind, Invoked { .. } | Sent { .. }))
}

fn one(runs: &[Recording]) -> Result<&Recording, String> {
    match runs {
        [run] => Ok(run),
        _ => Err("A history is what the clients of one run saw. Choose one of the runs.".to_owned()),
    }
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).chain(['.']).collect()
}
