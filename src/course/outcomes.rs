//! Three outcomes that the one who asks cannot tell apart: the request is slow, the request is lost, the answer is lost.
//!
//! ```text
//!  slow            A ── write v1 ──▶ … … … … … ▶ B     not written yet when A gives up; written later
//!  request lost    A ── write v1 ──✕             B     never written
//!  answer lost     A ── write v1 ──────────────▶ B     written already
//!                  A             ✕── done ────── B
//!                  what A sees until its timer runs out is the same in all three
//! ```
//!
//! A client of the simulation reaches its own node without delay, so that the one who asks here is a node: Node A on
//! behalf of Client 1. The register lives at Node B.

use crate::sim::fault::ScenarioError;
use crate::sim::node::Clock;
use crate::sim::protocol::{Protocol, single_copy};
use crate::sim::{
    Action, ClientId, ClientSpec, Event, EventKind, Latency, MessageId, Micros, NodeId, NodeSpec, Operation, Planned,
    Scenario, Trace, Value,
};

use super::Player;
use super::abreast::Abreast;
use super::local::{Line, Seen, local_view};
use super::scenarios::{ONE_WAY, TIMEOUT};

/// The one who asks.
pub const ASKER: NodeId = NodeId(0);
/// The one who is asked.
pub const KEEPER: NodeId = NodeId(1);
/// What is to be written.
const VALUE: Value = Value(1);

/// What becomes of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits in a queue on its way.
    Slow,
    /// It is lost on its way.
    RequestLost,
    /// It arrives, and the answer is lost.
    AnswerLost,
}

impl Outcome {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Slow, Self::RequestLost, Self::AnswerLost];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Slow => "The link is slow",
            Self::RequestLost => "The request is lost",
            Self::AnswerLost => "The answer is lost",
        }
    }

    /// What the network does, when.
    fn mishaps(self) -> Vec<Planned> {
        let at = |millis, action| Planned { at: Micros::from_millis(millis), action };
        let link = || vec![(ASKER, KEEPER)];
        match self {
            Self::Slow => vec![at(20, Action::Hold(link())), at(290, Action::Release(link()))],
            Self::RequestLost => vec![at(20, Action::Drop(MessageId(0)))],
            Self::AnswerLost => vec![at(60, Action::Drop(MessageId(1)))],
        }
    }

    /// Its scenario.
    pub fn scenario(self) -> Scenario {
        let protocol = Protocol::SingleCopy(single_copy::Setup { holder: Some(KEEPER), timeout: TIMEOUT });
        let node = |region: &str| NodeSpec { region: region.to_owned(), protocol, clock: Clock::default() };
        let ask = Action::Request { client: ClientId(0), operation: Operation::Write(VALUE) };
        let mut script = vec![Planned { at: Micros::from_millis(10), action: ask }];
        script.extend(self.mishaps());
        Scenario {
            name: self.title().to_owned(),
            nodes: vec![node("Virginia"), node("Ireland")],
            clients: vec![ClientSpec::of(ASKER)],
            latency: Latency { base: ONE_WAY, jitter: Micros(0) },
            script,
            tail: Micros::from_millis(400),
            ..Scenario::default()
        }
    }
}

/// What is true, whoever knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The request has not left yet.
    NotAsked,
    /// It is on its way.
    NotYet,
    /// It is lost: the write is never done, unless somebody asks again.
    Never,
    /// The write is done.
    Done,
}

impl Truth {
    /// Whether the write is done, in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotAsked => "Nothing is asked yet",
            Self::NotYet => "Not yet: the request is on its way",
            Self::Never => "No, it never got there",
            Self::Done => "Yes, v1 is there",
        }
    }
}

/// The three runs, one cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// The runs, in the order of [`Outcome::ALL`].
    pub abreast: Abreast,
}

impl Outcomes {
    /// Runs all three.
    ///
    /// # Errors
    /// Never: the scenarios name only what they have, which a test holds.
    pub fn new() -> Result<Self, ScenarioError> {
        Abreast::of::<Player>(Outcome::ALL.map(Outcome::scenario).to_vec()).map(|abreast| Self { abreast })
    }

    /// What the one who asks has seen in that run. The register is elsewhere, so that it holds nothing.
    pub fn view(&self, run: usize, moment: usize) -> Vec<Line> {
        let told = &self.abreast.runs[run];
        let mut view = local_view(&told.scenario, &told.trace, self.abreast.step(run, moment), ASKER);
        view.retain(|line| !matches!(line.seen, Seen::Starts(_)));
        view
    }

    /// What is true in that run.
    pub fn truth(&self, run: usize, moment: usize) -> Truth {
        truth(self.events(run, moment))
    }

    fn events(&self, run: usize, moment: usize) -> &[Event] {
        self.abreast.runs[run].trace.until(self.abreast.step(run, moment))
    }

    /// What the one who asks is doing at that moment, in a few words.
    pub fn asker(&self, moment: usize) -> &'static str {
        match self.truth(0, moment) {
            Truth::NotAsked => "idle",
            _ if self.gave_up(moment) => "has given up",
            _ => "asks Node B",
        }
    }

    /// Whether the one who asks has given up by that moment.
    pub fn gave_up(&self, moment: usize) -> bool {
        self.events(0, moment).iter().any(|event| matches!(event.kind, EventKind::TimedOut { .. }))
    }

    /// The moment at which the one who asks gives up.
    pub fn timeout(&self) -> usize {
        (0..=self.abreast.end()).find(|&moment| self.gave_up(moment)).unwrap_or(self.abreast.end())
    }

    /// What happens in that run at that moment; `None` when nothing does.
    pub fn words(&self, run: usize, moment: usize) -> Option<String> {
        if moment == 0 {
            return Some("The register lives at Node B. Client 1 is at Node A.".to_owned());
        }
        let step = self.abreast.step(run, moment);
        self.abreast.moves(run, moment).then(|| tell(&self.abreast.runs[run].trace, step))
    }

    /// What there is to learn at that moment.
    pub fn lesson(&self, moment: usize) -> &'static str {
        let truths: Vec<Truth> = (0..self.abreast.runs.len()).map(|run| self.truth(run, moment)).collect();
        let came_late = self.came_late(moment);
        match (self.gave_up(moment), truths.as_slice()) {
            (true, _) if came_late => {
                "Only now do the views differ, too late for Client 1. Should it ask again? That is harmless only where twice comes \
                 to the same as once (idempotent): “write v1” is, if nobody wrote in between; “add 1” is not."
            }
            (true, [Truth::NotYet, Truth::Never, Truth::Done]) => {
                "Not yet, never, already: three truths, one view. No rule can tell them apart, for the view is all it has to go by."
            }
            (true, _) => "Node A has given up. The world goes on without it: a late request is still carried out.",
            (false, [Truth::NotAsked, ..]) => {
                "All three begin alike, and until its time is up Node A will see the same in each."
            }
            (false, _) => "All that Node A can do is wait. Silence has no cause written on it.",
        }
    }

    /// Whether an answer has reached the one who asked after it had given up.
    fn came_late(&self, moment: usize) -> bool {
        self.events(0, moment).iter().any(|event| matches!(event.kind, EventKind::Delivered { to: ASKER, .. }))
    }
}

/// Whether the write is done, and whether it will be.
fn truth(events: &[Event]) -> Truth {
    let request = MessageId(0);
    let mut truth = Truth::NotAsked;
    for event in events {
        truth = match event.kind {
            EventKind::Sent { message, .. } if message == request => Truth::NotYet,
            EventKind::Lost { message, .. } if message == request => Truth::Never,
            EventKind::Stored { node: KEEPER, .. } => Truth::Done,
            _ => truth,
        };
    }
    truth
}

/// What happens in a step, in words.
fn tell(trace: &Trace, step: u32) -> String {
    let Some(event) = trace.step(step).first() else { return String::new() };
    match event.kind {
        EventKind::Invoked { .. } => "Client 1 asks Node A to write `v1`.".to_owned(),
        EventKind::Received { .. } => "Node A asks Node B, and sets a timer.".to_owned(),
        EventKind::Held { .. } => "The request is stuck in a queue on its way.".to_owned(),
        EventKind::Released { .. } => "The queue moves again.".to_owned(),
        EventKind::Lost { from: ASKER, .. } => "The request is lost on its way. Nobody is told.".to_owned(),
        EventKind::Lost { .. } => "The answer is lost on its way. Nobody is told.".to_owned(),
        EventKind::Delivered { to: KEEPER, .. } => "Node B gets the request, stores `v1`, answers.".to_owned(),
        EventKind::Delivered { .. } => "The answer reaches Node A, too late.".to_owned(),
        EventKind::TimedOut { .. } => {
            format!("{TIMEOUT} are over. Node A gives up.")
        }
        EventKind::Returned { .. } => "Client 1 is told: nobody knows.".to_owned(),
        _ => String::new(),
    }
}
