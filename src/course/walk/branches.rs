//! The branches of a walk: what a learner tried, as a list of acts, and the tree that follows from it.
//!
//! ```text
//!  the scenario   1 ─ 2 ─ 3 ─ 4 ─ 5 ─ … ─ 9      acting before its end starts a branch; it stays as it is
//!                             ├─ 5' ─ 6'          "after step 4: crashed Node A"
//!                             └─ 5" …  9" ─ 10"   acting at an end lets that branch grow
//! ```
//!
//! The acts, in the order in which they were done, are all there is: the same acts give the same tree, byte for byte. To
//! undo is to leave out the last.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Deed, Walk};
use crate::sim::fault::ScenarioError;

/// How many acts there can be: as many as a link holds and a page shows with ease.
pub const MOST: usize = 40;

/// Something that was done: on that branch, after that moment, this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act(pub usize, pub usize, pub Deed);

/// A place in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The branch, 0 for the scenario.
    pub branch: usize,
    /// The moment, 0 for the start.
    pub moment: usize,
}

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Where it left another; `None` for the scenario itself.
    pub origin: Option<Spot>,
    /// What was done on it, and after which moment; not what was done before it left the other.
    pub deeds: Vec<(usize, Deed)>,
    /// What is walked through on it.
    pub walk: Rc<Walk>,
}

/// All branches. There is always the first, the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branches {
    acts: Vec<Act>,
    all: Vec<Branch>,
}

impl Branches {
    /// The scenario, and nothing done.
    ///
    /// # Errors
    /// When the scenario names something that is not there.
    pub fn new() -> Result<Self, ScenarioError> {
        let walk = Rc::new(Walk::gilbert_lynch()?);
        Ok(Self { acts: Vec::new(), all: vec![Branch { origin: None, deeds: Vec::new(), walk }] })
    }

    /// The tree that these acts give. What cannot be done, because it names something that is not there, is left out.
    ///
    /// # Errors
    /// When the scenario names something that is not there.
    pub fn of(acts: &[Act]) -> Result<Self, ScenarioError> {
        let mut branches = Self::new()?;
        for &Act(branch, moment, deed) in acts {
            let _ = branches.act(Spot { branch, moment }, deed);
        }
        Ok(branches)
    }

    /// What was done, in order.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Whether nothing more can be done, because that is as much as there can be.
    pub fn is_full(&self) -> bool {
        self.acts.len() >= MOST
    }

    /// The branches, in the order in which they were started.
    pub fn all(&self) -> &[Branch] {
        &self.all
    }

    /// That branch, or the scenario if there is none.
    pub fn get(&self, branch: usize) -> &Branch {
        self.all.get(branch).unwrap_or(&self.all[0])
    }

    /// Does something just after a moment; where one then is. `None`, and nothing has changed, when it cannot be done.
    pub fn act(&mut self, at: Spot, deed: Deed) -> Option<Spot> {
        let here = self.all.get(at.branch).filter(|here| at.moment <= here.walk.end())?;
        if self.is_full() || !here.walk.can(at.moment, deed) {
            return None;
        }
        let (walk, moment) = here.walk.play(at.moment, deed).ok()?;
        let walk = Rc::new(walk);
        let branch = if at.moment == here.walk.end() {
            let here = &mut self.all[at.branch];
            here.deeds.push((at.moment, deed));
            here.walk = walk;
            at.branch
        } else {
            self.all.push(Branch { origin: Some(at), deeds: vec![(at.moment, deed)], walk });
            self.all.len() - 1
        };
        self.acts.push(Act(at.branch, at.moment, deed));
        Some(Spot { branch, moment })
    }

    /// The tree without what was done last, and where that was done.
    pub fn undone(&self) -> Option<(Self, Spot)> {
        let (&Act(branch, moment, _), before) = self.acts.split_last()?;
        Some((Self::of(before).ok()?, Spot { branch, moment }))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::course::Reading;
    use crate::sim::{ClientId, MessageId, NodeId, Value};

    const B: NodeId = NodeId(1);
    const COPY: [Option<MessageId>; 2] = [Some(MessageId(0)), Some(MessageId(0))];

    fn scenario() -> Branches {
        Branches::new().expect("the scenarios name only what they have")
    }

    fn spot(branch: usize, moment: usize) -> Spot {
        Spot { branch, moment }
    }

    fn bytes(branch: &Branch) -> [String; 2] {
        [0, 1].map(|side| branch.walk.sides[side].trace().to_json_lines())
    }

    #[test]
    fn branching_from_the_past_twice_leaves_every_older_branch_as_it_was() {
        let mut branches = scenario();
        let before = branches.get(0).clone();
        assert_eq!(branches.act(spot(0, 3), Deed::Deliver(COPY)), Some(spot(1, 4)));
        let first = branches.get(1).clone();
        assert_eq!(branches.act(spot(0, 3), Deed::Crash(B)), Some(spot(2, 4)));
        assert_eq!((branches.get(0), branches.get(1)), (&before, &first));
        assert_eq!(branches.all()[2].origin, Some(spot(0, 3)));
        assert_ne!(bytes(branches.get(1)), bytes(branches.get(2)));
    }

    #[test]
    fn the_same_acts_give_the_same_bytes() {
        let mut branches = scenario();
        branches.act(spot(0, 3), Deed::Drop(COPY));
        branches.act(spot(1, 5), Deed::Write(ClientId(0), Value(2)));
        let end = branches.get(0).walk.end();
        branches.act(spot(0, end), Deed::Heal);
        let again = Branches::of(branches.acts()).expect("the scenarios name only what they have");
        assert_eq!(again, branches);
        assert_eq!(
            again.all().iter().map(bytes).collect::<Vec<_>>(),
            branches.all().iter().map(bytes).collect::<Vec<_>>()
        );
    }

    #[test]
    fn acting_at_the_end_lets_the_branch_grow_and_keeps_its_past() {
        let mut branches = scenario();
        let (end, before) = (branches.get(0).walk.end(), bytes(branches.get(0)));
        assert_eq!(branches.act(spot(0, end), Deed::Heal), Some(spot(0, end + 1)));
        let after = bytes(branches.get(0));
        assert_eq!(branches.all().len(), 1);
        assert!((0..2).all(|side| after[side].starts_with(&before[side]) && after[side] != before[side]));
    }

    #[test]
    fn a_branch_has_the_past_of_the_one_it_left() {
        let mut branches = scenario();
        branches.act(spot(0, 6), Deed::Heal);
        let [old, new] = [0, 1].map(|at| branches.get(at).walk.moments[..=6].to_vec());
        assert_eq!(old, new);
        for side in 0..2 {
            assert_eq!(branches.get(0).walk.events(side, 6), branches.get(1).walk.events(side, 6));
        }
    }

    #[test]
    fn a_side_that_has_ended_before_the_other_is_not_edited_either() {
        let mut branches = scenario();
        let before = branches.get(0).clone();
        assert_eq!(branches.act(spot(0, 8), Deed::Heal), Some(spot(1, 9)), "the available side ended at 7");
        assert_eq!(branches.get(0), &before);
    }

    #[test]
    fn what_is_done_to_the_outside_world_happens_on_both_sides_at_the_same_time() {
        let mut branches = scenario();
        branches.act(spot(0, 5), Deed::Write(ClientId(0), Value(2)));
        assert_eq!(branches.get(1).walk.moments[6].moves, [true, true]);
    }

    #[test]
    fn what_is_done_to_a_message_happens_only_where_it_is() {
        let mut branches = scenario();
        // The question of the side that waits gets on its way where the link works.
        let mut at = branches.act(spot(0, 4), Deed::Heal).expect("it is cut");
        let only = loop {
            let walk = &branches.get(at.branch).walk;
            let found =
                walk.messages(at.moment).into_iter().find(|(ids, _)| *ids != [None, None] && ids.contains(&None));
            match found {
                Some((ids, _)) => break ids,
                None if at.moment < walk.end() => at.moment += 1,
                None => panic!("Node B asks Node A on one side"),
            }
        };
        assert_eq!(only[1], None, "only the side that chose consistency asks");
        let before = branches.get(1).walk.events(1, usize::MAX).to_vec();
        let at = branches.act(at, Deed::Drop(only)).expect("it is on its way");
        let walk = &branches.get(at.branch).walk;
        assert_eq!(walk.moments[at.moment].moves, [true, false]);
        assert_eq!(walk.events(1, usize::MAX), before);
    }

    #[test]
    fn a_copy_that_is_delivered_before_the_cut_saves_consistency_and_availability() {
        let mut branches = scenario();
        branches.act(spot(0, 3), Deed::Deliver(COPY));
        let walk = &branches.get(1).walk;
        assert_eq!(walk.gauges(1, walk.end()).consistency.reading, Reading::Holds);
        assert_eq!(walk.gauges(1, walk.end()).availability.reading, Reading::Holds);
    }

    #[test]
    fn a_message_that_is_held_back_arrives_when_it_is_delivered_and_not_before() {
        let mut branches = scenario();
        let at = branches.act(spot(0, 3), Deed::HoldBack(COPY)).expect("it is on its way");
        assert_eq!(branches.get(at.branch).walk.messages(at.moment), [(COPY, true)]);
        let at = branches.act(at, Deed::Deliver(COPY)).expect("it is still on its way");
        assert!(branches.get(at.branch).walk.words(0, at.moment).is_some_and(|words| words.contains("reaches Node B")));
    }

    #[test]
    fn a_client_that_waits_cannot_ask_and_says_why() {
        let branches = scenario();
        let walk = &branches.get(0).walk;
        let read = |moment| {
            let choices = walk.choices(moment);
            choices.into_iter().find(|choice| choice.deed == Deed::Read(ClientId(1))).expect("a client can read")
        };
        assert_eq!(read(4).why_not, None);
        assert_eq!(read(5).why_not.as_deref(), Some("It still waits for its answer."));
        assert_eq!(read(7).why_not.as_deref(), Some("It still waits for its answer where B chooses consistency."));
        assert_eq!(read(9).why_not, None);
        assert_eq!(scenario().act(spot(0, 5), Deed::Read(ClientId(1))), None);
    }

    #[test]
    fn every_choice_that_is_offered_can_be_taken_and_no_other() {
        let branches = scenario();
        for moment in 0..=branches.get(0).walk.end() {
            for choice in branches.get(0).walk.choices(moment) {
                let taken = branches.clone().act(spot(0, moment), choice.deed);
                assert_eq!(taken.is_some(), choice.why_not.is_none(), "{:?} at {moment}", choice.deed);
            }
        }
    }

    #[test]
    fn undoing_gives_the_tree_and_the_place_as_they_were_before() {
        let mut branches = scenario();
        branches.act(spot(0, 3), Deed::Deliver(COPY));
        let before = branches.clone();
        branches.act(spot(1, 2), Deed::Cut);
        assert_eq!(branches.undone(), Some((before, spot(1, 2))));
        assert_eq!(scenario().undone(), None);
    }

    #[test]
    fn acts_that_name_what_is_not_there_are_left_out() {
        let ghost = [Some(MessageId(99)), None];
        let acts = [
            Act(7, 0, Deed::Cut),
            Act(0, 99, Deed::Cut),
            Act(0, 2, Deed::Crash(NodeId(9))),
            Act(0, 2, Deed::Read(ClientId(9))),
            Act(0, 2, Deed::Drop(ghost)),
            Act(0, 4, Deed::Heal),
        ];
        let branches = Branches::of(&acts).expect("the scenarios name only what they have");
        assert_eq!(branches.acts(), &acts[5..]);
    }

    #[test]
    fn a_link_that_is_held_is_not_said_to_work_again() {
        let mut branches = scenario();
        let end = branches.get(0).walk.end();
        let at = branches.act(spot(0, end), Deed::Heal).expect("it is cut");
        branches.act(at, Deed::Hold).expect("it works");
        let walk = &branches.get(1).walk;
        assert!(walk.conclusion(walk.end()).is_some_and(|words| words.starts_with("The link keeps what is sent")));
    }

    #[test]
    fn a_node_that_has_failed_owes_no_answer() {
        let mut branches = scenario();
        branches.act(spot(0, 4), Deed::Crash(B));
        let walk = &branches.get(1).walk;
        for side in 0..2 {
            let availability = walk.gauges(side, walk.end()).availability;
            assert_eq!(availability.reading, Reading::Holds, "{}", availability.why);
        }
    }
}
