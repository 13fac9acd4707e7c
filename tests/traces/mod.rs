//! The golden traces: one list, checked natively and in the browser.

use partition_lab::course::play;
use partition_lab::sim::{Run, Scenario, Trace};

/// A scenario and the trace it has on every machine.
pub struct Golden {
    /// The name of the scenario, and of its files.
    pub name: &'static str,
    /// The scenario as it is stored; none if it is built in.
    scenario: Option<&'static str>,
    /// The trace as it is stored.
    pub trace: &'static str,
}

macro_rules! built_in {
    ($name:literal) => {
        Golden { name: $name, scenario: None, trace: include_str!(concat!("../golden/traces/", $name, ".jsonl")) }
    };
}

macro_rules! stored {
    ($name:literal) => {
        Golden { scenario: Some(include_str!(concat!("../golden/scenarios/", $name, ".json"))), ..built_in!($name) }
    };
}

/// The built-in scenarios that stand alone, and one for each protocol with everything switched on that a network, a
/// node, a client and a person can do.
pub const GOLDEN: [Golden; 16] = [
    built_in!("gilbert-lynch-cp"),
    built_in!("gilbert-lynch-ap"),
    built_in!("challenge-cp"),
    built_in!("challenge-ap"),
    stored!("abd"),
    stored!("async-leader"),
    stored!("crdt-counter"),
    stored!("crdt-set"),
    stored!("dynamo"),
    stored!("epidemic"),
    stored!("local-first"),
    stored!("quorum"),
    stored!("raft"),
    stored!("rules"),
    stored!("siblings"),
    stored!("single-copy"),
];

impl Golden {
    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        match self.scenario {
            Some(text) => serde_json::from_str(text).expect("it is a scenario"),
            None => play(self.name).expect("the scenario is built in").scenarios.remove(0),
        }
    }

    /// The trace as it is now.
    pub fn replay(&self) -> Trace {
        Run::of(self.scenario()).replay().expect("the scenario names only what it has")
    }

    /// Fails where the trace differs first from the stored one.
    pub fn check(&self) {
        let now = self.replay().to_json_lines();
        for (at, (now, golden)) in now.lines().zip(self.trace.lines()).enumerate() {
            assert_eq!(now, golden, "line {} of tests/golden/traces/{}.jsonl", at + 1, self.name);
        }
        assert!(now == self.trace, "tests/golden/traces/{}.jsonl is longer or shorter", self.name);
    }
}
