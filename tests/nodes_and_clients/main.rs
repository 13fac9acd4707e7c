//! Claims about the simulated world: what nodes, links and clients do, and what nobody can make them do.

#![cfg(not(target_arch = "wasm32"))]

mod by_hand;
mod clients;
mod clocks;
mod laws;
mod links;
mod nodes;
mod play;
mod refusals;
mod retries;
