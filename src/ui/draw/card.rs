//! Frames and nodes on the canvas.

use yew::prelude::*;

use super::arrow::raw;
use crate::diagram::picture::{Card, Frame};
use crate::diagram::{Diagram, svg};

/// The outline and the title of a subgraph.
pub fn frame(frame: &Frame) -> Html {
    raw(svg::frame(frame))
}

/// The outline and the text of a node.
pub fn card(card: &Card, diagram: &Diagram) -> Html {
    raw(svg::card(card, diagram))
}
