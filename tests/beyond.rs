//! What the pages beyond Theorem 1 say, held against the checkers and the explorer.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::availability::Extent;
use partition_lab::check::{Budget, availability, linearizability};
use partition_lab::course::beyond::asking::{self, Lost, Size, TimeUp};
use partition_lab::course::beyond::{Dials, Square, Topic, healing, late, rumour};
use partition_lab::course::contest::{Finding, Job, Possible, Promise, beyond};
use partition_lab::course::narration::Knows;
use partition_lab::course::told::{Post, Told};
use partition_lab::course::{Gauges, Reading};
use partition_lab::sim::{Answer, Micros, Outcome, Run, Value};

/// Consistency and availability of a whole run, by the checkers.
fn verdicts(told: &Told) -> (bool, bool) {
    let history = told.history(u32::MAX);
    (linearizability(&history, Budget::default()).holds(), availability(&history, Extent::Whole).holds())
}

/// What Client 2 read at last.
fn read(told: &Told) -> Option<u32> {
    let history = told.history(u32::MAX);
    match history.attempts.last()?.outcome()? {
        Outcome::Answered(Answer::Value(Value(value))) => Some(value),
        _ => None,
    }
}

#[test]
fn a_late_copy_breaks_consistency_with_nothing_lost_exactly_if_it_comes_after_the_read() {
    for arrives in (late::ARRIVALS.0..=late::ARRIVALS.1).step_by(late::STEP as usize) {
        let told = Told::of(Run::of(late::scenario(arrives)), Knows::Nothing).expect("it names what it has");
        let Post { sent, arrived, lost } = told.post(told.end());
        assert_eq!((sent, arrived, lost), (2, 2, 0), "{arrives}");
        let in_time = Micros::from_millis(arrives.into()) < late::READ;
        assert_eq!(verdicts(&told), (in_time, true), "{arrives}");
        assert_eq!(read(&told), Some(u32::from(in_time)), "{arrives}");
    }
}

#[test]
fn a_lost_copy_looks_to_node_b_like_a_late_one() {
    let late = Told::of(Run::of(late::scenario(late::ARRIVALS.1)), Knows::Nothing).expect("it names what it has");
    let lost = Told::of(Run::of(late::scenario(late::NEVER)), Knows::Nothing).expect("it names what it has");
    assert_eq!(lost.post(lost.end()), Post { sent: 1, arrived: 0, lost: 1 });
    assert_eq!((verdicts(&lost), read(&lost)), (verdicts(&late), read(&late)));
}

#[test]
fn with_bounds_a_lost_message_costs_one_promise_whatever_node_b_does() {
    for time_up in TimeUp::ALL {
        for lost in Lost::ALL {
            let told =
                Told::of(Run::of(asking::with_loss(lost, time_up)), Knows::Nothing).expect("it names what it has");
            let expected = match (lost, time_up) {
                (Lost::Nothing, _) => (true, true),
                (_, TimeUp::Answer) => (false, true),
                (_, TimeUp::Refuse | TimeUp::Wait) => (true, false),
            };
            assert_eq!(verdicts(&told), expected, "{lost:?} {time_up:?}");
            assert_eq!(told.post(told.end()).lost, usize::from(lost != Lost::Nothing), "{lost:?} {time_up:?}");
        }
    }
}

#[test]
fn without_loss_the_read_is_fresh_as_long_as_the_bound_is_true() {
    let bound = u32::try_from(asking::T_MSG.0 / 1_000).expect("it is small");
    for delay in (asking::DELAYS.0..=asking::DELAYS.1).step_by(asking::STEP as usize) {
        let told = Told::of(Run::of(asking::without_loss(delay)), Knows::Nothing).expect("it names what it has");
        assert_eq!(verdicts(&told), (delay <= bound, true), "{delay}");
        assert_eq!(told.post(told.end()).lost, 0, "{delay}");
    }
}

/// Explores to the end.
fn found(time_up: TimeUp, losses: u8, size: Size) -> Finding {
    let mut job = Job::new(&asking::attempt(time_up, losses, size)).expect("it is small");
    while job.run(10_000) {}
    job.finding().expect("there is no more to do")
}

#[test]
fn every_run_without_loss_keeps_both_promises_and_so_many_states_there_are() {
    for (size, states) in [(Size::Small, (109, 8)), (Size::Middle, (3_247, 10))] {
        let Finding::Unbroken { unique, depth } = found(TimeUp::Answer, 0, size) else {
            panic!("the central node keeps both")
        };
        assert_eq!((unique, depth), states, "{size:?}");
    }
}

#[test]
fn the_square_of_the_pages_is_the_one_that_is_explored() {
    let possible = beyond().map(|quadrant| quadrant.possible == Possible::Yes);
    assert_eq!(possible, Square::ALL.map(|square| square.possible));
}

#[test]
fn one_lost_message_is_enough_to_break_a_promise_and_more_change_nothing() {
    for losses in 1..=asking::LOSSES {
        for (time_up, promise) in [
            (TimeUp::Answer, Promise::Consistency),
            (TimeUp::Refuse, Promise::Availability),
            (TimeUp::Wait, Promise::Availability),
        ] {
            let Finding::Broken(broken) = found(time_up, losses, Size::Small) else {
                panic!("{time_up:?} survives {losses}")
            };
            assert_eq!(broken.breach.promise(), promise, "{time_up:?} {losses}");
        }
    }
}

#[test]
fn the_sweep_finds_the_t_that_the_arithmetic_says() {
    for retry in healing::RETRIES {
        let mut sweep = healing::Sweep::new(retry);
        assert_eq!(sweep.smallest(), None);
        while sweep.run(97) {}
        let smallest = sweep.smallest().expect("there is one");
        assert_eq!(Micros::from_millis(smallest.into()), healing::smallest_by_arithmetic(retry));
        // Before one delay every read is stale, after it ever fewer.
        let delay = usize::try_from(healing::DELAY.0 / 10_000).expect("it is small");
        assert!(sweep.stale()[..=delay].iter().all(|&stale| stale == healing::MOMENTS), "{:?}", sweep.stale());
        assert!(sweep.stale().is_sorted_by(|one, next| one >= next), "{:?}", sweep.stale());
    }
}

#[test]
fn on_the_stage_the_read_is_stale_exactly_below_the_smallest_t() {
    for retry in healing::RETRIES {
        for wait in (0..=healing::LONGEST).step_by(healing::STEP as usize) {
            let told = Dials { retry, wait, ..Dials::default() }.told(Topic::Healing);
            let fresh = Micros::from_millis(wait.into()) >= healing::smallest_by_arithmetic(retry);
            assert_eq!(verdicts(&told), (fresh, true), "{retry} {wait}");
            let values = told.trace.values(told.scenario(), told.trace.steps());
            assert_eq!(values[0], values[1], "the copy arrives in the end: {retry} {wait}");
        }
    }
}

#[test]
fn the_epidemic_register_is_available_and_sequential_and_not_linearizable() {
    let told = Dials::default().told(Topic::Rumour);
    let orders = rumour::orders(&told, told.trace.steps());
    assert!(orders.sequential && !orders.linearizable);
    assert_eq!(verdicts(&told), (false, true));
    let places: Vec<usize> = orders.placed.iter().map(|placed| placed.in_order).collect();
    assert_eq!(places, [1, 2, 0, 3]);
    let fits: Vec<bool> = orders.placed.iter().map(|placed| placed.fits_the_clock).collect();
    assert_eq!(fits, [true, true, false, true]);
}

#[test]
fn the_order_keeps_each_clients_own_and_explains_every_read() {
    let told = Dials::default().told(Topic::Rumour);
    for step in 0..=told.trace.steps() {
        let mut placed = rumour::orders(&told, step).placed;
        for (at, one) in placed.iter().enumerate() {
            let later = placed[at + 1..].iter().filter(|other| other.client == one.client);
            assert!(later.into_iter().all(|other| other.in_order > one.in_order), "step {step}");
        }
        placed.sort_by_key(|placed| placed.in_order);
        let mut register = told.scenario().initial;
        for placed in placed {
            if let partition_lab::sim::Operation::Write(value) = placed.operation {
                register = value;
            }
            assert!(placed.found.is_none_or(|found| found == register), "step {step}");
        }
    }
}

#[test]
fn every_page_has_a_run_that_ends() {
    for topic in Topic::ALL {
        let told = Dials::default().told(topic);
        assert!((5..=20).contains(&told.end()), "{topic:?}: {}", told.end());
        assert!(told.turning_points().iter().all(|&step| step <= told.end()));
    }
}

#[test]
fn each_page_says_it_in_sixty_to_a_hundred_and_thirty_words() {
    for topic in Topic::ALL {
        let words: usize = topic.words().iter().map(|text| text.split_whitespace().count()).sum();
        assert!((60..=130).contains(&words), "{topic:?}: {words}");
        assert_eq!(Topic::named(topic.name()), topic);
    }
}

#[test]
fn dials_that_a_link_sets_too_far_are_set_within() {
    let far = Dials { arrives: 9_999, delay: 0, retry: 7, wait: 123, ..Dials::default() };
    let within = far.within();
    assert_eq!((within.arrives, within.delay, within.retry, within.wait), (late::NEVER, asking::DELAYS.0, 200, 120));
    assert_eq!(within.within(), within);
}

#[test]
fn gauges_are_dated_to_the_step_at_which_the_stale_read_returns() {
    let told = Dials::default().told(Topic::Late);
    let Gauges { consistency, availability } = &told.gauges[told.end()];
    let Reading::Violated(step) = consistency.reading else { panic!("it is late by default") };
    assert_eq!(told.words(step as usize), "Client 2 reads `v0`.");
    assert_eq!(availability.reading, Reading::Holds);
}
