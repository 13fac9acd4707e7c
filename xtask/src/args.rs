//! What a person may type after `cargo xtask`. Reading it is a pure function: words in, a [`Task`] or one sentence out.

use crate::stages;

/// Printed by `cargo xtask` alone and by `--help`.
pub const USAGE: &str = "\
cargo xtask serve [--open] [--port N]   build the sandbox and serve it on this machine (needs only rustup)
cargo xtask test [--only A,B] [--list]  every check and test; --only runs the named stages, --list names them
cargo xtask dist                        build dist/, a folder for any static host, and weigh it (needs Node.js)
cargo xtask bench [--web] [--quick]     measure how fast it is; --web in headless Chromium too (needs Node.js)";

/// The port `serve` tries first.
pub const DEFAULT_PORT: u16 = 8080;

/// One command, with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Print [`USAGE`].
    Help,
    /// Build and serve.
    Serve(Serve),
    /// Build `dist/` and weigh it.
    Dist,
    /// Run the stages named, or all of them if none is.
    Test {
        /// Names of stages, in the order typed.
        only: Vec<String>,
    },
    /// Print the names of the stages.
    ListStages,
    /// Measure how fast it is.
    Bench(Bench),
}

/// Options of `bench`.
#[derive(Debug, PartialEq, Eq)]
pub struct Bench {
    /// Where it is measured.
    pub place: Where,
    /// How thoroughly.
    pub pace: Pace,
}

/// Where something is measured.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Where {
    /// On this machine.
    Host,
    /// There, and in headless Chromium.
    HostAndBrowser,
}

/// How thoroughly something is measured.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Pace {
    /// So that numbers can be compared.
    Thorough,
    /// For a first look.
    Quick,
}

/// Options of `serve`.
#[derive(Debug, PartialEq, Eq)]
pub struct Serve {
    /// The port to try first.
    pub port: u16,
    /// What to do with a browser once the page can be reached.
    pub open: Open,
}

/// Whether `serve` opens the page.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Open {
    /// Open it in the default browser.
    InBrowser,
    /// Only print the address.
    Not,
}

/// Reads the words after `cargo xtask`; the error is a whole sentence.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Task, String> {
    let mut words = words.into_iter();
    let command = words.next();
    // `--port=80` is `--port 80`.
    let rest: Vec<String> = words
        .flat_map(|word| match word.split_once('=') {
            Some((option, value)) if option.starts_with("--") => vec![option.to_owned(), value.to_owned()],
            _ => vec![word],
        })
        .collect();
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Task::Help);
    }
    match command.as_deref() {
        None | Some("help" | "--help" | "-h") => Ok(Task::Help),
        Some("serve") => parse_serve(rest),
        Some("test") => parse_test(rest),
        Some("dist") => match rest.first() {
            None => Ok(Task::Dist),
            Some(word) => Err(format!("`dist` has no option `{word}`.")),
        },
        Some("bench") => parse_bench(&rest),
        Some(other) => Err(format!("There is no command `{other}`.")),
    }
}

fn parse_serve(words: Vec<String>) -> Result<Task, String> {
    let mut options = Serve { port: DEFAULT_PORT, open: Open::Not };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--open" => options.open = Open::InBrowser,
            "--port" => {
                let port = words.next().unwrap_or_default();
                options.port = match port.parse() {
                    Ok(port) if port > 0 => port,
                    _ => return Err(format!("`--port` takes a number from 1 to 65535, not `{port}`.")),
                };
            }
            _ => return Err(format!("`serve` has no option `{word}`.")),
        }
    }
    Ok(Task::Serve(options))
}

fn parse_test(words: Vec<String>) -> Result<Task, String> {
    let mut only = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => return Ok(Task::ListStages),
            "--only" => {
                let names = words.next().unwrap_or_default();
                only.extend(names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
                if only.is_empty() {
                    return Err(format!("`--only` takes stages separated by commas: {}.", stages::names().join(", ")));
                }
            }
            _ => return Err(format!("`test` has no option `{word}`.")),
        }
    }
    match only.iter().find(|name| !stages::names().contains(&name.as_str())) {
        Some(unknown) => Err(format!("There is no stage `{unknown}`; the stages are {}.", stages::names().join(", "))),
        None => Ok(Task::Test { only }),
    }
}

fn parse_bench(words: &[String]) -> Result<Task, String> {
    let mut options = Bench { place: Where::Host, pace: Pace::Thorough };
    for word in words {
        match word.as_str() {
            "--web" => options.place = Where::HostAndBrowser,
            "--quick" => options.pace = Pace::Quick,
            _ => return Err(format!("`bench` has no option `{word}`.")),
        }
    }
    Ok(Task::Bench(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn nothing_and_help_print_the_usage() {
        for line in ["", "help", "--help", "-h", "serve --help", "test -h"] {
            assert_eq!(read(line), Ok(Task::Help), "{line}");
        }
    }

    #[test]
    fn serve_starts_at_8080_and_opens_nothing_by_itself() {
        assert_eq!(read("serve"), Ok(Task::Serve(Serve { port: 8080, open: Open::Not })));
    }

    #[test]
    fn serve_takes_a_port_in_either_spelling() {
        let expected = Ok(Task::Serve(Serve { port: 9000, open: Open::InBrowser }));
        assert_eq!(read("serve --open --port 9000"), expected);
        assert_eq!(read("serve --port=9000 --open"), expected);
    }

    #[test]
    fn a_port_out_of_range_is_explained() {
        for line in ["serve --port", "serve --port 0", "serve --port 65536", "serve --port http"] {
            let problem = read(line).expect_err(line);
            assert!(problem.contains("from 1 to 65535"), "{problem}");
        }
    }

    #[test]
    fn stages_are_named_with_commas() {
        let only = vec!["native".to_owned(), "wasm".to_owned()];
        assert_eq!(read("test --only native,wasm"), Ok(Task::Test { only: only.clone() }));
        assert_eq!(read("test --only native --only=wasm"), Ok(Task::Test { only }));
    }

    #[test]
    fn bench_measures_thoroughly_and_on_the_host_unless_told_otherwise() {
        assert_eq!(read("bench"), Ok(Task::Bench(Bench { place: Where::Host, pace: Pace::Thorough })));
        let expected = Ok(Task::Bench(Bench { place: Where::HostAndBrowser, pace: Pace::Quick }));
        assert_eq!(read("bench --quick --web"), expected);
    }

    #[test]
    fn an_unknown_word_is_named_in_the_answer() {
        for (line, word) in [
            ("deploy", "`deploy`"),
            ("serve --fast", "`--fast`"),
            ("test native", "`native`"),
            ("test --only nativ", "`nativ`"),
            ("dist --release", "`--release`"),
            ("bench --slow", "`--slow`"),
        ] {
            let problem = read(line).expect_err(line);
            assert!(problem.contains(word) && problem.ends_with('.'), "{problem}");
        }
    }
}
