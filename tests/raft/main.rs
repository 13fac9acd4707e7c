//! Claims about Raft: what it promises whatever the network does, and what a client sees when the network is cut.

#![cfg(not(target_arch = "wasm32"))]

mod network;
mod rules;
mod runs;
mod schedules;
