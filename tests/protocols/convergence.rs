//! Whatever a network does to messages, and crashes to nodes: once everything gets through, the replicas agree.

use partition_lab::sim::protocol::async_leader::Reads;
use partition_lab::sim::protocol::crdt::Object;
use partition_lab::sim::{Content, NodeId, Operation, Protocol, RequestId, Value};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::network::Network;
use crate::play::WRITTEN;
use crate::{async_leader, crdt, dynamo, epidemic, siblings};

const NODES: u8 = 4;

#[derive(Clone, Debug)]
enum Move {
    Ask(NodeId, Operation),
    Deliver(Index),
    Repeat(Index),
    Lose(Index),
    RunOut(Index),
    Crash(NodeId),
    Recover(NodeId),
}

fn any_move(operation: impl Strategy<Value = Operation> + 'static) -> impl Strategy<Value = Move> {
    let node = || (0..NODES).prop_map(NodeId);
    let index = any::<Index>;
    prop_oneof![
        3 => (node(), operation).prop_map(|(node, operation)| Move::Ask(node, operation)),
        6 => index().prop_map(Move::Deliver),
        1 => index().prop_map(Move::Repeat),
        1 => index().prop_map(Move::Lose),
        2 => index().prop_map(Move::RunOut),
        1 => node().prop_map(Move::Crash),
        1 => node().prop_map(Move::Recover),
    ]
}

fn make(network: &mut Network, next: &Move) {
    let (letters, timers) = (network.letters.len(), network.timers.len());
    match next {
        Move::Ask(node, operation) => drop(network.ask(*node, *operation)),
        Move::Deliver(at) if letters > 0 => drop(network.deliver(at.index(letters))),
        Move::Repeat(at) if letters > 0 => network.letters.push(network.letters[at.index(letters)]),
        Move::Lose(at) if letters > 0 => drop(network.letters.swap_remove(at.index(letters))),
        Move::RunOut(at) if timers > 0 => {
            let (node, timer) = *at.get(&network.timers.iter().copied().collect::<Vec<_>>());
            network.run_out(node, timer);
        }
        Move::Crash(node) => network.crash(*node),
        Move::Recover(node) => network.recover(*node),
        _ => {}
    }
}

/// Makes the moves, then brings every node up and lets everything get through. Every request that a node took, and did
/// not forget in a crash, has an outcome then.
fn after(protocol: &Protocol, moves: &[Move]) -> Result<Network, TestCaseError> {
    let mut network = Network::new(NODES, protocol);
    for next in moves {
        make(&mut network, next);
    }
    for node in network.ids() {
        network.recover(node);
    }
    network.settle();
    prop_assert_eq!(network.open(), 0);
    Ok(network)
}

fn agree(contents: &[Content]) -> Result<(), TestCaseError> {
    prop_assert!(contents.iter().all(|content| *content == contents[0]), "{contents:?}");
    Ok(())
}

fn register() -> impl Strategy<Value = Operation> {
    prop_oneof![Just(Operation::Read), (1..9_u32).prop_map(|value| Operation::Write(Value(value)))]
}

fn elements() -> impl Strategy<Value = Operation> {
    prop_oneof![
        (1..4_u32).prop_map(|element| Operation::Insert(Value(element))),
        (1..4_u32).prop_map(|element| Operation::Remove(Value(element))),
    ]
}

proptest! {
    #[test]
    fn registers_agree_in_the_end(
        protocol in prop::sample::select(vec![
            async_leader::setup(Reads::Local),
            async_leader::setup(Reads::Leader),
            dynamo::convergent(NODES, 2, 3),
            dynamo::convergent(NODES, 1, 1),
            epidemic::setup(),
            siblings::setup(),
        ]),
        moves in prop::collection::vec(any_move(register()), 1..80),
    ) {
        agree(&after(&protocol, &moves)?.contents())?;
    }

    #[test]
    fn sets_agree_in_the_end(moves in prop::collection::vec(any_move(elements()), 1..80)) {
        agree(&after(&crdt::setup(Object::Set), &moves)?.contents())?;
    }

    #[test]
    fn the_counter_is_the_sum_of_all_acknowledged_additions(
        moves in prop::collection::vec(any_move((-9..10_i32).prop_map(Operation::Add)), 1..80),
    ) {
        let network = after(&crdt::setup(Object::Counter), &moves)?;
        agree(&network.contents())?;
        let asked = moves.iter().filter_map(|next| match next {
            Move::Ask(_, Operation::Add(count)) => Some(i64::from(*count)),
            _ => None,
        });
        let sum: i64 = (0..)
            .zip(asked)
            .filter(|&(at, _)| network.outcome(RequestId(at)) == Some(WRITTEN))
            .map(|(_, count)| count)
            .sum();
        prop_assert_eq!(network.contents()[0], Content::Count(sum));
    }

    #[test]
    fn the_preferred_nodes_agree_in_the_end_with_hints_kept_by_the_others(
        moves in prop::collection::vec(any_move(register()), 1..80),
    ) {
        agree(&after(&dynamo::convergent(2, 1, 2), &moves)?.contents()[..2])?;
    }
}
