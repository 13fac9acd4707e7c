//! `cargo xtask dist`: the folder for any static host, under any path, and its weight.

use std::path::PathBuf;

use anyhow::Result;

use crate::setup::{Need, Setup};
use crate::workspace::Workspace;
use crate::{program, size};

/// What building `dist/` needs. wasm-opt is not optional here: the size budget is for what it makes.
pub const NEEDS: &[Need] = &[Need::Npm, Need::Wasm, Need::WasmBindgen, Need::Trunk];

/// Sets up, builds and weighs.
pub fn run() -> Result<()> {
    let setup = Setup::prepare(NEEDS)?;
    build(&setup)?;
    size::check(&folder(&setup.workspace))?;
    println!("\ndist/ is ready: copy it to any static host, under any path.");
    Ok(())
}

/// Where the site is built.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("dist")
}

/// Builds the site with Trunk, optimised by rustc and by wasm-opt.
pub fn build(setup: &Setup) -> Result<()> {
    program::run(setup.trunk()?.args(["build", "--release", "--dist"]).arg(folder(&setup.workspace)))
}
