//! A directed link: how long a message takes on it, what disturbs it, and whether it is cut or held.
//!
//! A cut link loses what is on it and what is sent into it; a held one keeps it until it is released. No node is told:
//! to both ends a cut link, a held one and a slow one look the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::netem::{Conditions, LossState, Memory};
use super::rng::Pcg32;
use super::trace::Loss;
use super::{EventId, Micros};

/// How long a message takes: uniform in `base ..= base + jitter`. The defaults are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// The shortest time, in microseconds.
    pub base: Micros,
    /// How much longer it may take, in microseconds; nothing is drawn when it is zero.
    #[serde(default)]
    pub jitter: Micros,
}

/// The state of one direction between two nodes.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// How long the distance takes.
    pub latency: Latency,
    /// The event that cut it, while it is cut.
    pub cut: Option<EventId>,
    /// Whether it keeps what is sent into it.
    pub held: bool,
    /// What disturbs it on top of the distance.
    pub shaping: Option<Box<Shaping>>,
}

/// What disturbs a link, and what it remembers of the packets before.
#[derive(Clone, Debug)]
pub struct Shaping {
    /// What holds.
    pub conditions: Conditions,
    memories: Memories,
    chain: LossState,
    /// How many packets were delayed since one overtook.
    in_line: u32,
    /// When the packets that wait will have been sent.
    waiting: Vec<Micros>,
}

/// The last draw of each chance.
#[derive(Clone, Debug)]
struct Memories {
    delay: Memory,
    loss: Memory,
    duplicate: Memory,
    corrupt: Memory,
    reorder: Memory,
}

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives at that time.
    Arrives(Micros),
    /// It arrives at that time with a flipped bit.
    Damaged(Micros),
    /// It is lost.
    Lost(Loss),
}

impl Latency {
    /// Draws the time one message takes.
    pub fn draw(self, rng: &mut Pcg32) -> Micros {
        let jitter = u32::try_from(self.jitter.0).unwrap_or(u32::MAX);
        if jitter == 0 { self.base } else { self.base + Micros(rng.up_to(jitter).into()) }
    }
}

impl Link {
    /// A link of that length without disturbance.
    pub fn of(latency: Latency) -> Self {
        Self { latency, ..Self::default() }
    }

    /// Is disturbed by this from now on. What waits to be sent goes on waiting.
    pub fn shape(&mut self, shaping: Option<Box<Shaping>>) {
        let before = std::mem::replace(&mut self.shaping, shaping);
        if let (Some(before), Some(now)) = (before, &mut self.shaping) {
            now.waiting = before.waiting;
        }
    }

    /// What becomes of a packet of that size in bytes sent now, and of its copy if it is sent twice.
    pub fn pass(&mut self, now: Micros, bytes: u32, rng: &mut Pcg32) -> (Fate, Option<Fate>) {
        let latency = self.latency;
        let Some(shaping) = &mut self.shaping else { return (Fate::Arrives(now + latency.draw(rng)), None) };
        let twice = shaping.memories.duplicate.hit(rng, shaping.conditions.duplicate);
        let (first, second) = match (twice, shaping.loses(rng)) {
            (false, true) => (Fate::Lost(Loss::Random), None),
            (true, false) => {
                let first = shaping.send(now, bytes, rng);
                let lost = shaping.loses(rng);
                (first, Some(if lost { Fate::Lost(Loss::Random) } else { shaping.send(now, bytes, rng) }))
            }
            (false, false) | (true, true) => (shaping.send(now, bytes, rng), None),
        };
        let mut travel = |fate| match fate {
            Fate::Arrives(sent) => Fate::Arrives(sent + latency.draw(rng)),
            Fate::Damaged(sent) => Fate::Damaged(sent + latency.draw(rng)),
            Fate::Lost(why) => Fate::Lost(why),
        };
        (travel(first), second.map(travel))
    }
}

impl Shaping {
    /// These conditions from now on.
    pub fn new(conditions: Conditions, rng: &mut Pcg32) -> Self {
        let memories = Memories {
            delay: Memory::new(rng),
            loss: Memory::new(rng),
            duplicate: Memory::new(rng),
            corrupt: Memory::new(rng),
            reorder: Memory::new(rng),
        };
        Self { conditions, memories, chain: LossState::default(), in_line: 0, waiting: Vec::new() }
    }

    fn loses(&mut self, rng: &mut Pcg32) -> bool {
        self.conditions.loss.takes(&mut self.chain, &mut self.memories.loss, rng)
    }

    /// When a packet that was not lost leaves the sender, and whether it is damaged.
    fn send(&mut self, now: Micros, bytes: u32, rng: &mut Pcg32) -> Fate {
        let damaged = self.memories.corrupt.hit(rng, self.conditions.corrupt);
        self.waiting.retain(|&leaves| leaves > now);
        if self.waiting.len() >= self.conditions.limit as usize {
            return Fate::Lost(Loss::QueueFull);
        }
        let leaves = self.leaves(now, bytes, rng);
        if leaves > now {
            self.waiting.push(leaves);
        }
        if damaged { Fate::Damaged(leaves) } else { Fate::Arrives(leaves) }
    }

    fn leaves(&mut self, now: Micros, bytes: u32, rng: &mut Pcg32) -> Micros {
        let Conditions { delay, jitter, delay_correlation, distribution, reorder, gap, rate, .. } = self.conditions;
        let may_overtake = gap > 0 && self.in_line + 1 >= gap;
        if may_overtake && self.memories.reorder.hit(rng, reorder) {
            self.in_line = 0;
            return now;
        }
        self.in_line += 1;
        let spread = if jitter == Micros(0) {
            delay
        } else {
            distribution.delay(delay, jitter, self.memories.delay.draw(rng, delay_correlation))
        };
        if rate == 0 {
            return now + spread;
        }
        let before = self.waiting.iter().copied().max().unwrap_or(now);
        (now + spread).max(before) + Micros((u64::from(bytes) * 8_000_000).div_ceil(rate))
    }
}
