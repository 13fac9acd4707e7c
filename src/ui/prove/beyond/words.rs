//! What a page says: whose claim it is, the claim, why, and what to look at.

use yew::prelude::*;

use crate::course::beyond::Topic;
use crate::ui::words::rich;

/// The words of a page.
pub fn words(topic: Topic) -> Html {
    html! {
        <article class="beyond-words" key={topic.name()} tabindex="0" aria-labelledby="beyond-claim">
            <p class="source">{ topic.source() }</p>
            <h1 id="beyond-claim">{ topic.claim() }</h1>
            { for topic.words().iter().map(|text| html! { <p key={*text}>{ prose(text) }</p> }) }
            <p class="look"><b>{ "What to look at " }</b>{ rich(topic.look()) }</p>
        </article>
    }
}

/// Words in which what stands between asterisks is stressed, and between backticks in the monospace face.
fn prose(text: &'static str) -> Html {
    let pieces = text.split('*').enumerate().map(|(at, piece)| {
        if at % 2 == 1 {
            html! { <em key={at}>{ piece }</em> }
        } else {
            html! { <span key={at}>{ rich(piece) }</span> }
        }
    });
    html! { <>{ for pieces }</> }
}
