//! A scenario: who is there, how they behave, and what is planned. Data, so that it can be stored, sent and replayed.
//!
//! As JSON it is what `partition-lab simulate` reads; `docs/scenarios.md` shows one, and the schema says the rest.

use std::mem::discriminant;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::{check_clock, check_link, check_node};
use super::client::Workload;
use super::netem::Options;
use super::node::Clock;
use super::protocol::Object;
use super::{Action, ClientId, ClientSpec, Latency, Micros, NodeId, Operation, Protocol, Value, ValueSet};

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
    /// There are more clients than numbers for them.
    #[error("a scenario has at most 255 clients, this one has {0}")]
    ClientCount(usize),
    /// A link from a node to itself.
    #[error("node {0} has no link to itself")]
    SelfLink(NodeId),
    /// A region is named in which no node stands.
    #[error("no node stands in the region `{0}`")]
    NoSuchRegion(String),
    /// A value that a set cannot hold.
    #[error("{0} is too large here: these nodes keep values up to {largest}", largest = ValueSet::LARGEST)]
    LargeValue(Value),
    /// A clock that runs too fast or too slow.
    #[error("the clock of node {0} drifts by {1} microseconds a second; it may drift by 500000 at most")]
    Drift(NodeId, i32),
    /// A setting that cannot be worked with: its name, and what it must be.
    #[error("`{0}` must be {1}")]
    Setting(&'static str, &'static str),
    /// The protocol is known, but not by what is to run it.
    #[error("node {0} follows a protocol that is not at hand here")]
    NotAtHand(NodeId),
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

    /// Whether everything it names is there.
    ///
    /// # Errors
    /// Says the first thing that is not.
    pub fn check(&self) -> Result<(), ScenarioError> {
        let count = self.nodes.len();
        if !(1..=9).contains(&count) {
            return Err(ScenarioError::NodeCount(count));
        }
        if self.clients.len() > usize::from(u8::MAX) {
            return Err(ScenarioError::ClientCount(self.clients.len()));
        }
        for client in &self.clients {
            check_node(client.node, count)?;
            if let Workload::Random { per_second, .. } = client.workload
                && !(1..=1_000_000).contains(&per_second)
            {
                return Err(ScenarioError::Setting("per_second", "from 1 to 1000000"));
            }
        }
        let (kind, object) = (discriminant(&self.nodes[0].protocol), self.nodes[0].protocol.object());
        for (id, node) in self.node_ids().zip(&self.nodes) {
            if let Some(leader) = node.protocol.leader() {
                check_node(leader, count)?;
            }
            check_clock(id, node.clock)?;
            if (discriminant(&node.protocol), node.protocol.object()) != (kind, object) {
                return Err(ScenarioError::Setting("protocol", "the same at every node"));
            }
            node.protocol.check(count)?;
        }
        if matches!(object, Object::Siblings | Object::Set) && self.initial > ValueSet::LARGEST {
            return Err(ScenarioError::LargeValue(self.initial));
        }
        for between in &self.between {
            self.check_region(&between.regions.0)?;
            self.check_region(&between.regions.1)?;
        }
        for link in &self.links {
            check_link((link.from, link.to), count)?;
        }
        self.script.iter().try_for_each(|planned| self.check_action(&planned.action))
    }

    /// Whether an action can be done here.
    ///
    /// # Errors
    /// Says what it names that is not there.
    pub fn check_action(&self, action: &Action) -> Result<(), ScenarioError> {
        action.check(self.nodes.len(), self.clients.len())?;
        let Action::Request { client, operation } = action else { return Ok(()) };
        let node = self.clients[client.index()].node;
        let small = matches!(self.nodes[node.index()].protocol.object(), Object::Siblings | Object::Set);
        match operation {
            Operation::Write(value) | Operation::Insert(value) | Operation::Remove(value)
                if small && *value > ValueSet::LARGEST =>
            {
                Err(ScenarioError::LargeValue(*value))
            }
            _ => Ok(()),
        }
    }

    fn check_region(&self, region: &str) -> Result<(), ScenarioError> {
        if self.nodes.iter().any(|node| node.region == *region) {
            Ok(())
        } else {
            Err(ScenarioError::NoSuchRegion(region.to_owned()))
        }
    }
}
