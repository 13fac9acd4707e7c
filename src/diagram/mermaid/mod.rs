//! Mermaid in and out.
//!
//! [`parse`] never fails: it returns the diagram it could read and a list of [`Diagnostic`]s, each with its place and
//! a sentence. What the model does not hold is kept to the letter and printed back. Two writers print a diagram:
//! [`print_module`] in the template's own hand, [`print_portable`] so that every Mermaid from 8 to 12 draws it with
//! the same visible text. Both print the same statements line by line, in the order that [`order`] computes.
//!
//! ```text
//! text ─ scanner ─ { text, shape, arrow } ─ statement ─ builder ─▶ Diagram ─ order ─┬─ module   ─▶ text
//!                                                                                    └─ portable ─▶ text
//! ```

mod arrow;
mod builder;
mod diagnostic;
mod entity;
mod escape;
mod id;
mod json;
mod label;
mod module;
mod order;
mod parse;
mod portable;
mod props;
mod scanner;
mod shape;
mod statement;
mod text;

pub use diagnostic::{Diagnostic, Severity};
pub use json::json;
pub use label::tidy;
pub use module::print_module;
pub use parse::parse;
pub use portable::print_portable;
