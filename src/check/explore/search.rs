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

/// A step of a counter-example.
pub struct Step<M: Model> {
    /// What is chosen.
    pub choice: M::Choice,
    /// What happens, in words.
    pub words: String,
    /// Where it leads.
    pub after: M::State,
}

/// A search through a model.
pub struct Search<M: Model> {
    model: M,
    start: M::State,
    order: Order,
    known: Known,
    frontier: Frontier,
    /// For each state, by number: the state it was found from …
    origins: Vec<u32>,
    /// … and which of its choices it was.
    turns: Vec<u16>,
    states: u64,
    /// How many different states were met at each depth.
    levels: Vec<u64>,
    most_bytes: usize,
    broken: Option<u32>,
    // Memory that is used again for each state.
    packed: Vec<u8>,
    here: M::State,
    choices: Vec<M::Choice>,
    next: Vec<Next<M::State>>,
}

/// A state that a choice leads to.
struct Next<S> {
    state: S,
    turn: u16,
    fingerprint: u64,
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
            here: start.clone(),
            start,
            order,
            known,
            frontier,
            origins: vec![0],
            turns: vec![0],
            states: 1,
            levels: vec![1],
            most_bytes: 0,
            broken,
            packed,
            choices: Vec::new(),
            next: Vec::new(),
        }
    }

    /// What is searched.
    pub fn model(&self) -> &M {
        &self.model
    }

    /// What is searched, to ask it what it has to find out.
    pub fn model_mut(&mut self) -> &mut M {
        &mut self.model
    }

    /// Where the search began.
    pub fn start(&self) -> &M::State {
        &self.start
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
            depth: u32::try_from(self.levels.len() - 1).unwrap_or(u32::MAX),
            waiting: self.frontier.len(),
            bytes: self.bytes(),
            most_bytes: self.most_bytes.max(self.bytes()),
        }
    }

    /// How many different states were met at each depth, the start's first. Breadth first, only the last still grows.
    pub fn levels(&self) -> &[u64] {
        &self.levels
    }

    /// The steps that lead to the broken promise, if one was found, replayed from the start.
    pub fn counter_example(&mut self) -> Option<Vec<Step<M>>> {
        let mut number = self.broken?;
        let mut turns = Vec::new();
        while number != 0 {
            turns.push(self.turns[number as usize]);
            number = self.origins[number as usize];
        }
        let mut state = self.start.clone();
        let mut path = Vec::new();
        for turn in turns.into_iter().rev() {
            let mut choices = Vec::new();
            self.model.choices(&state, &mut choices);
            let choice = *choices.get(usize::from(turn))?;
            let words = self.model.describe(&state, choice);
            let mut after = state.clone();
            self.model.next(&state, choice, &mut after);
            state.clone_from(&after);
            path.push(Step { choice, words, after });
        }
        Some(path)
    }

    fn bytes(&self) -> usize {
        let origins = self.origins.capacity() * size_of::<u32>() + self.turns.capacity() * size_of::<u16>();
        self.known.bytes() + self.frontier.memory() + origins
    }

    /// Goes on from one state; whether there was one.
    fn go_on(&mut self) -> bool {
        let popped = match self.order {
            Order::Breadth => self.frontier.pop_first(&mut self.packed),
            Order::Depth => self.frontier.pop_last(&mut self.packed),
        };
        let Some(entry) = popped else { return false };
        if !self.model.unpack(&self.packed, &mut self.here) {
            return false;
        }
        let count = self.reach();
        // All of them are looked up before any is put in: looking up is waiting for memory, and several can wait at once.
        let next = std::mem::take(&mut self.next);
        self.known.look_up(next[..count].iter().map(|next| next.fingerprint));
        for next in &next[..count] {
            self.meet(entry, next);
        }
        self.next = next;
        true
    }

    /// Fills `next` with the states that the choices lead to; how many.
    fn reach(&mut self) -> usize {
        self.choices.clear();
        self.model.choices(&self.here, &mut self.choices);
        let mut count = 0;
        for (turn, &choice) in (0..u16::MAX).zip(&self.choices) {
            if count == self.next.len() {
                self.next.push(Next { state: self.here.clone(), turn, fingerprint: 0 });
            }
            let next = &mut self.next[count];
            if self.model.next(&self.here, choice, &mut next.state) {
                (next.turn, next.fingerprint) = (turn, self.model.fingerprint(&next.state));
                count += 1;
            }
        }
        count
    }

    fn meet(&mut self, from: Entry, next: &Next<M::State>) {
        self.states += 1;
        if !self.known.insert(next.fingerprint) {
            return;
        }
        let number = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        push(&mut self.origins, from.number);
        push(&mut self.turns, next.turn);
        let level = from.depth as usize + 1;
        if self.levels.len() <= level {
            self.levels.resize(level + 1, 0);
        }
        self.levels[level] += 1;
        if self.broken.is_none() && self.model.broken(&next.state) {
            self.broken = Some(number);
        }
        self.packed.clear();
        self.model.pack(&next.state, &mut self.packed);
        self.frontier.push(number, from.depth + 1, &self.packed);
    }
}

/// Puts something at the end of a list that may become very long: it grows by an eighth, not to the double.
fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(1_024 + list.len() / 8);
    }
    list.push(item);
}
