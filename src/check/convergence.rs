//! Convergence: once the network has healed and nobody writes any more, do all replicas come to hold the same
//! (eventual consistency: Vogels, "Eventually consistent", 2009)? "Once" is judged at the end of the run, which is a
//! bound of ours.
//!
//! ```text
//! A  ──v1─────────────────v2──
//! B  ──v1──────v2─────────────      apart from B's change to A's: they have agreed since A's
//!             ↑ apart     ↑ agree
//! ```

use std::fmt;

use super::verdict::Verdict;
use crate::sim::Micros;

/// All replicas hold the same at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// When they last began to agree; 0 if they always did.
    pub since: Micros,
    /// How long after the network healed; zero if they agreed by then, `None` if it did not heal.
    pub after_healing: Option<Micros>,
}

/// Two replicas that differ at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement<T> {
    /// One replica, by its index, and what it holds.
    pub one: (usize, T),
    /// Another, and what it holds.
    pub other: (usize, T),
    /// When the replicas last ceased to agree; 0 if they never did agree.
    pub since: Micros,
    /// When the network healed.
    pub healed_at: Micros,
}

/// Why convergence cannot be judged: two replicas differ, and the network has not healed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHealed;

/// A verdict on convergence.
pub type Convergence<T> = Verdict<Agreement, Disagreement<T>, NotHealed>;

/// Judges whether the replicas converge.
///
/// `initial` is what each replica holds at the start; `changes` are the time, the index of the replica and what it
/// holds from then on, in the order of time (a change of a replica that is not there is passed over); `healed_at` is
/// when the last cut was healed, zero if there was none, and `None` if the network is still cut.
pub fn convergence<T: PartialEq + Clone>(
    initial: Vec<T>,
    changes: &[(Micros, usize, T)],
    healed_at: Option<Micros>,
) -> Convergence<T> {
    let mut held = initial;
    let mut agree = differing(&held).is_none();
    let mut since = Micros(0);
    for (at, replica, new) in changes {
        let Some(old) = held.get_mut(*replica) else { continue };
        *old = new.clone();
        let agreed = agree;
        agree = differing(&held).is_none();
        if agree != agreed {
            since = *at;
        }
    }
    match (differing(&held), healed_at) {
        (None, _) => {
            let after_healing = healed_at.map(|healed| Micros(since.0.saturating_sub(healed.0)));
            Verdict::Holds(Agreement { since, after_healing })
        }
        (Some(other), Some(healed_at)) => Verdict::Violated(Disagreement {
            one: (0, held[0].clone()),
            other: (other, held[other].clone()),
            since,
            healed_at,
        }),
        (Some(_), None) => Verdict::Unknown(NotHealed),
    }
}

/// The first replica that holds something else than replica 0.
fn differing<T: PartialEq>(held: &[T]) -> Option<usize> {
    held.iter().position(|one| *one != held[0])
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.after_healing {
            Some(Micros(0)) => {
                write!(f, "All replicas have held the same since {}, before the network had healed.", self.since)
            }
            Some(after) => write!(f, "All replicas have held the same since {after} after the network healed."),
            None => write!(f, "All replicas have held the same since {}.", self.since),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Disagreement<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { one: (one, held), other: (other, differs), healed_at, .. } = self;
        write!(
            f,
            "The network had healed by {healed_at}, but at the end replica {one} holds {held} and replica {other} holds \
             {differs}."
        )
    }
}

impl fmt::Display for NotHealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The replicas differ, and the network has not healed.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEALED: Option<Micros> = Some(Micros(20));

    #[test]
    fn replicas_agree_from_the_last_change_that_made_them_equal() {
        let changes = [(Micros(10), 0, 1), (Micros(30), 1, 1), (Micros(40), 0, 2), (Micros(50), 1, 2)];
        let verdict = convergence(vec![0, 0], &changes, HEALED);
        assert_eq!(verdict, Verdict::Holds(Agreement { since: Micros(50), after_healing: Some(Micros(30)) }));
    }

    #[test]
    fn replicas_that_never_change_have_always_agreed() {
        let verdict = convergence(vec![7; 3], &[], Some(Micros(0)));
        assert_eq!(verdict, Verdict::Holds(Agreement { since: Micros(0), after_healing: Some(Micros(0)) }));
        assert!(convergence::<u8>(Vec::new(), &[], None).holds());
    }

    #[test]
    fn replicas_that_differ_at_the_end_are_named_with_what_they_hold() {
        let verdict = convergence(vec![0, 0, 0], &[(Micros(30), 2, 5), (Micros(31), 9, 1)], HEALED);
        let witness = verdict.violation().expect("replica 2 differs");
        assert_eq!((witness.one, witness.other, witness.since), ((0, 0), (2, 5), Micros(30)));
        assert!(witness.to_string().ends_with("replica 0 holds 0 and replica 2 holds 5."));
    }

    #[test]
    fn nothing_is_promised_while_the_network_is_cut() {
        assert_eq!(convergence(vec![0, 1], &[], None), Verdict::Unknown(NotHealed));
    }
}
