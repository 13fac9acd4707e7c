//! What a script or a person does to the world.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::ScenarioError;
use super::netem::Options;
use super::node::{Clock, MOST_DRIFT};
use super::{ClientId, MessageId, Micros, NodeId, Operation};

/// A directed link, from one node to another.
pub type Ends = (NodeId, NodeId);

/// Something that a script or a person does to the world.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// A client sends a request to its node.
    Request {
        /// The client.
        client: ClientId,
        /// What it asks.
        operation: Operation,
    },
    /// These directed links lose everything from now on, also what is on them.
    Cut(Vec<Ends>),
    /// These directed links work again.
    Heal(Vec<Ends>),
    /// These directed links keep what is on them, and what is sent into them, until they are released.
    Hold(Vec<Ends>),
    /// What these directed links kept arrives now, in the order in which it was sent; then they work as before.
    Release(Vec<Ends>),
    /// These directed links are disturbed as `tc qdisc add` would, whatever disturbed them before: what is not named is
    /// as if there were nothing.
    Shape(Vec<Ends>, Options),
    /// The disturbance of these directed links is changed as `tc qdisc change` would: some of what is not named stays.
    Reshape(Vec<Ends>, Options),
    /// These directed links are no longer disturbed.
    Unshape(Vec<Ends>),
    /// A node stops, and forgets what is not on its disk. What is sent to it is lost.
    Crash(NodeId),
    /// A node that crashed comes up with what is on its disk.
    Recover(NodeId),
    /// A node crashes and comes up at once.
    Restart(NodeId),
    /// A node stands still, as in a long collection of garbage. What is sent to it waits.
    Pause(NodeId),
    /// A node that stood still goes on, with all that has come in meanwhile.
    Resume(NodeId),
    /// A node's clock is set to that error from now on.
    SetClock(NodeId, Clock),
    /// A message in flight arrives now.
    Deliver(MessageId),
    /// A message in flight arrives that much later than it would, in microseconds.
    Delay(MessageId, Micros),
    /// A message in flight is lost.
    Drop(MessageId),
    /// A message in flight arrives twice; the copy comes at the same time, after it.
    Duplicate(MessageId),
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

    /// Whether every node and client it names is there, given how many there are.
    ///
    /// # Errors
    /// Says the first that is not.
    pub fn check(&self, nodes: usize, clients: usize) -> Result<(), ScenarioError> {
        match self {
            Self::Request { client, .. } if client.index() >= clients => {
                Err(ScenarioError::NoSuchClient(*client, clients))
            }
            Self::Cut(links)
            | Self::Heal(links)
            | Self::Hold(links)
            | Self::Release(links)
            | Self::Shape(links, _)
            | Self::Reshape(links, _)
            | Self::Unshape(links) => links.iter().try_for_each(|&ends| check_link(ends, nodes)),
            Self::Crash(node) | Self::Recover(node) | Self::Restart(node) | Self::Pause(node) | Self::Resume(node) => {
                check_node(*node, nodes)
            }
            Self::SetClock(node, clock) => check_node(*node, nodes).and_then(|()| check_clock(*node, *clock)),
            Self::Request { .. } | Self::Deliver(_) | Self::Delay(..) | Self::Drop(_) | Self::Duplicate(_) => Ok(()),
        }
    }
}

/// Whether that node is there.
///
/// # Errors
/// When it is not.
pub(super) fn check_node(node: NodeId, nodes: usize) -> Result<(), ScenarioError> {
    if node.index() < nodes { Ok(()) } else { Err(ScenarioError::NoSuchNode(node, nodes)) }
}

/// Whether that clock is not too wrong.
///
/// # Errors
/// When it is.
pub(super) fn check_clock(node: NodeId, clock: Clock) -> Result<(), ScenarioError> {
    let fits = clock.drift.unsigned_abs() <= MOST_DRIFT.unsigned_abs();
    if fits { Ok(()) } else { Err(ScenarioError::Drift(node, clock.drift)) }
}

/// Whether that link is there.
///
/// # Errors
/// When it is not.
pub(super) fn check_link((from, to): Ends, nodes: usize) -> Result<(), ScenarioError> {
    check_node(from, nodes)?;
    check_node(to, nodes)?;
    if from == to { Err(ScenarioError::SelfLink(from)) } else { Ok(()) }
}
