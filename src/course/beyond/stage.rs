//! What the scenarios of these pages have in common: Nodes A and B, a client at each, one register that holds v0.

use crate::sim::node::Clock;
use crate::sim::{
    Action, ClientId, ClientSpec, Latency, Micros, NodeId, NodeSpec, Operation, Planned, Protocol, Scenario, Value,
};

/// The node at which v1 is written.
pub const A: NodeId = NodeId(0);
/// The node at which it is read.
pub const B: NodeId = NodeId(1);

/// Two nodes of that protocol with a client each; every message takes that long.
pub fn two_nodes(name: &str, protocol: Protocol, delay: Micros, script: Vec<Planned>) -> Scenario {
    let node = |region: &str| NodeSpec { region: region.to_owned(), protocol, clock: Clock::default() };
    Scenario {
        name: name.to_owned(),
        nodes: vec![node("Virginia"), node("Ireland")],
        clients: vec![ClientSpec::of(A), ClientSpec::of(B)],
        initial: Value(0),
        latency: Latency { base: delay, jitter: Micros(0) },
        script,
        ..Scenario::default()
    }
}

/// Something planned.
pub const fn at(at: Micros, action: Action) -> Planned {
    Planned { at, action }
}

/// Client 1 asks Node A to write v1.
pub const fn write_at(when: Micros) -> Planned {
    at(when, Action::Request { client: ClientId(0), operation: Operation::Write(Value(1)) })
}

/// A client asks for the value: 0 at Node A, 1 at Node B.
pub const fn read_at(when: Micros, client: u8) -> Planned {
    at(when, Action::Request { client: ClientId(client), operation: Operation::Read })
}
