//! What rustup and cargo can install: the wasm target, rustfmt and clippy, Trunk, the wasm-bindgen command.
//!
//! A tool of the right version is used wherever it is. Otherwise cargo builds it into a folder of our own beside
//! cargo's (`~/.cargo/partition-lab`), shared by all clones of this repository, so that no other project's version is
//! replaced.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, cargo};
use crate::{lock, program};

/// The Trunk this repository is built with. 0.22 needs a newer rustc than the stable one of its day.
const TRUNK: &str = "0.21.14";

/// Rust's name for the browser.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Adds the standard library for the browser to the toolchain in use.
pub fn ensure_wasm_target(workspace: &Workspace) -> Result<()> {
    // Asked of rustc and not of rustup, so that a toolchain from elsewhere will do.
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).args(["--print", "target-libdir", "--target", WASM]);
    let folder = PathBuf::from(program::output(&mut rustc)?.trim());
    if folder.is_dir() {
        return Ok(());
    }
    println!("Adding Rust's {WASM} target with rustup (some seconds).");
    rustup(workspace, &["target", "add", WASM])
}

/// Adds rustfmt and clippy to the toolchain in use.
pub fn ensure_components(workspace: &Workspace) -> Result<()> {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !program::succeeds(workspace.cargo().args([command, "--version"])) {
            println!("Adding {component} with rustup (some seconds).");
            rustup(workspace, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    let rustup = program::find("rustup", &program::on_path()).with_context(|| {
        format!(
            "rustup is not on PATH. Install it from https://rustup.rs, or do `rustup {}` by hand.",
            arguments.join(" ")
        )
    })?;
    program::run(Command::new(rustup).current_dir(&workspace.root).args(arguments))
}

/// Downloads the crates of the page, so that Trunk can build it offline.
pub fn fetch_crates(workspace: &Workspace) -> Result<()> {
    program::run(workspace.cargo().args(["fetch", "--quiet", "--locked", "--target", WASM]))
}

/// A program that cargo installs.
struct Tool {
    package: &'static str,
    version: String,
    /// All of these belong to it, side by side in one folder.
    programs: &'static [&'static str],
    flags: &'static [&'static str],
    /// How long it takes to build on two cores, for the person who waits.
    minutes: &'static str,
}

/// The folder that has Trunk; installs it if there is none.
pub fn ensure_trunk() -> Result<PathBuf> {
    ensure(&Tool {
        package: "trunk",
        version: TRUNK.to_owned(),
        programs: &["trunk"],
        flags: &["--locked"],
        minutes: "five to ten minutes",
    })
}

/// The folder that has wasm-bindgen and its test runner; installs them if there is none.
pub fn ensure_wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let path = workspace.root.join("Cargo.lock");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let version = lock::version(&text, "wasm-bindgen").context("Cargo.lock names no version of wasm-bindgen")?;
    ensure(&Tool {
        package: "wasm-bindgen-cli",
        version: version.to_owned(),
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &[], // its own lock file names versions that not every registry mirror still has
        minutes: "two to five minutes",
    })
}

fn ensure(tool: &Tool) -> Result<PathBuf> {
    let own = own_folder()?;
    let mut folders = vec![own.join("bin")];
    folders.extend(cargo_home().map(|home| home.join("bin")));
    folders.extend(program::on_path());
    if let Some(folder) = folders.iter().find(|folder| has(tool, folder)) {
        return Ok(folder.clone());
    }

    let Tool { package, version, minutes, .. } = tool;
    println!("Installing {package} {version} with cargo into {} (once, {minutes}).", own.display());
    let mut install = cargo();
    // Away from this repository and its settings: the tool is for this machine, whatever we build for.
    install.current_dir(env::temp_dir());
    for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        install.env_remove(variable);
    }
    // With its folder on `PATH`, cargo does not advise to put it there.
    install.env("PATH", program::path_with(&[own.join("bin")])?);
    install.args(["install", package, "--version", version, "--root"]).arg(&own).args(tool.flags);
    program::run(&mut install)?;

    let folder = own.join("bin");
    if !has(tool, &folder) {
        bail!("{package} {version} was installed, but what is in {} reports another version", folder.display());
    }
    Ok(folder)
}

/// Whether a folder has all programs of a tool, in the right version.
fn has(tool: &Tool, folder: &Path) -> bool {
    tool.programs.iter().all(|name| {
        program::find(name, &[folder.to_path_buf()])
            .and_then(|program| program::version(&program))
            .is_some_and(|version| version == tool.version)
    })
}

fn own_folder() -> Result<PathBuf> {
    let home = cargo_home().context("there is no home folder: set CARGO_HOME to where cargo may keep its files")?;
    Ok(home.join("partition-lab"))
}

/// Where cargo keeps its files.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}
