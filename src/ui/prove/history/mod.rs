//! Real histories: a log is opened, and one sees where it stops being linearizable.

use yew::prelude::*;

use super::PageProps;

/// The page.
#[component]
pub fn HistoryPage(props: &PageProps) -> Html {
    let _ = props;
    html! { <h1>{ "Real histories" }</h1> }
}
