//! A history as a time line: where its operations stand, and what of them is to be drawn.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::path::Path;

use partition_lab::check::log::{Call, Ending, Entry, Moment, Reading, Slices};
use partition_lab::check::{Budget, Log};
use partition_lab::course::etcd::EXAMPLES;
use partition_lab::course::opening::{Finding, Laid, Opening, judging};
use partition_lab::diagram::chronicle::{Chronicle, End};
use proptest::prelude::*;

/// Opens a text in slices of that much work.
fn open(text: &str, work: usize) -> Laid {
    let mut opening = Opening::of(Slices::of_text(text.to_owned()));
    loop {
        if let Some(opened) = opening.advance(&mut work.clone()) {
            return opened.expect("the log can be read");
        }
    }
}

fn judge(laid: &Laid, work: usize) -> Finding {
    let mut judging = judging(laid, Budget::default());
    loop {
        if let Some(verdict) = judging.advance(&laid.log, &mut work.clone()) {
            return Finding::of(laid, verdict);
        }
    }
}

fn example(name: &str) -> Laid {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/histories/{name}.log"));
    open(&std::fs::read_to_string(path).expect("the example is there"), 7)
}

/// What threads do, one after the other: each begins, or ends in one of three ways; after an unknown end it goes on under
/// another number.
fn log(deeds: &[(u8, u8)]) -> Log {
    log_from(0, deeds)
}

/// The same, where the threads' numbers begin with that one.
fn log_from(least: i64, deeds: &[(u8, u8)]) -> Log {
    let mut log = Log::default();
    let mut threads: Vec<(i64, Option<usize>)> = (least..least + 5).map(|thread| (thread, None)).collect();
    for (position, &(thread, ending)) in (0..).zip(deeds) {
        let moment = Moment { position, line: position + 1, at: None };
        let (process, open) = &mut threads[usize::from(thread % 5)];
        if let Some(index) = open.take() {
            let ending = match ending % 4 {
                0 => Ending::Info,
                1 => Ending::Fail,
                _ => Ending::Ok(Reading::Done),
            };
            *process += if ending == Ending::Info { 5 } else { 0 };
            log.entries[index].ended = Some((moment, ending));
        } else {
            *open = Some(log.entries.len());
            let call = Call::Write(Some(1));
            log.entries.push(Entry { process: *process, key: None, call, invoked: moment, ended: None });
        }
    }
    log
}

proptest! {
    #[test]
    fn no_two_operations_of_a_lane_overlap_and_no_process_changes_lanes(
        least in 0..2_i64, deeds in proptest::collection::vec(any::<(u8, u8)>(), 0..200)
    ) {
        let log = log_from(least, &deeds);
        let chronicle = Chronicle::of(&log);
        prop_assert_eq!(chronicle.bars.len(), log.entries.len());
        let processes: BTreeSet<i64> = log.entries.iter().map(|entry| entry.process).collect();
        if processes.contains(&0) {
            prop_assert!(chronicle.lanes() <= 5, "a client that goes on under another number goes on in a lane that is free");
        } else {
            prop_assert_eq!(chronicle.lanes(), processes.len().min(64), "where nobody counts from 0, each process is a client");
        }
        let whole = f64::from(chronicle.length());
        let mut seen = 0;
        for lane in 0..chronicle.lanes() {
            let all = chronicle.between(lane, 0.0, whole);
            seen += all.len();
            for two in all.windows(2) {
                prop_assert!(chronicle.bars[two[0] as usize].to < chronicle.bars[two[1] as usize].from);
            }
        }
        prop_assert_eq!(seen, log.entries.len());
        for (one, bar) in log.entries.iter().zip(&chronicle.bars) {
            for (other, its) in log.entries.iter().zip(&chronicle.bars) {
                prop_assert!(one.process != other.process || bar.lane == its.lane);
            }
        }
    }

    #[test]
    fn what_is_seen_between_two_positions_is_what_touches_them(
        deeds in proptest::collection::vec(any::<(u8, u8)>(), 0..200), from in 0.0..200.0_f64, width in 0.0..100.0_f64
    ) {
        let chronicle = Chronicle::of(&log(&deeds));
        let to = from + width;
        for lane in 0..chronicle.lanes() {
            let expected = (0_u32..).zip(&chronicle.bars).filter(|(_, bar)| {
                bar.lane as usize == lane && f64::from(bar.to) >= from && f64::from(bar.from) <= to
            });
            prop_assert_eq!(chronicle.between(lane, from, to), expected.map(|(at, _)| at).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn every_level_counts_every_operation(deeds in proptest::collection::vec(any::<(u8, u8)>(), 1..3_000)) {
        let log = log(&deeds);
        let chronicle = Chronicle::of(&log);
        for least in [1.0, 60.0, 250.0, 1e9] {
            let (level, width) = chronicle.level(least).unwrap();
            let whole = f64::from(chronicle.length());
            let counted = (0..chronicle.lanes()).map(|lane| {
                let (first, cells) = chronicle.cells(level, lane, 0.0, whole);
                assert_eq!(first, 0);
                assert!((cells.len() - 1) * width as usize <= chronicle.length() as usize);
                cells.iter().map(|cell| cell.begun).sum::<u32>()
            });
            prop_assert_eq!(counted.sum::<u32>() as usize, log.entries.len());
        }
    }

    #[test]
    fn neighbours_are_the_last_to_end_before_and_the_first_to_begin_after(
        deeds in proptest::collection::vec(any::<(u8, u8)>(), 0..60)
    ) {
        let chronicle = Chronicle::of(&log(&deeds));
        for (index, bar) in chronicle.bars.iter().enumerate() {
            let others = || chronicle.bars.iter().enumerate().filter(move |(other, _)| *other != index);
            let before = others().filter(|(_, other)| other.to < bar.from).max_by_key(|(_, other)| other.to);
            let after = others().filter(|(_, other)| other.from > bar.to).min_by_key(|(_, other)| other.from);
            prop_assert_eq!(chronicle.neighbours(index), [before.map(|it| it.0), after.map(|it| it.0)]);
            let mut beside: Vec<usize> = chronicle.concurrent(index);
            beside.sort_unstable();
            let open = others().filter(|(_, other)| other.from <= bar.to && other.to >= bar.from).map(|it| it.0);
            prop_assert_eq!(beside, open.collect::<Vec<usize>>());
        }
    }
}

#[test]
fn two_processes_that_can_tell_have_a_lane_each_and_a_thousand_share_a_few() {
    let sequential = |processes: i64| {
        let lines = |process: i64| format!("{process} :invoke :write 1\n{process} :ok :write 1\n");
        open(&(0..processes).map(lines).collect::<String>(), 100).chronicle.lanes()
    };
    assert_eq!(sequential(2), 2);
    assert_eq!(sequential(1_000), 64);
}

#[test]
fn a_process_takes_over_from_one_that_could_not_tell_only_where_they_are_counted_from_0() {
    let lanes = |[first, second]: [u8; 2]| {
        let line =
            |process: u8, kind: &str, what: &str| format!("{{\"process\":{process},\"type\":\"{kind}\",{what}}}\n");
        let write = "\"f\":\"write\",\"value\":1";
        let read = |value: &str| format!("\"f\":\"read\",\"value\":{value}");
        let write = [line(first, "invoke", write), line(first, "info", write)].concat();
        let read = [line(second, "invoke", &read("null")), line(second, "ok", &read("0"))].concat();
        let laid = open(&["{\"initial\":0}\n", &write, &read].concat(), usize::MAX);
        laid.chronicle.lanes()
    };
    assert_eq!((lanes([0, 1]), lanes([1, 2])), (1, 2));
}

#[test]
fn an_operation_that_never_ended_lasts_until_the_end() {
    let chronicle = Chronicle::of(&log(&[(0, 0), (1, 0), (1, 3)]));
    assert_eq!((chronicle.bars[0].to, chronicle.bars[0].end), (chronicle.length(), End::Unknown));
    assert_eq!(chronicle.unknown_before(1), 1);
}

#[test]
fn a_point_lies_between_the_invocation_and_the_response_of_its_operation() {
    for example in &EXAMPLES {
        let laid = self::example(example.name);
        let finding = judge(&laid, 5);
        for &entry in &finding.order {
            let (bar, point) = (laid.chronicle.bars[entry], finding.points[entry]);
            assert!(f64::from(bar.from) < point, "{}: {entry}", example.name);
            assert!(bar.end == End::Unknown || point < f64::from(bar.to), "{}: {entry}", example.name);
        }
        let mut along: Vec<(f64, u32)> =
            finding.order.iter().map(|&entry| (finding.points[entry], finding.places[entry])).collect();
        assert!(along.is_sorted());
        along.dedup();
        assert_eq!(along.len(), finding.order.len());
    }
}

#[test]
fn opened_in_any_slices_a_history_is_the_same() {
    for example in &EXAMPLES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/histories/{}.log", example.name));
        let text = std::fs::read_to_string(path).unwrap();
        let (one, other) = (open(&text, 1), open(&text, usize::MAX));
        assert_eq!((&one.log, one.model, &one.chronicle), (&other.log, other.model, &other.chronicle));
        assert_eq!(judge(&one, 1), judge(&other, usize::MAX));
    }
}

/// What their stories say.
#[test]
fn the_examples_are_what_their_stories_say() {
    let stale = example("etcd_062");
    let finding = judge(&stale, 100);
    let stuck = finding.stuck().expect("it is violated");
    assert!(finding.verdict.violation().unwrap().to_string().starts_with("Process 2 read 3 (line 35"));
    assert_eq!(finding.verdict.violation().unwrap().states, ["1"]);
    assert_eq!(stale.chronicle.unknown_before(stale.chronicle.bars[stuck].to), 0, "nothing has timed out yet");
    assert!(stale.chronicle.concurrent(stuck).is_empty(), "nobody was at work");
    let [before, _] = stale.chronicle.neighbours(stuck);
    assert_eq!(stale.log.entries[before.unwrap()].call, Call::Cas(Some(3), Some(1)));

    let again = example("etcd_004");
    let finding = judge(&again, 100);
    assert!(finding.verdict.violation().unwrap().to_string().starts_with("Process 4 read 2"));
    assert_eq!(finding.verdict.violation().unwrap().states, ["4"]);
    let [before, _] = again.chronicle.neighbours(finding.stuck().unwrap());
    let before = &again.log.entries[before.unwrap()];
    let found = before.ended.as_ref().map(|(_, ending)| ending.clone());
    assert_eq!((before.process, found), (7, Some(Ending::Ok(Reading::Value(Some(4))))));

    let holds = example("etcd_102");
    assert!(judge(&holds, 100).verdict.holds());
    let unknown = holds.chronicle.bars.iter().filter(|bar| bar.end == End::Unknown).count();
    assert_eq!((unknown, holds.log.entries.len()), (18, 73), "a quarter");
}
