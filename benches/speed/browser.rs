//! In a browser: the page asks for one run after the other and looks at its own clock. `tests/e2e/bench` is that page.

use js_sys::Function;
use partition_lab::diagram::picture::{Arrangement, picture};
use partition_lab::diagram::{mermaid, svg};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::workloads::{self, Text, Workload};

/// The workloads, ready to be run.
#[wasm_bindgen]
pub struct Speed(Vec<Workload>);

/// What one run of a workload did.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct Done {
    /// How many of what the workload counts.
    pub units: f64,
    /// The most memory it held, in bytes; 0 where that is not reckoned.
    pub bytes: f64,
}

#[wasm_bindgen]
impl Speed {
    /// `logs` are etcd's, as JSON: a list of pairs of name and text. `clock` tells milliseconds.
    #[wasm_bindgen(constructor)]
    pub fn new(logs: &str, clock: &Function) -> Self {
        let logs: Vec<Text> = serde_json::from_str(logs).expect("the logs are a list of pairs");
        let now = || clock.call0(&JsValue::NULL).ok().and_then(|time| time.as_f64()).unwrap_or(f64::NAN);
        Self(workloads::all(&logs, now))
    }

    /// What the workloads are called.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|workload| workload.name.to_owned()).collect()
    }

    /// What that workload is about, if its name does not say it.
    pub fn about(&self, at: usize) -> Option<String> {
        self.0[at].about.clone()
    }

    /// A text in Mermaid's language as a whole SVG: read, laid out and drawn.
    pub fn draw(text: &str) -> String {
        let (diagram, _) = mermaid::parse(text);
        svg::whole(&diagram, &picture(&diagram, Arrangement::SideBySide))
    }

    /// Runs that workload once.
    pub fn run(&self, at: usize) -> Done {
        let done = (self.0[at].run)();
        #[expect(clippy::cast_precision_loss, reason = "a workload counts millions")]
        Done { units: done.units as f64, bytes: done.bytes as f64 }
    }
}
