//! What came of an attempt, in words: what was found, what that does and does not mean, and what to try next.

use super::settings::{LIMITS, NETWORKS, OPERATIONS, Settings};
use super::state::{Beat, Phase, Shown};
use super::words::counted;
use crate::check::words::grouped;
use crate::course::contest::{Broken, Cell, Finding, Network, Operations, Promise, Timing};
use crate::course::{Gauge, Reading};
use crate::ui::words::plain;

/// What a full table says to who cannot see it.
pub const FILLED: &str =
    "The table is full: 12 of 12 strategies, each with a run that breaks a promise. Kept both promises: 0.";

/// How it came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    /// Nothing is known yet.
    Open,
    /// A promise is broken.
    Broken,
    /// No run breaks one.
    Kept,
}

/// What came of an attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How it came out.
    pub tone: Tone,
    /// In a few words.
    pub headline: String,
    /// In some sentences, the most important first. Values stand between backticks.
    pub lines: Vec<String>,
    /// What the gauges say of it, which the live region says too.
    pub gauges: String,
    /// What to try next: what the button says, and what it sets.
    pub trials: Vec<(&'static str, Settings)>,
}

impl Report {
    /// All of it for the live region.
    pub fn said(&self) -> String {
        let first = self.lines.first().map_or("", String::as_str);
        match self.gauges.as_str() {
            "" => plain(&format!("{}: {}", self.headline, self.lines.join(" "))),
            gauges => plain(&format!("{}: {gauges} {first}", self.headline)),
        }
    }
}

/// What there is to say now.
pub fn report(beat: &Beat) -> Report {
    if let Shown::Cell(place) = beat.shown
        && let Some(strategy) = beat.table.get(place)
    {
        let lines = vec![strategy.why.to_owned(), executions().to_owned()];
        return Report { tone: Tone::Broken, headline: pair(strategy), lines, ..Report::default() };
    }
    match &beat.phase {
        Phase::Composing if beat.was_left => Report {
            headline: "The search was stopped as you left".to_owned(),
            lines: vec!["It had broken no promise by then. Try it again to search to the end, or change a rule.".to_owned()],
            ..Report::default()
        },
        Phase::Composing => in_fair_weather(beat),
        Phase::Searching(_) => Report {
            tone: Tone::Open,
            headline: "Searching, shortest runs first".to_owned(),
            lines: vec!["Each row is one choice further: somebody asks, a message arrives or is lost, a timer runs out. The first broken promise ends the search, so no run of fewer choices breaks one.".to_owned()],
            ..Report::default()
        },
        Phase::Stopped(_) => Report {
            tone: Tone::Open,
            headline: "Stopped".to_owned(),
            lines: vec![format!("{} searched, and no broken promise among them. What was not searched is not known.", met(beat))],
            trials: vec![("Start again", beat.settings)],
            ..Report::default()
        },
        Phase::Ended(_, finding) => match &**finding {
            Finding::Broken(broken) => is_broken(beat, broken),
            Finding::Unbroken { unique, depth } => is_unbroken(beat, *unique, *depth),
            Finding::Unknown { unique, .. } => is_unknown(beat, *unique),
        },
    }
}

fn met(beat: &Beat) -> String {
    counted(beat.progress().map_or(0, |progress| progress.unique), "state", "states")
}

/// Before anything is tried: what the idea does when nothing goes wrong.
fn in_fair_weather(beat: &Beat) -> Report {
    let readings = beat.staged.as_ref().map(|staged| {
        let gauges = staged.gauges(staged.end());
        [gauges.consistency.reading, gauges.availability.reading]
    });
    let fine = readings.is_some_and(|both| both.iter().all(|reading| !matches!(reading, Reading::Violated(_))));
    let (headline, line) = if fine {
        (
            "Nothing is lost, and all is well",
            "One write, then one read, in fair weather: this idea keeps both promises. Does it keep them in every run?",
        )
    } else {
        (
            "Nothing is lost, and it fails already",
            "One write, then one read, and this idea breaks a promise even in fair weather. Try it, or change a rule.",
        )
    };
    Report { tone: Tone::Open, headline: headline.to_owned(), lines: vec![line.to_owned()], ..Report::default() }
}

/// What is said of the run in fair weather, after what has led to it: an idea was taken up, or something was changed.
pub fn calm_said(beat: &Beat, why: &str) -> String {
    let Some(staged) = &beat.staged else { return format!("{why}. There is no run to show for these rules.") };
    let gauges = staged.gauges(staged.end());
    let stands = |gauge: &Gauge| match gauge.reading {
        Reading::Violated(_) => "is violated",
        Reading::NotDecided => "is not decided",
        Reading::HoldsSoFar | Reading::Holds => "holds",
    };
    let (consistency, availability) = (stands(&gauges.consistency), stands(&gauges.availability));
    format!("{why}. With nothing lost: consistency {consistency}, availability {availability}.")
}

fn is_broken(beat: &Beat, broken: &Broken) -> Report {
    let staged = beat.staged.as_ref();
    let gauge: Option<&Gauge> = staged.map(|staged| {
        let gauges = staged.gauges(staged.end());
        match broken.breach.promise() {
            Promise::Consistency => &gauges.consistency,
            Promise::Availability => &gauges.availability,
        }
    });
    let headline = match gauge.map(|gauge| gauge.reading) {
        Some(Reading::Violated(step)) => format!("Broken after {}", counted(step.into(), "step", "steps")),
        _ => "Broken".to_owned(),
    };
    let promise = match broken.breach.promise() {
        Promise::Consistency => "Consistency is violated.",
        Promise::Availability => "Availability is violated.",
    };
    let why = gauge.map_or_else(String::new, |gauge| format!("{} ", gauge.why));
    let searched =
        format!("{} searched. No run of fewer choices breaks it.", counted(broken.unique, "state", "states"));
    let mut lines = vec![searched];
    lines.extend(beat.put_to_the_test().map(|idea| idea.teaches.to_owned()));
    let mut trials = variants(beat);
    if trials.is_empty() && beat.settings.network != Network::Reliable {
        trials.push(("Nothing is lost", Settings { network: Network::Reliable, ..beat.settings }));
    }
    Report { tone: Tone::Broken, headline, lines, gauges: format!("{why}{promise}"), trials }
}

/// The settings in which the idea is to be put to the test, but for the one it was tried in.
fn variants(beat: &Beat) -> Vec<(&'static str, Settings)> {
    let limit = beat.settings.limit;
    let idea = beat.plain_idea().and_then(|idea| beat.ideas.get(idea));
    let variants = idea.into_iter().flat_map(|idea| &idea.variants);
    variants
        .map(|variant| (variant.setting, Settings { limit, ..Settings::of(&variant.attempt) }))
        .filter(|(_, settings)| *settings != beat.settings)
        .collect()
}

fn is_unbroken(beat: &Beat, unique: u64, depth: u32) -> Report {
    let settings = beat.settings;
    let bounds = format!(
        "All {} were searched, up to {}. {} What else is assumed is listed under “What is tried”.",
        counted(unique, "state", "states"),
        counted(u64::from(depth), "choice", "choices"),
        settings.sentence()
    );
    let meaning = match settings.network {
        Network::Reliable if settings.timing == Timing::Timely => {
            "With known bounds this much is possible, as Gilbert and Lynch show, too. But nothing was ever lost here. The theorem \
             asks for both promises also when messages are lost, and no node knows beforehand whether they will be. Cut the \
             link."
        }
        Network::Reliable => {
            "Nothing was ever lost here. The theorem asks for both promises also when messages are lost, and no node knows \
             beforehand whether they will be. Cut the link."
        }
        Network::Lossy(1) => {
            "Within these bounds it survives the loss of any one message. The theorem lets the network lose any number of them."
        }
        Network::Lossy(_) => {
            "Within these bounds it survives that many losses. The theorem lets the network lose any number of messages."
        }
        Network::Cut if beat.put_to_the_test().is_some() => beat.put_to_the_test().map_or("", |idea| idea.teaches),
        Network::Cut => {
            "Nothing that these clients ask breaks it. That says nothing of other requests: let them ask for more."
        }
    };
    let mut trials = variants(beat);
    if settings.network != Network::Cut && !trials.iter().any(|(_, trial)| trial.network == Network::Cut) {
        trials.push(("Cut the link", Settings { network: Network::Cut, ..settings }));
    }
    let further = match settings.network {
        Network::Reliable => Some(("Lose any one message", NETWORKS[1])),
        Network::Lossy(1) => Some(("Lose any two messages", NETWORKS[2])),
        Network::Lossy(2) => Some(("Lose any three messages", NETWORKS[3])),
        _ => None,
    };
    trials.extend(further.map(|(words, network)| (words, Settings { network, ..settings })));
    if settings.operations == Operations::WriteAndRead {
        trials.push(("Let both clients write and read", Settings { operations: OPERATIONS[1], ..settings }));
    }
    Report {
        tone: Tone::Kept,
        headline: "No run breaks it within these bounds".to_owned(),
        lines: vec![bounds, meaning.to_owned()],
        trials,
        ..Report::default()
    }
}

fn is_unknown(beat: &Beat, unique: u64) -> Report {
    let further = LIMITS.into_iter().find(|&limit| limit > beat.settings.limit);
    Report {
        tone: Tone::Open,
        headline: "Not decided".to_owned(),
        lines: vec![format!(
            "The search stopped at its bound. {} were searched, and no broken promise among them; what lies beyond is not known.",
            counted(unique, "state", "states")
        )],
        trials: further.map(|limit| ("Search further", Settings { limit, ..beat.settings })).into_iter().collect(),
        ..Report::default()
    }
}

/// What the two executions of the proof are.
pub fn executions() -> &'static str {
    "E1 is the read alone; nothing was ever written. E2 is the write of v1, then the read. Node B sees the same in both."
}

/// What a strategy of the table is.
fn pair(strategy: &Cell) -> String {
    format!("Node A {}, Node B {}", strategy.writer.words(), strategy.reader.words())
}

fn why(strategy: &Cell) -> String {
    let promise = match strategy.promise {
        Promise::Consistency => "Consistency is violated.",
        Promise::Availability => "Availability is violated.",
    };
    format!("{} {promise}", strategy.why)
}

/// What is said when a cell of the table is opened.
pub fn cell(strategy: &Cell) -> String {
    plain(&format!("{}: {}", pair(strategy), why(strategy)))
}

/// How far the search has come, in numbers.
pub fn counts(beat: &Beat) -> Option<[(String, &'static str); 3]> {
    let progress = beat.progress()?;
    Some([
        (grouped(progress.unique), "states"),
        (progress.depth.to_string(), "choices deep"),
        (grouped(u64::try_from(progress.waiting).unwrap_or(u64::MAX)), "waiting"),
    ])
}
