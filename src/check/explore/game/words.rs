//! A choice of a game in words, for people: `Client 1 asks Node A to write v1: done`.

use super::{Choice, Game, Move, State};
use crate::sim::protocol::{Body, Replica, abd, rules};
use crate::sim::{Answer, Operation, Outcome, RequestId};

impl<R: Replica> Game<R> {
    /// What happens, and which requests end by it.
    pub(super) fn words(&self, state: &State, choice: Choice) -> String {
        let what = match self.meaning(state, choice) {
            Move::Ask(_, client, node, Operation::Write(value)) => {
                format!("Client {client} asks Node {node} to write {value}")
            }
            Move::Ask(_, client, node, Operation::Read) => format!("Client {client} asks Node {node} for the value"),
            Move::Ask(_, client, node, operation) => format!("Client {client} asks Node {node}: {operation}"),
            Move::Deliver(from, to, body) => format!("Node {from}'s message reaches Node {to}: {}", saying(body)),
            Move::Lose(from, to, body) => format!("Node {from}'s message to Node {to} is lost: {}", saying(body)),
            Move::TimeOut(node, _) => format!("Node {node} has waited long enough"),
        };
        let ends = self.ends(state, choice).iter().map(|&(request, outcome)| self.ending(request, outcome));
        std::iter::once(what).chain(ends).collect::<Vec<_>>().join("; ")
    }

    fn ending(&self, request: RequestId, outcome: Outcome) -> String {
        let (client, ..) = self.asks(request);
        match outcome {
            Outcome::Answered(Answer::Written) => format!("Client {client} is told that the write is done"),
            Outcome::Answered(answer) => format!("Client {client} reads {answer}"),
            Outcome::Refused(_) => format!("Client {client} is refused"),
            Outcome::Unknown => format!("Client {client} gets an error and cannot know what became of the write"),
        }
    }
}

/// What a message says, in a few words.
fn saying(body: Body) -> String {
    match body {
        Body::Rules(rules::Message::News(_, value)) => format!("“here is {value}”"),
        Body::Rules(rules::Message::Store(_, _, value)) => format!("“store {value}”"),
        Body::Rules(rules::Message::Stored(_)) | Body::Abd(abd::Message::Stored(_)) => "“stored”".to_owned(),
        Body::Rules(rules::Message::Ask(_)) | Body::Abd(abd::Message::Query(_)) => "“what do you hold?”".to_owned(),
        Body::Rules(rules::Message::Tell(_, _, value)) | Body::Abd(abd::Message::Tell(_, _, value)) => {
            format!("“I hold {value}”")
        }
        Body::Abd(abd::Message::Store(_, _, value)) => format!("“hold {value}”"),
        Body::Rules(rules::Message::Forward(_, operation)) => format!("“{operation}, for me”"),
        Body::Rules(rules::Message::Result(_, outcome)) => match outcome {
            Outcome::Answered(answer) => format!("“{answer}”"),
            Outcome::Refused(_) => "“refused”".to_owned(),
            Outcome::Unknown => "“nobody knows”".to_owned(),
        },
        _ => "a message".to_owned(),
    }
}
