//! Histories: a log from anywhere on a time line that can be zoomed, and where it stops being linearizable.
//!
//! `page` is the component, `open` and `look` what it does; `source` brings the bytes, which are read, laid out and judged in slices of
//! a few milliseconds ([`crate::course::opening`]); `view` is what is seen of the time line, `scale` where that stands,
//! `paint` and `overview` draw it on two canvases, `hands` follows the pointer; `panel`, `card` and `landing` are the words
//! beside it, `paste` is the field to paste into, `focus` says where the keyboard goes, and `kept` is what is remembered of all
//! this, `memory` what is only for as long as the program runs.

mod card;
mod doors;
mod focus;
mod hands;
mod kept;
mod landing;
mod lettering;
mod look;
mod memory;
mod open;
mod overview;
mod page;
mod paint;
mod palette;
mod panel;
mod paste;
mod scale;
mod source;
mod stage;
mod tell;
mod view;

pub use page::HistoryPage;
