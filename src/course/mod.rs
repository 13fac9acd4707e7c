//! What is taught: the course's scenarios, the words that go with them, and runs drawn as diagrams.

pub mod challenge;
pub mod drawing;
pub mod gauges;
pub mod narration;
pub mod scenarios;
pub mod verdicts;
pub mod walk;

pub use drawing::draw;
pub use gauges::{Gauge, Gauges, Reading};
pub use scenarios::{Play, play};
pub use verdicts::{Verdicts, verdicts};
pub use walk::{Moment, Side, Walk};
