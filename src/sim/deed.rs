//! What a script or a person does to the world, and what follows from it at once.

use super::action::{Action, Ends};
use super::netem::{Conditions, Options};
use super::node::{Clock, Status};
use super::protocol::Replica;
use super::queue::DueAt;
use super::record::Record;
use super::trace::{Loss, Sink};
use super::world::{Due, Kept, Message, What};
use super::{EventId, EventKind, MessageId, Micros, NodeId};

impl<R: Replica, S: Sink> Record<'_, R, S> {
    /// Does it. What it names must be there.
    pub fn act(&mut self, action: &Action) {
        match action {
            Action::Request { client, operation } => drop(self.invoke(*client, *operation)),
            Action::Cut(links) => links.iter().for_each(|&ends| self.cut(ends)),
            Action::Heal(links) => links.iter().for_each(|&ends| self.heal(ends)),
            Action::Hold(links) => links.iter().for_each(|&ends| self.hold(ends)),
            Action::Release(links) => links.iter().for_each(|&ends| self.release(ends)),
            Action::Shape(links, options) => {
                for &ends in links {
                    self.shape(ends, Some(Conditions::of(options)));
                }
            }
            Action::Reshape(links, options) => links.iter().for_each(|&ends| self.reshape(ends, options)),
            Action::Unshape(links) => links.iter().for_each(|&ends| self.shape(ends, None)),
            Action::Crash(node) => drop(self.crash(*node)),
            Action::Recover(node) => self.recover(*node, None),
            Action::Restart(node) => {
                let crashed = self.crash(*node);
                self.recover(*node, crashed);
            }
            Action::Pause(node) => self.pause(*node),
            Action::Resume(node) => self.resume(*node),
            Action::SetClock(node, clock) => self.set_clock(*node, *clock),
            Action::Deliver(id) => self.by_hand(*id, Self::deliver_now),
            Action::Delay(id, by) => {
                let by = *by;
                self.by_hand(*id, |record, key, due, message| record.delay(key, due, message, by));
            }
            Action::Drop(id) => self.by_hand(*id, Self::lose),
            Action::Duplicate(id) => self.by_hand(*id, Self::duplicate),
        }
    }

    fn cut(&mut self, (from, to): Ends) {
        let cut = self.note(None, EventKind::Cut { from, to });
        self.world.link(from, to).cut = Some(cut);
        for key in self.world.in_flight(from, to) {
            if let Some(Due { what: What::Delivery(message), .. }) = self.world.due.take(key) {
                self.note(Some(cut), EventKind::Lost { message: message.id, from, to, why: Loss::Cut });
            }
        }
        self.drop_kept(cut, (from, to));
    }

    /// What a held link kept is lost when it is cut.
    fn drop_kept(&mut self, cut: EventId, (from, to): Ends) {
        for due in self.world.take_kept(Kept::ByLink(from, to)) {
            if let What::Delivery(message) = due.what {
                self.note(Some(cut), EventKind::Lost { message: message.id, from, to, why: Loss::Cut });
            }
        }
    }

    fn heal(&mut self, (from, to): Ends) {
        self.note(None, EventKind::Healed { from, to });
        self.world.link(from, to).cut = None;
    }

    fn hold(&mut self, (from, to): Ends) {
        self.note(None, EventKind::Held { from, to });
        self.world.link(from, to).held = true;
        for key in self.world.in_flight(from, to) {
            if let Some(due) = self.world.due.take(key) {
                let (keeper, kept) = (Kept::ByLink(from, to), &mut self.world.kept);
                let sent_after = |(by, other): &(Kept, Due)| *by == keeper && other.message() > due.message();
                let place = kept.iter().position(sent_after).unwrap_or(kept.len());
                kept.insert(place, (keeper, due));
            }
        }
    }

    fn release(&mut self, (from, to): Ends) {
        self.note(None, EventKind::Released { from, to });
        self.world.link(from, to).held = false;
        self.world.let_go(Kept::ByLink(from, to));
    }

    fn reshape(&mut self, (from, to): Ends, options: &Options) {
        let shaping = &self.world.link(from, to).shaping;
        let mut conditions = shaping.as_ref().map_or_else(Conditions::default, |shaping| shaping.conditions);
        conditions.change(options);
        self.shape((from, to), Some(conditions));
    }

    /// Does nothing to a node that is down. What waits there, as it stood still or was busy, has come in vain.
    fn crash(&mut self, node: NodeId) -> Option<EventId> {
        if self.world.nodes[node.index()].status == Status::Down {
            return None;
        }
        let crashed = self.note(None, EventKind::Crashed { node });
        let here = &mut self.world.nodes[node.index()];
        let before = here.replica.content();
        here.replica.crash();
        here.status = Status::Down;
        let door = std::mem::take(&mut here.door);
        here.keys.retain(|(_, answered)| answered.is_some());
        for (_, key) in std::mem::take(&mut here.timers) {
            self.world.due.take(key);
        }
        let value = self.world.nodes[node.index()].replica.content();
        if value != before {
            self.note(Some(crashed), EventKind::Stored { node, value });
        }
        for (cause, request) in door {
            self.arrive(cause, request);
        }
        for due in self.world.take_kept(Kept::ByNode(node)) {
            if !matches!(due.what, What::Timer(..)) {
                self.happen(due);
            }
        }
        Some(crashed)
    }

    /// Does nothing to a node that is not down.
    fn recover(&mut self, node: NodeId, cause: Option<EventId>) {
        if self.world.nodes[node.index()].status == Status::Down {
            let recovered = self.note(cause, EventKind::Recovered { node });
            self.come_up(Some(recovered), node);
        }
    }

    fn pause(&mut self, node: NodeId) {
        if self.world.nodes[node.index()].status == Status::Up {
            self.note(None, EventKind::Paused { node });
            self.world.nodes[node.index()].status = Status::Paused;
        }
    }

    fn resume(&mut self, node: NodeId) {
        if self.world.nodes[node.index()].status == Status::Paused {
            self.note(None, EventKind::Resumed { node });
            self.world.nodes[node.index()].status = Status::Up;
            self.world.let_go(Kept::ByNode(node));
        }
    }

    fn set_clock(&mut self, node: NodeId, clock: Clock) {
        self.note(None, EventKind::ClockSet { node });
        self.world.nodes[node.index()].clock = clock;
    }

    /// Takes a message out of the air and does something to it.
    fn by_hand(&mut self, id: MessageId, mut deed: impl FnMut(&mut Self, DueAt, Due, Message)) {
        if let Some(key) = self.world.flight_of(id)
            && let Some(due) = self.world.due.take(key)
            && let What::Delivery(message) = due.what
        {
            deed(self, key, due, message);
        } else {
            self.note(None, EventKind::Missed { message: id });
        }
    }

    fn deliver_now(&mut self, _key: DueAt, due: Due, _message: Message) {
        self.happen(due);
    }

    fn delay(&mut self, key: DueAt, due: Due, message: Message, by: Micros) {
        let until = key.at + by;
        self.note(None, EventKind::Delayed { message: message.id, until });
        self.world.plan(until, due.cause, due.what);
    }

    fn lose(&mut self, _key: DueAt, _due: Due, Message { id, from, to, .. }: Message) {
        self.note(None, EventKind::Lost { message: id, from, to, why: Loss::ByHand });
    }

    fn duplicate(&mut self, key: DueAt, due: Due, message: Message) {
        let copy = self.new_message();
        let duplicated = self.note(None, EventKind::Duplicated { message: message.id, copy });
        self.world.plan(key.at, due.cause, due.what);
        self.world.plan(key.at, Some(duplicated), What::Delivery(Message { id: copy, ..message }));
    }
}
