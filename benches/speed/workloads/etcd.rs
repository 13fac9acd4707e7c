//! etcd under Jepsen: 52 real histories of a compare-and-set register, read from their text and judged. Some 80
//! operations each, with many whose outcome nobody knows: what makes a checker search.

use std::rc::Rc;

use partition_lab::check::log::Form;
use partition_lab::check::{Budget, Consistency, Log, ModelName, judge};

use super::{Done, Text, Workload, units, workload};

/// How often all logs are tried before one of them is called the slowest, and how often each is judged in a round.
const ROUNDS: usize = 5;
const TIMES: usize = 20;

/// Reading and judging all logs, judging alone, and the slowest of them.
pub fn all(texts: &[Text], clock: impl Fn() -> f64) -> Vec<Workload> {
    let texts: Rc<[Text]> = texts.into();
    let logs: Vec<Log> = texts.iter().map(|(_, text)| read(text)).collect();
    let (name, slowest) = slowest(&texts, clock).clone();
    let read_and_judge = move || texts.iter().map(|(_, text)| check(text)).sum();
    vec![
        workload("etcd", read_and_judge),
        workload("etcd-judged", move || logs.iter().map(judged).sum()),
        Workload { about: Some(name), ..workload("etcd-slowest", move || check(&slowest)) },
    ]
}

fn check(text: &str) -> Done {
    judged(&read(text))
}

fn read(text: &str) -> Log {
    Form::guess(text).read(text).expect("the corpus is well-formed")
}

fn judged(log: &Log) -> Done {
    let verdict = judge(log, ModelName::CasRegister, Consistency::Linearizable, Budget::default());
    std::hint::black_box(verdict);
    units(log.entries.len())
}

/// The log that takes longest at its best. All are tried in turn, so that none is measured while the machine warms up,
/// and often enough at a time for a clock that ticks ten times a millisecond.
fn slowest(texts: &[Text], clock: impl Fn() -> f64) -> &Text {
    let mut best = vec![f64::INFINITY; texts.len()];
    for _ in 0..ROUNDS {
        for ((_, text), best) in texts.iter().zip(&mut best) {
            let start = clock();
            for _ in 0..TIMES {
                std::hint::black_box(check(text));
            }
            *best = best.min(clock() - start);
        }
    }
    let times = texts.iter().zip(best);
    times.max_by(|(_, a), (_, b)| a.total_cmp(b)).expect("there is a log").0
}

impl std::iter::Sum for Done {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, done| Self { units: sum.units + done.units, bytes: sum.bytes.max(done.bytes) })
    }
}
