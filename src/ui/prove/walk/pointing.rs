//! What one points at: with the mouse, with the one mark that is a tab stop, or at a step in the list.

use std::rc::Rc;

use yew::prelude::*;

use super::page::ANSWERS;
use crate::diagram::light::Mark;
use crate::ui::browser;
use crate::ui::space_time::element_id;

/// What can be pointed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    #[default]
    Nothing,
    /// A mark of a side.
    Mark(usize, Mark),
    /// A mark of a side, which becomes the tab stop there.
    Stop(usize, Mark),
    /// All that happens at a moment.
    Step(usize),
    /// That nothing more can be done: somebody asked for it.
    Limit,
}

/// What is pointed at, and the tab stop of each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointed {
    target: Target,
    stops: [Option<Mark>; 2],
    side: usize,
}

impl Pointed {
    /// What is pointed at; a tab stop that has the focus is a mark like any other.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The tab stop of a side, once somebody has been there.
    pub fn stop(&self, side: usize) -> Option<Mark> {
        self.stops[side]
    }
}

impl Reducible for Pointed {
    type Action = Target;

    fn reduce(self: Rc<Self>, action: Target) -> Rc<Self> {
        let mut next = *self;
        next.target = action;
        if let Target::Stop(side, mark) = action {
            (next.target, next.side) = (Target::Mark(side, mark), side);
            next.stops[side] = Some(mark);
        }
        Rc::new(next)
    }
}

/// Gives the focus to the mark after (1) or before (-1) the tab stop of the side one was at last; to the last of all when
/// there is none yet.
pub fn step_on(pointed: &Pointed, marks: &[Vec<Mark>; 2], by: isize) {
    let marks_here = &marks[pointed.side];
    let here = pointed.stop(pointed.side).and_then(|stop| marks_here.iter().position(|mark| *mark == stop));
    let next = match here {
        Some(here) => here.saturating_add_signed(by),
        None if by > 0 => 0,
        None => marks_here.len().saturating_sub(1),
    };
    if let Some(mark) = marks_here.get(next) {
        browser::focus(&element_id(ANSWERS[pointed.side].1, *mark));
    }
}
