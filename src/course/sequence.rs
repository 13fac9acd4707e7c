//! A run as a Mermaid sequence diagram: who sends what to whom, what is lost, what the nodes hold, and the verdicts.
//!
//! ```text
//! C1->>A: write v1          a request or a message that arrives
//! A-xB: accept v1?          one that is lost
//! A-->>C1: error            an answer
//! Note over A,B: …          a cut, a value, a verdict
//! ```
//!
//! Several runs stand one below the other in one diagram, each with participants of its own, under its title. The text
//! reads the same in every Mermaid from 8.14 to 12.3: all but letters, digits and harmless signs is written as an
//! entity `#NN;`, and notes are broken into lines here, since no version does that for all.

use std::fmt::Write;

use super::gauges::{self, Gauge, Reading};
use super::{Cast, drawing};
use crate::diagram::space_time::{Party, space_time};
use crate::sim::trace::Loss;
use crate::sim::{
    ClientId, Event, EventId, EventKind, MessageId, NodeId, Operation, Outcome, Refusal, RequestId, Scenario, Trace,
};

/// A run to be told.
#[derive(Clone, Copy, Debug)]
pub struct Tale<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What its nodes and clients are called.
    pub cast: &'a Cast,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// What happened.
    pub trace: &'a Trace,
}

/// The longest line of a note, in letters.
const WIDTH: usize = 56;

/// The sequence diagram of runs under the core's own names.
pub fn sequence(runs: &[(&Scenario, &Trace)]) -> String {
    let named: Vec<(String, Cast)> =
        runs.iter().map(|(scenario, trace)| (drawing::title(scenario, trace), Cast::of(scenario))).collect();
    let tales: Vec<Tale> = runs
        .iter()
        .zip(&named)
        .map(|(&(scenario, trace), (title, cast))| Tale { title, cast, scenario, trace })
        .collect();
    sequence_of(&tales)
}

/// The sequence diagram of runs under names of one's own.
pub fn sequence_of(tales: &[Tale]) -> String {
    let mut text = "sequenceDiagram\n".to_owned();
    let scribes: Vec<Scribe> = (1..).zip(tales).map(|(number, tale)| Scribe::new(number, tale, tales.len())).collect();
    for scribe in &scribes {
        scribe.participants(&mut text);
    }
    for scribe in &scribes {
        scribe.tell(&mut text);
    }
    text
}

/// A message, as it is told.
struct Letter {
    message: MessageId,
    from: NodeId,
    to: NodeId,
    words: String,
}

/// Writes one run.
struct Scribe<'a> {
    tale: &'a Tale<'a>,
    /// What stands behind the ids of its participants, so that those of several runs differ.
    suffix: String,
    columns: Vec<Party>,
}

impl<'a> Scribe<'a> {
    fn new(number: usize, tale: &'a Tale<'a>, of: usize) -> Self {
        let columns = space_time(tale.scenario, tale.trace, &[0], 0, &[]).columns;
        let suffix = if of > 1 { format!("_{number}") } else { String::new() };
        Self { tale, suffix, columns }
    }

    fn participants(&self, text: &mut String) {
        for &party in &self.columns {
            let kind = if matches!(party, Party::Client(_)) { "actor" } else { "participant" };
            line(text, &format!("{kind} {} as {}", self.id(party), plain(self.tale.cast.name(party))));
        }
    }

    fn id(&self, party: Party) -> String {
        match party {
            Party::Client(client) => format!("C{client}{}", self.suffix),
            Party::Node(node) => format!("N{node}{}", self.suffix),
        }
    }

    fn tell(&self, text: &mut String) {
        self.over_all(text, self.tale.title);
        let Tale { scenario, trace, cast, .. } = *self.tale;
        let rows: Vec<usize> = (0..=trace.steps() as usize).collect();
        // One arrow for each event that sends something, in the order of the events.
        let mut slants = space_time(scenario, trace, &rows, u32::MAX, &[]).slants.into_iter();
        let mut mail: Vec<Letter> = Vec::new();
        for event in &trace.events {
            match event.kind {
                EventKind::Invoked { client, node, request, .. } => {
                    let words = slants.next().map(|slant| slant.words).unwrap_or_default();
                    self.asks(text, client, node, request, &words);
                }
                EventKind::Retried { client, node, request, again } => {
                    let words = self.operation(request).map(|operation| format!("{operation} (again)"));
                    self.asks(text, client, node, again, &words.unwrap_or_default());
                }
                EventKind::Replied { node, request, outcome } => {
                    let drawn = if self.operation(request).is_some() { slants.next() } else { None };
                    let words = drawn.map_or_else(|| outcome_words(outcome), |slant| slant.words);
                    if let Some(client) = self.asker(request) {
                        let late = if self.is_over(request, event.id) { " (too late)" } else { "" };
                        let words = answer(outcome, words) + late;
                        self.arrow(text, Party::Node(node), "-->>", Party::Client(client), &words);
                    }
                }
                EventKind::Returned { client, request, outcome: Outcome::Unknown }
                    if !self.is_answered(request, event.id) =>
                {
                    note(text, &self.id(Party::Client(client)), "gives up waiting, and cannot know what became of it");
                }
                EventKind::Sent { message, from, to, .. } => {
                    let words = slants.next().map(|slant| slant.words).unwrap_or_default();
                    mail.push(Letter { message, from, to, words });
                    self.send(text, &mail[mail.len() - 1]);
                }
                EventKind::Duplicated { message, copy } => {
                    if let Some(first) = mail.iter().find(|letter| letter.message == message) {
                        let words = format!("{} (twice)", first.words);
                        mail.push(Letter { message: copy, words, ..*first });
                        self.send(text, &mail[mail.len() - 1]);
                    }
                }
                EventKind::Lost { message, from, to, why } => {
                    let words = mail.iter().find(|letter| letter.message == message).map_or("", |letter| &letter.words);
                    self.arrow(text, Party::Node(from), "-x", Party::Node(to), &[words, reason(why)].concat());
                }
                EventKind::Corrupted { message, from, to } => {
                    let words = mail.iter().find(|letter| letter.message == message).map_or("", |letter| &letter.words);
                    self.arrow(text, Party::Node(from), "-x", Party::Node(to), &[words, " (damaged)"].concat());
                }
                EventKind::Delayed { message, until } => {
                    if let Some(Letter { from, to, words, .. }) = mail.iter().find(|letter| letter.message == message) {
                        note(text, &self.between(*from, *to), &format!("{words}: delayed until {until}"));
                    }
                }
                EventKind::Stored { node, value } => {
                    note(text, &self.id(Party::Node(node)), &format!("holds {value}"));
                }
                EventKind::Crashed { node } => note(text, &self.id(Party::Node(node)), "crashes"),
                EventKind::Recovered { node } => note(text, &self.id(Party::Node(node)), "is up again"),
                EventKind::Paused { node } => note(text, &self.id(Party::Node(node)), "stands still"),
                EventKind::Resumed { node } => note(text, &self.id(Party::Node(node)), "goes on"),
                EventKind::Cut { from, to } => self.link(text, event, (from, to), "is cut"),
                EventKind::Healed { from, to } => self.link(text, event, (from, to), "works again"),
                EventKind::Held { from, to } => self.link(text, event, (from, to), "keeps what is on it"),
                EventKind::Released { from, to } => self.link(text, event, (from, to), "gives out what it kept"),
                _ => {}
            }
        }
        let held = trace.values(scenario, trace.steps());
        let differ = held.windows(2).any(|pair| pair[0] != pair[1]);
        // Under a leader, who is behind holds an older value of the same line, and answers nobody by itself.
        let follows = scenario.nodes.iter().any(|node| node.protocol.leader().is_some());
        let state = if differ && !follows { "Divergent state" } else { "In the end" };
        let each: Vec<String> =
            cast.nodes.iter().zip(&held).map(|(node, value)| format!("{node} holds {value}")).collect();
        self.over_all(text, &format!("{state}: {}", each.join(", ")));
        let gauges = gauges::read(scenario, trace, trace.steps());
        self.over_all(text, &self.verdict("Consistency", &gauges.consistency));
        self.over_all(text, &self.verdict("Availability", &gauges.availability));
    }

    /// A request on its way to its node; a node that is down does not hear it.
    fn asks(&self, text: &mut String, client: ClientId, node: NodeId, id: RequestId, words: &str) {
        let unheard = |event: &Event| matches!(event.kind, EventKind::Unheard { request, .. } if request == id);
        let (arrow, more) =
            if self.tale.trace.events.iter().any(unheard) { ("-x", " (nobody hears it)") } else { ("->>", "") };
        self.arrow(text, Party::Client(client), arrow, Party::Node(node), &[words, more].concat());
    }

    /// A message on its way. One that is lost is told when it is lost.
    fn send(&self, text: &mut String, Letter { message: id, from, to, words }: &Letter) {
        let end = self.tale.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Delivered { message, .. } if message == *id => Some(""),
            EventKind::Lost { message, .. } | EventKind::Corrupted { message, .. } if message == *id => Some("lost"),
            _ => None,
        });
        let more = match end {
            Some("lost") => return,
            Some(_) => "",
            None => " (still on its way)",
        };
        self.arrow(text, Party::Node(*from), "->>", Party::Node(*to), &[words, more].concat());
    }

    /// What a client asked with its first request of that number; `None` for a repeated one.
    fn operation(&self, wanted: RequestId) -> Option<Operation> {
        self.tale.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Invoked { request, operation, .. } if request == wanted => Some(operation),
            _ => None,
        })
    }

    /// Who asked, first or again.
    fn asker(&self, wanted: RequestId) -> Option<ClientId> {
        self.tale.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Invoked { client, request, .. } if request == wanted => Some(client),
            EventKind::Retried { client, again, .. } if again == wanted => Some(client),
            _ => None,
        })
    }

    /// The request that a repeated one repeats; itself, if it is none.
    fn first_try(&self, wanted: RequestId) -> RequestId {
        let repeats = self.tale.trace.events.iter().find_map(|event| match event.kind {
            EventKind::Retried { request, again, .. } if again == wanted => Some(request),
            _ => None,
        });
        repeats.unwrap_or(wanted)
    }

    /// Whether the client had stopped waiting for an answer before that event.
    fn is_over(&self, wanted: RequestId, by: EventId) -> bool {
        let wanted = self.first_try(wanted);
        let ends = |event: &Event| matches!(event.kind, EventKind::Returned { request, .. } if request == wanted);
        self.tale.trace.events[..by.0 as usize].iter().any(ends)
    }

    /// Whether a node replied to a request, or to its repetition, before that event.
    fn is_answered(&self, wanted: RequestId, by: EventId) -> bool {
        let replies = |event: &Event| matches!(event.kind, EventKind::Replied { request, .. } if self.first_try(request) == wanted);
        self.tale.trace.events[..by.0 as usize].iter().any(replies)
    }

    fn between(&self, from: NodeId, to: NodeId) -> String {
        format!("{},{}", self.id(Party::Node(from)), self.id(Party::Node(to)))
    }

    fn verdict(&self, name: &str, gauge: &Gauge) -> String {
        let word = match gauge.reading {
            Reading::NotDecided => "not decided",
            Reading::HoldsSoFar | Reading::Holds => "holds",
            Reading::Violated(_) => "violated",
        };
        format!("{name}: {word}. {}", self.tale.cast.tell(&gauge.why.replace('`', "")))
    }

    /// What is done to a link, once for both directions.
    fn link(&self, text: &mut String, event: &Event, (from, to): (NodeId, NodeId), what: &str) {
        let other_way = |other: &Event| match (&event.kind, &other.kind) {
            (EventKind::Cut { .. }, &EventKind::Cut { from: a, to: b })
            | (EventKind::Healed { .. }, &EventKind::Healed { from: a, to: b })
            | (EventKind::Held { .. }, &EventKind::Held { from: a, to: b })
            | (EventKind::Released { .. }, &EventKind::Released { from: a, to: b }) => (a, b) == (to, from),
            _ => false,
        };
        let both = self.tale.trace.step(event.step).iter().any(other_way);
        let over = self.between(from, to);
        if both && from < to {
            note(text, &over, &format!("The link {what}"));
        } else if !both {
            let (from, to) = (self.tale.cast.node(from), self.tale.cast.node(to));
            note(text, &over, &format!("The link from {from} to {to} {what}"));
        }
    }

    fn arrow(&self, text: &mut String, from: Party, arrow: &str, to: Party, words: &str) {
        line(text, &format!("{}{arrow}{}: {}", self.id(from), self.id(to), plain(words)));
    }

    fn over_all(&self, text: &mut String, words: &str) {
        if let (Some(&first), Some(&last)) = (self.columns.first(), self.columns.last()) {
            let over = if first == last { self.id(first) } else { format!("{},{}", self.id(first), self.id(last)) };
            note(text, &over, words);
        }
    }
}

fn note(text: &mut String, over: &str, words: &str) {
    line(text, &format!("Note over {over}: {}", broken(words)));
}

fn line(text: &mut String, words: &str) {
    text.push_str("    ");
    text.push_str(words);
    text.push('\n');
}

/// Why a message was lost, where the cut that is noted does not say it.
fn reason(why: Loss) -> &'static str {
    match why {
        Loss::Cut => "",
        Loss::Random => " (lost)",
        Loss::QueueFull => " (queue full)",
        Loss::Down => " (its receiver is down)",
        Loss::ByHand => " (dropped by hand)",
    }
}

fn outcome_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered(answer) => answer.to_string(),
        Outcome::Refused(_) => "error".to_owned(),
        Outcome::Unknown => "unknown".to_owned(),
    }
}

fn answer(outcome: Outcome, words: String) -> String {
    match outcome {
        Outcome::Refused(Refusal::QuorumLoss) => "error (quorum loss)".to_owned(),
        Outcome::Refused(Refusal::Unconfirmed) => "error (not confirmed)".to_owned(),
        _ => words,
    }
}

/// Words on lines that are not too long.
fn broken(words: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    lines.join("<br/>")
}

/// Words as every version shows them: what could be read as anything else is an entity.
fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if letter.is_alphanumeric() || matches!(letter, ' ' | '.' | ',' | '(' | ')' | '?' | '!' | '\'' | '…' | '–')
        {
            text.push(letter);
        } else {
            let _ = write!(text, "#{};", u32::from(letter));
        }
    }
    text
}
