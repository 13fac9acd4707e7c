//! Claims about links: whatever a person can draw or open comes back from its link, and nothing that is no link, or is
//! one no longer, opens anything.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use partition_lab::course::challenge;
use partition_lab::diagram::link::{self, LONGEST, Problem, View};
use partition_lab::diagram::picture::Arrangement;
use partition_lab::diagram::{Diagram, Document, mermaid};
use proptest::prelude::*;

mod random_edits;

const TEMPLATE: &str = include_str!("golden/mermaid/module-7-template.mmd");

fn link_of(diagram: Diagram) -> String {
    link::encode(&View::Draw(Document::of(diagram))).expect("it is small")
}

fn link_to(page: &str, state: &str) -> String {
    link::encode(&View::Page { page: page.to_owned(), state: state.to_owned() }).expect("it is small")
}

/// Pseudo-random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}

/// One of the things that happen to links on their way, and some that do not by accident.
fn mutated(code: &str, how: usize, dice: &mut Dice) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let at = dice.below(code.len());
    let letter = char::from(LETTERS[dice.below(64)]);
    match how % 10 {
        0 | 1 => {
            let mut bytes = code.as_bytes().to_vec();
            bytes[at] ^= 1 << dice.below(7);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        2 => code[..at].to_owned(),
        3 => code[at + 1..].to_owned(),
        4 => format!("{}{}", &code[..at], &code[at + 1..]),
        5 => format!("{}{letter}{}", &code[..at], &code[at..]),
        6 => code.repeat(2 + dice.below(3)),
        7 => code.chars().rev().collect(),
        8 => (0..dice.below(2_000)).map(|_| char::from(LETTERS[dice.below(64)])).collect(),
        _ => letter.to_string().repeat(1 << dice.below(21)),
    }
}

#[test]
fn a_thousand_mutated_links_each_end_in_a_sentence() {
    hold_against_mutations(&link_of(challenge::template()));
}

#[test]
fn a_thousand_mutated_links_to_a_page_each_end_in_a_sentence() {
    hold_against_mutations(&link_to("walk", r#"{"step":9,"healed":6}"#));
}

fn hold_against_mutations(code: &str) {
    let mut dice = Dice(7);
    let (mut tried, mut sentences) = (0, Vec::new());
    while tried < 1_000 {
        let mutant = mutated(code, tried, &mut dice);
        if mutant == code {
            continue;
        }
        tried += 1;
        let problem = link::decode(&mutant).expect_err("it is not the link that was made");
        let sentence = problem.to_string();
        assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'), "{sentence}");
        if !sentences.contains(&problem) {
            sentences.push(problem);
        }
    }
    for expected in [Problem::CutOff, Problem::Damaged, Problem::TooLong] {
        assert!(sentences.contains(&expected), "{expected} never happened");
    }
}

#[test]
fn the_link_of_a_page_opens_that_page_whatever_it_is_called_and_whatever_it_tells() {
    let states =
        ["", "{", "null", "[1,2", "17", r#"{"step":"nine"}"#, r#"{"step":-1,"healed":1e99}"#, "\u{0}\u{1f600}"];
    for page in ["walk", "beat", "no-such-page", "", "../draw", "<b>"] {
        for state in states {
            let view = View::Page { page: page.to_owned(), state: state.to_owned() };
            assert_eq!(link::decode(&link_to(page, state)), Ok(view));
        }
    }
}

#[test]
fn the_state_of_a_walk_makes_a_link_of_eighty_letters() {
    let code = link_to("walk", r#"{"step":12,"healed":9}"#);
    assert!(code.len() <= 80, "{} letters", code.len());
}

#[test]
fn a_page_that_tells_too_much_has_no_link_and_says_so() {
    let mut dice = Dice(3);
    let noise: String = (0..LONGEST).map(|_| char::from(b' ' + u8::try_from(dice.below(94)).unwrap())).collect();
    for state in [noise, " ".repeat(600 << 10)] {
        let why = link::encode(&View::Page { page: "beat".to_owned(), state }).expect_err("it is too much");
        assert!(why.to_string().contains("too large for a link"), "{why}");
    }
    // What is long but compresses is no trouble, there and back.
    let state = format!("{{\"steps\":[{}0]}}", "1,".repeat(60_000));
    let code = link_to("beat", &state);
    assert!(code.len() < 2_000, "{} letters", code.len());
    assert_eq!(link::decode(&code), Ok(View::Page { page: "beat".to_owned(), state }));
}

#[test]
fn a_link_of_a_megabyte_is_refused_for_its_length_alone() {
    assert_eq!(link::decode(&"A".repeat(1 << 20)), Err(Problem::TooLong));
    assert_eq!(link::decode(&link_of(challenge::template()).repeat(LONGEST)), Err(Problem::TooLong));
}

#[test]
fn mermaids_own_inputs_come_back_from_their_links() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/mermaid-flowchart.json");
    let Ok(corpus) = std::fs::read_to_string(&path) else {
        eprintln!("ABSENT: {}: that links hold Mermaid's own inputs is NOT tested", path.display());
        return;
    };
    let corpus: serde_json::Value = serde_json::from_str(&corpus).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    let mut longest = 0;
    for case in cases {
        let document = Document::of(mermaid::parse(case["text"].as_str().unwrap()).0);
        let code = link::encode(&View::Draw(document.clone())).expect("it is small");
        longest = longest.max(code.len());
        assert_eq!(link::decode(&code), Ok(View::Draw(document)), "{}", case["text"]);
    }
    eprintln!("{} of {0} Mermaid inputs come back from their links; the longest has {longest} letters", cases.len());
    assert!(cases.len() > 400);
}

#[test]
fn the_link_of_the_template_is_shorter_than_its_text() {
    assert!(link_of(challenge::template()).len() < TEMPLATE.len() / 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drawn_comes_back_from_its_link(from in 0..2_usize, edits in proptest::collection::vec(random_edits::any_edit(), 1..32),
        stacked in any::<bool>(), step in any::<u32>()) {
        let start = [challenge::blank, challenge::template][from]();
        let mut document = Document::of(edits.iter().fold(start, |diagram, edit| diagram.edited(edit).0));
        document.arrangement = if stacked { Arrangement::Stacked } else { Arrangement::SideBySide };
        for view in [View::Draw(document.clone()), View::Run { document, step }] {
            prop_assert_eq!(link::decode(&link::encode(&view).expect("it is small")), Ok(view));
        }
    }
}
