//! The diagram as a picture: as a file that needs no page around it, and on paper.
//!
//! To ask the browser what it shows is its own business, and is done in its own language: `www/picture.js`.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::ui::browser;

/// Pixels of a PNG for each pixel of the picture at 100 %.
const SCALE: f64 = 2.0;

// What `www/runs.js` fetched beside the program. As a module of the library it would be in the first program, too.
#[wasm_bindgen(js_namespace = ["__partitionLab", "picture"])]
extern "C" {
    #[wasm_bindgen(js_name = asSvg)]
    fn as_svg() -> Option<String>;

    #[wasm_bindgen(catch, js_name = asPng)]
    async fn as_png(svg: &str, scale: f64) -> Result<JsValue, JsValue>;

    /// Lays a sheet of paper under the page: a title, texts (name and text), goals (whether met, and text).
    #[wasm_bindgen(js_name = laySheet)]
    pub fn lay_sheet(title: &str, texts: JsValue, goals: JsValue);

    /// Takes it away.
    #[wasm_bindgen(js_name = removeSheet)]
    pub fn remove_sheet();
}

/// The picture as an SVG file; `None` where there is none.
pub fn svg() -> Option<Blob> {
    browser::blob(&as_svg()?, "image/svg+xml")
}

/// The picture as a PNG file; `None` where there is none, or it is too large for the browser.
pub async fn png() -> Option<Blob> {
    as_png(&as_svg()?, SCALE).await.ok()?.dyn_into().ok()
}

/// An SVG file as a PNG file, in half the size where the browser can make no larger one; `None` where it can make none.
pub async fn png_of(svg: &str) -> Option<Blob> {
    let large = as_png(svg, SCALE).await;
    let made = if large.is_ok() { large } else { as_png(svg, SCALE / 2.0).await };
    made.ok()?.dyn_into().ok()
}
