//! Two executions that Node B cannot tell apart, the heart of the proof of Gilbert and Lynch (2002, theorem 1).
//!
//! ```text
//!  E1   nobody writes                               Client 2 reads at B
//!  E2   Client 1 writes v1 at A, acknowledged; ✂    Client 2 reads at B
//!       nothing crosses, so that B sees the same in both, and does the same in both
//! ```
//!
//! Whatever B's rule is: an answer of v0 is wrong in E2, one of v1 is wrong in E1, and no answer is no availability. Both
//! executions are runs of the simulation, and what is said of them is what the checkers find.

use serde::{Deserialize, Serialize};

use crate::sim::fault::ScenarioError;
use crate::sim::node::Clock;
use crate::sim::protocol::Protocol;
use crate::sim::protocol::rules::{self, OnNews, OnRead, OnTimeout, OnWrite, Rules};
use crate::sim::{
    Action, ClientId, ClientSpec, Event, EventKind, Latency, Micros, NodeId, NodeSpec, Operation, Planned, Scenario,
    Value,
};

use super::Player;
use super::abreast::{Abreast, Told};
use super::gauges::Reading;
use super::local::{Line, local_view};
use super::narration;
use super::scenarios::{ONE_WAY, TIMEOUT};

const A: NodeId = NodeId(0);
/// The node whose eyes we borrow.
pub const B: NodeId = NodeId(1);

/// What Node B does with a read when it has heard nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It answers what it holds.
    #[default]
    AnswerOld,
    /// It answers v1, in case somebody has written it.
    AnswerNew,
    /// It asks Node A, and refuses when no word comes.
    Refuse,
    /// It asks Node A, and waits for as long as it takes.
    Wait,
}

/// What a rule costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// It is not consistent in that execution: an index.
    Consistency(usize),
    /// It is not available, in either.
    Availability,
    /// Nothing.
    Nothing,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AnswerOld, Self::AnswerNew, Self::Refuse, Self::Wait];

    /// What it says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AnswerOld => "answer `v0`, its own value",
            Self::AnswerNew => "answer `v1`, just in case",
            Self::Refuse => "ask Node A, then refuse",
            Self::Wait => "ask Node A, wait for ever",
        }
    }

    /// What follows when Node B does that in both executions.
    pub const fn consequence(self) -> &'static str {
        match self {
            Self::AnswerOld => {
                "Node B answers `v0` in both. In E2 that is wrong: the write of `v1` was acknowledged before the read began. (Had Node A not acknowledged it, Node A would not be available.)"
            }
            Self::AnswerNew => "Node B answers `v1` in both. In E1 that is wrong: nobody ever wrote `v1`.",
            Self::Refuse => {
                "Node B refuses in both. Nothing wrong is said, but an error is no answer in this sense: Node B has not failed, so this is not available."
            }
            Self::Wait => {
                "Node B waits in both, for as long as the cut lasts, and nothing says that it ends. A request that is never answered: this is not available."
            }
        }
    }

    fn of_b(self) -> Rules {
        let (read, timeout) = match self {
            Self::AnswerOld => (OnRead::Local, OnTimeout::Wait),
            Self::AnswerNew => (OnRead::Guess, OnTimeout::Wait),
            Self::Refuse => (OnRead::Ask, OnTimeout::Refuse),
            Self::Wait => (OnRead::Ask, OnTimeout::Wait),
        };
        Rules::new(OnWrite::Accept, read, timeout, OnNews::Newer)
    }

    /// E1 and E2 under this rule.
    fn scenarios(self) -> Vec<Scenario> {
        let of_a = Rules::new(OnWrite::Accept, OnRead::Local, OnTimeout::Wait, OnNews::Newer);
        let protocol = Protocol::Rules(rules::Setup { rules: [of_a, self.of_b()], patience: TIMEOUT });
        let node = |region: &str| NodeSpec { region: region.to_owned(), protocol, clock: Clock::default() };
        let at = |millis, action| Planned { at: Micros::from_millis(millis), action };
        let ask = |client, operation| Action::Request { client: ClientId(client), operation };
        let write = at(10, ask(0, Operation::Write(Value(1))));
        let rest = [at(30, Action::cut_between(A, B)), at(100, ask(1, Operation::Read))];
        let scenario = |name: &str, script: Vec<Planned>| Scenario {
            name: name.to_owned(),
            nodes: vec![node("Virginia"), node("Ireland")],
            clients: vec![ClientSpec::of(A), ClientSpec::of(B)],
            latency: Latency { base: ONE_WAY, jitter: Micros(0) },
            script,
            tail: Micros::from_millis(300),
            ..Scenario::default()
        };
        let with_the_write = [write].into_iter().chain(rest.clone()).collect();
        vec![scenario("E1", rest.to_vec()), scenario("E2", with_the_write)]
    }
}

/// Both executions under a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indistinguishable {
    /// The rule.
    pub rule: Rule,
    /// E1, in which v1 was never written, and E2, in which it was.
    pub abreast: Abreast,
}

impl Indistinguishable {
    /// Runs both.
    ///
    /// # Errors
    /// Never: the scenarios name only what they have, which a test holds.
    pub fn new(rule: Rule) -> Result<Self, ScenarioError> {
        Abreast::of::<Player>(rule.scenarios()).map(|abreast| Self { rule, abreast })
    }

    /// What Node B has seen in that execution.
    pub fn view(&self, run: usize, moment: usize) -> Vec<Line> {
        let Told { scenario, trace, .. } = &self.abreast.runs[run];
        local_view(scenario, trace, self.abreast.step(run, moment), B)
    }

    /// The moment at which Client 2 asks.
    pub fn asked(&self) -> usize {
        let asks = |run: &Told| {
            let asks = |event: &&Event| matches!(event.kind, EventKind::Invoked { node: B, .. });
            run.trace.events.iter().find(asks).map(|event| run.rows[event.step as usize])
        };
        self.abreast.runs.iter().find_map(asks).unwrap_or(0)
    }

    /// Whether Node B has seen the same in both, up to that moment.
    pub fn is_alike(&self, moment: usize) -> bool {
        let [one, other] = [0, 1].map(|run| self.view(run, moment));
        one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| one.is_as(other))
    }

    /// What happens in that execution at that moment; `None` when nothing does.
    pub fn words(&self, run: usize, moment: usize) -> Option<String> {
        let Told { scenario, trace, .. } = &self.abreast.runs[run];
        let moves = moment == 0 || self.abreast.moves(run, moment);
        moves.then(|| narration::tell(scenario, trace, self.abreast.step(run, moment)))
    }

    /// What the rule costs, as the checkers find at the end.
    pub fn cost(&self) -> Cost {
        let end = self.abreast.end();
        let gauges = [0, 1].map(|run| self.abreast.gauges(run, end));
        let gone = |reading: Reading| matches!(reading, Reading::Violated(_));
        if let Some(run) = gauges.iter().position(|gauges| gone(gauges.consistency.reading)) {
            Cost::Consistency(run)
        } else if gauges.iter().any(|gauges| gone(gauges.availability.reading)) {
            Cost::Availability
        } else {
            Cost::Nothing
        }
    }
}

impl Cost {
    /// What it costs, in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Consistency(0) => "wrong in E1",
            Self::Consistency(_) => "wrong in E2",
            Self::Availability => "unavailable",
            Self::Nothing => "keeps both",
        }
    }
}
