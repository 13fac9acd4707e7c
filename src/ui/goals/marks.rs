//! What is asked for, and what of it the drawing shows: graded anew whenever the drawing changes.

use std::rc::Rc;

use yew::prelude::*;

use crate::diagram::Diagram;
use crate::diagram::grade::{Grade, Rubric, grade};
use crate::ui::document;

/// The rubric and the grade, each made once and then shared.
#[derive(Clone)]
pub struct Marks {
    /// What is asked for.
    pub rubric: Rc<Rubric>,
    /// What of it the drawing shows.
    pub grade: Rc<Grade>,
}

impl PartialEq for Marks {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rubric, &other.rubric) && Rc::ptr_eq(&self.grade, &other.grade)
    }
}

impl Marks {
    /// How many goals are met, and how many there are.
    pub fn met(&self) -> (usize, usize) {
        (self.grade.marks.iter().filter(|mark| mark.met).count(), self.grade.marks.len())
    }

    /// What is met now and was not before.
    fn newly_met<'a>(&'a self, before: &Self) -> Vec<&'a str> {
        let pairs = before.grade.marks.iter().zip(&self.grade.marks).zip(&self.rubric.goals);
        pairs.filter(|((before, now), _)| now.met && !before.met).map(|(_, goal)| goal.title.as_str()).collect()
    }
}

/// The marks of a diagram, and what was newly met since the last.
#[hook]
pub fn use_marks(diagram: &Rc<Diagram>) -> Option<(Marks, String)> {
    let rubric = use_memo((), |()| document::rubric().map(Rc::new));
    let before = use_mut_ref(|| None::<Marks>);
    let marks = use_memo(diagram.clone(), |diagram| {
        let rubric = (*rubric).clone()?;
        let grade = Rc::new(grade(diagram, &rubric));
        let marks = Marks { rubric, grade };
        let new = match &*before.borrow() {
            Some(before) => marks.newly_met(before).join("; "),
            None => String::new(),
        };
        *before.borrow_mut() = Some(marks.clone());
        Some((marks, if new.is_empty() { new } else { format!("Goal met: {new}.") }))
    });
    (*marks).clone()
}
