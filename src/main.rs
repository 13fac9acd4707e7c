//! One program, two doors: in a browser it mounts the page, in a terminal it runs the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    partition_lab::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    partition_lab::cli::main()
}
