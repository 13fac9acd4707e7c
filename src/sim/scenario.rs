//! A scenario: who is there, how they behave, and what is planned. Data, so that it can be stored, sent and replayed.

use serde::{Deserialize, Serialize};

use super::{ClientId, Latency, Micros, NodeId, Operation, Protocol, Value};

/// A node of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeSpec {
    /// Where it stands: `Virginia`.
    pub region: String,
    /// How it behaves.
    pub protocol: Protocol,
}

/// A client. It reaches its own node without network delay, because delay there would hide anomalies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSpec {
    /// The node it talks to.
    pub node: NodeId,
    /// How long it waits before it takes an outcome for unknown; `None` waits for ever.
    #[serde(default)]
    pub timeout: Option<Micros>,
}

/// Something that a script or a person does to the world.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A client sends a request to its node.
    Request {
        /// The client.
        client: ClientId,
        /// What it asks.
        operation: Operation,
    },
    /// These directed links lose everything from now on.
    Cut(Vec<(NodeId, NodeId)>),
    /// These directed links work again.
    Heal(Vec<(NodeId, NodeId)>),
}

/// An action at its planned time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// When, in microseconds.
    pub at: Micros,
    /// What.
    pub action: Action,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The name it is called by on the command line: `gilbert-lynch-ap`.
    pub name: String,
    /// The nodes, lettered in this order.
    pub nodes: Vec<NodeSpec>,
    /// The clients, numbered in this order.
    pub clients: Vec<ClientSpec>,
    /// The value every node holds at the start.
    #[serde(default)]
    pub initial: Value,
    /// How long messages between nodes take.
    pub latency: Latency,
    /// What is planned, in any order; what is planned for the same time happens in this order.
    pub script: Vec<Planned>,
    /// How long the run goes on after the last planned action, in microseconds.
    pub tail: Micros,
    /// How long the run goes on after an action by hand, in microseconds.
    pub settle: Micros,
}

impl Action {
    /// Cuts the links between two nodes, both ways.
    pub fn cut_between(a: NodeId, b: NodeId) -> Self {
        Self::Cut(vec![(a, b), (b, a)])
    }

    /// Heals the links between two nodes, both ways.
    pub fn heal_between(a: NodeId, b: NodeId) -> Self {
        Self::Heal(vec![(a, b), (b, a)])
    }
}

/// Why a scenario or an action cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// A node is named that is not there.
    #[error("there is no node {0}: the scenario has {1} nodes, lettered from A")]
    NoSuchNode(NodeId, usize),
    /// A client is named that is not there.
    #[error("there is no client {0}: the scenario has {1} clients, numbered from 1")]
    NoSuchClient(ClientId, usize),
    /// The cluster is empty or too large.
    #[error("a scenario has 1 to 9 nodes, this one has {0}")]
    NodeCount(usize),
    /// A link from a node to itself.
    #[error("node {0} has no link to itself that could be cut or healed")]
    SelfLink(NodeId),
}

impl Scenario {
    /// The ids of its nodes.
    pub fn node_ids(&self) -> impl Iterator<Item = NodeId> + Clone + use<> {
        (0..u8::try_from(self.nodes.len()).unwrap_or(u8::MAX)).map(NodeId)
    }

    /// Whether everything it names is there.
    ///
    /// # Errors
    /// Says the first thing that is not.
    pub fn check(&self) -> Result<(), ScenarioError> {
        if !(1..=9).contains(&self.nodes.len()) {
            return Err(ScenarioError::NodeCount(self.nodes.len()));
        }
        for client in &self.clients {
            check_node(client.node, self.nodes.len())?;
        }
        for node in &self.nodes {
            if let Protocol::Quorum(setup) = node.protocol {
                check_node(setup.leader, self.nodes.len())?;
            }
        }
        self.script.iter().try_for_each(|planned| planned.action.check(self.nodes.len(), self.clients.len()))
    }
}

impl Action {
    /// Whether every node and client it names is there, given how many there are.
    ///
    /// # Errors
    /// Says the first that is not.
    pub fn check(&self, nodes: usize, clients: usize) -> Result<(), ScenarioError> {
        match self {
            Self::Request { client, .. } if client.index() >= clients => {
                Err(ScenarioError::NoSuchClient(*client, clients))
            }
            Self::Request { .. } => Ok(()),
            Self::Cut(links) | Self::Heal(links) => links.iter().try_for_each(|&(from, to)| {
                check_node(from, nodes)?;
                check_node(to, nodes)?;
                if from == to { Err(ScenarioError::SelfLink(from)) } else { Ok(()) }
            }),
        }
    }
}

fn check_node(node: NodeId, nodes: usize) -> Result<(), ScenarioError> {
    if node.index() < nodes { Ok(()) } else { Err(ScenarioError::NoSuchNode(node, nodes)) }
}
