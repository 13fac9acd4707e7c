//! What is wrong with a scenario, and where.

use std::mem::discriminant;

use super::action::{check_clock, check_link, check_node};
use super::client::Workload;
use super::protocol::Object;
use super::{Action, ClientId, ClientSpec, NodeId, NodeSpec, Operation, Scenario, Value, ValueSet};

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

/// A part of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of its nodes.
    Nodes,
    /// All of its clients.
    Clients,
    /// The node of that index.
    Node(usize),
    /// The client of that index.
    Client(usize),
    /// The value at the start.
    Initial,
    /// The latency between regions of that index.
    Between(usize),
    /// The disturbed link of that index.
    Link(usize),
    /// The planned action of that index.
    Script(usize),
}

impl Scenario {
    /// Whether it can be run.
    ///
    /// # Errors
    /// Says the first thing that is wrong.
    pub fn check(&self) -> Result<(), ScenarioError> {
        self.fault().map_or(Ok(()), |(_, error)| Err(error))
    }

    /// The first thing that is wrong with it, and in which part.
    pub fn fault(&self) -> Option<(Part, ScenarioError)> {
        [Part::Nodes, Part::Clients]
            .into_iter()
            .chain((0..self.nodes.len()).map(Part::Node))
            .chain((0..self.clients.len()).map(Part::Client))
            .chain([Part::Initial])
            .chain((0..self.between.len()).map(Part::Between))
            .chain((0..self.links.len()).map(Part::Link))
            .chain((0..self.script.len()).map(Part::Script))
            .find_map(|part| Some((part, self.check_part(part).err()?)))
    }

    /// What comes before that part must be in order.
    fn check_part(&self, part: Part) -> Result<(), ScenarioError> {
        match part {
            Part::Nodes if !(1..=9).contains(&self.nodes.len()) => Err(ScenarioError::NodeCount(self.nodes.len())),
            Part::Clients if self.clients.len() > usize::from(u8::MAX) => {
                Err(ScenarioError::ClientCount(self.clients.len()))
            }
            Part::Nodes | Part::Clients => Ok(()),
            Part::Node(at) => self.check_node(at, &self.nodes[at]),
            Part::Client(at) => self.check_client(&self.clients[at]),
            Part::Initial if self.keeps_small_values(NodeId(0)) => check_small(self.initial),
            Part::Initial => Ok(()),
            Part::Between(at) => {
                let (here, there) = &self.between[at].regions;
                self.check_region(here)?;
                self.check_region(there)
            }
            Part::Link(at) => check_link((self.links[at].from, self.links[at].to), self.nodes.len()),
            Part::Script(at) => self.check_action(&self.script[at].action),
        }
    }

    fn check_node(&self, at: usize, node: &NodeSpec) -> Result<(), ScenarioError> {
        if let Some(leader) = node.protocol.leader() {
            check_node(leader, self.nodes.len())?;
        }
        check_clock(NodeId(u8::try_from(at).unwrap_or(u8::MAX)), node.clock)?;
        let (first, protocol) = (&self.nodes[0].protocol, &node.protocol);
        if discriminant(first) != discriminant(protocol) || first.object() != protocol.object() {
            return Err(ScenarioError::Setting("protocol", "the same at every node"));
        }
        protocol.check(self.nodes.len())
    }

    fn check_client(&self, client: &ClientSpec) -> Result<(), ScenarioError> {
        check_node(client.node, self.nodes.len())?;
        match client.workload {
            Workload::Random { per_second, .. } if !(1..=1_000_000).contains(&per_second) => {
                Err(ScenarioError::Setting("per_second", "from 1 to 1000000"))
            }
            _ => Ok(()),
        }
    }

    /// Whether an action can be done here.
    ///
    /// # Errors
    /// Says what it names that is not there.
    pub fn check_action(&self, action: &Action) -> Result<(), ScenarioError> {
        action.check(self.nodes.len(), self.clients.len())?;
        let Action::Request { client, operation } = action else { return Ok(()) };
        match operation {
            Operation::Write(value) | Operation::Insert(value) | Operation::Remove(value)
                if self.keeps_small_values(self.clients[client.index()].node) =>
            {
                check_small(*value)
            }
            _ => Ok(()),
        }
    }

    fn keeps_small_values(&self, node: NodeId) -> bool {
        matches!(self.nodes[node.index()].protocol.object(), Object::Siblings | Object::Set)
    }

    fn check_region(&self, region: &str) -> Result<(), ScenarioError> {
        if self.nodes.iter().any(|node| node.region == *region) {
            Ok(())
        } else {
            Err(ScenarioError::NoSuchRegion(region.to_owned()))
        }
    }
}

fn check_small(value: Value) -> Result<(), ScenarioError> {
    if value > ValueSet::LARGEST { Err(ScenarioError::LargeValue(value)) } else { Ok(()) }
}
