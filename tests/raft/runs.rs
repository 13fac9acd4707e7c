//! Whole runs by the clock: what clients see when the network is cut and healed.

use partition_lab::check::{Budget, History, linearizability};
use partition_lab::sim::node::Clock;
use partition_lab::sim::protocol::Body;
use partition_lab::sim::protocol::raft::Message;
use partition_lab::sim::{
    Action, Answer, ClientId, ClientSpec, Content, EventKind, Latency, Micros, NodeId, NodeSpec, Operation, Outcome,
    Planned, Protocol, Refusal, Run, Scenario, Trace, Value,
};
use proptest::prelude::*;

use crate::network::SETUP;

const WRITTEN: Option<Outcome> = Some(Outcome::Answered(Answer::Written));

/// As many nodes, each with a client of its own; 10 to 15 ms between any two.
fn scenario(nodes: u8, script: Vec<Planned>) -> Scenario {
    let node = NodeSpec { region: "Virginia".to_owned(), protocol: Protocol::Raft(SETUP), clock: Clock::default() };
    Scenario {
        name: "raft".to_owned(),
        nodes: vec![node; nodes.into()],
        clients: (0..nodes).map(|at| ClientSpec::of(NodeId(at))).collect(),
        initial: Value(0),
        latency: Latency { base: Micros::from_millis(10), jitter: Micros::from_millis(5) },
        script,
        tail: Micros::from_millis(3_000),
        settle: Micros::from_millis(3_000),
        ..Scenario::default()
    }
}

fn at(millis: u64, action: Action) -> Planned {
    Planned { at: Micros::from_millis(millis), action }
}

fn write(millis: u64, node: NodeId, value: u32) -> Planned {
    at(millis, Action::Request { client: ClientId(node.0), operation: Operation::Write(Value(value)) })
}

fn read(millis: u64, node: NodeId) -> Planned {
    at(millis, Action::Request { client: ClientId(node.0), operation: Operation::Read })
}

/// The links between some nodes and the others, both ways.
fn between(some: &[NodeId], nodes: u8) -> Vec<(NodeId, NodeId)> {
    let all = || (0..nodes).map(NodeId);
    all()
        .flat_map(|from| all().map(move |to| (from, to)))
        .filter(|(from, to)| some.contains(from) != some.contains(to))
        .collect()
}

fn replay(scenario: Scenario, seed: u64) -> (Trace, History) {
    let initial = scenario.initial;
    let run = Run { seed, ..Run::of(scenario) };
    let trace = run.replay().expect("the scenario names what is there");
    let history = History::of(initial, &trace.events);
    (trace, history)
}

fn outcomes(history: &History) -> Vec<Option<Outcome>> {
    history.attempts.iter().map(partition_lab::check::Attempt::outcome).collect()
}

/// Who sent entries last before that time.
fn leader(trace: &Trace, before: Micros) -> NodeId {
    let leads = trace.events.iter().rev().find_map(|event| match event.kind {
        EventKind::Sent { from, body: Body::Raft(Message::Append { .. }), .. } if event.at < before => Some(from),
        _ => None,
    });
    leads.expect("somebody leads")
}

/// The leader after a second without faults, and two nodes that follow.
fn parties(nodes: u8, seed: u64) -> (NodeId, NodeId, NodeId) {
    let (trace, _) = replay(scenario(nodes, Vec::new()), seed);
    let leader = leader(&trace, Micros::from_millis(1_000));
    let mut others = (0..nodes).map(NodeId).filter(|&node| node != leader);
    let mut follower = || others.next().expect("there are two others");
    (leader, follower(), follower())
}

fn values(scenario: &Scenario, trace: &Trace) -> Vec<Content> {
    trace.values(scenario, trace.steps())
}

#[test]
fn a_leader_is_elected_and_a_write_at_any_node_reaches_every_node() {
    for seed in 0..20 {
        for node in (0..5).map(NodeId) {
            let scenario = scenario(5, vec![write(1_000, node, 1)]);
            let (trace, history) = replay(scenario.clone(), seed);
            assert_eq!(outcomes(&history), [WRITTEN]);
            assert_eq!(values(&scenario, &trace), [Content::Value(Value(1)); 5]);
        }
    }
}

#[test]
fn before_the_first_election_nobody_leads_and_requests_are_refused() {
    let (_, history) = replay(scenario(3, vec![write(0, NodeId(0), 1)]), 0);
    assert_eq!(outcomes(&history), [Some(Outcome::Refused(Refusal::NoLeader))]);
}

#[test]
fn a_leader_that_is_cut_off_answers_nothing_and_what_it_took_in_is_overwritten_after_healing() {
    for seed in 0..20 {
        let (old, one, other) = parties(3, seed);
        let script = vec![
            write(1_000, one, 1),
            at(1_500, Action::Cut(between(&[old], 3))),
            write(1_500, old, 2),
            write(2_500, one, 3),
            read(2_800, old),
            read(2_800, other),
            at(4_500, Action::Heal(between(&[old], 3))),
            read(6_000, old),
        ];
        let scenario = scenario(3, script);
        let (trace, history) = replay(scenario.clone(), seed);
        let three = Some(Outcome::Answered(Answer::Value(Value(3))));
        let refused = Some(Outcome::Refused(Refusal::QuorumLoss));
        assert_eq!(outcomes(&history), [WRITTEN, Some(Outcome::Unknown), WRITTEN, refused, three, three]);
        assert_eq!(values(&scenario, &trace), [Content::Value(Value(3)); 3]);
        assert_ne!(leader(&trace, Micros::from_millis(6_000)), old, "the old leader stepped down");
        assert!(linearizability(&history, Budget::default()).holds());
    }
}

#[test]
fn a_follower_that_is_cut_off_stops_nobody_and_catches_up() {
    for seed in 0..20 {
        let (leader, cut, other) = parties(3, seed);
        let script = vec![
            at(1_000, Action::Cut(between(&[cut], 3))),
            write(1_500, leader, 1),
            write(1_600, other, 2),
            write(1_700, leader, 3),
            at(3_000, Action::Heal(between(&[cut], 3))),
        ];
        let scenario = scenario(3, script);
        let (trace, history) = replay(scenario.clone(), seed);
        assert_eq!(outcomes(&history), [WRITTEN; 3]);
        assert_eq!(values(&scenario, &trace), [Content::Value(Value(3)); 3]);
    }
}

#[test]
fn two_halves_decide_nothing_until_they_are_one_again() {
    for seed in 0..20 {
        let (leader, one, other) = parties(4, seed);
        let halves = between(&[leader, one], 4);
        let script = vec![
            at(1_000, Action::Cut(halves.clone())),
            write(1_100, leader, 1),
            read(1_100, one),
            write(2_500, other, 2),
            at(3_000, Action::Heal(halves)),
            read(5_000, leader),
        ];
        let (_, history) = replay(scenario(4, script), seed);
        let ends = outcomes(&history);
        let refused = |refusal| Some(Outcome::Refused(refusal));
        assert_eq!(ends[..3], [Some(Outcome::Unknown), refused(Refusal::QuorumLoss), refused(Refusal::NoLeader)]);
        assert!(matches!(ends[3], Some(Outcome::Answered(Answer::Value(_)))), "{ends:?}");
        assert!(linearizability(&history, Budget::default()).holds());
    }
}

/// Cuts, heals and requests at random times in the first four seconds.
fn planned(nodes: u8) -> impl Strategy<Value = Planned> {
    let time = 0..4_000_u64;
    let node = (0..nodes).prop_map(NodeId);
    prop_oneof![
        2 => (time.clone(), node.clone(), 1..9_u32).prop_map(|(millis, node, value)| write(millis, node, value)),
        2 => (time.clone(), node.clone()).prop_map(|(millis, node)| read(millis, node)),
        1 => (time.clone(), node.clone()).prop_map(move |(millis, node)| at(millis, Action::Cut(between(&[node], nodes)))),
        1 => (time, node).prop_map(move |(millis, node)| at(millis, Action::Heal(between(&[node], nodes)))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whenever_links_are_cut_and_healed_the_history_is_linearizable(
        seed in any::<u64>(),
        script in prop::collection::vec(planned(3), 0..16),
    ) {
        let (_, history) = replay(scenario(3, script), seed);
        let verdict = linearizability(&history, Budget::default());
        prop_assert!(verdict.holds(), "{verdict:#?}");
    }

    #[test]
    fn once_everything_is_healed_a_write_reaches_every_node(
        seed in any::<u64>(),
        mut script in prop::collection::vec(planned(5), 0..16),
    ) {
        for node in (0..5).map(NodeId) {
            script.push(at(4_000, Action::Heal(between(&[node], 5))));
        }
        script.push(write(9_000, NodeId(0), 99));
        let scenario = scenario(5, script);
        let (trace, history) = replay(scenario.clone(), seed);
        let last = history.attempts.iter().find(|attempt| attempt.operation == Operation::Write(Value(99)));
        prop_assert_eq!(last.and_then(partition_lab::check::Attempt::outcome), WRITTEN);
        prop_assert_eq!(values(&scenario, &trace), [Content::Value(Value(99)); 5]);
    }
}
