//! What there is to say of a run as a whole: what became of messages and requests, how long answers took, and every
//! verdict. It listens to the run and keeps no trace, so a run of any length can be summed up.

use serde_json::{Value as Json, json};

use super::availability::{Extent, How, availability};
use super::history::Listener;
use super::{Attempt, Budget, Consistency, History, Log, ModelName, Verdict, convergence, judge, latency, staleness};
use crate::sim::trace::Loss;
use crate::sim::{Content, Event, EventKind, Micros, Outcome, Scenario, Sink, Trace};

/// How often what happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages sent.
    pub sent: u64,
    /// Messages delivered.
    pub delivered: u64,
    /// Messages lost, and why.
    pub lost: [(Option<Loss>, u64); 5],
    /// Messages that arrived damaged.
    pub corrupted: u64,
    /// Messages that the network sent twice.
    pub duplicated: u64,
    /// Timers that ran out.
    pub timed_out: u64,
    /// Requests that were tried again.
    pub retried: u64,
}

/// Listens to a run.
#[derive(Clone, Debug)]
pub struct Summary {
    tally: Tally,
    history: Listener,
    initial: Vec<Content>,
    changes: Vec<(Micros, usize, Content)>,
    /// When each node was down, by its index: from, and until when if it has come up again.
    down: Vec<(usize, Micros, Option<Micros>)>,
    cut: Vec<(u8, u8)>,
    healed_at: Option<Micros>,
    last: (Micros, u32),
}

impl Summary {
    /// Nothing has happened yet.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            tally: Tally::default(),
            history: Listener::new(scenario.initial),
            initial: Trace::default().values(scenario, 0),
            changes: Vec::new(),
            down: Vec::new(),
            cut: Vec::new(),
            healed_at: Some(Micros(0)),
            last: (Micros(0), 0),
        }
    }

    /// How often what happened.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What the clients saw.
    pub fn history(&self) -> &History {
        self.history.history()
    }

    fn lost(&mut self, why: Loss) {
        let known = self.tally.lost.iter_mut().find(|(loss, _)| loss.is_none_or(|loss| loss == why));
        if let Some((loss, count)) = known {
            (*loss, *count) = (Some(why), *count + 1);
        }
    }

    /// A link works again; once all do, that is when the network healed.
    fn healed(&mut self, link: (u8, u8), at: Micros) {
        let before = self.cut.len();
        self.cut.retain(|cut| *cut != link);
        if before > 0 && self.cut.is_empty() {
            self.healed_at = Some(at);
        }
    }
}

impl Sink for Summary {
    fn note(&mut self, event: Event) {
        self.last = (event.at, event.step);
        match event.kind {
            EventKind::Sent { .. } => self.tally.sent += 1,
            EventKind::Delivered { .. } => self.tally.delivered += 1,
            EventKind::Lost { why, .. } => self.lost(why),
            EventKind::Corrupted { .. } => self.tally.corrupted += 1,
            EventKind::Duplicated { .. } => self.tally.duplicated += 1,
            EventKind::TimedOut { .. } => self.tally.timed_out += 1,
            EventKind::Retried { .. } => self.tally.retried += 1,
            EventKind::Stored { node, value } => self.changes.push((event.at, node.index(), value)),
            EventKind::Crashed { node } => self.down.push((node.index(), event.at, None)),
            EventKind::Recovered { node } => {
                let still = self.down.iter_mut().find(|(down, _, until)| *down == node.index() && until.is_none());
                still.into_iter().for_each(|(_, _, until)| *until = Some(event.at));
            }
            EventKind::Cut { from, to } => {
                self.healed_at = None;
                self.cut.push((from.0, to.0));
                self.cut.sort_unstable();
                self.cut.dedup();
            }
            EventKind::Healed { from, to } => self.healed((from.0, to.0), event.at),
            _ => {}
        }
        self.history.note(event);
    }
}

/// A verdict as a word and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was asked.
    pub about: String,
    /// `holds`, `violated` or `unknown`.
    pub verdict: &'static str,
    /// Why.
    pub why: String,
}

impl Summary {
    /// Every verdict on the run, which is over.
    pub fn verdicts(&self, budget: Budget) -> Vec<Line> {
        let log = Log::of(self.history());
        let mut lines = vec![self.availability()];
        match ModelName::of(&log) {
            Ok(model) => {
                let judged =
                    |consistency: Consistency| line(consistency.name(), judge(&log, model, consistency, budget));
                lines.extend(Consistency::ALL.map(judged));
            }
            Err(misfit) => {
                let unknown = Verdict::Unknown(misfit.message);
                lines.push(line(Consistency::Linearizable.name(), unknown));
            }
        }
        lines.push(fresh(&log));
        lines.push(self.convergence());
        lines
    }

    /// Whether the node failed while the request was under way. Availability is about nodes that have not failed.
    fn failed(&self, attempt: &Attempt) -> bool {
        self.down.iter().any(|&(node, from, until)| {
            let ended = attempt.response.map_or(self.last.0, |response| response.at);
            node == attempt.node.index() && from <= ended && until.is_none_or(|until| attempt.invoked_at <= until)
        })
    }

    fn availability(&self) -> Line {
        let History { initial, attempts } = self.history();
        let answered = |attempt: &Attempt| matches!(attempt.outcome(), Some(Outcome::Answered(_)));
        let counts = |attempt: &&Attempt| answered(attempt) || !self.failed(attempt);
        let attempts: Vec<Attempt> = attempts.iter().filter(counts).cloned().collect();
        let verdict = match availability(&History { initial: *initial, attempts }, Extent::Whole) {
            Verdict::Holds(count) => {
                let excused = self.history().attempts.len() - count.of;
                let excused =
                    if excused == 0 { String::new() } else { format!("; {excused} were at a node that failed") };
                Verdict::Holds(format!("{} of {} requests answered{excused}.", count.answered, count.of))
            }
            Verdict::Violated(witness) => {
                let (client, node) = (witness.attempt.client, witness.attempt.node);
                let what = match witness.how {
                    How::Refused(_) => "was refused",
                    How::Unknown => "ended without anybody knowing how",
                    How::NoAnswer => "had no answer by the end of the run",
                };
                let at = witness.attempt.invoked_at;
                let operation = witness.attempt.operation;
                Verdict::Violated(format!("Client {client}'s {operation} at Node {node}, made at {at}, {what}."))
            }
            Verdict::Unknown(_) => Verdict::Unknown("Nobody asked for anything.".to_owned()),
        };
        line("available", verdict)
    }

    fn convergence(&self) -> Line {
        let verdict = match convergence(self.initial.clone(), &self.changes, self.healed_at) {
            Verdict::Holds(agreement) => Verdict::Holds(format!("All nodes hold the same since {}.", agreement.since)),
            Verdict::Violated(apart) => Verdict::Violated(format!(
                "At the end node {} holds {} and node {} holds {}.",
                letter(apart.one.0),
                apart.one.1,
                letter(apart.other.0),
                apart.other.1
            )),
            Verdict::Unknown(_) => Verdict::Unknown("The nodes differ, and the network has not healed.".to_owned()),
        };
        line("convergent", verdict)
    }

    /// The whole as JSON: counts, latencies in microseconds, verdicts.
    pub fn json(&self, budget: Budget) -> Json {
        let log = Log::of(self.history());
        let latencies: serde_json::Map<String, Json> = latency(&log)
            .into_iter()
            .map(|(kind, of)| {
                let (p50, p95, p99, p999, max) = (of.p50, of.p95, of.p99, of.p999, of.max);
                let percentiles =
                    json!({ "count": of.count, "p50": p50, "p95": p95, "p99": p99, "p999": p999, "max": max });
                (format!("{kind:?}").to_lowercase(), percentiles)
            })
            .collect();
        let lost: serde_json::Map<String, Json> =
            self.tally.lost.iter().filter_map(|(why, count)| Some((name(why.as_ref()?), json!(count)))).collect();
        let ended = |wanted: fn(Option<Outcome>) -> bool| {
            self.history().attempts.iter().filter(|attempt| wanted(attempt.outcome())).count()
        };
        json!({
            "until": self.last.0,
            "steps": self.last.1,
            "messages": {
                "sent": self.tally.sent,
                "delivered": self.tally.delivered,
                "lost": lost,
                "corrupted": self.tally.corrupted,
                "duplicated": self.tally.duplicated,
            },
            "timeouts": self.tally.timed_out,
            "requests": {
                "answered": ended(|outcome| matches!(outcome, Some(Outcome::Answered(_)))),
                "refused": ended(|outcome| matches!(outcome, Some(Outcome::Refused(_)))),
                "unknown": ended(|outcome| outcome == Some(Outcome::Unknown)),
                "open": ended(|outcome| outcome.is_none()),
                "retried": self.tally.retried,
            },
            "latency": latencies,
            "verdicts": self.verdicts(budget).iter().map(|line| {
                json!({ "about": line.about, "verdict": line.verdict, "why": line.why })
            }).collect::<Vec<Json>>(),
        })
    }
}

fn name(why: &Loss) -> String {
    serde_json::to_value(why).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn letter(node: usize) -> char {
    crate::sim::NodeId(u8::try_from(node).unwrap_or(u8::MAX)).letter()
}

fn line(about: &str, verdict: Verdict<String, String, String>) -> Line {
    let (verdict, why) = match verdict {
        Verdict::Holds(why) => ("holds", why),
        Verdict::Violated(why) => ("violated", why),
        Verdict::Unknown(why) => ("unknown", why),
    };
    Line { about: about.to_owned(), verdict, why }
}

fn fresh(log: &Log) -> Line {
    let verdict = match staleness(log) {
        Verdict::Holds(reads) => Verdict::Holds(format!("None of {reads} reads is stale.")),
        Verdict::Violated(stale) => Verdict::Violated(format!(
            "{} of {} reads are stale; the worst is {} versions behind.",
            stale.stale, stale.reads, stale.worst.versions
        )),
        Verdict::Unknown(why) => Verdict::Unknown(why.to_string()),
    };
    line("fresh", verdict)
}
