//! The scenes of an enactment: what happens in all systems, one moment after the other, and what travels meanwhile.
//!
//! The steps of a trace are gathered: what happens at one time because of the same number of earlier things at that time
//! is one scene, so that two clients who ask at once are seen asking at once. An answer has reached its client in the
//! scene in which it is given. The scenes of several systems are merged by their times, as in [`crate::course::walk`].
//!
//! ```text
//! trace  1 cut │ 2 asks │ 3 receives, sends, lost │ 4 timer, answers │ 5 returns
//! scene  0     │ 1      │ 2                       │ 3
//! ```

use super::plot::Way;
use crate::course::{Cast, narration};
use crate::diagram::space_time::{Party, Tone};
use crate::sim::{Event, EventKind, Micros, NodeId, Scenario, Trace};

/// What travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A client's request.
    Request,
    /// A message between nodes.
    Message,
    /// The answer to a request.
    Answer,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives; what it does there is the matter of a later scene.
    Arrives,
    /// It is lost half-way.
    Lost,
    /// It is still on its way when the run ends.
    UnderWay,
}

/// Something that sets out in a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// What it is.
    pub thing: Thing,
    /// Where it comes from.
    pub from: Party,
    /// Where it goes.
    pub to: Party,
    /// What becomes of it.
    pub fate: Fate,
    /// What it is to the one who sees it.
    pub tone: Tone,
    /// What it says, in a word or two: `write v1`.
    pub words: String,
    /// The edge of the drawing that it travels; `None` if the drawing does not show it.
    pub edge: Option<usize>,
    /// Which way it travels that edge.
    pub way: Way,
}

/// A moment of the merged time: when, and how many things happened before at that time and led to it.
pub type Key = (Micros, u32);

/// Steps of a trace that belong together: those after the last beat's, up to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    pub key: Key,
    pub last: u32,
}

/// What a trace is divided into: its rows, and its scenes. What happens at time 0 is how things stand at the start.
pub struct Beats {
    pub rows: Vec<Beat>,
    pub scenes: Vec<Beat>,
}

impl Beats {
    pub fn of(trace: &Trace) -> Self {
        let mut rows: Vec<Beat> = vec![Beat { key: (Micros(0), 0), last: 0 }];
        let mut depths: Vec<u32> = vec![0];
        for step in 1..=trace.steps() {
            let Some(first) = trace.step(step).first() else { continue };
            let parent = first.cause.and_then(|cause| trace.event(cause)).filter(|cause| cause.at == first.at);
            let depth = parent.and_then(|cause| depths.get(cause.step as usize)).map_or(0, |depth| depth + 1);
            depths.push(depth);
            let last = rows.len() - 1;
            let Beat { key, .. } = rows[last];
            let now = (
                first.at,
                if first.at == Micros(0) { 0 } else { depth.max(if key.0 == first.at { key.1 } else { 0 }) },
            );
            if now == key {
                rows[last].last = step;
            } else {
                rows.push(Beat { key: now, last: step });
            }
        }
        let mut scenes: Vec<Beat> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let before = at.checked_sub(1).map_or(0, |before| rows[before].last);
            match scenes.last_mut() {
                Some(scene) if (before + 1..=row.last).all(|step| only_returns(trace.step(step))) => {
                    scene.last = row.last;
                }
                _ => scenes.push(*row),
            }
        }
        Self { rows, scenes }
    }
}

fn only_returns(events: &[Event]) -> bool {
    events.iter().all(|event| matches!(event.kind, EventKind::Returned { .. }))
}

/// The keys of all, each once, in their order.
pub fn merged<'a>(all: impl Iterator<Item = &'a Vec<Beat>>) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for beat in all.flatten() {
        if let Err(place) = keys.binary_search(&beat.key) {
            keys.insert(place, beat.key);
        }
    }
    keys
}

/// How many steps a trace has taken by that key.
pub fn steps_by(beats: &[Beat], key: Key) -> u32 {
    beats.iter().take_while(|beat| beat.key <= key).last().map_or(0, |beat| beat.last)
}

/// For each step of a trace, the start included, the place of its row among the keys.
pub fn rows_of(beats: &[Beat], keys: &[Key]) -> Vec<usize> {
    let mut rows = vec![0];
    for beat in beats {
        let row = keys.binary_search(&beat.key).unwrap_or_else(|place| place);
        rows.resize(beat.last as usize + 1, row);
    }
    rows
}

/// How things stand at the start, in words.
pub fn start(cast: &Cast, scenario: &Scenario, trace: &Trace, step: u32) -> String {
    let initial = scenario.initial;
    let (both, links) = match cast.nodes.len() {
        2 => ("both", "The link between them works."),
        _ => ("all", "The links between them work."),
    };
    let names: Vec<&str> = cast.nodes.iter().map(String::as_str).collect();
    let stand = format!("{} {both} hold `{initial}`.", listed(&names));
    let cut = trace.cut_links(step);
    if cut.is_empty() {
        return format!("{stand} {links}");
    }
    let mut told = vec![stand];
    for &(from, to) in &cut {
        let (a, b) = (cast.node(from), cast.node(to));
        match (cut.contains(&(to, from)), from < to) {
            (true, true) => told.push(format!("The link between {a} and {b} is cut.")),
            (true, false) => {}
            (false, _) => told.push(format!("What {a} sends to {b} is lost.")),
        }
    }
    told.join(" ")
}

/// What happens in these steps, in words. Where many nodes do the same, one stands for all.
pub fn tell(cast: &Cast, scenario: &Scenario, trace: &Trace, steps: std::ops::RangeInclusive<u32>) -> String {
    let deeds: Vec<u32> = steps.clone().filter(|&step| !only_returns(trace.step(step))).collect();
    let steps: Vec<u32> = if deeds.is_empty() { steps.collect() } else { deeds };
    let mut told: Vec<String> = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let events = trace.step(steps[at]);
        let alike = steps[at..].iter().take_while(|&&step| is_alike(events, trace.step(step))).count().max(1);
        told.push(cast.tell(&narration::tell(scenario, trace, steps[at])));
        let others: Vec<&str> = steps[at + 1..at + alike]
            .iter()
            .filter_map(|&step| actor(trace.step(step)))
            .map(|node| cast.node(node))
            .collect();
        if others.len() > 1 {
            told.push(format!("So it goes at {}.", listed(&others)));
            at += alike;
        } else {
            at += 1;
        }
    }
    told.join(" ")
}

/// The node that acts in a step.
fn actor(events: &[Event]) -> Option<NodeId> {
    match events.first()?.kind {
        EventKind::Received { node, .. } | EventKind::TimedOut { node, .. } => Some(node),
        EventKind::Delivered { to, .. } => Some(to),
        _ => None,
    }
}

/// Whether two nodes do the same in two steps.
fn is_alike(one: &[Event], other: &[Event]) -> bool {
    use std::mem::discriminant;
    actor(one).is_some()
        && one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| match (&a.kind, &b.kind) {
            (EventKind::Stored { value: a, .. }, EventKind::Stored { value: b, .. }) => a == b,
            (a, b) => discriminant(a) == discriminant(b),
        })
}

/// `A`, `A and B`, `A, B and C`.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
