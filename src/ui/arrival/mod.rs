//! What the frame knows of links and of sharing: that an address may hold one, what there is to say about it, and the button.
//! What a link means, and everything that can be shared, is known to the second program (`share`).

mod button;
mod link;
mod notice;

pub use button::ShareButton;
pub use link::{holds_link, use_arrival};
pub use notice::{Notice, notice};
