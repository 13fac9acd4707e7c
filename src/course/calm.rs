//! Fair weather: the proof's write and read with nothing lost and nothing late, under whatever rules. What fails there
//! needs no search; what works there looks as if it were a way out.

use super::contest::Design;
use super::scenarios::ONE_WAY;
use crate::sim::node::Clock;
use crate::sim::protocol::{abd, rules};
use crate::sim::{
    Action, ClientId, ClientSpec, Latency, Micros, NodeId, NodeSpec, Operation, Planned, Protocol, Run, Scenario, Value,
};

/// How long a node waits for the other: so long that in fair weather nobody runs out of patience.
const PATIENCE: Micros = Micros::from_millis(200);
/// When the write and the read are asked for. By the read, all that the write has set off is over.
const ASKED: [Micros; 2] = [Micros::from_millis(10), Micros::from_millis(200)];

/// The run.
pub fn calm(design: Design) -> Run {
    let (protocol, nodes) = match design {
        Design::Rules(rules) => (Protocol::Rules(rules::Setup { rules, patience: PATIENCE }), 2),
        Design::Majority => (Protocol::Abd(abd::Setup { timeout: PATIENCE, retry: PATIENCE }), 3),
    };
    let ask = |at: Micros, client: u8, operation| Planned {
        at,
        action: Action::Request { client: ClientId(client), operation },
    };
    Run::of(Scenario {
        name: "fair-weather".to_owned(),
        nodes: vec![NodeSpec { region: String::new(), protocol, clock: Clock::default() }; nodes],
        clients: vec![ClientSpec::of(NodeId(0)), ClientSpec::of(NodeId(1))],
        initial: Value(0),
        latency: Latency { base: ONE_WAY, jitter: Micros(0) },
        script: vec![ask(ASKED[0], 0, Operation::Write(Value(1))), ask(ASKED[1], 1, Operation::Read)],
        tail: Micros::from_millis(300),
        settle: Micros::from_millis(1_500),
        ..Scenario::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::contest::{Player, presets};
    use crate::course::gauges::{Reading, read};

    #[test]
    fn in_fair_weather_every_idea_keeps_both_promises() {
        for idea in presets() {
            let run = calm(idea.variants[0].attempt.design);
            let trace = run.replay_as::<Player>().expect("the run names only what is there");
            let gauges = read(&run.scenario, &trace, trace.steps());
            let readings = (gauges.consistency.reading, gauges.availability.reading);
            assert_eq!(readings, (Reading::Holds, Reading::Holds), "{}", idea.name);
        }
    }
}
