//! Makes a rubric that can be used of one that is written: every word gets its meaning, as a bit.

use super::{
    ACTORS, CLIENT, Concept, FATES, FINDS, FOLLOWER, Goal, Known, LEADER, MOST_CONCEPTS, NODE, RELAY, Rubric, SIDES,
    SOURCES, WAYS, Written, meant,
};
use crate::diagram::grade::words::{DENIES, Lexicon, Phrase, SPEAKS};

/// The lists that every rubric knows, besides its concepts, and the bits of their meanings.
pub(super) const LISTS: [(&str, u64); 9] = [
    ("deny", DENIES),
    ("ignore", 0),
    ("client", CLIENT),
    ("node", NODE),
    ("leader", LEADER),
    ("follower", FOLLOWER),
    ("relay", RELAY),
    ("cp", 0),
    ("ap", 0),
];

/// Never said: the bit of a concept that the rubric lacks.
const UNKNOWN: u64 = 1 << 61;

impl From<Written> for Rubric {
    /// What is wrong with it is for [`crate::diagram::grade::read`] to say; here, what means nothing is never found.
    fn from(written: Written) -> Self {
        let Written { title, pass, lists, concepts, mut goals, .. } = written;
        let known = known(&concepts);
        let mut lexicon = Lexicon::new(known.all & !known.write & !known.replicate);
        let mut names = [const { String::new() }; 2];
        let mut phrases = [const { Vec::new() }; 2];
        for (at, concept) in concepts.iter().enumerate() {
            read(concept, 1 << at).for_each(|phrase| lexicon.add(phrase));
        }
        for list in lists {
            if let Some(side) = meant(&list.id, &SIDES) {
                phrases[side as usize] = read(&list, 0).collect();
                names[side as usize] = list.says;
            } else if let Some(means) = meant(&list.id, &LISTS) {
                read(&list, means).for_each(|phrase| lexicon.add(phrase));
            }
        }
        let mut of: u32 = 0;
        for at in 0..goals.len() {
            let (before, rest) = goals.split_at_mut(at);
            complete(&mut rest[0], before, &concepts);
            of = of.saturating_add(rest[0].points);
        }
        let pass = if pass == 0 { of } else { pass };
        Self { title, pass, of, goals, concepts, names, phrases, lexicon, known }
    }
}

fn known(concepts: &[Concept]) -> Known {
    let bit = |id: &str| concepts.iter().position(|concept| concept.id == id).map_or(0, |at| 1 << at);
    let all = (1 << concepts.len().min(MOST_CONCEPTS)) - 1;
    let [write, replicate, cut] = ["write", "replicate", "cut"].map(bit);
    Known { write, replicate, cut, error: bit("error"), success: bit("success"), all }
}

fn read(list: &Concept, means: u64) -> impl Iterator<Item = Phrase> {
    list.words.iter().filter_map(move |text| Phrase::read(text, means))
}

/// Gives the words of a goal's patterns their meanings.
fn complete(goal: &mut Goal, before: &[Goal], concepts: &[Concept]) {
    let of_goal = meant(&goal.side, &SIDES);
    for pattern in goal.needs.iter_mut().flatten() {
        pattern.find = meant(&pattern.find_word, &FINDS).unwrap_or_default();
        pattern.side = meant(&pattern.side_word, &SIDES).or(of_goal);
        pattern.from = meant(&pattern.from_word, &ACTORS).unwrap_or_default();
        pattern.to = meant(&pattern.to_word, &ACTORS).unwrap_or_default();
        pattern.way = meant(&pattern.way_word, &WAYS).unwrap_or_default();
        pattern.fate = meant(&pattern.fate_word, &FATES).unwrap_or_default();
        pattern.words = meant(&pattern.source_word, &SOURCES).unwrap_or_default();
        pattern.said = bits(&pattern.says, concepts);
        pattern.unsaid = bits(&pattern.lacks, concepts);
        let place = |id: &String| before.iter().position(|goal| goal.id == *id);
        pattern.goals = pattern.after.iter().filter_map(place).collect();
    }
}

fn bits(ids: &[String], concepts: &[Concept]) -> u64 {
    let bit = |id: &String| match concepts.iter().position(|concept| concept.id == *id) {
        Some(at) => 1 << at,
        None if id == "words" => SPEAKS,
        None => UNKNOWN,
    };
    ids.iter().map(bit).fold(0, |all, bit| all | bit)
}
