//! Two-phase commit: a coordinator asks all, and commits only if all are prepared; anybody may abort before.
//!
//! ```text
//!  coordinator ─ (prepare) ─▶ every manager        each prepares, and says so, or aborts by itself
//!              ◀─ prepared ──                      all prepared: commit; at any time before: abort
//!              ─ commit, or abort ─▶ every manager
//! ```
//!
//! After Gray and Lamport, "Consensus on transaction commit", 2006: messages are never taken from the network, so each
//! may arrive again at any time. Here to show that a [`Model`] need not be a cluster, and to hold the search against
//! published counts. A state is a handful of bits.

use super::Model;

/// Two-phase commit with that many resource managers.
pub struct TwoPhase {
    managers: u32,
}

/// What a manager is doing; also where the coordinator is, which never prepares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Working,
    Prepared,
    Committed,
    Aborted,
}

/// Something that can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The coordinator hears that a manager is prepared.
    Hear(u32),
    /// The coordinator commits.
    Commit,
    /// The coordinator aborts.
    Abort,
    /// A manager prepares.
    Prepare(u32),
    /// A manager aborts by itself.
    Leave(u32),
    /// A manager hears of the outcome.
    Learn(u32),
}

/// Two bits for each manager's stage, then a bit for each that the coordinator has heard of, then the coordinator.
/// Which messages were sent follows from these: a manager that went on past working without leaving has said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    stages: u32,
    /// Managers that have said that they are prepared.
    said: u16,
    /// Managers that the coordinator has heard of.
    heard: u16,
    coordinator: u8,
}

/// The most managers that fit into a state.
pub const MOST_MANAGERS: u32 = 16;

impl TwoPhase {
    /// With that many managers, from 1 to [`MOST_MANAGERS`]; others are brought into this range.
    pub fn of(managers: u32) -> Self {
        Self { managers: managers.clamp(1, MOST_MANAGERS) }
    }
}

fn stage(bits: u32) -> Stage {
    match bits & 3 {
        0 => Stage::Working,
        1 => Stage::Prepared,
        2 => Stage::Committed,
        _ => Stage::Aborted,
    }
}

impl State {
    fn of(&self, manager: u32) -> Stage {
        stage(self.stages >> (2 * manager))
    }

    fn set(&mut self, manager: u32, stage: Stage) {
        self.stages = self.stages & !(3 << (2 * manager)) | (stage as u32) << (2 * manager);
    }

    fn outcome(&self) -> Stage {
        stage(self.coordinator.into())
    }
}

impl Model for TwoPhase {
    type State = State;
    type Choice = Choice;

    fn start(&mut self) -> State {
        State::default()
    }

    fn choices(&self, state: &State, into: &mut Vec<Choice>) {
        let undecided = state.outcome() == Stage::Working;
        let all = (1_u32 << self.managers) - 1;
        if undecided {
            into.push(Choice::Abort);
            if u32::from(state.heard) == all {
                into.push(Choice::Commit);
            }
        }
        for manager in 0..self.managers {
            let bit = 1 << manager;
            if undecided && state.said & bit != 0 && state.heard & bit == 0 {
                into.push(Choice::Hear(manager));
            }
            if state.of(manager) == Stage::Working {
                into.extend([Choice::Prepare(manager), Choice::Leave(manager)]);
            }
            if !undecided && state.of(manager) != state.outcome() {
                into.push(Choice::Learn(manager));
            }
        }
    }

    fn next(&mut self, from: &State, choice: Choice, to: &mut State) -> bool {
        *to = *from;
        match choice {
            Choice::Hear(manager) => to.heard |= 1 << manager,
            Choice::Commit => to.coordinator = Stage::Committed as u8,
            Choice::Abort => to.coordinator = Stage::Aborted as u8,
            Choice::Prepare(manager) => {
                to.set(manager, Stage::Prepared);
                to.said |= 1 << manager;
            }
            Choice::Leave(manager) => to.set(manager, Stage::Aborted),
            Choice::Learn(manager) => to.set(manager, from.outcome()),
        }
        true
    }

    fn fingerprint(&mut self, state: &State) -> u64 {
        let rest = u64::from(state.said) << 24 | u64::from(state.heard) << 8 | u64::from(state.coordinator);
        super::fingerprint(0, &(u64::from(state.stages), rest))
    }

    fn broken(&mut self, state: &State) -> bool {
        let some = |wanted| (0..self.managers).any(|manager| state.of(manager) == wanted);
        some(Stage::Committed) && some(Stage::Aborted)
    }

    fn pack(&self, state: &State, into: &mut Vec<u8>) {
        into.extend(state.stages.to_le_bytes());
        into.extend(state.said.to_le_bytes());
        into.extend(state.heard.to_le_bytes());
        into.push(state.coordinator);
    }

    fn unpack(&self, bytes: &[u8], into: &mut State) -> bool {
        let Some((&stages, rest)) = bytes.split_first_chunk() else { return false };
        let Some((&said, rest)) = rest.split_first_chunk() else { return false };
        let Some((&heard, &[coordinator])) = rest.split_first_chunk() else { return false };
        let (said, heard) = (u16::from_le_bytes(said), u16::from_le_bytes(heard));
        *into = State { stages: u32::from_le_bytes(stages), said, heard, coordinator };
        true
    }

    fn describe(&self, _state: &State, choice: Choice) -> String {
        match choice {
            Choice::Hear(manager) => format!("the coordinator hears that manager {} is prepared", manager + 1),
            Choice::Commit => "the coordinator commits".to_owned(),
            Choice::Abort => "the coordinator aborts".to_owned(),
            Choice::Prepare(manager) => format!("manager {} prepares", manager + 1),
            Choice::Leave(manager) => format!("manager {} aborts by itself", manager + 1),
            Choice::Learn(manager) => format!("manager {} hears of the outcome", manager + 1),
        }
    }
}
