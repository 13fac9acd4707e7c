//! Clients that ask the same nodes the same things are interchangeable: exchanging them, and the values they write, makes
//! one run of another. With symmetry, states that differ by such an exchange are one (Ip and Dill 1996).
//!
//! ```text
//!  client 1 wrote, client 2 did not  ─── 1 ⇄ 2 ───  client 2 wrote, client 1 did not        one state of the two
//! ```
//!
//! What a node's state is after an exchange is found by going the way that led to it with exchanged clients. That is
//! right for protocols to which one client, request or value is as good as another: none here compares values, and all
//! send in an order that does not depend on the numbers of requests.

use std::collections::BTreeMap;

use super::history::{MOST_CLIENTS, Record};
use crate::sim::protocol::{Replica, Timer};
use crate::sim::{Answer, Operation, Outcome, RequestId, Value, ValueSet};

use super::cluster::{CRASH, Cluster, ENVELOPE, Envelope, MOST_REQUESTS, RECOVER, Script, TIMEOUT};
use super::state::State;

/// An exchange of clients, and what became of the parts that were asked for.
pub(super) struct Exchange {
    /// For each client, the one in whose place it comes.
    clients: Vec<usize>,
    /// For each value that a client writes, the one that comes in its place.
    values: BTreeMap<Value, Value>,
    pub locals: BTreeMap<u32, u32>,
    pub envelopes: BTreeMap<u32, u32>,
    pub histories: BTreeMap<u32, u32>,
}

/// All exchanges of clients with like scripts but the one that changes nothing.
pub(super) fn exchanges(scripts: &[Script]) -> Vec<Exchange> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for client in 0..scripts.len() {
        let longer = |order: &Vec<usize>| {
            let order = order.clone();
            let free = (0..scripts.len()).filter({
                let order = order.clone();
                move |place| !order.contains(place)
            });
            free.filter(|&place| alike(&scripts[client], &scripts[place]))
                .map(|place| [order.as_slice(), &[place]].concat())
                .collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    let moves = |order: &Vec<usize>| order.iter().enumerate().any(|(client, &place)| client != place);
    orders.into_iter().filter(moves).map(|clients| Exchange::of(clients, scripts)).collect()
}

/// Whether two scripts ask the same nodes the same things, but for the values.
fn alike(one: &Script, other: &Script) -> bool {
    let asks = |(node, operation): &(_, Operation)| {
        let operation = match *operation {
            Operation::Write(_) => Operation::Write(Value(0)),
            Operation::Insert(_) => Operation::Insert(Value(0)),
            operation => operation,
        };
        (*node, operation)
    };
    one.iter().map(asks).eq(other.iter().map(asks))
}

impl Exchange {
    fn of(clients: Vec<usize>, scripts: &[Script]) -> Self {
        let written = |operation: &Operation| match *operation {
            Operation::Write(value) | Operation::Insert(value) => Some(value),
            _ => None,
        };
        let mut values = BTreeMap::new();
        for (client, &place) in clients.iter().enumerate() {
            for ((_, here), (_, there)) in scripts[client].iter().zip(&scripts[place]) {
                if let (Some(here), Some(there)) = (written(here), written(there)) {
                    values.insert(here, there);
                }
            }
        }
        Self { clients, values, locals: BTreeMap::new(), envelopes: BTreeMap::new(), histories: BTreeMap::new() }
    }

    pub fn request(&self, request: RequestId) -> RequestId {
        let (client, place) = (request.0 / MOST_REQUESTS, request.0 % MOST_REQUESTS);
        let client = self.clients.get(client as usize).copied().unwrap_or(0);
        RequestId(u32::try_from(client).unwrap_or(0) * MOST_REQUESTS + place)
    }

    pub fn timer(&self, timer: Timer) -> Timer {
        match timer {
            Timer::GiveUp(request) => Timer::GiveUp(self.request(request)),
            timer => timer,
        }
    }

    fn value(&self, value: Value) -> Value {
        self.values.get(&value).copied().unwrap_or(value)
    }

    pub fn outcome(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Answered(Answer::Value(value)) => Outcome::Answered(Answer::Value(self.value(value))),
            Outcome::Answered(Answer::Values(values)) => {
                let values: ValueSet = values.iter().map(|value| self.value(value)).collect();
                Outcome::Answered(Answer::Values(values))
            }
            outcome => outcome,
        }
    }

    pub fn records(&self, records: &[Record]) -> Vec<Record> {
        let exchanged = |record: &Record| {
            let mut before = [0; MOST_CLIENTS];
            for (client, &place) in self.clients.iter().enumerate() {
                before[place] = record.before[client];
            }
            let outcome = record.outcome.map(|outcome| self.outcome(outcome));
            Record { request: self.request(record.request), before, outcome }
        };
        let mut records: Vec<Record> = records.iter().map(exchanged).collect();
        records.sort_by_key(|record| record.request);
        records
    }
}

impl<R: Replica> Cluster<R> {
    /// The fingerprint of a state after an exchange of clients.
    pub(super) fn exchanged(&mut self, exchange: &mut Exchange, state: &State) -> u64 {
        let mut after = State::empty();
        for node in self.node_ids() {
            after.set_node(node.index(), self.exchanged_local(exchange, state.node(node.index())));
        }
        for &envelope in state.envelopes() {
            after.send(self.exchanged_envelope(exchange, envelope));
        }
        after.set_history(self.exchanged_history(exchange, state.history()));
        after.spend(|spent| *spent = state.spent);
        after.fingerprint()
    }

    /// The state of a node to which the same leads with exchanged clients.
    fn exchanged_local(&mut self, exchange: &mut Exchange, local: u32) -> u32 {
        if let Some(&known) = exchange.locals.get(&local) {
            return known;
        }
        let origin = self.local_origins.get(local as usize).copied().flatten();
        let Some((from, happens)) = origin.filter(|(from, _)| *from != local) else { return local };
        let (from, happens) = self.exchanged_event(exchange, from, happens);
        let after = self.deed(from, happens).map_or(from, |deed| self.deeds.get(deed).local);
        exchange.locals.insert(local, after);
        after
    }

    /// What happens to a node with exchanged clients: the state it happens in, and what.
    fn exchanged_event(&mut self, exchange: &mut Exchange, from: u32, happens: u32) -> (u32, u32) {
        let after = self.exchanged_local(exchange, from);
        let happens = match happens {
            CRASH | RECOVER => happens,
            TIMEOUT..ENVELOPE => {
                let timer = exchange.timer(self.locals.get(from).timers[(happens - TIMEOUT) as usize]);
                let place = self.locals.get(after).timers.iter().position(|set| *set == timer);
                TIMEOUT + place.and_then(|place| u32::try_from(place).ok()).unwrap_or(0)
            }
            _ => ENVELOPE + self.exchanged_envelope(exchange, happens - ENVELOPE),
        };
        (after, happens)
    }

    fn exchanged_envelope(&mut self, exchange: &mut Exchange, envelope: u32) -> u32 {
        if let Some(&known) = exchange.envelopes.get(&envelope) {
            return known;
        }
        let after = match *self.envelopes.get(envelope) {
            Envelope::Request(request) => self.envelopes.number(Envelope::Request(exchange.request(request))),
            Envelope::Reply(request, outcome) => {
                let exchanged = Envelope::Reply(exchange.request(request), exchange.outcome(outcome));
                self.envelopes.number(exchanged)
            }
            Envelope::Message(..) => {
                let origin = self.envelope_origins.get(envelope as usize).copied().flatten();
                let Some((from, happens, at)) = origin else { return envelope };
                let (from, happens) = self.exchanged_event(exchange, from, happens);
                let deed = self.deed(from, happens);
                deed.and_then(|deed| self.deeds.get(deed).sends.get(at).copied()).unwrap_or(envelope)
            }
        };
        exchange.envelopes.insert(envelope, after);
        after
    }

    fn exchanged_history(&mut self, exchange: &mut Exchange, history: u32) -> u32 {
        if let Some(&known) = exchange.histories.get(&history) {
            return known;
        }
        let records = exchange.records(self.histories.get(history));
        let after = self.histories.number(records);
        exchange.histories.insert(history, after);
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::NodeId;

    fn script(node: u8, value: u32) -> Script {
        vec![(NodeId(node), Operation::Write(Value(value))), (NodeId(node), Operation::Read)]
    }

    #[test]
    fn only_clients_that_ask_the_same_are_exchanged() {
        assert_eq!(exchanges(&[script(0, 1), script(0, 2), script(0, 3)]).len(), 5);
        assert_eq!(exchanges(&[script(0, 1), script(1, 2), script(0, 3)]).len(), 1);
        assert!(exchanges(&[script(0, 1), script(1, 2)]).is_empty());
    }

    #[test]
    fn what_was_read_is_exchanged_with_who_wrote_it() {
        let [swap] = exchanges(&[script(0, 1), script(0, 2)]).try_into().ok().expect("there is one exchange");
        assert_eq!(swap.request(RequestId(1)), RequestId(MOST_REQUESTS + 1));
        let read = |value| Outcome::Answered(Answer::Value(Value(value)));
        assert_eq!((swap.outcome(read(1)), swap.outcome(read(0))), (read(2), read(0)));
    }
}
