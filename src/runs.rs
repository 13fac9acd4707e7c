//! The page's second program: what runs. It exports what the first asks of it; the views are in `src/ui/runs`.
//!
//! It is a binary because a page's wasm is one. In a terminal it has nothing to do, and says so.

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::Function;
    use partition_lab::ui::runs;
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;
    use web_sys::Element;

    /// The program.
    #[wasm_bindgen]
    pub struct Runs(runs::Runs);

    #[wasm_bindgen]
    impl Runs {
        /// Sets up.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Self {
            Self(runs::Runs::new())
        }

        /// Shows a view in an element.
        pub fn mount(&self, host: Element, view: &str, given: JsValue, told: Function) -> Result<Shown, JsValue> {
            self.0.mount(host, view, given, told).map(Shown)
        }

        /// The verdicts of the room Prove.
        pub fn verdicts(&self) -> Result<JsValue, JsValue> {
            self.0.verdicts()
        }
    }

    /// A view that is shown.
    #[wasm_bindgen]
    pub struct Shown(runs::Shown);

    #[wasm_bindgen]
    impl Shown {
        /// Shows it anew, about something else.
        pub fn give(&mut self, given: JsValue) {
            self.0.give(given);
        }

        /// Takes it away.
        pub fn unmount(self) {
            self.0.unmount();
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This is a part of the page; the command line is `partition-lab`.");
    std::process::ExitCode::from(2)
}
