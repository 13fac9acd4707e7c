//! Exploration held against published counts, and its counter-examples against being replayed.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::explore::{Bounds, Cluster, Model, Order, Progress, Reads, Search, TwoPhase, subjects};
use partition_lab::check::{Budget, History, Verdict, linearizability};
use partition_lab::sim::Value;
use partition_lab::sim::protocol::Any;

fn linearizable(history: &History) -> bool {
    !matches!(linearizability(history, Budget::default()), Verdict::Violated(_))
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

fn count(name: &str, clients: usize, servers: usize, bounds: Bounds) -> u64 {
    through(search(name, clients, servers, bounds, Order::Breadth)).unique
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
fn two_copies_that_nobody_keeps_together_are_not_linearizable_after_four_deliveries() {
    let mut search = search("single-copy", 2, 2, Bounds::default(), Order::Breadth);
    while search.run(1) {}
    let path = search.counter_example().expect("it is not linearizable");
    let story: Vec<String> = path.into_iter().map(|step| step.words).collect();
    let expected = [
        "Client 1's write v1 at Node A arrives",
        "Node A's answer to Client 1's write v1, ok, arrives",
        "Client 1's read at Node B arrives",
        "Node B's answer to Client 1's read, v0, arrives",
    ];
    assert_eq!(story, expected);
}
