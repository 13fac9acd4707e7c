//! A long history: operations of ten processes on one compare-and-set register, linearizable by how it was made.
//!
//! At every step one process, drawn at random, goes on: it asks, or what it asked takes effect, or it is told the
//! outcome. One operation in five thousand is never told: its process asks on under another number, as Jepsen's do.

use partition_lab::check::log::{Call, Datum, Ending, Entry, Moment, Reading};
use partition_lab::check::{Budget, Consistency, Log, ModelName, Verdict, judge};
use partition_lab::sim::rng::Pcg32;

use super::{Done, units};

const PROCESSES: u32 = 10;

/// The values written: 0 to this. Few, so that many orders look alike for a while.
const LARGEST: u32 = 4;

/// One of so many operations is never told its outcome.
const LOST: u32 = 5_000;

/// Judges a history of so many operations.
pub fn of(operations: usize) -> impl Fn() -> Done {
    let log = log(operations);
    move || {
        let verdict = judge(&log, ModelName::CasRegister, Consistency::Linearizable, Budget::default());
        assert!(matches!(verdict, Verdict::Holds(_)), "it is linearizable by how it was made: {verdict:?}");
        units(log.entries.len())
    }
}

/// What a process is about.
#[derive(Clone)]
enum Doing {
    Nothing,
    /// It has asked; the entry.
    Asked(usize),
    /// What it asked has taken effect; the entry, and what it will be told.
    Done(usize, Ending),
}

fn log(operations: usize) -> Log {
    let mut rng = Pcg32::new(3, 0);
    let mut log = Log { initial: Some(0), entries: Vec::with_capacity(operations) };
    let mut value = log.initial;
    let mut processes: Vec<(Doing, i64)> = (0..PROCESSES).map(|number| (Doing::Nothing, number.into())).collect();
    let mut next_process = i64::from(PROCESSES);
    let mut moments = (0..).map(|position| Moment { position, line: 0, at: None });
    let mut moment = || moments.next().expect("positions do not run out");
    let mut idle = 0;
    while idle < PROCESSES {
        let (doing, process) = &mut processes[rng.up_to(PROCESSES - 1) as usize];
        *doing = match std::mem::replace(doing, Doing::Nothing) {
            Doing::Nothing if log.entries.len() < operations => {
                let call = draw(&mut rng);
                log.entries.push(Entry { process: *process, key: None, call, invoked: moment(), ended: None });
                Doing::Asked(log.entries.len() - 1)
            }
            Doing::Nothing => {
                idle += 1;
                Doing::Nothing
            }
            Doing::Asked(at) => Doing::Done(at, take_effect(log.entries[at].call, &mut value)),
            Doing::Done(at, ending) => {
                let lost = rng.up_to(LOST - 1) == 0;
                log.entries[at].ended = Some((moment(), if lost { Ending::Info } else { ending }));
                if lost {
                    *process = next_process;
                    next_process += 1;
                }
                Doing::Nothing
            }
        };
    }
    log
}

fn draw(rng: &mut Pcg32) -> Call {
    let mut value = || Some(i64::from(rng.up_to(LARGEST)));
    let (one, other) = (value(), value());
    match rng.up_to(2) {
        0 => Call::Read,
        1 => Call::Write(one),
        _ => Call::Cas(one, other),
    }
}

fn take_effect(call: Call, value: &mut Datum) -> Ending {
    match call {
        Call::Write(new) => *value = new,
        Call::Cas(old, new) if old == *value => *value = new,
        Call::Cas(..) => return Ending::Fail,
        _ => return Ending::Ok(Reading::Value(*value)),
    }
    Ending::Ok(Reading::Done)
}
