//! What is taught: the course's scenarios, the words that go with them, and runs drawn as diagrams.

pub mod behaviour;
pub mod calm;
mod cast;
pub mod challenge;
pub mod contest;
pub mod drawing;
pub mod enact;
pub mod gauges;
pub mod narration;
pub mod scenarios;
pub mod sequence;
pub mod verdicts;
pub mod walk;

pub use cast::Cast;
pub use drawing::draw;
pub use enact::enact;
pub use gauges::{Gauge, Gauges, Reading};
pub use scenarios::{Play, play};
pub use sequence::sequence;
pub use verdicts::{Verdicts, verdicts};
pub use walk::{Moment, Side, Walk};
