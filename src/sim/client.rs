//! Clients: what they ask, how long they wait, and whether they try again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::netem::Percent;
use super::protocol::Object;
use super::rng::Pcg32;
use super::{Micros, NodeId, Operation, Value, ValueSet};

/// A client. It reaches its own node without network delay, because delay there would hide anomalies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientSpec {
    /// The node it talks to.
    pub node: NodeId,
    /// How long it waits for an answer, in microseconds, before it takes the outcome for unknown; `None` waits for ever.
    #[serde(default)]
    pub timeout: Option<Micros>,
    /// Whether it tries again after an error or a timeout.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// What it asks besides what the script has it ask.
    #[serde(default)]
    pub workload: Workload,
}

/// Trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// How often at most, after the first try.
    pub times: u8,
    /// How long it waits before the second try, in microseconds; twice as long before each further one.
    pub backoff: Micros,
    /// How its node takes a second try.
    #[serde(default)]
    pub keys: Keys,
}

/// How a node takes the second try of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// As a new request: what the first try did may happen again.
    #[default]
    Fresh,
    /// By an idempotency key, which the node keeps on disk with the answer: a request that was answered is answered the
    /// same again, one that is being worked on is not started twice.
    Idempotent,
}

/// What a client asks by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Workload {
    /// Nothing: it asks what the script says.
    #[default]
    Scripted,
    /// Requests at random times, whether or not earlier ones are answered.
    Random {
        /// How many a second on average.
        per_second: u32,
        /// How many of a hundred are reads.
        reads: Percent,
        /// How many in all.
        count: u32,
    },
    /// One request after the other: a closed loop.
    Closed {
        /// How long it thinks between an answer and the next request, in microseconds.
        think: Micros,
        /// How many of a hundred are reads.
        reads: Percent,
        /// How many in all.
        count: u32,
    },
}

impl ClientSpec {
    /// A client of that node that asks what the script says, waits for ever and never tries again.
    pub fn of(node: NodeId) -> Self {
        Self { node, timeout: None, retry: None, workload: Workload::Scripted }
    }
}

impl Workload {
    /// How many requests it makes.
    pub fn count(self) -> u32 {
        match self {
            Self::Scripted => 0,
            Self::Random { count, .. } | Self::Closed { count, .. } => count,
        }
    }

    /// How long until its first request.
    pub(super) fn first(self, rng: &mut Pcg32) -> Option<Micros> {
        match self {
            Self::Closed { .. } => Some(Micros(0)),
            _ => self.after_asking(rng),
        }
    }

    /// How long after a request the next one comes, if it does not wait for the answer.
    pub(super) fn after_asking(self, rng: &mut Pcg32) -> Option<Micros> {
        match self {
            Self::Random { per_second, .. } if per_second > 0 => {
                let exact = rng.exponential().saturating_mul(1_000_000) / u64::from(per_second);
                Some(Micros(exact.saturating_add(1 << 31) >> 32))
            }
            _ => None,
        }
    }

    /// How long after an answer the next request comes.
    pub(super) fn after_answer(self) -> Option<Micros> {
        match self {
            Self::Closed { think, .. } => Some(think),
            _ => None,
        }
    }

    /// What it asks next. Each write writes another value, as long as there are any.
    pub(super) fn operation(self, object: Object, fresh: &mut u32, rng: &mut Pcg32) -> Operation {
        let (Self::Random { reads, .. } | Self::Closed { reads, .. }) = self else { return Operation::Read };
        if reads.hits(rng.next_u32()) {
            return Operation::Read;
        }
        *fresh = fresh.saturating_add(1);
        let small = Value((*fresh - 1) % ValueSet::LARGEST.0 + 1);
        match object {
            Object::Register => Operation::Write(Value(*fresh)),
            Object::Siblings => Operation::Write(small),
            Object::Counter => Operation::Add(1),
            Object::Set if rng.up_to(2) == 0 => Operation::Remove(small),
            Object::Set => Operation::Insert(small),
        }
    }
}
