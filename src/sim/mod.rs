//! What happens: a seeded discrete-event simulation of nodes, clients and the links between them.
//!
//! A [`Scenario`] says who is there and what is planned; a [`Run`] is a scenario, a seed and what a person did by hand;
//! replaying a run gives its [`Trace`], the same bytes on every machine. Everything shown elsewhere is a view of the
//! trace.
//!
//! ```text
//!  Client 1        Node A            Node B        Client 2
//!     │ write v1 ──▶ │                  │              │
//!     │ ◀────── ok   │ ─ replicate v1 ╳ │              │      the cut: A cannot tell lost from late
//!     │              │                  │ ◀───── read  │
//!     │              │                  │ v0 ────────▶ │      and B cannot know what it missed
//! ```

pub mod action;
pub mod client;
mod deed;
pub mod fault;
pub mod file;
pub mod id;
pub mod link;
pub mod netem;
pub mod node;
pub mod protocol;
pub mod queue;
mod record;
pub mod rng;
pub mod run;
pub mod scenario;
pub mod time;
pub mod timeline;
pub mod trace;
pub mod value;
pub mod world;

pub use action::Action;
pub use client::ClientSpec;
pub use id::{ClientId, EventId, MessageId, NodeId, RequestId};
pub use link::{Latency, Link};
pub use protocol::Protocol;
pub use run::{Act, Run};
pub use scenario::{NodeSpec, Planned, Scenario};
pub use time::Micros;
pub use timeline::{Cursor, Timeline};
pub use trace::{Event, EventKind, Sink, Trace};
pub use value::{Answer, Content, Operation, Outcome, Refusal, Value, ValueSet};
pub use world::World;
