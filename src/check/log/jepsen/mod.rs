//! Logs as Jepsen prints them while it runs, one event a line: `INFO  jepsen.util - PROCESS\t:TYPE\t:FUNCTION\tVALUE`.
//!
//! ```text
//! INFO  jepsen.util - 0   :invoke :cas    [1 2]        process 0 wants 2 in the place of 1
//! INFO  jepsen.util - 1   :invoke :read   nil          process 1 asks for the value
//! INFO  jepsen.util - 1   :ok     :read   1            it is 1
//! INFO  jepsen.util - 0   :info   :cas    :timed-out   process 0 cannot tell what became of its wish
//! ```
//!
//! Types are `:invoke`, `:ok`, `:fail`, `:info`; functions `:read`, `:write`, `:cas`, and `:add`, `:insert`, `:remove` of
//! sets and counters; values `nil`, whole numbers, `[old new]`, and `#{1 2 3}` or `[1 2 3]` for the elements of a set.
//! `[KEY VALUE]` with a number as key is an operation on one of many objects. What stands before the process may look
//! otherwise, as later versions write it, or be absent. Behind `:fail` and `:info` Jepsen writes why, in many ways, so
//! what stands there is not looked at.

mod cut;
mod message;
mod read;
mod write;

pub(super) use read::Reader;
pub use read::read;
pub use write::{Unwritable, write};
