//! What clients ask by themselves.

use std::collections::BTreeSet;

use partition_lab::sim::client::{Keys, Retry, Workload};
use partition_lab::sim::netem::Percent;
use partition_lab::sim::{
    Answer, ClientId, EventKind, Micros, Operation, Outcome, Protocol, RequestId, Scenario, Trace,
};

use crate::play::{
    A, READ, ask, count, counter, every_protocol, local_first, ms, quorum, replay, replay_with, returned, scenario,
    times, write,
};

fn percent(of: u32) -> Percent {
    Percent::millionths(of * 10_000)
}

fn with(workload: Workload, protocol: Protocol) -> Scenario {
    let mut scenario = scenario(2, protocol, Vec::new());
    scenario.clients[0].workload = workload;
    scenario.tail = ms(3_600_000);
    scenario
}

fn operations(trace: &Trace) -> Vec<Operation> {
    let asked = |kind: &EventKind| match *kind {
        EventKind::Invoked { operation, .. } => Some(operation),
        _ => None,
    };
    trace.events.iter().filter_map(|event| asked(&event.kind)).collect()
}

fn invoked(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Invoked { .. })
}

#[test]
fn a_client_without_a_workload_asks_what_the_script_says() {
    let trace = replay(&scenario(2, local_first(), vec![ask(10, A, READ), ask(20, A, write(3))]));
    assert_eq!(operations(&trace), [READ, write(3)]);
}

#[test]
fn a_random_workload_has_its_mean_interval_its_share_of_reads_and_its_count() {
    for (per_second, reads) in [(100, 30), (7, 90), (300_000, 50), (900_000, 0)] {
        let workload = Workload::Random { per_second, reads: percent(reads), count: 20_000 };
        let trace = replay_with(&with(workload, local_first()), 5);
        let at = times(&trace, invoked);
        assert_eq!(at.len(), 20_000);
        let mean = f64::from(u32::try_from(at[19_999] / 1_000).expect("less than 50 days")) / 20.0;
        // An exponential time, rounded to whole microseconds.
        let rate = f64::from(per_second) / 1e6;
        let expected = libm::exp(-rate / 2.0) / (1.0 - libm::exp(-rate));
        assert!((mean / expected - 1.0).abs() < 0.03, "{per_second}: {mean} instead of {expected}");
        let asked = operations(&trace).iter().filter(|operation| operation.is_read()).count();
        let share = i64::try_from(asked).expect("few") - i64::from(reads) * 200;
        assert!(share.abs() < 300, "{reads} %: {asked} reads");
    }
}

#[test]
fn random_requests_do_not_wait_for_answers_and_come_at_random_times() {
    let workload = Workload::Random { per_second: 100, reads: percent(0), count: 2_000 };
    let trace = replay(&with(workload, quorum()));
    assert!(overlaps(&trace), "an answer takes 20 ms, the next request 10 ms");
    let at = times(&trace, invoked);
    let gaps: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let long = gaps.iter().filter(|&&gap| gap > 30_000).count();
    assert!((60..140).contains(&long), "e⁻³ of 2000 are 100, not {long}");
}

/// Whether a client asks before its last request has returned.
fn overlaps(trace: &Trace) -> bool {
    let mut open: BTreeSet<ClientId> = BTreeSet::new();
    trace.events.iter().any(|event| match event.kind {
        EventKind::Invoked { client, .. } => !open.insert(client),
        EventKind::Returned { client, .. } => {
            open.remove(&client);
            false
        }
        _ => false,
    })
}

#[test]
fn in_a_closed_loop_a_client_thinks_between_an_answer_and_the_next_request() {
    let workload = Workload::Closed { think: ms(7), reads: percent(50), count: 500 };
    let trace = replay(&with(workload, quorum()));
    assert_eq!(count(&trace, invoked), 500);
    assert!(!overlaps(&trace));
    let (asked, answered) = (times(&trace, invoked), times(&trace, |kind| matches!(kind, EventKind::Returned { .. })));
    assert_eq!(asked[0], 0);
    assert!(answered.iter().zip(&asked[1..]).all(|(answered, asked)| asked - answered == 7_000));
    let reads = operations(&trace).iter().filter(|operation| operation.is_read()).count();
    assert!((200..300).contains(&reads), "{reads}");
}

#[test]
fn what_a_script_has_a_client_ask_besides_its_closed_loop_does_not_double_the_loop() {
    let workload = Workload::Closed { think: ms(7), reads: percent(50), count: 60 };
    let mut scenario = with(workload, quorum());
    scenario.script = vec![ask(5, A, write(900)), ask(30, A, READ), ask(31, A, READ)];
    let trace = replay(&scenario);
    assert_eq!(count(&trace, invoked), 63);
    let scripted: BTreeSet<RequestId> = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Invoked { request, .. } if [5_000, 30_000, 31_000].contains(&event.at.0) => Some(request),
            _ => None,
        })
        .collect();
    let mut own = trace.clone();
    own.events.retain(|event| match event.kind {
        EventKind::Invoked { request, .. } | EventKind::Returned { request, .. } => !scripted.contains(&request),
        _ => false,
    });
    assert!(!overlaps(&own));
}

#[test]
fn a_closed_loop_without_thinking_ends_after_its_count_at_the_same_instant() {
    let workload = Workload::Closed { think: Micros(0), reads: percent(100), count: 1_000 };
    let trace = replay(&with(workload, local_first()));
    assert_eq!((count(&trace, invoked), trace.events.last().map(|event| event.at)), (1_000, Some(Micros(0))));
}

#[test]
fn a_closed_loop_stops_where_nobody_answers_and_goes_on_after_a_timeout() {
    use partition_lab::sim::Action;
    let workload = Workload::Closed { think: ms(1), reads: percent(0), count: 10 };
    let mut scenario = with(workload, quorum());
    scenario.script = vec![crate::play::at(0, Action::Crash(A))];
    assert_eq!(count(&replay(&scenario), invoked), 1);
    scenario.clients[0].timeout = Some(ms(30));
    let trace = replay(&scenario);
    assert_eq!(count(&trace, invoked), 10);
    assert!(returned(&trace).iter().all(|(_, outcome)| *outcome == Outcome::Unknown));
}

#[test]
fn every_write_of_a_workload_writes_another_value_and_none_that_is_planned() {
    let workload = Workload::Random { per_second: 50, reads: percent(20), count: 200 };
    let mut scenario = with(workload, local_first());
    scenario.clients[1].workload = workload;
    scenario.script = vec![ask(0, A, write(41))];
    let written: Vec<Operation> = operations(&replay(&scenario)).into_iter().filter(|asked| !asked.is_read()).collect();
    let different: BTreeSet<&Operation> = written.iter().collect();
    assert_eq!(different.len(), written.len());
}

#[test]
fn the_largest_planned_value_does_no_harm() {
    let workload = Workload::Random { per_second: 50, reads: percent(0), count: 3 };
    let mut scenario = with(workload, local_first());
    scenario.initial = partition_lab::sim::Value(u32::MAX);
    assert_eq!(operations(&replay(&scenario)), [write(u32::MAX); 3]);
}

#[test]
fn a_workload_asks_only_what_the_object_understands() {
    for protocol in every_protocol() {
        let mut scenario = with(Workload::Closed { think: ms(5), reads: percent(30), count: 150 }, protocol);
        scenario.clients[0].timeout = Some(ms(300));
        scenario.tail = ms(10_000);
        let unsupported = Outcome::Refused(partition_lab::sim::Refusal::Unsupported);
        let trace = replay(&scenario);
        assert!(returned(&trace).iter().all(|(_, outcome)| *outcome != unsupported), "{protocol:?}");
        let answered = returned(&trace).iter().filter(|(_, outcome)| matches!(outcome, Outcome::Answered(_))).count();
        assert!(answered > 10, "{protocol:?}: {answered}");
    }
}

#[test]
fn a_client_gives_up_after_its_timeout_and_hears_no_later_answer() {
    let mut scenario = scenario(2, quorum(), vec![ask(0, A, write(1)), ask(100, A, READ)]);
    scenario.clients[0].timeout = Some(ms(15));
    let trace = replay(&scenario);
    assert_eq!(returned(&trace), [(RequestId(0), Outcome::Unknown), (RequestId(1), Outcome::Unknown)]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [15_000, 115_000]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Replied { .. })), [20_000, 120_000]);
}

#[test]
fn a_counter_is_added_to_by_workloads() {
    let mut scenario = with(Workload::Closed { think: ms(1), reads: percent(0), count: 25 }, counter());
    scenario.clients[0].retry = Some(Retry { times: 2, backoff: ms(1), keys: Keys::Idempotent });
    scenario.script = vec![ask(2_000, A, READ)];
    let trace = replay(&scenario);
    assert_eq!(returned(&trace)[25].1, Outcome::Answered(Answer::Count(25)));
}
