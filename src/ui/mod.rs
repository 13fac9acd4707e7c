//! The page: Yew components over the pure rooms. The only place that knows a browser exists, and it holds no domain
//! logic.
//!
//! `app` is the frame with its navigation; `draw` and `prove` are the rooms; `api` is what other scripts may call. The
//! page is several programs: what runs is not in the first, into which `programs` brings it.

mod api;
mod app;
mod arrival;
mod browser;
mod document;
mod draw;
mod focus;
mod gauge;
mod goals;
mod icons;
mod keys;
mod modal;
mod news;
mod place;
pub mod programs;
mod prove;
mod run;
mod settle;
mod share;
mod space_time;
mod text;
mod theme;
mod transport;
mod values;
mod words;

use yew::Renderer;

/// Mounts the page into `#app` and hangs up the banner for the case that it should crash.
pub fn mount() {
    browser::show_banner_on_panic();
    settle::settle_around_input();
    if let Some(root) = browser::by_id("app") {
        root.set_inner_html("");
        Renderer::<app::App>::with_root(root).render();
    }
}
