//! Simulated partial quorums, held against the tables of the PBS paper (Bailis et al., VLDB 2012).

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::process::{Command, Output};

use partition_lab::check::pbs::{MODELS, Mixture, Model, Quorums, Tally, cell, k_staleness};
use serde_json::Value;

mod cells;

const SEED: u64 = 1;
const TRIALS: u32 = 600_000;

/// The cells of table 4 whose latencies and t are published: R and W of three replicas.
const COMBINATIONS: [(u8, u8); 6] = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (1, 3)];

/// By how much a latency may differ from the published one.
const LATENCY: f64 = 0.035;

/// By how much the probability of a fresh read at the commit may differ from the published one.
const AT_COMMIT: f64 = 0.01;

/// By how much the time to 99.9 % may exceed the published one: the authors swept t upwards and stopped at the first
/// crossing, which is a noisy one.
const ABOVE: f64 = 0.15;

/// The one time to 99.9 % that the corpus names as unexplained. It is listed but not held. Forty million trials give 218 ms
/// for the published 202, which is 8 % above and no stranger than the others.
const EXCLUDED: &str = "YMMR R2W1";

fn corpus() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/pbs.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("ABSENT: {}: staleness is NOT tested against the tables of the PBS paper", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the corpus is JSON"))
}

fn quorums(n: u8, r: u8, w: u8) -> Quorums {
    Quorums::new(n, r, w).expect("they are within their bounds")
}

/// Compares the six cells of a model with the published ones.
fn compare(name: &str) {
    let Some(corpus) = corpus() else { return };
    let model = Model::named(name).expect("the model is built in");
    let mut worst: f64 = 0.0;
    for (r, w) in COMBINATIONS {
        let tally = cell(model, quorums(3, r, w), SEED, TRIALS).expect("built-in models are distributions");
        let key = format!("R{r}W{w}");
        let published = &corpus["p999"][&key][name];
        let number = |key: &str| published[key].as_f64().expect("the cell is published");
        for (key, histogram) in [("Lr", &tally.read), ("Lw", &tally.write)] {
            let found = histogram.quantile(0.999).expect("there are trials").value;
            let off = found / number(key) - 1.0;
            eprintln!("{name} R{r}W{w} {key}: {found:.2} ms for {}, {:+.1} %", number(key), 100.0 * off);
            assert!(off.abs() <= LATENCY, "{name} R{r}W{w} {key}");
            worst = worst.max(off.abs());
        }
        compare_time(&format!("{name} {key}"), &tally, number("t"));
        if let Some(published) = corpus["p_consistent_at_commit"][format!("{name} {key}")].as_f64() {
            let found = tally.consistent_at(0.0).expect("there are trials").value;
            eprintln!("{name} {key} fresh at commit: {found:.4} for {published}");
            assert!((found - published).abs() <= AT_COMMIT, "{name} {key}: {found} for {published}");
        }
    }
    eprintln!("{name}: latencies differ by at most {:.2} %", 100.0 * worst);
}

/// The true time to 99.9 % is between the published one and 15 % more, as far as the trials can tell.
fn compare_time(cell: &str, tally: &Tally, published: f64) {
    let time = tally.time_to(0.999).expect("there are trials");
    let excluded = cell == EXCLUDED;
    let remark = if excluded { " EXCLUDED" } else { "" };
    eprintln!("{cell} t: {:.2} ({:.2} to {:.2}) ms for {published}{remark}", time.value, time.low, time.high);
    let within = time.high >= published && time.low <= published * (1.0 + ABOVE);
    assert!(within || excluded, "{cell}: {time:?} for {published}");
}

#[test]
fn lnkd_ssd_is_as_published() {
    compare("LNKD-SSD");
}

#[test]
fn lnkd_disk_is_as_published() {
    compare("LNKD-DISK");
}

#[test]
fn ymmr_is_as_published() {
    compare("YMMR");
}

#[test]
fn wan_is_as_published() {
    compare("WAN");
}

#[test]
fn the_models_are_those_of_the_corpus() {
    let Some(corpus) = corpus() else { return };
    for model in MODELS {
        let mut published = &corpus["models"][model.name];
        if let Some(base) = published["base"].as_str() {
            assert_eq!(Some(model.remote), published["remote_ms"].as_f64());
            published = &corpus["models"][base];
        }
        for (key, Mixture { pareto, share, rate }) in [("W", model.write), ("ARS", model.others)] {
            let numbers = [&published[key]["pareto"][0], &published[key]["pareto"][1], &published[key]["p"]];
            assert_eq!(numbers.map(Value::as_f64), [pareto.scale, pareto.shape, share].map(Some), "{}", model.name);
            assert_eq!(published[key]["exp"].as_f64(), Some(rate), "{}", model.name);
        }
    }
}

#[test]
fn k_staleness_is_the_fraction_one_computes_by_hand() {
    for ((n, r, w), k, fraction) in [
        ((3, 1, 1), 1, "2/3"),
        ((3, 1, 1), 2, "4/9"),
        ((3, 1, 1), 3, "8/27"),
        ((3, 1, 1), 5, "32/243"),
        ((3, 1, 1), 10, "1024/59049"),
        ((3, 1, 2), 1, "1/3"),
        ((3, 2, 1), 3, "1/27"),
        ((2, 1, 1), 4, "1/16"),
        ((5, 2, 2), 1, "3/10"),
        ((5, 2, 2), 2, "9/100"),
        ((9, 3, 4), 2, "25/1764"),
        ((3, 2, 2), 1, "0/1"),
        ((1, 1, 1), 7, "0/1"),
    ] {
        let exact = k_staleness(quorums(n, r, w), k).exact.map(|exact| exact.to_string());
        assert_eq!(exact.as_deref(), Some(fraction), "N={n} R={r} W={w} k={k}");
    }
}

#[test]
fn small_cells_have_their_golden_account() {
    assert_eq!(cells::account(), cells::GOLDEN);
}

fn pbs_command(arguments: &[&str]) -> (Option<i32>, String, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_partition-lab")).arg("pbs").args(arguments).output();
    let Output { status, stdout, stderr } = command.expect("the command line has been built");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8 text");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn the_command_reports_latency_consistency_and_versions() {
    let (code, printed, said) = pbs_command(&["--model", "lnkd-ssd", "--trials", "20000"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    for part in ["LNKD-SSD", "N = 3, R = 1, W = 1", "20,000 trials", "  99.9 %", "  t = 0 ", "= 1024/59049"] {
        assert!(printed.contains(part), "{part} is not in {printed}");
    }
    assert_eq!(pbs_command(&["--model", "LNKD-SSD", "--trials", "20000"]).1, printed);
}

#[test]
fn the_command_reports_the_same_as_json() {
    let (code, printed, _) =
        pbs_command(&["--json", "--trials", "20000", "--r", "2", "--model", "YMMR", "--seed", "7"]);
    let report: Value = serde_json::from_str(&printed).expect("it is JSON");
    assert_eq!((code, report["r"].as_u64(), report["seed"].as_u64()), (Some(0), Some(2), Some(7)));
    assert_eq!(report["latency_ms"].as_array().map(Vec::len), Some(4));
    assert_eq!(report["k_staleness"][0]["exact"], "1/3");
    let at_commit = &report["consistency"][0];
    assert!(at_commit["t_ms"] == 0.0 && at_commit["probability"]["value"].as_f64() > Some(0.98), "{at_commit}");
}

#[test]
fn what_too_few_trials_cannot_tell_is_left_open() {
    let (code, printed, _) = pbs_command(&["--trials", "100"]);
    assert!(code == Some(0) && printed.contains(" or more)"), "{printed}");
    let (_, printed, _) = pbs_command(&["--trials", "100", "--json"]);
    let report: Value = serde_json::from_str(&printed).expect("it is JSON");
    assert!(report["t_999_ms"]["high"].is_null(), "{printed}");
}

#[test]
fn the_command_refuses_what_cannot_be_and_says_what_to_do() {
    let (code, printed, said) = pbs_command(&["--w", "4"]);
    assert_eq!((code, printed.as_str()), (Some(2), ""));
    assert!(said.contains("choose W from 1 to 3"), "{said}");
    for wrong in [["--model", "ssd"], ["--trials", "0"], ["--n", "x"]] {
        assert_eq!(pbs_command(&wrong).0, Some(2), "{wrong:?}");
    }
}
