//! The room Prove: pages that step through the impossibility, try to beat it, and go beyond it.
//!
//! ```text
//!  address  #/prove/beat ─▶ Page::Beat ─▶ its component, given how it was left (`start`)
//!  link, reload ──────────▶    ▲                    │ tells how it is now (`on_state`)
//!                              └──── kept as JSON ◀─┘
//! ```
//!
//! A page is a folder with one component that takes [`PageProps`]. What it tells is kept in this browser and goes into
//! links; what it is given is what it told.

pub mod beat;
pub mod beyond;
pub mod history;
pub mod outcomes;
mod page;
mod room;
mod saved;
pub mod view;
pub mod walk;
pub mod why;

pub use page::{Page, PageProps};
pub use room::{ProveRoom, walking_now};
pub use walk::Walking;
