//! Simulation: five nodes that keep an ABD register, each with a client that asks again as soon as it is answered. What
//! is counted are messages between nodes that arrive.

use partition_lab::sim::client::Workload;
use partition_lab::sim::netem::{Chance, Loss, Options, Percent};
use partition_lab::sim::node::Clock;
use partition_lab::sim::protocol::{Any, Protocol, abd};
use partition_lab::sim::scenario::{LinkSpec, NodeSpec, Scenario};
use partition_lab::sim::{ClientSpec, Event, EventKind, Latency, Micros, Run, Sink};

use super::Done;

const NODES: usize = 5;

/// How long the run may go on, in simulated milliseconds: longer than it does.
const LONG: u64 = 3_600_000;

/// Links that only take their time: 1 ms, and up to 0.2 ms more. Each client makes so many requests, and each request takes
/// sixteen messages.
pub fn plain(each: u32) -> impl Fn() -> Done {
    measured(scenario(each))
}

/// The same, with netem on every link: 2 ms more or less a half, correlated, and one packet of a hundred is lost.
pub fn shaped(each: u32) -> impl Fn() -> Done {
    let mut scenario = scenario(each);
    let options = Options {
        delay: Some(Micros::from_millis(2)),
        jitter: Some(Micros(500)),
        delay_correlation: Some(Percent::millionths(250_000)),
        loss: Some(Loss::Random(Chance::of(Percent::millionths(10_000)))),
        ..Options::default()
    };
    let ids = scenario.node_ids();
    let pairs = ids.clone().flat_map(|from| ids.clone().map(move |to| (from, to)));
    scenario.links = pairs.filter(|(from, to)| from != to).map(|(from, to)| LinkSpec { from, to, options }).collect();
    measured(scenario)
}

fn scenario(each: u32) -> Scenario {
    let protocol = Protocol::Abd(abd::Setup { timeout: Micros::from_millis(1_000), retry: Micros::from_millis(50) });
    let node = NodeSpec { region: "here".to_owned(), protocol, clock: Clock::default() };
    let mut scenario = Scenario {
        name: "bench".to_owned(),
        nodes: vec![node; NODES],
        latency: Latency { base: Micros::from_millis(1), jitter: Micros(200) },
        tail: Micros::from_millis(LONG),
        ..Scenario::default()
    };
    let workload = Workload::Closed { think: Micros(0), reads: Percent::millionths(500_000), count: each };
    scenario.clients = scenario.node_ids().map(|node| ClientSpec { workload, ..ClientSpec::of(node) }).collect();
    scenario
}

fn measured(scenario: Scenario) -> impl Fn() -> Done {
    let run = Run { seed: 1, ..Run::of(scenario) };
    move || {
        let mut arrived = Arrived(0);
        run.tell::<Any>(&mut arrived).expect("the scenario names only what it has");
        Done { units: arrived.0, bytes: 0 }
    }
}

/// Counts the messages that arrive, and forgets everything else.
struct Arrived(u64);

impl Sink for Arrived {
    fn note(&mut self, event: Event) {
        self.0 += u64::from(matches!(event.kind, EventKind::Delivered { .. }));
    }
}
