//! What follows from what happens in a cluster: asked of the protocol once, and remembered.

use super::cluster::{CRASH, Cluster, Deed, ENVELOPE, Envelope, Local, MOST_REQUESTS, RECOVER, TIMEOUT};
use super::history::{MOST_CLIENTS, Record};
use super::state::State;
use crate::sim::protocol::{Effect, Input, Place, Replica};
use crate::sim::{Micros, NodeId, RequestId};

impl<R: Replica> Cluster<R> {
    /// What follows when that happens to a node in that state, by its number; `None` if nothing does.
    pub(super) fn deed(&mut self, local: u32, happens: u32) -> Option<u32> {
        let deed = if let Some(known) = self.deeds.find((local, happens)) {
            known
        } else {
            let deed = self.find_out(local, happens);
            self.deeds.keep((local, happens), deed)
        };
        let Deed { local: after, sends } = self.deeds.get(deed);
        (*after != local || !sends.is_empty()).then_some(deed)
    }

    pub(super) fn find_out(&mut self, local: u32, happens: u32) -> Deed {
        let mut after = self.locals.get(local).clone();
        let place = Place { me: after.node, nodes: self.nodes, clock: Micros(0) };
        let mut out = std::mem::take(&mut self.outbox);
        match happens {
            CRASH => {
                after.replica.crash();
                after.timers.clear();
                after.up = false;
            }
            RECOVER => {
                after.up = true;
                after.replica.start(place, &mut out);
            }
            TIMEOUT..ENVELOPE => {
                let timer = after.timers.remove((happens - TIMEOUT) as usize);
                after.replica.take(place, Input::Timer(timer), &mut out);
            }
            _ => match *self.envelopes.get(happens - ENVELOPE) {
                Envelope::Message(from, _, body) => after.replica.take(place, Input::Message(from, body), &mut out),
                Envelope::Request(request) => {
                    let (_, _, operation) = self.asks(request);
                    after.replica.take(place, Input::Request(request, operation), &mut out);
                }
                Envelope::Reply(..) => {}
            },
        }
        let sends: Vec<u32> = out.0.drain(..).filter_map(|effect| self.follow(&mut after, effect)).collect();
        self.outbox = out;
        for (at, &envelope) in sends.iter().enumerate() {
            came_about(&mut self.envelope_origins, envelope, (local, happens, at));
        }
        let number = self.locals.number(after);
        came_about(&mut self.local_origins, number, (local, happens));
        Deed { local: number, sends }
    }

    /// The number of what an effect sends, if it sends anything; timers are set and stopped.
    pub(super) fn follow(&mut self, local: &mut Local<R>, effect: Effect) -> Option<u32> {
        match effect {
            Effect::Reply(request, outcome) => Some(self.envelopes.number(Envelope::Reply(request, outcome))),
            Effect::Send(to, body, _) => Some(self.envelopes.number(Envelope::Message(local.node, to, body))),
            Effect::SetTimer(timer, ..) => {
                if let Err(at) = local.timers.binary_search(&timer) {
                    local.timers.insert(at, timer);
                }
                None
            }
            Effect::StopTimer(timer) => {
                local.timers.retain(|set| *set != timer);
                None
            }
        }
    }

    /// Does a deed of a node.
    pub(super) fn perform(&self, state: &mut State, node: NodeId, deed: u32) {
        let Deed { local, sends } = self.deeds.get(deed);
        state.set_node(node.index(), *local);
        for &envelope in sends {
            state.send(envelope);
        }
    }

    /// An outcome reaches its client, which makes its next request: the history then, and the request.
    pub(super) fn returned(&mut self, history: u32, envelope: u32) -> (u32, Option<u32>) {
        if let Some(known) = self.returns.find((history, envelope)) {
            return *self.returns.get(known);
        }
        let mut records = self.histories.get(history).clone();
        let mut next = None;
        if let Envelope::Reply(request, outcome) = *self.envelopes.get(envelope) {
            for record in records.iter_mut().filter(|record| record.request == request) {
                record.outcome = Some(outcome);
            }
            let following = RequestId(request.0 + 1);
            let is_of_the_same_client = following.0 / MOST_REQUESTS == request.0 / MOST_REQUESTS;
            next = if is_of_the_same_client { self.ask(&mut records, following) } else { None };
        }
        let after = (self.histories.number(records), next);
        self.returns.keep((history, envelope), after);
        after
    }

    /// A client makes a request, if its script has it: the number of the envelope.
    pub(super) fn ask(&mut self, records: &mut Vec<Record>, request: RequestId) -> Option<u32> {
        let script = self.scripts.get((request.0 / MOST_REQUESTS) as usize)?;
        if (request.0 % MOST_REQUESTS) as usize >= script.len() {
            return None;
        }
        let mut before = [0; MOST_CLIENTS];
        for record in records.iter().filter(|record| record.outcome.is_some()) {
            before[(record.request.0 / MOST_REQUESTS) as usize] += 1;
        }
        let at = records.partition_point(|other| other.request < request);
        records.insert(at, Record { request, before, outcome: None });
        Some(self.envelopes.number(Envelope::Request(request)))
    }

    pub(super) fn deliver(&mut self, from: &State, at: usize, to: &mut State) -> bool {
        let number = from.envelopes()[at];
        if let Some(node) = self.receiver(*self.envelopes.get(number)) {
            let Some(deed) = self.deed(from.node(node.index()), ENVELOPE + number) else { return false };
            to.become_like(from);
            to.remove_envelope(at);
            self.perform(to, node, deed);
        } else {
            let (history, request) = self.returned(from.history(), number);
            to.become_like(from);
            to.remove_envelope(at);
            to.set_history(history);
            if let Some(request) = request {
                to.send(request);
            }
        }
        true
    }

    /// Something other than a delivery happens to a node.
    pub(super) fn befall(&mut self, from: &State, node: NodeId, happens: u32, to: &mut State) {
        to.become_like(from);
        if let Some(deed) = self.deed(from.node(node.index()), happens) {
            self.perform(to, node, deed);
        }
    }
}

/// Keeps how something first came about.
pub(super) fn came_about<T: Clone>(origins: &mut Vec<Option<T>>, number: u32, how: T) {
    let at = number as usize;
    if at >= origins.len() {
        origins.resize(at + 1, None);
    }
    origins[at].get_or_insert(how);
}
