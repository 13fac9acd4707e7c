//! What is taught: the course's scenarios, the words that go with them, and runs drawn as diagrams.

pub mod abreast;
pub mod behaviour;
pub mod beyond;
pub mod calm;
mod cast;
pub mod challenge;
pub mod contest;
pub mod drawing;
pub mod enact;
pub mod etcd;
pub mod explain;
pub mod gauges;
pub mod local;
pub mod narration;
pub mod opening;
pub mod outcomes;
mod player;
pub mod scenarios;
pub mod sequence;
pub mod take;
pub mod told;
pub mod verdicts;
pub mod view;
pub mod walk;

pub use cast::Cast;
pub use drawing::draw;
pub use enact::enact;
pub use gauges::{Gauge, Gauges, Reading};
pub use player::Player;
pub use scenarios::{Play, play};
pub use sequence::sequence;
pub use told::Told;
pub use verdicts::{Verdicts, verdicts};
pub use walk::{Branches, Deed, Moment, Side, Walk};
