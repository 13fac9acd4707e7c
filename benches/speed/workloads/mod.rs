//! The workloads. They know no clock: each is a function that does a fixed amount of work, the same on every machine, and
//! says how much it was.

mod draw;
mod etcd;
mod explore;
mod history;
mod quorums;
mod simulate;

/// What one run of a workload did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// How many of what the workload counts: messages, states, trials, operations.
    pub units: u64,
    /// The most memory it held, in bytes, where that is reckoned; otherwise 0.
    pub bytes: u64,
}

/// A workload, ready to be run as often as one likes.
pub struct Workload {
    /// What it is called in `cargo bench` and in the table: lower case, with hyphens.
    pub name: &'static str,
    /// What it is about, if its name does not say it: a file.
    pub about: Option<String>,
    /// Runs it once.
    pub run: Box<dyn Fn() -> Done>,
}

/// A log of the corpus: its file name and its text.
pub type Text = (String, String);

/// All workloads. Those that need etcd's logs are left out where there are none. `clock` tells milliseconds; it is asked
/// only to find out which of the logs takes longest.
pub fn all(logs: &[Text], clock: impl Fn() -> f64) -> Vec<Workload> {
    let mut all = if logs.is_empty() { Vec::new() } else { etcd::all(logs, clock) };
    all.push(workload("history", history::of(100_000)));
    all.push(workload("explore", || explore::abd(1_000_000)));
    all.push(workload("simulate", simulate::plain(14_000)));
    all.push(workload("simulate-shaped", simulate::shaped(14_000)));
    all.push(workload("pbs", || quorums::cell(1_000_000)));
    all.push(workload("template", draw::template));
    all.push(workload("layout", draw::layout()));
    all.push(workload("drag", draw::drag()));
    all
}

fn workload(name: &'static str, run: impl Fn() -> Done + 'static) -> Workload {
    Workload { name, about: None, run: Box::new(run) }
}

/// A number of things as a count of units.
fn units(count: usize) -> Done {
    Done { units: count as u64, bytes: 0 }
}
