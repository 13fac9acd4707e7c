//! Partial quorums: one cell of the PBS paper's table.

use partition_lab::check::pbs::{self, Model, Quorums};

use super::Done;

/// N = 3, R = W = 1, in the model whose replicas are at different places: it draws the most.
pub fn cell(trials: u32) -> Done {
    let model = Model::named("WAN").expect("it is built in");
    let quorums = Quorums::new(3, 1, 1).expect("they are within their bounds");
    let tally = pbs::cell(model, quorums, 1, trials).expect("the model is one of latencies");
    std::hint::black_box(tally);
    Done { units: trials.into(), bytes: 0 }
}
