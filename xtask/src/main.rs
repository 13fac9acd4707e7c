//! The commands of this repository, in Rust so that they need nothing but rustup: `cargo xtask serve`, `test`, `dist`,
//! `bench`.
//!
//! Every command first sets up what it needs (see [`setup`]) and says so before it does it; nothing ever asks a
//! question. What a command *is* can be read in its own file: [`serve`], [`dist`], [`stages`], [`bench`].

mod args;
mod bench;
mod browser;
mod count;
mod dist;
mod lock;
mod node;
mod program;
mod runs;
mod serve;
mod setup;
mod size;
mod stages;
mod tools;
mod workspace;

use std::process::ExitCode;

use args::Task;

fn main() -> ExitCode {
    let task = match args::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("{problem} `cargo xtask --help` lists what there is.");
            return ExitCode::from(2);
        }
    };
    let done = match task {
        Task::Help => {
            println!("{}", args::USAGE);
            Ok(())
        }
        Task::Serve(options) => serve::run(&options),
        Task::Dist => dist::run(),
        Task::Bench(options) => bench::run(&options),
        Task::ListStages => {
            stages::list();
            Ok(())
        }
        Task::Test { only } => return stages::run(&only),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem:#}");
            ExitCode::FAILURE
        }
    }
}
