//! Where and when a node finds itself.

use super::Nodes;
use crate::sim::{Micros, NodeId};

/// A node's own name, the number of nodes, and what its clock shows.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// This node.
    pub me: NodeId,
    /// How many nodes there are, this one included.
    pub nodes: u8,
    /// What this node's clock shows, in microseconds. Clocks may be wrong, and differ.
    pub clock: Micros,
}

impl Place {
    /// The other nodes.
    pub fn peers(self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes).map(NodeId).filter(move |&node| node != self.me)
    }

    /// The other nodes, as a set.
    pub fn others(self) -> Nodes {
        self.peers().collect()
    }

    /// How many nodes make a majority: 2 of 2, 2 of 3, 3 of 4.
    pub fn majority(self) -> usize {
        usize::from(self.nodes / 2 + 1)
    }

    /// The node after that one, this one left out; the first again after the last.
    pub fn peer_after(self, node: NodeId) -> Option<NodeId> {
        self.peers().find(|&peer| peer > node).or_else(|| self.peers().next())
    }
}
