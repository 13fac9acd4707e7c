//! Laws of the simulation, for quorums, seeds and models of any kind.

use proptest::prelude::*;

use super::{Job, MODELS, Mixture, Model, Pareto, Quorums, cell};

const TRIALS: u32 = 300;

fn quorums() -> impl Strategy<Value = Quorums> {
    (1_u8..=9)
        .prop_flat_map(|n| (Just(n), 1..=n, 1..=n))
        .prop_map(|(n, r, w)| Quorums::new(n, r, w).expect("it is within its bounds"))
}

fn mixture() -> impl Strategy<Value = Mixture> {
    (0.01..50.0, 0.05..12.0, 0.0..=1.0, 0.001..10.0).prop_map(|(scale, shape, share, rate)| Mixture {
        pareto: Pareto { scale, shape },
        share,
        rate,
    })
}

fn model() -> impl Strategy<Value = Model> {
    let any = (mixture(), mixture(), prop_oneof![Just(0.0), 0.0..200.0]).prop_map(|(write, others, remote)| Model {
        name: "any",
        about: "made up",
        write,
        others,
        remote,
    });
    prop_oneof![any, proptest::sample::select(MODELS.to_vec())]
}

/// Times after the commit, in milliseconds.
const TIMES: [f64; 7] = [0.0, 0.1, 1.0, 3.3, 10.0, 200.0, 1e5];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn overlapping_quorums_are_never_stale(model in model(), quorums in quorums(), seed: u64) {
        let tally = cell(model, quorums, seed, TRIALS).expect("the model is within its bounds");
        let at_commit = tally.consistent_at(0.0).expect("there are trials").value;
        prop_assert!(!quorums.overlap() || at_commit >= 1.0);
    }

    #[test]
    fn to_wait_for_more_never_makes_reads_staler_nor_anything_quicker(model in model(), quorums in quorums(), seed: u64) {
        let of = |quorums| cell(model, quorums, seed, TRIALS).expect("the model is within its bounds");
        let less = of(quorums);
        let (n, r, w) = (quorums.n(), quorums.r(), quorums.w());
        for more in [Quorums::new(n, r + 1, w), Quorums::new(n, r, w + 1)].into_iter().flatten() {
            let more = of(more);
            for t in TIMES {
                prop_assert!(more.consistent_at(t).map(|p| p.value) >= less.consistent_at(t).map(|p| p.value));
            }
            for share in [0.1, 0.5, 0.99] {
                prop_assert!(more.read.quantile(share).map(|t| t.value) >= less.read.quantile(share).map(|t| t.value));
                prop_assert!(more.write.quantile(share).map(|t| t.value) >= less.write.quantile(share).map(|t| t.value));
                prop_assert!(more.time_to(share).map(|t| t.value) <= less.time_to(share).map(|t| t.value));
            }
        }
    }

    #[test]
    fn reads_grow_fresher_with_time_and_are_so_at_their_quantile(model in model(), quorums in quorums(), seed: u64) {
        let tally = cell(model, quorums, seed, TRIALS).expect("the model is within its bounds");
        let at = |t| tally.consistent_at(t).expect("there are trials");
        prop_assert!(TIMES.map(|t| at(t).value).is_sorted());
        for share in [0.1, 0.5, 0.9, 0.999] {
            let time = tally.time_to(share).expect("there are trials");
            prop_assert!(at(time.value).value >= share);
            prop_assert!(time.low <= time.value && time.value <= time.high);
        }
        for estimate in TIMES.map(at) {
            prop_assert!(0.0 <= estimate.low && estimate.low <= estimate.value);
            prop_assert!(estimate.value <= estimate.high && estimate.high <= 1.0);
        }
    }

    #[test]
    fn slices_give_what_one_go_gives(
        model in model(), quorums in quorums(), seed: u64, slices in prop::collection::vec(0_u32..90, 0..6),
    ) {
        let mut sliced = Job::new(model, quorums, seed).expect("the model is within its bounds");
        for trials in &slices {
            sliced.run(*trials);
        }
        let mut whole = Job::new(model, quorums, seed).expect("the model is within its bounds");
        whole.run(slices.iter().sum());
        prop_assert_eq!(sliced.done(), u64::from(slices.iter().sum::<u32>()));
        prop_assert_eq!(sliced, whole);
    }

    #[test]
    fn another_seed_gives_other_trials(model in proptest::sample::select(MODELS.to_vec()), quorums in quorums(), seed: u64) {
        let of = |seed| cell(model, quorums, seed, TRIALS);
        prop_assert_eq!(of(seed), of(seed));
        prop_assert_ne!(of(seed), of(seed.wrapping_add(1)));
    }
}
