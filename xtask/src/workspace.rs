//! Where the repository is and where cargo builds: found at run time, so that a moved or copied tree works.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::program;

/// The two folders every command starts from.
pub struct Workspace {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder, wherever `CARGO_TARGET_DIR` or a configuration puts it.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn find() -> Result<Self> {
        // `cargo run` sets the variable; the value from the build serves a binary that is started by hand.
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = xtask.parent().context("xtask/ has no folder around it")?.to_path_buf();
        let metadata =
            program::output(cargo().current_dir(&root).args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let metadata: serde_json::Value =
            serde_json::from_str(&metadata).context("`cargo metadata` did not print JSON")?;
        let target = metadata["target_directory"].as_str().context("`cargo metadata` named no target folder")?.into();
        Ok(Self { root, target })
    }

    /// Cargo, run in the repository.
    pub fn cargo(&self) -> Command {
        let mut cargo = cargo();
        cargo.current_dir(&self.root);
        cargo
    }

    /// A folder of our own for what is made on the way, inside the target folder.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

/// The cargo that runs us, or the one on `PATH`.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
