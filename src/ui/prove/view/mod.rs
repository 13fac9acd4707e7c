//! What Node B sees.

use yew::prelude::*;

use super::PageProps;

/// The page.
#[component]
pub fn ViewPage(props: &PageProps) -> Html {
    let _ = props;
    html! { <h1>{ "What Node B sees" }</h1> }
}
