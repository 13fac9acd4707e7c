//! The page.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main><h1>{ "Partition Lab" }</h1></main> }
}

/// Mounts the page into `#app`.
pub fn mount() {
    yew::Renderer::<App>::new().render();
}
