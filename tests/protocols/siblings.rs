//! Version vectors with siblings.

use std::collections::{BTreeMap, BTreeSet};

use partition_lab::sim::protocol::siblings::{Message, Setup};
use partition_lab::sim::protocol::{Body, Timer};
use partition_lab::sim::{Content, Micros, NodeId, Operation, Protocol, Value};
use proptest::prelude::*;

use crate::network::Network;
use crate::play::{Play, UNSUPPORTED, WRITTEN, all_of, got_all};
use crate::{A, B, C};

pub fn setup() -> Protocol {
    Protocol::Siblings(Setup { retry: Micros::from_millis(50) })
}

#[test]
fn two_concurrent_writes_become_siblings_and_a_later_write_replaces_both() {
    let play = Play::of(2, setup()).cut(0, &[A], &[B]).write(10, A, 1).write(10, B, 2).read(20, A);
    let play = play.heal(200, &[A], &[B]).read(400, A).read(400, B);
    let end = play.run();
    assert_eq!(end.outcomes()[2..], [got_all(&[1]), got_all(&[1, 2]), got_all(&[1, 2])]);
    let end = play.write(500, B, 3).run();
    assert_eq!(end.contents, [all_of(&[3]); 2]);
}

#[test]
fn before_any_write_the_initial_value_stands_alone() {
    let end = Play::of(2, setup()).read(0, A).write(10, A, 1).read(100, B).run();
    assert_eq!(end.outcomes(), [got_all(&[0]), WRITTEN, got_all(&[1])]);
}

#[test]
fn what_a_later_write_has_seen_is_not_taken_back_when_it_arrives_after_it() {
    let mut network = Network::new(3, &setup());
    network.ask(A, Operation::Write(Value(1)));
    network.deliver_on(|from, to| (from, to) == (A, B));
    network.ask(B, Operation::Write(Value(2)));
    network.deliver_on(|from, to| (from, to) == (B, C));
    assert_eq!(network.contents()[2], all_of(&[2]));
    network.deliver_on(|from, to| (from, to) == (A, C));
    assert_eq!(network.contents()[2], all_of(&[2]));
    network.settle();
    assert_eq!(network.contents(), [all_of(&[2]); 3]);
}

#[test]
fn a_node_stops_replicating_once_its_version_is_replaced_or_acknowledged_by_all() {
    let mut network = Network::new(3, &setup());
    network.ask(A, Operation::Write(Value(1)));
    network.deliver_on(|from, to| (from, to) == (A, B));
    network.ask(B, Operation::Write(Value(2)));
    network.deliver_on(|from, to| (from, to) == (B, A));
    assert!(!network.timers.contains(&(A, Timer::Retry)), "A's version is replaced");
    assert!(network.timers.contains(&(B, Timer::Retry)));
    network.deliver_on(|_, _| true);
    assert!(network.timers.is_empty());
}

#[test]
fn the_order_in_which_siblings_arrive_leaves_no_trace() {
    let arrive = |first: NodeId, second: NodeId| {
        let mut network = Network::new(3, &setup());
        network.ask(A, Operation::Write(Value(1)));
        network.ask(B, Operation::Write(Value(2)));
        network.deliver_on(|from, to| (from, to) == (first, C));
        network.deliver_on(|from, to| (from, to) == (second, C));
        network.nodes.remove(2)
    };
    assert_eq!(arrive(A, B), arrive(B, A));
}

#[test]
fn a_value_past_the_largest_of_a_set_is_refused() {
    let mut network = Network::new(1, &setup());
    for (value, outcome) in [(63, WRITTEN), (64, UNSUPPORTED)] {
        let write = network.ask(A, Operation::Write(Value(value)));
        assert_eq!(network.outcome(write), Some(outcome));
    }
    assert_eq!(network.contents(), [all_of(&[63])]);
}

proptest! {
    /// Beside the replicas a plain account is kept: which writes each node knows of, and which each write had seen.
    #[test]
    fn a_node_holds_exactly_the_writes_that_no_write_it_knows_of_had_seen(
        moves in prop::collection::vec((0..4_u8, any::<prop::sample::Index>(), 0..3_u8), 1..60),
    ) {
        let mut network = Network::new(3, &setup());
        let mut known: Vec<BTreeSet<Value>> = vec![BTreeSet::new(); 3];
        let mut had_seen: BTreeMap<Value, BTreeSet<Value>> = BTreeMap::new();
        for (step, (what, which, node)) in (1_u32..).zip(moves) {
            let letters = network.letters.len();
            match what {
                0 => {
                    let value = Value(step);
                    network.ask(NodeId(node), Operation::Write(value));
                    had_seen.insert(value, known[usize::from(node)].clone());
                    known[usize::from(node)].insert(value);
                }
                1 => network.run_out(NodeId(node), Timer::Retry),
                2 if letters > 0 => drop(network.letters.remove(which.index(letters))),
                _ if letters > 0 => {
                    let (_, to, body) = network.deliver(which.index(letters));
                    if let Body::Siblings(Message::Replicate(version)) = body {
                        known[to.index()].extend(&had_seen[&version.value]);
                        known[to.index()].insert(version.value);
                    }
                }
                _ => {}
            }
            for (content, known) in network.contents().into_iter().zip(&known) {
                let newest = known.iter().filter(|value| !known.iter().any(|other| had_seen[other].contains(value)));
                let newest: BTreeSet<Value> = newest.copied().collect();
                let expected = if newest.is_empty() { [Value(0)].into() } else { newest };
                prop_assert_eq!(content, Content::Values(expected.into_iter().collect()));
            }
        }
    }
}
