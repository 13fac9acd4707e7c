//! Packets sent twice, packets damaged, and the order in which all that is decided.

use partition_lab::sim::Micros;
use partition_lab::sim::link::Fate;
use partition_lab::sim::netem::Options;
use partition_lab::sim::trace::Loss;

use crate::{BYTES, MILLION, assert_near, chance, link, millis, random_loss, sent, share};

fn count(options: &Options, wanted: impl Fn(Fate, Option<Fate>) -> bool) -> f64 {
    share(sent(options, MILLION, 10).filter(|&(_, fate, copy)| wanted(fate, copy)).count(), 1_000_000)
}

#[test]
fn as_many_packets_are_sent_twice_as_it_says() {
    for asked in [1.0, 10.0, 60.0] {
        let options = Options { duplicate: Some(chance(asked, 0.0)), ..Options::default() };
        assert_near(count(&options, |_, copy| copy.is_some()), asked, &format!("duplicate {asked} %"));
    }
    let correlated = Options { duplicate: Some(chance(10.0, 25.0)), ..Options::default() };
    assert_near(count(&correlated, |_, copy| copy.is_some()), 1.75, "duplicate 10 % at 25 %");
}

#[test]
fn as_many_packets_are_damaged_as_it_says() {
    for asked in [1.0, 10.0, 60.0] {
        let options = Options { corrupt: Some(chance(asked, 0.0)), ..Options::default() };
        assert_near(count(&options, |fate, _| matches!(fate, Fate::Damaged(_))), asked, &format!("corrupt {asked} %"));
    }
    let correlated = Options { corrupt: Some(chance(10.0, 25.0)), ..Options::default() };
    assert_near(count(&correlated, |fate, _| matches!(fate, Fate::Damaged(_))), 1.75, "corrupt 10 % at 25 %");
}

#[test]
fn a_packet_chosen_for_both_duplication_and_loss_is_delivered_once() {
    let options = Options { duplicate: Some(chance(100.0, 0.0)), loss: Some(random_loss(100.0)), ..Options::default() };
    assert!(sent(&options, 1_000, 10).all(|(now, fate, copy)| (fate, copy) == (Fate::Arrives(now), None)));
}

#[test]
fn the_copy_of_a_packet_may_be_lost_by_itself_and_is_not_sent_twice_again() {
    let options = Options { duplicate: Some(chance(100.0, 0.0)), loss: Some(random_loss(30.0)), ..Options::default() };
    let arrives = |fate| matches!(fate, Fate::Arrives(_));
    assert_near(count(&options, |one, copy| arrives(one) && copy.is_none()), 30.0, "chosen for both");
    assert_near(count(&options, |_, copy| matches!(copy, Some(Fate::Lost(_)))), 21.0, "only the copy lost");
    assert_near(count(&options, |one, copy| arrives(one) && copy.is_some_and(arrives)), 49.0, "both arrive");
}

#[test]
fn original_and_copy_are_damaged_independently() {
    let options =
        Options { duplicate: Some(chance(100.0, 0.0)), corrupt: Some(chance(30.0, 0.0)), ..Options::default() };
    let damaged = |fate| matches!(fate, Fate::Damaged(_));
    assert_near(count(&options, |one, copy| damaged(one) && copy.is_some_and(damaged)), 9.0, "both");
    assert_near(count(&options, |one, copy| damaged(one) != copy.is_some_and(damaged)), 42.0, "one of the two");
}

#[test]
fn a_packet_that_is_lost_is_not_damaged_and_takes_no_room() {
    let options = Options {
        loss: Some(random_loss(100.0)),
        corrupt: Some(chance(100.0, 0.0)),
        delay: Some(millis(100)),
        limit: Some(1),
        ..Options::default()
    };
    assert!(sent(&options, 100, 0).all(|(_, fate, _)| fate == Fate::Lost(Loss::Random)));
    let options =
        Options { loss: Some(random_loss(50.0)), delay: Some(millis(100)), limit: Some(500), ..Options::default() };
    let mut fates = sent(&options, 900, 0).map(|(_, fate, _)| fate);
    assert!(fates.all(|fate| fate != Fate::Lost(Loss::QueueFull)), "450 of 900 need room");
}

#[test]
fn a_damaged_packet_needs_room_like_any_other() {
    let options =
        Options { corrupt: Some(chance(100.0, 0.0)), delay: Some(millis(100)), limit: Some(2), ..Options::default() };
    let fates: Vec<Fate> = sent(&options, 3, 0).map(|(_, fate, _)| fate).collect();
    let damaged = Fate::Damaged(Micros(100_000));
    assert_eq!(fates, [damaged, damaged, Fate::Lost(Loss::QueueFull)]);
}

#[test]
fn a_damaged_packet_may_overtake_and_one_that_would_overtake_needs_room_first() {
    let (corrupt, reorder) = (Some(chance(100.0, 0.0)), Some(chance(100.0, 0.0)));
    let options = Options { corrupt, reorder, delay: Some(millis(100)), ..Options::default() };
    assert!(sent(&options, 100, 10).all(|(now, fate, _)| fate == Fate::Damaged(now)));
    let options = Options { reorder, gap: Some(2), delay: Some(millis(100)), limit: Some(1), ..Options::default() };
    let fates: Vec<Fate> = sent(&options, 2, 0).map(|(_, fate, _)| fate).collect();
    assert_eq!(fates, [Fate::Arrives(Micros(100_000)), Fate::Lost(Loss::QueueFull)]);
}

#[test]
fn a_copy_takes_room_and_may_find_none() {
    let options =
        Options { duplicate: Some(chance(100.0, 0.0)), delay: Some(millis(100)), limit: Some(1), ..Options::default() };
    let (mut link, mut rng) = link(&options);
    let (fate, copy) = link.pass(Micros(0), BYTES, &mut rng);
    assert_eq!((fate, copy), (Fate::Arrives(Micros(100_000)), Some(Fate::Lost(Loss::QueueFull))));
}
