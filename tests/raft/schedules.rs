//! Random schedules: whatever the network does, Raft keeps its promises, and it goes on once the network is kind.

use partition_lab::sim::protocol::Timer;
use partition_lab::sim::{Answer, NodeId, Operation, Outcome, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::network::Network;

/// What happens next. Numbers are taken modulo what there is.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// A message arrives, any of those under way.
    Deliver(usize),
    /// So many messages arrive in the order of sending.
    Flow(usize),
    Lose(usize),
    Repeat(usize),
    TimeOut(usize),
    /// A node hears of no leader.
    Stand(u8),
    Write(u8),
    Read(u8),
    Crash(u8),
    Split(u8),
}

/// A client asks for so much at most: the search for an order grows fast with what is asked at once.
const REQUESTS: usize = 9;

/// One number makes a choice, which is much faster than a strategy for each kind; 0, to which a failure shrinks, is that
/// the oldest message arrives.
fn choose(number: u32) -> Choice {
    let (rest, small) = (number as usize / 64, (number / 64).to_le_bytes()[0]);
    match number % 64 {
        0..18 => Choice::Deliver(rest),
        18..29 => Choice::Flow(1 + rest % 12),
        29..35 => Choice::Lose(rest),
        35..40 => Choice::Repeat(rest),
        40..47 => Choice::TimeOut(rest),
        47..53 => Choice::Stand(small),
        53..56 => Choice::Write(small),
        56..60 => Choice::Read(small),
        60..62 => Choice::Crash(small),
        _ => Choice::Split(small),
    }
}

fn schedule() -> impl Strategy<Value = (u8, Vec<Choice>)> {
    let nodes = prop_oneof![6 => Just(3), 2 => Just(5), 1 => Just(4), 1 => 1..=2_u8];
    (nodes, prop::collection::vec(any::<u32>().prop_map(choose), 40..220))
}

fn run(nodes: u8, choices: &[Choice]) -> Network {
    let mut network = Network::of(nodes);
    for &choice in choices {
        follow(&mut network, choice);
    }
    network
}

fn follow(network: &mut Network, choice: Choice) {
    let count = network.nodes.len();
    let node = |number: u8| NodeId(number % u8::try_from(count).expect("few nodes"));
    let asked = network.history.attempts.len();
    match choice {
        Choice::Deliver(at) if !network.wire.is_empty() => network.deliver(at % network.wire.len()),
        Choice::Flow(letters) => (0..letters).for_each(|_| network.deliver(0)),
        Choice::Lose(at) if !network.wire.is_empty() => {
            network.wire.remove(at % network.wire.len());
        }
        Choice::Repeat(at) if !network.wire.is_empty() => {
            let letter = network.wire[at % network.wire.len()];
            network.wire.push_back(letter);
        }
        Choice::TimeOut(at) if !network.timers.is_empty() => {
            let set = network.timers.iter().nth(at % network.timers.len()).copied();
            let (owner, timer) = set.expect("a number below the length is that of an element");
            network.time_out(owner, timer);
        }
        Choice::Stand(number) => network.time_out(node(number), Timer::Election),
        Choice::Write(number) if asked < REQUESTS => {
            let value = Value(u32::try_from(asked + 1).expect("few requests are made"));
            network.ask(node(number), Operation::Write(value));
        }
        Choice::Read(number) if asked < REQUESTS => {
            network.ask(node(number), Operation::Read);
        }
        Choice::Crash(number) => network.crash(node(number)),
        Choice::Split(side) => network.split(if side % 3 == 0 { 0 } else { side }),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_network_does_nothing_committed_is_lost_and_the_clients_see_a_register(
        (nodes, choices) in schedule()
    ) {
        let mut network = run(nodes, &choices);
        network.conclude();
        let leader = network.calm();
        let write = network.ask(leader, Operation::Write(Value(99)));
        network.calm();
        prop_assert_eq!(network.outcome(write), Some(Outcome::Answered(Answer::Written)));
        network.conclude();
    }
}

#[test]
fn the_schedules_reach_what_they_are_meant_to_try() {
    let mut runner = TestRunner::deterministic();
    let (mut reelected, mut committed, mut dropped, mut written, mut read) = (0, 0, 0, 0, 0);
    for _ in 0..400 {
        let (nodes, choices) = schedule().new_tree(&mut runner).expect("nothing is filtered").current();
        let network = run(nodes, &choices);
        reelected += usize::from(network.leaders.len() > 1);
        committed += usize::from(network.committed.len() > 2);
        dropped += usize::from(network.dropped > 0);
        let answered = |wanted: fn(Answer) -> bool| {
            let outcomes = network.history.attempts.iter().filter_map(partition_lab::check::Attempt::outcome);
            usize::from(outcomes.into_iter().any(|end| matches!(end, Outcome::Answered(answer) if wanted(answer))))
        };
        written += answered(|answer| answer == Answer::Written);
        read += answered(|answer| matches!(answer, Answer::Value(_)));
    }
    let reached = [reelected, committed, dropped, written, read];
    assert!(reached.iter().all(|&schedules| schedules > 40), "of 400 schedules: {reached:?}");
}
