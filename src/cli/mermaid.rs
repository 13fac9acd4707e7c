//! `partition-lab mermaid [--to module|portable|json] [FILE|-]`: a flowchart in another form.

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{print, say};
use crate::diagram::mermaid::{Diagnostic, json, parse, print_module, print_portable};

/// The form to print.
#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// The module template's own writing.
    Module,
    /// The same graph for every Mermaid from 8 to 12.
    Portable,
    /// The graph in Mermaid's own terms, with the diagnostics.
    Json,
}

/// Arguments of `partition-lab mermaid`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The form to print.
    #[arg(long, value_enum, default_value = "module")]
    to: Form,
    /// The file to read; `-`, or nothing, reads standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
}

/// Prints the graph, and what is to be said of it on standard error.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let name = arguments.file.display();
    let text = match read(arguments) {
        Ok(text) => text,
        Err(error) => {
            say(&format!(
                "{name} could not be read: {error}. Give the path of a Mermaid file, or - for standard input."
            ));
            return ExitCode::from(2);
        }
    };
    let (diagram, diagnostics) = parse(&text);
    let printed = match arguments.to {
        Form::Module => print_module(&diagram),
        Form::Portable => print_portable(&diagram),
        Form::Json => format!("{:#}\n", json(&diagram, &diagnostics)),
    };
    for diagnostic in &diagnostics {
        say(&format!("{name}:{diagnostic}"));
    }
    if let Err(error) = print(&printed) {
        say(&format!("The graph could not be printed: {error}."));
        return ExitCode::from(2);
    }
    ExitCode::from(u8::from(diagnostics.iter().any(Diagnostic::is_error)))
}

fn read(arguments: &Arguments) -> io::Result<String> {
    let mut bytes = Vec::new();
    if arguments.file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(&arguments.file)?;
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}
