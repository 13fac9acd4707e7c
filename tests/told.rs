//! Every run that can come on a stage of Prove is told in whole sentences, there and in what is taken away of it.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::course::beyond::{Dials, Topic};
use partition_lab::course::calm::calm;
use partition_lab::course::contest::{
    Attempt, Design, Finding, Job, OnNews, OnRead, OnTimeout, OnWrite, Rules, presets, table,
};
use partition_lab::course::narration::Knows;
use partition_lab::course::told::Told;
use partition_lab::sim::Run;

fn told(run: Run) -> Told {
    Told::of(run, Knows::Nothing).expect("the run names only what is there")
}

/// The run that breaks a promise, if there is one.
fn broken(attempt: &Attempt) -> Option<Told> {
    let mut job = Job::new(attempt).expect("there are few of everything");
    while job.run(10_000) {}
    match job.finding() {
        Some(Finding::Broken(broken)) => Some(told(broken.run)),
        _ => None,
    }
}

/// What is wrong with the words of a step, if something is.
fn fault(words: &str) -> Option<&'static str> {
    let sentences: Vec<&str> = words.split_inclusive(". ").map(str::trim).collect();
    let begins = |sentence: &str| sentence.starts_with(|letter: char| letter.is_ascii_uppercase());
    let cut_short = [" and.", " it.", " which.", ",.", ", .", " ,", "  ", ", and,"];
    match () {
        () if words.is_empty() => Some("nothing is said"),
        () if !sentences.iter().all(|sentence| begins(sentence) && sentence.ends_with('.')) => Some("not a sentence"),
        () if sentences.iter().any(|sentence| sentence.split(' ').count() < 4) => Some("too short for a sentence"),
        () if cut_short.iter().any(|end| words.contains(end)) => Some("cut short"),
        () if words.contains("sends a message") => Some("does not say which message"),
        () => None,
    }
}

fn assert_told_well(told: &Told, what: &str) {
    for step in 0..=told.end() {
        let words = told.words(step);
        assert_eq!(fault(&words), None, "{what}, step {step}: {words}");
    }
}

#[test]
fn the_check_of_the_words_would_notice_what_is_broken() {
    for words in ["Node B.", "Client 1 asks Node A. Node B stores it and.", "Node B sends a message to Node A.", ""] {
        assert_ne!(fault(words), None, "{words}");
    }
    assert_eq!(fault("Node B asks Node A what it holds. The question is lost at the cut."), None);
}

#[test]
fn every_page_beyond_is_told_well() {
    for topic in Topic::ALL {
        assert_told_well(&Dials::default().told(topic), topic.name());
    }
}

#[test]
fn every_cell_of_the_table_is_told_well() {
    for cell in table() {
        assert_told_well(&told(cell.run), &format!("{:?} {:?}", cell.writer, cell.reader));
    }
}

#[test]
fn every_rule_is_told_well_in_fair_weather_and_in_the_run_that_breaks_it() {
    for rules in Rules::all() {
        let design = Design::Rules([rules, rules]);
        assert_told_well(&told(calm(design)), &format!("{rules:?}, nothing lost"));
        let run = broken(&Attempt::under_the_cut(design)).expect("no rules keep both promises");
        assert_told_well(&run, &format!("{rules:?}, under the cut"));
    }
    assert_told_well(&told(calm(Design::Majority)), "a majority, nothing lost");
}

#[test]
fn every_idea_is_told_well_in_the_run_that_breaks_it() {
    let attempts: Vec<Attempt> = presets().into_iter().flat_map(|idea| idea.variants).map(|one| one.attempt).collect();
    let runs: Vec<Told> = attempts.iter().filter_map(broken).collect();
    assert!(runs.len() > 10 && runs.len() < attempts.len(), "{} of {}", runs.len(), attempts.len());
    for run in runs {
        assert_told_well(&run, &run.scenario().name);
    }
}

#[test]
fn what_a_node_knows_of_time_is_said_alike_on_the_page_and_in_what_is_taken_away() {
    let clocks = Dials::default().told(Topic::Clocks);
    let words: Vec<String> = (0..=clocks.end()).map(|step| clocks.words(step)).collect();
    let page = words.join(" ");
    assert!(page.contains("nothing more will come, so it answers") && !page.contains("cannot tell"), "{page}");
    let story = clocks.recording("").story();
    assert!(story.contains("nothing more will come, so it answers") && !story.contains("cannot tell"), "{story}");

    let rules = Rules::new(OnWrite::Accept, OnRead::Ask, OnTimeout::AnswerAnyway, OnNews::Newer);
    let untimed = broken(&Attempt::under_the_cut(Design::Rules([rules; 2]))).expect("no rules keep both promises");
    let story = untimed.recording("").story();
    assert!(story.contains("cannot tell a lost message from a slow one, so it answers"), "{story}");
}
