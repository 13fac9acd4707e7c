//! On the host: criterion measures and leaves what it found in files, from which it is read.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Measured, Measurements};
use crate::args::Pace;
use crate::program;
use crate::setup::Setup;

/// Builds the workloads and has criterion measure them.
pub fn measure(setup: &Setup, pace: Pace) -> Result<Measurements> {
    // A folder of our own and empty: what it holds afterwards is what was measured now.
    let folder = setup.workspace.scratch().join("criterion");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    println!("Measuring on the host (two or three minutes; the first time, as long again to build).");
    let mut bench = setup.cargo();
    bench.args(["bench", "--locked", "--package", "partition-lab", "--bench", "speed", "--"]);
    if pace == Pace::Quick {
        bench.arg("--quick");
    }
    program::run(bench.env("CRITERION_HOME", &folder))?;
    let mut found = Vec::new();
    collect(&folder, &mut found)?;
    Ok(found)
}

/// Finds every `new` folder, which is where criterion puts what it has just measured.
fn collect(folder: &Path, into: &mut Measurements) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.ends_with("new") {
            let [benchmark, estimates] = ["benchmark.json", "estimates.json"].map(|name| read(&path.join(name)));
            let measured = measured(&benchmark?, &estimates?);
            into.push(measured.with_context(|| format!("criterion left something else in {}", path.display()))?);
        } else if path.is_dir() {
            collect(&path, into)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

/// Reads criterion's two files: what was measured, and how long it took.
fn measured(benchmark: &Value, estimates: &Value) -> Option<Measured> {
    let throughput = &benchmark["throughput"];
    let both = &throughput["ElementsAndBytes"];
    Some(Measured {
        name: benchmark["function_id"].as_str()?.to_owned(),
        about: benchmark["value_str"].as_str().map(str::to_owned),
        milliseconds: estimates["median"]["point_estimate"].as_f64()? / 1e6,
        units: throughput["Elements"].as_f64().or(both["elements"].as_f64())?,
        bytes: both["bytes"].as_f64().unwrap_or(0.0),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn criterions_files_say_how_long_how_much_and_how_large() {
        let estimates = json!({"mean": {"point_estimate": 3e6}, "median": {"point_estimate": 2e6}});
        let simple = json!({"function_id": "pbs", "value_str": null, "throughput": {"Elements": 1_000}});
        let expected = Measured { name: "pbs".to_owned(), about: None, milliseconds: 2.0, units: 1_000.0, bytes: 0.0 };
        assert_eq!(measured(&simple, &estimates), Some(expected.clone()));
        let full = json!({
            "function_id": "pbs", "value_str": "WAN",
            "throughput": {"ElementsAndBytes": {"elements": 1_000, "bytes": 64}},
        });
        let expected = Measured { about: Some("WAN".to_owned()), bytes: 64.0, ..expected };
        assert_eq!(measured(&full, &estimates), Some(expected));
        assert_eq!(measured(&json!({}), &estimates), None);
    }
}
