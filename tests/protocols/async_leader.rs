//! One leader with asynchronous replication.

use partition_lab::check::{Budget, linearizability};
use partition_lab::sim::protocol::async_leader::{Reads, Setup};
use partition_lab::sim::{Answer, Micros, NodeId, Operation, Outcome, Protocol, Refusal, Value};
use proptest::prelude::*;

use crate::network::Network;
use crate::play::{Play, WRITTEN, got, held};
use crate::{A, B, C};

pub fn setup(reads: Reads) -> Protocol {
    let (timeout, retry) = (Micros::from_millis(100), Micros::from_millis(50));
    Protocol::AsyncLeader(Setup { leader: A, reads, timeout, retry })
}

#[test]
fn the_leader_acknowledges_a_write_that_nobody_else_can_hear_of_and_a_follower_answers_with_the_value_before() {
    let play = Play::of(3, setup(Reads::Local)).cut(0, &[A], &[B, C]).write(10, A, 1).read(20, B);
    let end = play.run();
    assert_eq!(end.outcomes(), [WRITTEN, got(0)]);
    assert_eq!(end.contents, [held(1), held(0), held(0)]);
    assert!(linearizability(&end.history, Budget::default()).violation().is_some());
    assert_eq!(play.heal(200, &[A], &[B, C]).run().contents, [held(1); 3]);
}

#[test]
fn a_client_of_a_follower_may_miss_its_own_write() {
    let play = Play::of(2, setup(Reads::Local)).write(0, B, 1).cut(15, &[A], &[B]).heal(16, &[A], &[B]);
    // The answer and the copy were lost on their way; the copy comes again, the answer does not.
    let end = play.read(20, B).read(90, B).run();
    assert_eq!(end.outcomes(), [Outcome::Unknown, got(0), got(1)]);
}

#[test]
fn what_a_leader_that_cannot_be_reached_was_to_do_is_refused_if_a_read_and_unknown_if_not() {
    let play = Play::of(2, setup(Reads::Leader)).cut(0, &[A], &[B]).read(0, B).write(0, B, 1);
    let end = play.ask(0, B, Operation::Cas(Value(0), Value(2))).run();
    let refused = Outcome::Refused(Refusal::Unconfirmed);
    assert_eq!(end.outcomes(), [refused, Outcome::Unknown, Outcome::Unknown]);
}

#[test]
fn compare_and_set_compares_with_what_the_leader_holds() {
    let play = Play::of(2, setup(Reads::Local)).write(0, A, 1).ask(1, B, Operation::Cas(Value(0), Value(2)));
    let end = play.ask(50, B, Operation::Cas(Value(1), Value(3))).run();
    assert_eq!(end.outcomes(), [WRITTEN, Outcome::Answered(Answer::Differs), WRITTEN]);
    assert_eq!(end.contents, [held(3); 2]);
}

#[test]
fn an_acknowledged_write_outlives_a_crash_of_the_leader_and_is_replicated_after_it() {
    let mut network = Network::new(3, &setup(Reads::Local));
    let write = network.ask(A, Operation::Write(Value(1)));
    assert_eq!(network.outcome(write), Some(WRITTEN));
    network.lose_on(|_, _| true);
    network.crash(A);
    network.settle();
    assert_eq!(network.contents(), [held(1), held(0), held(0)]);
    network.recover(A);
    network.settle();
    assert_eq!(network.contents(), [held(1); 3]);
}

#[test]
fn an_older_copy_that_arrives_late_changes_nothing() {
    let mut network = Network::new(2, &setup(Reads::Local));
    network.ask(A, Operation::Write(Value(1)));
    network.ask(A, Operation::Write(Value(2)));
    network.deliver(1);
    network.deliver(0);
    assert_eq!(network.contents(), [held(2); 2]);
    network.settle();
    assert!(network.timers.is_empty(), "both versions are acknowledged by the later one");
}

proptest! {
    #[test]
    fn with_reads_at_the_leader_every_run_is_linearizable(
        asked in prop::collection::vec((0..400_u64, 0..3_u8, prop::option::of(1..5_u32)), 1..8),
        cuts in prop::collection::vec((0..400_u64, 0..3_u8, 0..3_u8, 1..200_u64), 0..4),
        seed in any::<u64>(),
    ) {
        let mut play = Play::of(3, setup(Reads::Leader)).jitter(30);
        for (at, node, value) in asked {
            let node = NodeId(node);
            play = match value {
                Some(value) => play.write(at, node, value),
                None => play.read(at, node),
            };
        }
        for (at, a, b, lasting) in cuts.into_iter().filter(|&(_, a, b, _)| a != b) {
            let (a, b) = (NodeId(a), NodeId(b));
            play = play.cut(at, &[a], &[b]).heal(at + lasting, &[a], &[b]);
        }
        prop_assert!(linearizability(&play.run_with(seed).history, Budget::default()).holds());
    }
}
