//! What can be explored by name: each protocol of the simulation, in the setting that its description begins with.
//!
//! Times mean nothing in an exploration, so every span is one microsecond.

use super::cluster::Script;
use crate::sim::protocol::{
    Object, Protocol, abd, async_leader, crdt, dynamo, epidemic, local_first, quorum, raft, siblings, single_copy,
};
use crate::sim::{Micros, NodeId, Operation, Value};

/// Where a client reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reads {
    /// At the server where it wrote.
    Same,
    /// At the next one.
    #[default]
    Next,
}

/// A protocol to explore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Its setting.
    pub protocol: Protocol,
    /// How many timers have to run out before anything happens at all.
    pub timeouts: u8,
}

const SPAN: Micros = Micros(1);
const A: NodeId = NodeId(0);

/// All of them.
pub fn subjects() -> Vec<Subject> {
    let local = |reads| local_first::Setup { reads, retry: SPAN, stamps: local_first::Stamps::Lamport };
    let crdt = |object| Protocol::Crdt(crdt::Setup { object, retry: SPAN });
    let subject = |name, about, protocol| Subject { name, about, protocol, timeouts: 0 };
    vec![
        subject(
            "single-copy",
            "each server answers from a copy of its own that nobody keeps together with the others",
            Protocol::SingleCopy(single_copy::Setup { holder: None, timeout: SPAN }),
        ),
        subject(
            "forward",
            "server A holds the only copy, the others pass requests on to it",
            Protocol::SingleCopy(single_copy::Setup { holder: Some(A), timeout: SPAN }),
        ),
        subject(
            "abd",
            "the ABD register: majorities, no leader",
            Protocol::Abd(abd::Setup { timeout: SPAN, retry: SPAN }),
        ),
        subject(
            "quorum",
            "server A leads, a majority decides each request",
            Protocol::Quorum(quorum::Setup { leader: A, timeout: SPAN }),
        ),
        subject(
            "async-leader",
            "server A leads and answers at once, the others hear of it later and answer reads from what they have",
            Protocol::AsyncLeader(async_leader::Setup {
                leader: A,
                reads: async_leader::Reads::Local,
                timeout: SPAN,
                retry: SPAN,
            }),
        ),
        subject(
            "local-first",
            "each server answers at once, the last writer wins",
            Protocol::LocalFirst(local(local_first::Reads::Local)),
        ),
        subject(
            "confirmed-reads",
            "like local-first, but a read asks every other server first",
            Protocol::LocalFirst(local(local_first::Reads::Confirmed(SPAN))),
        ),
        subject(
            "epidemic",
            "each server answers at once, news spreads as a rumour",
            Protocol::Epidemic(epidemic::Setup { gossip: SPAN }),
        ),
        subject(
            "dynamo",
            "N = 3, R = W = 2 with read repair, last writer wins; needs 3 servers or more",
            Protocol::Dynamo(dynamo::Setup {
                n: 3,
                r: 2,
                w: 2,
                timeout: SPAN,
                hinted_handoff: dynamo::Switch::Off,
                read_repair: dynamo::Switch::On,
                anti_entropy: None,
                stamps: local_first::Stamps::Lamport,
            }),
        ),
        Subject {
            name: "raft",
            about: "an elected leader and a log; needs --timeouts 1 or more for an election",
            protocol: Protocol::Raft(raft::Setup { election: (SPAN, SPAN), heartbeat: SPAN, timeout: SPAN }),
            timeouts: 1,
        },
        subject(
            "siblings",
            "each server answers at once and keeps all values that were written concurrently; states are counted, not judged",
            Protocol::Siblings(siblings::Setup { retry: SPAN }),
        ),
        subject("counter", "a counter that never conflicts", crdt(crdt::Object::Counter)),
        subject("set", "a set that never conflicts", crdt(crdt::Object::Set)),
    ]
}

impl Subject {
    /// The usual scripts: client c changes something at server c, then reads there or at the next, round and round. Each
    /// writes a value of its own.
    pub fn scripts(&self, clients: usize, servers: usize, reads: Reads) -> Vec<Script> {
        let further = match reads {
            Reads::Same => 0,
            Reads::Next => 1,
        };
        let node = |number: usize| NodeId(u8::try_from(number % servers.max(1)).unwrap_or(0));
        let change = |client: usize| {
            let own = Value(u32::try_from(client).unwrap_or(0) + 1);
            match self.protocol.object() {
                Object::Register | Object::Siblings => Operation::Write(own),
                Object::Counter => Operation::Add(1),
                Object::Set => Operation::Insert(own),
            }
        };
        (0..clients)
            .map(|client| vec![(node(client), change(client)), (node(client + further), Operation::Read)])
            .collect()
    }
}
