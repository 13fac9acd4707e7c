//! What comes from npm, all of it locked in `tests/e2e/package-lock.json`: wasm-opt (the package `binaryen`) and
//! Playwright.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program;
use crate::workspace::Workspace;

/// The folder of the browser tests.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests").join("e2e")
}

/// A program that npm has installed, if it has.
pub fn find(workspace: &Workspace, name: &str) -> Option<PathBuf> {
    program::find(name, &[bin(workspace)])
}

/// Where npm puts programs.
pub fn bin(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("node_modules").join(".bin")
}

/// Whether wasm-opt can run: it is npm's, and a Node script.
pub fn has_wasm_opt(workspace: &Workspace) -> bool {
    find(workspace, "wasm-opt").is_some() && program::find("node", &program::on_path()).is_some()
}

/// Installs exactly what the lock file names, unless that is what is installed.
pub fn ensure(workspace: &Workspace) -> Result<()> {
    let folder = folder(workspace);
    // `npm ci` wants both files to agree, so both decide whether it has to run. What it installed is noted beside it.
    let mut wanted = Vec::new();
    for file in ["package.json", "package-lock.json"] {
        let path = folder.join(file);
        wanted.extend(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    let stamp = folder.join("node_modules").join(".installed-by-xtask");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }

    let folders = program::on_path();
    let (Some(npm), Some(_)) = (program::find("npm", &folders), program::find("node", &folders)) else {
        bail!("wasm-opt and the browser tests come from npm: install Node.js 20 or later from https://nodejs.org.");
    };
    println!("Installing wasm-opt and the browser tests' packages with npm (about a minute).");
    program::run(Command::new(npm).current_dir(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    if find(workspace, "wasm-opt").is_none() {
        bail!(
            "npm installed no wasm-opt: the package `binaryen` is missing in {}",
            folder.join("package.json").display()
        );
    }
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}
