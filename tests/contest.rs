//! Claims about the contest with the theorem: what no strategy can do, what some can, and that every run found is one.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::availability::{Extent, availability};
use partition_lab::check::{Budget, History, linearizability};
use partition_lab::course::contest::{
    Attempt, Breach, CENTRAL, Demand, Design, Execution, Finding, Job, Network, OnNews, OnRead, OnTimeout, OnWrite,
    Operations, Player, Possible, Promise, Promises, Reader, Rules, Seats, Timing, Writer, beyond, execute, place,
    presets, table,
};
use partition_lab::sim::{EventKind, Run, Trace};
use proptest::prelude::*;
use proptest::sample::select;

fn explored(attempt: &Attempt) -> Finding {
    let mut job = Job::new(attempt).expect("there are few of everything");
    while job.run(10_000) {}
    job.finding().expect("there is nothing more to do")
}

/// How a promise is broken; `None` if every run was looked at and none breaks one.
fn breach(attempt: &Attempt) -> Option<Breach> {
    match explored(attempt) {
        Finding::Broken(broken) => Some(broken.breach),
        Finding::Unbroken { .. } => None,
        Finding::Unknown { .. } => panic!("the limit came first: {attempt:?}"),
    }
}

fn replayed(run: &Run) -> Trace {
    run.replay_as::<Player>().expect("the run names only what is there")
}

/// Whether that run, replayed, breaks that promise by its own trace.
fn breaks(run: &Run, promise: Promise) -> bool {
    let history = History::of(run.scenario.initial, &replayed(run).events);
    match promise {
        Promise::Consistency => linearizability(&history, Budget::default()).violation().is_some(),
        Promise::Availability => availability(&history, Extent::Whole).violation().is_some(),
    }
}

fn both(write: OnWrite, read: OnRead, timeout: OnTimeout) -> Design {
    let rules = Rules::new(write, read, timeout, OnNews::Newer);
    Design::Rules([rules, rules])
}

fn each(clients: u8, requests: u8) -> Operations {
    Operations::Each { clients, requests, seats: Seats::Both }
}

#[test]
fn every_cell_of_the_table_is_broken_by_the_execution_it_names_and_so_no_strategy_keeps_both_promises() {
    let cells = table();
    assert_eq!(cells.len(), Writer::ALL.len() * Reader::ALL.len());
    for cell in cells {
        assert_eq!(place(cell.rules), (cell.writer, cell.reader));
        assert!(breaks(&cell.run, cell.promise), "{:?} {:?}", cell.writer, cell.reader);
        assert!(breach(&Attempt::under_the_cut(Design::Rules(cell.rules))).is_some());
    }
}

#[test]
fn what_node_b_sees_is_the_same_in_both_executions_of_every_cell() {
    let seen = |run: &Run| {
        let events = replayed(run).events.into_iter().filter_map(|event| match event.kind {
            EventKind::Replied { node, outcome, .. } if node.index() == 1 => Some(format!("{outcome:?}")),
            EventKind::Delivered { to, .. } if to.index() == 1 => Some("a message".to_owned()),
            EventKind::TimedOut { node, .. } if node.index() == 1 => Some("a time-out".to_owned()),
            _ => None,
        });
        events.collect::<Vec<_>>()
    };
    for cell in table() {
        let [alone, after] = [Execution::ReadAlone, Execution::WriteThenRead].map(|which| execute(cell.rules, which));
        assert_eq!(seen(&alone), seen(&after));
    }
}

/// Under the cut no node ever hears of the other, so its rule for news is never asked: all rules with one rule for news
/// are all there is. That it makes no difference is checked on a part of the pairs.
#[test]
fn of_all_pairs_of_rules_none_keeps_both_promises_under_the_cut_and_each_has_a_run_that_shows_it() {
    let alike: Vec<Rules> = Rules::all().filter(|rules| rules.news == OnNews::Newer).collect();
    assert_eq!((alike.len(), Rules::all().count()), (196, 980));
    for &a in &alike {
        for &b in &alike {
            let Finding::Broken(broken) = explored(&Attempt::under_the_cut(Design::Rules([a, b]))) else {
                panic!("{a:?} and {b:?} would beat the theorem");
            };
            assert!(breaks(&broken.run, broken.breach.promise()), "{a:?} {b:?} {:?}", broken.steps);
        }
    }
    for (at, rules) in Rules::all().enumerate() {
        let other = alike[at * 37 % alike.len()];
        let quiet = Rules { news: OnNews::Newer, ..rules };
        let with = |rules| explored(&Attempt::under_the_cut(Design::Rules([rules, other])));
        let (Finding::Broken(one), Finding::Broken(two)) = (with(rules), with(quiet)) else { panic!("{rules:?}") };
        assert_eq!((one.breach, one.steps, one.unique), (two.breach, two.steps, two.unique));
        let alone = explored(&Attempt::under_the_cut(Design::Rules([rules, rules])));
        assert!(matches!(alone, Finding::Broken(_)), "{rules:?}");
    }
}

#[test]
fn without_loss_and_with_known_bounds_a_strategy_keeps_both_promises() {
    for design in [Design::Rules(CENTRAL), both(OnWrite::Agree, OnRead::Ask, OnTimeout::AnswerAnyway)] {
        let attempt = Attempt {
            network: Network::Reliable,
            timing: Timing::Timely,
            operations: each(2, 2),
            ..Attempt::under_the_cut(design)
        };
        assert_eq!(breach(&attempt), None);
    }
}

#[test]
fn each_preset_ends_as_it_does_after_so_many_states() {
    let mut told = Vec::new();
    for preset in presets() {
        for variant in preset.variants {
            let verdict = match explored(&variant.attempt) {
                Finding::Broken(broken) => {
                    assert!(breaks(&broken.run, broken.breach.promise()), "{}", preset.name);
                    format!("{:?} after {} states, {} steps", broken.breach, broken.unique, broken.steps.len())
                }
                Finding::Unbroken { unique, .. } => format!("unbroken, {unique} states"),
                Finding::Unknown { .. } => "unknown".to_owned(),
            };
            told.push(format!("{}: {}: {verdict}", preset.name, variant.setting));
        }
    }
    assert_eq!(told, PRESETS);
}

const PRESETS: [&str; 17] = [
    "Quorum: The link is cut: Error after 5 states, 2 steps",
    "Local first: The link is cut: Inconsistent after 4 states, 2 steps",
    "Forward to one: The link is cut: Error after 6 states, 2 steps",
    "Answer after a timeout: The link is cut: Inconsistent after 13 states, 4 steps",
    "Wait for ever: The link is cut: Silence after 3 states, 1 steps",
    "Just wait longer: The link is cut: Inconsistent after 13 states, 4 steps",
    "Just wait longer: Nothing is lost, but messages may be late: Inconsistent after 32 states, 4 steps",
    "Just wait longer: Nothing is lost, and delays have a known bound: unbroken, 29 states",
    "Ask again: The link is cut: Silence after 3 states, 1 steps",
    "Ask again: Any two messages may be lost: unbroken, 3747 states",
    "Use timestamps: The link is cut: Inconsistent after 4 states, 2 steps",
    "Read repair: The link is cut: Inconsistent after 7 states, 3 steps",
    "Two out of two: The link is cut: Error after 5 states, 2 steps",
    "Two out of two: Nothing is lost; a second reader, at Node A: Inconsistent after 30 states, 4 steps",
    "A third node as witness: Node A is cut off: a write there, a read at Node B: Error after 5 states, 2 steps",
    "A third node as witness: Node A is cut off, all clients are at Node B: unbroken, 91 states",
    "A third node as witness: Node A is cut off, and a client is at Node A: Error after 3 states, 2 steps",
];

#[test]
fn the_square_of_what_remains_possible_comes_out_as_the_paper_says() {
    for quadrant in beyond() {
        assert_eq!(breach(&quadrant.available), None, "{quadrant:?}");
        let consistent = breach(&quadrant.consistent);
        match quadrant.possible {
            Possible::Yes => assert_eq!(consistent, None),
            Possible::No => assert_eq!(consistent, Some(Breach::Inconsistent)),
        }
        let yes = quadrant.demand == Demand::WithoutLoss && quadrant.timing == Timing::Timely;
        assert_eq!(quadrant.possible == Possible::Yes, yes);
    }
}

/// Corollary 1.1 asks for answers also when messages are lost, so who passes on and waits is no way out of it.
#[test]
fn to_pass_on_and_wait_for_ever_is_linearizable_even_untimed_and_does_not_answer_when_one_message_is_lost() {
    let [a, b] = CENTRAL;
    let waits = Design::Rules([a, Rules { timeout: OnTimeout::Wait, ..b }]);
    let reliable = Attempt { network: Network::Reliable, operations: each(2, 2), ..Attempt::under_the_cut(waits) };
    assert_eq!(breach(&reliable), None);
    assert_eq!(breach(&Attempt { network: Network::Lossy(1), ..reliable }), Some(Breach::Silence));
}

#[test]
fn a_request_nobody_will_answer_breaks_availability_and_one_that_a_timer_will_end_does_not_yet() {
    let silent = |write, timeout| breach(&Attempt::under_the_cut(both(write, OnRead::Local, timeout)));
    assert_eq!(silent(OnWrite::Silent, OnTimeout::AnswerAnyway), Some(Breach::Silence));
    assert_eq!(silent(OnWrite::Agree, OnTimeout::Wait), Some(Breach::Silence));
    assert_eq!(silent(OnWrite::Agree, OnTimeout::AskAgain), Some(Breach::Silence));
    assert_eq!(silent(OnWrite::Agree, OnTimeout::Refuse), Some(Breach::Error));
    let answers = both(OnWrite::Agree, OnRead::Ask, OnTimeout::AnswerAnyway);
    let available = Attempt { promises: Promises::Availability, ..Attempt::under_the_cut(answers) };
    assert_eq!(breach(&available), None);
}

#[test]
fn who_waits_for_ever_is_silent_under_the_cut_and_after_one_loss_and_keeps_both_promises_when_nothing_is_lost() {
    let waits = both(OnWrite::Agree, OnRead::Ask, OnTimeout::Wait);
    let attempt = |network| Attempt { network, operations: each(2, 2), ..Attempt::under_the_cut(waits) };
    assert_eq!(breach(&attempt(Network::Cut)), Some(Breach::Silence));
    assert_eq!(breach(&attempt(Network::Lossy(1))), Some(Breach::Silence));
    assert_eq!(breach(&attempt(Network::Reliable)), None);
}

#[test]
fn a_known_bound_saves_who_answers_after_a_timeout_when_nothing_is_lost_and_not_when_something_is() {
    let answers = both(OnWrite::Agree, OnRead::Ask, OnTimeout::AnswerAnyway);
    let attempt = |network, timing| Attempt { network, timing, ..Attempt::under_the_cut(answers) };
    assert_eq!(breach(&attempt(Network::Reliable, Timing::Untimed)), Some(Breach::Inconsistent));
    assert_eq!(breach(&attempt(Network::Reliable, Timing::Timely)), None);
    assert_eq!(breach(&attempt(Network::Cut, Timing::Timely)), Some(Breach::Inconsistent));
    let refuses = both(OnWrite::Agree, OnRead::Ask, OnTimeout::Refuse);
    let attempt = |timing| Attempt { network: Network::Reliable, timing, ..Attempt::under_the_cut(refuses) };
    assert_eq!(breach(&attempt(Timing::Untimed)), Some(Breach::Error));
    assert_eq!(breach(&attempt(Timing::Timely)), None);
}

#[test]
fn agreement_of_both_nodes_is_linearizable_whatever_is_lost_or_late() {
    for timeout in [OnTimeout::Refuse, OnTimeout::AskAgain, OnTimeout::Wait] {
        for network in [Network::Cut, Network::Lossy(1), Network::Reliable] {
            let promises = Promises::Consistency;
            let attempt = Attempt::under_the_cut(both(OnWrite::Agree, OnRead::Ask, timeout));
            assert_eq!(breach(&Attempt { network, promises, operations: each(2, 2), ..attempt }), None, "{timeout:?}");
        }
    }
}

#[test]
fn nothing_is_lost_in_a_run_of_a_reliable_network_and_what_is_late_arrives_after_the_stale_read() {
    let late = Attempt { network: Network::Reliable, ..Attempt::under_the_cut(Design::Rules(CENTRAL)) };
    let forwarded = Attempt { operations: each(2, 2), ..late };
    for attempt in [forwarded, Attempt { design: both(OnWrite::Accept, OnRead::Local, OnTimeout::Wait), ..late }] {
        let Finding::Broken(broken) = explored(&attempt) else { panic!("by Corollary 1.1 it is broken") };
        assert_eq!(broken.breach, Breach::Inconsistent);
        let events = replayed(&broken.run).events;
        let count = |wanted: fn(&EventKind) -> bool| events.iter().filter(|event| wanted(&event.kind)).count();
        let sent = count(|kind| matches!(kind, EventKind::Sent { .. }));
        assert!(sent > 0 && sent == count(|kind| matches!(kind, EventKind::Delivered { .. })));
        assert_eq!(count(|kind| matches!(kind, EventKind::Lost { .. })), 0);
    }
}

#[test]
fn a_job_in_small_slices_finds_what_one_in_one_go_finds_and_stops_at_its_limit() {
    let quorum = both(OnWrite::Agree, OnRead::Ask, OnTimeout::AskAgain);
    let attempt = Attempt { network: Network::Lossy(1), operations: each(2, 2), ..Attempt::under_the_cut(quorum) };
    let mut job = Job::new(&attempt).expect("few of everything");
    assert_eq!(job.finding(), None);
    let mut before = 0;
    while job.run(7) {
        assert!(job.progress().unique >= before && job.finding().is_none());
        before = job.progress().unique;
    }
    assert_eq!(job.finding(), Some(explored(&attempt)));
    let limited = explored(&Attempt { limit: 1_000, ..attempt });
    assert!(matches!(limited, Finding::Unknown { unique: 1_000.., limit: 1_000 }), "{limited:?}");
}

fn some_rules() -> impl Strategy<Value = Rules> {
    (select(OnWrite::ALL), select(OnRead::ALL), select(OnTimeout::ALL), select(OnNews::ALL))
        .prop_map(|(write, read, timeout, news)| Rules { write, read, timeout, news })
}

fn some_attempt() -> impl Strategy<Value = Attempt> {
    let design = prop_oneof![
        9 => (some_rules(), some_rules()).prop_map(|(a, b)| Design::Rules([a, b])),
        1 => Just(Design::Majority),
    ];
    let network = prop_oneof![Just(Network::Cut), (1_u8..3).prop_map(Network::Lossy), Just(Network::Reliable)];
    let seats = select(vec![Seats::Both, Seats::OnlyA, Seats::OnlyB]);
    let operations = prop_oneof![
        Just(Operations::WriteAndRead),
        Just(Operations::WriteAndTwoReads),
        (1_u8..4, 1_u8..4, seats).prop_map(|(clients, requests, seats)| Operations::Each { clients, requests, seats }),
    ];
    let timing = select(vec![Timing::Untimed, Timing::Timely]);
    let promises = select(vec![Promises::Both, Promises::Consistency, Promises::Availability]);
    (design, network, timing, operations, promises).prop_map(|(design, network, timing, operations, promises)| {
        Attempt { design, network, timing, operations, promises, limit: 20_000 }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn every_run_that_is_found_replays_to_the_same_violation_by_just_the_moves_that_were_found(attempt in some_attempt()) {
        if let Finding::Broken(broken) = explored(&attempt) {
            prop_assert!(breaks(&broken.run, broken.breach.promise()), "{:#?}", broken);
            let events = replayed(&broken.run).events;
            let missed = events.iter().any(|event| matches!(event.kind, EventKind::Missed { .. }));
            prop_assert!(!missed, "{:#?}", broken);
            let asked = events.iter().filter(|event| matches!(event.kind, EventKind::Invoked { .. })).count();
            let asks = broken.steps.iter().filter(|words| words.contains(" asks Node ")).count();
            prop_assert_eq!(asked, asks);
            let ran_out = events.iter().filter(|event| matches!(event.kind, EventKind::TimedOut { .. })).count();
            let waited = broken.steps.iter().filter(|words| words.contains("waited long enough")).count();
            prop_assert!(ran_out == waited || broken.breach == Breach::Silence, "{:#?}", broken);
        }
    }
}
