//! Linearizability of a log, key by key.
//!
//! A history is linearizable if and only if, for each object, what concerns that object is: linearizability is local
//! (Herlihy & Wing, "Linearizability: a correctness condition for concurrent objects", 1990, theorem 1). So the log is
//! split by key and each part is searched alone, which is far shorter than searching them together:
//!
//! ```text
//! x:  ├─ write 1 ─┤      ├─ read 1 ─┤        one order for x
//! y:         ├─ write 2 ─┤      ├─ read 0 ─┤       none for y: the log is not linearizable, because of y
//! ```

use std::{fmt, mem};

use super::judge::ModelName;
use super::log::{Entry, Log};
use super::order::search::{Budget, Found, Search};
use super::order::terms::{Act, Making, Terms, Undecided};
use super::verdict::Verdict;
use super::words;

/// An order that explains every answer about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The object.
    pub key: Option<String>,
    /// The operations in that order: indices of entries of the log.
    pub order: Vec<usize>,
}

/// Why a log is not linearizable: the first return (of this key) that no order explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inexplicable {
    /// The object.
    pub key: Option<String>,
    /// The longest order that explains all answers that came before; indices of entries of the log.
    pub longest: Vec<usize>,
    /// The operation that has to come next and cannot: an index of an entry, and that entry.
    pub stuck: (usize, Entry),
    /// How many operations on the key returned before it.
    pub returned: usize,
    /// All that the object could have held at its return, as people write it.
    pub states: Vec<String>,
}

/// A verdict on the linearizability of a log: an order for each key, the operation that none explains, or what is
/// missing.
pub type Linearizable = Verdict<Vec<Explained>, Inexplicable, Undecided>;

/// Judges the linearizability of a log. The budget is for each key.
pub fn linearizable(log: &Log, model: ModelName, budget: Budget) -> Linearizable {
    let mut judging = Judging::of(model, budget);
    loop {
        if let Some(verdict) = judging.advance(log, &mut { usize::MAX }) {
            return verdict;
        }
    }
}

/// A log being judged, which can be put down and taken up again.
pub struct Judging {
    budget: Budget,
    stage: Stage,
    /// None before they are made. While a key is searched, their space is with the search.
    terms: Terms,
    /// The acts, key by key.
    acts: Vec<Act>,
    /// The first act of the key under work, and the first of the next.
    from: usize,
    until: usize,
    orders: Vec<Explained>,
    exhausted: bool,
}

/// What is being done.
enum Stage {
    Terms(Making),
    /// The next key is to be taken up.
    Key,
    /// A key is searched.
    Search(Search),
}

impl Judging {
    /// Begins to judge a log of that model.
    pub fn of(model: ModelName, budget: Budget) -> Self {
        let (stage, terms) = (Stage::Terms(Making::of(model)), Terms::none(model));
        Self { budget, stage, terms, acts: Vec::new(), from: 0, until: 0, orders: Vec::new(), exhausted: false }
    }

    /// How many of the operations that count have been explained, and how many there are; both 0 while they are still
    /// counted.
    pub fn progress(&self) -> (usize, usize) {
        let here = match &self.stage {
            Stage::Search(search) => search.progress().0 as usize,
            _ => 0,
        };
        (self.from + here, self.acts.len())
    }

    /// How many configurations of the key under work have been visited.
    pub fn visited(&self) -> usize {
        if let Stage::Search(search) = &self.stage { search.visited() } else { 0 }
    }

    /// Goes on while there is work to be spent ([`Search::advance`]); the verdict, once there is one. The log has to be
    /// the same each time.
    pub fn advance(&mut self, log: &Log, work: &mut usize) -> Option<Linearizable> {
        loop {
            match &mut self.stage {
                Stage::Terms(making) => match making.advance(log, work)? {
                    Ok(mut terms) => {
                        self.acts = mem::take(&mut terms.acts);
                        self.acts.sort_by_key(|act| act.key);
                        (self.terms, self.stage) = (terms, Stage::Key);
                    }
                    Err(unsuitable) => return Some(Verdict::Unknown(Undecided::Unsuitable(unsuitable))),
                },
                Stage::Key => {
                    self.from = self.until;
                    let Some(first) = self.acts.get(self.from) else { return Some(self.verdict()) };
                    self.until += self.acts[self.from..].partition_point(|act| act.key == first.key);
                    let intervals = self.acts[self.from..self.until].iter().map(|act| act.interval).collect();
                    let space = mem::take(&mut self.terms.space);
                    self.stage = Stage::Search(Search::of(space, self.terms.initial, intervals, self.budget));
                }
                Stage::Search(search) => {
                    let found = search.advance(work)?;
                    self.terms.space = mem::take(&mut search.space);
                    if let Some(witness) = self.note(log, found) {
                        return Some(Verdict::Violated(witness));
                    }
                    self.stage = Stage::Key;
                }
            }
        }
    }

    /// Notes what was found of a key: the witness, if there is one.
    fn note(&mut self, log: &Log, found: Found) -> Option<Inexplicable> {
        let acts = &self.acts[self.from..self.until];
        let entries = |order: &[usize]| order.iter().map(|&index| acts[index].entry).collect();
        let key = acts.first().and_then(|act: &Act| self.terms.keys[act.key as usize].clone());
        match found {
            Verdict::Holds(order) => self.orders.push(Explained { key, order: entries(&order) }),
            Verdict::Violated(witness) => {
                let stuck = acts[witness.stuck].entry;
                return Some(Inexplicable {
                    key,
                    longest: entries(&witness.longest),
                    stuck: (stuck, log.entries[stuck].clone()),
                    returned: witness.returned,
                    states: witness.states.iter().map(|&state| self.terms.show(state)).collect(),
                });
            }
            Verdict::Unknown(_) => self.exhausted = true,
        }
        None
    }

    fn verdict(&mut self) -> Linearizable {
        if self.exhausted {
            Verdict::Unknown(Undecided::Exhausted(self.budget))
        } else {
            Verdict::Holds(mem::take(&mut self.orders))
        }
    }
}

impl fmt::Display for Inexplicable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let states = words::one_of(&self.states);
        let but = match self.returned {
            0 => format!("nothing that came before leaves anything but {states}"),
            1 => format!("every order that explains the operation that returned before it leaves {states}"),
            many => format!("every order that explains the {many} operations that returned before it leaves {states}"),
        };
        let sentence = format!("{}, but {but}.", words::deed(&self.stuck.1));
        f.write_str(&words::about(self.key.as_deref(), &sentence))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn judged(text: &str, model: ModelName) -> Linearizable {
        linearizable(&samples::log(text), model, Budget::default())
    }

    #[test]
    fn a_stale_read_is_told_with_what_the_register_held() {
        let verdict = judged("0:write=1@0-1 0:write=2@2-3 1:read=1@4-5", ModelName::Register);
        let witness = verdict.violation().expect("the read is stale");
        assert_eq!(
            witness.to_string(),
            "Process 1 read 1 (line 5, returned line 6), but every order that explains the 2 operations that returned \
             before it leaves 2."
        );
        assert_eq!(witness.longest, [0, 1]);
    }

    #[test]
    fn a_write_that_timed_out_may_take_effect_long_after() {
        let verdict = judged("0:write=1@0-? 1:write=2@2-3 1:read=2@4-5 1:read=1@6-7", ModelName::Register);
        let Verdict::Holds(orders) = verdict else { panic!("it is linearizable") };
        assert_eq!(orders[0].order, [1, 2, 0, 3]);
    }

    #[test]
    fn a_write_that_timed_out_takes_effect_once_at_most() {
        let once = "0:write=1@0-? 1:read=1@1-2 1:write=2@3-4";
        assert!(judged(once, ModelName::Register).holds());
        assert!(judged(&format!("{once} 1:read=1@5-6"), ModelName::Register).violation().is_some());
        assert!(judged(&format!("{once} 1:read=1@5-6 2:write=1@0-?"), ModelName::Register).holds());
    }

    #[test]
    fn a_write_that_failed_is_not_there_to_be_read() {
        assert!(judged("0:write=1@0-1! 1:read=1@2-3", ModelName::Register).violation().is_some());
    }

    #[test]
    fn a_swap_that_failed_says_nothing_of_the_value() {
        assert!(judged("0:write=1@0-1 0:cas=1>2@2-3! 1:read=1@4-5", ModelName::CasRegister).holds());
    }

    #[test]
    fn a_violation_names_its_key_and_the_others_are_judged_alone() {
        let verdict = judged("0:x.write=1@0-1 1:y.read=1@2-3 1:x.read=1@4-5", ModelName::Register);
        let words = verdict.violation().expect("nobody wrote y").to_string();
        assert!(words.starts_with("Key y: process 1 read 1") && words.ends_with("anything but nil."), "{words}");
    }

    #[test]
    fn a_swap_between_two_reads_explains_both() {
        let text = "0:write=1@0-1 1:cas=1>2@2-9 2:read=1@3-4 2:read=2@5-6";
        assert!(judged(text, ModelName::CasRegister).holds());
        let Verdict::Unknown(why) = judged(text, ModelName::Register) else { panic!("a register does not swap") };
        assert_eq!(
            why.to_string(),
            "Process 1 changed 1 to 2 (line 3, returned line 10), which is not an operation of a register."
        );
    }

    #[test]
    fn a_counter_shows_every_sum_that_was_possible() {
        let verdict = judged("0:add=1@0-1 0:add=2@2-? 1:read=2@3-4", ModelName::Counter);
        assert_eq!(verdict.violation().expect("1 or 3").states, ["1", "3"]);
    }

    #[test]
    fn a_set_that_lost_an_element_is_shown_with_it() {
        let verdict = judged("0:put=1@0-1 0:put=2@2-3 1:read={1}@4-5", ModelName::Set);
        assert_eq!(verdict.violation().expect("2 is lost").states, ["{1, 2}"]);
    }

    /// Twenty writes at once can be ordered in 20! ways that end in some 10 million configurations; none ends in 99.
    #[test]
    fn a_history_that_is_too_hard_is_undecided_rather_than_wrong() {
        let writes = |values: std::ops::Range<u32>| {
            let writes = values.map(|value| format!("{value}:write={value}@{value}-{}", value + 100));
            writes.collect::<Vec<String>>().join(" ")
        };
        let judged = |text: &str| linearizable(&samples::log(text), ModelName::CasRegister, Budget(10_000));
        let hard = judged(&format!("{} 99:cas=99>98@50-200", writes(0..20)));
        assert_eq!(hard, Verdict::Unknown(Undecided::Exhausted(Budget(10_000))));
        let easy = judged(&format!("{} 99:cas=99>98@50-200", writes(0..6)));
        assert_eq!(easy.violation().map(|witness| witness.states.len()), Some(6));
    }

    #[test]
    fn a_search_without_budget_is_undecided_and_says_so() {
        let verdict = linearizable(&samples::log("0:write=1@0-1"), ModelName::Register, Budget(0));
        let Verdict::Unknown(why) = verdict else { panic!("nothing may be visited") };
        assert_eq!(why.to_string(), "The search stopped after 0 configurations without an answer.");
    }
}
