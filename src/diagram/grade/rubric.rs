//! What is asked of a drawing, as data that an author can change without touching Rust.
//!
//! A rubric has word lists (what counts as "an error", who is "a client") and goals. A goal is met in one of several
//! ways; a way is a list of patterns that must all hold. `docs/rubric.md` explains every field; the practice
//! challenge's own rubric is `src/course/rubric.json`. Reading one checks it, so that a [`Rubric`] can always be used.

mod fault;
mod ready;

use serde::Deserialize;

use super::words::{Lexicon, Phrase, Words};
use crate::diagram::role::Side;

/// The format's name, which every rubric file begins with.
pub const FORMAT: &str = "partition-lab-rubric";

/// The version of the format that is read.
pub const VERSION: u32 = 1;

/// More concepts than this have no bit to stand for them.
const MOST_CONCEPTS: usize = 48;

/// The system that a goal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The consistent one.
    Cp,
    /// The available one.
    Ap,
    /// Both; each pattern says which.
    Both,
}

/// One line of the checklist.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Its name in files, never shown.
    pub id: String,
    side: String,
    /// The line of the checklist.
    pub title: String,
    /// Why it matters, in one sentence.
    pub why: String,
    /// What it is worth.
    #[serde(default = "one")]
    pub points: u32,
    /// The ways to meet it; in each, every pattern must hold.
    pub needs: Vec<Vec<Pattern>>,
    /// The sentence when it is met. `{from}`, `{to}`, `{text}` and `{nodes}` stand for what was found.
    pub met: String,
    /// The sentence when nothing comes near it.
    pub missing: String,
    /// Three rungs of help: a nudge, a pointer, a worked step.
    pub hints: Vec<String>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Find {
    /// A message.
    #[default]
    Message,
    /// That there is no such message.
    NoMessage,
    /// A text anywhere in the system: on a node, an arrow, a note or a frame.
    Label,
    /// That the leader and those it can reach are no majority of the nodes.
    NoMajority,
}

/// Who is at an end of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// A client or a node.
    #[default]
    Anyone,
    /// A client.
    Client,
    /// A client that has asked the node at the other end, or has asked nobody.
    Asker,
    /// Any node that stores, the leader too.
    Node,
    /// The node that leads.
    Leader,
}

/// What kind of line a message may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// An arrow from the one to the other, or a line without a direction.
    #[default]
    Forward,
    /// Only an arrow from the one to the other.
    Arrow,
    /// Only a line without a direction: no head, or a head at both ends.
    Line,
    /// An arrow in either direction, or a line.
    Either,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It arrives: solid or thick.
    #[default]
    Arrives,
    /// It is lost: dotted, or a head that is a cross.
    Lost,
    /// It is lost, and nothing else gets across between the two either.
    Cut,
    /// Either.
    Any,
}

/// One thing to find in a drawing. How its words are written is for the file alone; what they mean is in the fields
/// below them, once the rubric is made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pattern {
    #[serde(rename = "find")]
    find_word: String,
    #[serde(rename = "side")]
    side_word: String,
    #[serde(rename = "from")]
    from_word: String,
    #[serde(rename = "to")]
    to_word: String,
    #[serde(rename = "way")]
    way_word: String,
    #[serde(rename = "fate")]
    fate_word: String,
    #[serde(rename = "words")]
    source_word: String,
    says: Vec<String>,
    lacks: Vec<String>,
    after: Vec<String>,
    /// On how many different nodes there must be one.
    pub nodes: u32,
    /// What.
    #[serde(skip)]
    pub find: Find,
    /// In which system, if not in that of the goal.
    #[serde(skip)]
    pub side: Option<Side>,
    /// Who sends it.
    #[serde(skip)]
    pub from: Actor,
    /// Who gets it.
    #[serde(skip)]
    pub to: Actor,
    /// What kind of line it is.
    #[serde(skip)]
    pub way: Way,
    /// What becomes of it.
    #[serde(skip)]
    pub fate: Fate,
    /// Whose words count.
    #[serde(skip)]
    pub words: Source,
    /// The concepts that it says, all of them.
    #[serde(skip)]
    pub(super) said: u64,
    /// The concepts that it does not say, none of them.
    #[serde(skip)]
    pub(super) unsaid: u64,
    /// The earlier goals whose messages have no greater step number than this one.
    #[serde(skip)]
    pub(super) goals: Vec<usize>,
}

const FINDS: [(&str, Find); 4] = [
    ("message", Find::Message),
    ("no_message", Find::NoMessage),
    ("label", Find::Label),
    ("no_majority", Find::NoMajority),
];
const SIDES: [(&str, Side); 2] = [("cp", Side::Cp), ("ap", Side::Ap)];
const ACTORS: [(&str, Actor); 5] = [
    ("anyone", Actor::Anyone),
    ("client", Actor::Client),
    ("asker", Actor::Asker),
    ("node", Actor::Node),
    ("leader", Actor::Leader),
];
const WAYS: [(&str, Way); 4] =
    [("forward", Way::Forward), ("arrow", Way::Arrow), ("line", Way::Line), ("either", Way::Either)];
const FATES: [(&str, Fate); 4] =
    [("arrives", Fate::Arrives), ("lost", Fate::Lost), ("cut", Fate::Cut), ("any", Fate::Any)];
const SOURCES: [(&str, Source); 2] = [("message", Source::Message), ("message_and_notes", Source::MessageAndNotes)];

/// What a word means.
fn meant<T: Copy>(word: &str, all: &[(&str, T)]) -> Option<T> {
    all.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Where the words of a message are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// On the message; if it has none, on the notes at its ends.
    #[default]
    Message,
    /// On the message and on the notes at its ends.
    MessageAndNotes,
}

/// A list of words: something a label can say, a role, or a system.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its name in patterns.
    pub id: String,
    /// It as a clause, behind "it does not say": "that the quorum is lost". Of a system, its name: "CP system".
    #[serde(default)]
    pub says: String,
    /// The words and phrases for it; of a system, the surest first.
    pub words: Vec<String>,
}

/// A rubric as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    format: String,
    version: u32,
    title: String,
    #[serde(default)]
    pass: u32,
    lists: Vec<Concept>,
    concepts: Vec<Concept>,
    goals: Vec<Goal>,
}

/// A rubric.
#[derive(Deserialize)]
#[serde(from = "Written")]
pub struct Rubric {
    /// What is graded.
    pub title: String,
    /// How many points pass.
    pub pass: u32,
    /// The points of all goals together.
    pub of: u32,
    /// The goals, in the order of the checklist.
    pub goals: Vec<Goal>,
    /// What labels can say; the bit of a concept is its place.
    pub(super) concepts: Vec<Concept>,
    names: [String; 2],
    phrases: [Vec<Phrase>; 2],
    pub(super) lexicon: Lexicon,
    /// The concepts by which a drawing is understood before it is graded.
    pub(super) known: Known,
}

/// The bits of the concepts that a drawing cannot be read without; 0 for one that the rubric lacks.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    pub write: u64,
    pub replicate: u64,
    pub cut: u64,
    pub error: u64,
    pub success: u64,
    pub all: u64,
}

impl Known {
    /// What only an answer says.
    pub fn answers(self) -> u64 {
        self.error | self.success
    }
}

/// The bits of the roles.
pub(super) const CLIENT: u64 = 1 << 56;
pub(super) const NODE: u64 = 1 << 57;
pub(super) const LEADER: u64 = 1 << 58;
pub(super) const FOLLOWER: u64 = 1 << 59;
pub(super) const RELAY: u64 = 1 << 60;
pub(super) const ROLES: u64 = CLIENT | NODE | LEADER | FOLLOWER | RELAY;

fn one() -> u32 {
    1
}

impl Goal {
    /// The system it is about.
    pub fn about(&self) -> About {
        match meant(&self.side, &SIDES) {
            Some(Side::Cp) => About::Cp,
            Some(Side::Ap) => About::Ap,
            None => About::Both,
        }
    }
}

impl Rubric {
    /// What a sentence calls that system.
    pub(super) fn name(&self, side: Side) -> &str {
        &self.names[side as usize]
    }

    /// The clause for the first of these meanings: "that the quorum is lost".
    pub(super) fn clause(&self, means: u64) -> &str {
        let at = means.trailing_zeros() as usize;
        self.concepts.get(at).map_or("what it is about", |concept| concept.says.as_str())
    }

    /// The system that a text names: by its first word in the rubric, or else by whichever word stands first.
    pub(super) fn side_of(&self, words: &Words) -> Option<Side> {
        let first =
            |phrases: &[Phrase]| phrases.iter().filter_map(|phrase| words.find(phrase)).min().unwrap_or(usize::MAX);
        let [cp, ap] = [first(&self.phrases[0]), first(&self.phrases[1])];
        match self.side_of_node(words) {
            None if cp < ap && !self.both(words) => Some(Side::Cp),
            None if ap < cp && !self.both(words) => Some(Side::Ap),
            side => side,
        }
    }

    fn named(&self, words: &Words) -> [bool; 2] {
        [0, 1].map(|side| self.phrases[side].first().is_some_and(|phrase| words.find(phrase).is_some()))
    }

    fn both(&self, words: &Words) -> bool {
        self.named(words) == [true, true]
    }

    /// The system that a node's own label names, by the surest word alone.
    pub(super) fn side_of_node(&self, words: &Words) -> Option<Side> {
        match self.named(words) {
            [true, false] => Some(Side::Cp),
            [false, true] => Some(Side::Ap),
            _ => None,
        }
    }
}
