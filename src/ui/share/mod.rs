//! Share and keep: a link to what one sees, drafts, files, pictures, paper.
//!
//! `arrival` is the way in (a link in the address), `dialog` the way out. Neither knows how the room Draw works: they
//! take a document and hand one back.

mod arrival;
mod dialog;
mod draft_list;
mod drafts;
mod files;
mod goals;
mod notice;
mod picture;
mod print;
mod submission;
mod time;

pub use arrival::use_arrival;
pub use dialog::Share;
pub use notice::notice;
pub use print::use_print;
