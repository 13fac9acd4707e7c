//! What is asked of a drawing, as data that an author can change without touching Rust.
//!
//! A rubric has word lists (what counts as "an error", who is "a client") and goals. A goal is met in one of several
//! ways; a way is a list of patterns that must all hold. `docs/rubric.md` explains every field; the practice
//! challenge's own rubric is `src/course/rubric.json`. Reading one checks it, so that a [`Rubric`] can always be used.

use serde::Deserialize;

use super::words::{DENIES, Lexicon, Phrase, SPEAKS, Words};
use crate::diagram::role::Side;

/// The format's name, which every rubric file begins with.
pub const FORMAT: &str = "partition-lab-rubric";

/// The version of the format that is read.
pub const VERSION: u32 = 1;

/// More concepts than this have no bit to stand for them.
const MOST_CONCEPTS: usize = 48;

/// The system that a goal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    /// The system it is about.
    pub side: About,
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
    pub hints: [String; 3],
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// One thing to find in a drawing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// What.
    #[serde(default)]
    pub find: Find,
    /// In which system, if not in that of the goal.
    #[serde(default)]
    pub side: Option<Side>,
    /// Who sends it.
    #[serde(default)]
    pub from: Actor,
    /// Who gets it.
    #[serde(default)]
    pub to: Actor,
    /// What kind of line it is.
    #[serde(default)]
    pub way: Way,
    /// What becomes of it.
    #[serde(default)]
    pub fate: Fate,
    /// The concepts that it says, all of them; `words` stands for any words at all.
    #[serde(default)]
    pub says: Vec<String>,
    /// The concepts that it does not say, none of them.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// On how many different nodes there must be one.
    #[serde(default = "one")]
    pub nodes: u32,
    /// Whose words count.
    #[serde(default)]
    pub words: Source,
    /// Earlier goals whose messages have no greater step number than this one.
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(skip)]
    pub(super) said: u64,
    #[serde(skip)]
    pub(super) unsaid: u64,
    #[serde(skip)]
    pub(super) goals: Vec<usize>,
}

/// Where the words of a message are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// On the message; if it has none, on the notes at its ends.
    #[default]
    Message,
    /// On the message and on the notes at its ends.
    MessageAndNotes,
}

/// Something a label can say, and the words for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its name in patterns.
    pub id: String,
    /// It as a clause, behind "it does not say": "that the quorum is lost".
    pub says: String,
    /// The words and phrases for it.
    pub words: Vec<String>,
}

/// One of the two systems.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// What it is called in sentences: "CP system".
    pub name: String,
    /// The words of a title that name it, the surest first.
    pub words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Systems {
    cp: System,
    ap: System,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    client: Vec<String>,
    node: Vec<String>,
    leader: Vec<String>,
    follower: Vec<String>,
    relay: Vec<String>,
}

/// A rubric as it is written, not yet checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    format: String,
    version: u32,
    title: String,
    #[serde(default)]
    pass: Option<u32>,
    deny: Vec<String>,
    ignore: Vec<String>,
    roles: Roles,
    systems: Systems,
    concepts: Vec<Concept>,
    goals: Vec<Goal>,
}

/// A checked rubric.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
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
    pub(super) systems: [System; 2],
    pub(super) phrases: [Vec<Phrase>; 2],
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

/// What is wrong with a rubric: the goal or concept, and a sentence.
pub(super) struct Fault {
    /// Its id.
    pub id: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    fn new(id: &str, message: impl Into<String>) -> Self {
        Self { id: id.to_owned(), message: message.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl TryFrom<Written> for Rubric {
    type Error = Fault;

    fn try_from(written: Written) -> Result<Self, Fault> {
        let Written { format, version, title, pass, deny, ignore, roles, systems, concepts, mut goals } = written;
        if format != FORMAT {
            return Err(Fault::new("format", format!("This is no rubric: its `format` is not `{FORMAT}`.")));
        }
        if version != VERSION {
            let message = format!("The rubric is of version {version}, and this program reads version {VERSION}.");
            return Err(Fault::new("version", message));
        }
        let known = known(&concepts)?;
        let mut lexicon = Lexicon::new(known.all & !known.write & !known.replicate);
        for (at, concept) in concepts.iter().enumerate() {
            fill(&mut lexicon, &concept.words, 1 << at, &concept.id)?;
        }
        fill(&mut lexicon, &deny, DENIES, "deny")?;
        fill(&mut lexicon, &ignore, 0, "ignore")?;
        fill(&mut lexicon, &roles.client, CLIENT, "client")?;
        fill(&mut lexicon, &roles.node, NODE, "node")?;
        fill(&mut lexicon, &roles.leader, LEADER, "leader")?;
        fill(&mut lexicon, &roles.follower, FOLLOWER, "follower")?;
        fill(&mut lexicon, &roles.relay, RELAY, "relay")?;
        let systems = [systems.cp, systems.ap];
        let phrases = [phrases(&systems[0].words, 0, "cp")?, phrases(&systems[1].words, 0, "ap")?];
        let mut of: u32 = 0;
        for at in 0..goals.len() {
            let (before, rest) = goals.split_at_mut(at);
            check(&mut rest[0], before, &concepts)?;
            of = of.saturating_add(rest[0].points);
        }
        if of == 0 {
            return Err(Fault::new("goals", "The rubric has no goal that is worth a point: give it one."));
        }
        let pass = pass.unwrap_or(of);
        if pass == 0 || pass > of {
            let message = format!("`pass` is {pass}, but all goals together are worth {of}: let it be 1 to {of}.");
            return Err(Fault::new("pass", message));
        }
        Ok(Self { title, pass, of, goals, concepts, systems, phrases, lexicon, known })
    }
}

fn known(concepts: &[Concept]) -> Result<Known, Fault> {
    if concepts.len() > MOST_CONCEPTS {
        let message = format!("There are {} concepts; at most {MOST_CONCEPTS} can be told apart.", concepts.len());
        return Err(Fault::new("concepts", message));
    }
    for (at, concept) in concepts.iter().enumerate() {
        if concept.id == "words" || concepts[..at].iter().any(|other| other.id == concept.id) {
            let message = format!("The concept `{}` is there already: give this one another id.", concept.id);
            return Err(Fault::new(&concept.id, message));
        }
    }
    let bit = |id: &str| concepts.iter().position(|concept| concept.id == id).map_or(0, |at| 1 << at);
    let all = (1 << concepts.len()) - 1;
    Ok(Known {
        write: bit("write"),
        replicate: bit("replicate"),
        cut: bit("cut"),
        error: bit("error"),
        success: bit("success"),
        all,
    })
}

fn phrases(words: &[String], means: u64, of: &str) -> Result<Vec<Phrase>, Fault> {
    let mut read = Vec::with_capacity(words.len());
    for text in words {
        let Some(phrase) = Phrase::read(text, means) else {
            let message = format!("`{text}`, a phrase of `{of}`, must begin with a word: put one before the star.");
            return Err(Fault::new(of, message));
        };
        read.push(phrase);
    }
    Ok(read)
}

fn fill(lexicon: &mut Lexicon, words: &[String], means: u64, of: &str) -> Result<(), Fault> {
    for phrase in phrases(words, means, of)? {
        lexicon.add(phrase);
    }
    Ok(())
}

fn check(goal: &mut Goal, before: &[Goal], concepts: &[Concept]) -> Result<(), Fault> {
    let Goal { id, side, needs, .. } = goal;
    let fault = |message: String| Err(Fault::new(id, format!("Goal `{id}`: {message}")));
    if before.iter().any(|other| other.id == *id) {
        return fault("there is a goal of that id already; give this one another.".to_owned());
    }
    if needs.is_empty() || needs.iter().any(Vec::is_empty) {
        return fault(
            "`needs` is empty, so that nothing can meet it: write at least one pattern in each list.".to_owned(),
        );
    }
    for pattern in needs.iter_mut().flatten() {
        if *side == About::Both && pattern.side.is_none() {
            return fault("it is about both systems, so each pattern must say its `side`, `cp` or `ap`.".to_owned());
        }
        pattern.said = match bits(&pattern.says, concepts) {
            Ok(bits) => bits,
            Err(word) => return fault(no_concept(word)),
        };
        pattern.unsaid = match bits(&pattern.lacks, concepts) {
            Ok(bits) => bits,
            Err(word) => return fault(no_concept(word)),
        };
        if pattern.find == Find::Label && pattern.said == 0 {
            return fault("a pattern that finds a label needs `says`: which concept?".to_owned());
        }
        for earlier in &pattern.after {
            match before.iter().position(|other| other.id == *earlier) {
                Some(at) => pattern.goals.push(at),
                None => return fault(format!("`after` names `{earlier}`, which is no goal above this one.")),
            }
        }
    }
    Ok(())
}

fn no_concept(word: &str) -> String {
    format!("there is no concept `{word}`; add it to `concepts`, or use the id of one that is there.")
}

fn bits<'a>(ids: &'a [String], concepts: &[Concept]) -> Result<u64, &'a str> {
    let mut bits = 0;
    for id in ids {
        bits |= match concepts.iter().position(|concept| concept.id == *id) {
            Some(at) => 1 << at,
            None if id == "words" => SPEAKS,
            None => return Err(id),
        };
    }
    Ok(bits)
}

impl Rubric {
    /// What a sentence calls that system.
    pub(super) fn name(&self, side: Side) -> &str {
        &self.systems[side as usize].name
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
