//! A verdict: holds, violated or unknown, each with its reason. Nothing is called proved that was not searched to the
//! end.

use serde::{Deserialize, Serialize};

/// A verdict with the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict<Holds, Violated, Unknown> {
    /// It holds, and this shows it.
    Holds(Holds),
    /// It does not hold, and this is the witness.
    Violated(Violated),
    /// It cannot be said, and this is why.
    Unknown(Unknown),
}

impl<H, V, U> Verdict<H, V, U> {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }

    /// The witness against it.
    pub fn violation(&self) -> Option<&V> {
        match self {
            Self::Violated(witness) => Some(witness),
            _ => None,
        }
    }
}
