//! N, R and W: how many replicas there are, and how many of them a read and a write wait for.

use serde::Serialize;

use super::Error;

/// The most replicas that are simulated.
pub const MAX_REPLICAS: u8 = 16;

/// A choice of N, R and W with `1 ≤ R, W ≤ N ≤ MAX_REPLICAS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Quorums {
    n: u8,
    r: u8,
    w: u8,
}

impl Quorums {
    /// N replicas, of which a read waits for R and a write for W.
    ///
    /// # Errors
    ///
    /// If N is not from 1 to [`MAX_REPLICAS`], or R or W is not from 1 to N.
    pub fn new(n: u8, r: u8, w: u8) -> Result<Self, Error> {
        match (n, r, w) {
            _ if !(1..=MAX_REPLICAS).contains(&n) => Err(Error::Replicas(n)),
            _ if !(1..=n).contains(&r) => Err(Error::ReadQuorum { r, n }),
            _ if !(1..=n).contains(&w) => Err(Error::WriteQuorum { w, n }),
            _ => Ok(Self { n, r, w }),
        }
    }

    /// N: the replicas that there are.
    pub fn n(self) -> u8 {
        self.n
    }

    /// R: the answers a read waits for.
    pub fn r(self) -> u8 {
        self.r
    }

    /// W: the acknowledgements a write waits for.
    pub fn w(self) -> u8 {
        self.w
    }

    /// Whether every read quorum meets every write quorum: R + W > N. Then no read is stale.
    pub fn overlap(self) -> bool {
        self.r + self.w > self.n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_had_is_refused_with_what_to_do() {
        assert_eq!(Quorums::new(0, 1, 1), Err(Error::Replicas(0)));
        assert_eq!(Quorums::new(17, 1, 1), Err(Error::Replicas(17)));
        assert_eq!(Quorums::new(3, 0, 1), Err(Error::ReadQuorum { r: 0, n: 3 }));
        assert_eq!(Quorums::new(3, 1, 4), Err(Error::WriteQuorum { w: 4, n: 3 }));
        let sentence = Quorums::new(3, 4, 1).unwrap_err().to_string();
        assert_eq!(sentence, "a read cannot wait for R = 4 of 3 replicas: choose R from 1 to 3, or a larger N");
    }

    #[test]
    fn a_read_and_a_write_overlap_when_together_they_are_more_than_all() {
        assert!(Quorums::new(3, 2, 2).unwrap().overlap());
        assert!(!Quorums::new(3, 2, 1).unwrap().overlap());
    }
}
