//! The requests of an explanation, each with its end; under the one that counts, what its node knew.

use yew::prelude::*;

use crate::course::explain::Standing;
use crate::course::explain::requests::{Asked, End, RequestStory};
use crate::ui::icons;
use crate::ui::words::rich;

/// The requests.
pub fn requests(story: &RequestStory) -> Html {
    let state = match story.standing {
        Standing::Holds => "holds",
        Standing::Violated => "violated",
        Standing::Open => "open",
    };
    html! {
        <div class="asked">
            <p class={classes!("asked-verdict", state)}>{ rich(&story.verdict) }</p>
            if !story.requests.is_empty() {
                <ul>{ for story.requests.iter().enumerate().map(|(at, request)| html! { <li key={at} class={classes!(request.witness.then_some("witness"))}>{ row(request) }{ account(request, story) }</li> }) }</ul>
            }
        </div>
    }
}

fn row(request: &Asked) -> Html {
    let (class, icon) = match request.end {
        End::Answered => ("good", icons::check()),
        End::Refused | End::Unknown | End::NoAnswer => ("bad", icons::cross()),
        End::Waiting => ("", icons::dots()),
    };
    html! {
        <div class="asked-row">
            <i class={classes!("beat-mark", class)} aria-hidden="true">{ icon }</i>
            <code>{ &request.words }</code><span class="asked-who">{ &request.who }</span><b>{ &request.ended }</b>
        </div>
    }
}

/// What the node knew.
fn account(request: &Asked, story: &RequestStory) -> Html {
    if !request.witness {
        return Html::default();
    }
    html! {
        <div class="account">
            if !story.knew.is_empty() {
                <h3>{ "What its node saw, and did" }</h3>
                <ol>{ for story.knew.iter().enumerate().map(|(at, (when, words))| html! { <li key={at}><span>{ when.to_string() }</span><p>{ rich(words) }</p></li> }) }</ol>
            }
            <p>{ rich(&story.remark) }</p>
        </div>
    }
}
