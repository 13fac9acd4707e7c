//! `cargo xtask bench`: how fast it is on this machine, beside how fast it is to be, in one table.
//!
//! The workloads are those of `benches/speed`. On the host criterion measures them; with `--web` the same are measured in
//! headless Chromium, built twice: for speed, as the host's are, and for size, as the page is that people get. A target
//! that is missed is shown and fails nothing: how busy a machine is says nothing about the code.

mod browser;
mod host;
mod table;

use std::path::PathBuf;

use anyhow::Result;

use crate::args::{Bench, Pace, Where};
use crate::setup::{Need, Setup};
use crate::workspace::Workspace;
use browser::Build;

/// What was measured of one workload.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its name in `benches/speed`.
    pub name: String,
    /// What it is about, if its name does not say it.
    pub about: Option<String>,
    /// How long one run takes: the median, in milliseconds.
    pub milliseconds: f64,
    /// How much one run does.
    pub units: f64,
    /// The most memory it held, in bytes; 0 where that is not reckoned.
    pub bytes: f64,
}

/// What was measured of all workloads in one place.
pub type Measurements = Vec<Measured>;

/// Sets up, builds, measures, prints.
pub fn run(options: &Bench) -> Result<()> {
    let needs: &[Need] = match options.place {
        Where::Host => &[],
        Where::HostAndBrowser => &[Need::Browser, Need::Npm, Need::Wasm, Need::WasmBindgen],
    };
    let setup = Setup::prepare(needs)?;
    let logs = logs(&setup.workspace);
    if logs.is_none() {
        println!("ABSENT: ../shared/corpora/etcd-jepsen: how fast etcd's logs are judged is NOT measured.");
    }
    let host = host::measure(&setup, options.pace)?;
    let browser = match options.place {
        Where::Host => None,
        Where::HostAndBrowser => {
            let measure = |build| browser::measure(&setup, build, options.pace, logs.as_deref());
            Some([measure(Build::ForSpeed)?, measure(Build::ForSize)?])
        }
    };
    println!("\n{}", table::of(&host, browser.as_ref()));
    if options.pace == Pace::Quick {
        println!("Measured in haste (--quick): good for a first look, not for comparing.");
    }
    Ok(())
}

/// Where etcd's logs are, if they are beside this checkout.
fn logs(workspace: &Workspace) -> Option<PathBuf> {
    let folder = workspace.root.join("../shared/corpora/etcd-jepsen");
    folder.is_dir().then_some(folder)
}
