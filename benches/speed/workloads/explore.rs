//! Exploration: an ABD register of three servers and two clients, breadth first; `partition-lab explore abd --servers 3`.

use partition_lab::check::explore::{Bounds, Cluster, Order, Reads, Search, subjects};
use partition_lab::check::{Budget, History, Verdict, linearizability};
use partition_lab::sim::Value;
use partition_lab::sim::protocol::Any;

use super::Done;

const SERVERS: usize = 3;
const CLIENTS: usize = 2;

/// How many states are gone on from in a slice: as many as the page might do between two frames.
const SLICE: usize = 1_000;

/// Explores until so many different states are known; there are more. The bytes are the most that the search held.
pub fn abd(unique: u64) -> Done {
    let mut search = Search::new(cluster(), Order::Breadth);
    while search.run(SLICE) && search.progress().unique < unique {}
    assert!(search.counter_example().is_none(), "ABD is linearizable");
    let progress = search.progress();
    Done { units: progress.unique, bytes: progress.most_bytes as u64 }
}

fn cluster() -> Cluster<Any> {
    let abd = subjects().into_iter().find(|subject| subject.name == "abd").expect("it is listed");
    let scripts = abd.scripts(CLIENTS, SERVERS, Reads::Next);
    let promise = Box::new(linearizable);
    Cluster::new((SERVERS, &abd.protocol), Value(0), scripts, Bounds::default(), promise).expect("few of everything")
}

fn linearizable(history: &History) -> bool {
    !matches!(linearizability(history, Budget::default()), Verdict::Violated(_))
}
