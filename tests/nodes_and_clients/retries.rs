//! Clients that try again.

use partition_lab::sim::client::{Keys, Retry, Workload};
use partition_lab::sim::{
    Action, Answer, Content, EventKind, Operation, Outcome, Planned, Refusal, Scenario, Trace, Value,
};

use crate::play::{
    A, B, C, READ, abd, ask, at, contents, count, counter, held, ms, outcomes, quorum, replay, scenario, times, write,
};

const WRITTEN: Outcome = Outcome::Answered(Answer::Written);

fn retrying(keys: Keys, times: u8) -> Retry {
    Retry { times, backoff: ms(10), keys }
}

fn with(retry: Retry, timeout: Option<u64>, mut scenario: Scenario) -> Scenario {
    for client in &mut scenario.clients {
        (client.retry, client.timeout) = (Some(retry), timeout.map(ms));
    }
    scenario
}

fn retried(trace: &Trace) -> Vec<u64> {
    times(trace, |kind| matches!(kind, EventKind::Retried { .. }))
}

#[test]
fn a_client_waits_twice_as_long_before_each_further_try_and_gives_up_after_the_last() {
    let down = vec![at(0, Action::Crash(A)), ask(0, A, READ)];
    let trace = replay(&with(retrying(Keys::Fresh, 4), Some(100), scenario(1, counter(), down)));
    // Each try takes 100 ms; then 10, 20, 40 and 80 ms.
    assert_eq!(retried(&trace), [110_000, 230_000, 370_000, 550_000]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [650_000]);
    assert_eq!(outcomes(&trace), [Outcome::Unknown]);
}

#[test]
fn a_client_without_a_timeout_tries_again_after_a_refusal() {
    let script = vec![at(0, Action::cut_between(A, B)), ask(0, A, write(1)), at(215, Action::heal_between(A, B))];
    let trace = replay(&with(retrying(Keys::Fresh, 3), None, scenario(2, quorum(), script)));
    assert_eq!(retried(&trace), [210_000, 430_000]);
    assert_eq!(outcomes(&trace), [WRITTEN]);
}

#[test]
fn what_is_refused_at_every_try_ends_refused() {
    let script = vec![at(0, Action::cut_between(A, B)), ask(0, A, write(1))];
    let trace = replay(&with(retrying(Keys::Fresh, 1), None, scenario(2, quorum(), script)));
    assert_eq!(outcomes(&trace), [Outcome::Refused(Refusal::QuorumLoss)]);
}

#[test]
fn a_refused_try_after_one_that_nobody_knows_of_ends_unknown() {
    // The first try is forwarded and not answered in time; the second meets a node that has no way to the leader.
    let script = vec![
        ask(0, B, write(1)),
        at(15, Action::cut_between(A, B)),
        at(16, Action::Crash(B)),
        at(17, Action::Recover(B)),
        at(200, Action::heal_between(A, B)),
        at(200, Action::Crash(A)),
    ];
    let mut scenario = with(retrying(Keys::Fresh, 1), Some(100), scenario(3, quorum(), script));
    scenario.clients[1].timeout = Some(ms(250));
    let trace = replay(&scenario);
    assert_eq!(retried(&trace), [260_000]);
    assert_eq!(outcomes(&trace), [Outcome::Unknown]);
    assert_eq!(contents(&scenario, &trace)[0], held(1), "it had been decided");
}

/// A client adds one to the counter of a node that stands still for longer than the client waits.
fn added(keys: Keys) -> (Content, Trace) {
    let script = vec![at(0, Action::Pause(A)), ask(10, A, Operation::Add(1)), at(95, Action::Resume(A))];
    let scenario = with(retrying(keys, 3), Some(40), scenario(1, counter(), script));
    let trace = replay(&scenario);
    (contents(&scenario, &trace)[0], trace)
}

#[test]
fn with_a_key_a_counter_is_added_to_once_and_without_twice_when_the_answer_was_late() {
    let (content, trace) = added(Keys::Fresh);
    assert_eq!((content, retried(&trace)), (Content::Count(2), vec![60_000]));
    let (content, trace) = added(Keys::Idempotent);
    assert_eq!((content, retried(&trace)), (Content::Count(1), vec![60_000]));
    assert_eq!(count(&trace, |kind| matches!(kind, EventKind::Replied { .. })), 2, "answered the same again");
    assert_eq!(outcomes(&trace), [WRITTEN]);
}

#[test]
fn a_key_is_on_disk_with_its_answer() {
    let script = vec![
        at(0, Action::Pause(A)),
        ask(10, A, Operation::Add(1)),
        at(55, Action::Resume(A)),
        at(56, Action::Pause(A)),
    ];
    let mut scenario = with(retrying(Keys::Idempotent, 5), Some(40), scenario(1, counter(), script));
    scenario.script.push(at(57, Action::Restart(A)));
    assert_eq!(contents(&scenario, &replay(&scenario)), [Content::Count(1)]);
}

#[test]
fn a_try_whose_key_is_being_worked_on_is_not_started_and_the_first_ones_answer_serves_both() {
    let script = vec![at(0, Action::Hold(vec![(A, B)])), ask(0, A, write(1)), at(100, Action::Release(vec![(A, B)]))];
    let trace = replay(&with(retrying(Keys::Idempotent, 3), Some(60), scenario(2, quorum(), script)));
    assert_eq!(retried(&trace), [70_000]);
    assert_eq!(outcomes(&trace), [WRITTEN]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [110_000]);
    assert_eq!(count(&trace, |kind| matches!(kind, EventKind::Sent { from: A, request: Some(_), .. })), 1);
}

#[test]
fn a_late_answer_of_an_earlier_try_ends_the_request() {
    let script = vec![at(0, Action::Hold(vec![(A, B)])), ask(0, A, write(1)), at(65, Action::Release(vec![(A, B)]))];
    let trace = replay(&with(retrying(Keys::Fresh, 3), Some(60), scenario(2, quorum(), script)));
    // Given up at 60 ms and answered at 75 ms, after the second try at 70 ms.
    assert_eq!(retried(&trace), [70_000]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [75_000]);
}

#[test]
fn an_answer_between_two_tries_ends_the_request_and_there_is_no_further_try() {
    let script = vec![at(0, Action::Hold(vec![(A, B)])), ask(0, A, write(1)), at(55, Action::Release(vec![(A, B)]))];
    let trace = replay(&with(retrying(Keys::Fresh, 3), Some(60), scenario(2, quorum(), script)));
    assert!(retried(&trace).is_empty());
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [65_000]);
}

#[test]
fn a_late_refusal_of_a_try_that_was_given_up_makes_no_further_try() {
    // The leader refuses after 200 ms; the client gives the try up after 190 ms and tries again at 200 ms.
    let script = vec![at(0, Action::cut_between(A, B)), ask(0, A, write(1))];
    for (timeout, expected) in [(195, vec![205_000]), (190, vec![200_000]), (150, vec![160_000])] {
        let trace = replay(&with(retrying(Keys::Fresh, 1), Some(timeout), scenario(2, quorum(), script.clone())));
        assert_eq!(retried(&trace), expected, "a timeout of {timeout} ms");
        let end = expected[0] + timeout * 1_000;
        assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Returned { .. })), [end], "{timeout}");
        assert_eq!(outcomes(&trace), [Outcome::Unknown], "the first try might still be under way");
    }
}

#[test]
fn who_waits_at_the_door_comes_in_also_behind_a_try_whose_key_is_known() {
    // The second try of a read, and then a write, wait at the door until the node has answered the first try.
    let script = vec![
        at(0, Action::cut_between(A, C)),
        at(0, Action::Hold(vec![(A, B)])),
        ask(0, A, READ),
        ask(75, A, write(1)),
        at(80, Action::Release(vec![(A, B)])),
    ];
    let trace = replay(&with(retrying(Keys::Idempotent, 1), Some(60), scenario(3, abd(), script)));
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Received { .. }))[..3], [0, 110_000, 110_000]);
    assert_eq!(outcomes(&trace), [Outcome::Answered(Answer::Value(Value(0))), WRITTEN]);
}

#[test]
fn a_closed_loop_counts_a_request_with_all_its_tries_as_one() {
    let mut scenario = with(retrying(Keys::Fresh, 2), Some(50), scenario(2, quorum(), Vec::new()));
    let reads = partition_lab::sim::netem::Percent::millionths(500_000);
    scenario.clients[0].workload = Workload::Closed { think: ms(1), reads, count: 8 };
    scenario.script = vec![at(0, Action::cut_between(A, B))] as Vec<Planned>;
    scenario.tail = ms(60_000);
    let trace = replay(&scenario);
    assert_eq!(count(&trace, |kind| matches!(kind, EventKind::Invoked { .. })), 8);
    assert_eq!(retried(&trace).len(), 16);
}
