//! The terminal: the only place that knows files and exit codes.
//!
//! Each subcommand is a file of its own, or a folder: its arguments as a struct, and `run`, which returns the exit code. `0` is
//! well; `1` is that the answer is bad (a text with errors, a history that violates what is asked of it); `2` that there
//! is no answer, because the input could not be read or the command line is wrong; `3` that the verdict is unknown.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod check;
mod explore;
mod grade;
mod mermaid;
mod pbs;
mod run;
mod simulate;

/// Draw, run and check the CAP theorem.
#[derive(Parser)]
#[command(name = "partition-lab", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge histories: is each linearizable, sequentially consistent, …?
    Check(check::Arguments),
    /// Go through every run of a protocol, up to stated bounds.
    Explore(explore::Arguments),
    /// Grade answers to the practice challenge.
    Grade(grade::Arguments),
    /// Print a Mermaid flowchart in another form.
    Mermaid(mermaid::Arguments),
    /// Simulate how stale reads from partial quorums are.
    Pbs(pbs::Arguments),
    /// Run a built-in scenario and print what happened.
    Run(run::Arguments),
    /// Run a scenario from a file: what happened, what the clients saw, or what there is to say of it.
    Simulate(simulate::Arguments),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Explore(arguments) => explore::run(&arguments),
        Command::Grade(arguments) => grade::run(&arguments),
        Command::Mermaid(arguments) => mermaid::run(&arguments),
        Command::Pbs(arguments) => pbs::run(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
    }
}

/// Prints to standard output. A reader that has gone away, as `head` does, is no failure.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let outcome = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    outcome.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// Says a sentence on standard error, as far as anybody listens.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}
