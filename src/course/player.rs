//! The nodes that play in the room Prove: one kind for all of its pages, so that the page carries one world for all.

use crate::one_of;
use crate::sim::protocol::{abd, epidemic, local_first, rules, single_copy};

one_of! {
    /// A node of the room Prove.
    pub enum Player {
        /// Local first: the walk, and what lies beyond the theorem.
        LocalFirst(local_first::Replica),
        /// Rules put together by a person.
        Rules(rules::Replica),
        /// Majorities, for the attempt with a witness.
        Abd(abd::Replica),
        /// The epidemic register.
        Epidemic(epidemic::Replica),
        /// One copy: the three outcomes of a request.
        SingleCopy(single_copy::Replica),
    }
}
