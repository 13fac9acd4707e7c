//! What happens in a step of the world, and its account: each thing that happens is told to the sink as it happens.

use super::client::Keys;
use super::link::{Fate, Shaping};
use super::netem::Conditions;
use super::node::Status;
use super::protocol::{Body, Effect, Input, Object, Replica, Timer};
use super::trace::{Loss, Sink};
use super::world::{Client, Due, Kept, Message, Request, What, World};
use super::{ClientId, Event, EventId, EventKind, MessageId, NodeId, Operation, Outcome, RequestId};

/// The world in a step, and who takes down what happens.
pub(super) struct Record<'a, R, S> {
    pub world: &'a mut World<R>,
    pub sink: &'a mut S,
}

impl<R: Replica, S: Sink> Record<'_, R, S> {
    pub fn note(&mut self, cause: Option<EventId>, kind: EventKind) -> EventId {
        let id = EventId(self.world.events);
        self.world.events += 1;
        self.sink.note(Event { id, step: self.world.steps, at: self.world.now, cause, kind });
        id
    }

    /// Something that was due happens, unless its node stands still.
    pub fn happen(&mut self, due: Due) {
        let concerns = match due.what {
            What::Delivery(message) => Some(message.to),
            What::Arrival(request) => Some(self.node_of(request)),
            What::Timer(node, _) => Some(node),
            _ => None,
        };
        if let Some(node) = concerns.filter(|node| self.world.nodes[node.index()].status == Status::Paused) {
            if let What::Timer(node, timer) = due.what {
                self.world.nodes[node.index()].forget(timer);
            }
            return self.world.kept.push((Kept::ByNode(node), due));
        }
        match due.what {
            What::Script(_) => {}
            What::NextOf(client) => self.next_of(client),
            What::Arrival(request) => self.arrive(due.cause, request),
            What::Return(request, outcome) => self.give_back(due.cause, request, outcome),
            What::Delivery(message) => self.deliver(due.cause, message),
            What::Timer(node, timer) => self.time_out(due.cause, node, timer),
            What::ClientGivesUp(request) => self.lose_patience(due.cause, request),
            What::ClientTriesAgain(request) => self.try_again(due.cause, request),
        }
    }

    fn node_of(&self, request: RequestId) -> NodeId {
        let client = self.world.requests[request.0 as usize].client;
        self.world.clients[client.index()].node
    }

    fn next_of(&mut self, client: ClientId) {
        let Client { workload, node, .. } = self.world.clients[client.index()];
        let object = self.world.objects.get(node.index()).copied().unwrap_or(Object::Register);
        let operation = workload.operation(object, &mut self.world.fresh, &mut self.world.rng);
        let request = self.invoke(client, operation);
        let asking = &mut self.world.clients[client.index()];
        (asking.left, asking.own) = (asking.left - 1, Some(request));
        if let Some(after) = workload.after_asking(&mut self.world.rng) {
            self.plan_next(client, after);
        }
    }

    fn plan_next(&mut self, client: ClientId, after: super::Micros) {
        if self.world.clients[client.index()].left > 0 {
            self.world.plan(self.world.now + after, None, What::NextOf(client));
        }
    }

    pub fn invoke(&mut self, client: ClientId, operation: Operation) -> RequestId {
        let node = self.world.clients[client.index()].node;
        let request = self.new_request(client, operation, None);
        let invoked = self.note(None, EventKind::Invoked { client, request, node, operation });
        self.send_off(invoked, request, request);
        request
    }

    fn new_request(&mut self, client: ClientId, operation: Operation, of: Option<RequestId>) -> RequestId {
        let request = RequestId(u32::try_from(self.world.requests.len()).unwrap_or(u32::MAX));
        let of = of.unwrap_or(request);
        let waiting = of == request;
        let (doubt, tries, patience) = (false, 0, None);
        self.world.requests.push(Request { client, operation, of, waiting, trying: None, doubt, tries, patience });
        request
    }

    /// A try goes off to its node, and the client waits for the request it belongs to.
    fn send_off(&mut self, cause: EventId, first: RequestId, this: RequestId) {
        let known = &mut self.world.requests[first.0 as usize];
        known.trying = Some(this);
        let client = known.client;
        self.world.plan(self.world.now, Some(cause), What::Arrival(this));
        if let Some(timeout) = self.world.clients[client.index()].timeout {
            let patience = self.world.plan(self.world.now + timeout, Some(cause), What::ClientGivesUp(first));
            self.world.requests[first.0 as usize].patience = Some(patience);
        }
    }

    pub fn arrive(&mut self, cause: Option<EventId>, request: RequestId) {
        let node = self.node_of(request);
        let here = &mut self.world.nodes[node.index()];
        if here.status == Status::Down {
            self.note(cause, EventKind::Unheard { node, request });
        } else if !here.replica.ready() {
            here.door.push((cause, request));
        } else {
            let received = self.note(cause, EventKind::Received { node, request });
            self.begin(received, node, request);
        }
    }

    /// A node begins to work on a request, unless it knows the request's idempotency key.
    fn begin(&mut self, received: EventId, node: NodeId, request: RequestId) {
        let Request { client, operation, of, .. } = self.world.requests[request.0 as usize];
        let keys = self.world.clients[client.index()].retry.map(|retry| retry.keys);
        if keys == Some(Keys::Idempotent) {
            let known = &mut self.world.nodes[node.index()].keys;
            match known.iter().find(|(key, _)| *key == of) {
                Some(&(_, Some(outcome))) => {
                    self.reply(received, node, request, outcome);
                    return self.open_door(node);
                }
                Some((_, None)) => return self.open_door(node),
                None => known.push((of, None)),
            }
        }
        self.node_takes(received, node, Input::Request(request, operation));
    }

    fn reply(&mut self, cause: EventId, node: NodeId, request: RequestId, outcome: Outcome) {
        let of = self.world.requests[request.0 as usize].of;
        let known = &mut self.world.nodes[node.index()].keys;
        if let Some(at) = known.iter().position(|(key, answered)| *key == of && answered.is_none()) {
            match outcome {
                Outcome::Answered(_) => known[at].1 = Some(outcome),
                Outcome::Refused(_) | Outcome::Unknown => drop(known.remove(at)),
            }
        }
        let replied = self.note(Some(cause), EventKind::Replied { node, request, outcome });
        self.world.plan(self.world.now, Some(replied), What::Return(request, outcome));
    }

    /// An outcome reaches the client, which may still be waiting, and may try again. It takes an answer to whichever
    /// try, but the failure of a try only while it waits for that one; by its key, any is the same.
    fn give_back(&mut self, cause: Option<EventId>, request: RequestId, outcome: Outcome) {
        let Request { of: first, client, .. } = self.world.requests[request.0 as usize];
        let keys = self.world.clients[client.index()].retry.map(|retry| retry.keys);
        let known = &mut self.world.requests[first.0 as usize];
        if !known.waiting {
            return;
        }
        known.doubt |= outcome == Outcome::Unknown;
        let awaited = known.trying.is_some_and(|trying| trying == request || keys == Some(Keys::Idempotent));
        if !awaited && !matches!(outcome, Outcome::Answered(_)) {
            return;
        }
        if let Some(patience) = known.patience.take() {
            self.world.due.take(patience);
        }
        match outcome {
            Outcome::Answered(_) => self.finish(cause, first, outcome),
            Outcome::Refused(_) | Outcome::Unknown => self.retry_or_finish(cause, first, outcome),
        }
    }

    fn lose_patience(&mut self, cause: Option<EventId>, first: RequestId) {
        let known = &mut self.world.requests[first.0 as usize];
        (known.doubt, known.patience) = (true, None);
        self.retry_or_finish(cause, first, Outcome::Unknown);
    }

    fn retry_or_finish(&mut self, cause: Option<EventId>, first: RequestId, outcome: Outcome) {
        let Request { client, tries, doubt, .. } = self.world.requests[first.0 as usize];
        match self.world.clients[client.index()].retry {
            Some(retry) if tries < retry.times => {
                let wait = super::Micros(retry.backoff.0.saturating_mul(1 << tries.min(20)));
                let again = self.world.plan(self.world.now + wait, cause, What::ClientTriesAgain(first));
                let known = &mut self.world.requests[first.0 as usize];
                (known.trying, known.patience) = (None, Some(again));
            }
            _ => self.finish(cause, first, if doubt { Outcome::Unknown } else { outcome }),
        }
    }

    fn try_again(&mut self, cause: Option<EventId>, first: RequestId) {
        let known = &mut self.world.requests[first.0 as usize];
        (known.tries, known.patience) = (known.tries + 1, None);
        let Request { client, operation, .. } = *known;
        let again = self.new_request(client, operation, Some(first));
        let node = self.node_of(first);
        let retried = self.note(cause, EventKind::Retried { client, request: first, again, node });
        self.send_off(retried, first, again);
    }

    fn finish(&mut self, cause: Option<EventId>, request: RequestId, outcome: Outcome) {
        let known = &mut self.world.requests[request.0 as usize];
        known.waiting = false;
        let client = known.client;
        self.note(cause, EventKind::Returned { client, request, outcome });
        let Client { workload, own, .. } = self.world.clients[client.index()];
        if let Some(think) = workload.after_answer().filter(|_| own == Some(request)) {
            self.plan_next(client, think);
        }
    }

    fn deliver(&mut self, cause: Option<EventId>, message: Message) {
        let Message { id, from, to, body, damaged } = message;
        if self.world.nodes[to.index()].status == Status::Down {
            self.note(cause, EventKind::Lost { message: id, from, to, why: Loss::Down });
        } else if damaged {
            self.note(cause, EventKind::Corrupted { message: id, from, to });
        } else {
            let delivered = self.note(cause, EventKind::Delivered { message: id, from, to });
            self.node_takes(delivered, to, Input::Message(from, body));
        }
    }

    fn time_out(&mut self, cause: Option<EventId>, node: NodeId, timer: Timer) {
        self.world.nodes[node.index()].forget(timer);
        let timed_out = self.note(cause, EventKind::TimedOut { node, timer });
        self.node_takes(timed_out, node, Input::Timer(timer));
    }

    /// A node takes an input; what it does follows at once.
    fn node_takes(&mut self, cause: EventId, node: NodeId, input: Input) {
        let place = self.world.place(node);
        let mut out = std::mem::take(&mut self.world.outbox);
        let replica = &mut self.world.nodes[node.index()].replica;
        let before = replica.content();
        replica.take(place, input, &mut out);
        let value = replica.content();
        if value != before {
            self.note(Some(cause), EventKind::Stored { node, value });
        }
        for effect in out.0.drain(..) {
            self.follow(Some(cause), node, effect);
        }
        self.world.outbox = out;
        self.open_door(node);
    }

    /// Who waits longest at a node's door comes in, if the node is ready.
    fn open_door(&mut self, node: NodeId) {
        let here = &mut self.world.nodes[node.index()];
        if !here.door.is_empty() && here.replica.ready() {
            let (brought, request) = here.door.remove(0);
            self.world.plan(self.world.now, brought, What::Arrival(request));
        }
    }

    /// A node comes up, at the start or after a crash.
    pub fn come_up(&mut self, cause: Option<EventId>, node: NodeId) {
        let place = self.world.place(node);
        let mut out = std::mem::take(&mut self.world.outbox);
        let here = &mut self.world.nodes[node.index()];
        here.status = Status::Up;
        here.replica.start(place, &mut out);
        for effect in out.0.drain(..) {
            self.follow(cause, node, effect);
        }
        self.world.outbox = out;
    }

    fn follow(&mut self, cause: Option<EventId>, node: NodeId, effect: Effect) {
        match effect {
            Effect::Reply(request, outcome) => {
                if let Some(cause) = cause {
                    self.reply(cause, node, request, outcome);
                }
            }
            Effect::Send(to, body, request) => self.send(cause, node, to, body, request),
            Effect::SetTimer(timer, least, most) => {
                self.stop(node, timer);
                let spread = u32::try_from(most.0.saturating_sub(least.0)).unwrap_or(u32::MAX);
                let more = if spread == 0 { 0 } else { self.world.rng.up_to(spread) };
                let after = self.world.nodes[node.index()].clock.takes(least + super::Micros(more.into()));
                let key = self.world.plan(self.world.now + after, cause, What::Timer(node, timer));
                self.world.nodes[node.index()].timers.push((timer, key));
            }
            Effect::StopTimer(timer) => self.stop(node, timer),
        }
    }

    fn stop(&mut self, node: NodeId, timer: Timer) {
        if let Some(key) = self.world.nodes[node.index()].forget(timer) {
            self.world.due.take(key);
        }
        let kept = &mut self.world.kept;
        if !kept.is_empty() {
            kept.retain(|(_, due)| !matches!(due.what, What::Timer(of, set) if (of, set) == (node, timer)));
        }
    }

    fn send(&mut self, cause: Option<EventId>, from: NodeId, to: NodeId, body: Body, request: Option<RequestId>) {
        let id = self.new_message();
        let sent = self.note(cause, EventKind::Sent { message: id, from, to, body, request });
        let World { now, message_bytes, .. } = *self.world;
        let nodes = self.world.nodes.len();
        let link = &mut self.world.links[from.index() * nodes + to.index()];
        if let Some(cut) = link.cut {
            self.note(Some(cut), EventKind::Lost { message: id, from, to, why: Loss::Cut });
            return;
        }
        let (fate, second) = link.pass(now, message_bytes, &mut self.world.rng);
        let message = Message { id, from, to, body, damaged: false };
        self.dispatch(sent, message, fate);
        if let Some(fate) = second {
            let copy = self.new_message();
            let duplicated = self.note(Some(sent), EventKind::Duplicated { message: id, copy });
            self.dispatch(duplicated, Message { id: copy, ..message }, fate);
        }
    }

    pub fn new_message(&mut self) -> MessageId {
        self.world.messages += 1;
        MessageId(self.world.messages - 1)
    }

    fn dispatch(&mut self, sent: EventId, message: Message, fate: Fate) {
        let Message { id, from, to, .. } = message;
        let (at, damaged) = match fate {
            Fate::Arrives(at) => (at, false),
            Fate::Damaged(at) => (at, true),
            Fate::Lost(why) => {
                self.note(Some(sent), EventKind::Lost { message: id, from, to, why });
                return;
            }
        };
        let what = What::Delivery(Message { damaged, ..message });
        if self.world.link(from, to).held {
            self.world.kept.push((Kept::ByLink(from, to), Due { cause: Some(sent), what }));
        } else {
            self.world.plan(at, Some(sent), what);
        }
    }

    /// What disturbs a link from now on.
    pub fn shape(&mut self, (from, to): (NodeId, NodeId), conditions: Option<Conditions>) {
        let shaping = conditions.map(|conditions| Box::new(Shaping::new(conditions, &mut self.world.rng)));
        self.world.link(from, to).shape(shaping);
        self.note(None, EventKind::Shaped { from, to });
    }
}
