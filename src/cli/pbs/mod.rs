//! `partition-lab pbs`: how stale reads from partial quorums are, by many simulated writes and reads.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};

use super::{print, say};
use crate::check::pbs::{Job, MODELS, Model, Quorums};

mod report;

use report::Report;

/// The trials between two looks at the clock: a few milliseconds.
const SLICE: u32 = 10_000;

/// Simulate reads and writes of partial quorums.
#[derive(Args)]
#[command(
    after_help = "Each trial is one write to all N replicas and one read from all of them, which wait for W and for R \
    answers. Each message takes as long as the model draws for it, independently of the others; nothing fails, and nothing \
    but the write itself spreads the value. From Bailis et al., Probabilistically Bounded Staleness, VLDB 2012."
)]
pub(super) struct Arguments {
    /// How long messages take.
    #[arg(long, value_parser = model(), ignore_case = true, default_value = "LNKD-DISK")]
    model: Model,
    /// The replicas.
    #[arg(long, default_value_t = 3)]
    n: u8,
    /// The answers that a read waits for, 1 to N.
    #[arg(long, default_value_t = 1)]
    r: u8,
    /// The acknowledgements that a write waits for, 1 to N.
    #[arg(long, default_value_t = 1)]
    w: u8,
    /// How many writes and reads to simulate.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..))]
    trials: u32,
    /// The seed of the dice. The same seed gives the same report.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

fn model() -> ValueParser {
    let names = MODELS.map(|model| PossibleValue::new(model.name).help(model.about));
    let find = |name: String| Model::named(&name).ok_or("there is no model of that name");
    PossibleValuesParser::new(names).try_map(find).into()
}

/// Prints the report, and how far it is on standard error if it takes long.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Arguments { model, n, r, w, trials, seed, json } = *arguments;
    let job = Quorums::new(n, r, w).and_then(|quorums| Ok((quorums, Job::new(model, quorums, seed)?)));
    let (quorums, mut job) = match job {
        Ok(job) => job,
        Err(error) => {
            say(&format!("This cannot be simulated: {error}."));
            return ExitCode::from(2);
        }
    };
    run_in_slices(&mut job, trials);
    let Some(report) = Report::new(&model, quorums, seed, job.result()) else {
        say("Nothing was simulated: give --trials a number above 0.");
        return ExitCode::from(2);
    };
    let text = if json { report.json() } else { report.to_string() };
    if let Err(error) = print(&text) {
        say(&format!("The report could not be printed: {error}."));
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

#[expect(clippy::disallowed_methods, reason = "whoever waits at a terminal is shown how far it is, by the real clock")]
fn run_in_slices(job: &mut Job, trials: u32) {
    let mut shown = None;
    let mut next = Instant::now() + Duration::from_secs(1);
    let mut left = trials;
    while left > 0 {
        let slice = left.min(SLICE);
        job.run(slice);
        left -= slice;
        if Instant::now() >= next && io::stderr().is_terminal() {
            let percent = 100 * u64::from(trials - left) / u64::from(trials);
            shown = write!(io::stderr(), "\r{percent} % of {trials} trials").ok();
            next = Instant::now() + Duration::from_millis(200);
        }
    }
    if shown.is_some() {
        // Back to the start of the line, and clear it.
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}
