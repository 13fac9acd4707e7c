//! The cast: what the nodes and clients of a run are called.
//!
//! The core knows Node A and Client 1, and every sentence about a run names them so. A learner may have called them
//! Primary and Shopper: [`Cast::tell`] puts their names into the sentences.
//!
//! ```text
//! Client 1 asks Node A to write `v1`.   ─▶   Shopper asks Primary to write `v1`.
//! ```

use crate::diagram::space_time::Party;
use crate::sim::{ClientId, NodeId, Scenario};

/// The names of the nodes and clients of a run, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// What the nodes are called.
    pub nodes: Vec<String>,
    /// What the clients are called.
    pub clients: Vec<String>,
}

impl Cast {
    /// The core's own names: Node A, Node B, Client 1, Client 2.
    pub fn of(scenario: &Scenario) -> Self {
        let clients = (0..scenario.clients.len()).map(|at| format!("Client {}", at + 1)).collect();
        Self { nodes: scenario.node_ids().map(|node| format!("Node {node}")).collect(), clients }
    }

    /// What a node is called.
    pub fn node(&self, node: NodeId) -> &str {
        self.nodes.get(node.index()).map_or("a node", String::as_str)
    }

    /// What a client is called.
    pub fn client(&self, client: ClientId) -> &str {
        self.clients.get(client.index()).map_or("a client", String::as_str)
    }

    /// What a party is called.
    pub fn name(&self, party: Party) -> &str {
        match party {
            Party::Client(client) => self.client(client),
            Party::Node(node) => self.node(node),
        }
    }

    /// A sentence of the core, told with these names.
    pub fn tell(&self, sentence: &str) -> String {
        let mut told = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some(first) = rest.chars().next() {
            let starts_a_word = told.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            if let Some((name, after)) = self.named(rest).filter(|_| starts_a_word) {
                told.push_str(name);
                rest = after;
            } else {
                told.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        told
    }

    /// The party that a text begins with, by its own name here, and what follows.
    fn named<'a>(&self, text: &'a str) -> Option<(&str, &'a str)> {
        let (names, after) = match (text.strip_prefix("Node "), text.strip_prefix("Client ")) {
            (Some(after), _) => (&self.nodes, after),
            (_, Some(after)) => (&self.clients, after),
            _ => return None,
        };
        let word = after.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (word, after) = after.split_at(word);
        let index = match word.as_bytes() {
            [letter @ b'A'..=b'Z'] => usize::from(letter - b'A'),
            _ => word.parse::<usize>().ok()?.checked_sub(1)?,
        };
        Some((names.get(index)?, after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_a_sentence_is_the_learners() {
        let cast =
            Cast { nodes: vec!["Primary".into(), "Node A".into()], clients: vec!["Shopper".into(), "Till".into()] };
        assert_eq!(
            cast.tell("Client 1 asks Node A to tell Node B, and Node B's copy reaches Client 2."),
            "Shopper asks Primary to tell Node A, and Node A's copy reaches Till."
        );
    }

    #[test]
    fn what_only_looks_like_a_name_stays() {
        let cast = Cast { nodes: vec!["Primary".into()], clients: vec!["Shopper".into()] };
        for sentence in ["Node Ab waits.", "Node C waits.", "Client 12 waits.", "MyNode A waits.", "The Node"] {
            assert_eq!(cast.tell(sentence), sentence);
        }
    }
}
