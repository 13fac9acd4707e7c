//! Links: how long they are, cut one way, held, disturbed.

use partition_lab::sim::netem::{Chance, Options, Percent};
use partition_lab::sim::scenario::{Between, LinkSpec};
use partition_lab::sim::trace::Loss;
use partition_lab::sim::{Action, EventKind, Latency, MessageId, Micros, NodeId, Operation, Scenario, Trace};

use crate::play::{A, B, C, READ, ask, at, count, counter, ms, quorum, replay, scenario, single_copy, times, write};

fn delay(millis: u64) -> Options {
    Options { delay: Some(ms(millis)), ..Options::default() }
}

fn delivered(trace: &Trace, link: (NodeId, NodeId)) -> Vec<u64> {
    times(trace, |kind| matches!(kind, EventKind::Delivered { from, to, .. } if (*from, *to) == link))
}

fn between(one: &str, other: &str, millis: u64) -> Between {
    let latency = Latency { base: ms(millis), jitter: Micros(0) };
    Between { regions: (one.to_owned(), other.to_owned()), latency }
}

/// A leader at A asks B and C for agreement at once.
fn proposals(change: impl Fn(&mut Scenario)) -> Trace {
    let mut scenario = scenario(3, quorum(), vec![ask(0, A, write(1))]);
    change(&mut scenario);
    replay(&scenario)
}

#[test]
fn messages_take_as_long_as_between_their_regions_and_the_last_that_fits_counts() {
    let trace = proposals(|scenario| {
        scenario.between = vec![between("A", "B", 30), between("C", "A", 70), between("B", "A", 40)];
    });
    assert_eq!(delivered(&trace, (A, B))[0], 40_000);
    assert_eq!(delivered(&trace, (B, A))[0], 80_000);
    assert_eq!(delivered(&trace, (A, C))[0], 70_000);
}

#[test]
fn within_a_region_messages_take_what_is_said_of_it() {
    let together = |scenario: &mut Scenario| {
        scenario.nodes[1].region = "A".to_owned();
        scenario.between = vec![between("A", "A", 1), between("A", "C", 50)];
    };
    let trace = proposals(together);
    assert_eq!((delivered(&trace, (A, B))[0], delivered(&trace, (A, C))[0]), (1_000, 50_000));
}

#[test]
fn a_link_cut_one_way_works_the_other_way() {
    let script = vec![at(0, Action::Cut(vec![(B, A)])), ask(10, A, write(1)), ask(20, B, READ)];
    let trace = replay(&scenario(2, quorum(), script));
    assert!(!delivered(&trace, (A, B)).is_empty());
    assert!(delivered(&trace, (B, A)).is_empty());
    assert!(count(&trace, |kind| matches!(kind, EventKind::Lost { from: B, to: A, why: Loss::Cut, .. })) > 0);
}

#[test]
fn a_cut_loses_what_is_on_the_link_and_names_the_cut_as_the_cause() {
    let trace = replay(&scenario(2, quorum(), vec![ask(0, A, write(1)), at(5, Action::Cut(vec![(A, B)]))]));
    let lost =
        trace.events.iter().find(|event| matches!(event.kind, EventKind::Lost { .. })).expect("it was under way");
    let cause = trace.event(lost.cause.expect("it has a cause")).expect("a cause is an event");
    assert_eq!((lost.at, &cause.kind), (ms(5), &EventKind::Cut { from: A, to: B }));
}

#[test]
fn a_round_trip_sees_the_delay_of_one_end_once() {
    let mut scenario = scenario(2, single_copy(), vec![ask(0, B, READ)]);
    scenario.links = vec![LinkSpec { from: B, to: A, options: delay(50) }];
    let trace = replay(&scenario);
    assert_eq!((delivered(&trace, (B, A)), delivered(&trace, (A, B))), (vec![60_000], vec![70_000]));
}

#[test]
fn a_held_link_keeps_what_is_on_it_and_what_is_sent_into_it_until_it_is_released() {
    let add = |millis| ask(millis, A, Operation::Add(1));
    let script =
        vec![add(0), at(5, Action::Hold(vec![(A, B)])), add(20), at(45, Action::Release(vec![(A, B)])), add(46)];
    let trace = replay(&scenario(2, counter(), script));
    // What was held has not been acknowledged at 50 ms, so it is said again.
    assert_eq!(delivered(&trace, (A, B))[..3], [45_000, 45_000, 56_000]);
}

#[test]
fn what_a_held_link_kept_arrives_in_the_order_of_sending_whatever_was_to_arrive_first() {
    let add = |millis| ask(millis, A, Operation::Add(1));
    let script = vec![
        at(0, Action::Shape(vec![(A, B)], delay(100))),
        add(1),
        at(2, Action::Unshape(vec![(A, B)])),
        add(3),
        at(5, Action::Hold(vec![(A, B)])),
        at(40, Action::Release(vec![(A, B)])),
    ];
    let trace = replay(&scenario(2, counter(), script));
    let order: Vec<MessageId> = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Delivered { message, to: B, .. } => Some(message),
            _ => None,
        })
        .collect();
    assert_eq!(order[..2], [MessageId(0), MessageId(1)]);
}

#[test]
fn a_cut_loses_also_what_a_held_link_keeps() {
    let script = vec![
        ask(0, A, Operation::Add(1)),
        at(5, Action::Hold(vec![(A, B)])),
        at(20, Action::Cut(vec![(A, B)])),
        at(30, Action::Heal(vec![(A, B)])),
        at(40, Action::Release(vec![(A, B)])),
    ];
    let trace = replay(&scenario(2, counter(), script));
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Lost { why: Loss::Cut, .. })), [20_000]);
    assert_eq!(delivered(&trace, (A, B)), [60_000], "said again after 50 ms");
}

#[test]
fn healing_a_held_link_does_not_release_it() {
    let script = vec![
        at(0, Action::Hold(vec![(A, B)])),
        at(1, Action::Cut(vec![(A, B)])),
        at(2, Action::Heal(vec![(A, B)])),
        ask(3, A, Operation::Add(1)),
    ];
    assert!(delivered(&replay(&scenario(2, counter(), script)), (A, B)).is_empty());
}

#[test]
fn a_firewall_rule_outlives_the_queueing_discipline() {
    let link = || vec![(A, B)];
    let script = vec![
        at(0, Action::Shape(link(), delay(50))),
        at(1, Action::Cut(link())),
        at(2, Action::Unshape(link())),
        ask(3, A, Operation::Add(1)),
        at(500, Action::Heal(link())),
    ];
    let trace = replay(&scenario(2, counter(), script));
    assert!(delivered(&trace, (A, B)).iter().all(|&time| time > 500_000));
    assert!(!delivered(&trace, (A, B)).is_empty());
}

#[test]
fn the_modules_third_recipe_removes_the_delay_of_its_first() {
    let five = Chance::of(Percent::millionths(50_000));
    let loss = Options { corrupt: Some(five), ..Options::default() };
    let script = vec![
        at(0, Action::Shape(vec![(A, B)], delay(100))),
        ask(10, A, Operation::Add(1)),
        at(200, Action::Reshape(vec![(A, B)], loss)),
        ask(210, A, Operation::Add(1)),
    ];
    let trace = replay(&scenario(2, counter(), script));
    let fourth = delivered(&trace, (A, B));
    assert!(fourth.contains(&120_000) && fourth.contains(&220_000), "{fourth:?}");
}

#[test]
fn a_copy_is_a_message_of_its_own_and_a_damaged_one_is_dropped_by_its_receiver() {
    let all = Chance::of(Percent::ALL);
    let mut scenario = scenario(2, single_copy(), vec![ask(0, B, READ)]);
    let options = Options { duplicate: Some(all), corrupt: Some(all), ..Options::default() };
    scenario.links = vec![LinkSpec { from: B, to: A, options }];
    let trace = replay(&scenario);
    let copied = EventKind::Duplicated { message: MessageId(0), copy: MessageId(1) };
    assert_eq!(count(&trace, |kind| *kind == copied), 1);
    assert_eq!(times(&trace, |kind| matches!(kind, EventKind::Corrupted { from: B, to: A, .. })), [10_000, 10_000]);
    assert!(delivered(&trace, (B, A)).is_empty());
}
