//! A plot becomes a scenario: which protocol the nodes follow, and when everything happens.
//!
//! A slot of the plot is 400 ms long. A node waits 200 ms for the others and a message takes 37.5 ms, so all that a
//! request leads to is over when the next slot begins; links are cut and healed 50 ms before that.

use super::plot::{Leads, Plot, Reply, What};
use super::words::Says;
use crate::course::scenarios::{ONE_WAY, TIMEOUT};
use crate::diagram::role::Side;
use crate::sim::node::Clock;
use crate::sim::protocol::{Protocol, local_first, quorum};
use crate::sim::{Action, ClientSpec, Latency, Micros, NodeId, NodeSpec, Planned, Scenario, Value};

/// How the nodes of a system behave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One leads, and a majority must agree.
    Quorum,
    /// Each answers by itself; these nodes ask the others before they answer a read.
    LocalFirst(Vec<NodeId>),
}

const FIRST: Micros = Micros::from_millis(10);
const SLOT: Micros = Micros::from_millis(400);
/// How long before a slot its links are cut or healed.
const AHEAD: Micros = Micros::from_millis(50);
/// How long nodes wait for an acknowledgement of a copy, where links heal.
const RETRY: Micros = Micros::from_millis(1_000);
/// Nobody sends a copy again where no link heals: it would be lost again.
const NEVER: Micros = Micros::from_millis(3_600_000);
const TAIL: Micros = Micros::from_millis(350);

/// The rule of a system: that of the side it claims; without a claim, that of its answers.
pub fn rule(plot: &Plot, side: Option<Side>) -> Rule {
    let says = |wanted: Says, reads: bool| {
        let drawn = plot.requests.iter().filter(move |request| request.operation.is_read() == reads);
        drawn.filter(move |request| matches!(&request.reply, Reply::Drawn(answer) if answer.says == wanted))
    };
    let refuses = says(Says::Error, true).chain(says(Says::Error, false)).next().is_some();
    let cautious: Vec<NodeId> = says(Says::Error, true).map(|request| request.node).collect();
    // Writes that are acknowledged at one node and reads that are refused at another: the choice of Gilbert and Lynch.
    let of_reads = says(Says::Error, false).next().is_none()
        && says(Says::Success, false).any(|request| !cautious.contains(&request.node))
        && !cautious.is_empty()
        && plot.is_partitioned()
        && plot.deeds.iter().all(|deed| deed.before == 0);
    match side {
        Some(Side::Ap) => Rule::LocalFirst(Vec::new()),
        None if !refuses && (plot.is_partitioned() || !waits_for_others(plot)) => Rule::LocalFirst(Vec::new()),
        _ if of_reads && plot.leads == Leads::ByUse => Rule::LocalFirst(cautious),
        _ => Rule::Quorum,
    }
}

/// Whether a message between nodes is drawn between a request and its answer.
fn waits_for_others(plot: &Plot) -> bool {
    plot.requests.iter().any(|request| {
        let Reply::Drawn(answer) = &request.reply else { return false };
        plot.messages.iter().any(|message| request.number < message.number && message.number < answer.number)
    })
}

/// The rule in words, with the names of the drawing.
pub fn describe(rule: &Rule, plot: &Plot) -> String {
    let nodes = plot.nodes.len();
    match rule {
        Rule::Quorum => format!(
            "{} leads. A request counts when {} of {nodes} nodes have accepted it.",
            plot.cast.node(plot.leader),
            nodes / 2 + 1
        ),
        Rule::LocalFirst(cautious) if cautious.is_empty() => {
            "Every node answers from what it has and copies writes to the others afterwards.".to_owned()
        }
        Rule::LocalFirst(cautious) => {
            let names: Vec<&str> = cautious.iter().map(|&node| plot.cast.node(node)).collect();
            format!(
                "Every node accepts writes by itself and copies them afterwards; {} answers a read only when the others have \
                 confirmed it.",
                names.join(" and ")
            )
        }
    }
}

/// The scenario of a plot.
pub fn scenario(name: &str, plot: &Plot, rule: &Rule) -> Scenario {
    let heals = plot.deeds.iter().any(|deed| deed.what == What::Heal);
    let starts = starts(plot);
    let mut script: Vec<Planned> = Vec::new();
    for deed in &plot.deeds {
        let action = match (deed.what, deed.ends) {
            (What::Cut, (a, b)) => Action::cut_between(a, b),
            (What::CutOneWay, ends) => Action::Cut(vec![ends]),
            (What::Heal, (a, b)) => Action::heal_between(a, b),
        };
        let slot_before = deed.before.checked_sub(1).and_then(|slot| starts.get(slot));
        let at = slot_before.map_or(Micros(0), |start| Micros(start.0 + SLOT.0 - AHEAD.0));
        script.push(Planned { at, action });
    }
    for request in &plot.requests {
        let action = Action::Request { client: request.client, operation: request.operation };
        script.push(Planned { at: starts[request.slot], action });
    }
    let node = |at: usize| NodeSpec {
        region: plot.cast.nodes[at].clone(),
        protocol: protocol(plot, rule, at, if heals { RETRY } else { NEVER }),
        clock: Clock::default(),
    };
    Scenario {
        name: name.to_owned(),
        nodes: (0..plot.nodes.len()).map(node).collect(),
        clients: plot.asked.iter().map(|&node| ClientSpec::of(node)).collect(),
        initial: Value(0),
        latency: Latency { base: ONE_WAY, jitter: Micros(0) },
        script,
        tail: if heals { RETRY + SLOT } else { TAIL },
        settle: Micros::from_millis(1_500),
        ..Scenario::default()
    }
}

/// When each slot begins. After a healing there is time to send copies again.
pub fn starts(plot: &Plot) -> Vec<Micros> {
    let heals = |slot: usize| plot.deeds.iter().any(|deed| deed.what == What::Heal && deed.before == slot);
    let mut start = FIRST;
    let mut starts = vec![start];
    for slot in 1..plot.slots() {
        start = start + SLOT + if heals(slot) { RETRY + SLOT } else { Micros(0) };
        starts.push(start);
    }
    starts
}

fn protocol(plot: &Plot, rule: &Rule, at: usize, retry: Micros) -> Protocol {
    match rule {
        Rule::Quorum => Protocol::Quorum(quorum::Setup { leader: plot.leader, timeout: TIMEOUT }),
        Rule::LocalFirst(cautious) => {
            let confirms = cautious.iter().any(|node| node.index() == at);
            let reads = if confirms { local_first::Reads::Confirmed(TIMEOUT) } else { local_first::Reads::Local };
            Protocol::LocalFirst(local_first::Setup { reads, retry, stamps: local_first::Stamps::Lamport })
        }
    }
}
