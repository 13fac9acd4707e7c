//! What stands on a space-time diagram, in a word or two: what a message says, and what a client has seen.

use crate::sim::protocol::{Body, abd, epidemic, local_first, quorum, rules, single_copy};
use crate::sim::{Operation, Outcome, Refusal};

/// What a client has seen of its request. It cannot see that an answer is stale.
pub(super) fn view(operation: Operation, outcome: Option<Outcome>) -> String {
    match (operation, outcome) {
        (_, None) => "waiting …".to_owned(),
        (Operation::Write(value), Some(Outcome::Answered(_))) => format!("wrote {value}"),
        (Operation::Read, Some(Outcome::Answered(answer))) => format!("read {answer}"),
        (other, Some(Outcome::Answered(answer))) => format!("{other}: {answer}"),
        (_, Some(Outcome::Refused(Refusal::QuorumLoss))) => "error: no quorum".to_owned(),
        (_, Some(Outcome::Refused(Refusal::Unconfirmed))) => "error 500".to_owned(),
        (_, Some(Outcome::Refused(_))) => "error".to_owned(),
        (_, Some(Outcome::Unknown)) => "no answer".to_owned(),
    }
}

/// What a message says, in a word or two.
pub fn saying(body: Body) -> String {
    match body {
        Body::LocalFirst(local_first::Message::Replicate(_, value)) => format!("copy of {value}"),
        Body::LocalFirst(local_first::Message::Acknowledge(_)) => "ack".to_owned(),
        Body::LocalFirst(local_first::Message::Ask(_)) => "news?".to_owned(),
        Body::LocalFirst(local_first::Message::Tell(_, _, value)) | Body::Abd(abd::Message::Tell(_, _, value)) => {
            format!("I hold {value}")
        }
        Body::Quorum(quorum::Message::Forward(_, operation))
        | Body::SingleCopy(single_copy::Message::Forward(_, operation)) => operation.to_string(),
        Body::Quorum(quorum::Message::Propose(_, Operation::Read)) => "still leading?".to_owned(),
        Body::Quorum(quorum::Message::Propose(_, Operation::Write(value))) => format!("accept {value}?"),
        Body::Quorum(quorum::Message::Propose(_, operation)) => format!("{operation}?"),
        Body::Quorum(quorum::Message::Accept(_)) => "accepted".to_owned(),
        Body::Quorum(quorum::Message::Commit(_, value)) => format!("{value} decided"),
        Body::Quorum(quorum::Message::Result(..)) => "result".to_owned(),
        Body::Rules(message) => saying_by_rule(message),
        Body::Abd(abd::Message::Store(_, _, value)) => format!("store {value}?"),
        Body::Abd(abd::Message::Stored(_)) => "stored".to_owned(),
        Body::Abd(abd::Message::Query(_)) => "value?".to_owned(),
        Body::Epidemic(epidemic::Message::Tell(_, value)) => format!("rumour: {value}"),
        Body::SingleCopy(single_copy::Message::Result(_, answer)) => answer.to_string(),
        _ => "message".to_owned(),
    }
}

fn saying_by_rule(message: rules::Message) -> String {
    match message {
        rules::Message::News(_, value) => format!("copy of {value}"),
        rules::Message::Store(_, _, value) => format!("store {value}?"),
        rules::Message::Stored(_) => "stored".to_owned(),
        rules::Message::Ask(_) => "value?".to_owned(),
        rules::Message::Tell(_, _, value) => format!("I hold {value}"),
        rules::Message::Forward(_, operation) => operation.to_string(),
        rules::Message::Result(_, Outcome::Answered(answer)) => answer.to_string(),
        rules::Message::Result(..) => "no".to_owned(),
    }
}
