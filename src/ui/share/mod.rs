//! Share and keep: a link to what one sees, drafts, files, pictures, paper. Views of the second program.
//!
//! `landing` is the way in (a link in the address), `dialog` the way out. Neither knows how the room Draw works: they
//! take a document and hand one back.

mod dialog;
mod draft_list;
mod drafts;
mod files;
mod goals;
mod import;
mod landing;
mod picture;
mod print;
mod submission;
mod time;

pub use dialog::ShareView;
pub use import::ImportView;
pub use landing::LinkView;
pub use picture::png_of;
pub use print::print_a_sheet;
