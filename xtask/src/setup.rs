//! Setting up: every command names what it needs, and gets commands that find it.
//!
//! Nothing here depends on what a person has on `PATH` apart from rustup (and Node.js for what needs it): what is found
//! or installed is passed on through the `PATH` of the programs we start.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser::{self, Browser};
use crate::workspace::Workspace;
use crate::{node, program, tools};

/// Something a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// rustfmt and clippy.
    Lints,
    /// The wasm target.
    Wasm,
    /// wasm-bindgen and its test runner, in the version of `Cargo.lock`.
    WasmBindgen,
    /// Trunk, and the crates it builds offline.
    Trunk,
    /// wasm-opt and Playwright.
    Npm,
    /// Chromium and ChromeDriver.
    Browser,
}

/// What has been set up.
pub struct Setup {
    /// Where we are.
    pub workspace: Workspace,
    path: OsString,
    browser: Option<Browser>,
}

impl Setup {
    /// Finds or installs everything needed, the quickest to fail first.
    pub fn prepare(needs: &[Need]) -> Result<Self> {
        let workspace = Workspace::find()?;
        let mut folders = Vec::new();
        let mut browser = None;
        if needs.contains(&Need::Browser) {
            browser = Some(browser::ensure()?);
        }
        if needs.contains(&Need::Npm) {
            node::ensure(&workspace)?;
        }
        if node::has_wasm_opt(&workspace) {
            folders.push(node::bin(&workspace));
        }
        if needs.contains(&Need::Lints) {
            tools::ensure_components(&workspace)?;
        }
        if needs.contains(&Need::Wasm) {
            tools::ensure_wasm_target(&workspace)?;
        }
        if needs.contains(&Need::Trunk) {
            tools::fetch_crates(&workspace)?;
            folders.insert(0, tools::ensure_trunk()?);
        }
        if needs.contains(&Need::WasmBindgen) {
            folders.insert(0, tools::ensure_wasm_bindgen(&workspace)?);
        }
        Ok(Self { workspace, path: program::path_with(&folders)?, browser })
    }

    /// Cargo in the repository.
    pub fn cargo(&self) -> Command {
        let mut cargo = self.workspace.cargo();
        cargo.env("PATH", &self.path);
        if in_colour() {
            cargo.env("CARGO_TERM_COLOR", "always"); // its output may go through a pipe of ours
        }
        cargo
    }

    /// A program that has been set up, or is on `PATH`, in the repository.
    pub fn program(&self, name: &str) -> Result<Command> {
        let folders: Vec<PathBuf> = env::split_paths(&self.path).collect();
        let program = program::find(name, &folders).with_context(|| format!("{name} has not been set up"))?;
        let mut command = Command::new(program);
        command.current_dir(&self.workspace.root).env("PATH", &self.path);
        Ok(command)
    }

    /// Trunk in the repository.
    pub fn trunk(&self) -> Result<Command> {
        let mut trunk = self.program("trunk")?;
        // Trunk 0.21 takes `NO_COLOR=1` for a value it does not understand; without a terminal it uses no colour
        // anyway.
        trunk.env_remove("NO_COLOR");
        Ok(trunk)
    }

    /// Node.js in the folder of the browser tests.
    pub fn node(&self) -> Result<Command> {
        let mut node = self.program("node")?;
        node.current_dir(node::folder(&self.workspace));
        Ok(node)
    }

    /// A program of npm's, in the folder of the browser tests.
    pub fn npm_program(&self, name: &str) -> Result<Command> {
        let program = node::find(&self.workspace, name)
            .with_context(|| format!("npm installed no `{name}` in tests/e2e: is it in its package.json?"))?;
        let mut command = Command::new(program);
        command.current_dir(node::folder(&self.workspace)).env("PATH", &self.path);
        if in_colour() {
            command.env("FORCE_COLOR", "1");
        }
        Ok(command)
    }

    /// Chromium and ChromeDriver.
    pub fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("the browser has not been set up")
    }
}

/// Whether a person is looking who has not asked for plain text.
fn in_colour() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()
}
