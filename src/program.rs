//! What a program of the page beside the first exports: [`program!`](crate::program!), the same for each.

/// Exports a program to the first: `program!(partition_lab::ui::programs::runs::program)`. A binary in `src/` does so, because a page's
/// wasm is one; in a terminal it has nothing to do, and says so.
#[macro_export]
macro_rules! program {
    ($program:path $(, $name:ident = $answer:path)?) => {
        #[cfg(target_arch = "wasm32")]
        mod exports {
            use js_sys::Function;
            use partition_lab::ui::programs;
            use wasm_bindgen::JsValue;
            use wasm_bindgen::prelude::wasm_bindgen;
            use web_sys::Element;

            /// The program.
            #[wasm_bindgen]
            pub struct Program(programs::Program);

            #[wasm_bindgen]
            impl Program {
                /// Sets up.
                #[wasm_bindgen(constructor)]
                pub fn new() -> Self {
                    Self($program())
                }

                /// Shows a view in an element.
                pub fn mount(&self, host: Element, view: &str, given: JsValue, told: Function) -> Result<Shown, JsValue> {
                    self.0.mount(host, view, given, told).map(Shown)
                }

                $(
                    /// What other scripts may ask of it.
                    pub fn $name(&self) -> Result<JsValue, JsValue> {
                        $answer()
                    }
                )?
            }

            /// A view that is shown.
            #[wasm_bindgen]
            pub struct Shown(programs::Shown);

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
    };
}
