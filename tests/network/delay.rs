//! How long packets take, and which overtake.

use partition_lab::sim::link::Fate;
use partition_lab::sim::netem::{Distribution, Options};
use partition_lab::sim::{Latency, Link, Micros};

use crate::tables::{Quantile, normal, pareto};
use crate::{BYTES, MILLION, assert_near, chance, delays, link, millis, percent, sent, share};

fn jittered(distribution: Option<Distribution>, correlation: f64) -> Options {
    let delay_correlation = Some(percent(correlation));
    Options {
        delay: Some(millis(100)),
        jitter: Some(millis(10)),
        distribution,
        delay_correlation,
        ..Options::default()
    }
}

fn mean(delays: &[u64]) -> f64 {
    delays.iter().copied().map(float).sum::<f64>() / f64::from(MILLION)
}

fn float(micros: u64) -> f64 {
    f64::from(u32::try_from(micros).expect("less than an hour"))
}

#[test]
fn without_jitter_every_packet_takes_exactly_the_delay() {
    let options = Options { delay: Some(millis(100)), distribution: Some(Distribution::Pareto), ..Options::default() };
    assert!(delays(&options).iter().all(|&delay| delay == 100_000));
}

#[test]
fn jitter_without_a_distribution_is_uniform_from_delay_minus_jitter_up_to_delay_plus_jitter() {
    let delays = delays(&jittered(None, 0.0));
    assert_eq!((delays.iter().min(), delays.iter().max()), (Some(&90_000), Some(&109_999)));
    assert!((mean(&delays) - 100_000.0).abs() < 20.0, "{}", mean(&delays));
    for tenth in 1..10 {
        let below = delays.iter().filter(|&&delay| delay < 90_000 + tenth * 2_000).count();
        assert_near(share(below, delays.len()), 10.0 * float(tenth), &format!("below {tenth} tenths"));
    }
}

#[test]
fn delays_follow_the_closed_form_of_their_distribution_as_far_as_four_jitters() {
    let mixed: Quantile = |q| (normal(q) + 3.0 * pareto(q)) / 4.0;
    let forms: [(Distribution, Quantile); 3] =
        [(Distribution::Normal, normal), (Distribution::Pareto, pareto), (Distribution::ParetoNormal, mixed)];
    for (distribution, quantile) in forms {
        let delays = delays(&jittered(Some(distribution), 0.0));
        for q in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98] {
            let limit = 100_000.0 + 10_000.0 * quantile(q);
            let below = delays.iter().filter(|&&delay| float(delay) < limit).count();
            assert_near(share(below, delays.len()), 100.0 * q, &format!("{distribution:?} below its {q} quantile"));
        }
    }
}

#[test]
fn the_delay_is_the_mean_but_for_the_tail_that_is_cut_off_at_four_jitters() {
    // Past four jitters are the last (2/9)³ of Pareto; the integral over them is 8/243 of the jitter.
    let cut = 10_000.0 * 8.0 / 243.0;
    for (distribution, expected) in [(Distribution::Normal, 100_000.0), (Distribution::Pareto, 100_000.0 - cut)] {
        let mean = mean(&delays(&jittered(Some(distribution), 0.0)));
        println!("{distribution:?}: mean {mean:.1} µs, expected {expected:.1} µs");
        assert!((mean - expected).abs() < 40.0, "{distribution:?}: {mean} instead of {expected}");
    }
}

#[test]
fn correlation_narrows_the_spread_around_the_same_mean() {
    for correlation in [25.0, 50.0, 75.0] {
        let delays = delays(&jittered(None, correlation));
        let off = |delay| float(delay) - 100_000.0;
        let variance = delays.iter().map(|&delay| off(delay) * off(delay)).sum::<f64>() / 1e6;
        let rho: f64 = correlation / 100.0;
        let expected = 1e8 / 3.0 * (1.0 - rho) / (1.0 + rho);
        assert!((mean(&delays) - 100_000.0).abs() < 30.0);
        assert!((variance / expected - 1.0).abs() < 0.02, "{correlation}: {variance} instead of {expected}");
    }
}

#[test]
fn a_jitter_beyond_the_delay_makes_no_packet_arrive_before_it_is_sent() {
    let options = Options { delay: Some(millis(1)), jitter: Some(millis(10)), ..Options::default() };
    let at_once = delays(&options).iter().filter(|&&delay| delay == 0).count();
    assert_near(share(at_once, 1_000_000), 45.0, "at once");
}

#[test]
fn differing_delays_reorder_packets() {
    let arrivals: Vec<Fate> = sent(&jittered(None, 0.0), 1_000, 1_000).map(|(_, fate, _)| fate).collect();
    let overtakes = |pair: &[Fate]| matches!(pair, [Fate::Arrives(one), Fate::Arrives(other)] if one > other);
    assert!(arrivals.windows(2).any(overtakes));
}

#[test]
fn the_distance_comes_on_top_of_the_delay() {
    let (mut link, mut rng) = link(&Options { delay: Some(millis(100)), ..Options::default() });
    link.latency = Latency { base: Micros(37_500), jitter: Micros(0) };
    assert_eq!(link.pass(Micros(0), BYTES, &mut rng), (Fate::Arrives(Micros(137_500)), None));
}

#[test]
fn the_latency_of_a_link_is_uniform_and_reaches_both_ends() {
    let mut link = Link::of(Latency { base: Micros(1_000), jitter: Micros(9) });
    let (_, mut rng) = crate::link(&Options::default());
    let mut counts = [0; 10];
    for _ in 0..MILLION {
        let (Fate::Arrives(at), None) = link.pass(Micros(0), BYTES, &mut rng) else { panic!("nothing disturbs it") };
        counts[usize::try_from(at.0 - 1_000).expect("small")] += 1;
    }
    for count in counts {
        assert_near(share(count, 1_000_000), 10.0, "of ten microseconds");
    }
}

fn overtaking(reorder: f64, gap: Option<u32>, delay: u64) -> Vec<bool> {
    let reorder = Some(chance(reorder, 0.0));
    let options = Options { delay: Some(millis(delay)), reorder, gap, ..Options::default() };
    sent(&options, MILLION, 1_000).map(|(now, fate, _)| fate == Fate::Arrives(now)).collect()
}

#[test]
fn a_reordered_packet_is_sent_at_once() {
    let overtaking = overtaking(25.0, None, 100);
    assert_near(share(overtaking.iter().filter(|&&at_once| at_once).count(), overtaking.len()), 25.0, "reorder 25 %");
}

#[test]
fn at_most_every_gapth_packet_overtakes_and_at_certainty_exactly_every_gapth() {
    let every_fifth = overtaking(100.0, Some(5), 10);
    assert!(every_fifth.iter().enumerate().all(|(at, &at_once)| at_once == (at % 5 == 4)));
    let some = overtaking(50.0, Some(5), 10);
    assert!(some.windows(5).all(|five| five.iter().filter(|&&at_once| at_once).count() <= 1));
    // Four that may not, and then two on average until one does.
    assert_near(share(some.iter().filter(|&&at_once| at_once).count(), some.len()), 100.0 / 6.0, "gap 5 at 50 %");
}

#[test]
fn without_a_delay_reordering_cannot_be_seen() {
    let plain: Vec<_> = sent(&Options::default(), 10_000, 10).collect();
    let reordered: Vec<_> =
        sent(&Options { reorder: Some(chance(25.0, 0.0)), ..Options::default() }, 10_000, 10).collect();
    assert_eq!(plain, reordered);
}

#[test]
fn correlation_makes_rare_reordering_rarer_as_it_does_loss() {
    let options = Options { delay: Some(millis(100)), reorder: Some(chance(10.0, 25.0)), ..Options::default() };
    let at_once = sent(&options, MILLION, 1_000).filter(|(now, fate, _)| *fate == Fate::Arrives(*now)).count();
    assert_near(share(at_once, 1_000_000), 1.75, "reorder 10 % at 25 %");
}
