//! Claims about verdicts: the course's scenarios give up what they are said to give up, and the checker agrees with
//! trying every order.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::availability::{Extent, How, Undecided};
use partition_lab::check::history::Response;
use partition_lab::check::{Attempt, Budget, History, Verdict, availability, linearizability};
use partition_lab::course::{Reading, Walk, gauges, play};
use partition_lab::sim::{
    Action, Answer, ClientId, EventId, Micros, NodeId, Operation, Outcome, Planned, Refusal, RequestId, Run, Value,
};
use proptest::prelude::*;

fn history(name: &str) -> History {
    let scenario = play(name).expect("built in").scenarios.remove(0);
    let trace = Run::of(scenario.clone()).replay().expect("it names only what it has");
    History::of(scenario.initial, &trace.events)
}

#[test]
fn choosing_consistency_gives_up_availability_and_nothing_else() {
    let history = history("gilbert-lynch-cp");
    assert!(linearizability(&history, Budget::default()).holds());
    let verdict = availability(&history, Extent::Whole);
    let witness = verdict.violation().expect("the read is refused");
    assert_eq!((witness.attempt.client, witness.how), (ClientId(1), How::Refused(Refusal::Unconfirmed)));
}

#[test]
fn choosing_availability_gives_up_consistency_and_nothing_else() {
    let history = history("gilbert-lynch-ap");
    assert!(availability(&history, Extent::Whole).holds());
    let verdict = linearizability(&history, Budget::default());
    let witness = verdict.violation().expect("the read is stale");
    assert_eq!(witness.stuck.operation, Operation::Read);
    assert_eq!(witness.longest.len(), 1);
    assert_eq!(witness.value, Value(1));
}

#[test]
fn an_exhausted_budget_is_unknown_and_says_so() {
    assert_eq!(linearizability(&history("gilbert-lynch-ap"), Budget(0)), Verdict::Unknown(Budget(0)));
}

#[test]
fn a_request_without_an_answer_counts_against_availability_only_when_the_run_is_over() {
    let mut history = history("gilbert-lynch-ap");
    history.attempts[1].response = None;
    assert_eq!(availability(&history, Extent::SoFar), Verdict::Unknown(Undecided::Waiting(vec![RequestId(1)])));
    let whole = availability(&history, Extent::Whole);
    assert_eq!(whole.violation().map(|witness| witness.how), Some(How::NoAnswer));
}

#[test]
fn the_gauges_turn_where_the_client_sees_it_and_not_before() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    assert_eq!(walk.end(), 9);
    for moment in 0..=walk.end() {
        let (cp, ap) = (walk.gauges(0, moment), walk.gauges(1, moment));
        assert_eq!(matches!(cp.availability.reading, Reading::Violated(9)), moment >= 9, "step {moment}");
        assert_eq!(matches!(ap.consistency.reading, Reading::Violated(7)), moment >= 7, "step {moment}");
        assert!(!matches!(cp.consistency.reading, Reading::Violated(_)));
        assert!(!matches!(ap.availability.reading, Reading::Violated(_)));
    }
}

#[test]
fn healing_lets_the_copy_arrive_on_both_sides_and_undoes_no_verdict() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    let healed = walk.act(walk.end(), &Action::heal_between(NodeId(0), NodeId(1))).expect("both nodes are there");
    assert!(healed.end() > walk.end());
    for side in 0..2 {
        let words: Vec<String> = (10..=healed.end()).filter_map(|moment| healed.words(side, moment)).collect();
        assert!(words.iter().any(|words| words.contains("reaches Node B, which stores `v1`")), "{words:?}");
    }
    assert_eq!(healed.turning_points(), [9, 7]);
}

#[test]
fn every_stale_read_is_marked_and_no_other() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    let read = Action::Request { client: ClientId(1), operation: Operation::Read };
    let wrong = |walk: &Walk| [0, 1].map(|side| walk.sides[side].wrong_answers(u32::MAX).len());
    assert_eq!(wrong(&walk), [0, 1]);
    let again = walk.act(walk.end(), &read).expect("there is such a client");
    assert_eq!(wrong(&again), [0, 2], "as stale as the one before");
    let healed = walk.act(walk.end(), &Action::heal_between(NodeId(0), NodeId(1))).expect("both nodes are there");
    let fresh = healed.act(healed.end(), &read).expect("there is such a client");
    assert_eq!(wrong(&fresh), [0, 1], "by then Node B has the copy");
}

#[test]
fn a_run_that_ends_without_any_answer_is_consistent_and_one_that_goes_on_is_not_decided() {
    let mut scenario = play("gilbert-lynch-ap").expect("built in").scenarios.remove(0);
    scenario.script.insert(0, Planned { at: Micros(0), action: Action::Crash(NodeId(0)) });
    scenario.script.insert(1, Planned { at: Micros(0), action: Action::Crash(NodeId(1)) });
    let trace = Run::of(scenario.clone()).replay().expect("it names only what it has");
    let reading = |step| gauges::read(&scenario, &trace, step).consistency.reading;
    assert_eq!(
        [reading(0), reading(trace.steps() - 1), reading(trace.steps())],
        [Reading::NotDecided, Reading::NotDecided, Reading::Holds]
    );
}

#[test]
fn the_walk_concludes_at_its_end_and_from_what_the_nodes_hold() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    assert!((0..walk.end()).all(|moment| walk.conclusion(moment).is_none()));
    assert!(walk.conclusion(walk.end()).is_some_and(|words| words.contains("no choice that keeps both")));
    let healed = walk.act(walk.end(), &Action::heal_between(NodeId(0), NodeId(1))).expect("both nodes are there");
    assert!(healed.conclusion(healed.end()).is_some_and(|words| words.starts_with("The nodes agree again")));
    let one_way = walk.act(walk.end(), &Action::Heal(vec![(NodeId(1), NodeId(0))])).expect("both nodes are there");
    assert!(one_way.conclusion(one_way.end()).is_some_and(|words| words.contains("no choice that keeps both")));
}

#[test]
fn every_moment_of_the_walk_has_words_on_a_side_that_moves() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    for (at, moment) in walk.moments.iter().enumerate() {
        for side in 0..2 {
            assert_eq!(walk.words(side, at).is_some(), at == 0 || moment.moves[side]);
            assert!(walk.words(side, at).is_none_or(|words| words.ends_with('.')));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_checker_agrees_with_trying_every_order(history in any_history()) {
        let verdict = linearizability(&history, Budget::default());
        prop_assert!(!matches!(verdict, Verdict::Unknown(_)));
        prop_assert_eq!(verdict.holds(), some_order_explains(&history));
    }
}

/// Brute force: any subset of the optional operations, in any order that respects time, such that every read returns
/// the value.
fn some_order_explains(history: &History) -> bool {
    fn go(left: &[&Attempt], value: Value) -> bool {
        let must = |attempt: &Attempt| matches!(attempt.outcome(), Some(Outcome::Answered(_)));
        if !left.iter().any(|attempt| must(attempt)) {
            return true;
        }
        left.iter().enumerate().any(|(at, attempt)| {
            let preceded = left
                .iter()
                .any(|other| must(other) && other.response.is_some_and(|response| response.event < attempt.invoked));
            let after = match (attempt.operation, attempt.outcome()) {
                (Operation::Write(written), _) => Some(written),
                (Operation::Read, Some(Outcome::Answered(Answer::Value(read)))) if read == value => Some(value),
                _ => None,
            };
            let rest: Vec<&Attempt> =
                left.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, a)| *a).collect();
            !preceded && after.is_some_and(|value| go(&rest, value))
        })
    }
    let relevant: Vec<&Attempt> =
        history.attempts.iter().filter(|attempt| !matches!(attempt.outcome(), Some(Outcome::Refused(_)))).collect();
    go(&relevant, history.initial)
}

fn any_history() -> impl Strategy<Value = History> {
    let operation = prop_oneof![
        (1..3_u32).prop_map(|value| (Operation::Write(Value(value)), 0)),
        (0..3_u32).prop_map(|value| (Operation::Read, value))
    ];
    let attempt = (operation, 0..40_u32, 1..15_u32, 0..8_u8);
    proptest::collection::vec(attempt, 0..6).prop_map(|drawn| {
        let mut attempts: Vec<Attempt> = drawn
            .into_iter()
            .enumerate()
            .map(|(at, ((operation, read), start, length, fate))| {
                // Event ids are made distinct, as those of a trace are.
                let id = |time: u32| EventId(time * 16 + u32::try_from(at).expect("few"));
                let outcome = match (fate, operation) {
                    (0, _) => None,
                    (1, _) => Some(Outcome::Unknown),
                    (2, _) => Some(Outcome::Refused(Refusal::QuorumLoss)),
                    (_, Operation::Read) => Some(Outcome::Answered(Answer::Value(Value(read)))),
                    _ => Some(Outcome::Answered(Answer::Written)),
                };
                Attempt {
                    request: RequestId(u32::try_from(at).expect("few")),
                    client: ClientId(0),
                    node: NodeId(0),
                    operation,
                    invoked_at: Micros(start.into()),
                    invoked: id(start),
                    response: outcome.map(|outcome| Response {
                        at: Micros((start + length).into()),
                        event: id(start + length),
                        outcome,
                    }),
                }
            })
            .collect();
        attempts.sort_by_key(|attempt| attempt.invoked);
        History { initial: Value(0), attempts }
    })
}
