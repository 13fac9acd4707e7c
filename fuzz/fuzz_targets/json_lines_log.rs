//! Any text as JSON lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use partition_lab::check::log::Form;

#[path = "../../tests/logs/mod.rs"]
mod claims;

fuzz_target!(|text: &str| claims::hold(Form::JsonLines, text));
