//! What you draw: the diagram model, edits, layout, and Mermaid in and out.
//!
//! The model is Mermaid's flowchart graph and nothing more, plus the positions a person gives to nodes, which the
//! text never carries.

pub mod chronicle;
pub mod difference;
mod document;
mod draft;
pub mod edit;
mod field;
pub mod geometry;
pub mod grade;
pub mod guide;
pub mod history;

mod layout;
pub mod light;
pub mod link;
pub mod measure;
pub mod mermaid;
pub mod model;
mod nest;
pub mod outline;
pub mod paint;
pub mod picture;
pub mod role;
pub mod route;
pub mod sorted;
pub mod space_time;
pub mod space_time_colours;
pub mod space_time_layout;
pub mod space_time_svg;
pub mod svg;
pub mod tag;
pub mod view;
mod visible;

pub use document::{Document, VERSION};
pub use draft::Draft;
pub use edit::{Edit, Part};
pub use history::History;
pub use model::{ClassDef, Diagram, Direction, Edge, Head, Kept, Keyword, Label, Node, Point, Shape, Stroke, Subgraph};
