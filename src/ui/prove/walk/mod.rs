//! The walk: the Gilbert–Lynch scenario, walked with both answers of Node B side by side.
//!
//! ```text
//!  Walking (state) ── branch, moment ─▶ outline · stages · panel · transport
//!        ▲                                  │ Pointed: what lights up as cause and effect
//!        └── Action ── deeds, tree ◀────────┘
//! ```

mod deeds;
mod outline;
mod page;
mod panel;
mod pointing;
mod stage;
mod state;
mod steps;
mod tree;

pub use page::WalkPage;
pub use state::Walking;
