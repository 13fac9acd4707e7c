//! The counter and the set that never conflict.

use partition_lab::sim::protocol::crdt::{Object, Setup};
use partition_lab::sim::{Content, Micros, Operation, Outcome, Protocol, Value};

use crate::network::Network;
use crate::play::{Play, UNSUPPORTED, WRITTEN, all_of, got_all};
use crate::{A, B, C};

pub fn setup(object: Object) -> Protocol {
    Protocol::Crdt(Setup { object, retry: Micros::from_millis(50) })
}

const INSERT: Operation = Operation::Insert(Value(1));
const REMOVE: Operation = Operation::Remove(Value(1));

#[test]
fn the_counter_adds_up_after_healing_however_often_messages_were_repeated() {
    // Cut off for 400 ms, each node repeats itself eight times.
    let play = Play::of(3, setup(Object::Counter)).cut(0, &[A], &[B, C]).ask(10, A, Operation::Add(3));
    let play = play.ask(10, B, Operation::Add(-5)).ask(20, A, Operation::Add(4)).heal(400, &[A], &[B, C]);
    let end = play.read(900, C).run();
    assert_eq!(end.contents, [Content::Count(2); 3]);
    assert_eq!(end.outcomes()[3], Outcome::Answered(Content::Count(2).answer()));

    let mut network = Network::new(2, &setup(Object::Counter));
    network.ask(A, Operation::Add(3));
    network.ask(A, Operation::Add(-4));
    let old = network.letters.clone();
    for _ in 0..3 {
        network.letters.extend(old.iter().rev());
    }
    network.settle();
    assert_eq!(network.contents(), [Content::Count(-1); 2]);
}

#[test]
fn a_removed_element_stays_removed_although_its_insertion_arrives_later() {
    let mut network = Network::new(3, &setup(Object::Set));
    network.ask(A, INSERT);
    network.deliver_on(|from, to| (from, to) == (A, B));
    network.ask(B, REMOVE);
    network.deliver_on(|from, to| (from, to) == (B, C));
    network.deliver_on(|from, to| (from, to) == (A, C));
    assert_eq!(network.contents(), [all_of(&[1]), all_of(&[]), all_of(&[])]);
    network.settle();
    assert_eq!(network.contents(), [all_of(&[]); 3]);
}

#[test]
fn an_element_that_is_inserted_again_while_it_is_removed_elsewhere_stays() {
    let play = Play::of(2, setup(Object::Set)).ask(0, A, INSERT).cut(100, &[A], &[B]);
    let play = play.ask(110, A, INSERT).ask(110, B, REMOVE).read(120, B).heal(200, &[A], &[B]);
    let play = play.read(500, A).read(500, B);
    assert_eq!(play.run().outcomes()[3..], [got_all(&[]), got_all(&[1]), got_all(&[1])]);
    assert_eq!(play.ask(600, A, REMOVE).run().contents, [all_of(&[]); 2]);
}

#[test]
fn to_remove_what_is_not_there_changes_nothing_and_sends_nothing() {
    let mut network = Network::new(2, &setup(Object::Set));
    let before = network.nodes.clone();
    let request = network.ask(A, REMOVE);
    assert_eq!((network.outcome(request), network.letters.len()), (Some(WRITTEN), 0));
    assert_eq!(network.nodes, before);
}

#[test]
fn each_object_refuses_what_it_does_not_understand() {
    let write = Operation::Write(Value(1));
    for (object, operation) in [
        (Object::Counter, INSERT),
        (Object::Counter, write),
        (Object::Set, Operation::Add(1)),
        (Object::Set, write),
        (Object::Set, Operation::Insert(Value(64))),
    ] {
        let mut network = Network::new(2, &setup(object));
        let request = network.ask(A, operation);
        assert_eq!(network.outcome(request), Some(UNSUPPORTED), "{object:?} {operation}");
    }
}

#[test]
fn a_part_is_told_again_until_every_peer_has_acknowledged_what_it_is_now() {
    let mut network = Network::new(2, &setup(Object::Counter));
    network.ask(A, Operation::Add(1));
    network.deliver_on(|from, _| from == A);
    network.ask(A, Operation::Add(1));
    network.lose_on(|from, _| from == A);
    // B acknowledges the 1, which says nothing about the 2.
    network.deliver_on(|from, _| from == B);
    assert_eq!(network.contents(), [Content::Count(2), Content::Count(1)]);
    network.settle();
    assert_eq!(network.contents(), [Content::Count(2); 2]);
    assert!(network.timers.is_empty());
}
