//! The goals of the challenge that a drawing meets, for paper.

use crate::diagram::Diagram;
use crate::diagram::grade::grade;
use crate::ui::document;

/// A goal.
#[derive(Clone, PartialEq)]
pub struct Goal {
    /// Whether the drawing meets it.
    pub met: bool,
    /// What it asks for.
    pub text: String,
}

/// The goals as a drawing stands to them, in the order of the rubric.
pub fn goals(drawing: &Diagram) -> Vec<Goal> {
    let Some(rubric) = document::rubric() else { return Vec::new() };
    let grade = grade(drawing, &rubric);
    rubric.goals.iter().zip(&grade.marks).map(|(goal, mark)| Goal { met: mark.met, text: goal.title.clone() }).collect()
}
