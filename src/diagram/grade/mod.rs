//! Grading: what a drawing shows of what a rubric asks for, and what is missing.
//!
//! ```text
//! Diagram ─ cast ─ systems ─ scene ─┐ who is who, in which system, who tells whom what
//!                                    ├─ pattern ─ reason ─▶ Grade
//! Rubric ─ words ────────────────────┘ what is looked for, in which words
//! ```
//!
//! The graph is graded, not the text: ids, order, layout and styles say nothing, and words count by what they mean. A
//! dotted edge, or one that ends in a cross, is a message that is lost.

mod cast;
mod file;
mod pattern;
mod reason;
mod rubric;
mod scene;
mod submission;
mod systems;
mod words;

pub use file::{Problem, read};
pub use rubric::{About, Actor, Concept, Fate, Find, Goal, Pattern, Rubric, Source, Way};
pub use submission::{Claim, SUBMISSION, SUBMISSION_VERSION, Submission};

use pattern::{Before, Outcome, Sight};
use scene::Scene;

use super::role::Side;
use super::{Diagram, Part};

/// What became of one goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Whether it is met.
    pub met: bool,
    /// Why, in one sentence about what is drawn.
    pub reason: String,
    /// What the sentence is about. For an unmet goal, what comes nearest to it, or where it is missing.
    pub parts: Vec<Part>,
}

/// What a drawing is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// A mark for each goal of the rubric, in its order.
    pub marks: Vec<Mark>,
    /// The points of the goals that are met.
    pub points: u32,
    /// The points of all goals.
    pub of: u32,
    /// Whether the points are enough to pass.
    pub passed: bool,
}

/// Grades a drawing.
pub fn grade(diagram: &Diagram, rubric: &Rubric) -> Grade {
    let scene = Scene::of(diagram, rubric);
    let mut before = Before { met: Vec::with_capacity(rubric.goals.len()), placed: vec![false; scene.messages.len()] };
    let found: Vec<Option<Mark>> = rubric
        .goals
        .iter()
        .map(|goal| {
            let met = goal.needs.iter().find_map(|way| Some((way, shown(&scene, goal, way, &before)?)));
            let Some((way, (mark, messages))) = met else {
                before.met.push(Vec::new());
                return None;
            };
            // A goal about what is not there has no place for what is.
            if way.iter().all(|pattern| pattern.find != Find::NoMessage) && way.iter().any(Pattern::places) {
                for &message in &messages {
                    before.placed[message] = true;
                }
            }
            before.met.push(messages);
            Some(mark)
        })
        .collect();
    // What is missing is told last: a message that meets another goal is not taken for one that missed this.
    let marks: Vec<Mark> = found
        .into_iter()
        .zip(&rubric.goals)
        .map(|(mark, goal)| mark.unwrap_or_else(|| missing(&scene, rubric, goal, &before)))
        .collect();
    let met = marks.iter().zip(&rubric.goals).filter(|(mark, _)| mark.met);
    let points = met.fold(0, |sum: u32, (_, goal)| sum.saturating_add(goal.points));
    Grade { marks, points, of: rubric.of, passed: points >= rubric.pass }
}

/// Where a pattern looks. In a checked rubric each says it, or its goal does.
fn side(pattern: &Pattern) -> Side {
    pattern.side.unwrap_or(Side::Cp)
}

/// The mark of a goal that this way meets, and the messages that do.
fn shown(scene: &Scene, goal: &Goal, way: &[Pattern], before: &Before) -> Option<(Mark, Vec<usize>)> {
    let mut sights: Vec<Sight> = Vec::new();
    let (mut label, mut parts, mut first) = (None, Vec::new(), 0);
    for pattern in way {
        match pattern::find(scene, pattern, side(pattern), before) {
            Outcome::Messages(found) => sights.extend(found),
            Outcome::Label(part) => {
                label.get_or_insert_with(|| part.clone());
                parts.push(part);
            }
            Outcome::Holds => {}
            Outcome::Miss(_) => return None,
        }
        first = if first == 0 { sights.len() } else { first };
    }
    let messages: Vec<usize> = sights.iter().map(|sight| sight.message).collect();
    let mut shown = vec![false; scene.messages.len()];
    for &message in &messages {
        if !std::mem::replace(&mut shown[message], true) {
            parts.extend(scene.parts(&scene.messages[message]));
        }
    }
    let reason = reason::met(scene, goal, &sights[..first], label.as_ref());
    Some((Mark { met: true, reason, parts }, messages))
}

/// The mark of a goal that is not met: of its ways, the one that comes nearest.
fn missing(scene: &Scene, rubric: &Rubric, goal: &Goal, before: &Before) -> Mark {
    let mut nearest = None;
    let mut least = u32::MAX;
    for (at, way) in (0..).zip(&goal.needs) {
        for pattern in way {
            let Outcome::Miss(miss) = pattern::find(scene, pattern, side(pattern), before) else { continue };
            // The first way is the usual one: another must be clearly nearer.
            let distance = miss.distance() + 3 * at;
            if distance < least {
                least = distance;
                nearest = Some((pattern, miss));
            }
            break;
        }
    }
    let told = nearest.map(|(pattern, miss)| reason::unmet(scene, rubric, goal, pattern, side(pattern), &miss));
    let (reason, parts) = told.map_or_else(|| (goal.missing.clone(), Vec::new()), |told| (told.reason, told.parts));
    Mark { met: false, reason, parts }
}
