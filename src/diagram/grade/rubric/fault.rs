//! What is wrong with a rubric, in sentences for its author.
//!
//! Only a rubric that comes from a file is checked: the page has the one that it is built with, which a test reads.

use super::ready::LISTS;
use super::{
    ACTORS, FATES, FINDS, FORMAT, Goal, MOST_CONCEPTS, Pattern, SIDES, SOURCES, VERSION, WAYS, Written, meant,
};
use crate::diagram::grade::words::Phrase;

/// What is wrong with a rubric: the id near which it stands, and a sentence.
pub(in crate::diagram::grade) struct Fault {
    /// A goal's, a concept's or a list's id, or the name of a field.
    pub id: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Written {
    /// The first thing that is wrong with it.
    pub fn fault(&self) -> Option<Fault> {
        let fault = |id: &str, message: String| Some(Fault { id: id.to_owned(), message });
        if self.format != FORMAT {
            return fault("format", format!("This is no rubric: its `format` is not `{FORMAT}`."));
        }
        if self.version != VERSION {
            let message =
                format!("The rubric is of version {}, and this program reads version {VERSION}.", self.version);
            return fault("version", message);
        }
        if self.concepts.len() > MOST_CONCEPTS {
            let count = self.concepts.len();
            return fault(
                "concepts",
                format!("There are {count} concepts; at most {MOST_CONCEPTS} can be told apart."),
            );
        }
        for (at, list) in self.lists.iter().chain(&self.concepts).enumerate() {
            let is_list = at < self.lists.len();
            if is_list && let Some(message) = unmeant("id", &list.id, &LISTS) {
                return fault(&list.id, format!("List `{}`: {message}", list.id));
            }
            let before = self.lists.iter().chain(&self.concepts).take(at);
            if list.id == "words" || before.filter(|other| other.id == list.id).count() > 0 {
                return fault(&list.id, format!("There is a list `{}` already: give this one another id.", list.id));
            }
            if let Some(text) = list.words.iter().find(|text| Phrase::read(text, 0).is_none()) {
                let message =
                    format!("`{text}`, a phrase of `{}`, must begin with a word: put one before the star.", list.id);
                return fault(text, message);
            }
        }
        for (at, goal) in self.goals.iter().enumerate() {
            if let Some(message) = self.goal_fault(goal, &self.goals[..at]) {
                return fault(&goal.id, format!("Goal `{}`: {message}", goal.id));
            }
        }
        let of = self.goals.iter().fold(0, |of: u32, goal| of.saturating_add(goal.points));
        if of == 0 {
            return fault("goals", "The rubric has no goal that is worth a point: give it one.".to_owned());
        }
        if self.pass > of {
            let message =
                format!("`pass` is {}, but all goals together are worth {of}: let it be 1 to {of}.", self.pass);
            return fault("pass", message);
        }
        None
    }

    fn goal_fault(&self, goal: &Goal, before: &[Goal]) -> Option<String> {
        if before.iter().any(|other| other.id == goal.id) {
            return Some("there is a goal of that id already; give this one another.".to_owned());
        }
        if goal.hints.len() != 3 {
            return Some("`hints` are three: a nudge, a pointer, a worked step.".to_owned());
        }
        if goal.needs.is_empty() || goal.needs.iter().any(Vec::is_empty) {
            return Some("`needs` is empty: write at least one pattern in each of its lists.".to_owned());
        }
        let about = unmeant("side", &goal.side, &[("cp", ()), ("ap", ()), ("both", ())]);
        about.or_else(|| goal.needs.iter().flatten().find_map(|pattern| self.pattern_fault(goal, pattern, before)))
    }

    fn pattern_fault(&self, goal: &Goal, pattern: &Pattern, before: &[Goal]) -> Option<String> {
        let words = unmeant("find", &pattern.find_word, &FINDS)
            .or_else(|| unmeant("side", &pattern.side_word, &SIDES))
            .or_else(|| unmeant("from", &pattern.from_word, &ACTORS))
            .or_else(|| unmeant("to", &pattern.to_word, &ACTORS))
            .or_else(|| unmeant("way", &pattern.way_word, &WAYS))
            .or_else(|| unmeant("fate", &pattern.fate_word, &FATES))
            .or_else(|| unmeant("words", &pattern.source_word, &SOURCES));
        if words.is_some() {
            return words;
        }
        if pattern.side_word.is_empty() && meant(&goal.side, &SIDES).is_none() {
            return Some("it is about both systems, so each pattern must say its `side`, `cp` or `ap`.".to_owned());
        }
        let unknown = |id: &&String| *id != "words" && !self.concepts.iter().any(|concept| concept.id == **id);
        if let Some(id) = pattern.says.iter().chain(&pattern.lacks).find(unknown) {
            return Some(format!(
                "there is no concept `{id}`; add it to `concepts`, or use the id of one that is there."
            ));
        }
        if pattern.find_word == "label" && pattern.says.is_empty() {
            return Some("a pattern that finds a label needs `says`: which concept?".to_owned());
        }
        let later = pattern.after.iter().find(|id| !before.iter().any(|goal| goal.id == **id))?;
        Some(format!("`after` names `{later}`, which is no goal above this one."))
    }
}

/// What is wrong with a word that means nothing here.
fn unmeant<T>(field: &str, word: &str, all: &[(&str, T)]) -> Option<String> {
    let names: Vec<String> = all.iter().map(|(name, _)| format!("`{name}`")).collect();
    let is_known = word.is_empty() || all.iter().any(|(name, _)| *name == word);
    (!is_known).then(|| format!("`{field}` is `{word}`, but must be one of {}.", names.join(", ")))
}
