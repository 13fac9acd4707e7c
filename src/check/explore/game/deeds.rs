//! What follows from a choice in a game: asked of the protocol once, and remembered.

use super::super::cluster::MOST_REQUESTS;
use super::super::history::{MOST_CLIENTS, Record};
use super::{Change, Choice, Deed, Game, Local, Message, State, next_of};
use crate::sim::protocol::{Effect, Input, Place, Replica};
use crate::sim::{ClientId, Micros, NodeId, Outcome, RequestId};

// What happens to a node, as a number: this, then requests, then timers by their number, then messages by theirs.
pub(super) const START: u32 = 0;
const REQUEST: u32 = 1;
const TIMER: u32 = REQUEST + 128;
const MESSAGE: u32 = TIMER + 4_096;

impl<R: Replica> Game<R> {
    /// Lets it happen.
    pub(super) fn happen(&mut self, state: &mut State, choice: Choice) {
        match choice {
            Choice::Ask(client) => {
                let request = next_of(state, client);
                let (_, node, _) = self.asks(request);
                state.made[client.index()] |= super::state::WAITING;
                state.history = self.tell(state.history, request, None);
                self.befall(state, node, REQUEST + request.0);
            }
            Choice::Deliver(at) => {
                let message = state.messages.remove(at.into());
                let Message(_, to, _) = *self.messages.get(message);
                self.befall(state, to, MESSAGE + message);
            }
            Choice::Lose(at) => {
                state.messages.remove(at.into());
                state.losses += 1;
            }
            Choice::TimeOut => {
                let timer = state.timers.remove(0);
                let (node, _) = *self.timers.get(timer);
                self.befall(state, node, TIMER + timer);
            }
        }
    }

    /// Something happens to a node, and it does what it does.
    pub(super) fn befall(&mut self, state: &mut State, node: NodeId, happens: u32) {
        let local = state.nodes[node.index()];
        let deed = if let Some(known) = self.deeds.find((local, happens)) {
            known
        } else {
            let deed = self.find_out(local, happens);
            self.deeds.keep((local, happens), deed)
        };
        let Deed { local, sends, timers, .. } = self.deeds.get(deed);
        state.nodes[node.index()] = *local;
        for &message in sends {
            state.send(message);
        }
        for &(change, timer) in timers {
            match change {
                Change::Set => state.set_timer(timer),
                Change::Stop => state.stop_timer(timer),
            }
        }
        for at in 0..self.deeds.get(deed).replies.len() {
            let (request, outcome) = self.deeds.get(deed).replies[at];
            let client = (request.0 / MOST_REQUESTS) as usize;
            if state.made[client] & super::state::WAITING != 0 {
                state.made[client] = (state.made[client] & !super::state::WAITING) + 1;
                state.history = self.tell(state.history, request, Some(outcome));
            }
        }
    }

    /// The requests that end by a choice that was made before.
    pub(super) fn ends(&self, state: &State, choice: Choice) -> &[(RequestId, Outcome)] {
        let (node, happens) = match choice {
            Choice::Ask(client) => {
                let request = next_of(state, client);
                (self.asks(request).1, REQUEST + request.0)
            }
            Choice::Deliver(at) => {
                let message = state.messages[usize::from(at)];
                (self.messages.get(message).1, MESSAGE + message)
            }
            Choice::TimeOut => (self.timers.get(state.timers[0]).0, TIMER + state.timers[0]),
            Choice::Lose(_) => return &[],
        };
        let deed = self.deeds.find((state.nodes[node.index()], happens));
        deed.map_or(&[], |deed| &self.deeds.get(deed).replies)
    }

    fn find_out(&mut self, local: u32, happens: u32) -> Deed {
        let Local { node, mut replica } = self.locals.get(local).clone();
        let place = Place { me: node, nodes: self.nodes, clock: Micros(0) };
        let mut out = std::mem::take(&mut self.outbox);
        match happens {
            START => replica.start(place, &mut out),
            REQUEST..TIMER => {
                let request = RequestId(happens - REQUEST);
                let (_, _, operation) = self.asks(request);
                replica.take(place, Input::Request(request, operation), &mut out);
            }
            TIMER..MESSAGE => {
                let (_, timer) = *self.timers.get(happens - TIMER);
                replica.take(place, Input::Timer(timer), &mut out);
            }
            _ => {
                let Message(from, _, body) = *self.messages.get(happens - MESSAGE);
                replica.take(place, Input::Message(from, body), &mut out);
            }
        }
        let (mut sends, mut timers, mut replies) = (Vec::new(), Vec::new(), Vec::new());
        for effect in out.0.drain(..) {
            match effect {
                Effect::Reply(request, outcome) => replies.push((request, outcome)),
                Effect::Send(to, body, _) if !self.conditions.cut.contains(&(node, to)) => {
                    sends.push(self.messages.number(Message(node, to, body)));
                }
                Effect::Send(..) => {}
                Effect::SetTimer(timer, ..) => timers.push((Change::Set, self.timers.number((node, timer)))),
                Effect::StopTimer(timer) => timers.push((Change::Stop, self.timers.number((node, timer)))),
            }
        }
        self.outbox = out;
        Deed { local: self.locals.number(Local { node, replica }), sends, timers, replies }
    }

    /// The history after a request is made, or has ended so.
    fn tell(&mut self, history: u32, request: RequestId, outcome: Option<Outcome>) -> u32 {
        let what = request.0 << 16 | outcome.map_or(0, |outcome| self.outcomes.number(outcome) + 1);
        if let Some(known) = self.told.find((history, what)) {
            return *self.told.get(known);
        }
        let mut records = self.histories.get(history).clone();
        if outcome.is_some() {
            for record in records.iter_mut().filter(|record| record.request == request) {
                record.outcome = outcome;
            }
        } else {
            let mut before = [0; MOST_CLIENTS];
            for record in records.iter().filter(|record| record.outcome.is_some()) {
                before[ClientId::index(self.asks(record.request).0)] += 1;
            }
            let at = records.partition_point(|other| other.request < request);
            records.insert(at, Record { request, before, outcome: None });
        }
        let after = self.histories.number(records);
        self.told.keep((history, what), after);
        after
    }
}
