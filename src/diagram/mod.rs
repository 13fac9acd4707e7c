//! What you draw: the diagram model, edits, layout, and Mermaid in and out.
//!
//! The model is Mermaid's flowchart graph and nothing more, plus the positions a person gives to nodes, which the
//! text never carries.

pub mod mermaid;
pub mod model;

pub use model::{ClassDef, Diagram, Direction, Edge, Head, Kept, Keyword, Label, Node, Point, Shape, Stroke, Subgraph};
