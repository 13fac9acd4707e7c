//! What a learner hands in: the answer as Mermaid, and what the page said of it.
//!
//! Whoever grades one reads the answer and grades it again; the goals and points are what the learner saw, not proof.

use serde::{Deserialize, Serialize};

use super::{Grade, Rubric};
use crate::diagram::{Diagram, mermaid};

/// The format's name, which every submission file begins with.
pub const SUBMISSION: &str = "partition-lab-submission";

/// The version of the format written today.
pub const SUBMISSION_VERSION: u32 = 1;

/// What the page said of one goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The goal's id in the rubric.
    pub id: String,
    /// Whether it was met.
    pub met: bool,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// [`SUBMISSION`].
    pub format: String,
    /// [`SUBMISSION_VERSION`].
    pub version: u32,
    /// When it was made: a date and time as in `2026-11-23T18:00:00Z`. Nobody computes with it.
    pub made: String,
    /// The version of the program that made it.
    pub program: String,
    /// The drawing as Mermaid, in the Module form.
    pub answer: String,
    /// What the page said of each goal.
    pub goals: Vec<Claim>,
    /// The points that the page counted.
    pub points: u32,
    /// The points that there were.
    pub of: u32,
}

impl Submission {
    /// The submission of a drawing with its grade.
    pub fn of(diagram: &Diagram, rubric: &Rubric, grade: &Grade, made: &str) -> Self {
        let claim = |(goal, mark): (&super::Goal, &super::Mark)| Claim { id: goal.id.clone(), met: mark.met };
        Self {
            format: SUBMISSION.to_owned(),
            version: SUBMISSION_VERSION,
            made: made.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            answer: mermaid::print_module(diagram),
            goals: rubric.goals.iter().zip(&grade.marks).map(claim).collect(),
            points: grade.points,
            of: grade.of,
        }
    }

    /// The same submission, once it is clear that this program can read it.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to do.
    pub fn checked(self) -> Result<Self, String> {
        if self.format != SUBMISSION {
            return Err(format!(
                "This is no submission: its `format` is not `{SUBMISSION}`. Hand in the file that the page saves."
            ));
        }
        if self.version > SUBMISSION_VERSION {
            return Err(format!(
                "This submission is of version {}, and this program reads up to {SUBMISSION_VERSION}: get a newer one.",
                self.version
            ));
        }
        Ok(self)
    }

    /// Reads a submission from JSON.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn read(text: &str) -> Result<Self, super::Problem> {
        let submission: Self = serde_json::from_str(text).map_err(|error| super::file::of_json(text, &error))?;
        submission.checked().map_err(|message| super::Problem { line: 1, column: 1, message })
    }
}
