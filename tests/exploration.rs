//! Exploration held against published counts, and its counter-examples against being replayed.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::explore::{Bounds, Cluster, Order, Progress, Search};
use partition_lab::check::{Budget, History, Verdict, linearizability};
use partition_lab::sim::protocol::{Protocol, Replica, abd, single_copy};
use partition_lab::sim::{Micros, Value};

fn linearizable(history: &History) -> bool {
    !matches!(linearizability(history, Budget::default()), Verdict::Violated(_))
}

fn search<R: Replica>(protocol: &Protocol, clients: usize, servers: usize, order: Order) -> Search<Cluster<R>> {
    let scripts = Cluster::<R>::write_then_read(clients, servers);
    let promise = Box::new(linearizable);
    let cluster = Cluster::new((servers, protocol), Value(0), scripts, Bounds::default(), promise);
    Search::new(cluster.expect("few of everything"), order)
}

fn single_copy() -> Protocol {
    Protocol::SingleCopy(single_copy::Setup { holder: None, timeout: Micros(1) })
}

fn abd() -> Protocol {
    Protocol::Abd(abd::Setup { timeout: Micros(1), retry: Micros(1) })
}

fn through<M: partition_lab::check::explore::Model>(mut search: Search<M>) -> Progress {
    while search.run(1_000) {}
    assert!(search.counter_example().is_none());
    search.progress()
}

#[test]
fn the_published_counts_come_out() {
    assert_eq!(through(search::<single_copy::Replica>(&single_copy(), 2, 1, Order::Breadth)).unique, 93);
    assert_eq!(through(search::<abd::Replica>(&abd(), 2, 2, Order::Breadth)).unique, 544);
    assert_eq!(through(search::<abd::Replica>(&abd(), 2, 2, Order::Depth)).unique, 544);
}

#[test]
fn two_copies_that_nobody_keeps_together_are_not_linearizable_after_four_deliveries() {
    let mut search = search::<single_copy::Replica>(&single_copy(), 2, 2, Order::Breadth);
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
