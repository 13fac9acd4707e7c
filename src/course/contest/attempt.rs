//! An attempt: how the nodes behave, what the network may do, what the clients ask, and what is looked for.

use crate::check::explore::cluster::Script;
use crate::check::explore::game::{Conditions, Promises, Timing};
use crate::sim::protocol::abd;
use crate::sim::protocol::rules::{self, Rules};
use crate::sim::{NodeId, Operation, Protocol, Value};

pub(super) const A: NodeId = NodeId(0);
pub(super) const B: NodeId = NodeId(1);
pub(super) const C: NodeId = NodeId(2);

/// How the nodes behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Node A and Node B each follow rules.
    Rules([Rules; 2]),
    /// Three nodes, the third a witness without clients; each request waits for a majority, two of three. See [`abd`].
    Majority,
}

/// What the network may do to messages between nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Node A is cut off from the others from the start: every message between them is lost.
    Cut,
    /// So many single messages, whichever, may be lost.
    Lossy(u8),
    /// Nothing is lost; messages are only late.
    Reliable,
}

/// At which nodes the clients are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seats {
    /// Client 1 at Node A, Client 2 at Node B, Client 3 at Node A, and so on.
    #[default]
    Both,
    /// All at Node A.
    OnlyA,
    /// All at Node B.
    OnlyB,
}

/// What the clients ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operations {
    /// As in the proof: Client 1 writes v1 at Node A, Client 2 reads at Node B. In any order, and at the same time.
    #[default]
    WriteAndRead,
    /// The same, and Client 3 reads at Node A.
    WriteAndTwoReads,
    /// Each client by turns writes a value of its own and reads.
    Each {
        /// How many clients: 1 to 4.
        clients: u8,
        /// How many requests each makes, one after the other: 1 to 4.
        requests: u8,
        /// Where they are.
        seats: Seats,
    },
}

/// An attempt to beat the theorem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// How the nodes behave.
    pub design: Design,
    /// What the network may do.
    pub network: Network,
    /// What is known of time.
    pub timing: Timing,
    /// What the clients ask.
    pub operations: Operations,
    /// Which promises are held against it.
    pub promises: Promises,
    /// After how many different states the exploration stops.
    pub limit: u64,
}

impl Attempt {
    /// How many different states an exploration goes through unless one says otherwise.
    pub const LIMIT: u64 = 5_000_000;
    /// The most clients that are offered.
    pub const MOST_CLIENTS: u8 = 4;
    /// The most requests of a client that are offered.
    pub const MOST_REQUESTS: u8 = 4;

    /// The proof's setting: the link is cut, time is unknown, one write and one read, both promises.
    pub const fn under_the_cut(design: Design) -> Self {
        Self {
            design,
            network: Network::Cut,
            timing: Timing::Untimed,
            operations: Operations::WriteAndRead,
            promises: Promises::Both,
            limit: Self::LIMIT,
        }
    }

    /// How many nodes there are.
    pub const fn nodes(&self) -> u8 {
        match self.design {
            Design::Rules(_) => 2,
            Design::Majority => 3,
        }
    }

    /// How the nodes are set up.
    pub const fn protocol(&self) -> Protocol {
        let patience = crate::course::scenarios::TIMEOUT;
        match self.design {
            Design::Rules(rules) => Protocol::Rules(rules::Setup { rules, patience }),
            Design::Majority => Protocol::Abd(abd::Setup { timeout: patience, retry: patience }),
        }
    }

    /// What each client asks, and which node.
    pub fn scripts(&self) -> Vec<Script> {
        match self.operations {
            Operations::WriteAndRead => vec![vec![(A, Operation::Write(Value(1)))], vec![(B, Operation::Read)]],
            Operations::WriteAndTwoReads => {
                vec![vec![(A, Operation::Write(Value(1)))], vec![(B, Operation::Read)], vec![(A, Operation::Read)]]
            }
            Operations::Each { clients, requests, seats } => {
                let clients = clients.clamp(1, Self::MOST_CLIENTS);
                let requests = requests.clamp(1, Self::MOST_REQUESTS);
                let script = |client: u8| {
                    let node = match seats {
                        Seats::Both => NodeId(client % 2),
                        Seats::OnlyA => A,
                        Seats::OnlyB => B,
                    };
                    let ask = |turn: u8| match turn % 2 {
                        0 => Operation::Write(Value(u32::from(1 + client + clients * (turn / 2)))),
                        _ => Operation::Read,
                    };
                    (0..requests).map(|turn| (node, ask(turn))).collect()
                };
                (0..clients).map(script).collect()
            }
        }
    }

    /// What may happen to messages, and when timers may run out.
    pub fn conditions(&self) -> Conditions {
        let (timing, losses) = match self.network {
            Network::Lossy(losses) => (self.timing, losses),
            Network::Cut | Network::Reliable => (self.timing, 0),
        };
        Conditions { cut: self.cut(), losses, timing }
    }

    /// The directed links that are cut from the start.
    pub fn cut(&self) -> Vec<(NodeId, NodeId)> {
        match (self.network, self.design) {
            (Network::Cut, Design::Rules(_)) => vec![(A, B), (B, A)],
            (Network::Cut, Design::Majority) => vec![(A, B), (B, A), (A, C), (C, A)],
            _ => Vec::new(),
        }
    }
}
