//! Exploration held against published counts, and its counter-examples against being replayed.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::explore::{Bounds, Cluster, Model, Order, Progress, Reads, Search, TwoPhase, subjects};
use partition_lab::check::{Budget, Consistency, History, Log, ModelName, Verdict, judge, linearizability};
use partition_lab::sim::protocol::Any;
use partition_lab::sim::{NodeId, Operation, Value};

fn linearizable(history: &History) -> bool {
    !matches!(linearizability(history, Budget::default()), Verdict::Violated(_))
}

fn judged(history: &History, consistency: Consistency) -> bool {
    !matches!(judge(&Log::of(history), ModelName::Register, consistency, Budget::default()), Verdict::Violated(_))
}

fn search(name: &str, clients: usize, servers: usize, bounds: Bounds, order: Order) -> Search<Cluster<Any>> {
    let subject = subjects().into_iter().find(|subject| subject.name == name).expect("it is listed");
    let scripts = subject.scripts(clients, servers, Reads::Next);
    let cluster = Cluster::new((servers, &subject.protocol), Value(0), scripts, bounds, Box::new(linearizable));
    Search::new(cluster.expect("few of everything"), order)
}

fn through<M: Model>(mut search: Search<M>) -> Progress {
    while search.run(1_000) {}
    assert!(search.counter_example().is_none());
    search.progress()
}

fn unique(name: &str, clients: usize, servers: usize, bounds: Bounds) -> u64 {
    through(search(name, clients, servers, bounds, Order::Breadth)).unique
}

/// The counter-example of a search that finds one.
fn broken(name: &str, servers: usize, bounds: Bounds) -> Vec<String> {
    let mut search = search(name, 2, servers, bounds, Order::Breadth);
    while search.run(100) {}
    let path = search.counter_example().expect("a promise is broken");
    let last = path.last().expect("the start is fine");
    assert!(!linearizable(&search.model().history(&last.after)), "it was replayed, so it is broken again");
    path.into_iter().map(|step| step.words).collect()
}

#[test]
fn the_published_counts_come_out_breadth_first_and_depth_first() {
    for order in [Order::Breadth, Order::Depth] {
        let unique = |name, servers| through(search(name, 2, servers, Bounds::default(), order)).unique;
        assert_eq!(unique("single-copy", 1), 93);
        assert_eq!(unique("abd", 2), 544);
        assert_eq!(through(Search::new(TwoPhase::of(3), order)).unique, 288);
        assert_eq!(through(Search::new(TwoPhase::of(5), order)).unique, 8_832);
    }
}

#[test]
fn a_client_that_makes_as_many_requests_as_there_can_be_makes_none_for_the_next_one() {
    let subject = subjects().into_iter().find(|subject| subject.name == "single-copy").expect("it is listed");
    let reads = |many| vec![(NodeId(0), Operation::Read); many];
    let once_each = |history: &History| history.attempts.len() <= 17 && linearizable(history);
    let (server, none) = ((1, &subject.protocol), Bounds::default());
    let cluster = Cluster::<Any>::new(server, Value(0), vec![reads(16), reads(1)], none, Box::new(once_each));
    assert!(through(Search::new(cluster.expect("16 are few enough"), Order::Breadth)).unique > 16 * 3);
}

#[test]
fn two_copies_that_nobody_keeps_together_are_not_linearizable_after_four_deliveries() {
    let expected = [
        "Client 1's write v1 at Node A arrives",
        "Node A's answer to Client 1's write v1, ok, arrives",
        "Client 1's read at Node B arrives",
        "Node B's answer to Client 1's read, v0, arrives",
    ];
    assert_eq!(broken("single-copy", 2, Bounds::default()), expected);
    for name in ["local-first", "epidemic", "async-leader"] {
        assert_eq!(broken(name, 2, Bounds::default()).len(), 4, "{name}");
    }
}

#[test]
fn the_protocols_that_claim_it_are_linearizable_and_their_states_are_counted() {
    let none = Bounds::default();
    let election = Bounds { timeouts: 1, ..none };
    assert_eq!(unique("forward", 2, 2, none), 160);
    assert_eq!(unique("quorum", 2, 2, none), 1_222);
    assert_eq!(unique("confirmed-reads", 2, 2, none), 2_016);
    assert_eq!(unique("abd", 3, 2, none), 35_023);
    assert_eq!(unique("raft", 2, 2, election), 2_742);
    assert_eq!(unique("raft", 1, 3, election), 5_269);
}

#[test]
fn losses_duplicates_crashes_and_timeouts_take_no_linearizability_away_and_their_states_are_counted() {
    let none = Bounds::default();
    assert_eq!(unique("abd", 2, 2, Bounds { crashes: 1, ..none }), 2_869);
    assert_eq!(unique("abd", 2, 2, Bounds { losses: 1, timeouts: 1, ..none }), 21_479);
    assert_eq!(unique("quorum", 2, 2, Bounds { crashes: 1, ..none }), 6_309);
    assert_eq!(unique("abd", 2, 2, Bounds { duplicates: 1, ..none }), 8_824);
    for name in ["quorum", "forward"] {
        assert!(unique(name, 2, 2, Bounds { duplicates: 1, ..none }) > unique(name, 2, 2, none), "{name}");
    }
}

#[test]
fn the_epidemic_register_is_sequentially_consistent_where_each_client_stays_at_its_node() {
    let subject = subjects().into_iter().find(|subject| subject.name == "epidemic").expect("it is listed");
    let read_write_read = |node: u8| {
        let write = Operation::Write(Value(u32::from(node) + 1));
        [Operation::Read, write, Operation::Read].map(|operation| (NodeId(node), operation)).to_vec()
    };
    let search = |promise: fn(&History) -> bool| {
        let scripts = (0..2).map(read_write_read).collect();
        let bounds = Bounds { losses: 1, ..Bounds::default() };
        let cluster = Cluster::<Any>::new((2, &subject.protocol), Value(0), scripts, bounds, Box::new(promise));
        let mut search = Search::new(cluster.expect("few of everything"), Order::Breadth);
        while search.run(1_000) {}
        search
    };
    let sequential = |history: &History| judged(history, Consistency::Sequential);
    assert!(search(sequential).counter_example().is_none());
    assert!(search(linearizable).counter_example().is_some());
}

#[test]
fn a_search_in_small_slices_finds_what_a_search_in_one_go_finds() {
    let mut slices = search("abd", 2, 2, Bounds::default(), Order::Breadth);
    let mut before = 0;
    while slices.run(1) {
        assert!(slices.progress().unique >= before);
        before = slices.progress().unique;
    }
    let whole = through(search("abd", 2, 2, Bounds::default(), Order::Breadth));
    assert_eq!((slices.progress().unique, slices.progress().states), (whole.unique, whole.states));
}

#[test]
fn with_symmetry_two_states_are_one_where_clients_are_interchangeable() {
    let counts = |name, clients: u32, bounds| {
        let cluster = |symmetry| {
            let subject = subjects().into_iter().find(|subject| subject.name == name).expect("it is listed");
            let scripts = subject.scripts(clients as usize, 1, Reads::Next);
            let servers = (1, &subject.protocol);
            let cluster = Cluster::<Any>::new(servers, Value(0), scripts, bounds, Box::new(linearizable));
            let cluster = cluster.expect("few of everything");
            if symmetry { cluster.with_symmetry() } else { cluster }
        };
        let unique = |symmetry| through(Search::new(cluster(symmetry), Order::Breadth)).unique;
        (unique(false), unique(true))
    };
    let none = Bounds::default();
    assert_eq!(counts("single-copy", 2, none), (93, 47)); // the start alone is its own image
    for name in ["single-copy", "abd", "quorum", "raft", "local-first"] {
        for bounds in [none, Bounds { crashes: 1, timeouts: 1, ..none }] {
            let (all, fewer) = counts(name, 3, bounds);
            assert!(fewer < all && fewer * 6 >= all, "{name}: {all} {fewer}");
        }
    }
}

#[test]
fn what_cannot_be_explored_is_said_in_a_sentence() {
    let subject = subjects()[0];
    let cluster = |servers, clients| {
        let scripts = subject.scripts(clients, servers, Reads::Next);
        let cluster = (servers, &subject.protocol);
        let made = Cluster::<Any>::new(cluster, Value(0), scripts, Bounds::default(), Box::new(linearizable));
        made.err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(cluster(10, 2), "an exploration has 1 to 9 servers, not 10");
    assert_eq!(cluster(2, 0), "an exploration has 1 to 6 clients, not 0");
}
