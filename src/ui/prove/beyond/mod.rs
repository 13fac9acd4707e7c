//! Beyond it: five short pages on one stage, each with one idea, a run, and one thing to turn.
//!
//! ```text
//!  ┌ 1 Only late │ 2 With clocks │ 3 Nothing lost │ 4 After healing │ 5 Which C ─────────┐
//!  │ the claim   │  the dial, and the figure where there is one   │ what the checkers   │
//!  │ and why     │  the space-time diagram of the run             │ say, and what was   │
//!  │ look at …   │  with what happens at this step                │ explored            │
//!  └ transport ───────────────────────────────────────────────────────────────────────┘
//! ```

mod control;
mod counts;
mod dial;
mod orders;
mod page;
mod search;
mod slices;
mod square;
mod stage;
mod state;
mod sweep;
mod words;

pub use page::BeyondPage;
