//! Logs as JSON lines, one event a line, for whoever writes a log by program. `docs/histories.md` says it at length.
//!
//! ```text
//! {"initial":0}
//! {"process":0,"type":"invoke","f":"cas","value":[0,2],"key":"x","time":1000}
//! {"process":1,"type":"invoke","f":"read","value":null,"key":"x","time":1200}
//! {"process":1,"type":"ok","f":"read","value":2,"key":"x","time":1900}
//! {"process":0,"type":"ok","f":"cas","value":[0,2],"key":"x","time":2500}
//! ```
//!
//! The first line may say what a register holds at the start. `key` is text, `time` is in microseconds, and both may be
//! left out. Any other field is refused, so that a misspelt one is noticed. Behind `fail` and `info` the value may say
//! why, so it is not looked at.

mod object;
mod read;
mod write;

pub(super) use read::Reader;
pub use read::read;
pub use write::write;
