//! A learner's drawing is put on the stage: it becomes a scenario for each of its systems, runs on the simulation core,
//! and is laid beside what happened.
//!
//! ```text
//!  drawing ─ parts ─▶ systems ─ plot ─▶ requests, answers, cuts ─ stage ─▶ scenario ─ core ─▶ trace
//!     │                                                                                         │
//!     └──────────── claims: where the picture says something else ◀── scenes, travel ───────────┘
//! ```
//!
//! The numbered edges are what happens, in their order; equal numbers are concurrent. A dashed edge between two nodes is a
//! cut link. A system that claims to be CP, or refuses, runs the leader-and-majority protocol; one that claims to be AP
//! the local-first one. Nothing here decides what is right: the core runs, the checkers judge, and the claims say where
//! the drawing differs from it.

mod claims;
mod court;
mod ending;
mod parts;
mod plot;
mod reader;
mod scenes;
mod stage;
mod travel;
mod values;
mod words;

pub use claims::{Claim, Fault};
pub use ending::Ending;
pub use plot::Way;
pub use scenes::{Fate, Flight, Thing};
pub use words::Number;

use super::gauges::{self, Gauges, Reading};
use super::walk::Side as Told;
use super::{Cast, scenarios::Player};
use crate::diagram::Diagram;
use crate::diagram::role::Side;
use crate::diagram::space_time::Party;
use crate::sim::{Content, Micros, Run, Trace};
use court::Court;
use ending::{conclusion, ending};
use parts::{Boxes, Parts};
use plot::Plot;
use scenes::Beats;
use stage::Rule;

/// The most boxes of a drawing and the most systems that are run.
const MOST: (usize, usize) = (200, 4);

/// A drawing that has been run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enactment {
    /// The systems that could be run, in the order of the drawing.
    pub systems: Vec<System>,
    /// The scenes, in order; the first is the start. None, if nothing could be run.
    pub scenes: Vec<Scene>,
    /// What could not be run, and what to add: a sentence or two each.
    pub missing: Vec<String>,
}

/// A system that has been run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// What it is called.
    pub name: String,
    /// The id of the subgraph around it.
    pub frame: Option<String>,
    /// The side it claims to take.
    pub side: Option<Side>,
    /// How its nodes behave, in words.
    pub rule: String,
    /// What its nodes and clients are called.
    pub cast: Cast,
    /// The ids of its nodes in the diagram: Node A, Node B, …
    pub nodes: Vec<String>,
    /// The ids of its clients in the diagram: Client 1, Client 2, … A client of two nodes stands here twice.
    pub clients: Vec<String>,
    /// What happened, and the rows of its space-time diagram: see [`crate::diagram::space_time::space_time`].
    pub told: Told,
    /// What the drawing says and the run does not do, in the order of the run; empty if all of it is true.
    pub claims: Vec<Claim>,
    /// What the nodes hold in the end.
    pub ending: Ending,
    /// What the run comes to, in a few sentences.
    pub conclusion: String,
    /// What else is to be said: values that the run calls otherwise.
    pub remarks: Vec<String>,
}

/// A scene: a place of the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// When, in microseconds.
    pub at: Micros,
    /// The row of the space-time diagrams that has been reached.
    pub row: usize,
    /// What each system does, in their order.
    pub acts: Vec<Act>,
}

/// What a system does in a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// How many steps of its trace it has taken by now.
    pub step: u32,
    /// What sets out in this scene.
    pub flights: Vec<Flight>,
    /// What happens, in words; empty when it waits.
    pub words: String,
    /// What each node holds after it.
    pub values: Vec<Content>,
    /// The gauges after it. Violations are dated in scenes.
    pub gauges: Gauges,
}

/// Runs a drawing. Whatever is drawn, there is an answer: what cannot be run is in [`Enactment::missing`].
pub fn enact(diagram: &Diagram) -> Enactment {
    if let Some(why) = unplayable(diagram) {
        return Enactment { missing: vec![why], ..Enactment::default() };
    }
    let boxes = Boxes::of(diagram);
    let systems = boxes.systems();
    let mut enactment = Enactment::default();
    if systems.is_empty() {
        enactment.missing.push(
            "No client asks a node for anything here. Add a box whose name begins with “Client”, two nodes, and an arrow \
             “1. Write 'v1'” from the client to a node."
                .to_owned(),
        );
    }
    if systems.len() > MOST.1 {
        let more = systems.len() - MOST.1;
        enactment.missing.push(format!("The first {} systems are run; {more} more are left out.", MOST.1));
    }
    let mut played = Vec::new();
    for parts in systems.iter().take(MOST.1) {
        match Performance::of(&boxes, parts) {
            Ok(performance) => played.push(performance),
            Err(why) => enactment.missing.push(why),
        }
    }
    enactment.set_scenes(&boxes, played);
    enactment
}

fn unplayable(diagram: &Diagram) -> Option<String> {
    if diagram.nodes.is_empty() && diagram.edges.is_empty() {
        return Some(
            "Nothing is drawn yet. Add a client and two nodes, and number what they send each other: “1. Write 'v1'”."
                .to_owned(),
        );
    }
    (diagram.nodes.len() > MOST.0 || diagram.edges.len() > 2 * MOST.0).then(|| {
        format!(
            "The drawing has {} boxes and {} arrows, too many to run. Leave some out: two nodes show it all.",
            diagram.nodes.len(),
            diagram.edges.len()
        )
    })
}

/// A system that has been run, before its scenes are merged with those of the others.
struct Performance<'a> {
    parts: &'a Parts,
    plot: Plot,
    rule: Rule,
    run: Run,
    trace: Trace,
    beats: Beats,
}

impl<'a> Performance<'a> {
    fn of(boxes: &Boxes, parts: &'a Parts) -> Result<Self, String> {
        let plot = Plot::read(boxes, parts)?;
        let rule = stage::rule(&plot, parts.side);
        let scenario = stage::scenario(&parts.name, &plot, &rule);
        let run = Run::of(scenario);
        let trace = run.replay_as::<Player>().map_err(|error| format!("{} cannot be run: {error}.", parts.name))?;
        let beats = Beats::of(&trace);
        Ok(Self { parts, plot, rule, run, trace, beats })
    }
}

impl Enactment {
    fn set_scenes(&mut self, boxes: &Boxes, played: Vec<Performance>) {
        if played.is_empty() {
            return;
        }
        let rows = scenes::merged(played.iter().map(|performance| &performance.beats.rows));
        let keys = scenes::merged(played.iter().map(|performance| &performance.beats.scenes));
        self.scenes = keys.iter().map(|key| Scene { at: key.0, row: 0, acts: Vec::new() }).collect();
        for performance in played {
            let steps: Vec<u32> = keys.iter().map(|&key| scenes::steps_by(&performance.beats.scenes, key)).collect();
            let (run, trace) = (performance.run.clone(), performance.trace.clone());
            let told = Told { run, trace, rows: scenes::rows_of(&performance.beats.rows, &rows) };
            let system = self.play(boxes, &performance, told, &steps);
            self.systems.push(system);
        }
    }

    /// Adds what a system does to each scene.
    fn play(&mut self, boxes: &Boxes, performance: &Performance, told: Told, steps: &[u32]) -> System {
        let Performance { parts, plot, rule, .. } = performance;
        let (scenario, trace) = (told.scenario(), told.trace());
        let starts = stage::starts(plot);
        let travels = travel::travels(plot, &starts, scenario, trace, &told.rows);
        let gauges = gauges::along(scenario, trace, steps);
        let mut before: Option<u32> = None;
        for ((scene, &step), gauges) in self.scenes.iter_mut().zip(steps).zip(gauges) {
            let words = match before {
                None => scenes::start(&plot.cast, scenario, trace, step),
                Some(before) if before == step => String::new(),
                Some(before) => scenes::tell(&plot.cast, scenario, trace, before + 1..=step),
            };
            let sets_out =
                |travel: &&travel::Travel| before.is_none_or(|before| travel.step > before) && travel.step <= step;
            scene.row = scene.row.max(told.rows.get(step as usize).copied().unwrap_or(0));
            scene.acts.push(Act {
                step,
                flights: travels.iter().filter(sets_out).map(|travel| travel.flight.clone()).collect(),
                words,
                values: trace.values(scenario, step),
                gauges: renamed(gauges, &plot.cast),
            });
            before = Some(step);
        }
        let texts: Vec<String> = boxes.diagram.edges.iter().map(words::text).collect();
        let court = Court {
            plot,
            rule,
            side: parts.side,
            texts: &texts,
            remarks: &remarks(boxes, parts),
            scenario,
            trace,
            travels: &travels,
        };
        let mut claims = court.judge();
        for claim in &mut claims {
            let reached = |taken: &u32| claim.step.is_none_or(|step| *taken >= step);
            claim.scene = steps.iter().position(reached).unwrap_or(steps.len() - 1);
        }
        let ending = ending(trace.values(scenario, trace.steps()));
        let last = self.scenes.last().and_then(|scene| scene.acts.last()).map(|act| &act.gauges);
        let conclusion = conclusion(plot, rule, &claims, last, &ending);
        let id = |at: &usize| boxes.diagram.nodes[*at].id.clone();
        System {
            name: parts.name.clone(),
            frame: parts.frame.map(|at| boxes.diagram.subgraphs[at].id.clone()),
            side: parts.side,
            rule: stage::describe(rule, plot),
            cast: plot.cast.clone(),
            nodes: plot.nodes.iter().map(id).collect(),
            clients: plot.clients.iter().map(id).collect(),
            claims,
            ending,
            conclusion,
            remarks: plot.values.renamed(),
            told,
        }
    }

    /// The last scene.
    pub fn end(&self) -> usize {
        self.scenes.len().saturating_sub(1)
    }

    /// Whether all that is drawn could be run and is true.
    pub fn holds(&self) -> bool {
        self.missing.is_empty() && self.systems.iter().all(|system| system.claims.is_empty())
    }

    /// What happens in a scene, in words: of each system that does something, with its name if there are several.
    pub fn words(&self, scene: usize) -> String {
        let Some(scene) = self.scenes.get(scene) else { return String::new() };
        let mut told: Vec<String> = Vec::new();
        for (system, act) in self.systems.iter().zip(&scene.acts).filter(|(_, act)| !act.words.is_empty()) {
            told.push(if self.systems.len() > 1 {
                format!("{}: {}", system.name, act.words)
            } else {
                act.words.clone()
            });
        }
        told.join(" ")
    }

    /// The scenes in which a gauge turns to violated or a claim stops being true, for the ticks of a scrubber.
    pub fn turning_points(&self) -> Vec<usize> {
        let mut points: Vec<usize> = Vec::new();
        let gauges = self.scenes.last().into_iter().flat_map(|scene| &scene.acts).map(|act| &act.gauges);
        let readings = gauges.flat_map(|gauges| [gauges.consistency.reading, gauges.availability.reading]);
        let violated = readings.filter_map(|reading| match reading {
            Reading::Violated(scene) => usize::try_from(scene).ok(),
            _ => None,
        });
        let claims = self.systems.iter().flat_map(|system| &system.claims).map(|claim| claim.scene);
        for scene in violated.chain(claims) {
            if let Err(place) = points.binary_search(&scene) {
                points.insert(place, scene);
            }
        }
        points
    }
}

impl System {
    /// The id in the diagram of a client or node of the run.
    pub fn id(&self, party: Party) -> Option<&str> {
        match party {
            Party::Client(client) => self.clients.get(client.index()),
            Party::Node(node) => self.nodes.get(node.index()),
        }
        .map(String::as_str)
    }

    /// The first claim that is not true, if one is not.
    pub fn first_false(&self) -> Option<&Claim> {
        self.claims.first()
    }
}

fn renamed(mut gauges: Gauges, cast: &Cast) -> Gauges {
    for gauge in [&mut gauges.consistency, &mut gauges.availability] {
        gauge.why = cast.tell(&gauge.why);
    }
    gauges
}

/// What the drawing says beside its edges.
fn remarks(boxes: &Boxes, parts: &Parts) -> Vec<String> {
    let diagram = boxes.diagram;
    let frame = parts.frame.map(|at| diagram.subgraphs[at].visible());
    let labels = parts.nodes.iter().chain(&parts.notes).map(|&at| diagram.nodes[at].visible());
    frame.into_iter().chain(labels).chain(parts.edges.iter().map(|&at| words::text(&diagram.edges[at]))).collect()
}
