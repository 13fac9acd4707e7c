//! The house rules that a compiler does not know: which room may name what.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// The pure rooms, each with the rooms it must not know: those to its right.
const PURE: [(&str, &[&str]); 4] = [
    ("sim", &["check", "diagram", "course", "ui", "cli"]),
    ("check", &["diagram", "course", "ui", "cli"]),
    ("diagram", &["course", "ui", "cli"]),
    ("course", &["ui", "cli"]),
];

/// What no pure room may name, and why.
const FORBIDDEN: [(&str, &str); 27] = [
    ("yew", "a browser crate"),
    ("web_sys", "a browser crate"),
    ("js_sys", "a browser crate"),
    ("wasm_bindgen", "a browser crate"),
    ("serde_wasm_bindgen", "a browser crate"),
    ("gloo", "a browser crate"),
    ("Instant", "the machine's clock"),
    ("SystemTime", "the machine's clock"),
    ("std::fs", "the file system"),
    ("std::env", "the machine's environment"),
    ("std::thread", "a thread"),
    ("static mut", "a global"),
    ("thread_local", "a global"),
    ("OnceLock", "a global"),
    ("HashMap", "hash order"),
    ("HashSet", "hash order"),
    (".ln()", "a float transcendental outside libm"),
    (".log2()", "a float transcendental outside libm"),
    (".log10()", "a float transcendental outside libm"),
    (".exp()", "a float transcendental outside libm"),
    (".powf(", "a float transcendental outside libm"),
    (".sin()", "a float transcendental outside libm"),
    (".cos()", "a float transcendental outside libm"),
    (".tan()", "a float transcendental outside libm"),
    (".atan2(", "a float transcendental outside libm"),
    (".hypot(", "a float transcendental outside libm"),
    (".cbrt()", "a float transcendental outside libm"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the room is a folder") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn room(name: &str) -> Vec<PathBuf> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name))
}

/// A line without its comment, in which words may say what code may not.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Whether the word stands in the code as a word of its own: `gloo` in `gloo_timers::`, but not in `igloo`.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !word.starts_with(char::is_alphanumeric)
            || before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    })
}

fn offences(text: &str, words: &[(&str, &str)]) -> Vec<String> {
    text.lines()
        .enumerate()
        .flat_map(|(at, line)| {
            words
                .iter()
                .filter(move |(word, _)| names(code(line), word))
                .map(move |(word, why)| format!("line {}: `{word}` is {why}", at + 1))
        })
        .collect()
}

#[test]
fn pure_rooms_name_no_browser_no_clock_no_hash_order_and_no_transcendental() {
    for (name, _) in PURE {
        for path in room(name) {
            let text = fs::read_to_string(&path).expect("a source is UTF-8 text");
            let found = offences(&text, &FORBIDDEN);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn each_room_knows_only_those_to_its_left() {
    for (name, later) in PURE {
        let words: Vec<String> = later.iter().map(|room| format!("crate::{room}")).collect();
        let words: Vec<(&str, &str)> = words.iter().map(|word| (word.as_str(), "a room to its right")).collect();
        for path in room(name) {
            let text = fs::read_to_string(&path).expect("a source is UTF-8 text");
            let found = offences(&text, &words);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

/// The page is several programs; what of the page is not in the first.
const OTHER_PROGRAMS: [&str; 11] = [
    "ui/gauge.rs",
    "ui/goals/",
    "ui/share/",
    "ui/prove/",
    "ui/run/",
    "ui/programs/guest.rs",
    "ui/programs/prove.rs",
    "ui/programs/runs.rs",
    "ui/space_time.rs",
    "ui/text/",
    "ui/transport.rs",
];

/// What would bring a world into the first program, and with it a third of its weight again.
const RUNS: [(&str, &str); 7] = [
    ("crate::sim", "what runs"),
    ("crate::check", "what runs"),
    ("course::Walk", "what runs"),
    ("course::enact", "what runs"),
    ("challenge::drawn", "what runs"),
    ("prove::", "in another program"),
    ("transport::", "in another program"),
];

#[test]
fn the_first_program_of_the_page_names_nothing_that_runs() {
    for path in room("ui") {
        let shown = path.to_string_lossy().replace('\\', "/");
        if !OTHER_PROGRAMS.iter().any(|part| shown.contains(part)) {
            let text = fs::read_to_string(&path).expect("a source is UTF-8 text");
            let found = offences(&text, &RUNS);
            assert!(found.is_empty(), "{shown}: {found:?}");
        }
    }
}

#[test]
fn the_rules_would_notice_an_offence() {
    for line in [
        "use yew::prelude::*;",
        "let now = std::time::Instant::now();",
        "let y = x.ln();",
        "use gloo_timers::callback;",
    ] {
        assert_eq!(offences(line, &FORBIDDEN).len(), 1, "{line}");
    }
    for line in ["// yew is not named here", "let igloo = 1;", "let instantly = 2;"] {
        assert!(offences(line, &FORBIDDEN).is_empty(), "{line}");
    }
}

#[test]
fn the_page_asks_no_other_origin_for_anything() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("index.html")];
    for entry in fs::read_dir(root.join("www")).expect("www is a folder") {
        let path = entry.expect("www can be listed").path();
        files.extend(path.is_file().then_some(path)); // a folder has what is read as data
    }
    assert!(files.len() > 10, "{files:?}");
    for path in files {
        let text = fs::read_to_string(&path).expect("the page is made of text");
        let text = text.replace("http://www.w3.org/", "");
        assert!(!text.contains("http://") && !text.contains("https://"), "{}", path.display());
        assert!(!text.contains("!important"), "{}", path.display());
    }
}
