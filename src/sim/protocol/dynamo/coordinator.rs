//! What a node of [`dynamo`](super) does as a coordinator: it gathers W acknowledgements or R answers for a client.
//!
//! ```text
//!  write   stored by W ──▶ answer          timeout ──▶ hints ──▶ timeout ──▶ unknown      (no hints: unknown at once)
//!  read    R answers ────▶ answer, repair  timeout ──▶ refuse
//! ```
//!
//! With hints a write is kept in mind after its answer, for the replicas that have not stored it yet; with read repair
//! a read is, for those that have not answered.

use super::{Message, Replica, Switch, Version};
use crate::sim::protocol::local_first::{Stamp, Stamps};
use crate::sim::protocol::{Nodes, Outbox, Place, Timer};
use crate::sim::{Answer, NodeId, Operation, Outcome, Refusal, RequestId, Value};

/// A write that this node coordinates: who keeps it, and what it waits for next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Write {
    version: Version,
    kept_by: Nodes,
    until: Until,
}

/// Until when a coordinator waits for a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Until {
    /// Until it sends hints, or gives up if it sends none.
    Hints,
    /// Until it gives up.
    End,
}

/// A read that this node coordinates: the newest that was heard of, who holds it, and who answered something older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Read {
    newest: Version,
    current: Nodes,
    older: Nodes,
}

impl Replica {
    pub(super) fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        match operation {
            Operation::Read => self.read(place, request, out),
            Operation::Write(value) => self.write(place, request, value, out),
            _ => out.refuse(request, Refusal::Unsupported),
        }
    }

    fn write(&mut self, place: Place, request: RequestId, value: Value, out: &mut Outbox) {
        let time = match self.setup.stamps {
            Stamps::Lamport => self.seen + 1,
            Stamps::Clock => place.clock.0.max(1),
        };
        let version = Version(Stamp(time, place.me), value);
        self.see(version);
        self.writes.insert(request, Write { version, kept_by: Nodes::default(), until: Until::Hints });
        out.set(Timer::GiveUp(request), self.setup.timeout);
        for replica in self.setup.replicas(place) {
            self.store_at(place, replica, request, version, None, out);
        }
    }

    fn store_at(
        &mut self,
        place: Place,
        node: NodeId,
        request: RequestId,
        version: Version,
        owner: Option<NodeId>,
        out: &mut Outbox,
    ) {
        if node == place.me {
            self.keep(version, owner, out);
            self.stored(place, node, request, out);
        } else {
            out.send_for(request, node, Message::Store(request, version, owner));
        }
    }

    /// Counts those who keep the write, and answers once there are W. The others may yet need hints.
    pub(super) fn stored(&mut self, place: Place, from: NodeId, request: RequestId, out: &mut Outbox) {
        let Some(write) = self.writes.get_mut(request) else { return };
        let before = self.setup.enough_for_a_write(write.kept_by);
        write.kept_by.insert(from);
        if !self.setup.enough_for_a_write(write.kept_by) {
            return;
        }
        if !before {
            out.answer(request, Answer::Written);
        }
        let missing = self.setup.replicas(place).any(|replica| !write.kept_by.contains(replica));
        if !missing || write.until == Until::End || self.setup.hinted_handoff == Switch::Off {
            self.writes.take(request);
            out.stop(Timer::GiveUp(request));
        }
    }

    fn read(&mut self, place: Place, request: RequestId, out: &mut Outbox) {
        self.reads.insert(request, Read { newest: self.held, current: Nodes::default(), older: Nodes::default() });
        out.set(Timer::GiveUp(request), self.setup.timeout);
        for replica in self.setup.replicas(place) {
            if replica == place.me {
                self.fetched(place, replica, request, self.held, out);
            } else {
                out.send_for(request, replica, Message::Fetch(request));
            }
        }
    }

    /// Counts an answer, returns the newest once there are R, and from then on repairs what is older.
    pub(super) fn fetched(
        &mut self,
        place: Place,
        from: NodeId,
        request: RequestId,
        version: Version,
        out: &mut Outbox,
    ) {
        self.see(version);
        let Some(read) = self.reads.get_mut(request) else { return };
        let before = self.setup.enough_for_a_read(read.answered());
        read.hear(from, version);
        let (newest, answered) = (read.newest, read.answered());
        if !self.setup.enough_for_a_read(answered) {
            return;
        }
        if !before {
            out.answer(request, Answer::Value(newest.1));
        }
        let repair = self.setup.read_repair == Switch::On;
        let older = if repair { read.take_older() } else { Nodes::default() };
        if !repair || self.setup.replicas(place).all(|replica| answered.contains(replica)) {
            self.reads.take(request);
            out.stop(Timer::GiveUp(request));
        }
        for replica in older.iter() {
            if replica == place.me {
                self.adopt(newest);
            } else {
                out.send(replica, Message::Repair(newest));
            }
        }
    }

    pub(super) fn time_is_up(&mut self, place: Place, request: RequestId, out: &mut Outbox) {
        if let Some(write) = self.writes.take(request) {
            match (write.until, self.setup.hinted_handoff) {
                (Until::Hints, Switch::On) => self.send_hints(place, request, write, out),
                _ => out.reply(request, Outcome::Unknown),
            }
        } else if let Some(read) = self.reads.take(request)
            && !self.setup.enough_for_a_read(read.answered())
        {
            out.refuse(request, Refusal::QuorumLoss);
        }
    }

    /// Asks a node past the preferred ones, another for each replica that has not answered, to keep the write for it.
    fn send_hints(&mut self, place: Place, request: RequestId, write: Write, out: &mut Outbox) {
        if !self.setup.enough_for_a_write(write.kept_by) {
            self.writes.insert(request, Write { until: Until::End, ..write });
            out.set(Timer::GiveUp(request), self.setup.timeout);
        }
        let missing = self.setup.replicas(place).filter(|&replica| !write.kept_by.contains(replica));
        for (owner, keeper) in missing.zip(self.setup.keepers(place)) {
            self.store_at(place, keeper, request, write.version, Some(owner), out);
        }
    }
}

impl Read {
    fn hear(&mut self, from: NodeId, version: Version) {
        if version > self.newest {
            (self.older, self.current) = (self.answered(), Nodes::default());
            self.newest = version;
        }
        let (joins, leaves) = if version == self.newest {
            (&mut self.current, &mut self.older)
        } else {
            (&mut self.older, &mut self.current)
        };
        joins.insert(from);
        leaves.remove(from);
    }

    /// Those who answered.
    fn answered(self) -> Nodes {
        self.current.iter().chain(self.older.iter()).collect()
    }

    /// Those who answered something older; from now on they count as brought up to date.
    fn take_older(&mut self) -> Nodes {
        self.current = self.answered();
        std::mem::take(&mut self.older)
    }
}
