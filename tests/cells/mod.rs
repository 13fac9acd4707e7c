//! A short account of small simulations of partial quorums, the same natively and in the browser.

use std::fmt::Write;

use partition_lab::check::pbs::{Estimate, MODELS, Quorums, cell};

/// The account that every machine gives.
pub const GOLDEN: &str = include_str!("../golden/pbs.txt");

/// The account as it is now: each number to its last digit.
pub fn account() -> String {
    let mut text = String::new();
    for model in MODELS {
        for (n, r, w) in [(3, 1, 1), (3, 2, 1), (9, 2, 3)] {
            let quorums = Quorums::new(n, r, w).expect("they are within their bounds");
            let tally = cell(model, quorums, 42, 5_000).expect("built-in models are distributions");
            let _ = writeln!(text, "{} N={n} R={r} W={w}", model.name);
            let estimates = [
                ("read 50 % ms", tally.read.quantile(0.5)),
                ("read 99 % ms", tally.read.quantile(0.99)),
                ("write 50 % ms", tally.write.quantile(0.5)),
                ("write 99 % ms", tally.write.quantile(0.99)),
                ("fresh at 0 ms", tally.consistent_at(0.0)),
                ("fresh at 10 ms", tally.consistent_at(10.0)),
            ];
            for (what, estimate) in estimates {
                let Estimate { value, low, high } = estimate.expect("there are trials");
                let _ = writeln!(text, "  {what:<15} {value:?} from {low:?} to {high:?}");
            }
        }
    }
    text
}
