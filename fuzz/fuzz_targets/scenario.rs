//! Any text as a scenario: it is refused at a place inside it, or it runs.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/scenarios/claims.rs"]
mod claims;

fuzz_target!(|text: &str| claims::hold(text));
