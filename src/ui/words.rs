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

/// The sign for a line break in a field of one line.
const BREAK: &str = "⏎";

/// A text as a field of one line shows it: line breaks as a sign. (A label that holds the sign itself loses it to one.)
pub fn one_line(text: &str) -> String {
    text.replace('\n', BREAK)
}

/// What a field of one line means: its signs are line breaks.
pub fn with_breaks(text: &str) -> String {
    text.replace(BREAK, "\n")
}
