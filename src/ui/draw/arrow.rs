//! Edges on the canvas: the line, the mark of a lost message with its tear, and the label.

use yew::prelude::*;

use crate::diagram::picture::Arrow;
use crate::diagram::route::Curve;
pub use crate::diagram::svg::tone;
use crate::diagram::tag::Tag;
use crate::diagram::{Diagram, Edge, Stroke, svg};

/// What an edge is called for those who cannot see it.
pub fn name(arrow: &Arrow, edge: &Edge, diagram: &Diagram) -> String {
    let kind = if edge.stroke == Stroke::Dotted { "lost message" } else { "message" };
    let ends = format!("{kind} from {} to {}", diagram.name_of(&edge.from), diagram.name_of(&edge.to));
    match &arrow.tag {
        Some(tag) => format!("{}: {ends}", tag.visible()),
        None => ends,
    }
}

/// The line of an edge, with a wide invisible one around it that is easy to hit.
pub fn line(arrow: &Arrow, edge: &Edge) -> Html {
    raw(svg::line(arrow, edge))
}

/// The tear behind a lost message: across its edge.
pub fn tear(curve: Curve) -> Html {
    raw(svg::tear(curve))
}

/// The label of an edge.
pub fn tag(tag: &Tag) -> Html {
    raw(svg::tag(tag))
}

/// A piece of a picture. [`svg`] has escaped all that a person has written.
pub(super) fn raw(svg: String) -> Html {
    Html::from_html_unchecked(svg.into())
}
