//! Counting tests from what their runners print.
//!
//! Three runners, two dialects: `cargo test` and wasm-bindgen's runner end with a line `test result: …`, once for each
//! binary; Playwright ends with one line for each outcome.

use std::iter::Sum;
use std::ops::AddAssign;

/// How many tests ended how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Passed, at the first try or a later one.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Of the passed ones, those that failed at first.
    pub flaky: usize,
    /// Neither passed nor failed: ignored, skipped, not run.
    pub skipped: usize,
}

impl Counts {
    /// One check that holds.
    pub const CHECK: Self = Self { passed: 1, failed: 0, flaky: 0, skipped: 0 };
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.flaky += more.flaky;
        self.skipped += more.skipped;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

/// Sums the `test result:` lines of `cargo test` and of `wasm-bindgen-test-runner`.
pub fn libtest(output: &str) -> Counts {
    let output = plain(output);
    let results = output.lines().filter_map(|line| line.trim_start().strip_prefix("test result: "));
    results
        .map(|result| {
            // "ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s"
            let count = |outcome: &str| {
                let words: Vec<&str> = result.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
                words.windows(2).find(|pair| pair[1] == outcome).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
            };
            Counts { passed: count("passed"), failed: count("failed"), flaky: 0, skipped: count("ignored") }
        })
        .sum()
}

/// Reads the summary at the end of Playwright's output.
pub fn playwright(output: &str) -> Counts {
    let output = plain(output);
    // A test may print such a line too; the summary comes after it, so the last line of each kind counts.
    let count = |outcome: &str| output.lines().rev().find_map(|line| summary_line(line, outcome)).unwrap_or(0);
    let flaky = count("flaky");
    Counts {
        passed: count("passed") + flaky,
        failed: count("failed") + count("interrupted"),
        flaky,
        skipped: count("skipped") + count("did not run"),
    }
}

/// The number in `  12 passed (3.4s)`, if the line is about this outcome.
fn summary_line(line: &str, outcome: &str) -> Option<usize> {
    let (number, rest) = line.strip_prefix("  ")?.split_once(' ')?;
    let rest = rest.trim_end().strip_prefix(outcome)?;
    if rest.is_empty() || rest.starts_with(" (") { number.parse().ok() } else { None }
}

/// The text without the terminal's colours.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        // A sequence ends with its first letter.
        let end = escape.find(|c: char| c.is_ascii_alphabetic()).map_or(escape.len(), |letter| letter + 1);
        rest = &escape[end..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_test_binaries_are_added() {
        let output = "\
     Running unittests src/lib.rs (target/debug/deps/partition_lab-1f)

running 3 tests
test diagram::a_failed_import_keeps_the_diagram ... ok

test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running tests/laws.rs
test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.20s
";
        assert_eq!(libtest(output), Counts { passed: 13, failed: 2, flaky: 0, skipped: 1 });
    }

    #[test]
    fn the_wasm_runner_speaks_the_same_dialect() {
        let output =
            "running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.02s\n";
        assert_eq!(libtest(output), Counts { passed: 2, ..Counts::default() });
    }

    #[test]
    fn a_test_whose_name_says_failed_is_not_counted() {
        assert_eq!(libtest("test 3 failed requests ... ok\n"), Counts::default());
        assert_eq!(playwright("  ✓  1 shell.spec.ts:3:1 › 3 failed requests are shown (1.2s)\n"), Counts::default());
    }

    #[test]
    fn every_outcome_of_playwright_is_seen() {
        let output = "
Running 9 tests using 2 workers

  ✓  1 draw.spec.ts:3:1 › draws the CP half (1.2s)
  1) draw.spec.ts:9:1 › keeps the drawing ──────

    Error: 4 passed

  2 failed
    draw.spec.ts:9:1 › keeps the drawing ────
  1 interrupted
    draw.spec.ts:12:1 › draws
  1 flaky
    draw.spec.ts:15:1 › undoes ────
  1 skipped
  1 did not run
  3 passed (12.3s)
";
        assert_eq!(playwright(output), Counts { passed: 4, failed: 3, flaky: 1, skipped: 2 });
    }

    #[test]
    fn minutes_are_a_time_too() {
        assert_eq!(playwright("  40 passed (1.2m)\n"), Counts { passed: 40, ..Counts::default() });
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        assert_eq!(playwright("\u{1b}[32m  1 passed\u{1b}[39m\u{1b}[2m (2.0s)\u{1b}[22m\n").passed, 1);
        assert_eq!(libtest("test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 7 passed; 0 failed; 0 ignored\n").passed, 7);
    }
}
