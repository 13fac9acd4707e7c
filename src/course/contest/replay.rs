//! Moves of a game as a run of the simulation that shows just these moves.
//!
//! Messages take so long that none arrives by itself: each arrives, or is lost, by an act. Timers run out by themselves,
//! so moments are chosen that let them run out where the game says so. That is a system of inequalities:
//!
//! ```text
//!  each move comes after the one before            t(k) ≥ t(k-1) + gap
//!  a message takes its time                        t(arrives) ≥ t(sent) + latency
//!  a timer runs out after the patience             t(runs out) = t(set) + patience
//!  one that is stopped, or still set at the end    t(stopped) ≤ t(set) + patience
//! ```
//!
//! The earliest solution is the longest way through the graph of them (Bellman and Ford). As timers run out in the order
//! in which they were set there always is one, if gap and latency are small enough: intervals none of which contains
//! another can be drawn with equal lengths (Roberts 1969).

use super::Player;
use crate::check::explore::game::Move;
use crate::course::scenarios::{ONE_WAY, TIMEOUT};
use crate::sim::node::Clock;
use crate::sim::protocol::{Body, Effect, Input, Outbox, Place, Replica, Timer};
use crate::sim::{
    Act, Action, ClientSpec, Latency, MessageId, Micros, NodeId, NodeSpec, Planned, Protocol, Run, Scenario, Value,
};

/// How a run goes on after its last move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It ends.
    Stops,
    /// What is still under way arrives, one message after the other: it was late, not lost.
    Delivers,
    /// It goes on for two more patiences: nobody answers.
    Waits,
}

/// A run in the making: a world without time, in which moves are made.
pub(super) struct Ledger {
    scenario: Scenario,
    nodes: Vec<Player>,
    cut: Vec<(NodeId, NodeId)>,
    flights: Vec<Flight>,
    /// In the order in which they were set: whose, which, and at which move.
    timers: Vec<(NodeId, Timer, usize)>,
    moves: Vec<Made>,
    inequalities: Vec<Inequality>,
    messages: u32,
    steps: u32,
}

/// A message under way, and at which move it was sent.
struct Flight {
    id: MessageId,
    from: NodeId,
    to: NodeId,
    body: Body,
    sent: usize,
}

/// What a move is in the run: an action, and for one by hand, after how many steps.
enum Made {
    Planned(Action),
    ByHand(Action, u32),
    /// A timer runs out by itself.
    ByItself,
}

/// The moment of the second move is at least that long after that of the first. Moments are numbered by moves; 0 is the
/// start.
struct Inequality(usize, usize, Span);

#[derive(Clone, Copy)]
enum Span {
    Gap,
    Latency,
    Patience,
    /// Back by the patience: what is stopped in the moment in which it would run out is stopped.
    AtMostPatience,
    /// Back by almost the patience.
    NotYet,
}

/// Latency and gap in microseconds: as in the built-in scenarios, or as small as need be.
const SCALES: [(i64, i64); 4] = [(ONE_WAY.0.cast_signed(), 10_000), (10_000, 2_000), (1_000, 200), (10, 2)];

impl Ledger {
    /// A world of that many nodes at which nothing has happened, with a client at each of these.
    pub fn new(name: &str, (nodes, protocol): (u8, Protocol), clients: &[NodeId], cut: Vec<(NodeId, NodeId)>) -> Self {
        let regions = ["Virginia", "Ireland", "Frankfurt"];
        let node = |region: &&str| NodeSpec { region: (*region).to_owned(), protocol, clock: Clock::default() };
        let script =
            if cut.is_empty() { Vec::new() } else { vec![Planned { at: Micros(0), action: Action::Cut(cut.clone()) }] };
        Self {
            steps: u32::from(!cut.is_empty()),
            scenario: Scenario {
                name: name.to_owned(),
                nodes: regions[..usize::from(nodes).min(3)].iter().map(node).collect(),
                clients: clients.iter().map(|&node| ClientSpec::of(node)).collect(),
                script,
                ..Scenario::default()
            },
            nodes: (0..nodes).filter_map(|_| Player::new(&protocol, Value(0))).collect(),
            cut,
            flights: Vec::new(),
            timers: Vec::new(),
            moves: Vec::new(),
            inequalities: Vec::new(),
            messages: 0,
        }
    }

    /// Makes a move. What is not there does not move.
    pub fn take(&mut self, what: Move) {
        match what {
            Move::Ask(request, client, node, operation) => {
                self.made(Made::Planned(Action::Request { client, operation }));
                self.steps += 2; // the invocation, and the arrival
                self.befall(node, Input::Request(request, operation));
            }
            Move::Deliver(from, to, body) => {
                let Some(flight) = self.land((from, to, body)) else { return };
                let now = self.by_hand(Action::Deliver(flight.id));
                self.inequalities.push(Inequality(flight.sent, now, Span::Latency));
                self.befall(to, Input::Message(from, body));
            }
            Move::Lose(from, to, body) => {
                let Some(flight) = self.land((from, to, body)) else { return };
                let now = self.by_hand(Action::Drop(flight.id));
                self.inequalities.push(Inequality(flight.sent, now, Span::Gap));
            }
            Move::TimeOut(..) => self.time_out(),
        }
    }

    /// The run. Nobody makes so many moves that there is none.
    pub fn finish(mut self, ending: Ending) -> Run {
        if ending == Ending::Delivers {
            for _ in 0..MOST_LATE {
                let Some(Flight { from, to, body, .. }) = self.flights.first() else { break };
                self.take(Move::Deliver(*from, *to, *body));
            }
        }
        let end = self.moves.len() + 1;
        self.inequalities.push(Inequality(end - 1, end, Span::Gap));
        let quiet = if ending == Ending::Waits { end - 1 } else { end };
        let set = self.timers.iter().map(|&(.., set)| Inequality(quiet, set, Span::NotYet));
        self.inequalities.extend(set);
        let moments = SCALES.into_iter().find_map(|scale| self.moments(end, scale)).unwrap_or_default();
        self.told(&moments, ending)
    }

    fn told(mut self, moments: &[i64], ending: Ending) -> Run {
        let moment = |at: usize| Micros(moments.get(at).copied().unwrap_or_default().unsigned_abs());
        let more = if ending == Ending::Waits { 2 * TIMEOUT.0 } else { 0 };
        let end = moment(self.moves.len() + 1) + Micros(more);
        let mut acts = Vec::new();
        for (at, made) in (1..).zip(self.moves) {
            let at = moment(at);
            match made {
                Made::Planned(action) => self.scenario.script.push(Planned { at, action }),
                Made::ByHand(action, after) => acts.push(Act { after, at, action }),
                Made::ByItself => {}
            }
        }
        let last = self.scenario.script.last().map(|planned| planned.at).unwrap_or_default();
        self.scenario.tail = Micros(end.0.saturating_sub(last.0));
        self.scenario.latency = Latency { base: Micros(end.0 * 2), jitter: Micros(0) };
        Run { scenario: self.scenario, seed: 0, acts }
    }

    /// The moments of the start, of all moves and of the end, if there are any at that scale.
    fn moments(&self, end: usize, (latency, gap): (i64, i64)) -> Option<Vec<i64>> {
        let mut moments = vec![0; end + 1];
        for _ in 0..=end + 1 {
            let mut changed = false;
            for &Inequality(from, to, span) in &self.inequalities {
                let least = moments[from] + span.micros(latency, gap);
                changed |= least > moments[to];
                moments[to] = moments[to].max(least);
            }
            if !changed {
                return Some(moments);
            }
        }
        None
    }

    fn time_out(&mut self) {
        if self.timers.is_empty() {
            return;
        }
        let (node, timer, set) = self.timers.remove(0);
        let now = self.made(Made::ByItself);
        self.steps += 1;
        self.inequalities.push(Inequality(set, now, Span::Patience));
        self.inequalities.push(Inequality(now, set, Span::AtMostPatience));
        self.befall(node, Input::Timer(timer));
    }

    fn by_hand(&mut self, action: Action) -> usize {
        let after = self.steps;
        self.steps += 1;
        self.made(Made::ByHand(action, after))
    }

    /// One more move: the number of its moment.
    fn made(&mut self, made: Made) -> usize {
        self.moves.push(made);
        let now = self.moves.len();
        self.inequalities.push(Inequality(now - 1, now, Span::Gap));
        now
    }

    /// Takes a message out of the air.
    fn land(&mut self, which: (NodeId, NodeId, Body)) -> Option<Flight> {
        let at = self.flights.iter().position(|flight| (flight.from, flight.to, flight.body) == which)?;
        Some(self.flights.remove(at))
    }

    fn befall(&mut self, node: NodeId, input: Input) {
        let place = Place { me: node, nodes: u8::try_from(self.nodes.len()).unwrap_or(0), clock: Micros(0) };
        let mut out = Outbox::default();
        self.nodes[node.index()].take(place, input, &mut out);
        let now = self.moves.len();
        for effect in out.0 {
            match effect {
                Effect::Reply(..) => self.steps += 1,
                Effect::Send(to, body, _) => {
                    let id = MessageId(self.messages);
                    self.messages += 1;
                    if !self.cut.contains(&(node, to)) {
                        self.flights.push(Flight { id, from: node, to, body, sent: now });
                    }
                }
                Effect::SetTimer(timer, ..) => {
                    self.stop(node, timer);
                    self.timers.push((node, timer, now));
                }
                Effect::StopTimer(timer) => self.stop(node, timer),
            }
        }
    }

    fn stop(&mut self, node: NodeId, timer: Timer) {
        let Some(at) = self.timers.iter().position(|&(of, which, _)| (of, which) == (node, timer)) else { return };
        let (.., set) = self.timers.remove(at);
        self.inequalities.push(Inequality(self.moves.len(), set, Span::AtMostPatience));
    }
}

/// How many messages that are still under way arrive after the last move.
const MOST_LATE: usize = 12;

impl Span {
    fn micros(self, latency: i64, gap: i64) -> i64 {
        match self {
            Self::Gap => gap,
            Self::Latency => latency,
            Self::Patience => TIMEOUT.0.cast_signed(),
            Self::AtMostPatience => -TIMEOUT.0.cast_signed(),
            Self::NotYet => 1 - TIMEOUT.0.cast_signed(),
        }
    }
}
