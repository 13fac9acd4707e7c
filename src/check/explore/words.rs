//! What is under way, in words.

use super::cluster::{Cluster, Envelope};
use crate::sim::Outcome;
use crate::sim::protocol::{Body, Replica};

impl<R: Replica> Cluster<R> {
    /// A name for something under way: `Client 2's write v2 at Node B`.
    pub(super) fn name(&self, envelope: Envelope) -> String {
        match envelope {
            Envelope::Request(request) => {
                let (client, node, operation) = self.asks(request);
                format!("Client {client}'s {operation} at Node {node}")
            }
            Envelope::Reply(request, outcome) => {
                let (client, node, operation) = self.asks(request);
                let outcome = match outcome {
                    Outcome::Answered(answer) => answer.to_string(),
                    Outcome::Refused(_) => "an error".to_owned(),
                    Outcome::Unknown => "unknown".to_owned(),
                };
                format!("Node {node}'s answer to Client {client}'s {operation}, {outcome},")
            }
            Envelope::Message(from, to, body) => format!("Node {from}'s {} to Node {to}", body_words(&body)),
        }
    }
}

/// The message as it is written in traces: `store [2,[1,"B"],"v1"]`.
fn body_words(body: &Body) -> String {
    let json = serde_json::to_value(body).unwrap_or_default();
    let message = json.as_object().and_then(|body| body.values().next()).cloned().unwrap_or_default();
    match message.as_object().and_then(|message| message.iter().next()) {
        Some((name, rest)) => format!("{} {rest}", name.replace('_', " ")),
        None => message.as_str().unwrap_or("message").replace('_', " "),
    }
}
