//! Words with values in them: what stands between backticks is shown in the monospace face.

use yew::prelude::*;

/// The words as HTML.
pub fn rich(text: &str) -> Html {
    let pieces = text.split('`').enumerate().map(|(at, piece)| {
        if at % 2 == 1 {
            html! { <code key={at}>{ piece.to_owned() }</code> }
        } else {
            html! { <span key={at}>{ piece.to_owned() }</span> }
        }
    });
    html! { <span class="rich">{ for pieces }</span> }
}

/// The words as plain text, for a live region.
pub fn plain(text: &str) -> String {
    text.replace('`', "")
}
