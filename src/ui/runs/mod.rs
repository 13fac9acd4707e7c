//! What runs is a second program, so that the first screen need not wait for a simulation and its checkers.
//!
//! The first (`main.rs`) has the frame and the room Draw. The second (`runs.rs`) has every view in which something runs.
//! The first gives it an element to show a view in; between them pass JavaScript values and nothing else:
//!
//! ```text
//!  host, in the first program                  guest, in the second
//!  <Hosted view given on_told />  ── mount ──▶  the view, in an element of the host
//!            `given` changes      ── give  ──▶  the view, shown anew
//!            `on_told` is called  ◀── told ──   where one is in it
//!            the element goes     ── unmount ▶  gone; where one was is kept for the next time
//! ```
//!
//! `www/runs.js` fetches the second program and its style sheets, and is what the first knows as `__partitionLab`. To add a
//! view: a variant of [`View`], an arm in `guest`, and what outlives it, if anything does, in `guest::Kept`.

mod guest;
mod host;

pub use guest::{Runs, Shown};
pub use host::{Hosted, arrived};

/// A view of the second program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The room Prove. It is given nothing and tells the step it is at, as a number.
    Prove,
    /// The drawing, run. What it is given and tells, `run` says.
    Run,
    /// The goals beside the canvas. It is given a document and tells `goals::Told`.
    Goals,
}

impl View {
    const ALL: [Self; 3] = [Self::Prove, Self::Run, Self::Goals];

    /// Its name between the programs.
    const fn name(self) -> &'static str {
        match self {
            Self::Prove => "prove",
            Self::Run => "run",
            Self::Goals => "goals",
        }
    }

    /// The view of that name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}
