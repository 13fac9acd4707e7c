//! Clocks that are wrong.

use partition_lab::sim::node::Clock;
use partition_lab::sim::protocol::local_first::{Reads, Setup, Stamps};
use partition_lab::sim::{Action, Answer, EventKind, Micros, Outcome, Protocol};

use crate::play::{A, B, ask, at, contents, held, ms, outcomes, quorum, replay, scenario, times, write};

fn clock(offset: i64, drift: i32) -> Clock {
    Clock { offset, drift }
}

/// The leader asks in vain, and gives up after 200 ms by its own clock.
fn gives_up_at(clock: Clock) -> Vec<u64> {
    let mut scenario = scenario(2, quorum(), vec![at(0, Action::cut_between(A, B)), ask(100, A, write(1))]);
    scenario.nodes[0].clock = clock;
    times(&replay(&scenario), |kind| matches!(kind, EventKind::TimedOut { node: A, .. }))
}

#[test]
fn a_node_whose_clock_is_fast_times_out_sooner_and_one_whose_clock_is_slow_later() {
    assert_eq!(gives_up_at(Clock::default()), [300_000]);
    assert_eq!(gives_up_at(clock(0, 250_000)), [260_000]);
    assert_eq!(gives_up_at(clock(0, -500_000)), [500_000]);
}

#[test]
fn how_far_a_clock_is_ahead_changes_no_timer() {
    assert_eq!(gives_up_at(clock(50_000_000, 0)), [300_000]);
    assert_eq!(gives_up_at(clock(i64::MIN, 0)), [300_000]);
}

fn by_clock() -> Protocol {
    Protocol::LocalFirst(Setup { reads: Reads::Local, retry: ms(50), stamps: Stamps::Clock })
}

#[test]
fn a_later_write_at_a_node_whose_clock_is_behind_is_acknowledged_and_dropped() {
    let written = Outcome::Answered(Answer::Written);
    for (clock, last) in [(clock(-400_000, 0), 1), (clock(-200_000, 0), 2), (clock(0, -500_000), 1)] {
        let mut scenario = scenario(2, by_clock(), vec![ask(500, A, write(1)), ask(800, B, write(2))]);
        scenario.nodes[1].clock = clock;
        let trace = replay(&scenario);
        assert_eq!(outcomes(&trace), [written, written]);
        assert_eq!(contents(&scenario, &trace), [held(last); 2], "{clock:?}");
    }
}

#[test]
fn a_clock_can_be_set_while_the_run_goes_on() {
    let set = at(600, Action::SetClock(B, clock(-400_000, 0)));
    let script = vec![ask(500, A, write(1)), set, ask(800, B, write(2))];
    let scenario = scenario(2, by_clock(), script);
    let trace = replay(&scenario);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::ClockSet { node: B })), [600_000]);
    assert_eq!(contents(&scenario, &trace), [held(1); 2]);
}

#[test]
fn the_shortest_timer_at_the_fastest_clock_takes_time() {
    let setup = Setup { reads: Reads::Local, retry: Micros(1), stamps: Stamps::Lamport };
    let script = vec![at(0, Action::cut_between(A, B)), ask(0, A, write(1))];
    let mut scenario = scenario(2, Protocol::LocalFirst(setup), script);
    scenario.nodes[0].clock = clock(0, 500_000);
    scenario.tail = Micros(100);
    let timers = times(&replay(&scenario), |kind| matches!(kind, EventKind::TimedOut { node: A, .. }));
    assert_eq!(timers, (1..=100).collect::<Vec<u64>>());
}
