//! The built-in scenarios: the Gilbert–Lynch scenario with either answer of Node B, and the two halves of the practice
//! challenge. Data only; what they lead to is found out by running them.
//!
//! Two nodes, A in Virginia and B in Ireland. A message takes 37.5 ms one way: about half of the 75 ms that a public
//! table of inter-region round trips gives for Washington–London.

use crate::one_of;
use crate::sim::node::Clock;
use crate::sim::protocol::{Protocol, local_first, quorum};
use crate::sim::{
    Action, ClientId, ClientSpec, Latency, Micros, NodeId, NodeSpec, Operation, Planned, Scenario, Value,
};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
/// How long a message takes one way.
pub const ONE_WAY: Micros = Micros(37_500);
/// How long a node waits for the others.
pub const TIMEOUT: Micros = Micros::from_millis(200);

one_of! {
    /// A node of a built-in scenario. What plays only these need not carry the other protocols.
    pub enum Player {
        /// Leader and majority.
        Quorum(quorum::Replica),
        /// Local first.
        LocalFirst(local_first::Replica),
    }
}

/// Something that can be run by name: one scenario, or several that belong side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it shows, in a line.
    pub about: &'static str,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
}

/// All plays.
pub fn plays() -> Vec<Play> {
    vec![
        Play {
            name: "gilbert-lynch-cp",
            about: "write v1 at A, cut, read at B; B chooses consistency",
            scenarios: vec![gilbert_lynch_cp()],
        },
        Play {
            name: "gilbert-lynch-ap",
            about: "write v1 at A, cut, read at B; B chooses availability",
            scenarios: vec![gilbert_lynch_ap()],
        },
        Play {
            name: "challenge-cp",
            about: "the challenge's CP system: the write is refused on quorum loss",
            scenarios: vec![challenge_cp()],
        },
        Play {
            name: "challenge-ap",
            about: "the challenge's AP system: both writes are accepted and the nodes diverge",
            scenarios: vec![challenge_ap()],
        },
        Play {
            name: "challenge",
            about: "both halves of the practice challenge",
            scenarios: vec![challenge_cp(), challenge_ap()],
        },
    ]
}

/// The play of that name.
pub fn play(name: &str) -> Option<Play> {
    plays().into_iter().find(|play| play.name == name)
}

/// Gilbert–Lynch, Node B asks Node A before it answers a read.
pub fn gilbert_lynch_cp() -> Scenario {
    gilbert_lynch("gilbert-lynch-cp", local_first::Reads::Confirmed(TIMEOUT))
}

/// Gilbert–Lynch, Node B answers a read from what it holds.
pub fn gilbert_lynch_ap() -> Scenario {
    gilbert_lynch("gilbert-lynch-ap", local_first::Reads::Local)
}

/// The challenge's CP run: Node A leads and needs both nodes for a majority.
pub fn challenge_cp() -> Scenario {
    let protocol = Protocol::Quorum(quorum::Setup { leader: A, timeout: TIMEOUT });
    two_nodes(
        "challenge-cp",
        [protocol, protocol],
        vec![client_of(A)],
        vec![cut_at(0), ask_at(10, 0, Operation::Write(Value(1)))],
    )
}

/// The challenge's AP run: both nodes accept a write of their own.
pub fn challenge_ap() -> Scenario {
    let protocol = answers_locally();
    two_nodes(
        "challenge-ap",
        [protocol, protocol],
        vec![client_of(A), client_of(B)],
        vec![cut_at(0), ask_at(10, 0, Operation::Write(Value(1))), ask_at(10, 1, Operation::Write(Value(2)))],
    )
}

/// The write is acknowledged and its copy is on the wire when the link is cut; then the other side is asked.
fn gilbert_lynch(name: &str, reads_at_b: local_first::Reads) -> Scenario {
    let at_b = Protocol::LocalFirst(local_first::Setup {
        reads: reads_at_b,
        retry: Micros::from_millis(1_000),
        stamps: local_first::Stamps::Lamport,
    });
    two_nodes(
        name,
        [answers_locally(), at_b],
        vec![client_of(A), client_of(B)],
        vec![ask_at(10, 0, Operation::Write(Value(1))), cut_at(30), ask_at(100, 1, Operation::Read)],
    )
}

fn two_nodes(name: &str, protocols: [Protocol; 2], clients: Vec<ClientSpec>, script: Vec<Planned>) -> Scenario {
    let regions = ["Virginia", "Ireland"];
    Scenario {
        name: name.to_owned(),
        nodes: regions
            .iter()
            .zip(protocols)
            .map(|(region, protocol)| NodeSpec { region: (*region).to_owned(), protocol, clock: Clock::default() })
            .collect(),
        clients,
        initial: Value(0),
        latency: Latency { base: ONE_WAY, jitter: Micros(0) },
        script,
        tail: Micros::from_millis(300),
        settle: Micros::from_millis(1_500),
        ..Scenario::default()
    }
}

fn answers_locally() -> Protocol {
    Protocol::LocalFirst(local_first::Setup {
        reads: local_first::Reads::Local,
        retry: Micros::from_millis(1_000),
        stamps: local_first::Stamps::Lamport,
    })
}

fn client_of(node: NodeId) -> ClientSpec {
    ClientSpec::of(node)
}

fn cut_at(millis: u64) -> Planned {
    Planned { at: Micros::from_millis(millis), action: Action::cut_between(A, B) }
}

fn ask_at(millis: u64, client: u8, operation: Operation) -> Planned {
    Planned { at: Micros::from_millis(millis), action: Action::Request { client: ClientId(client), operation } }
}
