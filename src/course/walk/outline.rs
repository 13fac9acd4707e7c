//! The walk in outline: the three steps of Gilbert and Lynch's proof, the dilemma they end in, and its two ways out.
//!
//! Where each of them is, is read off the runs. On a branch where somebody has healed the link in time, or crashed Node B,
//! some of them do not happen.

use super::Walk;
use super::deed::LINK;
use crate::sim::{EventKind, Operation, Outcome, RequestId, Value};

/// A part of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// A client writes at Node A.
    Write,
    /// The link is cut.
    Cut,
    /// A client reads at Node B.
    Read,
    /// Node B has the request and has to choose.
    Dilemma,
    /// It answers: how that ends.
    Answer,
    /// It waits: how that ends.
    Wait,
}

/// A part of the story and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub chapter: Chapter,
    /// The moment at which it begins, if it happens.
    pub at: Option<usize>,
}

impl Chapter {
    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Write => "The write",
            Self::Cut => "The cut",
            Self::Read => "The read",
            Self::Dilemma => "Answer or wait?",
            Self::Answer => "B answers",
            Self::Wait => "B waits",
        }
    }

    /// What it is about, in a line.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Write => "Client 1 writes v1 at Node A, and Node A acknowledges it",
            Self::Cut => "The link between the nodes is cut, a partition: what is sent across is lost",
            Self::Read => "Client 2 asks Node B for the value",
            Self::Dilemma => "The dilemma: Node B has the request, and has to choose",
            Self::Answer => "Node B answers with what it holds, at the risk of a stale value",
            Self::Wait => "Node B waits for word from Node A, at the risk of no answer",
        }
    }
}

impl Walk {
    /// The parts of the story in the order in which they are told.
    pub fn outline(&self) -> [Part; 6] {
        let [_, b] = LINK;
        let read = self
            .first(0, |kind| matches!(kind, EventKind::Invoked { operation: Operation::Read, node, .. } if *node == b));
        let asked = self.read_at_b();
        let dilemma =
            self.first(0, |kind| matches!(kind, EventKind::Received { request, .. } if asked == Some(*request)));
        let answer =
            self.first(1, |kind| matches!(kind, EventKind::Returned { request, .. } if asked == Some(*request)));
        let wait = dilemma.and_then(|from| (from + 1..=self.end()).find(|&moment| self.moments[moment].moves[0]));
        let write = self.first(0, |kind| matches!(kind, EventKind::Invoked { operation: Operation::Write(_), .. }));
        let cut = self.first(0, |kind| matches!(kind, EventKind::Cut { .. }));
        let part = |chapter, at| Part { chapter, at };
        [
            part(Chapter::Write, write),
            part(Chapter::Cut, cut),
            part(Chapter::Read, read),
            part(Chapter::Dilemma, dilemma),
            part(Chapter::Answer, answer),
            part(Chapter::Wait, wait),
        ]
    }

    /// The part that one is in at that moment: the one that began last.
    pub fn chapter(&self, moment: usize) -> Option<Chapter> {
        let begun = self.outline().into_iter().filter_map(|part| Some((part.at?, part.chapter)));
        let begun = begun.filter(|(at, _)| *at <= moment);
        begun.reduce(|one, other| if other.0 >= one.0 { other } else { one }).map(|(_, chapter)| chapter)
    }

    /// What Node B knows where it has to choose, and what it can choose from; `None` at any other moment, and where it knows
    /// of anything but the read it is asked, or nothing was written that it should have heard of.
    pub fn dilemma(&self, moment: usize) -> Option<String> {
        let at = self.outline().into_iter().find(|part| part.chapter == Chapter::Dilemma)?.at?;
        let [_, b] = LINK;
        let asked = self.read_at_b();
        let knows_more = |side: usize| {
            self.events(side, moment).iter().any(|event| match event.kind {
                EventKind::Delivered { to, .. } => to == b,
                EventKind::Stored { node, .. } => node == b,
                EventKind::Received { node, request } => node == b && asked != Some(request),
                _ => false,
            })
        };
        if moment != at || knows_more(0) || knows_more(1) {
            return None;
        }
        let written = self.acknowledged(moment)?;
        let holds = self.sides[0].scenario().initial;
        Some(format!(
            "Node B holds `{holds}` and has heard nothing from Node A. Had `{written}` never been written, it would have seen \
             exactly the same: this one request. It can answer now, perhaps wrongly; or wait for word from Node A, perhaps for \
             ever."
        ))
    }

    /// The value of the last write that was acknowledged by that moment, at another node than B, where B chooses consistency.
    fn acknowledged(&self, moment: usize) -> Option<Value> {
        let [_, b] = LINK;
        let mut asked: Vec<(RequestId, Value)> = Vec::new();
        let mut last = None;
        for event in self.events(0, moment) {
            match event.kind {
                EventKind::Invoked { request, node, operation: Operation::Write(value), .. } if node != b => {
                    asked.push((request, value));
                }
                EventKind::Returned { request, outcome: Outcome::Answered(_), .. } => {
                    let done = asked.iter().find(|(other, _)| *other == request);
                    last = done.map(|(_, value)| *value).or(last);
                }
                _ => {}
            }
        }
        last
    }

    /// The first read at Node B that reaches it.
    fn read_at_b(&self) -> Option<RequestId> {
        let [_, b] = LINK;
        let events = &self.sides[0].trace().events;
        let is_read = |wanted: RequestId| {
            events.iter().any(|event| matches!(event.kind, EventKind::Invoked { request, operation: Operation::Read, .. } if request == wanted))
        };
        events.iter().find_map(|event| match event.kind {
            EventKind::Received { node, request } if node == b && is_read(request) => Some(request),
            _ => None,
        })
    }

    /// The moment of the first such event of a side.
    fn first(&self, side: usize, is_it: impl Fn(&EventKind) -> bool) -> Option<usize> {
        let side = &self.sides[side];
        let event = side.trace().events.iter().find(|event| is_it(&event.kind))?;
        side.rows.get(event.step as usize).copied()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::{Branches, Deed, Spot};
    use super::*;
    use crate::sim::ClientId;

    fn scenario() -> Branches {
        Branches::new().expect("the scenarios name only what they have")
    }

    #[test]
    fn the_scenario_has_its_parts_in_the_order_of_the_proof() {
        let at: Vec<Option<usize>> = scenario().get(0).walk.outline().iter().map(|part| part.at).collect();
        assert_eq!(at, [Some(1), Some(4), Some(5), Some(6), Some(7), Some(8)]);
    }

    #[test]
    fn every_moment_but_the_start_belongs_to_the_part_that_began_last() {
        use Chapter::{Answer, Cut, Dilemma, Read, Wait, Write};
        let branches = scenario();
        let walk = &branches.get(0).walk;
        let chapters: Vec<Option<Chapter>> = (0..=walk.end()).map(|moment| walk.chapter(moment)).collect();
        let told = [Write, Write, Write, Cut, Read, Dilemma, Answer, Wait, Wait];
        assert_eq!(chapters[0], None);
        assert_eq!(chapters[1..], told.map(Some));
    }

    #[test]
    fn the_dilemma_is_told_where_node_b_has_heard_nothing_and_there_alone() {
        let mut branches = scenario();
        let told = |walk: &Walk| (0..=walk.end()).filter(|&moment| walk.dilemma(moment).is_some()).collect::<Vec<_>>();
        assert_eq!(told(&branches.get(0).walk), [6]);
        let ids = branches.get(0).walk.messages(3)[0].0;
        branches.act(Spot { branch: 0, moment: 3 }, Deed::Deliver(ids));
        assert_eq!(told(&branches.get(1).walk), [] as [usize; 0]);
        branches.act(Spot { branch: 0, moment: 4 }, Deed::Write(ClientId(1), Value(2)));
        assert_eq!(told(&branches.get(2).walk), [] as [usize; 0], "Node B has stored something of its own");
    }

    #[test]
    fn what_does_not_happen_on_a_branch_has_no_place_in_it() {
        let mut branches = scenario();
        branches.act(Spot { branch: 0, moment: 4 }, Deed::Crash(LINK[1]));
        let outline = branches.get(1).walk.outline();
        assert_eq!(outline.map(|part| part.at.is_some()), [true, true, true, false, false, false]);
    }
}
