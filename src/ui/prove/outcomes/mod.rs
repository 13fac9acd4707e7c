//! Three outcomes.

use yew::prelude::*;

use super::PageProps;

/// The page.
#[component]
pub fn OutcomesPage(props: &PageProps) -> Html {
    let _ = props;
    html! { <h1>{ "Three outcomes" }</h1> }
}
