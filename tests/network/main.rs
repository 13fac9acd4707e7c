//! Claims about the simulated network: what `tc netem` would do, a million packets at a time, from a fixed seed.

#![cfg(not(target_arch = "wasm32"))]

mod delay;
mod duplicates;
mod loss;
mod queue;
mod tables;

use partition_lab::sim::link::{Fate, Shaping};
use partition_lab::sim::netem::{Chance, Conditions, Loss, Options, Percent};
use partition_lab::sim::rng::Pcg32;
use partition_lab::sim::{Latency, Link, Micros};

const MILLION: u32 = 1_000_000;

/// The bytes of a packet where they do not matter.
const BYTES: u32 = 200;

/// A link that these options disturb, and dice for it.
fn link(options: &Options) -> (Link, Pcg32) {
    let (mut rng, mut link) = (Pcg32::new(2_012, 7), Link::of(Latency::default()));
    link.shape(Some(Box::new(Shaping::new(Conditions::of(options), &mut rng))));
    (link, rng)
}

/// What becomes of so many packets, one every so many microseconds, and of their copies; with the time of sending.
fn sent(options: &Options, count: u32, apart: u64) -> impl Iterator<Item = (Micros, Fate, Option<Fate>)> + use<> {
    let (mut link, mut rng) = link(options);
    (0..u64::from(count)).map(move |packet| {
        let now = Micros(packet * apart);
        let (fate, copy) = link.pass(now, BYTES, &mut rng);
        (now, fate, copy)
    })
}

/// How long each of a million packets takes; none may be lost.
fn delays(options: &Options) -> Vec<u64> {
    let delay = |(now, fate, _): (Micros, Fate, Option<Fate>)| match fate {
        Fate::Arrives(at) => at.0 - now.0,
        fate => panic!("{fate:?}"),
    };
    sent(options, MILLION, 1_000_000).map(delay).collect()
}

fn percent(percent: f64) -> Percent {
    Percent::try_from(percent).expect("from 0 to 100")
}

fn chance(of: f64, correlation: f64) -> Chance {
    Chance { percent: percent(of), correlation: percent(correlation) }
}

fn random_loss(of: f64) -> Loss {
    Loss::Random(chance(of, 0.0))
}

fn millis(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// How many of a hundred.
fn share(some: usize, all: usize) -> f64 {
    100.0 * f64::from(u32::try_from(some).expect("few")) / f64::from(u32::try_from(all).expect("few"))
}

/// Within 0.2 of a hundred.
fn assert_near(measured: f64, expected: f64, what: &str) {
    println!("{what}: {measured:.3} %, expected {expected:.3} %");
    assert!((measured - expected).abs() < 0.2, "{what}: {measured:.3} % instead of {expected:.3} %");
}
