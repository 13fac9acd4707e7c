//! Why a goal is met or not, in a sentence about what is drawn.

use super::cast::{Kind, Party};
use super::pattern::{CROSSED, FATE, FORBIDDEN, FROM, Miss, ORDER, Sight, TO, TURNED, WAY, WORDS};
use super::rubric::{Actor, Fate, Goal, Pattern, Rubric};
use super::scene::{Message, Scene};
use super::words::SPEAKS;
use crate::diagram::edit::step_number;
use crate::diagram::role::Side;
use crate::diagram::{Edge, Part};

/// How many characters of a text a sentence quotes.
const QUOTED: usize = 60;

/// How many characters of a name it gives.
const NAMED: usize = 30;

/// How many names it lists.
const LISTED: usize = 4;

/// Where names of nodes end and remarks on them begin: `Node A - Leader`.
const REMARKS: [&str; 7] = [" - ", " – ", " — ", " (", ": ", ", ", "/"];

/// What a person is told of an unmet goal: the sentence, and the parts it is about.
pub(super) struct Told {
    pub reason: String,
    pub parts: Vec<Part>,
}

/// The sentence of a goal that is met, with what was found in its place.
pub(super) fn met(scene: &Scene, goal: &Goal, sights: &[Sight], label: Option<&Part>) -> String {
    let mut sentence = goal.met.clone();
    if let Some(part) = label {
        sentence = sentence.replace("{text}", &quote(&scene.diagram.text_of(part)));
    }
    let Some(first) = sights.first() else { return sentence };
    let mut nodes = Vec::new();
    for sight in sights {
        let node = if scene.cast.is(sight.from, Kind::Node) { sight.from } else { sight.to };
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    let text = text(scene, &scene.messages[first.message]);
    let text = if text.is_empty() { "message".to_owned() } else { quote(&text) };
    let names = if sentence.contains("{nodes}") { list(scene, &nodes) } else { String::new() };
    let [from, to] = [first.from, first.to].map(|party| name(scene, party));
    for (place, found) in [("{from}", from), ("{to}", to), ("{nodes}", names), ("{text}", text)] {
        sentence = sentence.replace(place, &found);
    }
    capital(&sentence)
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The sentence of a goal that is not met.
pub(super) fn unmet(scene: &Scene, rubric: &Rubric, goal: &Goal, pattern: &Pattern, side: Side, miss: &Miss) -> Told {
    match miss {
        Miss::Nothing => {
            let reason = goal.missing.replace("{system}", rubric.name(side));
            Told { reason, parts: around(scene, pattern, side) }
        }
        Miss::Near(sight) => {
            let message = &scene.messages[sight.message];
            Told { reason: fault(scene, rubric, pattern, *sight), parts: scene.parts(message) }
        }
        Miss::Few(nodes) => {
            let others: Vec<usize> = scene.nodes_of(side).filter(|at| !nodes.contains(at)).collect();
            let reason = if others.is_empty() {
                format!("So far only {} does; another node must, too.", list(scene, nodes))
            } else {
                format!("So far only {} does; {} must, too.", list(scene, nodes), either(scene, &others))
            };
            let shown = if others.is_empty() { nodes } else { &others };
            Told { reason, parts: shown.iter().filter_map(|&at| scene.cast.part(scene.diagram, at)).collect() }
        }
        Miss::There(sights) => {
            let parts = sights.iter().flat_map(|sight| scene.parts(&scene.messages[sight.message])).collect();
            let reason = sights.first().map_or_else(String::new, |sight| {
                let clause = rubric.clause(pattern.said);
                format!("{} says {clause}.", subject(scene, *sight, Quote::Yes))
            });
            Told { reason, parts }
        }
        Miss::Majority(leader, reached, of) => {
            let others: Vec<usize> = reached.iter().copied().filter(|at| at != leader).collect();
            let reason = format!(
                "{} still reaches {}: {} of {of} nodes are a majority, so the quorum is not lost.",
                name(scene, *leader),
                list(scene, &others),
                reached.len(),
            );
            Told { reason, parts: others.iter().filter_map(|&at| scene.cast.part(scene.diagram, at)).collect() }
        }
    }
}

/// Whether a sentence quotes the message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Yes,
    No,
}

/// What is wrong with the message that comes nearest.
fn fault(scene: &Scene, rubric: &Rubric, pattern: &Pattern, sight: Sight) -> String {
    let message = &scene.messages[sight.message];
    let is = |fault: u16| sight.faults & fault != 0;
    let [from, to] = [sight.from, sight.to].map(|party| name(scene, party));
    let text = text(scene, message);
    let quoted = if text.is_empty() { "The arrow".to_owned() } else { quote(&text) };
    if is(FROM) {
        format!("{quoted} comes from {from}, but must come from {}.", actor(pattern.from))
    } else if is(TO) {
        format!("{quoted} goes to {to}, but must go to {}.", actor(pattern.to))
    } else if is(TURNED) {
        format!("{quoted} points from {to} to {from}: turn the arrow round.")
    } else if is(FATE) && pattern.fate == Fate::Arrives {
        format!("{} is drawn as lost: make it solid, so that it arrives.", subject(scene, sight, Quote::Yes))
    } else if is(FATE) {
        format!("{} is drawn solid, as if it arrived: make it dotted.", subject(scene, sight, Quote::Yes))
    } else if is(CROSSED) {
        crossed(scene, sight)
    } else if is(WAY) {
        format!("The line between {from} and {to} does not say who sends: draw an arrow from {from} to {to}.")
    } else if is(WORDS) {
        let clause = rubric.clause(pattern.said & !message.says);
        let subject = subject(scene, sight, Quote::No);
        if message.says & SPEAKS == 0 {
            format!("{subject} has no words: let it say {clause}.")
        } else {
            format!("{subject} says {}: it does not say {clause}.", quote(&text))
        }
    } else if is(FORBIDDEN) {
        let clause = rubric.clause(pattern.unsaid & message.says);
        format!("{} says {clause}, and should not.", subject(scene, sight, Quote::Yes))
    } else {
        debug_assert!(is(ORDER), "a message that comes near has a fault");
        let step = message.step.unwrap_or_default();
        format!(
            "{} is step {step}, before what it can only follow: number it later.",
            subject(scene, sight, Quote::Yes)
        )
    }
}

/// Something else gets across between the ends of a lost message.
fn crossed(scene: &Scene, sight: Sight) -> String {
    let ends = [sight.from, sight.to];
    let other = scene.messages.iter().position(|m| !m.lost && ends.contains(&m.from) && ends.contains(&m.to));
    let [from, to] = ends.map(|party| name(scene, party));
    match other {
        Some(message) => {
            let Message { from, to, .. } = scene.messages[message];
            let subject = subject(scene, Sight::plain(message, from, to), Quote::Yes);
            format!("{subject} is drawn solid, so something still crosses the cut: make it dotted, too.")
        }
        None => format!("{from} and {to} still reach each other through other nodes, so nothing is cut."),
    }
}

/// `Node A's answer to Client`, with or without what it says.
fn subject(scene: &Scene, sight: Sight, quoting: Quote) -> String {
    let [from, to] = [sight.from, sight.to].map(|party| name(scene, party));
    let noun = if scene.cast.is(sight.from, Kind::Client) {
        "request"
    } else if scene.cast.is(sight.to, Kind::Client) {
        "answer"
    } else {
        "message"
    };
    let text = text(scene, &scene.messages[sight.message]);
    if quoting == Quote::No || text.is_empty() {
        format!("{from}'s {noun} to {to}")
    } else {
        format!("{from}'s {noun} to {to}, {},", quote(&text))
    }
}

fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Anyone => "somebody",
        Actor::Client => "a client",
        Actor::Asker => "the client that asked",
        Actor::Node => "a node",
        Actor::Leader => "the leader",
    }
}

/// What a message says, without its number.
fn text(scene: &Scene, message: &Message) -> String {
    let of = |edge: usize| scene.diagram.edges.get(edge).map(Edge::visible).unwrap_or_default();
    let [first, second] = message.edges;
    let through = message.through.map(|party| scene.cast.parties[party].text.clone()).unwrap_or_default();
    // Of a message drawn in two pieces, the piece that has words; the node between them, if it is all that speaks.
    let pieces = [of(first), of(second), through];
    let text = pieces.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
    let words = step_number(&text).map_or(text.as_str(), |(_, rest)| rest);
    words.to_owned()
}

fn quote(text: &str) -> String {
    let words = step_number(text).map_or(text, |(_, rest)| rest);
    format!("“{}”", shortened(words, QUOTED))
}

/// One line of at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    let mut short = String::new();
    for (at, c) in text.trim().chars().enumerate() {
        if at == most {
            short.push('…');
            break;
        }
        short.push(if c.is_whitespace() { ' ' } else { c });
    }
    short
}

/// What a sentence calls a party: its label up to the first remark, unless another goes by the same name.
fn name(scene: &Scene, party: usize) -> String {
    let Party { text: label, side, .. } = &scene.cast.parties[party];
    let short = brief(label);
    let is_shared = scene.cast.parties[..scene.cast.nodes]
        .iter()
        .any(|other| other.side == *side && other.text != *label && brief(&other.text) == short);
    let shown = shortened(if is_shared { label } else { short }, NAMED);
    if shown.is_empty() { super::cast::ids(scene.diagram).nth(party).unwrap_or_default().to_owned() } else { shown }
}

fn brief(label: &str) -> &str {
    let end = REMARKS.iter().filter_map(|remark| label.find(remark)).min().unwrap_or(label.len());
    let short = label[..end].trim();
    if short.is_empty() { label } else { short }
}

/// `Node A`, `Node A and Node B`, `Node A, Node B and Node C`; of many, the first few and how many more there are.
fn list(scene: &Scene, parties: &[usize]) -> String {
    joined(scene, parties, " and ")
}

fn either(scene: &Scene, parties: &[usize]) -> String {
    joined(scene, parties, " or ")
}

fn joined(scene: &Scene, parties: &[usize], before_last: &str) -> String {
    let shown = if parties.len() > LISTED { LISTED - 1 } else { parties.len() };
    let mut names: Vec<String> = parties[..shown].iter().map(|&party| name(scene, party)).collect();
    if shown < parties.len() {
        names.push(format!("{} more", parties.len() - shown));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => rest.join(", ") + before_last + last,
        _ => names.concat(),
    }
}

/// Where something is missing: whoever would send it and get it, or the frame of the system.
fn around(scene: &Scene, pattern: &Pattern, side: Side) -> Vec<Part> {
    let mut shown: Vec<usize> = Vec::new();
    for actor in [pattern.from, pattern.to] {
        let fits = |at: usize| match actor {
            Actor::Client | Actor::Asker => scene.cast.is(at, Kind::Client),
            Actor::Anyone | Actor::Node => scene.cast.is(at, Kind::Node),
            Actor::Leader => scene.leads(at),
        };
        let here = |at: usize| scene.cast.parties[at].side == Some(side);
        shown.extend((0..scene.cast.nodes).find(|&at| here(at) && fits(at) && !shown.contains(&at)));
    }
    if shown.is_empty() {
        shown
            .extend((scene.cast.nodes..scene.cast.parties.len()).find(|&at| scene.cast.parties[at].side == Some(side)));
    }
    shown.into_iter().filter_map(|at| scene.cast.part(scene.diagram, at)).collect()
}
