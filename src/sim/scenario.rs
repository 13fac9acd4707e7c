//! A scenario: who is there, how they behave, and what is planned. Data, so that it can be stored, sent and replayed.
//!
//! As JSON it is what `partition-lab simulate` reads; `docs/scenarios.md` shows one, and the schema says the rest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::netem::Options;
use super::node::Clock;
use super::{Action, ClientSpec, Latency, Micros, NodeId, Protocol, Value};

/// A node of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeSpec {
    /// Where it stands: `Virginia`.
    pub region: String,
    /// How it behaves.
    pub protocol: Protocol,
    /// How its clock is wrong.
    #[serde(default)]
    pub clock: Clock,
}

/// How long messages take between two regions, both ways; between a region and itself, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Between {
    /// The regions.
    pub regions: (String, String),
    /// How long a message takes one way.
    pub latency: Latency,
}

/// What disturbs a directed link from the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkSpec {
    /// Its start.
    pub from: NodeId,
    /// Its end.
    pub to: NodeId,
    /// What disturbs it.
    pub options: Options,
}

/// An action at its planned time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// When, in microseconds.
    pub at: Micros,
    /// What.
    pub action: Action,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The name it is called by on the command line: `gilbert-lynch-ap`.
    pub name: String,
    /// The nodes, lettered in this order. From 1 to 9.
    pub nodes: Vec<NodeSpec>,
    /// The clients, numbered in this order.
    pub clients: Vec<ClientSpec>,
    /// The value every register holds at the start.
    #[serde(default)]
    pub initial: Value,
    /// How long messages between nodes take, unless `between` says otherwise.
    #[serde(default)]
    pub latency: Latency,
    /// How long messages take between regions. The last one that fits counts.
    #[serde(default)]
    pub between: Vec<Between>,
    /// What disturbs links from the start.
    #[serde(default)]
    pub links: Vec<LinkSpec>,
    /// How many bytes a message has: what a rate is reckoned by.
    #[serde(default = "message_bytes")]
    pub message_bytes: u32,
    /// What is planned, in any order; what is planned for the same time happens in this order.
    #[serde(default)]
    pub script: Vec<Planned>,
    /// How long the run goes on after the last planned action, in microseconds.
    pub tail: Micros,
    /// How long the run goes on after an action by hand, in microseconds.
    #[serde(default)]
    pub settle: Micros,
}

fn message_bytes() -> u32 {
    200
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            name: String::new(),
            nodes: Vec::new(),
            clients: Vec::new(),
            initial: Value::default(),
            latency: Latency::default(),
            between: Vec::new(),
            links: Vec::new(),
            message_bytes: message_bytes(),
            script: Vec::new(),
            tail: Micros(0),
            settle: Micros(0),
        }
    }
}

impl Scenario {
    /// The ids of its nodes.
    pub fn node_ids(&self) -> impl Iterator<Item = NodeId> + Clone + use<> {
        (0..u8::try_from(self.nodes.len()).unwrap_or(u8::MAX)).map(NodeId)
    }

    /// How long messages take from one node to another.
    pub fn latency_between(&self, from: NodeId, to: NodeId) -> Latency {
        let (here, there) = (&self.nodes[from.index()].region, &self.nodes[to.index()].region);
        let fits = |(a, b): &(String, String)| (a == here && b == there) || (a == there && b == here);
        self.between.iter().rfind(|between| fits(&between.regions)).map_or(self.latency, |between| between.latency)
    }
}
