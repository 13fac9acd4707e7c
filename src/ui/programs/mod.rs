//! What runs is in programs of its own, so that the first screen need not wait for a simulation and its checkers.
//!
//! The first program (`main.rs`) has the frame and the room Draw. Every view in which something runs is in one of the others:
//! [`runs`] has what stands beside the canvas or over it, [`prove`] the room Prove. The first gives a view an element to be shown
//! in; between the programs pass JavaScript values and nothing else:
//!
//! ```text
//!  host, in the first program                  guest, in another
//!  <Hosted view given on_told />  ── mount ──▶  the view, in an element of the host
//!            `given` changes      ── give  ──▶  the view, shown anew
//!            `on_told` is called  ◀── told ──   where one is in it
//!            the element goes     ── unmount ▶  gone; where one was is kept for the next time
//! ```
//!
//! `www/runs.js` fetches the programs and their style sheets, and is what the first knows as `__partitionLab`. To add a
//! view: a variant of [`View`], and an arm in its program. To add a program: a file beside [`prove`], a binary that exports it
//! (`src/prove.rs`), a line in `Cargo.toml`, in `index.html` and in `www/runs.js`.

mod guest;
mod host;
pub mod prove;
pub mod runs;

pub use guest::{Program, Shown};
pub use host::{Hosted, arrived};

/// A program beside the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// What stands beside the canvas or over it, and the drawing, run.
    Runs,
    /// The room Prove.
    Prove,
}

impl Which {
    /// Its name in `www/runs.js`.
    const fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Prove => "prove",
        }
    }
}

/// A view of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The room Prove. It is given `place::Place` to go to, or nothing, and tells the one it is at.
    Prove,
    /// The drawing, run. What it is given and tells, `run` says.
    Run,
    /// The goals beside the canvas. What it is given and tells stands in `goals`.
    Goals,
    /// The Mermaid text beside the canvas. What it is given and tells stands in `text`.
    Text,
    /// The dialog for sharing and keeping. It is given `{ document, place }` and tells the document that was opened, or null.
    Share,
    /// The dialog for a Mermaid text from elsewhere. It is given nothing and tells the document that is to be used, or null.
    Import,
    /// A link that has arrived; nothing to see. It is given `{ code, before }`, what the address holds and the drawing that is there, and
    /// tells `{ document, place, room, words }`.
    Link,
}

impl View {
    const ALL: [Self; 7] = [Self::Prove, Self::Run, Self::Goals, Self::Text, Self::Share, Self::Import, Self::Link];

    /// Its name between the programs.
    const fn name(self) -> &'static str {
        match self {
            Self::Prove => "prove",
            Self::Run => "run",
            Self::Goals => "goals",
            Self::Text => "text",
            Self::Share => "share",
            Self::Import => "import",
            Self::Link => "link",
        }
    }

    /// The view of that name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    /// The program that has it.
    const fn program(self) -> Which {
        match self {
            Self::Prove => Which::Prove,
            Self::Run | Self::Goals | Self::Text | Self::Share | Self::Import | Self::Link => Which::Runs,
        }
    }
}
