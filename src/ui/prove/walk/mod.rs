//! The walk: the Gilbert–Lynch scenario, walked with both answers of Node B side by side.

mod page;
mod panel;
mod stage;
mod state;

pub use page::WalkPage;
pub use state::Walking;
