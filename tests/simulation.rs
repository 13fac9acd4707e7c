//! Claims about runs: the same everywhere, the past untouched, and each protocol as it describes itself.

#![cfg(not(target_arch = "wasm32"))]

mod traces;

use std::collections::BTreeSet;
use std::fs;

use partition_lab::check::History;
use partition_lab::course::scenarios::{challenge_cp, gilbert_lynch_ap, plays};
use partition_lab::sim::fault::ScenarioError;
use partition_lab::sim::protocol::Any;
use partition_lab::sim::trace::Loss;
use partition_lab::sim::{
    Act, Action, Answer, ClientId, Content, Cursor, EventKind, Latency, Micros, NodeId, Operation, Outcome, Protocol,
    Refusal, Run, Scenario, Timeline, Trace, Value, World,
};
use proptest::prelude::*;

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);

#[test]
fn every_scenario_has_its_golden_trace() {
    for golden in traces::GOLDEN {
        if std::env::var_os("REMAKE_GOLDEN").is_some() {
            let file = format!("{}/tests/golden/traces/{}.jsonl", env!("CARGO_MANIFEST_DIR"), golden.name);
            fs::write(file, golden.replay().to_json_lines()).expect("the trace can be written");
        } else {
            golden.check();
        }
    }
}

#[test]
fn every_stored_scenario_is_in_the_list() {
    let folder = format!("{}/tests/golden/scenarios", env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("its name is text");
        assert!(traces::GOLDEN.iter().any(|golden| golden.name == name), "{name} is not in tests/traces/mod.rs");
    }
}

/// Counts the kinds of events: a new one belongs here, and into a golden trace.
fn kind(kind: &EventKind) -> usize {
    match kind {
        EventKind::Invoked { .. } => 0,
        EventKind::Received { .. } => 1,
        EventKind::Stored { .. } => 2,
        EventKind::Replied { .. } => 3,
        EventKind::Returned { .. } => 4,
        EventKind::Sent { .. } => 5,
        EventKind::Delivered { .. } => 6,
        EventKind::Corrupted { .. } => 7,
        EventKind::Duplicated { .. } => 8,
        EventKind::Delayed { .. } => 9,
        EventKind::Missed { .. } => 10,
        EventKind::Retried { .. } => 11,
        EventKind::Unheard { .. } => 12,
        EventKind::TimedOut { .. } => 13,
        EventKind::Cut { .. } => 14,
        EventKind::Healed { .. } => 15,
        EventKind::Held { .. } => 16,
        EventKind::Released { .. } => 17,
        EventKind::Shaped { .. } => 18,
        EventKind::Crashed { .. } => 19,
        EventKind::Recovered { .. } => 20,
        EventKind::Paused { .. } => 21,
        EventKind::Resumed { .. } => 22,
        EventKind::ClockSet { .. } => 23,
        EventKind::Lost { why: Loss::Cut, .. } => 24,
        EventKind::Lost { why: Loss::Random, .. } => 25,
        EventKind::Lost { why: Loss::QueueFull, .. } => 26,
        EventKind::Lost { why: Loss::Down, .. } => 27,
        EventKind::Lost { why: Loss::ByHand, .. } => 28,
    }
}

#[test]
fn everything_that_can_happen_happens_in_a_golden_trace() {
    let kinds: BTreeSet<usize> =
        traces::GOLDEN.iter().flat_map(|golden| golden.replay().events).map(|event| kind(&event.kind)).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), (0..29).collect::<Vec<_>>());
}

#[test]
fn every_protocol_has_a_golden_trace() {
    let covered: BTreeSet<String> = traces::GOLDEN
        .iter()
        .map(|golden| serde_json::to_value(golden.scenario().nodes[0].protocol).expect("plain data"))
        .filter_map(|protocol| Some(protocol.as_object()?.keys().next()?.clone()))
        .collect();
    let schema = serde_json::to_value(schemars::schema_for!(Protocol)).expect("a schema is JSON");
    let named: BTreeSet<String> = schema["oneOf"]
        .as_array()
        .expect("one of several")
        .iter()
        .filter_map(|way| Some(way["properties"].as_object()?.keys().next()?.clone()))
        .collect();
    assert_eq!(covered, named);
}

#[test]
fn every_event_comes_after_its_cause() {
    for scenario in plays().into_iter().flat_map(|play| play.scenarios) {
        let trace = replay(&Run::of(scenario));
        for (index, event) in trace.events.iter().enumerate() {
            assert_eq!(event.id.0 as usize, index);
            assert!(event.cause.is_none_or(|cause| cause < event.id), "{event:?}");
        }
    }
}

#[test]
fn with_a_working_link_the_leader_commits_and_the_follower_learns() {
    let mut scenario = challenge_cp();
    scenario.script.remove(0);
    let trace = replay(&Run::of(scenario.clone()));
    assert_eq!(outcomes(&scenario, &trace), [Outcome::Answered(Answer::Written)]);
    assert_eq!(final_values(&scenario, &trace), [held(1), held(1)]);
}

#[test]
fn a_follower_passes_a_read_on_and_refuses_it_when_the_leader_cannot_be_reached() {
    let mut scenario = challenge_cp();
    scenario.clients[0].node = B;
    scenario.script[1].action = Action::Request { client: ClientId(0), operation: Operation::Read };
    let cut = replay(&Run::of(scenario.clone()));
    assert_eq!(outcomes(&scenario, &cut), [Outcome::Refused(Refusal::QuorumLoss)]);
    scenario.script.remove(0);
    let whole = replay(&Run::of(scenario.clone()));
    assert_eq!(outcomes(&scenario, &whole), [Outcome::Answered(Answer::Value(Value(0)))]);
}

#[test]
fn a_write_passed_on_to_a_leader_that_does_not_answer_has_an_unknown_outcome() {
    let mut scenario = challenge_cp();
    scenario.clients[0].node = B;
    let trace = replay(&Run::of(scenario.clone()));
    assert_eq!(outcomes(&scenario, &trace), [Outcome::Unknown]);
}

#[test]
fn a_client_that_stops_waiting_does_not_know_and_a_later_answer_does_not_reach_it() {
    let mut scenario = challenge_cp();
    scenario.clients[0].timeout = Some(Micros::from_millis(50));
    let trace = replay(&Run::of(scenario.clone()));
    assert_eq!(outcomes(&scenario, &trace), [Outcome::Unknown]);
    let returns = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Returned { .. })).count();
    assert_eq!(returns, 1);
}

#[test]
fn after_healing_the_last_writer_wins_at_both_nodes() {
    let scenario = plays().remove(3).scenarios.remove(0);
    assert_eq!(scenario.name, "challenge-ap");
    let end = replay(&Run::of(scenario.clone())).steps();
    let heal = Act { after: end, at: Micros::from_millis(400), action: Action::heal_between(A, B) };
    let healed = replay(&Run { scenario: scenario.clone(), seed: 0, acts: vec![heal] });
    assert_eq!(final_values(&scenario, &replay(&Run::of(scenario.clone()))), [held(1), held(2)]);
    assert_eq!(final_values(&scenario, &healed), [held(2), held(2)]);
}

#[test]
fn a_link_can_be_cut_one_way() {
    let mut scenario = gilbert_lynch_ap();
    scenario.script[1].action = Action::Cut(vec![(B, A)]);
    let trace = replay(&Run::of(scenario.clone()));
    assert_eq!(final_values(&scenario, &trace), [held(1), held(1)]);
    assert!(trace.events.iter().any(|event| matches!(event.kind, EventKind::Lost { from: B, to: A, .. })));
}

#[test]
fn anything_that_is_due_can_be_chosen_before_its_time() {
    let mut world = World::<Any>::start(&gilbert_lynch_ap(), 0).expect("a built-in scenario");
    let last = world.enabled().last().expect("the script is due");
    let mut events = Vec::new();
    assert!(world.take(last, &mut events));
    assert!(matches!(events[0].kind, EventKind::Invoked { operation: Operation::Read, .. }));
    assert_eq!(world.now(), Micros::from_millis(100));
    assert!(!world.take(last, &mut events));
}

#[test]
fn what_a_scenario_does_not_have_is_named_in_a_sentence() {
    let mut scenario = challenge_cp();
    scenario.clients[0].node = NodeId(7);
    assert_eq!(scenario.check(), Err(ScenarioError::NoSuchNode(NodeId(7), 2)));
    let mut scenario = challenge_cp();
    scenario.script[1].action = Action::Request { client: ClientId(4), operation: Operation::Read };
    let error = scenario.check().expect_err("there is one client");
    assert_eq!(error.to_string(), "there is no client 5: the scenario has 1 clients, numbered from 1");
    let mut timeline = Timeline::<Any>::new(Run::of(challenge_cp())).expect("a built-in scenario");
    let before = timeline.clone();
    assert!(timeline.act(Micros(0), Action::Cut(vec![(A, A)])).is_err());
    assert_eq!(timeline, before);
}

#[test]
fn acting_in_the_past_starts_a_branch_and_leaves_the_old_one_as_it_was() {
    let mut timeline = Timeline::<Any>::new(Run::of(gilbert_lynch_ap())).expect("a built-in scenario");
    let first = timeline.branch().clone();
    timeline.go(Cursor { branch: 0, step: 3 });
    timeline.act(Micros(0), Action::Cut(vec![(A, B)])).expect("both nodes are there");
    assert_eq!(timeline.cursor(), Cursor { branch: 1, step: 4 });
    assert_eq!(timeline.branch().origin, Some(Cursor { branch: 0, step: 3 }));
    assert_eq!(timeline.branch().trace.until(3), first.trace.until(3));
    assert_eq!(timeline.branches()[0], first);
}

#[test]
fn acting_at_the_end_goes_on_with_the_branch() {
    let mut timeline = Timeline::<Any>::new(Run::of(gilbert_lynch_ap())).expect("a built-in scenario");
    let before = timeline.branch().trace.clone();
    timeline.go(Cursor { branch: 0, step: u32::MAX });
    timeline.act(Micros(0), Action::heal_between(A, B)).expect("both nodes are there");
    assert_eq!(timeline.branches().len(), 1);
    assert_eq!(timeline.branch().trace.until(before.steps()), before.events);
}

proptest! {
    #[test]
    fn the_same_run_has_the_same_trace_also_after_a_way_through_json(run in any_run()) {
        let text = serde_json::to_string(&run).expect("a run is plain data");
        let again: Run = serde_json::from_str(&text).expect("it was written a line ago");
        prop_assert_eq!(replay(&run).to_json_lines(), replay(&again).to_json_lines());
    }

    #[test]
    fn what_was_done_later_changes_nothing_of_what_was_before(run in any_run(), act in any_act()) {
        let before = replay(&run);
        let mut acts = run.acts.clone();
        acts.retain(|earlier| earlier.after < act.after);
        let fewer = Run { acts: acts.clone(), ..run.clone() };
        acts.push(act.clone());
        let after = replay(&Run { acts, ..run.clone() });
        let same = act.after.min(before.steps()).min(after.steps());
        let base = if fewer.acts.len() == run.acts.len() { before } else { replay(&fewer) };
        let same = same.min(base.steps());
        prop_assert_eq!(base.until(same), after.until(same));
    }

    #[test]
    fn time_never_runs_backwards(run in any_run()) {
        let trace = replay(&run);
        prop_assert!(trace.events.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].step <= pair[1].step));
    }
}

fn replay(run: &Run) -> Trace {
    run.replay().expect("the run names only what it has")
}

fn outcomes(scenario: &Scenario, trace: &Trace) -> Vec<Outcome> {
    History::of(scenario.initial, &trace.events)
        .attempts
        .iter()
        .filter_map(partition_lab::check::Attempt::outcome)
        .collect()
}

fn held(value: u32) -> Content {
    Content::Value(Value(value))
}

fn final_values(scenario: &Scenario, trace: &Trace) -> Vec<Content> {
    trace.values(scenario, trace.steps())
}

fn any_act() -> impl Strategy<Value = Act> {
    let action = prop_oneof![
        Just(Action::cut_between(A, B)),
        Just(Action::Cut(vec![(A, B)])),
        Just(Action::heal_between(A, B)),
        (0..5_u32).prop_map(|value| Action::Request { client: ClientId(0), operation: Operation::Write(Value(value)) }),
        Just(Action::Request { client: ClientId(0), operation: Operation::Read }),
    ];
    (0..20_u32, 0..400_u64, action).prop_map(|(after, at, action)| Act { after, at: Micros::from_millis(at), action })
}

fn any_run() -> impl Strategy<Value = Run> {
    let scenarios: Vec<Scenario> = plays().into_iter().flat_map(|play| play.scenarios).collect();
    let scenario = proptest::sample::select(scenarios);
    (scenario, any::<u64>(), 0..60_000_u64, proptest::collection::vec(any_act(), 0..5)).prop_map(
        |(mut scenario, seed, jitter, mut acts)| {
            scenario.latency = Latency { jitter: Micros(jitter), ..scenario.latency };
            acts.sort_by_key(|act| act.after);
            Run { scenario, seed, acts }
        },
    )
}
