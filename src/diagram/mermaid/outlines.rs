//! The shapes of Mermaid 11 by their names, and which of the classic ones comes nearest to each.

use crate::diagram::Shape;

/// The classic shape that a name means.
pub(super) fn exact(name: &str) -> Option<Shape> {
    Some(match name {
        "rect" | "rectangle" | "proc" | "process" => Shape::Square,
        "rounded" | "event" => Shape::Round,
        "stadium" | "pill" | "terminal" => Shape::Stadium,
        "fr-rect" | "framed-rectangle" | "subproc" | "subprocess" | "subroutine" => Shape::Subroutine,
        "cyl" | "cylinder" | "database" | "db" => Shape::Cylinder,
        "circle" | "circ" => Shape::Circle,
        "dbl-circ" | "double-circle" | "doublecircle" => Shape::Doublecircle,
        "odd" => Shape::Odd,
        "diam" | "decision" | "diamond" | "question" => Shape::Diamond,
        "hex" | "hexagon" | "prepare" => Shape::Hexagon,
        "lean-r" | "lean-right" | "in-out" => Shape::LeanRight,
        "lean-l" | "lean-left" | "out-in" => Shape::LeanLeft,
        "trap-b" | "trapezoid" | "trapezoid-bottom" => Shape::Trapezoid,
        "trap-t" | "inv-trapezoid" => Shape::InvTrapezoid,
        _ => return None,
    })
}

/// The classic shape that comes nearest to a shape of its own.
fn near(name: &str) -> Option<Shape> {
    Some(match name {
        "priority" | "extract" | "tri" | "triangle" => Shape::Trapezoid,
        "trapezoid-top" | "manual" | "flip-tri" | "flipped-triangle" | "manual-file" => Shape::InvTrapezoid,
        "text" | "notch-rect" | "card" | "notched-rectangle" | "fork" | "join" | "brace" | "brace-l" | "comment"
        | "brace-r" | "braces" | "doc" | "document" | "div-rect" | "div-proc" | "divided-process"
        | "divided-rectangle" | "win-pane" | "internal-storage" | "window-pane" | "lin-doc" | "lined-document"
        | "docs" | "documents" | "st-doc" | "stacked-document" | "st-rect" | "processes" | "procs"
        | "stacked-rectangle" | "tag-doc" | "tagged-document" | "tag-rect" | "tag-proc" | "tagged-process"
        | "tagged-rectangle" | "icon" | "note" | "folder" | "directory" | "browser" | "console" | "composite" => {
            Shape::Square
        }
        "lin-rect" | "lin-proc" | "lined-process" | "lined-rectangle" | "shaded-process" => Shape::Subroutine,
        "sm-circ" | "small-circle" | "start" | "f-circ" | "junction" | "filled-circle" | "cross-circ"
        | "crossed-circle" | "summary" | "anchor" => Shape::Circle,
        "fr-circ" | "framed-circle" | "stop" => Shape::Doublecircle,
        "hourglass" | "collate" | "choice" => Shape::Diamond,
        "bolt" | "com-link" | "lightning-bolt" | "flag" | "paper-tape" => Shape::Odd,
        "delay" | "half-rounded-rectangle" | "curv-trap" | "curved-trapezoid" | "display" => Shape::Stadium,
        "das"
        | "h-cyl"
        | "horizontal-cylinder"
        | "lin-cyl"
        | "disk"
        | "lined-cylinder"
        | "datastore"
        | "data-store"
        | "bow-rect"
        | "bow-tie-rectangle"
        | "stored-data"
        | "bucket" => Shape::Cylinder,
        "notch-pent" | "loop-limit" | "notched-pentagon" => Shape::Hexagon,
        "sl-rect" | "manual-input" | "sloped-rectangle" => Shape::LeanRight,
        "bang" | "cloud" | "person" | "state" => Shape::Round,
        _ => return None,
    })
}

/// The classic shape for a name, or the one that comes nearest.
pub(super) fn nearest(name: &str) -> Shape {
    exact(name).or_else(|| near(name)).unwrap_or(Shape::Square)
}

/// Whether Mermaid 11 knows the name.
pub(super) fn known(name: &str) -> bool {
    exact(name).or_else(|| near(name)).is_some()
}

/// A shape in words, as part of a sentence.
pub(super) fn in_words(shape: Shape) -> &'static str {
    match shape {
        Shape::Plain | Shape::Square => "a rectangle",
        Shape::Round => "a rounded rectangle",
        Shape::Stadium => "a pill",
        Shape::Subroutine => "a subroutine",
        Shape::Cylinder => "a cylinder",
        Shape::Circle => "a circle",
        Shape::Doublecircle => "a double circle",
        Shape::Ellipse => "an ellipse",
        Shape::Odd => "a flag",
        Shape::Diamond => "a diamond",
        Shape::Hexagon => "a hexagon",
        Shape::LeanRight | Shape::LeanLeft => "a slanted box",
        Shape::Trapezoid | Shape::InvTrapezoid => "a trapezoid",
    }
}
