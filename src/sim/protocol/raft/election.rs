//! Election: how a node comes to lead (Ongaro & Ousterhout 2014, §5.2 and §5.4.1).
//!
//! A node that hears of no leader for a random time enters the next term and asks for votes. Random, so that two seldom
//! stand at once; when they do, nobody may win, and a later term decides. Two majorities share a node, and a node votes
//! once per term, so no term has two leaders.

use super::{Entry, Message, Position, Progress, Replica, Role, Term};
use crate::sim::NodeId;
use crate::sim::protocol::{Nodes, Outbox, Place, Timer};

impl Replica {
    /// No leader was heard of for too long: unless it leads itself, the node stands for election in the next term.
    pub(super) fn stand(&mut self, place: Place, out: &mut Outbox) {
        if matches!(self.role, Role::Leader(_)) {
            return;
        }
        (self.term, self.vote) = (self.term.next(), Some(place.me));
        self.role = Role::Candidate(Nodes::default());
        self.await_leader(out);
        for peer in place.peers() {
            out.send(peer, Message::AskVote(self.term, self.log.last()));
        }
        self.count_vote(place, place.me, self.term, out);
    }

    /// Votes for a candidate of its own term if it has voted for no other and lacks nothing that it has itself.
    pub(super) fn asked_for_vote(&mut self, from: NodeId, term: Term, last: Position, out: &mut Outbox) {
        let free = self.vote.is_none_or(|given| given == from);
        if term == self.term && free && last >= self.log.last() {
            self.vote = Some(from);
            self.await_leader(out);
            out.send(from, Message::Vote(term));
        } else {
            out.send(from, Message::Deny(self.term));
        }
    }

    /// Counts a vote while the candidacy lasts that it was given for, and leads once there is a majority.
    pub(super) fn count_vote(&mut self, place: Place, from: NodeId, term: Term, out: &mut Outbox) {
        let Role::Candidate(votes) = &mut self.role else { return };
        if term != self.term {
            return;
        }
        votes.insert(from);
        if votes.len() >= place.majority() {
            self.lead(place, out);
        }
    }

    /// Leads, and appends an entry that says nothing: once it is committed, so is everything before it.
    fn lead(&mut self, place: Place, out: &mut Outbox) {
        let fresh = Progress { next: self.log.last().index + 1, matched: 0 };
        self.role = Role::Leader(vec![fresh; place.nodes.into()]);
        out.stop(Timer::Election);
        out.set(Timer::Heartbeat, self.setup.heartbeat);
        self.take_in(place, Entry { term: self.term, command: None }, out);
    }
}
