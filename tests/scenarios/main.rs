//! Scenarios as files: the examples are read and run, what is wrong is said with its place, and no text makes a panic.

#![cfg(not(target_arch = "wasm32"))]

mod claims;

use partition_lab::sim::{Scenario, file};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../golden/scenarios/example.json");

#[test]
fn the_example_of_the_documentation_is_read_and_runs() {
    let run = file::read(EXAMPLE).expect("it is an example");
    assert_eq!(run.scenario.nodes.len(), 3);
    claims::hold(EXAMPLE);
    let docs = include_str!("../../docs/scenarios.md");
    assert!(docs.contains(EXAMPLE.trim()), "docs/scenarios.md shows another example");
}

#[test]
fn the_schema_names_every_field_of_the_example() {
    let schema = serde_json::to_string(&schemars::schema_for!(Scenario)).expect("a schema is JSON");
    for field in ["region", "protocol", "abd", "timeout", "workload", "closed", "latency", "gilbert_elliott", "crash"] {
        assert!(schema.contains(&format!("\"{field}\"")), "{field}");
        assert!(EXAMPLE.contains(&format!("\"{field}\"")), "{field}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (from, to, place, words) in [
        ("\"tail\"", "\"tial\"", "33:8", "Unknown field `tial`"),
        ("\"crash\": \"C\"", "\"crash\": \"K\"", "30:5", "There is no node K: the scenario has 3 nodes"),
        ("\"node\": \"B\"", "\"node\": \"b\"", "16:17", "A node is named by a letter from A to Z, not by `b`"),
        ("\"reads\": 90", "\"reads\": 900", "18:", "A percentage is a number from 0 to 100, not 900"),
        ("\"retry\": 100000", "\"retry\": 0", "4:5", "`retry` must be longer than 0"),
    ] {
        let problem = file::read(&EXAMPLE.replacen(from, to, 1)).expect_err(words).to_string();
        assert!(problem.starts_with(place) && problem.contains(words), "{problem}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn whatever_is_done_to_a_scenario_it_is_refused_in_a_sentence_or_it_runs(
        edits in proptest::collection::vec((any::<u16>(), 0..6_usize, any::<u32>()), 1..4),
    ) {
        let mut text = EXAMPLE.to_owned();
        for (at, kind, number) in edits {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = places[usize::from(at) % places.len()];
            match kind {
                0 => text.truncate(at),
                1 => text.insert_str(at, &number.to_string()),
                2 => drop(text.remove(at)),
                3 => text.insert_str(at, ["{", "}", "[", "]", ",", "\"", "null", "-", "1e9"][number as usize % 9]),
                _ => text = numbers_changed(&text, at, number),
            }
            if text.is_empty() {
                break;
            }
        }
        claims::hold(&text);
    }
}

/// The text with the next number after that place replaced.
fn numbers_changed(text: &str, at: usize, number: u32) -> String {
    let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()).map(|found| found + at) else {
        return text.to_owned();
    };
    let end = text[start..].find(|letter: char| !letter.is_ascii_digit()).map_or(text.len(), |found| found + start);
    let number = match number % 4 {
        0 => 0,
        1 => number % 100,
        2 => number,
        _ => u32::MAX,
    };
    format!("{}{number}{}", &text[..start], &text[end..])
}
