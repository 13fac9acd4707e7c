//! On the host: criterion measures. The corpus of etcd's logs is looked for beside the checkout.

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};

use crate::workloads::{self, Text, Workload};

/// Measures all workloads, or those named on the command line.
pub fn measure() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    let logs = etcd_logs();
    for workload in workloads::all(&logs, clock()) {
        measure_one(&mut criterion, &workload);
    }
    criterion.final_summary();
}

/// What one run does is always the same, so one run tells how much it is.
fn measure_one(criterion: &mut Criterion, workload: &Workload) {
    let done = (workload.run)();
    let mut group = criterion.benchmark_group("speed");
    // One run takes up to a second: ten samples of a few runs each.
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(6));
    group.throughput(match done.bytes {
        0 => Throughput::Elements(done.units),
        bytes => Throughput::ElementsAndBytes { elements: done.units, bytes },
    });
    match &workload.about {
        Some(about) => group.bench_function(BenchmarkId::new(workload.name, about), |bench| bench.iter(&workload.run)),
        None => group.bench_function(workload.name, |bench| bench.iter(&workload.run)),
    };
    group.finish();
}

/// etcd's logs, in the order of their names; none, loudly, if they are absent.
fn etcd_logs() -> Vec<Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/etcd-jepsen");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("ABSENT: {}: how fast etcd's logs are judged is NOT measured", folder.display());
        return Vec::new();
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let logs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "log"));
    let mut logs: Vec<Text> = logs
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a log is UTF-8 text");
            (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text)
        })
        .collect();
    logs.sort();
    logs
}

/// Milliseconds since now.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's time")]
fn clock() -> impl Fn() -> f64 {
    let start = Instant::now();
    move || start.elapsed().as_secs_f64() * 1e3
}
