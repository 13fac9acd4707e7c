//! `cargo xtask dist`: the folder for any static host, under any path, and its weight.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::setup::{Need, Setup};
use crate::workspace::Workspace;
use crate::{program, runs, size, tools};

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
    let mut trunk = setup.trunk()?;
    trunk.args(["build", "--release", "--dist"]).arg(folder(&setup.workspace));
    trunk.env("CARGO_ENCODED_RUSTFLAGS", path_flags(&crate_folders()).join("\u{1f}"));
    program::run(&mut trunk)?;
    runs::name_by_content(&folder(&setup.workspace))
}

/// The folders in which cargo unpacks crates, one for each registry.
fn crate_folders() -> Vec<PathBuf> {
    let sources = tools::cargo_home().map(|home| home.join("registry").join("src"));
    let entries = sources.and_then(|sources| fs::read_dir(sources).ok());
    entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// What keeps the folders of this machine out of the site: messages of a panic name source files, and begin at the crate.
fn path_flags(folders: &[PathBuf]) -> Vec<String> {
    folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_of_crates_is_cut_off() {
        let flags = path_flags(&["/home/ada/.cargo/registry/src/one".into(), "/x/two".into()]);
        assert_eq!(flags, ["--remap-path-prefix=/home/ada/.cargo/registry/src/one=", "--remap-path-prefix=/x/two="]);
    }
}
