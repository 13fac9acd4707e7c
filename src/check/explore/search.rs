//! The search itself: a frontier of states to go on from, and the fingerprints of all that are known.

use super::Model;
use super::frontier::{Entry, Frontier};
use super::known::Known;

/// Which state is gone on from next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The one found first: counter-examples are as short as can be.
    #[default]
    Breadth,
    /// The one found last: the frontier stays small, counter-examples may be long.
    Depth,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// States met, counting each way to them, the start included.
    pub states: u64,
    /// Different states met.
    pub unique: u64,
    /// The most choices that lead to a state, by the way on which it was found.
    pub depth: u32,
    /// States found and not yet gone on from. 0: there is nothing left to find.
    pub waiting: usize,
    /// The bytes that the search holds at the moment.
    pub bytes: usize,
    /// The most bytes it held.
    pub most_bytes: usize,
}

/// A search through a model.
pub struct Search<M: Model> {
    model: M,
    order: Order,
    known: Known,
    frontier: Frontier,
    /// For each state, by number: the state it was found from and which of its choices it was.
    origins: Vec<(u32, u16)>,
    states: u64,
    depth: u32,
    most_bytes: usize,
    broken: Option<u32>,
    // Memory that is used again for each state.
    packed: Vec<u8>,
    choices: Vec<M::Choice>,
    scratch: M::State,
}

impl<M: Model> Search<M> {
    /// A search that has met the start and nothing else.
    pub fn new(mut model: M, order: Order) -> Self {
        let start = model.start();
        let (mut known, mut frontier, mut packed) = (Known::new(), Frontier::default(), Vec::new());
        known.insert(model.fingerprint(&start));
        model.pack(&start, &mut packed);
        frontier.push(0, 0, &packed);
        let broken = model.broken(&start).then_some(0);
        Self {
            model,
            order,
            known,
            frontier,
            origins: vec![(0, 0)],
            states: 1,
            depth: 0,
            most_bytes: 0,
            broken,
            packed,
            choices: Vec::new(),
            scratch: start,
        }
    }

    /// What is searched.
    pub fn model(&self) -> &M {
        &self.model
    }

    /// Goes on from at most that many states, or until a promise is broken; whether there is more to do.
    pub fn run(&mut self, states: usize) -> bool {
        for _ in 0..states {
            if self.broken.is_some() || !self.go_on() {
                break;
            }
        }
        self.most_bytes = self.most_bytes.max(self.bytes());
        self.broken.is_none() && self.frontier.len() > 0
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        Progress {
            states: self.states,
            unique: self.known.len() as u64,
            depth: self.depth,
            waiting: self.frontier.len(),
            bytes: self.bytes(),
            most_bytes: self.most_bytes.max(self.bytes()),
        }
    }

    /// The choices that lead to the broken promise, if one was found.
    pub fn counter_example(&self) -> Option<Vec<M::Choice>> {
        let mut number = self.broken?;
        let mut turns = Vec::new();
        while number != 0 {
            let (from, choice) = self.origins[number as usize];
            turns.push(choice);
            number = from;
        }
        let mut state = self.model.start();
        let mut path = Vec::new();
        for turn in turns.into_iter().rev() {
            let mut choices = Vec::new();
            self.model.choices(&state, &mut choices);
            let choice = *choices.get(usize::from(turn))?;
            self.model.take(&mut state, choice);
            path.push(choice);
        }
        Some(path)
    }

    /// The counter-example in words, and the states it leads through, the last one broken.
    pub fn story(&self) -> Option<Vec<(String, M::State)>> {
        let mut state = self.model.start();
        let tell = |choice| {
            let words = self.model.describe(&state, choice);
            self.model.take(&mut state, choice);
            (words, state.clone())
        };
        Some(self.counter_example()?.into_iter().map(tell).collect())
    }

    fn bytes(&self) -> usize {
        self.known.bytes() + self.frontier.memory() + self.origins.capacity() * size_of::<(u32, u16)>()
    }

    /// Goes on from one state; whether there was one.
    fn go_on(&mut self) -> bool {
        let popped = match self.order {
            Order::Breadth => self.frontier.pop_first(&mut self.packed),
            Order::Depth => self.frontier.pop_last(&mut self.packed),
        };
        let Some(entry) = popped else { return false };
        let Some(state) = self.model.unpack(&self.packed) else { return false };
        let mut choices = std::mem::take(&mut self.choices);
        choices.clear();
        self.model.choices(&state, &mut choices);
        for (turn, &choice) in choices.iter().enumerate() {
            self.model.copy(&state, &mut self.scratch);
            if self.model.take(&mut self.scratch, choice) {
                self.meet(entry, turn);
            }
        }
        self.choices = choices;
        true
    }

    /// Meets the state in `scratch`.
    fn meet(&mut self, from: Entry, turn: usize) {
        self.states += 1;
        if !self.known.insert(self.model.fingerprint(&self.scratch)) {
            return;
        }
        let number = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        self.origins.push((from.number, u16::try_from(turn).unwrap_or(u16::MAX)));
        self.depth = self.depth.max(from.depth + 1);
        if self.broken.is_none() && self.model.broken(&self.scratch) {
            self.broken = Some(number);
        }
        self.packed.clear();
        self.model.pack(&self.scratch, &mut self.packed);
        self.frontier.push(number, from.depth + 1, &self.packed);
    }
}
