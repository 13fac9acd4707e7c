//! The room Prove: the Gilbert–Lynch scenario, walked with both answers of Node B side by side.

mod history;
mod panel;
mod room;
mod stage;
mod state;

pub use history::HistoryPage;
pub use room::ProveRoom;
pub use state::{Action, Prove};
