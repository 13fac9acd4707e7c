//! Looking for the patterns of a goal in a drawing, and for what comes nearest where there is none.
//!
//! A message is held against a pattern point by point: its ends, its direction, what becomes of it, what it says. One
//! without a fault is found; of the others the one with the least grave faults is remembered, so that a person can be
//! told what to change instead of only what is missing.

use super::cast::Kind;
use super::rubric::{Actor, Fate, Find, Pattern, Source, Way};
use super::scene::{Message, Scene};
use super::words::SPEAKS;
use crate::diagram::Part;
use crate::diagram::role::Side;

/// What can be wrong with a message, from the first to be told to the last; each has a bit.
pub(super) const FROM: u16 = 1;
pub(super) const TO: u16 = 2;
pub(super) const TURNED: u16 = 4;
pub(super) const FATE: u16 = 8;
pub(super) const CROSSED: u16 = 16;
pub(super) const WAY: u16 = 32;
pub(super) const WORDS: u16 = 64;
pub(super) const FORBIDDEN: u16 = 128;
pub(super) const ORDER: u16 = 256;
/// It says none of the words; this is told as [`WORDS`].
const ELSE: u16 = 512;

/// How grave each of them is.
const GRAVITY: [(u16, u32); 8] =
    [(FROM, 4), (TO, 4), (TURNED, 3), (FATE, 3), (CROSSED, 1), (WAY, 2), (FORBIDDEN, 4), (ORDER, 1)];

/// A message, seen from one of its ends, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    pub message: usize,
    pub from: usize,
    pub to: usize,
    pub faults: u16,
    /// How grave the lack of words is.
    unsaid: u32,
}

impl Sight {
    /// A message as it is drawn, held against nothing.
    pub fn plain(message: usize, from: usize, to: usize) -> Self {
        Self { message, from, to, faults: 0, unsaid: 0 }
    }

    fn gravity(self) -> u32 {
        let faults = GRAVITY.iter().filter(|(fault, _)| self.faults & fault != 0);
        faults.map(|(_, gravity)| gravity).sum::<u32>() + self.unsaid
    }
}

/// What became of looking for a pattern.
pub(super) enum Outcome {
    /// These messages.
    Messages(Vec<Sight>),
    /// This text.
    Label(Part),
    /// It holds without anything to show.
    Holds,
    /// It is not there.
    Miss(Miss),
}

/// Why a pattern is not there.
pub(super) enum Miss {
    /// Nothing comes near it.
    Nothing,
    /// This message does.
    Near(Sight),
    /// It is there for these nodes, but not for enough.
    Few(Vec<usize>),
    /// These messages should not be there.
    There(Vec<Sight>),
    /// The leader reaches these nodes, and so many are there.
    Majority(usize, Vec<usize>, usize),
}

impl Miss {
    /// How far it is from being met.
    pub fn distance(&self) -> u32 {
        match self {
            Self::Nothing => 100,
            Self::Near(sight) => sight.gravity(),
            Self::Few(_) | Self::There(_) | Self::Majority(..) => 1,
        }
    }
}

/// What has been found before.
pub(super) struct Before {
    /// For each goal that is met, its messages.
    pub met: Vec<Vec<usize>>,
    /// For each message, whether it has found its place, so that it is not one that missed another.
    pub placed: Vec<bool>,
}

impl Before {
    /// The step that a message of this pattern must not come before.
    pub fn step(&self, scene: &Scene, pattern: &Pattern) -> Option<u32> {
        let goals = pattern.goals.iter().filter_map(|&goal| self.met.get(goal));
        // Of each goal the first step: that others of its messages come later is no harm.
        goals.filter_map(|messages| messages.iter().filter_map(|&at| scene.messages[at].step).min()).max()
    }
}

/// Looks for a pattern.
pub(super) fn find(scene: &Scene, pattern: &Pattern, side: Side, before: &Before) -> Outcome {
    match pattern.find {
        Find::Message => find_message(scene, pattern, side, before),
        Find::NoMessage => match sights(scene, pattern, side, before) {
            found if found.is_empty() => Outcome::Holds,
            found => Outcome::Miss(Miss::There(found)),
        },
        Find::Label => {
            scene.text(side, pattern.said, pattern.unsaid).map_or(Outcome::Miss(Miss::Nothing), Outcome::Label)
        }
        Find::NoMajority => scene
            .majority(side)
            .map_or(Outcome::Holds, |(leader, reached, of)| Outcome::Miss(Miss::Majority(leader, reached, of))),
    }
}

fn find_message(scene: &Scene, pattern: &Pattern, side: Side, before: &Before) -> Outcome {
    let found = sights(scene, pattern, side, before);
    let mut nodes: Vec<usize> = Vec::new();
    for sight in &found {
        let node = if scene.cast.is(sight.from, Kind::Node) { sight.from } else { sight.to };
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    if !found.is_empty() && nodes.len() >= pattern.nodes.max(1) as usize {
        return Outcome::Messages(found);
    }
    let (mut near, first): (Option<Sight>, _) = (None, before.step(scene, pattern));
    for (at, message) in scene.of_side(side) {
        if nodes.contains(&message.from) || nodes.contains(&message.to) {
            continue;
        }
        for turned in [false, true] {
            let sight = look(scene, pattern, first, (at, message), turned);
            let closer = near.is_none_or(|near| sight.gravity() < near.gravity());
            if closer && comes_near(scene, pattern, sight) && !(misplaced(sight) && before.placed[at]) {
                near = Some(sight);
            }
        }
    }
    Outcome::Miss(match near {
        Some(near) => Miss::Near(near),
        None if found.is_empty() => Miss::Nothing,
        None => Miss::Few(nodes),
    })
}

/// The messages that a pattern describes.
fn sights(scene: &Scene, pattern: &Pattern, side: Side, before: &Before) -> Vec<Sight> {
    let (mut found, first) = (Vec::new(), before.step(scene, pattern));
    for (at, message) in scene.of_side(side) {
        for turned in [false, true] {
            if turned && !message.both && pattern.way != Way::Either {
                continue;
            }
            let sight = look(scene, pattern, first, (at, message), turned);
            if sight.faults == 0 {
                found.push(sight);
            }
        }
    }
    found
}

/// Whether a message with faults is likely meant for the pattern.
fn comes_near(scene: &Scene, pattern: &Pattern, sight: Sight) -> bool {
    let is = |fault: u16| sight.faults & fault != 0;
    // An answer is not a question that points the wrong way.
    let with_client = scene.cast.is(sight.from, Kind::Client) || scene.cast.is(sight.to, Kind::Client);
    if is(TURNED) && with_client && scene.messages[sight.message].says & scene.answers & !pattern.said != 0 {
        return false;
    }
    let told = pattern.said & !SPEAKS != 0 && !is(WORDS);
    if is(FROM) || is(TO) || is(TURNED) {
        told && !(is(FROM) && is(TO)) && !is(FORBIDDEN)
    } else {
        told || !is(FORBIDDEN) || pattern.fate != Fate::Arrives
    }
}

/// Whether the arrow itself is in the wrong place, and not only its words.
fn misplaced(sight: Sight) -> bool {
    sight.faults & (FROM | TO | TURNED | FATE | WAY | FORBIDDEN | ELSE) != 0
}

impl Pattern {
    /// Whether a message that it describes has found its place. Who only asks that there is some message, whatever
    /// becomes of it, does not say so.
    pub(super) fn places(&self) -> bool {
        self.find == Find::Message && self.fate != Fate::Any
    }
}

fn look(scene: &Scene, pattern: &Pattern, first: Option<u32>, (at, message): (usize, &Message), turned: bool) -> Sight {
    let (from, to) = if turned { (message.to, message.from) } else { (message.from, message.to) };
    let mut faults = 0;
    let mut note = |fault: u16, is: bool| faults |= if is { fault } else { 0 };
    note(FROM, !plays(scene, pattern.from, from, to));
    note(TO, !plays(scene, pattern.to, to, from));
    note(TURNED, turned && !message.both && pattern.way != Way::Either);
    note(WAY, pattern.way == Way::Arrow && message.both || pattern.way == Way::Line && !message.both);
    let wants_lost = matches!(pattern.fate, Fate::Lost | Fate::Cut);
    note(FATE, wants_lost && !message.lost || pattern.fate == Fate::Arrives && message.lost);
    note(CROSSED, pattern.fate == Fate::Cut && message.lost && scene.are_joined(from, to));
    let silent = message.says & SPEAKS == 0;
    let notes = silent || pattern.words == Source::MessageAndNotes;
    let said = message.says | if notes { scene.notes(message) } else { 0 };
    let missing = pattern.said & !said;
    note(WORDS, missing != 0);
    note(ELSE, missing != 0 && missing == pattern.said);
    note(FORBIDDEN, message.says & pattern.unsaid != 0);
    note(ORDER, first.is_some_and(|first| message.step.is_some_and(|step| step < first)));
    // A message that says something else altogether was hardly meant.
    let unsaid = missing.count_ones() * 2 + if !silent && missing == pattern.said { 2 } else { 0 };
    Sight { message: at, from, to, faults, unsaid: if missing == 0 { 0 } else { unsaid } }
}

fn plays(scene: &Scene, actor: Actor, party: usize, other: usize) -> bool {
    match actor {
        Actor::Anyone => true,
        Actor::Client => scene.cast.is(party, Kind::Client),
        Actor::Asker => scene.cast.is(party, Kind::Client) && scene.has_asked(party, other),
        Actor::Node => scene.cast.is(party, Kind::Node),
        Actor::Leader => scene.leads(party),
    }
}
