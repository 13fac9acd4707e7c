//! Scenarios in a line or two, run by the world.

use partition_lab::check::History;
use partition_lab::sim::node::Clock;
use partition_lab::sim::{
    Action, Answer, ClientId, ClientSpec, Content, Latency, Micros, NodeId, NodeSpec, Operation, Outcome, Planned,
    Protocol, Refusal, Run, Scenario, Trace, Value,
};

/// A cluster where messages take 10 ms and every node has a client of its own. Times are in milliseconds.
#[derive(Clone, Debug)]
pub struct Play(pub Scenario);

/// How a play ended.
pub struct End {
    pub history: History,
    pub contents: Vec<Content>,
}

impl Play {
    pub fn of(nodes: u8, protocol: Protocol) -> Self {
        Self(Scenario {
            nodes: (0..nodes)
                .map(|_| NodeSpec { region: "Virginia".to_owned(), protocol, clock: Clock::default() })
                .collect(),
            clients: (0..nodes).map(|node| ClientSpec::of(NodeId(node))).collect(),
            latency: Latency { base: Micros::from_millis(10), jitter: Micros(0) },
            tail: Micros::from_millis(1_000),
            ..Scenario::default()
        })
    }

    pub fn jitter(mut self, millis: u64) -> Self {
        self.0.latency.jitter = Micros::from_millis(millis);
        self
    }

    fn at(mut self, millis: u64, action: Action) -> Self {
        self.0.script.push(Planned { at: Micros::from_millis(millis), action });
        self
    }

    /// The client of that node asks.
    pub fn ask(self, millis: u64, node: NodeId, operation: Operation) -> Self {
        self.at(millis, Action::Request { client: ClientId(node.0), operation })
    }

    pub fn write(self, millis: u64, node: NodeId, value: u32) -> Self {
        self.ask(millis, node, Operation::Write(Value(value)))
    }

    pub fn read(self, millis: u64, node: NodeId) -> Self {
        self.ask(millis, node, Operation::Read)
    }

    /// Cuts the links between some nodes and others, both ways.
    pub fn cut(self, millis: u64, some: &[NodeId], others: &[NodeId]) -> Self {
        self.at(millis, Action::Cut(links(some, others)))
    }

    pub fn heal(self, millis: u64, some: &[NodeId], others: &[NodeId]) -> Self {
        self.at(millis, Action::Heal(links(some, others)))
    }

    pub fn run(&self) -> End {
        self.run_with(0)
    }

    pub fn run_with(&self, seed: u64) -> End {
        let run = Run { seed, ..Run::of(self.0.clone()) };
        let trace: Trace = run.replay().expect("it names only what it has");
        let history = History::of(self.0.initial, &trace.events);
        End { history, contents: trace.values(&self.0, trace.steps()) }
    }
}

impl End {
    /// How each request ended, in the order in which they were asked.
    pub fn outcomes(&self) -> Vec<Outcome> {
        self.history.attempts.iter().map(|attempt| attempt.outcome().expect("every request ends")).collect()
    }
}

fn links(some: &[NodeId], others: &[NodeId]) -> Vec<(NodeId, NodeId)> {
    some.iter().flat_map(|&a| others.iter().flat_map(move |&b| [(a, b), (b, a)])).collect()
}

pub const WRITTEN: Outcome = Outcome::Answered(Answer::Written);
pub const UNSUPPORTED: Outcome = Outcome::Refused(Refusal::Unsupported);

/// The read returned this value.
pub fn got(value: u32) -> Outcome {
    Outcome::Answered(Answer::Value(Value(value)))
}

pub fn held(value: u32) -> Content {
    Content::Value(Value(value))
}

/// A set of these values.
pub fn all_of(values: &[u32]) -> Content {
    Content::Values(values.iter().copied().map(Value).collect())
}

/// The read returned a set of these values.
pub fn got_all(values: &[u32]) -> Outcome {
    Outcome::Answered(all_of(values).answer())
}
