//! Beat the theorem.

use yew::prelude::*;

use super::PageProps;

/// The page.
#[component]
pub fn BeatPage(props: &PageProps) -> Html {
    let _ = props;
    html! { <h1>{ "Beat the theorem" }</h1> }
}
