//! What a node or subgraph stands for. Mermaid has no such notion: it is read off ids and labels, as a person would.

use super::{Diagram, Node, Subgraph};

/// The part a node plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Asks and is answered.
    Client,
    /// Stores and answers.
    Replica,
}

/// The part a node plays, in words a label can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// Asks and is answered.
    Client,
    /// Takes the writes and passes them on.
    Leader,
    /// Takes what the leader passes on.
    Follower,
    /// Stores and answers, like all the others.
    Replica,
}

impl Cast {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Client, Self::Leader, Self::Follower, Self::Replica];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "Client",
            Self::Leader => "Leader",
            Self::Follower => "Follower",
            Self::Replica => "Replica",
        }
    }

    /// What a label says of it, behind a dash. A client needs no more than its name, and a replica is what a node is.
    pub fn word(self) -> Option<&'static str> {
        matches!(self, Self::Leader | Self::Follower).then(|| self.name())
    }

    /// The part a node's label says it plays.
    pub fn of(node: &Node) -> Self {
        let label = node.visible().to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
        match role(node) {
            Role::Client => Self::Client,
            Role::Replica if says(&["leader", "primary", "master"]) => Self::Leader,
            Role::Replica if says(&["follower", "secondary", "standby", "backup"]) => Self::Follower,
            Role::Replica => Self::Replica,
        }
    }
}

/// The side a system takes under a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Consistent, partition tolerant.
    Cp,
    /// Available, partition tolerant.
    Ap,
}

const CLIENT_WORDS: [&str; 4] = ["client", "user", "browser", "customer"];

/// The role of a node: a client when its id or label begins with a word for one.
pub fn role(node: &Node) -> Role {
    let label = node.visible().to_ascii_lowercase();
    let id = node.id.to_ascii_lowercase();
    if CLIENT_WORDS.iter().any(|word| label.starts_with(word) || id.starts_with(word)) {
        Role::Client
    } else {
        Role::Replica
    }
}

/// The side of a subgraph, when its id or title begins with it.
pub fn side(subgraph: &Subgraph) -> Option<Side> {
    let title = subgraph.visible();
    [("CP", Side::Cp), ("AP", Side::Ap)]
        .into_iter()
        .find(|(word, _)| subgraph.id.starts_with(word) || title.starts_with(word))
        .map(|(_, side)| side)
}

/// The outermost subgraph around a node or subgraph of that parent: the system it is part of.
pub fn system<'a>(diagram: &'a Diagram, parent: Option<&str>) -> Option<&'a Subgraph> {
    let mut found = diagram.subgraph(parent?)?;
    // A subgraph cannot contain itself in any text, but a model might: the count ends the walk.
    for _ in 0..diagram.subgraphs.len() {
        match found.parent.as_deref().and_then(|parent| diagram.subgraph(parent)) {
            Some(outer) => found = outer,
            None => break,
        }
    }
    Some(found)
}
