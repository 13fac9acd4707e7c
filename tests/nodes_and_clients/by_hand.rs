//! What a person does to one message.

use partition_lab::sim::trace::Loss;
use partition_lab::sim::{Action, Content, EventKind, MessageId, Micros, Operation, Planned, Scenario, Trace};

use crate::play::{A, B, ask, at, contents, count, counter, ms, replay, scenario, times};

const FIRST: MessageId = MessageId(0);

/// A counts one and tells B at 0 ms; the message is under way until 10 ms.
fn told(deeds: impl IntoIterator<Item = Planned>) -> (Scenario, Trace) {
    let mut script = vec![ask(0, A, Operation::Add(1))];
    script.extend(deeds);
    let scenario = scenario(2, counter(), script);
    let trace = replay(&scenario);
    (scenario, trace)
}

fn delivered(trace: &Trace) -> Vec<u64> {
    times(trace, |kind| matches!(kind, EventKind::Delivered { to: B, .. }))
}

fn missed(trace: &Trace) -> Vec<u64> {
    times(trace, |kind| matches!(kind, EventKind::Missed { .. }))
}

#[test]
fn a_message_delivered_by_hand_arrives_now_and_not_again() {
    let (_, trace) = told([at(3, Action::Deliver(FIRST))]);
    assert_eq!(delivered(&trace), [3_000]);
    let event = trace.events.iter().find(|event| matches!(event.kind, EventKind::Delivered { .. })).expect("delivered");
    assert!(matches!(trace.event(event.cause.expect("caused")).expect("there").kind, EventKind::Sent { .. }));
}

#[test]
fn a_delayed_message_arrives_that_much_later_and_says_when() {
    let (_, trace) = told([at(3, Action::Delay(FIRST, ms(25)))]);
    assert_eq!(delivered(&trace), [35_000]);
    assert_eq!(count(&trace, |kind| *kind == EventKind::Delayed { message: FIRST, until: ms(35) }), 1);
}

#[test]
fn a_message_can_be_delayed_past_the_end_of_time() {
    let (_, trace) = told([at(3, Action::Delay(FIRST, Micros(u64::MAX)))]);
    assert_eq!(delivered(&trace), [60_000], "only what is said again arrives");
}

#[test]
fn a_dropped_message_is_lost_by_hand() {
    let (_, trace) = told([at(3, Action::Drop(FIRST))]);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Lost { why: Loss::ByHand, .. })), [3_000]);
    assert_eq!(delivered(&trace), [60_000]);
}

#[test]
fn a_duplicated_message_arrives_twice_the_copy_after_it() {
    let (scenario, trace) = told([at(3, Action::Duplicate(FIRST))]);
    let copy = MessageId(1);
    assert_eq!(count(&trace, |kind| *kind == EventKind::Duplicated { message: FIRST, copy }), 1);
    let arrived = |wanted| {
        let is_it = |event: &&partition_lab::sim::Event| matches!(event.kind, EventKind::Delivered { message, .. } if message == wanted);
        trace.events.iter().find(is_it).map(|event| (event.at, event.id))
    };
    let (one, other) = (arrived(FIRST).expect("it arrives"), arrived(copy).expect("its copy arrives"));
    assert!(one.0 == ms(10) && other.0 == ms(10) && one.1 < other.1);
    assert_eq!(contents(&scenario, &trace), [Content::Count(1); 2], "a counter that is told twice counts once");
}

#[test]
fn a_copy_can_be_handled_like_any_message() {
    let (_, trace) =
        told([at(3, Action::Duplicate(FIRST)), at(4, Action::Drop(FIRST)), at(5, Action::Deliver(MessageId(1)))]);
    assert_eq!(delivered(&trace), [5_000]);
}

#[test]
fn what_is_not_in_flight_is_missed_and_nothing_happens() {
    for deed in [
        Action::Deliver(FIRST),
        Action::Delay(FIRST, ms(5)),
        Action::Drop(FIRST),
        Action::Duplicate(FIRST),
        Action::Drop(MessageId(99)),
    ] {
        let (_, trace) = told([at(30, deed)]);
        assert_eq!((missed(&trace), delivered(&trace)), (vec![30_000], vec![10_000]));
    }
}

#[test]
fn what_a_held_link_or_a_node_that_stands_still_keeps_is_not_in_flight() {
    let (_, trace) = told([at(1, Action::Hold(vec![(A, B)])), at(3, Action::Deliver(FIRST))]);
    assert_eq!(missed(&trace), [3_000]);
    let (_, trace) = told([at(1, Action::Pause(B)), at(20, Action::Drop(FIRST)), at(30, Action::Resume(B))]);
    assert_eq!((missed(&trace), delivered(&trace)[0]), (vec![20_000], 30_000));
}

#[test]
fn a_message_delivered_by_hand_to_a_node_that_stands_still_waits_there() {
    let (_, trace) = told([at(1, Action::Pause(B)), at(3, Action::Deliver(FIRST)), at(30, Action::Resume(B))]);
    assert_eq!(delivered(&trace), [30_000]);
}
