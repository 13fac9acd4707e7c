//! Definition 3, t-Connected Consistency (in other versions of the paper Delayed-t Consistency): once nothing has been
//! lost for longer than t, an operation that begins then sees every operation that ended before. Which t does it take?
//!
//! ```text
//!  A   try ╳      try ╳ heal           try ────▶ B          a read in between is stale
//!      ├─ retry interval ─┤             └ delay ┘
//!                        ├──── at most one interval and one delay ────┤
//! ```
//!
//! Node A sends its copy again at every retry until Node B acknowledges it. The link heals at some moment between two
//! tries, and t later Client 2 reads at Node B. The sweep runs every t with every moment, one run for each.

use super::stage::{A, B, at, read_at, two_nodes, write_at};
use crate::check::history::Listener;
use crate::check::{Budget, linearizability};
use crate::course::Player;
use crate::sim::protocol::local_first;
use crate::sim::{Action, Micros, Protocol, Run, Scenario};

/// How long a message takes.
pub const DELAY: Micros = Micros::from_millis(40);
/// The retry intervals to choose from, in milliseconds.
pub const RETRIES: [u32; 3] = [100, 200, 300];
/// The longest t that is tried, in milliseconds.
pub const LONGEST: u32 = 400;
/// The steps in which t is tried, in milliseconds.
pub const STEP: u32 = 10;
/// How many moments between two tries the link heals at.
pub const MOMENTS: u32 = 40;
/// How many different t are tried.
pub const SPANS: u32 = LONGEST / STEP + 1;

const WRITTEN: Micros = Micros::from_millis(10);

/// When the link heals, of the moments between two tries; 0 is just after a try, the worst.
pub fn heals_at(retry: u32, moment: u32) -> Micros {
    let retry = u64::from(retry) * 1_000;
    // Just after: what happens at the same time would have to be put in some order.
    WRITTEN + Micros(retry) + Micros(1 + retry * u64::from(moment) / u64::from(MOMENTS))
}

/// Node A tries again after that many milliseconds, the link heals at that moment, and that many milliseconds later
/// Client 2 reads.
pub fn scenario(retry: u32, moment: u32, wait: u32) -> Scenario {
    let local = local_first::Setup {
        reads: local_first::Reads::Local,
        retry: Micros::from_millis(u64::from(retry)),
        stamps: local_first::Stamps::Lamport,
    };
    let healed = heals_at(retry, moment);
    let script = vec![
        at(Micros(0), Action::cut_between(A, B)),
        write_at(WRITTEN),
        at(healed, Action::heal_between(A, B)),
        read_at(healed + Micros::from_millis(u64::from(wait)), 1),
    ];
    two_nodes("t-connected", Protocol::LocalFirst(local), DELAY, script)
}

/// The same, shown until the copy has arrived and is acknowledged.
pub fn shown(retry: u32, moment: u32, wait: u32) -> Scenario {
    let rest = u64::from(retry).saturating_sub(u64::from(wait)) + 100;
    Scenario { tail: Micros::from_millis(rest), ..scenario(retry, moment, wait) }
}

/// What the arithmetic says: the smallest t that never gives a stale read, for a `retry` in milliseconds.
pub const fn smallest_by_arithmetic(retry: u32) -> Micros {
    Micros(retry as u64 * 1_000 + DELAY.0)
}

/// Whether the read of such a run is stale.
fn is_stale(scenario: Scenario) -> bool {
    let mut listener = Listener::new(scenario.initial);
    let run = Run::of(scenario);
    let world = run.tell::<Player>(&mut listener);
    world.is_ok() && linearizability(listener.history(), Budget::default()).violation().is_some()
}

/// A sweep over all t and all moments, in slices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    retry: u32,
    done: u32,
    stale: Vec<u32>,
}

impl Sweep {
    /// A sweep with that retry interval, in milliseconds. Nothing has run yet.
    pub fn new(retry: u32) -> Self {
        Self { retry, done: 0, stale: vec![0; SPANS as usize] }
    }

    /// How many runs there are.
    pub const fn runs(&self) -> u32 {
        SPANS * MOMENTS
    }

    /// How many have been run.
    pub const fn done(&self) -> u32 {
        self.done
    }

    /// Does up to so many runs, the shortest t first; whether any are left.
    pub fn run(&mut self, runs: u32) -> bool {
        let end = (self.done + runs).min(self.runs());
        while self.done < end {
            let (span, moment) = (self.done / MOMENTS, self.done % MOMENTS);
            if is_stale(scenario(self.retry, moment, span * STEP)) {
                self.stale[span as usize] += 1;
            }
            self.done += 1;
        }
        self.done < self.runs()
    }

    /// For each t of which all moments have been run, how many of them gave a stale read.
    pub fn stale(&self) -> &[u32] {
        &self.stale[..(self.done / MOMENTS) as usize]
    }

    /// The smallest t from which on no read was stale, in milliseconds; `None` before the sweep is done, or if there is
    /// none.
    pub fn smallest(&self) -> Option<u32> {
        let fresh = self.stale.iter().rev().take_while(|&&stale| stale == 0).count();
        let first = SPANS - u32::try_from(fresh).unwrap_or(0);
        (self.done == self.runs() && first < SPANS).then_some(first * STEP)
    }
}
