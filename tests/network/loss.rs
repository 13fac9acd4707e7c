//! Which packets are lost.

use partition_lab::sim::link::Fate;
use partition_lab::sim::netem::{Loss, Options};

use crate::{MILLION, assert_near, chance, percent, sent, share};

/// Which of a million packets are lost.
fn fell(loss: Loss) -> Vec<bool> {
    let options = Options { loss: Some(loss), ..Options::default() };
    sent(&options, MILLION, 10).map(|(_, fate, _)| matches!(fate, Fate::Lost(_))).collect()
}

fn share_lost(loss: Loss) -> f64 {
    share_of(&fell(loss))
}

fn share_of(lost: &[bool]) -> f64 {
    share(lost.iter().filter(|&&lost| lost).count(), lost.len())
}

/// How many packets are lost in a row on average.
fn mean_burst(lost: &[bool]) -> f64 {
    let all = lost.iter().filter(|&&lost| lost).count();
    let ends = lost.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    share(all, ends) / 100.0
}

fn gilbert_elliott(p: f64, r: f64, bad: f64, good: f64) -> Loss {
    Loss::GilbertElliott { p: percent(p), r: Some(percent(r)), bad: percent(bad), good: percent(good) }
}

/// The share of time in BAD is p/(p + r).
fn expected_of_gilbert_elliott(p: f64, r: f64, bad: f64, good: f64) -> f64 {
    (p * bad + r * good) / (p + r)
}

#[test]
fn random_loss_loses_what_it_says() {
    for asked in [0.0, 0.3, 5.0, 50.0, 99.0, 100.0] {
        assert_near(share_lost(Loss::Random(chance(asked, 0.0))), asked, &format!("{asked} % at random"));
    }
}

#[test]
fn a_share_of_nothing_loses_nothing_and_all_loses_all() {
    assert!(!fell(Loss::Random(chance(0.0, 25.0))).contains(&true));
    assert!(!fell(Loss::Random(chance(100.0, 25.0))).contains(&false));
}

#[test]
fn correlated_loss_does_not_lose_what_it_says() {
    let table = [
        (10.0, 25.0, 1.75),
        (10.0, 50.0, 0.11),
        (25.0, 25.0, 16.7),
        (25.0, 50.0, 6.94),
        (25.0, 75.0, 0.80),
        (50.0, 25.0, 50.0),
        (50.0, 50.0, 50.0),
        (50.0, 75.0, 50.0),
        (5.0, 25.0, 0.19),
    ];
    for (asked, correlation, expected) in table {
        let what = format!("{asked} % at a correlation of {correlation} %");
        assert_near(share_lost(Loss::Random(chance(asked, correlation))), expected, &what);
    }
}

#[test]
fn gilbert_elliott_with_2_and_25_percent_loses_7_41_percent_in_bursts_of_4() {
    let lost = fell(gilbert_elliott(2.0, 25.0, 100.0, 0.0));
    assert_near(share_of(&lost), 7.41, "Gilbert–Elliott");
    let burst = mean_burst(&lost);
    println!("bursts of {burst:.3}");
    assert!((burst - 4.0).abs() < 0.05, "{burst}");
}

#[test]
fn gilbert_elliott_loses_what_its_closed_form_says() {
    let settings = [
        (1.0, 10.0, 100.0, 0.0),
        (5.0, 50.0, 80.0, 0.0),
        (10.0, 40.0, 60.0, 1.0),
        (30.0, 30.0, 20.0, 10.0),
        (1.0, 25.0, 90.0, 0.2),
    ];
    for (p, r, bad, good) in settings {
        let expected = expected_of_gilbert_elliott(p, r, bad, good);
        let what = format!("p={p} r={r} 1-h={bad} 1-k={good}");
        assert_near(share_lost(gilbert_elliott(p, r, bad, good)), expected, &what);
    }
}

#[test]
fn without_a_way_back_of_its_own_gilbert_elliott_takes_what_p_leaves_and_loses_as_often_as_it_says() {
    let one: Loss = serde_json::from_str(r#"{"gilbert_elliott": {"p": 12.5}}"#).expect("the rest has defaults");
    assert_near(share_lost(one), 12.5, "p=12.5 alone");
}

/// With what each step takes to and fro in balance, from received in a gap (1): lost in a gap is p14 of it (4), lost in
/// a burst p13/p31 of it (3), and received in a burst p32/p23 of that (2).
fn expected_of_four_states([p13, p31, p32, p23, p14]: [f64; 5]) -> f64 {
    let (gap, burst) = (p14 / 100.0, p13 / p31);
    100.0 * (gap + burst) / (1.0 + gap + burst * (1.0 + p32 / p23))
}

fn four_states([p13, p31, p32, p23, p14]: [f64; 5]) -> Loss {
    let [p13, p31, p32, p23, p14] = [p13, p31, p32, p23, p14].map(percent);
    Loss::FourState { p13, p31: Some(p31), p32, p23, p14 }
}

#[test]
fn four_states_lose_what_their_stationary_distribution_says() {
    let settings = [
        [2.0, 25.0, 0.0, 100.0, 0.0],
        [1.0, 10.0, 20.0, 50.0, 0.5],
        [5.0, 60.0, 40.0, 30.0, 3.0],
        [20.0, 30.0, 10.0, 80.0, 10.0],
        [60.0, 60.0, 40.0, 5.0, 40.0],
    ];
    for chances in settings {
        let what = format!("p13 p31 p32 p23 p14 = {chances:?}");
        assert_near(share_lost(four_states(chances)), expected_of_four_states(chances), &what);
    }
}

#[test]
fn without_p32_and_p14_the_four_states_are_those_of_gilbert() {
    let lost = fell(four_states([2.0, 25.0, 0.0, 100.0, 0.0]));
    let burst = mean_burst(&lost);
    assert!((burst - 4.0).abs() < 0.05, "{burst}");
    let alone: Loss = serde_json::from_str(r#"{"four_state": {"p13": 12.5}}"#).expect("the rest has defaults");
    assert_near(share_lost(alone), 12.5, "p13=12.5 alone");
}

#[test]
fn what_is_lost_in_a_gap_is_lost_alone() {
    let lost = fell(four_states([0.0, 100.0, 0.0, 100.0, 30.0]));
    assert!(!lost.windows(2).any(|pair| pair == [true, true]));
    assert_near(share_of(&lost), 30.0 / 1.3, "p14=30 alone");
}
