//! A run with all that is needed to tell it elsewhere: what it is called, what its parties are called, what happened.

use crate::course::Cast;
use crate::course::gauges::{self, Gauges, Reading};
use crate::course::narration::{Knows, Telling};
use crate::course::sequence::Tale;
use crate::diagram::space_time::Party;
use crate::sim::{Run, Scenario, Trace};

/// How a run came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// By its scenario, its seed and its acts: whoever runs them again gets the same trace.
    Replayed,
    /// Its steps were chosen one by one, as an exploration does. The scenario alone does not bring them back.
    Chosen,
}

/// A run to be taken away.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What it is called.
    pub title: String,
    /// What its nodes and clients are called.
    pub cast: Cast,
    /// Its scenario and what was done by hand.
    pub run: Run,
    /// Whether that brings the trace back.
    pub origin: Origin,
    /// What happened.
    pub trace: Trace,
    /// What its nodes know of time.
    pub knows: Knows,
}

impl Recording {
    /// A run that was replayed, under the core's own names.
    pub fn new(title: impl Into<String>, run: Run, trace: Trace) -> Self {
        let cast = Cast::of(&run.scenario);
        Self { title: title.into(), cast, run, origin: Origin::Replayed, trace, knows: Knows::Nothing }
    }

    /// A run whose steps were chosen one by one, under the core's own names.
    pub fn chosen(title: impl Into<String>, scenario: Scenario, trace: Trace) -> Self {
        Self { origin: Origin::Chosen, ..Self::new(title, Run::of(scenario), trace) }
    }

    /// Its scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.run.scenario
    }

    /// It as a tale.
    pub fn tale(&self) -> Tale<'_> {
        Tale { title: &self.title, cast: &self.cast, scenario: self.scenario(), trace: &self.trace }
    }

    /// What the gauges say of the whole run.
    pub fn gauges(&self) -> Gauges {
        gauges::read(self.scenario(), &self.trace, self.trace.steps())
    }

    /// What the run comes to, a line for each gauge.
    pub fn verdicts(&self) -> [String; 2] {
        let Gauges { consistency, availability } = self.gauges();
        [("Consistency", consistency), ("Availability", availability)].map(|(name, gauge)| {
            let word = match gauge.reading {
                Reading::NotDecided => "not decided",
                Reading::HoldsSoFar | Reading::Holds => "holds",
                Reading::Violated(_) => "violated",
            };
            [name, " ", word, ": ", &self.cast.tell(&gauge.why.replace('`', ""))].concat()
        })
    }

    /// The whole story, a sentence or two for each step, one after the other.
    pub fn story(&self) -> String {
        let telling = Telling { scenario: self.scenario(), trace: &self.trace, knows: self.knows };
        let steps = (0..=self.trace.steps()).map(|step| telling.step(step));
        let told: Vec<String> = steps.chain(self.verdicts()).filter(|words| !words.is_empty()).collect();
        self.cast.tell(&told.join(" ").replace('`', ""))
    }

    /// What a column of its space-time diagram is called, and where it stands if that is said.
    pub fn head(&self, party: Party) -> (String, String) {
        let place = match party {
            Party::Client(_) => String::new(),
            Party::Node(node) => {
                self.scenario().nodes.get(node.index()).map(|spec| spec.region.clone()).unwrap_or_default()
            }
        };
        (self.cast.name(party).to_owned(), place)
    }

    /// What its files are called, without their ending: the name of its scenario in small letters, digits and hyphens.
    pub fn stem(&self) -> String {
        let mut stem = String::new();
        for letter in self.scenario().name.chars() {
            if letter.is_ascii_alphanumeric() {
                stem.push(letter.to_ascii_lowercase());
            } else if !stem.is_empty() && !stem.ends_with('-') {
                stem.push('-');
            }
        }
        stem.truncate(60);
        let stem = stem.trim_end_matches('-');
        if stem.is_empty() { "run".to_owned() } else { stem.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let run = Run::of(Scenario { name: name.to_owned(), ..Scenario::default() });
        Recording::new("", run, Trace::default()).stem()
    }

    #[test]
    fn files_have_names_that_every_system_takes() {
        assert_eq!(named("gilbert-lynch-cp"), "gilbert-lynch-cp");
        assert_eq!(named("My  run: ../../etc/passwd "), "my-run-etc-passwd");
        assert_eq!(named("分散"), "run");
        assert_eq!(named(&"a".repeat(500)).len(), 60);
    }
}
