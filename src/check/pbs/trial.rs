//! A Monte Carlo job: one trial is one write and one read; a job is as many as one likes, in slices of any size.
//!
//! A trial draws four messages for each replica. The commit is the W-th smallest `W + A`; the read takes the R replicas
//! with the smallest `R + S`. The read is stale t after the commit if `commit + R + t < W` for all of those, that is while
//! `t < min(W - R) - commit`. So a trial need not know t: it yields the time from which its read is fresh.

use crate::sim::rng::Pcg32;

use super::{Error, MAX_REPLICAS, Model, Quorums, Tally};

/// The stream of the generator, so that no other dice of the same seed roll alike.
const STREAM: u64 = 0x0057_4152_5300;

const MOST: usize = MAX_REPLICAS as usize;

/// A simulation that goes on from where it stopped.
///
/// It is its model, quorums, seed and number of trials: these give the same result on every machine, to the last bit, in
/// whatever slices it was run. Jobs with the same model, N, seed and number of trials see the same messages, whatever
/// their R and W, so that what differs between them is due to the quorums alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    model: Model,
    quorums: Quorums,
    rng: Pcg32,
    tally: Tally,
}

/// What one trial came to, in milliseconds.
struct Outcome {
    read: f64,
    write: f64,
    /// The read is fresh if it starts this long after the commit, or later; below 0 if it may even start before.
    fresh_from: f64,
}

impl Job {
    /// A job that has run no trial yet.
    ///
    /// # Errors
    ///
    /// If the model's numbers are no distribution of latencies. Those of [`super::MODELS`] are.
    pub fn new(model: Model, quorums: Quorums, seed: u64) -> Result<Self, Error> {
        let model = model.checked()?;
        Ok(Self { model, quorums, rng: Pcg32::new(seed, STREAM), tally: Tally::default() })
    }

    /// Runs that many trials more. Natively 10,000 trials of three replicas take a few milliseconds.
    pub fn run(&mut self, trials: u32) {
        for _ in 0..trials {
            let Outcome { read, write, fresh_from } = self.trial();
            self.tally.read.record(read);
            self.tally.write.record(write);
            self.tally.fresh_from.record(fresh_from);
        }
    }

    /// The trials that have been run.
    pub fn done(&self) -> u64 {
        self.tally.trials()
    }

    /// What they have come to so far.
    pub fn result(&self) -> &Tally {
        &self.tally
    }

    /// What they have come to, when no more are wanted.
    pub fn into_result(self) -> Tally {
        self.tally
    }

    fn trial(&mut self) -> Outcome {
        let Self { model, quorums, rng, .. } = self;
        let n = quorums.n();
        let (writer, reader) =
            if model.remote > 0.0 { (rng.up_to(u32::from(n) - 1), rng.up_to(u32::from(n) - 1)) } else { (0, 0) };
        let mut acknowledged = [0.0; MOST];
        let mut answered = [(0.0, 0.0); MOST];
        for replica in 0..n {
            let way = |client: u32| if u32::from(replica) == client { 0.0 } else { model.remote };
            let (to_writer, to_reader) = (way(writer), way(reader));
            let write = model.write.draw(rng) + to_writer;
            let acknowledgement = model.others.draw(rng) + to_writer;
            let read = model.others.draw(rng) + to_reader;
            let answer = model.others.draw(rng) + to_reader;
            let at = usize::from(replica);
            insert(&mut acknowledged[..=at], write + acknowledgement, |sum| *sum);
            insert(&mut answered[..=at], (read + answer, write - read), |(sum, _)| *sum);
        }
        let commit = acknowledged[usize::from(quorums.w() - 1)];
        let heard = &answered[..usize::from(quorums.r())];
        let earliest = heard.iter().fold(f64::INFINITY, |least, (_, lead)| least.min(*lead));
        Outcome { read: heard[heard.len() - 1].0, write: commit, fresh_from: earliest - commit }
    }
}

/// Puts an item in its place by key; the last place of the slice is free for it.
#[inline]
fn insert<T: Copy>(sorted: &mut [T], item: T, key: impl Fn(&T) -> f64) {
    let mut at = sorted.len() - 1;
    while at > 0 && key(&sorted[at - 1]) > key(&item) {
        sorted[at] = sorted[at - 1];
        at -= 1;
    }
    sorted[at] = item;
}

#[cfg(test)]
mod tests {
    use super::super::{MODELS, Mixture};
    use super::*;

    #[test]
    fn insertion_keeps_the_order() {
        let mut sorted = [0.0; 5];
        for (at, item) in [3.0, 1.0, 2.0, 5.0, 1.0].into_iter().enumerate() {
            insert(&mut sorted[..=at], item, |item| *item);
        }
        assert!(sorted.is_sorted() && sorted.iter().sum::<f64>().to_bits() == 12.0_f64.to_bits());
    }

    /// The read and write latencies of a trial, and whether the read is stale at each of the times, by the letter of the
    /// definition.
    fn defined(model: &Model, quorums: Quorums, rng: &mut Pcg32, times: &[f64]) -> (f64, f64, Vec<bool>) {
        let mut draw = |mixture: &Mixture| mixture.draw(rng);
        let mut messages: Vec<[f64; 4]> = (0..quorums.n())
            .map(|_| [draw(&model.write), draw(&model.others), draw(&model.others), draw(&model.others)])
            .collect();
        messages.sort_by(|x, y| (x[0] + x[1]).total_cmp(&(y[0] + y[1])));
        let [write, acknowledgement, ..] = messages[usize::from(quorums.w()) - 1];
        let commit = write + acknowledgement;
        messages.sort_by(|x, y| (x[2] + x[3]).total_cmp(&(y[2] + y[3])));
        let heard = &messages[..usize::from(quorums.r())];
        let stale = |t: &f64| heard.iter().all(|[write, _, read, _]| commit + read + t < *write);
        let [.., read, answer] = heard[heard.len() - 1];
        (read + answer, commit, times.iter().map(stale).collect())
    }

    #[test]
    fn a_trial_comes_to_what_the_definition_says() {
        let times = [0.0, 0.3, 1.0, 4.0, 15.0, 60.0, 1_000.0];
        for model in MODELS.into_iter().filter(|model| model.remote <= 0.0) {
            for (n, r, w) in [(1, 1, 1), (2, 1, 1), (3, 1, 2), (3, 2, 1), (5, 2, 2), (9, 4, 1), (16, 16, 16)] {
                let quorums = Quorums::new(n, r, w).unwrap();
                let mut job = Job::new(model, quorums, 3).unwrap();
                for _ in 0..300 {
                    let (read, write, stale) = defined(&model, quorums, &mut job.rng.clone(), &times);
                    let outcome = job.trial();
                    assert_eq!([outcome.read, outcome.write].map(f64::to_bits), [read, write].map(f64::to_bits));
                    assert_eq!(times.map(|t| t < outcome.fresh_from).to_vec(), stale);
                }
            }
        }
    }

    #[test]
    fn far_replicas_cost_both_ways_and_the_near_one_nothing() {
        let [near, ..] = MODELS;
        let far = Model { remote: 1e6, ..near };
        let of = |model, r, w| {
            let mut job = Job::new(model, Quorums::new(3, r, w).unwrap(), 5).unwrap();
            job.run(500);
            (job.tally.read.quantile(0.5).unwrap().value, job.tally.write.quantile(0.5).unwrap().value)
        };
        let (read, write) = of(far, 1, 2);
        assert!(read < 1e3 && (2e6..2.001e6).contains(&write), "{read} {write}");
        let (read, write) = of(far, 3, 1);
        assert!(write < 1e3 && (2e6..2.001e6).contains(&read), "{read} {write}");
    }

    #[test]
    fn a_read_at_the_writers_place_is_fresh_and_one_elsewhere_waits_for_the_way() {
        let [near, ..] = MODELS;
        let far = Model { remote: 1e6, ..near };
        let mut job = Job::new(far, Quorums::new(3, 1, 1).unwrap(), 5).unwrap();
        job.run(30_000);
        let half_way = job.result().consistent_at(5e5).unwrap();
        assert!(half_way.low < 1.0 / 3.0 && 1.0 / 3.0 < half_way.high, "{half_way:?}");
        let arrived = job.result().consistent_at(1.1e6).unwrap();
        assert_eq!(arrived.value.to_bits(), 1.0_f64.to_bits());
    }
}
