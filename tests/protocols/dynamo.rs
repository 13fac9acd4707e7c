//! N, R, W with hints, read repair and anti-entropy.

use partition_lab::check::{Budget, linearizability};
use partition_lab::sim::protocol::Timer;
use partition_lab::sim::protocol::dynamo::{Setup, Switch};
use partition_lab::sim::protocol::local_first::Stamps;
use partition_lab::sim::{Micros, NodeId, Operation, Outcome, Protocol, Refusal, Value};
use proptest::prelude::*;

use crate::network::Network;
use crate::play::{Play, WRITTEN, got, held};
use crate::{A, B, C, D};

const UNKNOWN: Outcome = Outcome::Unknown;

/// Without hints, read repair and anti-entropy.
fn plain(n: u8, r: u8, w: u8) -> Setup {
    Setup {
        n,
        r,
        w,
        timeout: Micros::from_millis(100),
        hinted_handoff: Switch::Off,
        read_repair: Switch::Off,
        anti_entropy: None,
        stamps: Stamps::Lamport,
    }
}

pub fn strict(n: u8, r: u8, w: u8) -> Protocol {
    Protocol::Dynamo(plain(n, r, w))
}

/// With hints.
pub fn sloppy(n: u8, r: u8, w: u8) -> Protocol {
    Protocol::Dynamo(Setup { hinted_handoff: Switch::On, ..plain(n, r, w) })
}

fn repairing(n: u8, r: u8, w: u8) -> Protocol {
    Protocol::Dynamo(Setup { read_repair: Switch::On, ..plain(n, r, w) })
}

/// With everything.
pub fn convergent(n: u8, r: u8, w: u8) -> Protocol {
    Protocol::Dynamo(Setup {
        hinted_handoff: Switch::On,
        read_repair: Switch::On,
        anti_entropy: Some(Micros::from_millis(50)),
        ..plain(n, r, w)
    })
}

#[test]
fn with_r_plus_w_greater_than_n_a_read_sees_the_write() {
    for (r, w) in [(2, 2), (1, 3), (3, 1)] {
        let play = Play::of(4, strict(3, r, w)).jitter(30).write(0, A, 1);
        let play = play.read(81, A).read(81, B).read(81, C).read(81, D);
        for seed in 0..20 {
            assert_eq!(play.run_with(seed).outcomes(), [WRITTEN, got(1), got(1), got(1), got(1)], "R {r} W {w}");
        }
    }
}

#[test]
fn with_less_a_read_may_miss_it() {
    let play = Play::of(3, strict(3, 1, 1)).cut(0, &[A], &[B, C]).write(10, A, 1).read(20, B);
    assert_eq!(play.run().outcomes(), [WRITTEN, got(0)]);
    let overlapping = Play::of(3, strict(3, 2, 2)).cut(0, &[A], &[B, C]).write(10, A, 1).read(20, B);
    assert_eq!(overlapping.run().outcomes(), [UNKNOWN, got(0)]);
}

#[test]
fn a_read_without_enough_answers_is_refused_and_a_write_without_enough_acknowledgements_is_unknown() {
    let play = Play::of(3, strict(3, 2, 2)).cut(0, &[A], &[B, C]).read(10, A).write(10, A, 1);
    let end = play.run();
    assert_eq!(end.outcomes(), [Outcome::Refused(Refusal::QuorumLoss), UNKNOWN]);
    assert_eq!(end.contents, [held(1), held(0), held(0)], "the write that is unknown is stored at A");
}

#[test]
fn a_node_past_the_first_n_coordinates_and_holds_nothing() {
    let end = Play::of(4, strict(3, 2, 2)).write(0, D, 1).read(100, D).run();
    assert_eq!(end.outcomes(), [WRITTEN, got(1)]);
    assert_eq!(end.contents, [held(1), held(1), held(1), held(0)]);
}

#[test]
fn a_hint_is_handed_off_when_its_owner_is_back() {
    let away = |protocol| Play::of(4, protocol).cut(0, &[C], &[A, B, D]).write(10, A, 1);
    let end = away(sloppy(3, 1, 3)).run();
    assert_eq!((end.outcomes(), end.contents[2]), (vec![WRITTEN], held(0)));
    let end = away(sloppy(3, 1, 3)).heal(500, &[C], &[A, B, D]).run();
    assert_eq!((end.outcomes(), end.contents[2]), (vec![WRITTEN], held(1)));
    let end = away(strict(3, 1, 3)).heal(500, &[C], &[A, B, D]).run();
    assert_eq!((end.outcomes(), end.contents[2]), (vec![UNKNOWN], held(0)));
}

#[test]
fn a_write_that_has_its_w_still_leaves_a_hint_for_who_has_not_answered() {
    let play = Play::of(4, sloppy(3, 1, 1)).cut(0, &[C], &[A, B, D]).write(10, A, 1).heal(500, &[C], &[A, B, D]);
    let end = play.run();
    assert_eq!((end.outcomes(), end.contents[2]), (vec![WRITTEN], held(1)));
    let returned = end.history.attempts[0].response.expect("it is answered").at;
    assert_eq!(returned, Micros::from_millis(10));
}

#[test]
fn with_hints_a_read_may_miss_an_acknowledged_write_although_r_plus_w_is_greater_than_n() {
    let play = Play::of(4, sloppy(3, 2, 2)).cut(0, &[A, D], &[B, C]).write(10, A, 1).read(300, B);
    assert_eq!(play.run().outcomes(), [WRITTEN, got(0)]);
}

#[test]
fn without_a_node_that_could_keep_a_hint_the_write_ends_unknown_at_the_second_timeout() {
    let end = Play::of(3, sloppy(3, 1, 3)).cut(0, &[C], &[A, B]).write(10, A, 1).run();
    assert_eq!(end.outcomes(), [UNKNOWN]);
    assert_eq!(end.history.attempts[0].response.expect("it ends").at, Micros::from_millis(210));
}

#[test]
fn a_hint_outlives_a_crash_of_its_keeper() {
    let mut network = Network::new(4, &sloppy(3, 1, 1));
    let write = network.ask(A, Operation::Write(Value(1)));
    network.lose_on(|_, to| to == C);
    network.deliver_on(|_, _| true);
    network.run_out(A, Timer::GiveUp(write));
    network.deliver_on(|_, _| true);
    network.crash(D);
    network.recover(D);
    assert_eq!(network.contents()[2], held(0));
    network.run_out(D, Timer::Retry);
    network.deliver_on(|_, _| true);
    assert_eq!(network.contents()[2], held(1));
    assert!(network.timers.is_empty(), "the hint is acknowledged and forgotten");
}

#[test]
fn a_hint_that_was_acknowledged_does_not_take_a_newer_one_with_it() {
    let mut network = Network::new(4, &sloppy(3, 1, 1));
    for value in [1, 2] {
        let write = network.ask(A, Operation::Write(Value(value)));
        network.lose_on(|_, to| to == C);
        network.deliver_on(|_, to| to != D);
        network.run_out(A, Timer::GiveUp(write));
        if value == 1 {
            network.deliver_on(|_, _| true);
            network.run_out(D, Timer::Retry);
            network.deliver_on(|_, to| to == C);
        }
    }
    // On its way to D are now C's acknowledgement of the first hint, and the second hint. The second comes first.
    network.deliver_on(|from, to| (from, to) == (A, D));
    network.deliver_on(|from, to| (from, to) == (C, D));
    network.settle();
    assert_eq!(network.contents()[2], held(2));
}

#[test]
fn a_read_repairs_those_that_answered_something_older_even_late() {
    let missed = |protocol| {
        let play = Play::of(3, protocol).cut(0, &[C], &[A, B]).write(10, A, 1).heal(200, &[C], &[A, B]);
        play.read(300, A).run()
    };
    assert_eq!(missed(repairing(3, 3, 2)).contents, [held(1); 3]);
    let late = missed(repairing(3, 1, 2));
    assert_eq!((late.outcomes(), late.contents), (vec![WRITTEN, got(1)], vec![held(1); 3]));
    assert_eq!(missed(strict(3, 3, 2)).contents, [held(1), held(1), held(0)]);
}

#[test]
fn a_read_at_a_node_that_is_behind_repairs_the_node_itself() {
    let play = Play::of(3, repairing(3, 2, 2)).cut(0, &[C], &[A, B]).write(10, A, 1).heal(200, &[C], &[A, B]);
    let end = play.read(300, C).run();
    assert_eq!((end.outcomes()[1], end.contents), (got(1), vec![held(1); 3]));
}

#[test]
fn anti_entropy_brings_up_to_date_whom_no_read_reaches() {
    let mut network = Network::new(4, &convergent(3, 1, 1));
    network.ask(A, Operation::Write(Value(1)));
    network.lose_on(|_, _| true);
    // B tells C and then A what it holds, and A knows better.
    for _ in 0..2 {
        network.run_out(B, Timer::Gossip);
        network.deliver_on(|_, _| true);
    }
    assert_eq!(network.contents(), [held(1), held(1), held(0), held(0)]);
    assert!(!network.timers.contains(&(D, Timer::Gossip)), "D holds nothing that it could tell");
}

#[test]
fn a_coordinator_that_missed_the_last_write_may_have_its_own_acknowledged_and_dropped() {
    let play = |stamps| {
        let protocol = Protocol::Dynamo(Setup { stamps, ..plain(3, 2, 2) });
        Play::of(4, protocol).write(0, A, 1).write(100, A, 2).write(200, D, 3).read(300, A).run()
    };
    assert_eq!(play(Stamps::Lamport).outcomes(), [WRITTEN, WRITTEN, WRITTEN, got(2)]);
    assert_eq!(play(Stamps::Clock).outcomes(), [WRITTEN, WRITTEN, WRITTEN, got(3)]);
}

/// N from 1 to 5, with R and W so that R + W > N.
fn overlapping() -> impl Strategy<Value = (u8, u8, u8)> {
    let n_and_r = (1..=5_u8).prop_flat_map(|n| (Just(n), 1..=n));
    n_and_r.prop_flat_map(|(n, r)| (Just(n), Just(r), n - r + 1..=n))
}

proptest! {
    #[test]
    fn one_request_after_the_other_is_linearizable_when_quorums_overlap_and_clocks_agree(
        (n, r, w) in overlapping(),
        asked in prop::collection::vec((0..5_u8, prop::option::of(1..9_u32)), 1..12),
        seed in any::<u64>(),
    ) {
        let mut play = Play::of(5, Protocol::Dynamo(Setup { stamps: Stamps::Clock, ..plain(n, r, w) })).jitter(30);
        for (at, (node, value)) in (0..).step_by(81).zip(asked) {
            play = match value {
                Some(value) => play.write(at, NodeId(node), value),
                None => play.read(at, NodeId(node)),
            };
        }
        let history = play.run_with(seed).history;
        prop_assert!(linearizability(&history, Budget::default()).holds(), "{history:#?}");
    }
}
