//! The search for an order of operations that explains every answer.
//!
//! [`terms`] turns a log into steps of a machine whose state is one word ([`step`]); sets and maps are words, too
//! ([`arrays`]). [`search`] looks for an order true to real time ([`timeline`] knows which operations are open when), and
//! `program` for one true to the order of each process. What was met is remembered in a [`memo`].

pub mod arrays;
pub mod memo;
pub(super) mod program;
pub mod search;
pub mod sorting;
pub mod step;
pub mod terms;
pub(super) mod timeline;
