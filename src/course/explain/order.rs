//! The order that explains the answers, or the one that comes furthest and the operation that fits nowhere in it.
//!
//! The time line is cut into gaps by the invocations and responses, evenly: only their order counts.
//!
//! ```text
//!  gap     0     1     2     3     4
//!       ──┬─────┬─────┬─────┬─────┬──
//!  1      ├──①──┤                          a point lies in a gap that its bar spans; the register's value changes there
//!  2                  ├──✕──┤              ✕ is a place that was tried in vain
//! ```
//!
//! That no order at all explains the answers is the checker's finding (`check::linearizability` searches them all). What
//! is told here is why this one goes no further.

use super::{Standing, told, words};
use crate::check::linearizability::{Budget, NotLinearizable, linearizability};
use crate::check::{Attempt, History, Verdict};
use crate::sim::{Answer, ClientId, Micros, Operation, Outcome, Scenario, Trace, Value};

/// A place on the time line, in thousandths of its length.
pub type Mille = u32;

/// What part an operation has in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It takes effect at this place of the order, counted from 1.
    Placed(usize),
    /// It fits nowhere.
    Stuck,
    /// It has not returned, or nobody knows its outcome: it may take effect later, or never.
    Open,
    /// It had no effect, so that it needs no place.
    Without,
    /// It is not part of the order that comes furthest.
    Beyond,
}

/// An operation, from its invocation to its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Who asked.
    pub client: ClientId,
    /// What, and what came of it: `read → v0`.
    pub words: String,
    /// Where it begins.
    pub from: Mille,
    /// Where it ends; the end of the line while it has not.
    pub to: Mille,
    /// When it was asked, and when it was answered.
    pub times: (Micros, Option<Micros>),
    /// What part it has.
    pub part: Part,
}

/// The instant at which an operation takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The index of its bar.
    pub bar: usize,
    /// Where it lies, inside its bar.
    pub at: Mille,
    /// What the register holds from there on.
    pub value: Value,
}

/// Something to look at: so many points are placed, and perhaps a place is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// How many points are placed.
    pub points: usize,
    /// Where the operation that fits nowhere is tried in vain.
    pub tried: Option<Mille>,
    /// What there is to say.
    pub words: String,
}

/// The explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderStory {
    /// How the verdict stands.
    pub standing: Standing,
    /// The verdict in a sentence.
    pub verdict: String,
    /// What the register held at first.
    pub initial: Value,
    /// The operations, in the order of their invocations.
    pub bars: Vec<Bar>,
    /// How many clients there are in it: their numbers, ascending.
    pub clients: Vec<ClientId>,
    /// How many invocations and responses there are.
    pub edges: usize,
    /// The order.
    pub points: Vec<Point>,
    /// The explanation, piece by piece. Never empty.
    pub beats: Vec<Beat>,
}

/// Explains the verdict on consistency as it is after that step.
pub fn explain_consistency(scenario: &Scenario, trace: &Trace, step: u32) -> OrderStory {
    let history = History::of(scenario.initial, trace.until(step));
    let line = Line::of(&history);
    let answered = history.attempts.iter().any(|attempt| attempt.response.is_some());
    let verdict = if answered { Some(linearizability(&history, Budget::default())) } else { None };
    let (order, stuck): (&[Attempt], Option<&NotLinearizable>) = match &verdict {
        Some(Verdict::Holds(order)) => (order, None),
        Some(Verdict::Violated(witness)) => (&witness.longest, Some(witness)),
        Some(Verdict::Unknown(_)) | None => (&[], None),
    };
    let points = line.points(&history, order);
    let beat = |points, words| Beat { points, tried: None, words };
    let mut beats = vec![beat(0, words::opening(&history))];
    let placed = order.iter().zip(&points).map(|(attempt, point)| words::placed(attempt, point.value));
    beats.extend(placed.zip(1..).map(|(words, count)| beat(count, words)));
    let left = |attempt: &&Attempt| order.iter().all(|other| other.request != attempt.request);
    let without = history.attempts.iter().filter(left).filter_map(words::without_place);
    beats.extend(without.map(|words| beat(points.len(), words)));
    let (standing, said) = match (&verdict, stuck) {
        (_, Some(witness)) => {
            beats.extend(line.trials(&history, witness, &points));
            (Standing::Violated, words::not_found(&witness.stuck))
        }
        (Some(Verdict::Holds(_)), None) => (Standing::Holds, words::found(order.len())),
        (Some(Verdict::Unknown(Budget(most))), None) => {
            (Standing::Open, format!("The search stopped after {most} combinations, without an answer."))
        }
        _ => (
            Standing::Open,
            "Nobody has been answered yet, so there is nothing that could be right or wrong.".to_owned(),
        ),
    };
    let last = beats.last().map_or((0, None), |beat| (beat.points, beat.tried));
    beats.push(Beat { points: last.0, tried: last.1, words: said.clone() });
    OrderStory {
        standing,
        verdict: said,
        initial: history.initial,
        bars: line.bars(&history, order, stuck),
        clients: clients(&history),
        edges: line.edges.len(),
        points,
        beats,
    }
}

fn clients(history: &History) -> Vec<ClientId> {
    let mut clients: Vec<ClientId> = Vec::new();
    for attempt in &history.attempts {
        if let Err(place) = clients.binary_search(&attempt.client) {
            clients.insert(place, attempt.client);
        }
    }
    clients
}

/// The invocations and responses of a history, in their order.
struct Line {
    /// Their events.
    edges: Vec<u32>,
}

impl Line {
    fn of(history: &History) -> Self {
        let mut edges: Vec<u32> = Vec::new();
        for attempt in &history.attempts {
            for edge in [Some(attempt.invoked), attempt.response.map(|response| response.event)].into_iter().flatten() {
                if let Err(place) = edges.binary_search(&edge.0) {
                    edges.insert(place, edge.0);
                }
            }
        }
        Self { edges }
    }

    /// How many edges come before that event: the gap that begins with it is one further.
    fn rank(&self, event: u32) -> usize {
        self.edges.partition_point(|&edge| edge < event)
    }

    /// The gaps that an operation spans: from, and up to but not including.
    fn gaps(&self, attempt: &Attempt) -> (usize, usize) {
        let to = attempt
            .response
            .filter(|_| !is_open(attempt))
            .map_or(self.edges.len() + 1, |end| self.rank(end.event.0) + 1);
        (self.rank(attempt.invoked.0) + 1, to)
    }

    /// Where a gap begins.
    fn mille(&self, gap: usize) -> Mille {
        let gaps = self.edges.len() + 1;
        u32::try_from((gap * 1_000).checked_div(gaps).unwrap_or(0)).unwrap_or(1_000)
    }

    /// The part-th of so many places in a gap.
    fn within(&self, gap: usize, part: usize, of: usize) -> Mille {
        let (from, to) = (self.mille(gap), self.mille(gap + 1));
        from + u32::try_from((to - from) as usize * (part + 1) / (of + 1)).unwrap_or(0)
    }

    /// Each operation takes effect as early as the order lets it.
    fn points(&self, history: &History, order: &[Attempt]) -> Vec<Point> {
        let mut gap = 0;
        let gaps: Vec<usize> = order
            .iter()
            .map(|attempt| {
                gap = gap.max(self.gaps(attempt).0);
                gap
            })
            .collect();
        let mut value = history.initial;
        let place = |(at, attempt): (usize, &Attempt)| {
            value = after(value, attempt.operation);
            let before = gaps[..at].iter().filter(|&&other| other == gaps[at]).count();
            let of = gaps.iter().filter(|&&other| other == gaps[at]).count();
            let bar = index(history, attempt);
            Point { bar, at: self.within(gaps[at], before, of), value }
        };
        order.iter().enumerate().map(place).collect()
    }

    fn bars(&self, history: &History, order: &[Attempt], stuck: Option<&NotLinearizable>) -> Vec<Bar> {
        let bar = |attempt: &Attempt| {
            let place = order.iter().position(|placed| placed.request == attempt.request);
            let part = match place {
                Some(at) => Part::Placed(at + 1),
                None if stuck.is_some_and(|witness| witness.stuck.request == attempt.request) => Part::Stuck,
                None if is_open(attempt) => Part::Open,
                None if had_no_effect(attempt) => Part::Without,
                None => Part::Beyond,
            };
            let (from, to) = self.gaps(attempt);
            Bar {
                client: attempt.client,
                words: told(attempt.operation, attempt.outcome()),
                from: self.mille(from),
                to: self.mille(to),
                times: (attempt.invoked_at, attempt.response.map(|response| response.at)),
                part,
            }
        };
        history.attempts.iter().map(bar).collect()
    }

    /// Every place between the points of the order, and why the operation cannot be there.
    fn trials(&self, history: &History, witness: &NotLinearizable, points: &[Point]) -> Vec<Beat> {
        let NotLinearizable { longest, stuck, .. } = witness;
        let mut beats: Vec<Beat> = Vec::new();
        let mut value = history.initial;
        let mut tried = None;
        // In front of the last operation that was over before this one began, real time forbids every place at once.
        let over = |attempt: &Attempt| {
            attempt.response.filter(|_| !is_open(attempt)).is_some_and(|end| end.event < stuck.invoked)
        };
        let forbidden = longest.iter().rposition(over);
        for place in 0..=longest.len() {
            let before = place.checked_sub(1).and_then(|last| longest.get(last));
            value = before.map_or(value, |attempt| after(value, attempt.operation));
            match forbidden {
                Some(last) if place < last => continue,
                Some(last) if place == last => {
                    let at = points[last].at / 2;
                    beats.push(Beat {
                        points: points.len(),
                        tried: Some(at),
                        words: words::too_early(stuck, &longest[last], last),
                    });
                    continue;
                }
                _ => {}
            }
            let from = place.checked_sub(1).map_or(0, |last| points[last].at);
            let (first, end) = self.gaps(stuck);
            let to = points.get(place).map_or(self.mille(end), |next| next.at.min(self.mille(end)));
            let at = from.max(self.mille(first)).midpoint(to.max(from.max(self.mille(first))));
            if tried != Some(value) {
                tried = Some(value);
                beats.push(Beat {
                    points: points.len(),
                    tried: Some(at),
                    words: words::wrong_value(stuck, value, before),
                });
            }
        }
        beats
    }
}

/// Whether nobody knows yet, or ever, what became of it.
pub(super) fn is_open(attempt: &Attempt) -> bool {
    matches!(attempt.outcome(), None | Some(Outcome::Unknown))
}

fn had_no_effect(attempt: &Attempt) -> bool {
    matches!(attempt.outcome(), Some(Outcome::Refused(_) | Outcome::Answered(Answer::Differs)))
}

fn index(history: &History, wanted: &Attempt) -> usize {
    history.attempts.iter().position(|attempt| attempt.request == wanted.request).unwrap_or(0)
}

/// What the register holds after an operation that took effect.
fn after(value: Value, operation: Operation) -> Value {
    operation.on_register(value).map_or(value, |(value, _)| value)
}
