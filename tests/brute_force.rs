//! The checkers against trying everything, on many small histories. The brute force shares no line with the checkers:
//! it has its own objects, tries every order of every subset, and is short enough to be believed.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use partition_lab::check::log::{Call, Datum, Ending, Entry, Moment, Reading};
use partition_lab::check::{Budget, Guarantee, Log, ModelName, Verdict, linearizable, sequential, sessions, staleness};
use partition_lab::sim::rng::Pcg32;

/// What an object holds.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Value(Datum),
    Count(i64),
    Elements(BTreeSet<i64>),
}

/// What the object holds afterwards, if the operation, with the answer it had, can come next.
fn after(held: &Held, entry: &Entry) -> Option<Held> {
    let answer = match &entry.ended {
        Some((_, Ending::Ok(reading))) => Some(reading),
        _ => None,
    };
    let mut held = held.clone();
    match (&mut held, entry.call) {
        (held, Call::Read) => {
            let fits = answer.is_none_or(|reading| match (held, reading) {
                (Held::Value(held), Reading::Value(found)) => held == found,
                (Held::Count(held), Reading::Value(found)) => Some(*held) == *found,
                (Held::Elements(held), Reading::Elements(found)) => held.iter().eq(found),
                _ => false,
            });
            if !fits {
                return None;
            }
        }
        (Held::Value(held), Call::Write(new)) => *held = new,
        (Held::Value(held), Call::Cas(from, to)) if *held == from => *held = to,
        (Held::Count(held), Call::Add(amount)) => *held += amount,
        (Held::Elements(held), Call::Insert(element)) => _ = held.insert(element),
        (Held::Elements(held), Call::Remove(element)) => _ = held.remove(&element),
        _ => return None,
    }
    Some(held)
}

fn returned(entry: &Entry) -> Option<u32> {
    entry.ended.as_ref().filter(|(_, ending)| matches!(ending, Ending::Ok(_))).map(|(moment, _)| moment.position)
}

/// Whether all operations that returned can be placed, in an order in which no operation comes after one that it
/// precedes.
fn some_order(entries: &[Entry], placed: u32, held: &[Held], precedes: &dyn Fn(&Entry, &Entry) -> bool) -> bool {
    let left = |at: &usize| placed >> at & 1 == 0;
    if (0..entries.len()).filter(left).all(|at| returned(&entries[at]).is_none()) {
        return true;
    }
    (0..entries.len()).filter(left).any(|at| {
        let entry = &entries[at];
        let is_free = (0..entries.len()).filter(left).all(|other| !precedes(&entries[other], entry));
        let key = usize::from(entry.key.is_some());
        is_free
            && after(&held[key], entry).is_some_and(|new| {
                let mut held = held.to_vec();
                held[key] = new;
                some_order(entries, placed | 1 << at, &held, precedes)
            })
    })
}

fn explained(log: &Log, model: ModelName, precedes: &dyn Fn(&Entry, &Entry) -> bool) -> bool {
    let held = match model {
        ModelName::Register | ModelName::CasRegister => Held::Value(log.initial),
        ModelName::Counter => Held::Count(0),
        ModelName::Set => Held::Elements(BTreeSet::new()),
    };
    let counts = |entry: &&Entry| !matches!(entry.ended, Some((_, Ending::Fail)));
    let entries: Vec<Entry> = log.entries.iter().filter(counts).cloned().collect();
    some_order(&entries, 0, &[held.clone(), held], precedes)
}

fn in_real_time(one: &Entry, other: &Entry) -> bool {
    returned(one).is_some_and(|end| end < other.invoked.position)
}

fn in_program_order(one: &Entry, other: &Entry) -> bool {
    one.process == other.process && returned(one).is_some_and(|end| end < other.invoked.position)
}

/// A random log of up to six operations by up to three processes, on up to two keys.
fn any_log(rng: &mut Pcg32, model: ModelName, keys: u32) -> Log {
    let processes = 1 + rng.up_to(2);
    let mut log = Log { initial: Some(0), entries: Vec::new() };
    let mut open: Vec<Option<usize>> = vec![None; processes as usize];
    let length = 2 + rng.up_to(4);
    let mut position = 0;
    while log.entries.len() < length as usize || open.iter().any(Option::is_some) {
        let process = rng.up_to(processes - 1);
        let moment = Moment { position, line: position + 1, at: None };
        match open[process as usize].take() {
            Some(at) => {
                let ending = match rng.up_to(9) {
                    0 => Ending::Fail,
                    1 | 2 => Ending::Info,
                    _ => Ending::Ok(any_reading(rng, model, log.entries[at].call)),
                };
                if rng.up_to(15) > 0 {
                    log.entries[at].ended = Some((moment, ending));
                }
            }
            None if log.entries.len() < length as usize => {
                open[process as usize] = Some(log.entries.len());
                let key = (rng.up_to(keys - 1) == 1).then(|| "y".to_owned());
                let call = any_call(rng, model);
                log.entries.push(Entry { process: process.into(), key, call, invoked: moment, ended: None });
            }
            None => continue,
        }
        position += 1;
    }
    log
}

fn any_call(rng: &mut Pcg32, model: ModelName) -> Call {
    let read = rng.up_to(1) == 0;
    let mut value = || i64::from(rng.up_to(2));
    match model {
        _ if read => Call::Read,
        ModelName::Register => Call::Write(Some(value())),
        ModelName::CasRegister => match value() {
            0 => Call::Write(Some(value())),
            _ => Call::Cas(Some(value()), Some(value())),
        },
        ModelName::Counter => Call::Add(if value() == 0 { -1 } else { value() }),
        ModelName::Set => match value() {
            0 => Call::Remove(value() % 2),
            _ => Call::Insert(value() % 2),
        },
    }
}

fn any_reading(rng: &mut Pcg32, model: ModelName, call: Call) -> Reading {
    match (call, model) {
        (Call::Read, ModelName::Set) => {
            let bits = rng.up_to(3);
            Reading::Elements((0..2).filter(|element| bits >> element & 1 == 1).collect())
        }
        (Call::Read, _) => Reading::Value(Some(rng.up_to(2).into())),
        _ => Reading::Done,
    }
}

/// The log as it was before that position, but for what failed in the end.
fn until(log: &Log, position: u32) -> Log {
    let mut entries = log.entries.clone();
    entries.retain(|entry| entry.invoked.position < position);
    for entry in &mut entries {
        entry.ended.take_if(|(moment, ending)| moment.position >= position && *ending != Ending::Fail);
    }
    Log { entries, ..log.clone() }
}

/// How often each verdict occurred.
#[derive(Debug, Default)]
struct Tally {
    holds: usize,
    violated: usize,
}

impl Tally {
    fn count<H, V, U: std::fmt::Debug>(&mut self, verdict: &Verdict<H, V, U>, expected: bool, log: &Log) {
        match verdict {
            Verdict::Holds(_) => self.holds += 1,
            Verdict::Violated(_) => self.violated += 1,
            Verdict::Unknown(why) => panic!("undecided, {why:?}: {log:#?}"),
        }
        assert_eq!(verdict.holds(), expected, "{log:#?}");
    }

    fn assert_both_are_often(&self) {
        let all = self.holds + self.violated;
        assert!(self.holds * 5 > all && self.violated * 5 > all, "{self:?}");
    }
}

#[test]
fn linearizability_agrees_with_trying_every_order_a_hundred_thousand_times() {
    let mut rng = Pcg32::new(3, 1);
    for model in ModelName::ALL {
        let mut tally = Tally::default();
        for _ in 0..25_000 {
            let log = any_log(&mut rng, model, 1);
            let verdict = linearizable(&log, model, Budget::default());
            tally.count(&verdict, explained(&log, model, &in_real_time), &log);
            match &verdict {
                Verdict::Holds(orders) => {
                    for explained in orders {
                        assert_explains(&log, model, &explained.order, &in_real_time);
                    }
                }
                Verdict::Violated(witness) => {
                    let (stuck, entry) = &witness.stuck;
                    let end = returned(entry).expect("what never returned is never stuck");
                    assert!(explained(&until(&log, end), model, &in_real_time), "{log:#?}");
                    assert!(!explained(&until(&log, end + 1), model, &in_real_time), "{log:#?}");
                    assert!(!witness.longest.contains(stuck));
                }
                Verdict::Unknown(_) => {}
            }
        }
        tally.assert_both_are_often();
    }
}

#[test]
fn linearizability_of_two_keys_is_that_of_each() {
    let mut rng = Pcg32::new(3, 2);
    for model in ModelName::ALL {
        let mut tally = Tally::default();
        for _ in 0..2_500 {
            let log = any_log(&mut rng, model, 2);
            tally.count(&linearizable(&log, model, Budget::default()), explained(&log, model, &in_real_time), &log);
        }
        tally.assert_both_are_often();
    }
}

#[test]
fn sequential_consistency_agrees_with_trying_every_order() {
    let mut rng = Pcg32::new(3, 3);
    for model in ModelName::ALL {
        let mut tally = Tally::default();
        for round in 0..6_000 {
            let log = any_log(&mut rng, model, 1 + round % 2);
            let verdict = sequential(&log, model, Budget::default());
            tally.count(&verdict, explained(&log, model, &in_program_order), &log);
            if let Verdict::Holds(order) = &verdict {
                assert_explains(&log, model, order, &in_program_order);
            }
        }
        tally.assert_both_are_often();
    }
}

/// The evidence is good: every operation that returned is in it, each can come next, and none comes after one that it
/// precedes.
fn assert_explains(log: &Log, model: ModelName, order: &[usize], precedes: &dyn Fn(&Entry, &Entry) -> bool) {
    let mut held = vec![
        match model {
            ModelName::Register | ModelName::CasRegister => Held::Value(log.initial),
            ModelName::Counter => Held::Count(0),
            ModelName::Set => Held::Elements(BTreeSet::new()),
        };
        2
    ];
    for (place, &at) in order.iter().enumerate() {
        let entry = &log.entries[at];
        let key = usize::from(entry.key.is_some());
        held[key] = after(&held[key], entry).expect("each can come next");
        assert!(order[place + 1..].iter().all(|&later| later != at && !precedes(&log.entries[later], entry)));
    }
    let says_something = |at: &usize| !(log.entries[*at].call == Call::Read && returned(&log.entries[*at]).is_none());
    let keys: BTreeSet<&Option<String>> = order.iter().map(|&at| &log.entries[at].key).collect();
    for at in (0..log.entries.len()).filter(says_something) {
        let entry = &log.entries[at];
        assert!(returned(entry).is_none() || order.contains(&at) || !keys.contains(&entry.key), "{log:#?}");
    }
}

/// A random log of a register, in which no value is written twice and none is 0.
fn any_distinct_log(rng: &mut Pcg32) -> Log {
    let mut log = any_log(rng, ModelName::CasRegister, 1);
    let writes = log.entries.iter().filter(|entry| entry.call != Call::Read).count();
    let any_value = |rng: &mut Pcg32| Some(rng.up_to(u32::try_from(writes).expect("few")).into());
    let mut new = 0;
    for entry in &mut log.entries {
        match &mut entry.call {
            Call::Write(to) => {
                new += 1;
                *to = Some(new);
            }
            Call::Cas(from, to) => {
                new += 1;
                (*from, *to) = (any_value(rng), Some(new));
            }
            _ => {}
        }
        if let Some((_, Ending::Ok(Reading::Value(found)))) = &mut entry.ended {
            *found = any_value(rng);
        }
    }
    log
}

/// What an operation saw and made, as values.
fn saw_and_made(entry: &Entry) -> (Option<i64>, Option<i64>) {
    let is_ok = returned(entry).is_some();
    match (entry.call, &entry.ended) {
        (_, Some((_, Ending::Fail))) => (None, None),
        (Call::Read, Some((_, Ending::Ok(Reading::Value(found))))) => (*found, None),
        (Call::Write(to), _) => (None, to),
        (Call::Cas(from, to), _) => (from.filter(|_| is_ok), to),
        _ => (None, None),
    }
}

/// Whether the versions in this order suit the session guarantee.
fn suits(log: &Log, guarantee: Guarantee, order: &[i64]) -> bool {
    let place = |value: i64| order.iter().position(|&other| other == value).expect("it was written");
    let pairs = log.entries.iter().enumerate().flat_map(|(at, one)| {
        let later = log.entries[at + 1..].iter().filter(|other| other.process == one.process);
        later.map(move |other| (one, other))
    });
    if guarantee == Guarantee::MonotonicWrites && reads_go_back(log) {
        return false;
    }
    // A compare-and-set is a read and then a write.
    let swaps = log.entries.iter().filter(|entry| matches!(entry.call, Call::Cas(..))).map(|entry| (entry, entry));
    pairs.chain(swaps.filter(|_| guarantee == Guarantee::WritesFollowReads)).all(|(one, other)| {
        let ((saw, made), (then_saw, then_made)) = (saw_and_made(one), saw_and_made(other));
        let made = made.filter(|_| returned(one).is_some());
        let in_order = match guarantee {
            Guarantee::ReadYourWrites => made.zip(then_saw).map(|(made, saw)| place(made) <= place(saw)),
            Guarantee::MonotonicReads => saw.zip(then_saw).map(|(one, other)| place(one) <= place(other)),
            Guarantee::MonotonicWrites => made.zip(then_made).map(|(one, other)| place(one) < place(other)),
            Guarantee::WritesFollowReads => saw.zip(then_made).map(|(saw, made)| place(saw) < place(made)),
        };
        in_order.unwrap_or(true)
    })
}

/// Whether a session reads two writes of one session against its order.
fn reads_go_back(log: &Log) -> bool {
    let quadruples = log.entries.iter().enumerate().flat_map(|(at, one)| {
        let later = log.entries[at + 1..].iter().filter(|other| other.process == one.process);
        later.map(move |other| (saw_and_made(one), saw_and_made(other), returned(one).is_some()))
    });
    let pairs: Vec<_> = quadruples.collect();
    let written = |first: Option<i64>, second: Option<i64>| {
        first.is_some() && pairs.iter().any(|&((_, w), (_, x), returned)| returned && w == first && x == second)
    };
    pairs.iter().any(|&((saw, _), (then_saw, _), _)| saw.is_some() && written(then_saw, saw))
}

/// Whether some order of the versions, 0 first, suits.
fn some_versions(log: &Log, guarantee: Guarantee, order: &mut Vec<i64>, left: &BTreeSet<i64>) -> bool {
    if left.is_empty() {
        return suits(log, guarantee, order);
    }
    left.iter().any(|&next| {
        order.push(next);
        let left = left.iter().copied().filter(|&other| other != next).collect();
        let suits = some_versions(log, guarantee, order, &left);
        order.pop();
        suits
    })
}

#[test]
fn session_guarantees_agree_with_trying_every_order_of_the_versions() {
    let mut rng = Pcg32::new(3, 4);
    let guarantees = [
        Guarantee::ReadYourWrites,
        Guarantee::MonotonicReads,
        Guarantee::MonotonicWrites,
        Guarantee::WritesFollowReads,
    ];
    let mut violated = [0; 4];
    for _ in 0..5_000 {
        let log = any_distinct_log(&mut rng);
        let made: BTreeSet<i64> = log.entries.iter().filter_map(|entry| saw_and_made(entry).1).collect();
        let unwritten =
            log.entries.iter().filter_map(|entry| saw_and_made(entry).0).any(|v| v != 0 && !made.contains(&v));
        for (guarantee, violated) in guarantees.into_iter().zip(&mut violated) {
            let verdict = sessions(&log, guarantee);
            assert!(!matches!(verdict, Verdict::Unknown(_)), "{log:#?}");
            let expected = !unwritten && some_versions(&log, guarantee, &mut vec![0], &made);
            assert_eq!(verdict.holds(), expected, "{guarantee:?} {log:#?}");
            *violated += usize::from(!unwritten && !expected);
        }
    }
    assert!(violated.iter().all(|&often| often > 25), "{violated:?}");
}

#[test]
fn a_linearizable_log_of_distinct_writes_is_fresh_and_keeps_every_guarantee() {
    let mut rng = Pcg32::new(3, 5);
    let mut held = 0;
    for _ in 0..5_000 {
        let log = any_distinct_log(&mut rng);
        if linearizable(&log, ModelName::CasRegister, Budget::default()).holds() {
            held += 1;
            assert!(sequential(&log, ModelName::CasRegister, Budget::default()).holds(), "{log:#?}");
            assert!(staleness(&log).holds(), "{log:#?}");
            for guarantee in [
                Guarantee::ReadYourWrites,
                Guarantee::MonotonicReads,
                Guarantee::MonotonicWrites,
                Guarantee::WritesFollowReads,
            ] {
                assert!(sessions(&log, guarantee).holds(), "{guarantee:?} {log:#?}");
            }
        }
    }
    assert!(held > 500, "{held}");
}
