//! What one node sees of a run: what came to it, what it holds, what it did, in its own order. Nothing of the others, no
//! time but what its own timers tell, and no names that only the run knows: requests are counted as the node meets them.
//!
//! Two runs in which a node sees the same are the same run to it. Whatever its rule is, it does the same in both; the
//! impossibility proof of Gilbert and Lynch (2002, theorem 1) rests on that.

use crate::sim::protocol::{Body, Timer, abd, local_first, rules, single_copy};
use crate::sim::{
    Answer, ClientId, Content, EventId, EventKind, NodeId, Operation, Outcome, RequestId, Scenario, Trace,
};

/// Something that a node sees or does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It holds this at the start.
    Starts(Content),
    /// A client asks something.
    Asked(ClientId, RequestId, Operation),
    /// A message comes.
    Heard(NodeId, Body),
    /// One of its timers runs out.
    TimedOut(Timer),
    /// What it holds is this from now on.
    Stored(Content),
    /// It sends a message.
    Sent(NodeId, Body),
    /// It ends a client's request.
    Replied(ClientId, RequestId, Outcome),
    /// It stops, or comes up again.
    Status(Status),
}

/// What happens to a node itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It crashed.
    Crashed,
    /// It is up again.
    Recovered,
}

/// A line of what a node sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The event of the run; `None` for how it starts. Not something that the node knows.
    pub event: Option<EventId>,
    /// What it sees.
    pub seen: Seen,
}

/// What a node has seen after that step of a run.
pub fn local_view(scenario: &Scenario, trace: &Trace, step: u32, me: NodeId) -> Vec<Line> {
    let mut names = Names(Vec::new());
    let start = trace.values(scenario, 0)[me.index()];
    let mut lines = vec![Line { event: None, seen: Seen::Starts(start) }];
    let body_of = |wanted| {
        trace.events.iter().find_map(|event| match event.kind {
            EventKind::Sent { message, body, .. } if message == wanted => Some(body),
            _ => None,
        })
    };
    let asked = |wanted| {
        trace.events.iter().find_map(|event| match event.kind {
            EventKind::Invoked { client, request, operation, .. } if request == wanted => Some((client, operation)),
            _ => None,
        })
    };
    for event in trace.until(step) {
        let seen = match event.kind {
            EventKind::Received { node, request } if node == me => {
                asked(request).map(|(client, operation)| Seen::Asked(client, names.of(request), operation))
            }
            EventKind::Delivered { message, from, to } if to == me => {
                body_of(message).map(|body| Seen::Heard(from, names.body(body)))
            }
            EventKind::TimedOut { node, timer } if node == me => Some(Seen::TimedOut(names.timer(timer))),
            EventKind::Stored { node, value } if node == me => Some(Seen::Stored(value)),
            EventKind::Sent { from, to, body, .. } if from == me => Some(Seen::Sent(to, names.body(body))),
            EventKind::Replied { node, request, outcome } if node == me => {
                asked(request).map(|(client, _)| Seen::Replied(client, names.of(request), outcome))
            }
            EventKind::Crashed { node } if node == me => Some(Seen::Status(Status::Crashed)),
            EventKind::Recovered { node } if node == me => Some(Seen::Status(Status::Recovered)),
            _ => None,
        };
        lines.extend(seen.map(|seen| Line { event: Some(event.id), seen }));
    }
    lines
}

/// The requests that a node has met, in that order: the first is its request 0.
struct Names(Vec<RequestId>);

impl Names {
    fn of(&mut self, request: RequestId) -> RequestId {
        let known = self.0.iter().position(|other| *other == request);
        let place = known.unwrap_or_else(|| {
            self.0.push(request);
            self.0.len() - 1
        });
        RequestId(u32::try_from(place).unwrap_or(u32::MAX))
    }

    fn timer(&mut self, timer: Timer) -> Timer {
        match timer {
            Timer::GiveUp(request) => Timer::GiveUp(self.of(request)),
            other => other,
        }
    }

    /// A message by the node's own count of requests. Those of protocols that are not shown so stay as they are.
    fn body(&mut self, body: Body) -> Body {
        use {local_first::Message as Local, rules::Message as Ruled, single_copy::Message as Single};
        match body {
            Body::LocalFirst(Local::Ask(request)) => Local::Ask(self.of(request)).into(),
            Body::LocalFirst(Local::Tell(request, stamp, value)) => Local::Tell(self.of(request), stamp, value).into(),
            Body::SingleCopy(Single::Forward(request, operation)) => {
                Single::Forward(self.of(request), operation).into()
            }
            Body::SingleCopy(Single::Result(request, answer)) => Single::Result(self.of(request), answer).into(),
            Body::Rules(Ruled::Store(request, stamp, value)) => Ruled::Store(self.of(request), stamp, value).into(),
            Body::Rules(Ruled::Stored(request)) => Ruled::Stored(self.of(request)).into(),
            Body::Rules(Ruled::Ask(request)) => Ruled::Ask(self.of(request)).into(),
            Body::Rules(Ruled::Tell(request, stamp, value)) => Ruled::Tell(self.of(request), stamp, value).into(),
            Body::Rules(Ruled::Forward(request, operation)) => Ruled::Forward(self.of(request), operation).into(),
            Body::Rules(Ruled::Result(request, outcome)) => Ruled::Result(self.of(request), outcome).into(),
            other => other,
        }
    }
}

impl Line {
    /// Whether a node can tell it from that line.
    pub fn is_as(&self, other: &Self) -> bool {
        self.seen == other.seen
    }

    /// What it says, in a sentence without a subject: the node's own.
    pub fn words(&self) -> String {
        match self.seen {
            Seen::Starts(value) => format!("I hold `{value}`."),
            Seen::Asked(client, _, Operation::Read) => format!("Client {client} asks me for the value."),
            Seen::Asked(client, _, Operation::Write(value)) => format!("Client {client} asks me to write `{value}`."),
            Seen::Asked(client, _, operation) => format!("Client {client} asks me: {operation}."),
            Seen::Heard(from, body) => format!("Node {from} tells me: {}.", saying(body)),
            Seen::TimedOut(Timer::GiveUp(_)) => "My timer runs out. No answer has come.".to_owned(),
            Seen::TimedOut(_) => "A timer of mine runs out.".to_owned(),
            Seen::Stored(value) => format!("I hold `{value}` now."),
            Seen::Sent(to, body) => format!("I send Node {to}: {}.", saying(body)),
            Seen::Replied(client, _, outcome) => replying(client, outcome),
            Seen::Status(Status::Crashed) => "I crash.".to_owned(),
            Seen::Status(Status::Recovered) => "I am up again.".to_owned(),
        }
    }
}

fn replying(client: ClientId, outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered(Answer::Written) => format!("I tell Client {client} that it is done."),
        Outcome::Answered(answer) => format!("I answer Client {client}: `{answer}`."),
        Outcome::Refused(_) => format!("I refuse Client {client}’s request."),
        Outcome::Unknown => format!("I tell Client {client} that I do not know."),
    }
}

/// What a message says, between quotation marks.
fn saying(body: Body) -> String {
    use {
        abd::Message as Major, local_first::Message as Local, rules::Message as Ruled, single_copy::Message as Single,
    };
    match body {
        Body::LocalFirst(Local::Ask(_)) | Body::Rules(Ruled::Ask(_)) | Body::Abd(Major::Query(_)) => {
            "“what do you hold?”".to_owned()
        }
        Body::LocalFirst(Local::Tell(_, _, value))
        | Body::Rules(Ruled::Tell(_, _, value))
        | Body::Abd(Major::Tell(_, _, value)) => {
            format!("“I hold `{value}`”")
        }
        Body::LocalFirst(Local::Replicate(_, value)) | Body::Rules(Ruled::News(_, value)) => {
            format!("“here is `{value}`”")
        }
        Body::Rules(Ruled::Store(_, _, value)) | Body::Abd(Major::Store(_, _, value)) => {
            format!("“store `{value}`, please confirm”")
        }
        Body::LocalFirst(Local::Acknowledge(_)) | Body::Rules(Ruled::Stored(_)) | Body::Abd(Major::Stored(_)) => {
            "“stored”".to_owned()
        }
        Body::SingleCopy(Single::Forward(_, operation)) | Body::Rules(Ruled::Forward(_, operation)) => {
            format!("“{operation}, please”")
        }
        Body::SingleCopy(Single::Result(_, Answer::Written))
        | Body::Rules(Ruled::Result(_, Outcome::Answered(Answer::Written))) => "“done”".to_owned(),
        Body::SingleCopy(Single::Result(_, answer)) => format!("“it is `{answer}`”"),
        _ => "a message".to_owned(),
    }
}
