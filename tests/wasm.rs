//! What must be the same in the browser as on the host.

#![cfg(target_arch = "wasm32")]

mod cells;
mod traces;

use partition_lab::course::{Walk, challenge};
use partition_lab::diagram::grade::{Rubric, grade};
use partition_lab::diagram::mermaid;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_scenario_has_its_golden_trace() {
    traces::GOLDEN.iter().for_each(traces::Golden::check);
}

#[wasm_bindgen_test]
fn the_challenge_runs_are_the_modules_template() {
    let template = include_str!("golden/mermaid/module-7-template.mmd");
    assert_eq!(mermaid::print_module(&challenge::drawn()), template);
}

#[wasm_bindgen_test]
fn the_gilbert_lynch_walk_can_be_walked() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    assert_eq!(walk.turning_points(), [9, 7]);
}

#[wasm_bindgen_test]
fn small_simulations_of_partial_quorums_have_their_golden_account() {
    assert_eq!(cells::account(), cells::GOLDEN);
}

#[wasm_bindgen_test]
fn the_rubric_is_read_as_javascript_reads_json_and_grades_the_template_as_elsewhere() {
    let rubric = js_sys::JSON::parse(challenge::RUBRIC).expect("the rubric is JSON");
    let rubric: Rubric = serde_wasm_bindgen::from_value(rubric).expect("the rubric is right");
    let graded = grade(&challenge::template(), &rubric);
    let missing = rubric.goals.iter().zip(&graded.marks).filter(|(_, mark)| !mark.met);
    assert_eq!(missing.map(|(goal, _)| goal.id.as_str()).collect::<Vec<_>>(), ["cp-quorum", "ap-divergent"]);
}
