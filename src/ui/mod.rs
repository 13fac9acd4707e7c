//! The page: Yew components over the pure rooms. The only place that knows a browser exists, and it holds no domain
//! logic.
//!
//! `app` is the frame with its navigation; `draw` and `prove` are the rooms; `share` is what one takes along; `api` is
//! what other scripts may call.

mod api;
mod app;
mod browser;
mod document;
mod draw;
mod icons;
mod keys;
mod prove;
mod share;
mod theme;
mod transport;
mod words;

use yew::Renderer;

/// Mounts the page into `#app` and hangs up the banner for the case that it should crash.
pub fn mount() {
    browser::show_banner_on_panic();
    if let Some(root) = browser::by_id("app") {
        root.set_inner_html("");
        Renderer::<app::App>::with_root(root).render();
    }
}
