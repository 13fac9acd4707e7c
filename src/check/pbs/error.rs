//! What can be wrong with the numbers one asks for, in words.

use super::MAX_REPLICAS;

/// Why there is nothing to simulate.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// N is not from 1 to [`MAX_REPLICAS`].
    #[error("N = {0} replicas cannot be simulated: choose N from 1 to {MAX_REPLICAS}")]
    Replicas(u8),
    /// R is not from 1 to N.
    #[error("a read cannot wait for R = {r} of {n} replicas: choose R from 1 to {n}, or a larger N")]
    ReadQuorum {
        /// The answers a read was to wait for.
        r: u8,
        /// The replicas there are.
        n: u8,
    },
    /// W is not from 1 to N.
    #[error("a write cannot wait for W = {w} of {n} replicas: choose W from 1 to {n}, or a larger N")]
    WriteQuorum {
        /// The acknowledgements a write was to wait for.
        w: u8,
        /// The replicas there are.
        n: u8,
    },
    /// A parameter of a distribution is zero, negative, infinite or not a number.
    #[error("the {what} of a latency is {value}: give a finite number above 0")]
    NotPositive {
        /// The parameter.
        what: &'static str,
        /// What it was to be.
        value: f64,
    },
    /// A share is not from 0 to 1.
    #[error("the Pareto share of a latency is {0}: give a number from 0 to 1")]
    NotAShare(f64),
    /// A distance is negative, infinite or not a number.
    #[error("the way to a remote replica is {0} ms: give a finite number of milliseconds, 0 or more")]
    NotADistance(f64),
}
