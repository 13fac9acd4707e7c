//! Requests: what a client's request does, whichever node the client talks to.
//!
//! ```text
//!  client ─ write ─▶ follower ─ forward ─▶ leader ─ append ─▶ the others
//!         ◀── ok ──           ◀─ result ──        ◀─ accept ─  a majority: committed
//! ```
//!
//! A follower that sees the entry committed in its own log before the result arrives answers as well: it is the same.
//!
//! An entry carries the request's number, and a leader takes in no request that its log has already. Every log is a
//! copy of a leader's, so none has a request twice, however often the network repeats a message.
//!
//! A request that is not committed in time is given up: a read is refused, and of a write nobody can tell.

use super::{Entry, Message, Replica, Role};
use crate::sim::protocol::{Outbox, Place, Timer};
use crate::sim::{Answer, NodeId, Operation, Outcome, Refusal, RequestId};

/// Who waits for the outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Asker {
    /// A client of this node, who asked this.
    Client(Operation),
    /// A node that passed the request on.
    Node(NodeId),
}

impl Asker {
    /// Tells it how the request ended.
    fn tell(self, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        match self {
            Self::Client(_) => {
                out.stop(Timer::GiveUp(request));
                out.reply(request, outcome);
            }
            Self::Node(node) => out.send_for(request, node, Message::Result(request, outcome)),
        }
    }
}

impl Replica {
    /// A leader takes the request in, a follower passes it on; without a leader it is refused.
    pub(super) fn request(&mut self, place: Place, request: RequestId, operation: Operation, out: &mut Outbox) {
        if operation.on_register(self.value).is_none() {
            return out.refuse(request, Refusal::Unsupported);
        }
        match self.role {
            Role::Leader(_) => self.propose(place, request, operation, Asker::Client(operation), out),
            Role::Follower(Some(leader)) => {
                self.wait(request, Asker::Client(operation), out);
                out.send_for(request, leader, Message::Forward(request, operation));
            }
            Role::Follower(None) | Role::Candidate(_) => out.refuse(request, Refusal::NoLeader),
        }
    }

    /// A leader takes in what another node passes on. A node that does not lead says nothing: it may have led, and have
    /// taken in the same request, when the same message came before.
    pub(super) fn forwarded(
        &mut self,
        place: Place,
        from: NodeId,
        request: RequestId,
        operation: Operation,
        out: &mut Outbox,
    ) {
        if matches!(self.role, Role::Leader(_)) {
            self.propose(place, request, operation, Asker::Node(from), out);
        }
    }

    /// A leader appends a request that its log does not have, and answers at once one that is committed.
    fn propose(&mut self, place: Place, request: RequestId, operation: Operation, asker: Asker, out: &mut Outbox) {
        let found = self.log.find(request);
        let applied = found.filter(|&index| index <= self.committed);
        if let Some(answer) = applied.and_then(|index| self.log.answer(index, self.initial)) {
            return asker.tell(request, Outcome::Answered(answer), out);
        }
        self.wait(request, asker, out);
        if found.is_none() {
            self.take_in(place, Entry { term: self.term, command: Some((request, operation)) }, out);
        }
    }

    /// A node waits for its own client only so long.
    fn wait(&mut self, request: RequestId, asker: Asker, out: &mut Outbox) {
        self.waiting.insert((request, asker));
        if matches!(asker, Asker::Client(_)) {
            out.set(Timer::GiveUp(request), self.setup.timeout);
        }
    }

    /// An entry is applied: whoever waits for its request here is told.
    pub(super) fn settle(&mut self, request: RequestId, answer: Answer, out: &mut Outbox) {
        self.waiting.retain(|&(waiting, asker)| {
            if waiting == request {
                asker.tell(request, Outcome::Answered(answer), out);
            }
            waiting != request
        });
    }

    /// The leader says how a request ended; the client is told if it still waits.
    pub(super) fn resulted(&mut self, request: RequestId, outcome: Outcome, out: &mut Outbox) {
        if self.stop_waiting(request).is_some() {
            out.stop(Timer::GiveUp(request));
            out.reply(request, outcome);
        }
    }

    /// Time is up. A read has no effect, so it can be refused. A write may be in some log, and be committed yet.
    pub(super) fn give_up(&mut self, request: RequestId, out: &mut Outbox) {
        match self.stop_waiting(request) {
            Some(Operation::Read) => out.refuse(request, Refusal::QuorumLoss),
            Some(_) => out.reply(request, Outcome::Unknown),
            None => {}
        }
    }

    /// What this node's client asked, if it still waits; not any more.
    fn stop_waiting(&mut self, request: RequestId) -> Option<Operation> {
        let asked = self.waiting.iter().find_map(|&(waiting, asker)| match asker {
            Asker::Client(operation) if waiting == request => Some(operation),
            _ => None,
        })?;
        self.waiting.remove(&(request, Asker::Client(asked)));
        Some(asked)
    }
}
