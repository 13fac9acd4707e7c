//! Beyond it.

use yew::prelude::*;

use super::PageProps;

/// The page.
#[component]
pub fn BeyondPage(props: &PageProps) -> Html {
    let _ = props;
    html! { <h1>{ "Beyond it" }</h1> }
}
