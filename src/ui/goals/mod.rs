//! The goals of the challenge beside the canvas: graded anew whenever the drawing changes. A view of the second program.
//!
//! It is given a document. It tells `{ met, of }`, how many goals are met, and `{ show }`, the ids of elements on the canvas that
//! are to be pointed out.

mod marks;
mod view;

pub use view::GoalsView;
