//! Replication: how an entry gets into the logs and when it counts (Ongaro & Ousterhout 2014, §5.3 and §5.4.2).
//!
//! A follower is sent the entry after the last one it is known to hold, and the next one when it has accepted that. What
//! got lost is sent again with the heartbeat. A follower that lacks the entry before says so, and the leader goes back.

use super::{Entry, Message, Position, Replica, Role, Term};
use crate::sim::NodeId;
use crate::sim::protocol::{Outbox, Place, Timer};

impl Replica {
    /// A leader lets every follower hear of it, and goes on doing so.
    pub(super) fn beat(&mut self, place: Place, out: &mut Outbox) {
        if !matches!(self.role, Role::Leader(_)) {
            return;
        }
        for peer in place.peers() {
            self.send_next(peer, out);
        }
        out.set(Timer::Heartbeat, self.setup.heartbeat);
    }

    /// A leader takes an entry into its own log and sends it to every follower that lacks nothing else. The others get
    /// it in their turn.
    pub(super) fn take_in(&mut self, place: Place, entry: Entry, out: &mut Outbox) {
        let Role::Leader(progress) = &self.role else { return };
        self.log.push(entry);
        let index = self.log.last().index;
        let up_to_date = place.peers().filter(|peer| progress[peer.index()].next == index);
        for peer in up_to_date {
            self.send_next(peer, out);
        }
        self.count_copies(place, out);
    }

    /// A leader sends a follower the next entry, or shows at least that it leads.
    fn send_next(&self, to: NodeId, out: &mut Outbox) {
        let Role::Leader(progress) = &self.role else { return };
        let next = progress[to.index()].next;
        let (previous, entry) = (self.log.position(next - 1), self.log.at(next));
        let message = Message::Append { term: self.term, previous, entry, commit: self.committed };
        send_with(entry, to, message, out);
    }

    /// Takes an entry from the leader of its term, if it has the one before it; a deposed leader is told the term.
    pub(super) fn append(
        &mut self,
        from: NodeId,
        term: Term,
        previous: Position,
        entry: Option<Entry>,
        commit: u32,
        out: &mut Outbox,
    ) {
        let last = self.log.last().index;
        let reject = Message::Reject { term: self.term, previous: previous.index, last };
        if term < self.term {
            return out.send(from, reject);
        }
        self.follow(Some(from), out);
        self.await_leader(out);
        if !self.log.holds(previous) {
            return send_with(entry, from, reject, out);
        }
        let mut matched = previous.index;
        if let Some(entry) = entry {
            self.log.put_after(previous.index, entry);
            matched += 1;
        }
        send_with(entry, from, Message::Accept(term, matched), out);
        self.commit(commit.min(matched), out);
    }

    /// A leader learns that a follower has its log up to that index, counts, and sends the next entry if there is one.
    pub(super) fn accepted(&mut self, place: Place, from: NodeId, term: Term, index: u32, out: &mut Outbox) {
        let Role::Leader(progress) = &mut self.role else { return };
        let follower = &mut progress[from.index()];
        if term != self.term || index <= follower.matched {
            return;
        }
        (follower.matched, follower.next) = (index, index + 1);
        self.count_copies(place, out);
        if index < self.log.last().index {
            self.send_next(from, out);
        }
    }

    /// A leader goes back in a follower's log, to its end or by one entry, unless the answer is an old one.
    pub(super) fn rejected(&mut self, from: NodeId, term: Term, previous: u32, last: u32, out: &mut Outbox) {
        let Role::Leader(progress) = &mut self.role else { return };
        let follower = &mut progress[from.index()];
        if term != self.term || previous + 1 != follower.next || previous <= follower.matched {
            return;
        }
        follower.next = previous.min(last + 1);
        self.send_next(from, out);
    }

    /// A leader commits what a majority holds, up to the last such entry of its own term. A majority may hold an entry
    /// of an earlier term and still lose it to a leader that never saw it (figure 8 of the paper).
    fn count_copies(&mut self, place: Place, out: &mut Outbox) {
        let Role::Leader(progress) = &self.role else { return };
        let mut matched: Vec<u32> = place.peers().map(|peer| progress[peer.index()].matched).collect();
        matched.push(self.log.last().index);
        matched.sort_unstable_by(|one, other| other.cmp(one));
        let held = matched[place.majority() - 1];
        if self.log.position(held).term == self.term {
            self.commit(held, out);
        }
    }

    /// Applies what is newly known to be committed, and answers whoever waits for it here.
    fn commit(&mut self, index: u32, out: &mut Outbox) {
        while self.committed < index {
            let Some(entry) = self.log.at(self.committed + 1) else { return };
            self.committed += 1;
            let (value, answer) = entry.apply(self.value);
            self.value = value;
            if let (Some(request), Some(answer)) = (entry.request(), answer) {
                self.settle(request, answer, out);
            }
        }
    }
}

/// Sends a message, for the sake of the request of the entry if it is about one.
fn send_with(entry: Option<Entry>, to: NodeId, message: Message, out: &mut Outbox) {
    match entry.and_then(Entry::request) {
        Some(request) => out.send_for(request, to, message),
        None => out.send(to, message),
    }
}
