//! Nodes that crash, come up, stand still and go on.

use partition_lab::sim::protocol::{Any, Replica};
use partition_lab::sim::trace::Loss;
use partition_lab::sim::{Action, Answer, EventKind, NodeId, Operation, Outcome, Refusal, RequestId, Value};

use crate::play::{
    A, B, C, READ, abd, ask, at, contents, count, counter, every_protocol, held, local_first, ms, outcomes, quorum,
    raft, replay, scenario, times, write,
};

const WRITTEN: Outcome = Outcome::Answered(Answer::Written);

#[test]
fn a_crash_loses_what_a_node_was_doing_and_keeps_what_is_on_its_disk() {
    let script = vec![ask(0, A, write(1)), ask(50, A, write(2)), at(55, Action::Restart(A)), ask(100, A, READ)];
    let scenario = scenario(3, quorum(), script);
    let trace = replay(&scenario);
    assert_eq!(outcomes(&trace), [WRITTEN, Outcome::Answered(Answer::Value(Value(1)))]);
    assert_eq!(contents(&scenario, &trace), [held(1); 3]);
}

#[test]
fn a_value_that_is_only_in_memory_is_gone_after_a_crash_and_learned_again() {
    let scenario = scenario(3, raft(), vec![ask(900, A, write(7)), at(1_500, Action::Restart(B))]);
    let trace = replay(&scenario);
    let stored = |wanted: u32| times(&trace, |kind| *kind == EventKind::Stored { node: B, value: held(wanted) });
    assert_eq!(stored(0), [1_500_000]);
    assert_eq!(stored(7).len(), 2);
    assert_eq!(contents(&scenario, &trace), [held(7); 3]);
}

#[test]
fn a_message_to_a_node_that_is_down_is_lost_and_a_request_to_it_is_unheard() {
    let script = vec![at(0, Action::Crash(B)), ask(10, A, write(1)), ask(20, B, READ)];
    let scenario = scenario(2, local_first(), script);
    let trace = replay(&scenario);
    let lost = |kind: &EventKind| matches!(kind, EventKind::Lost { from: A, to: B, why: Loss::Down, .. });
    assert!(count(&trace, lost) > 1, "A tries again and again");
    assert_eq!(count(&trace, |kind| matches!(kind, EventKind::Delivered { .. })), 0);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Unheard { node: B, .. })), [20_000]);
    assert_eq!(outcomes(&trace), [WRITTEN], "the client of B waits for ever");
}

#[test]
fn the_timers_of_a_crashed_node_never_run_out() {
    let crash = |node| at(400, Action::Crash(node));
    let trace = replay(&scenario(3, raft(), vec![crash(A), crash(B), crash(C)]));
    let timers = times(&trace, |kind| matches!(kind, EventKind::TimedOut { .. }));
    assert!(timers.iter().any(|&time| time < 400_000));
    assert!(timers.iter().all(|&time| time <= 400_000), "{timers:?}");
}

#[test]
fn the_timers_of_a_node_that_crashed_while_it_stood_still_never_run_out() {
    let script = vec![at(100, Action::Pause(A)), at(500, Action::Crash(A)), at(600, Action::Resume(A))];
    let trace = replay(&scenario(1, raft(), script));
    assert_eq!(count(&trace, |kind| matches!(kind, EventKind::TimedOut { .. } | EventKind::Resumed { .. })), 0);
}

#[test]
fn a_node_that_comes_up_starts_its_protocol_again() {
    for up in [Action::Recover(A), Action::Restart(A)] {
        let trace = replay(&scenario(1, raft(), vec![at(400, Action::Crash(A)), at(600, up)]));
        let elections = times(&trace, |kind| matches!(kind, EventKind::TimedOut { .. }));
        assert!(elections.iter().any(|&time| time > 600_000), "{elections:?}");
    }
    let script = vec![
        at(0, Action::Crash(B)),
        ask(10, A, write(1)),
        at(30, Action::Crash(A)),
        at(500, Action::Recover(B)),
        at(600, Action::Recover(A)),
    ];
    let scenario = scenario(2, local_first(), script);
    assert_eq!(contents(&scenario, &replay(&scenario)), [held(1); 2], "A knew whom it had not told");
}

#[test]
fn only_a_node_that_is_down_comes_up_and_only_one_that_is_up_stands_still() {
    let script = vec![
        at(0, Action::Recover(A)),
        at(1, Action::Resume(A)),
        at(2, Action::Crash(A)),
        at(3, Action::Crash(A)),
        at(4, Action::Pause(A)),
        at(5, Action::Resume(A)),
        at(6, Action::Restart(A)),
        at(7, Action::Pause(A)),
        at(8, Action::Pause(A)),
        at(9, Action::Recover(A)),
    ];
    let trace = replay(&scenario(1, local_first(), script));
    assert_eq!(times(&trace, |_| true), [2_000, 6_000, 7_000]);
    let kinds: Vec<&EventKind> = trace.events.iter().map(|event| &event.kind).collect();
    assert_eq!(kinds[1], &EventKind::Recovered { node: A });
    assert_eq!(kinds[2], &EventKind::Paused { node: A });
}

#[test]
fn what_comes_to_a_node_that_stands_still_waits_and_comes_in_as_it_came_when_the_node_goes_on() {
    let script = vec![
        ask(0, B, Operation::Add(1)),
        at(5, Action::Pause(A)),
        ask(20, A, READ),
        ask(30, B, Operation::Add(1)),
        ask(50, A, READ),
        at(300, Action::Resume(A)),
    ];
    let trace = replay(&scenario(2, counter(), script));
    let at_a = trace.events.iter().filter(|event| event.at >= ms(300));
    let order: Vec<String> = at_a
        .filter_map(|event| match event.kind {
            EventKind::Delivered { message, to: A, .. } => Some(format!("message {}", message.0)),
            EventKind::Received { request, .. } => Some(format!("request {}", request.0)),
            EventKind::TimedOut { node: A, .. } => Some("timer".to_owned()),
            _ => None,
        })
        .collect();
    // The first addition (0), a request, the second addition (1), a request; and B, unanswered, said both again.
    assert_eq!(order[..4], ["message 0", "request 1", "message 1", "request 3"], "{order:?}");
    let answers = [1, 2].map(|count| Outcome::Answered(Answer::Count(count)));
    assert_eq!(outcomes(&trace)[2..], answers);
}

#[test]
fn a_timer_that_runs_out_while_its_node_stands_still_waits_with_the_rest() {
    let script = vec![
        at(0, Action::Cut(vec![(A, B), (A, C)])),
        ask(10, A, write(1)),
        at(100, Action::Pause(A)),
        at(700, Action::Resume(A)),
    ];
    let trace = replay(&scenario(3, quorum(), script));
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::TimedOut { node: A, .. })), [700_000]);
    assert_eq!(outcomes(&trace), [Outcome::Refused(Refusal::QuorumLoss)]);
}

#[test]
fn what_waits_at_a_node_that_stands_still_is_gone_when_it_crashes_even_if_it_comes_up_at_once() {
    for crash in [vec![Action::Crash(A), Action::Recover(A)], vec![Action::Restart(A)]] {
        let mut script = vec![at(5, Action::Pause(A)), ask(0, B, Operation::Add(1)), ask(20, A, Operation::Add(5))];
        script.extend(crash.into_iter().map(|action| at(30, action)));
        let trace = replay(&scenario(2, counter(), script));
        let lost = |kind: &EventKind| matches!(kind, EventKind::Lost { to: A, why: Loss::Down, .. });
        assert_eq!(times(&trace, lost), [30_000]);
        assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Unheard { node: A, .. })), [30_000]);
        assert_eq!(outcomes(&trace), [WRITTEN]);
        assert_eq!(trace.events.iter().filter(|event| event.at == ms(30)).count(), 4);
    }
}

#[test]
fn what_waits_at_the_door_of_a_busy_node_is_unheard_when_it_crashes() {
    let script = vec![ask(0, A, write(1)), ask(1, A, READ), ask(2, A, READ), at(5, Action::Restart(A))];
    let trace = replay(&scenario(3, abd(), script));
    let unheard: Vec<NodeId> = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Unheard { node, request } => (request != RequestId(0)).then_some(node),
            _ => None,
        })
        .collect();
    assert_eq!(unheard, [A, A]);
}

#[test]
fn before_anything_is_stored_a_node_holds_what_its_replica_says() {
    for protocol in every_protocol() {
        let mut scenario = scenario(3, protocol, Vec::new());
        scenario.initial = Value(5);
        let fresh = Any::new(&protocol, Value(5)).expect("some node follows it").content();
        assert_eq!(contents(&scenario, &replay(&scenario)), [fresh; 3], "{protocol:?}");
    }
}
