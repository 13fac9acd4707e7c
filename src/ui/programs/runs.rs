//! The second program: what stands beside the canvas or over it, and the drawing, run.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use super::{Program, View};
use crate::ui::goals::GoalsView;
use crate::ui::run::{Habits, RunView};
use crate::ui::share::{ImportView, LinkView, ShareView, print_a_sheet};
use crate::ui::text::TextView;

/// The program. What outlives a view, so that one finds it as one left it, is kept here.
pub fn program() -> Program {
    print_a_sheet();
    let rungs = Rc::<RefCell<Vec<usize>>>::default();
    let habits = Rc::<Cell<Habits>>::default();
    Program::of(move |(view, given, told)| match view {
        View::Prove => Html::default(), // in the other program
        View::Text => html! { <TextView {given} {told} /> },
        View::Share => html! { <ShareView {given} {told} /> },
        View::Import => html! { <ImportView {told} /> },
        View::Link => html! { <LinkView {given} {told} /> },
        View::Run => html! { <RunView {given} {told} habits={habits.clone()} /> },
        View::Goals => html! { <GoalsView {given} {told} rungs={rungs.clone()} /> },
    })
}
