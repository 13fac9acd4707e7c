//! Packets that wait: behind those before them, and as many as there is room for. And what a changed link remembers.

use partition_lab::sim::link::{Fate, Shaping};
use partition_lab::sim::netem::{Conditions, Distribution, Loss, Options};
use partition_lab::sim::trace::Loss as Why;
use partition_lab::sim::{Link, Micros};

use crate::{chance, link, millis, percent, random_loss};

/// A million bits a second: a thousand bytes take 8 ms.
const MEGABIT: Option<u64> = Some(1_000_000);

fn rated(rate: Option<u64>) -> Options {
    Options { rate, ..Options::default() }
}

fn arrives(micros: u64) -> (Fate, Option<Fate>) {
    (Fate::Arrives(Micros(micros)), None)
}

#[test]
fn a_packet_takes_its_size_divided_by_the_rate_and_waits_for_the_one_before() {
    let (mut link, mut rng) = link(&rated(MEGABIT));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(8_000));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(16_000));
    assert_eq!(link.pass(Micros(10_000), 500, &mut rng), arrives(20_000));
    assert_eq!(link.pass(Micros(50_000), 500, &mut rng), arrives(54_000), "the line was idle");
}

#[test]
fn time_on_the_line_is_rounded_up_to_whole_microseconds() {
    let (mut link, mut rng) = link(&rated(Some(3_000_000)));
    assert_eq!(link.pass(Micros(0), 100, &mut rng), arrives(267));
}

#[test]
fn on_a_slow_line_the_delay_is_spent_waiting_and_only_what_is_left_of_it_comes_on_top() {
    let (mut link, mut rng) = link(&Options { delay: Some(millis(10)), ..rated(MEGABIT) });
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(18_000));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(26_000));
    assert_eq!(
        link.pass(Micros(12_000), 1_000, &mut rng),
        arrives(34_000),
        "10 ms of delay end before the line is free"
    );
}

#[test]
fn as_many_packets_wait_as_the_limit_says_and_the_next_is_lost() {
    let (mut link, mut rng) = link(&Options { limit: Some(2), ..rated(MEGABIT) });
    let full = (Fate::Lost(Why::QueueFull), None);
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(8_000));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(16_000));
    assert_eq!(link.pass(Micros(7_999), 1_000, &mut rng), full);
    assert_eq!(link.pass(Micros(8_000), 1_000, &mut rng), arrives(24_000), "the first has left");
}

#[test]
fn a_thousand_packets_wait_unless_something_else_is_said() {
    let (mut link, mut rng) = link(&Options { delay: Some(millis(1_000)), ..Options::default() });
    let mut lost = (0..1_002).filter(|_| matches!(link.pass(Micros(0), 1, &mut rng).0, Fate::Lost(Why::QueueFull)));
    assert_eq!(lost.by_ref().count(), 2);
}

#[test]
fn an_overtaking_packet_spends_no_time_on_the_line() {
    let (mut link, mut rng) = link(&Options { reorder: Some(chance(100.0, 0.0)), gap: Some(2), ..rated(MEGABIT) });
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(8_000));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(0));
}

fn change(link: &mut Link, options: &Options) {
    let (_, mut rng) = crate::link(options);
    let mut conditions = link.shaping.as_ref().expect("it is disturbed").conditions;
    conditions.change(options);
    link.shape(Some(Box::new(Shaping::new(conditions, &mut rng))));
}

#[test]
fn what_waits_when_a_link_is_changed_goes_on_waiting() {
    let (mut link, mut rng) = link(&rated(MEGABIT));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(8_000));
    change(&mut link, &rated(Some(2_000_000)));
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), arrives(12_000), "behind the packet from before");
    change(&mut link, &Options { limit: Some(2), ..Options::default() });
    assert_eq!(link.pass(Micros(0), 1_000, &mut rng), (Fate::Lost(Why::QueueFull), None));
}

#[test]
fn a_change_sets_anew_what_it_does_not_name_but_for_what_stays() {
    let everything = Options {
        delay: Some(millis(100)),
        jitter: Some(millis(10)),
        delay_correlation: Some(percent(20.0)),
        distribution: Some(Distribution::Normal),
        loss: Some(Loss::Random(chance(5.0, 30.0))),
        duplicate: Some(chance(6.0, 40.0)),
        corrupt: Some(chance(7.0, 50.0)),
        reorder: Some(chance(8.0, 60.0)),
        gap: Some(5),
        rate: MEGABIT,
        limit: Some(9),
    };
    let mut conditions = Conditions::of(&everything);
    conditions.change(&Options::default());
    let expected = Conditions {
        delay_correlation: percent(20.0),
        distribution: Distribution::Normal,
        loss: Loss::Random(chance(0.0, 30.0)),
        duplicate: chance(0.0, 40.0),
        corrupt: chance(7.0, 50.0),
        reorder: chance(8.0, 60.0),
        rate: 1_000_000,
        ..Conditions::default()
    };
    assert_eq!(conditions, expected);
    conditions.change(&Options { loss: Some(random_loss(5.0)), duplicate: Some(chance(6.0, 0.0)), ..everything });
    assert_eq!(conditions, Conditions::of(&everything), "the correlations had stayed");
}

#[test]
fn a_gap_without_a_chance_means_certainty_and_a_chance_without_a_gap_every_packet() {
    let gap = Conditions::of(&Options { gap: Some(3), ..Options::default() });
    assert_eq!((gap.gap, gap.reorder), (3, chance(100.0, 0.0)));
    for gap in [None, Some(0)] {
        let reorder = Conditions::of(&Options { reorder: Some(chance(25.0, 50.0)), gap, ..Options::default() });
        assert_eq!((reorder.gap, reorder.reorder), (1, chance(25.0, 50.0)));
    }
}
