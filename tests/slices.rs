//! A log judged in slices is judged as it is all at once.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::linearizable::{Judging, Linearizable};
use partition_lab::check::log::{Call, Ending, Entry, Moment, Reading};
use partition_lab::check::{Budget, Log, ModelName, linearizable};
use proptest::prelude::*;

/// One process after the other goes on: what it does, for how many positions, and what it is told.
type Deed = (u8, u8, i64, u8);

fn log(deeds: &[Deed], keys: u8) -> Log {
    let mut positions = 0;
    let mut moment = || {
        positions += 1;
        Moment { position: positions - 1, line: positions, at: None }
    };
    let mut log = Log::default();
    let mut open: Vec<Option<(usize, Ending)>> = vec![None; 4];
    for &(process, kind, value, ending) in deeds {
        let place = usize::from(process % 4);
        if let Some((index, ending)) = open[place].take() {
            let end = moment();
            let entry: &mut Entry = &mut log.entries[index];
            entry.ended = Some((end, ending));
            continue;
        }
        let (call, told) = match kind % 3 {
            0 => (Call::Read, Reading::Value(Some(value))),
            1 => (Call::Write(Some(value)), Reading::Done),
            _ => (Call::Cas(Some(value), Some(i64::from(ending % 3))), Reading::Done),
        };
        let ended = match ending % 6 {
            0 => Ending::Fail,
            1 => Ending::Info,
            _ => Ending::Ok(told),
        };
        open[place] = Some((log.entries.len(), ended));
        let key = (keys > 1).then(|| (kind % keys).to_string());
        log.entries.push(Entry { process: process.into(), key, call, invoked: moment(), ended: None });
    }
    log
}

fn in_slices(log: &Log, model: ModelName, budget: Budget, work: usize) -> (Linearizable, usize) {
    let mut judging = Judging::of(model, budget);
    let mut slices = 1;
    loop {
        if let Some(verdict) = judging.advance(log, &mut work.clone()) {
            return (verdict, slices);
        }
        let (explained, of) = judging.progress();
        assert!(explained <= of);
        slices += 1;
    }
}

proptest! {
    #[test]
    fn any_slices_lead_to_the_same_verdict_with_the_same_witness(
        deeds in proptest::collection::vec((0..4_u8, any::<u8>(), 0..3_i64, any::<u8>()), 0..120),
        keys in 1..4_u8,
        work in 1..40_usize,
        budget in prop_oneof![Just(1_000_000), 0..30_usize],
    ) {
        let log = log(&deeds, keys);
        for model in [ModelName::CasRegister, ModelName::Register] {
            let (verdict, _) = in_slices(&log, model, Budget(budget), work);
            prop_assert_eq!(verdict, linearizable(&log, model, Budget(budget)));
        }
    }
}

/// A read of a value that nobody writes any more: all is one long walk, without any choice.
#[test]
fn not_even_a_walk_without_choices_is_done_in_one_slice() {
    let mut log = Log::default();
    for number in 0..10_000 {
        let moment = |position| Moment { position, line: 0, at: None };
        let ended = Some((moment(number * 2 + 1), Ending::Ok(Reading::Value(None))));
        log.entries.push(Entry { process: 0, key: None, call: Call::Read, invoked: moment(number * 2), ended });
    }
    let (verdict, slices) = in_slices(&log, ModelName::Register, Budget::default(), 500);
    assert!(verdict.holds() && slices > 100, "{slices}");
}
