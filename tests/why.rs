//! Explanations of verdicts, the two executions that Node B cannot tell apart, and the three outcomes that the one who
//! asks cannot: each claim of the pages, held to the runs.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::check::History;
use partition_lab::check::linearizability::{Budget, linearizability};
use partition_lab::course::explain::order::Part;
use partition_lab::course::explain::requests::End;
use partition_lab::course::explain::{Standing, explain_availability, explain_consistency};
use partition_lab::course::outcomes::{Outcomes, Truth};
use partition_lab::course::scenarios::{gilbert_lynch_ap, gilbert_lynch_cp};
use partition_lab::course::view::{Cost, Indistinguishable, Rule};
use partition_lab::sim::{Run, Scenario, Trace};

fn run(scenario: &Scenario) -> Trace {
    Run::of(scenario.clone()).replay().expect("the scenario names only what it has")
}

#[test]
fn print() {
    for s in [gilbert_lynch_ap(), gilbert_lynch_cp()] {
        let t = run(&s);
        println!("{:#?}", explain_consistency(&s, &t, t.steps()));
        println!("{:#?}", explain_availability(&s, &t, t.steps()));
    }
    for rule in Rule::ALL {
        let v = Indistinguishable::new(rule).unwrap();
        println!("== {rule:?} {:?}", v.cost());
        for m in 0..=v.abreast.end() {
            println!("{m} {} | {:?} | {:?}", v.abreast.moments[m].at, v.words(0, m), v.words(1, m));
        }
        for (a, b) in v.view(0, v.abreast.end()).iter().zip(v.view(1, v.abreast.end())) {
            println!("   {} {} {}", a.words(), a.is_as(&b), b.words());
        }
    }
    let o = Outcomes::new().unwrap();
    for m in 0..=o.abreast.end() {
        println!("{m} {} {:?}", o.abreast.moments[m].at, o.lesson(m));
        for r in 0..3 {
            println!("    {:?} {:?} {:?}", o.words(r, m), o.truth(r, m), o.view(r, m).last().map(|l| l.words()));
        }
    }
}
