//! Partition Lab: a sandbox for the CAP theorem.
//!
//! Four rooms of pure Rust, each knowing only those before it, and two doors to the world:
//!
//! ```text
//! sim  ←  check  ←  diagram  ←  course  ←  { ui, cli }
//! ```
//!
//! See `ARCHITECTURE.md` for the map and the invariants.

pub mod check;
pub mod course;
pub mod diagram;
mod program;
pub mod sim;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(target_arch = "wasm32")]
pub mod ui;
