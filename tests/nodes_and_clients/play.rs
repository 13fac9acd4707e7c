//! Scenarios in a line or two. Times are in milliseconds.

use partition_lab::sim::node::Clock;
use partition_lab::sim::protocol::{Protocol, single_copy};
use partition_lab::sim::protocol::{abd, async_leader, crdt, dynamo, epidemic, local_first, quorum, raft, siblings};
use partition_lab::sim::{
    Action, ClientId, ClientSpec, Content, Event, EventKind, Latency, Micros, NodeId, NodeSpec, Operation, Outcome,
    Planned, RequestId, Run, Scenario, Trace, Value,
};

pub const A: NodeId = NodeId(0);
pub const B: NodeId = NodeId(1);
pub const C: NodeId = NodeId(2);
pub const READ: Operation = Operation::Read;

pub const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

pub fn write(value: u32) -> Operation {
    Operation::Write(Value(value))
}

pub fn quorum() -> Protocol {
    Protocol::Quorum(quorum::Setup { leader: A, timeout: ms(200) })
}

pub fn abd() -> Protocol {
    Protocol::Abd(abd::Setup { timeout: ms(200), retry: ms(50) })
}

pub fn local_first() -> Protocol {
    let (reads, stamps) = (local_first::Reads::Local, local_first::Stamps::Lamport);
    Protocol::LocalFirst(local_first::Setup { reads, retry: ms(100), stamps })
}

pub fn counter() -> Protocol {
    Protocol::Crdt(crdt::Setup { object: crdt::Object::Counter, retry: ms(50) })
}

pub fn single_copy() -> Protocol {
    Protocol::SingleCopy(single_copy::Setup { holder: Some(A), timeout: ms(100) })
}

pub fn raft() -> Protocol {
    Protocol::Raft(raft::Setup { election: (ms(150), ms(300)), heartbeat: ms(50), timeout: ms(500) })
}

/// One way to set up each protocol.
pub fn every_protocol() -> Vec<Protocol> {
    let (timeout, retry) = (ms(200), ms(50));
    let (hinted_handoff, read_repair) = (dynamo::Switch::On, dynamo::Switch::On);
    vec![
        quorum(),
        local_first(),
        Protocol::LocalFirst(local_first::Setup {
            reads: local_first::Reads::Confirmed(ms(100)),
            retry,
            stamps: local_first::Stamps::Clock,
        }),
        abd(),
        single_copy(),
        Protocol::AsyncLeader(async_leader::Setup { leader: A, reads: async_leader::Reads::Local, timeout, retry }),
        Protocol::Epidemic(epidemic::Setup { gossip: ms(40) }),
        Protocol::Siblings(siblings::Setup { retry }),
        counter(),
        Protocol::Crdt(crdt::Setup { object: crdt::Object::Set, retry }),
        Protocol::Dynamo(dynamo::Setup {
            n: 2,
            r: 1,
            w: 2,
            timeout,
            hinted_handoff,
            read_repair,
            anti_entropy: Some(ms(70)),
            stamps: local_first::Stamps::Lamport,
        }),
        raft(),
    ]
}

/// Nodes in a region of their own each, with a client each; messages take 10 ms.
pub fn scenario(nodes: u8, protocol: Protocol, script: Vec<Planned>) -> Scenario {
    let region = |node: u8| format!("{}", NodeId(node));
    Scenario {
        name: "test".to_owned(),
        nodes: (0..nodes).map(|node| NodeSpec { region: region(node), protocol, clock: Clock::default() }).collect(),
        clients: (0..nodes).map(|node| ClientSpec::of(NodeId(node))).collect(),
        latency: Latency { base: ms(10), jitter: Micros(0) },
        script,
        tail: ms(1_000),
        ..Scenario::default()
    }
}

pub fn at(millis: u64, action: Action) -> Planned {
    Planned { at: ms(millis), action }
}

/// The client of that node asks.
pub fn ask(millis: u64, node: NodeId, operation: Operation) -> Planned {
    at(millis, Action::Request { client: ClientId(node.0), operation })
}

pub fn replay(scenario: &Scenario) -> Trace {
    replay_with(scenario, 0)
}

pub fn replay_with(scenario: &Scenario, seed: u64) -> Trace {
    Run { seed, ..Run::of(scenario.clone()) }.replay().expect("the scenario names only what it has")
}

/// The times, in microseconds, of the events that are wanted.
pub fn times(trace: &Trace, wanted: impl Fn(&EventKind) -> bool) -> Vec<u64> {
    trace.events.iter().filter(|event| wanted(&event.kind)).map(|event| event.at.0).collect()
}

pub fn count(trace: &Trace, wanted: impl Fn(&EventKind) -> bool) -> usize {
    trace.events.iter().filter(|event| wanted(&event.kind)).count()
}

/// What the clients got, in the order in which they got it.
pub fn returned(trace: &Trace) -> Vec<(RequestId, Outcome)> {
    let returned = |event: &Event| match event.kind {
        EventKind::Returned { request, outcome, .. } => Some((request, outcome)),
        _ => None,
    };
    trace.events.iter().filter_map(returned).collect()
}

pub fn outcomes(trace: &Trace) -> Vec<Outcome> {
    returned(trace).into_iter().map(|(_, outcome)| outcome).collect()
}

/// What each node holds at the end.
pub fn contents(scenario: &Scenario, trace: &Trace) -> Vec<Content> {
    trace.values(scenario, trace.steps())
}

pub fn held(value: u32) -> Content {
    Content::Value(Value(value))
}
