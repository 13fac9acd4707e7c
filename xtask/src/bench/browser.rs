//! In headless Chromium: the workloads as wasm, built the one way or the other, and run by `tests/e2e/bench`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Measured, Measurements};
use crate::args::Pace;
use crate::program;
use crate::setup::Setup;
use crate::tools::WASM;

/// What the wasm is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// Cargo's release profile and `wasm-opt -O3`.
    ForSpeed,
    /// The profile of the page, and of wasm-opt what `index.html` asks for.
    ForSize,
}

impl Build {
    /// Cargo's profile.
    const fn profile(self) -> &'static str {
        match self {
            Self::ForSpeed => "release",
            Self::ForSize => "page",
        }
    }

    /// What wasm-opt is told.
    fn optimizer(self, setup: &Setup) -> Result<Vec<String>> {
        match self {
            Self::ForSpeed => Ok(vec!["-O3".to_owned()]),
            Self::ForSize => {
                let path = setup.workspace.root.join("index.html");
                let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                as_the_page(&page).context("index.html says no longer how its wasm is optimised")
            }
        }
    }
}

/// What `index.html` has Trunk tell wasm-opt.
fn as_the_page(page: &str) -> Option<Vec<String>> {
    let attribute = |name: &str| {
        let (_, rest) = page.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    let more = attribute("data-wasm-opt-params").unwrap_or_default().split_whitespace().map(str::to_owned);
    Some([format!("-O{}", attribute("data-wasm-opt")?)].into_iter().chain(more).collect())
}

/// Builds the workloads for the browser and measures them there.
pub fn measure(setup: &Setup, build: Build, pace: Pace, logs: Option<&Path>) -> Result<Measurements> {
    let profile = build.profile();
    println!("\nBuilding for the browser with the profile `{profile}` (one or two minutes the first time).");
    let folder = bind(setup, build)?;
    println!("Measuring in headless Chromium (one or two minutes):");
    let mut run = setup.node()?;
    run.arg(Path::new("bench").join("run.mjs")).arg(&folder).env("CHROME_PATH", &setup.browser()?.chromium);
    if pace == Pace::Quick {
        run.arg("--quick");
    }
    if let Some(logs) = logs {
        run.arg("--logs").arg(logs);
    }
    let lines = program::output(&mut run)?;
    lines.lines().map(|line| measured(line).with_context(|| format!("the page said `{line}`"))).collect()
}

/// Makes a folder with the wasm and the script that loads it.
fn bind(setup: &Setup, build: Build) -> Result<PathBuf> {
    let wasm = compile(setup, build)?;
    let folder = setup.workspace.scratch().join("bench").join(build.profile());
    let mut bindgen = setup.program("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "speed", "--out-dir"]).arg(&folder).arg(wasm);
    program::run(&mut bindgen)?;
    let bound = folder.join("speed_bg.wasm");
    let mut optimizer = setup.npm_program("wasm-opt")?;
    program::run(optimizer.args(build.optimizer(setup)?).arg(&bound).arg("-o").arg(&bound))?;
    Ok(folder)
}

/// Has cargo build the workloads as wasm.
fn compile(setup: &Setup, build: Build) -> Result<PathBuf> {
    let mut cargo = setup.cargo();
    cargo.args(["build", "--locked", "--package", "partition-lab", "--bench", "speed"]);
    cargo.args(["--target", WASM, "--profile", build.profile(), "--message-format=json-render-diagnostics"]);
    let messages = program::output(&mut cargo)?;
    let wasm = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let files = message["filenames"].as_array().filter(|_| message["target"]["name"] == "speed")?;
        let mut files = files.iter().filter_map(Value::as_str).map(PathBuf::from);
        files.find(|file| file.extension().is_some_and(|ending| ending == "wasm"))
    });
    wasm.context("cargo built no wasm")
}

/// Reads a line that `tests/e2e/bench/run.mjs` prints.
fn measured(line: &str) -> Option<Measured> {
    let line: Value = serde_json::from_str(line).ok()?;
    Some(Measured {
        name: line["name"].as_str()?.to_owned(),
        about: line["about"].as_str().map(str::to_owned),
        milliseconds: line["milliseconds"].as_f64()?,
        units: line["units"].as_f64()?,
        bytes: line["bytes"].as_f64()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_opt_is_told_what_the_page_has_it_told() {
        let page = r#"<link data-trunk rel="rust" data-wasm-opt="s" data-wasm-opt-params="--one --two=2">"#;
        assert_eq!(as_the_page(page), Some(vec!["-Os".to_owned(), "--one".to_owned(), "--two=2".to_owned()]));
        assert_eq!(as_the_page(r#"<link data-wasm-opt="z">"#), Some(vec!["-Oz".to_owned()]));
        assert_eq!(as_the_page("<link>"), None);
    }

    #[test]
    fn all_programs_of_the_page_are_optimised_alike() {
        let page = include_str!("../../../index.html");
        let flags: Vec<_> = page.lines().filter(|line| line.contains("rel=\"rust\"")).map(as_the_page).collect();
        assert_eq!(flags.len(), 3);
        assert!(flags[0].is_some() && flags.iter().all(|other| other == &flags[0]), "{flags:?}");
    }

    #[test]
    fn a_line_of_the_page_is_read() {
        let line = r#"{"name":"pbs","about":null,"milliseconds":1.5,"units":10,"bytes":0}"#;
        let expected = Measured { name: "pbs".to_owned(), about: None, milliseconds: 1.5, units: 10.0, bytes: 0.0 };
        assert_eq!(measured(line), Some(expected));
        assert_eq!(measured("{}"), None);
    }
}
