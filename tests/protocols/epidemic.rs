//! The epidemic register.

use partition_lab::check::availability::{Extent, availability};
use partition_lab::check::{Attempt, Budget, History, linearizability};
use partition_lab::sim::protocol::Timer;
use partition_lab::sim::protocol::epidemic::Setup;
use partition_lab::sim::{Answer, Micros, NodeId, Operation, Outcome, Protocol, Value};
use proptest::prelude::*;

use crate::network::Network;
use crate::play::{Play, UNSUPPORTED, WRITTEN, got, held};
use crate::{A, B, C, D};

pub fn setup() -> Protocol {
    Protocol::Epidemic(Setup { gossip: Micros::from_millis(50) })
}

#[test]
fn news_gets_around_a_cut_link_by_a_third_node() {
    let end = Play::of(3, setup()).cut(0, &[A], &[B]).write(10, A, 1).run();
    assert_eq!(end.contents, [held(1); 3]);
    let end = Play::of(3, setup()).cut(0, &[A], &[B, C]).write(10, A, 1).run();
    assert_eq!(end.contents, [held(1), held(0), held(0)]);
}

#[test]
fn gossip_makes_good_what_was_lost_of_a_rumour() {
    let mut network = Network::new(3, &setup());
    network.ask(A, Operation::Write(Value(1)));
    network.lose_on(|_, _| true);
    network.ask(B, Operation::Write(Value(2)));
    network.lose_on(|_, _| true);
    assert_eq!(network.contents(), [held(1), held(2), held(0)]);
    network.settle();
    assert_eq!(network.contents(), [held(2); 3]);
}

#[test]
fn a_node_tells_the_others_in_turn() {
    let mut network = Network::new(3, &setup());
    network.ask(B, Operation::Write(Value(1)));
    network.letters.clear();
    for _ in 0..3 {
        network.run_out(B, Timer::Gossip);
    }
    let told: Vec<NodeId> = network.letters.iter().map(|&(_, to, _)| to).collect();
    assert_eq!(told, [C, A, C]);
}

#[test]
fn an_old_read_breaks_linearizability_and_not_sequential_consistency() {
    let end = Play::of(2, setup()).cut(0, &[A], &[B]).write(10, A, 1).read(20, B).read(30, A).run();
    assert_eq!(end.outcomes(), [WRITTEN, got(0), got(1)]);
    assert!(linearizability(&end.history, Budget::default()).violation().is_some());
    assert!(is_sequentially_consistent(&end.history));
}

#[test]
fn a_client_that_changes_its_node_may_see_the_past_again() {
    let mut play = Play::of(2, setup()).cut(0, &[A], &[B]).write(10, A, 1).read(20, A).read(30, B);
    assert!(is_sequentially_consistent(&play.run().history));
    let mut history = play.run().history;
    history.attempts[2].client = history.attempts[1].client;
    assert!(!is_sequentially_consistent(&history));
    play.0.script.remove(0);
    assert_eq!(play.run().outcomes(), [WRITTEN, got(1), got(1)]);
}

#[test]
fn a_node_that_crashed_writes_above_what_it_had_seen() {
    let mut network = Network::new(2, &setup());
    network.ask(A, Operation::Write(Value(1)));
    network.ask(A, Operation::Write(Value(2)));
    network.deliver_on(|_, _| true);
    network.crash(B);
    network.recover(B);
    network.ask(B, Operation::Write(Value(3)));
    network.settle();
    assert_eq!(network.contents(), [held(3); 2]);
}

#[test]
fn compare_and_set_is_refused_because_no_node_can_decide_it_alone() {
    let end = Play::of(2, setup()).ask(0, A, Operation::Cas(Value(0), Value(1))).run();
    assert_eq!(end.outcomes(), [UNSUPPORTED]);
}

proptest! {
    #[test]
    fn every_run_is_available_and_sequentially_consistent(
        asked in prop::collection::vec((0..200_u64, 0..3_u8, any::<bool>()), 1..9),
        cuts in prop::collection::vec((0..200_u64, 0..3_u8, 0..3_u8, 1..200_u64), 0..4),
        seed in any::<u64>(),
    ) {
        let mut play = Play::of(3, setup()).jitter(30);
        for ((at, node, writes), value) in asked.into_iter().zip(1..) {
            play = if writes { play.write(at, NodeId(node), value) } else { play.read(at, NodeId(node)) };
        }
        for (at, a, b, lasting) in cuts.into_iter().filter(|&(_, a, b, _)| a != b) {
            play = play.cut(at, &[NodeId(a)], &[NodeId(b)]).heal(at + lasting, &[NodeId(a)], &[NodeId(b)]);
        }
        let history = play.run_with(seed).history;
        prop_assert!(availability(&history, Extent::Whole).holds());
        prop_assert!(is_sequentially_consistent(&history), "{history:#?}");
    }
}

/// Whether some order that keeps each client's own explains every read, found by trying all. Every request is answered.
fn is_sequentially_consistent(history: &History) -> bool {
    let mut clients: Vec<Vec<&Attempt>> = vec![Vec::new(); 9];
    for attempt in &history.attempts {
        clients[attempt.client.index()].push(attempt);
    }
    let clients: Vec<&[&Attempt]> = clients.iter().map(Vec::as_slice).collect();
    explains(history.initial, &clients)
}

fn explains(value: Value, left: &[&[&Attempt]]) -> bool {
    left.iter().all(|client| client.is_empty())
        || (0..left.len()).any(|at| {
            let Some((next, rest)) = left[at].split_first() else { return false };
            let Some((after, answer)) = next.operation.on_register(value) else { return false };
            let mut left = left.to_vec();
            left[at] = rest;
            next.outcome() == Some(Outcome::Answered(answer)) && explains(after, &left)
        })
}

#[test]
fn the_search_for_an_order_finds_that_there_is_none() {
    // Two clients see two writes in different orders.
    let play = Play::of(4, setup()).write(0, A, 1).write(0, B, 2);
    let play = play.read(50, C).read(60, C).read(50, D).read(60, D);
    let mut history = play.run().history;
    assert!(is_sequentially_consistent(&history));
    for (at, value) in [(2, 1), (4, 2), (3, 2), (5, 1)] {
        let response = history.attempts[at].response.as_mut().expect("it is answered");
        response.outcome = Outcome::Answered(Answer::Value(Value(value)));
    }
    assert!(!is_sequentially_consistent(&history));
}
