//! What lights up in a space-time diagram when one points at a mark: what could have caused it, and what it could have caused.
//!
//! "Could have caused" is Lamport's *happened before*, from [`crate::check::causality`]. An arrow counts as a cause when
//! what it brought arrived in time to be one, not when it was merely sent.

use super::space_time::{Fate, SpaceTime, Span};
use crate::check::causality::{causes, effects};
use crate::sim::{Event, EventId};

/// A mark of the diagram, by its kind and its first event. It stays the same as the run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What kind of mark.
    pub kind: Kind,
    /// Its first event.
    pub event: EventId,
}

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An operation.
    Bar,
    /// An arrow.
    Slant,
    /// A value.
    Held,
    /// A cut, or a held link.
    Tear,
    /// A crash.
    Outage,
}

/// How a mark stands to the one that is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// It is the one.
    Itself,
    /// It could have caused it.
    Cause,
    /// It could have been caused by it.
    Effect,
    /// Neither: nothing of the one can have reached the other.
    Apart,
}

/// What is pointed at, and what lights up with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lights {
    /// What is pointed at; `None` for a whole step.
    pub mark: Option<Mark>,
    itself: Vec<EventId>,
    causes: Vec<bool>,
    effects: Vec<bool>,
}

impl SpaceTime {
    /// All marks with their events, in the order in which they begin.
    pub fn marks(&self) -> Vec<(Mark, Span)> {
        let mut marks: Vec<(Mark, Span)> = Vec::new();
        let mut put = |kind, span: Span| {
            let before = marks.iter().position(|(other, _)| other.event > span.first).unwrap_or(marks.len());
            marks.insert(before, (Mark { kind, event: span.first }, span));
        };
        self.bars.iter().for_each(|bar| put(Kind::Bar, bar.span));
        self.slants.iter().for_each(|slant| put(Kind::Slant, slant.span));
        self.held.iter().filter_map(|held| held.event).for_each(|first| put(Kind::Held, Span { first, last: None }));
        self.tears.iter().for_each(|tear| put(Kind::Tear, tear.span));
        self.outages.iter().for_each(|outage| put(Kind::Outage, outage.span));
        marks
    }
}

impl Lights {
    /// What lights up when one points at a mark; `events` are those that have happened. `None` if it is not there.
    pub fn of(diagram: &SpaceTime, events: &[Event], mark: Mark) -> Option<Self> {
        let (_, span) = diagram.marks().into_iter().find(|(other, _)| *other == mark)?;
        let is_lost = diagram.slants.iter().any(|slant| slant.span == span && matches!(slant.fate, Fate::Lost(_)));
        let ends: Vec<EventId> = [Some(span.first), span.last].into_iter().flatten().collect();
        // An operation is caused by what its answer is; an arrow by what sent it, and by what it was lost at; a cut by
        // whoever cut the link.
        let late = matches!(mark.kind, Kind::Bar) || is_lost;
        let causes = causes(events, if late { &ends } else { &ends[..1] });
        let effects = effects(events, if mark.kind == Kind::Slant { &ends[ends.len() - 1..] } else { &ends[..1] });
        Some(Self { mark: Some(mark), itself: ends, causes, effects })
    }

    /// What lights up when one points at all that happens in a step.
    pub fn of_step(events: &[Event], step: u32) -> Self {
        let itself: Vec<EventId> = events.iter().filter(|event| event.step == step).map(|event| event.id).collect();
        let (causes, effects) = (causes(events, &itself), effects(events, &itself));
        Self { mark: None, itself, causes, effects }
    }

    /// How a mark stands to what is pointed at.
    pub fn on(&self, kind: Kind, span: Span) -> Light {
        let is_in = |marked: &[bool], event: EventId| marked.get(event.0 as usize).copied().unwrap_or(false);
        let is_itself = match self.mark {
            Some(mark) => mark == Mark { kind, event: span.first },
            None => [Some(span.first), span.last].into_iter().flatten().any(|event| self.itself.contains(&event)),
        };
        let arrived = if kind == Kind::Slant { span.last } else { Some(span.first) };
        if is_itself {
            Light::Itself
        } else if arrived.is_some_and(|event| is_in(&self.causes, event)) {
            Light::Cause
        } else if is_in(&self.effects, span.first)
            || (kind == Kind::Bar && span.last.is_some_and(|last| is_in(&self.effects, last)))
        {
            Light::Effect
        } else {
            Light::Apart
        }
    }

    /// How the events of a step stand to what is pointed at.
    pub fn on_step(&self, events: &[Event], step: u32) -> Light {
        let any = |marked: &[bool]| {
            events.iter().any(|event| event.step == step && marked.get(event.id.0 as usize) == Some(&true))
        };
        let itself = events.iter().any(|event| event.step == step && self.itself.contains(&event.id));
        if itself {
            Light::Itself
        } else if any(&self.causes) {
            Light::Cause
        } else if any(&self.effects) {
            Light::Effect
        } else {
            Light::Apart
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::diagram::space_time::{Rift, space_time};
    use crate::sim::node::Clock;
    use crate::sim::protocol::{Protocol, local_first};
    use crate::sim::{Action, ClientSpec, Micros, NodeId, NodeSpec, Operation, Planned, Run, Scenario, Trace, Value};

    /// Write v1 at A, cut while the copy is on the wire, read at B.
    fn cut_off() -> (Scenario, Trace) {
        let (a, b) = (NodeId(0), NodeId(1));
        let setup = local_first::Setup {
            reads: local_first::Reads::Local,
            retry: Micros::from_millis(1_000),
            stamps: local_first::Stamps::Lamport,
        };
        let node =
            || NodeSpec { region: String::new(), protocol: Protocol::LocalFirst(setup), clock: Clock::default() };
        let at = |millis, action| Planned { at: Micros::from_millis(millis), action };
        let ask = |client, operation| Action::Request { client: crate::sim::ClientId(client), operation };
        let scenario = Scenario {
            nodes: vec![node(), node()],
            clients: vec![ClientSpec::of(a), ClientSpec::of(b)],
            latency: crate::sim::Latency { base: Micros::from_millis(40), jitter: Micros(0) },
            script: vec![
                at(10, ask(0, Operation::Write(Value(1)))),
                at(30, Action::cut_between(a, b)),
                at(100, ask(1, Operation::Read)),
            ],
            tail: Micros::from_millis(300),
            ..Scenario::default()
        };
        let trace = Run::of(scenario.clone()).replay().expect("it names only what it has");
        (scenario, trace)
    }

    fn diagram() -> (SpaceTime, Trace) {
        let (scenario, trace) = cut_off();
        let rows: Vec<usize> = (0..=trace.steps() as usize).collect();
        (space_time(&scenario, &trace, &rows, u32::MAX, &[]), trace)
    }

    #[test]
    fn the_lost_copy_lights_up_with_the_write_and_the_cut_and_leaves_the_read_dark() {
        let (diagram, trace) = diagram();
        let copy = diagram.slants.iter().find(|slant| slant.words == "copy of v1").expect("a copy is sent");
        let mark = Mark { kind: Kind::Slant, event: copy.span.first };
        let lights = Lights::of(&diagram, &trace.events, mark).expect("it is there");
        assert_eq!(lights.on(Kind::Slant, copy.span), Light::Itself);
        assert_eq!(lights.on(Kind::Tear, diagram.tears[0].span), Light::Cause);
        assert_eq!(lights.on(Kind::Bar, diagram.bars[0].span), Light::Cause);
        assert_eq!(lights.on(Kind::Bar, diagram.bars[1].span), Light::Apart);
        assert_eq!(diagram.tears[0].rift, Rift::Cut);
    }

    #[test]
    fn a_read_that_is_cut_off_from_a_write_is_lit_apart_from_it_in_both_directions() {
        let (diagram, trace) = diagram();
        for (one, other) in [(0, 1), (1, 0)] {
            let mark = Mark { kind: Kind::Bar, event: diagram.bars[one].span.first };
            let lights = Lights::of(&diagram, &trace.events, mark).expect("it is there");
            assert_eq!(lights.on(Kind::Bar, diagram.bars[other].span), Light::Apart);
        }
    }

    #[test]
    fn every_mark_is_listed_once_and_in_order() {
        let (diagram, _) = diagram();
        let marks = diagram.marks();
        assert!(marks.windows(2).all(|pair| pair[0].0.event <= pair[1].0.event));
        let count = diagram.bars.len() + diagram.slants.len() + diagram.tears.len();
        assert_eq!(marks.len(), count + diagram.held.iter().filter(|held| held.event.is_some()).count());
        assert!((1..marks.len()).all(|at| !marks[..at].contains(&marks[at])));
    }
}
