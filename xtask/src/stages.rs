//! `cargo xtask test`: every check and test, one stage after the other, until one fails.
//!
//! The run ends with a line of its own, `N passed, N failed`: the tests of all runners, and one for each check.

use std::process::Command;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::count::{self, Counts};
use crate::setup::{Need, Setup};
use crate::tools::WASM;
use crate::{browser, dist, program, size};

/// One step of the run.
struct Stage {
    /// For `--only`.
    name: &'static str,
    /// What it does.
    title: &'static str,
    needs: &'static [Need],
    run: fn(&Setup) -> Result<Counts>,
}

/// All stages, the quickest to fail first.
const STAGES: [Stage; 8] = [
    Stage { name: "fmt", title: "rustfmt", needs: &[Need::Lints], run: rustfmt },
    Stage { name: "clippy", title: "clippy for this machine", needs: &[Need::Lints], run: clippy_native },
    Stage { name: "clippy-wasm", title: "clippy for the browser", needs: &[Need::Lints, Need::Wasm], run: clippy_wasm },
    Stage { name: "native", title: "native tests", needs: &[], run: native_tests },
    Stage {
        name: "wasm",
        title: "wasm tests in headless Chromium",
        needs: &[Need::Wasm, Need::WasmBindgen, Need::Browser],
        run: wasm_tests,
    },
    Stage { name: "dist", title: "building dist/", needs: dist::NEEDS, run: build_dist },
    Stage { name: "size", title: "size budget of dist/", needs: &[], run: size_budget },
    Stage { name: "browser", title: "browser tests of dist/", needs: &[Need::Npm, Need::Browser], run: browser_tests },
];

/// Where the outside truth is that some native tests look at.
const CORPORA: &str = "../shared/corpora";

/// The names of all stages, in order.
pub fn names() -> Vec<&'static str> {
    STAGES.iter().map(|stage| stage.name).collect()
}

/// Prints the names of all stages, in order.
pub fn list() {
    for stage in &STAGES {
        println!("{:<12} {}", stage.name, stage.title);
    }
}

/// Runs the stages named (all, if none is) in their own order, and prints the closing line.
pub fn run(only: &[String]) -> ExitCode {
    let chosen: Vec<&Stage> =
        STAGES.iter().filter(|stage| only.is_empty() || only.iter().any(|name| name == stage.name)).collect();
    let needs: Vec<Need> = chosen.iter().flat_map(|stage| stage.needs.iter().copied()).collect();
    let counts = match Setup::prepare(&needs) {
        Ok(setup) => run_all(&chosen, &setup),
        Err(problem) => {
            println!("\nSet-up failed, so no stage was run: {problem:#}");
            Counts { failed: 1, ..Counts::default() }
        }
    };
    if counts.flaky > 0 {
        println!("Passed, but not at the first try: {}; see above.", counts.flaky);
    }
    if counts.skipped > 0 {
        println!(
            "Neither passed nor failed, as they were ignored, skipped or not reached: {}; see above.",
            counts.skipped
        );
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_all(stages: &[&Stage], setup: &Setup) -> Counts {
    let mut total = Counts::default();
    let mut report = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        let place = format!("[{}/{}]", index + 1, stages.len());
        println!("\n{place} {}", stage.title);
        let start = now();
        let outcome = (stage.run)(setup);
        let seconds = start.elapsed().as_secs_f32();
        let (counts, problem) = match outcome {
            Ok(counts) if counts.failed == 0 => (counts, None),
            Ok(counts) => (counts, Some(format!("{} failed", counts.failed))),
            Err(problem) => (Counts { failed: 1, ..Counts::default() }, Some(format!("{problem:#}"))),
        };
        total += counts;
        report.push(format!(
            "{place} {:<32} {seconds:>6.1} s {:>5} passed {:>3} failed",
            stage.title, counts.passed, counts.failed
        ));
        println!("{}", report[index]);
        if let Some(problem) = problem {
            println!("\nStage {place} failed: {} (`cargo xtask test --only {}`): {problem}", stage.title, stage.name);
            let rest: Vec<&str> = stages[index + 1..].iter().map(|stage| stage.name).collect();
            if !rest.is_empty() {
                println!("Not run after it: {}.", rest.join(", "));
            }
            return total;
        }
    }
    println!("\n{}\n", report.join("\n"));
    if !setup.workspace.root.join(CORPORA).is_dir() {
        println!(
            "{CORPORA} is absent. So it was not tested that we judge etcd's histories as others do, read Mermaid's own inputs \
             as it does, and compute the staleness that the PBS paper gives; those tests passed without looking.\n"
        );
    }
    total
}

#[expect(clippy::disallowed_methods, reason = "how long a stage takes is the machine's time, not the model's")]
fn now() -> Instant {
    Instant::now()
}

fn rustfmt(setup: &Setup) -> Result<Counts> {
    run_check(setup.cargo().args(["fmt", "--all", "--check"]))
}

fn clippy_native(setup: &Setup) -> Result<Counts> {
    run_check(setup.cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_wasm(setup: &Setup) -> Result<Counts> {
    let mut clippy = setup.cargo();
    clippy.args(["clippy", "--locked", "--package", "partition-lab", "--target", WASM, "--all-targets"]);
    run_check(clippy.args(["--", "-D", "warnings"]))
}

fn native_tests(setup: &Setup) -> Result<Counts> {
    run_tests(setup.cargo().args(["test", "--locked", "--workspace", "--no-fail-fast"]), count::libtest)
}

fn wasm_tests(setup: &Setup) -> Result<Counts> {
    let browser = setup.browser()?;
    let mut cargo = setup.cargo();
    cargo.args(["test", "--locked", "--package", "partition-lab", "--target", WASM, "--test", "wasm"]);
    // By name and not by path: cargo would split a path at its spaces. Our `PATH` has the right one first.
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser::write_settings(&setup.workspace, browser)?);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    cargo.env("CHROMEDRIVER", &browser.driver);
    for other in ["GECKODRIVER", "SAFARIDRIVER", "CHROMEDRIVER_REMOTE", "GECKODRIVER_REMOTE", "SAFARIDRIVER_REMOTE"] {
        cargo.env_remove(other); // the runner would prefer it
    }
    run_tests(&mut cargo, count::libtest)
}

fn build_dist(setup: &Setup) -> Result<Counts> {
    dist::build(setup)?;
    Ok(Counts::CHECK)
}

fn size_budget(setup: &Setup) -> Result<Counts> {
    size::check(&dist::folder(&setup.workspace))?;
    Ok(Counts::CHECK)
}

fn browser_tests(setup: &Setup) -> Result<Counts> {
    if !dist::folder(&setup.workspace).join("index.html").is_file() {
        bail!("the tests look at dist/, which is not built yet: `cargo xtask dist` builds it.");
    }
    let program = build_program(setup)?;
    let mut playwright = setup.npm_program("playwright")?;
    playwright.args(["test", "--reporter=list"]);
    playwright.env("CHROME_PATH", &setup.browser()?.chromium).env("PARTITION_LAB_BIN", program);
    run_tests(&mut playwright, count::playwright)
}

/// Builds the native `partition-lab`, which the browser tests compare the page with, and returns its path.
fn build_program(setup: &Setup) -> Result<String> {
    let mut cargo = setup.cargo();
    cargo.args(["build", "--locked", "--package", "partition-lab", "--bin", "partition-lab"]);
    let messages = program::output(cargo.arg("--message-format=json-render-diagnostics"))?;
    let executable = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(str::to_owned)
    });
    executable.context("cargo built no partition-lab")
}

/// A stage that is one check.
fn run_check(command: &mut Command) -> Result<Counts> {
    program::run(command)?;
    Ok(Counts::CHECK)
}

/// A stage that runs tests; one that runs none has failed.
fn run_tests(command: &mut Command, read: fn(&str) -> Counts) -> Result<Counts> {
    let teed = program::tee(command)?;
    let mut counts = read(&teed.text);
    if !teed.success && counts.failed == 0 {
        println!("The runner failed though none of its tests did; see above.");
        counts.failed = 1;
    }
    if counts.passed + counts.failed == 0 {
        bail!("it ran no test");
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_names_can_be_typed_and_are_different() {
        let mut names = names();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{names:?}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STAGES.len());
    }
}
