//! The silent way to break availability: a request that is never answered.
//!
//! A request of a state in which nothing is under way is never answered if no extension of the run answers it in which
//! clients ask nothing further and nothing more is lost, but for what is sent into a cut link: timers run out, messages
//! arrive, in any order. To be fair an extension needs no further requests, so one that answers only when somebody asks
//! something else is not available by the definition of Gilbert and Lynch.

use super::super::cluster::MOST_REQUESTS;
use super::super::known::Known;
use super::state::WAITING;
use super::{Choice, Game, State, Timing, bit};
use crate::sim::RequestId;
use crate::sim::protocol::Replica;

impl<R: Replica> Game<R> {
    /// The requests that some extension of the run answers, a bit each. Nothing is under way in that state.
    pub(super) fn can_be_answered(&mut self, state: &State) -> u128 {
        let nodes = state.of_the_nodes();
        #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
        let key = ((nodes >> 32) as u32, nodes as u32);
        if let Some(known) = self.answerable.find(key) {
            return *self.answerable.get(known);
        }
        let answered = self.extend(state);
        self.answerable.keep(key, answered);
        answered
    }

    fn extend(&mut self, start: &State) -> u128 {
        let all = waiting(start);
        let (mut known, mut left, mut answered) = (Known::new(), vec![start.clone()], 0);
        while let Some(state) = left.pop() {
            answered |= all & !waiting(&state);
            if answered == all {
                break;
            }
            let messages = (0..u8::MAX).take(state.messages.len()).map(Choice::Deliver);
            let may_run_out = self.conditions.timing == Timing::Untimed || state.messages.is_empty();
            let timer = (may_run_out && !state.timers.is_empty()).then_some(Choice::TimeOut);
            for choice in timer.into_iter().chain(messages) {
                let mut after = state.clone();
                self.happen(&mut after, choice);
                if known.insert(after.of_the_nodes()) {
                    left.push(after);
                }
            }
        }
        answered
    }
}

/// The requests that clients wait for, a bit each.
fn waiting(state: &State) -> u128 {
    let clients = (0..).zip(&state.made).filter(|(_, made)| **made & WAITING != 0);
    clients.fold(0, |all, (client, made)| all | bit(RequestId(client * MOST_REQUESTS + u32::from(made & !WAITING))))
}
