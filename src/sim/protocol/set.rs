//! A set of nodes, as small as it can be: quorums are counted with it.

use serde::{Deserialize, Serialize};

use crate::sim::NodeId;

/// Nodes, each at most once: those from A to P.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nodes(u16);

impl Nodes {
    /// The set of this node alone.
    pub fn just(node: NodeId) -> Self {
        Self::default().with(node)
    }

    /// With this node.
    #[must_use]
    pub fn with(self, node: NodeId) -> Self {
        Self(self.0 | 1 << (node.0 & 15))
    }

    /// Without this node.
    #[must_use]
    pub fn without(self, node: NodeId) -> Self {
        Self(self.0 & !(1 << (node.0 & 15)))
    }

    /// Puts the node in.
    pub fn insert(&mut self, node: NodeId) {
        *self = self.with(node);
    }

    /// Takes the node out.
    pub fn remove(&mut self, node: NodeId) {
        *self = self.without(node);
    }

    /// Whether the node is in it.
    pub fn contains(self, node: NodeId) -> bool {
        self.0 & 1 << (node.0 & 15) != 0
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The nodes, in the order of their letters.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        (0..16).map(NodeId).filter(move |&node| self.contains(node))
    }
}

impl FromIterator<NodeId> for Nodes {
    fn from_iter<T: IntoIterator<Item = NodeId>>(nodes: T) -> Self {
        nodes.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_counts_once_however_often_it_answers() {
        let mut heard = Nodes::just(NodeId(1));
        heard.insert(NodeId(1));
        heard.insert(NodeId(8));
        assert_eq!((heard.len(), heard.iter().collect::<Vec<_>>()), (2, vec![NodeId(1), NodeId(8)]));
        heard.remove(NodeId(1));
        assert!(!heard.contains(NodeId(1)) && !heard.is_empty());
    }
}
