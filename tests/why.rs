//! Explanations of verdicts, the two executions that Node B cannot tell apart, and the three outcomes that the one who
//! asks cannot: each claim of the pages, held to the runs.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::linearizability::{Budget, linearizability};
use partition_lab::check::{History, Verdict};
use partition_lab::course::Reading;
use partition_lab::course::explain::order::{OrderStory, Part};
use partition_lab::course::explain::requests::End;
use partition_lab::course::explain::{Standing, explain_availability, explain_consistency};
use partition_lab::course::gauges::read;
use partition_lab::course::local::local_view;
use partition_lab::course::outcomes::{Outcomes, Truth};
use partition_lab::course::scenarios::{challenge_ap, gilbert_lynch_ap, gilbert_lynch_cp};
use partition_lab::course::view::{Cost, Indistinguishable, Rule};
use partition_lab::sim::{
    Action, Answer, ClientId, Micros, NodeId, Operation, Outcome, Planned, Run, Scenario, Trace, Value,
};
use proptest::prelude::*;

fn run(scenario: &Scenario) -> Trace {
    Run::of(scenario.clone()).replay().expect("the scenario names only what it has")
}

fn words(story: &OrderStory) -> Vec<&str> {
    story.beats.iter().map(|beat| beat.words.as_str()).collect()
}

#[test]
fn a_stale_read_fits_neither_before_the_write_nor_after_it() {
    let scenario = gilbert_lynch_ap();
    let trace = run(&scenario);
    let story = explain_consistency(&scenario, &trace, trace.steps());
    assert_eq!(story.standing, Standing::Violated);
    assert_eq!(story.bars.iter().map(|bar| bar.part).collect::<Vec<_>>(), [Part::Placed(1), Part::Stuck]);
    assert_eq!(
        words(&story)[1..],
        [
            "Client 1’s write takes effect. From here on the register holds `v1`.",
            "Before the write of `v1`? That contradicts real time: the write of `v1` had ended before Client 2’s read began, and the \
             order must keep what really came first.",
            "After the write of `v1`? There the register holds `v1`, and Client 2’s read was told `v0`.",
            "Client 2’s read fits nowhere. The checker has tried every order that keeps real time, and none lets it return `v0`.",
        ]
    );
    let tried: Vec<_> = story.beats.iter().filter_map(|beat| beat.tried).collect();
    assert!(tried[0] < story.points[0].at && story.points[0].at < tried[1]);
}

#[test]
fn an_order_that_explains_everything_is_shown_whole_and_a_refused_request_needs_no_place() {
    let scenario = gilbert_lynch_cp();
    let trace = run(&scenario);
    let story = explain_consistency(&scenario, &trace, trace.steps());
    assert_eq!(story.standing, Standing::Holds);
    assert_eq!(story.bars.iter().map(|bar| bar.part).collect::<Vec<_>>(), [Part::Placed(1), Part::Without]);
    assert!(words(&story)[2].starts_with("Client 2 was refused"), "{:?}", words(&story));
    assert!(story.beats.iter().all(|beat| beat.tried.is_none()));
}

#[test]
fn before_anybody_is_answered_consistency_is_open_and_says_what_is_missing() {
    let scenario = gilbert_lynch_ap();
    let trace = run(&scenario);
    for step in [0, 1] {
        let story = explain_consistency(&scenario, &trace, step);
        assert_eq!(story.standing, Standing::Open);
        assert!(story.verdict.starts_with("Nobody has been answered yet"), "{}", story.verdict);
        assert!(story.points.is_empty());
    }
}

#[test]
fn a_refusal_is_told_with_what_its_node_knew() {
    let scenario = gilbert_lynch_cp();
    let trace = run(&scenario);
    let story = explain_availability(&scenario, &trace, trace.steps());
    assert_eq!(story.standing, Standing::Violated);
    let ends: Vec<_> = story.requests.iter().map(|request| (request.end, request.witness)).collect();
    assert_eq!(ends, [(End::Answered, false), (End::Refused, true)]);
    let knew: Vec<&str> = story.knew.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(
        knew,
        [
            "Client 2 asks me for the value. I hold `v0`.",
            "I send Node A: “what do you hold?”.",
            "My timer runs out. No answer has come.",
            "I refuse Client 2’s request.",
        ]
    );
    assert!(story.remark.contains("was lost, and nobody told it"), "{}", story.remark);
}

#[test]
fn a_request_that_waits_is_undecided_until_the_run_ends_and_then_has_no_answer() {
    let runs = Indistinguishable::new(Rule::Wait).expect("the scenarios name only what they have");
    let told = &runs.abreast.runs[1];
    let last = told.trace.steps();
    let before = explain_availability(&told.scenario, &told.trace, last - 1);
    assert_eq!((before.standing, before.requests[1].end), (Standing::Open, End::Waiting));
    let after = explain_availability(&told.scenario, &told.trace, last);
    assert_eq!((after.standing, after.requests[1].end), (Standing::Violated, End::NoAnswer));
}

#[test]
fn of_a_node_that_has_failed_the_explanation_asks_no_more_than_the_gauge_does() {
    let mut scenario = gilbert_lynch_cp();
    let crash = Planned { at: Micros::from_millis(120), action: Action::Crash(NodeId(1)) };
    scenario.script.push(crash);
    scenario.script.sort_by_key(|planned| planned.at);
    let trace = run(&scenario);
    for step in 0..=trace.steps() {
        let gauge = read(&scenario, &trace, step).availability;
        let expected = match gauge.reading {
            Reading::NotDecided => Standing::Open,
            Reading::HoldsSoFar | Reading::Holds => Standing::Holds,
            Reading::Violated(_) => Standing::Violated,
        };
        assert_eq!(explain_availability(&scenario, &trace, step).standing, expected, "step {step}: {}", gauge.why);
    }
    let story = explain_availability(&scenario, &trace, trace.steps());
    assert_eq!(story.requests[1].ended, "no answer: its node failed and owes none");
    assert!(story.verdict.ends_with("A node that has failed owes none."), "{}", story.verdict);
}

#[test]
fn whatever_its_rule_node_b_sees_the_same_in_both_executions_at_every_moment() {
    for rule in Rule::ALL {
        let runs = Indistinguishable::new(rule).expect("the scenarios name only what they have");
        for moment in 0..=runs.abreast.end() {
            assert!(runs.is_alike(moment), "{rule:?} at {moment}");
        }
        assert!(runs.view(0, runs.abreast.end()).len() >= 3, "{rule:?}: it sees the read, and does something");
    }
}

#[test]
fn node_a_could_tell_the_executions_apart() {
    let runs = Indistinguishable::new(Rule::AnswerOld).expect("the scenarios name only what they have");
    let [one, other] = [0, 1].map(|run| {
        let told = &runs.abreast.runs[run];
        local_view(&told.scenario, &told.trace, told.trace.steps(), NodeId(0))
    });
    assert_eq!((one.len(), other.len()), (1, 5));
    assert!(!other[1..].iter().any(|line| line.is_as(&one[0])));
}

#[test]
fn every_rule_breaks_a_promise_in_one_of_the_executions_and_no_rule_is_left() {
    let costs =
        Rule::ALL.map(|rule| Indistinguishable::new(rule).expect("the scenarios name only what they have").cost());
    assert_eq!(costs, [Cost::Consistency(1), Cost::Consistency(0), Cost::Availability, Cost::Availability]);
}

#[test]
fn what_is_said_to_follow_from_a_rule_is_what_the_checkers_find() {
    for rule in Rule::ALL {
        let runs = Indistinguishable::new(rule).expect("the scenarios name only what they have");
        let end = runs.abreast.end();
        let [c, a] = [0, 1].map(|run| {
            let gauges = runs.abreast.gauges(run, end);
            (gauges.consistency.reading.violated().is_some(), gauges.availability.reading.violated().is_some())
        });
        let expected = match rule {
            Rule::AnswerOld => [(false, false), (true, false)],
            Rule::AnswerNew => [(true, false), (false, false)],
            Rule::Refuse | Rule::Wait => [(false, true), (false, true)],
        };
        assert_eq!([c, a], expected, "{rule:?}: {}", rule.consequence());
    }
}

#[test]
fn the_three_outcomes_look_the_same_until_the_one_who_asks_has_given_up() {
    let runs = Outcomes::new().expect("the scenarios name only what they have");
    let timeout = runs.timeout();
    for moment in 0..=timeout {
        let views = [0, 1, 2].map(|run| runs.view(run, moment));
        for pair in views.windows(2) {
            assert_eq!(pair[0].len(), pair[1].len(), "at {moment}");
            assert!(pair[0].iter().zip(&pair[1]).all(|(one, other)| one.is_as(other)), "at {moment}");
        }
    }
    assert_eq!([0, 1, 2].map(|run| runs.truth(run, timeout)), [Truth::NotYet, Truth::Never, Truth::Done]);
}

#[test]
fn the_slow_request_is_carried_out_after_all_and_its_answer_comes_too_late() {
    let runs = Outcomes::new().expect("the scenarios name only what they have");
    let end = runs.abreast.end();
    assert_eq!([0, 1, 2].map(|run| runs.truth(run, end)), [Truth::Done, Truth::Never, Truth::Done]);
    let lengths = [0, 1, 2].map(|run| runs.view(run, end).len());
    assert_eq!(lengths, [5, 4, 4]);
    assert_eq!(runs.words(0, end).as_deref(), Some("The answer reaches Node A, too late."));
    let told = &runs.abreast.runs[2];
    let history = History::of(told.scenario.initial, &told.trace.events);
    assert_eq!(history.attempts[0].outcome(), Some(Outcome::Unknown), "the client was told nothing");
}

/// Requests at either node of the challenge's available system, with the link now cut and now healed.
fn script() -> impl Strategy<Value = Vec<Planned>> {
    let action = prop_oneof![
        3 => (0_u8..2).prop_map(|client| Action::Request { client: ClientId(client), operation: Operation::Read }),
        2 => (0_u8..2, 1_u32..4).prop_map(|(client, value)| Action::Request {
            client: ClientId(client),
            operation: Operation::Write(Value(value)),
        }),
        1 => Just(Action::cut_between(NodeId(0), NodeId(1))),
        1 => Just(Action::heal_between(NodeId(0), NodeId(1))),
    ];
    proptest::collection::vec((0_u64..200, action), 0..9).prop_map(|planned| {
        planned.into_iter().map(|(at, action)| Planned { at: Micros::from_millis(at), action }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_explanation_never_says_otherwise_than_the_checker(script in script(), confirmed in any::<bool>()) {
        let base = if confirmed { gilbert_lynch_cp() } else { challenge_ap() };
        let scenario = Scenario { script, ..base };
        let trace = run(&scenario);
        for step in 0..=trace.steps() {
            let history = History::of(scenario.initial, trace.until(step));
            let story = explain_consistency(&scenario, &trace, step);
            let answered = history.attempts.iter().any(|attempt| attempt.response.is_some());
            let standing = match linearizability(&history, Budget::default()) {
                _ if !answered => Standing::Open,
                Verdict::Holds(_) => Standing::Holds,
                Verdict::Violated(_) => Standing::Violated,
                Verdict::Unknown(_) => Standing::Open,
            };
            prop_assert_eq!(story.standing, standing);

            // The points come in their order, each inside its bar, and explain what was read there.
            let mut before = (0, story.initial);
            for point in &story.points {
                let bar = &story.bars[point.bar];
                prop_assert!(before.0 < point.at && bar.from < point.at && point.at < bar.to, "{:?} {:?}", bar, point);
                let attempt = &history.attempts[point.bar];
                match (attempt.operation, attempt.outcome()) {
                    (Operation::Write(value), _) => prop_assert_eq!(point.value, value),
                    (_, Some(Outcome::Answered(Answer::Value(read)))) => prop_assert_eq!((read, point.value), (before.1, before.1)),
                    other => prop_assert!(false, "{:?} needs no place", other),
                }
                before = (point.at, point.value);
            }

            // Where it holds nothing is missing; where it does not, each place that is tried is wrong.
            let answers = history.attempts.iter().filter(|attempt| matches!(attempt.outcome(), Some(Outcome::Answered(_))));
            if standing == Standing::Holds {
                prop_assert!(answers.count() <= story.points.len());
            }
            let tried: Vec<_> = story.beats.iter().filter_map(|beat| beat.tried).collect();
            prop_assert_eq!(tried.is_empty(), standing != Standing::Violated);
            for at in tried {
                let stuck = story.bars.iter().position(|bar| bar.part == Part::Stuck).expect("something fits nowhere");
                let held = story.points.iter().rfind(|point| point.at < at).map_or(story.initial, |point| point.value);
                let told = history.attempts[stuck].outcome();
                let bar = &story.bars[stuck];
                let inside = bar.from < at && at < bar.to;
                prop_assert!(!inside || told != Some(Outcome::Answered(Answer::Value(held))), "{:?} at {}", bar, at);
            }
        }
    }
}
