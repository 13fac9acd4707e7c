//! Names for the parties of a run. Nodes are lettered, clients numbered, as in the course.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A node (replica): 0 is shown as `A`. At most 26.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(with = "char")]
#[serde(into = "char", try_from = "char")]
pub struct NodeId(pub u8);

/// A client: 0 is shown, and written in JSON, as `1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(with = "u8")]
#[serde(into = "u8", try_from = "u8")]
pub struct ClientId(pub u8);

/// A request of a client, numbered from 0 in the order in which a run meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub u32);

/// A message between nodes, numbered from 0 in the order of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MessageId(pub u32);

/// An event of the trace, numbered from 0: its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub u32);

impl NodeId {
    /// The node's index in the scenario.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The letter the node is known by.
    pub const fn letter(self) -> char {
        (b'A' + self.0 % 26) as char
    }
}

impl ClientId {
    /// The client's index in the scenario.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<ClientId> for u8 {
    fn from(client: ClientId) -> Self {
        client.0.saturating_add(1)
    }
}

impl TryFrom<u8> for ClientId {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        number.checked_sub(1).map(Self).ok_or_else(|| "clients are numbered from 1".to_owned())
    }
}

impl From<NodeId> for char {
    fn from(node: NodeId) -> Self {
        node.letter()
    }
}

impl TryFrom<char> for NodeId {
    type Error = String;

    fn try_from(letter: char) -> Result<Self, String> {
        u8::try_from(letter)
            .ok()
            .filter(u8::is_ascii_uppercase)
            .map(|byte| Self(byte - b'A'))
            .ok_or_else(|| format!("a node is named by a letter from A to Z, not by `{letter}`"))
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", u32::from(self.0) + 1)
    }
}
