//! How fast is it? One list of workloads, measured on the host by criterion (`cargo bench`) and in a browser by the
//! browser's own clock. `cargo xtask bench` does either or both and puts the targets beside what was measured;
//! `docs/benchmarks.md` says what each workload is.
//!
//! Nothing here passes or fails by time: a measurement is to be read.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod workloads;

/// In a browser nothing happens by itself: the page asks for one run after the other.
fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::measure();
}
