//! Mermaid in and out.
//!
//! [`parse`] never fails: it returns the diagram it could read and a list of [`Diagnostic`]s, each with its place and
//! a sentence. What the model does not hold is kept to the letter and printed back. Two writers print a diagram:
//! [`print_module`] in the template's own hand, [`print_portable`] so that every Mermaid from 8 to 12 draws it with
//! the same visible text. Both print the same statements line by line, in the order that `order` computes.
//!
//! ```text
//! text ─ scanner ─ { text, shape, arrow } ─ statement ─ builder ─▶ Diagram ─ order ─┬─ module   ─▶ text
//!                                                                                    └─ portable ─▶ text
//! ```

mod arrow;
mod builder;
mod chain;
mod diagnostic;
mod entity;
mod escape;
pub mod highlight;
mod id;
mod json;
mod label;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod laws;
mod merge;
mod module;
mod order;
mod outlines;
mod parse;
mod place;
mod portable;
mod props;
mod repair;
mod sanitize;
mod scanner;
mod shape;
mod statement;
mod strict;
mod text;

pub use diagnostic::{Diagnostic, Severity};
pub use json::json;
pub use label::tidy;
pub use merge::merged;
pub use module::print_module;
pub use parse::{parse, read};
pub use place::{Place, Reading, lines_of};
pub use portable::print_portable;
pub use repair::{offset, repaired};

use crate::diagram::Diagram;

/// Whether a text can be the id of a node.
pub fn is_id(text: &str) -> bool {
    id::readable(text)
}

/// Both forms, statement by statement: `(module, portable)`. A statement is one line, unless a label has line breaks
/// of its own; joined with line breaks, each side is what its printer prints.
pub fn side_by_side(diagram: &Diagram) -> Vec<(String, String)> {
    let (module, portable) = (module::Writer::new(diagram), portable::Writer::new(diagram));
    order::lines(diagram).iter().map(|line| (module.line(line), portable.line(line))).collect()
}
