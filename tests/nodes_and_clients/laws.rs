//! Laws: whatever a random scenario says and a random person does, these hold for every protocol.

use std::collections::{BTreeMap, BTreeSet};

use partition_lab::sim::client::{Keys, Retry, Workload};
use partition_lab::sim::netem::{Chance, Distribution, Loss, Options, Percent};
use partition_lab::sim::node::Clock;
use partition_lab::sim::scenario::LinkSpec;
use partition_lab::sim::{
    Act, Action, ClientId, ClientSpec, EventKind, Latency, MessageId, Micros, NodeId, Operation, Planned, RequestId,
    Run, Scenario, Trace, Value,
};
use proptest::option::of as maybe;
use proptest::prelude::*;

use crate::play::{every_protocol, ms, scenario};

const NODES: u8 = 3;

fn node() -> impl Strategy<Value = NodeId> {
    (0..NODES).prop_map(NodeId)
}

fn link() -> impl Strategy<Value = (NodeId, NodeId)> {
    (0..NODES, 1..NODES).prop_map(|(from, on)| (NodeId(from), NodeId((from + on) % NODES)))
}

fn links() -> impl Strategy<Value = Vec<(NodeId, NodeId)>> {
    prop::collection::vec(link(), 1..4)
}

fn percent() -> impl Strategy<Value = Percent> {
    prop_oneof![Just(0), Just(1_000_000), 0..=1_000_000_u32].prop_map(Percent::millionths)
}

fn chance() -> impl Strategy<Value = Chance> {
    (percent(), percent()).prop_map(|(percent, correlation)| Chance { percent, correlation })
}

fn loss() -> impl Strategy<Value = Loss> {
    prop_oneof![
        chance().prop_map(Loss::Random),
        (percent(), maybe(percent()), percent(), percent()).prop_map(|(p, r, bad, good)| Loss::GilbertElliott {
            p,
            r,
            bad,
            good
        }),
        (percent(), maybe(percent()), percent(), percent(), percent())
            .prop_map(|(p13, p31, p32, p23, p14)| Loss::FourState { p13, p31, p32, p23, p14 }),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    let time = || prop_oneof![Just(0), 0..200_000_u64, Just(u64::MAX)].prop_map(Micros);
    let distribution = prop::sample::select(vec![
        Distribution::Uniform,
        Distribution::Normal,
        Distribution::Pareto,
        Distribution::ParetoNormal,
    ]);
    let delays = (maybe(time()), maybe(time()), maybe(percent()), maybe(distribution));
    let effects = (maybe(loss()), maybe(chance()), maybe(chance()), maybe(chance()));
    (delays, effects, maybe(0..4_u32), maybe(0..200_000_u64), maybe(0..9_u32)).prop_map(
        |((delay, jitter, delay_correlation, distribution), (loss, duplicate, corrupt, reorder), gap, rate, limit)| {
            Options {
                delay,
                jitter,
                delay_correlation,
                distribution,
                loss,
                duplicate,
                corrupt,
                reorder,
                gap,
                rate,
                limit,
            }
        },
    )
}

fn operation() -> impl Strategy<Value = Operation> {
    let value = || (0..64_u32).prop_map(Value);
    prop_oneof![
        2 => Just(Operation::Read),
        2 => value().prop_map(Operation::Write),
        1 => (value(), value()).prop_map(|(old, new)| Operation::Cas(old, new)),
        1 => any::<i32>().prop_map(Operation::Add),
        1 => value().prop_map(Operation::Insert),
        1 => value().prop_map(Operation::Remove),
    ]
}

fn clock() -> impl Strategy<Value = Clock> {
    (any::<i64>(), -500_000..=500_000).prop_map(|(offset, drift)| Clock { offset, drift })
}

/// An action of any kind.
fn action() -> impl Strategy<Value = Action> {
    let message = || (0..60_u32).prop_map(MessageId);
    prop_oneof![
        6 => (0..NODES, operation()).prop_map(|(client, operation)| Action::Request { client: ClientId(client), operation }),
        1 => links().prop_map(Action::Cut),
        1 => links().prop_map(Action::Heal),
        1 => links().prop_map(Action::Hold),
        1 => links().prop_map(Action::Release),
        1 => (links(), options()).prop_map(|(links, options)| Action::Shape(links, options)),
        1 => (links(), options()).prop_map(|(links, options)| Action::Reshape(links, options)),
        1 => links().prop_map(Action::Unshape),
        1 => node().prop_map(Action::Crash),
        1 => node().prop_map(Action::Recover),
        1 => node().prop_map(Action::Restart),
        1 => node().prop_map(Action::Pause),
        1 => node().prop_map(Action::Resume),
        1 => (node(), clock()).prop_map(|(node, clock)| Action::SetClock(node, clock)),
        1 => message().prop_map(Action::Deliver),
        1 => (message(), 0..50_000_u64).prop_map(|(message, by)| Action::Delay(message, Micros(by))),
        1 => message().prop_map(Action::Drop),
        1 => message().prop_map(Action::Duplicate),
    ]
}

fn workload() -> impl Strategy<Value = Workload> {
    prop_oneof![
        Just(Workload::Scripted),
        (1..500_u32, percent(), 0..20_u32).prop_map(|(per_second, reads, count)| Workload::Random {
            per_second,
            reads,
            count
        }),
        (0..20_000_u64, percent(), 0..20_u32).prop_map(|(think, reads, count)| Workload::Closed {
            think: Micros(think),
            reads,
            count
        }),
    ]
}

fn client() -> impl Strategy<Value = ClientSpec> {
    let keys = prop::sample::select(vec![Keys::Fresh, Keys::Idempotent]);
    let retry = (0..4_u8, 0..50_000_u64, keys).prop_map(|(times, backoff, keys)| Retry {
        times,
        backoff: Micros(backoff),
        keys,
    });
    (node(), maybe((0..300_000_u64).prop_map(Micros)), maybe(retry), workload())
        .prop_map(|(node, timeout, retry, workload)| ClientSpec { node, timeout, retry, workload })
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let planned = (0..600_u64, action()).prop_map(|(at, action)| Planned { at: ms(at), action });
    (
        prop::sample::select(every_protocol()),
        prop::collection::vec(client(), usize::from(NODES)..6),
        prop::collection::vec(clock(), usize::from(NODES)),
        prop::collection::vec((link(), options()), 0..4),
        (0..20_000_u64, 0..20_000_u64)
            .prop_map(|(base, jitter)| Latency { base: Micros(base), jitter: Micros(jitter) }),
        prop::collection::vec(planned, 0..14),
        0..400_u64,
    )
        .prop_map(|(protocol, clients, clocks, links, latency, script, tail)| {
            let mut scenario = scenario(NODES, protocol, script);
            (scenario.clients, scenario.latency, scenario.tail, scenario.settle) =
                (clients, latency, ms(tail), ms(200));
            scenario.links = links.into_iter().map(|((from, to), options)| LinkSpec { from, to, options }).collect();
            for (node, clock) in scenario.nodes.iter_mut().zip(clocks) {
                node.clock = clock;
            }
            scenario
        })
}

fn any_run() -> impl Strategy<Value = Run> {
    let act = (0..200_u32, 0..600_u64, action()).prop_map(|(after, at, action)| Act { after, at: ms(at), action });
    (any_scenario(), any::<u64>(), prop::collection::vec(act, 0..8)).prop_map(|(scenario, seed, mut acts)| {
        acts.sort_by_key(|act| act.after);
        Run { scenario, seed, acts }
    })
}

fn events_are_numbered_and_come_after_their_causes(trace: &Trace) -> Result<(), TestCaseError> {
    for (index, event) in trace.events.iter().enumerate() {
        prop_assert_eq!(event.id.0 as usize, index);
        prop_assert!(event.cause.is_none_or(|cause| cause < event.id), "{:?}", event);
    }
    Ok(())
}

fn neither_time_nor_steps_run_backwards(trace: &Trace) -> Result<(), TestCaseError> {
    for pair in trace.events.windows(2) {
        prop_assert!(pair[0].at <= pair[1].at && pair[0].step <= pair[1].step, "{:?}", pair);
        prop_assert!(pair[0].step < pair[1].step || pair[0].at == pair[1].at, "a step is at one time: {:?}", pair);
    }
    Ok(())
}

/// Each message is sent or is the copy of one that was, and ends at most once.
fn a_message_has_one_beginning_and_at_most_one_end(trace: &Trace) -> Result<(), TestCaseError> {
    let mut flying: BTreeSet<MessageId> = BTreeSet::new();
    let mut begun: BTreeSet<MessageId> = BTreeSet::new();
    for event in &trace.events {
        match event.kind {
            EventKind::Sent { message, .. } => {
                prop_assert!(begun.insert(message));
                flying.insert(message);
            }
            EventKind::Duplicated { message, copy } => {
                prop_assert!(begun.contains(&message) && begun.insert(copy), "{:?}", event);
                flying.insert(copy);
            }
            EventKind::Delivered { message, .. }
            | EventKind::Lost { message, .. }
            | EventKind::Corrupted { message, .. } => prop_assert!(flying.remove(&message), "{:?}", event),
            EventKind::Delayed { message, .. } => prop_assert!(flying.contains(&message), "{:?}", event),
            _ => {}
        }
    }
    prop_assert_eq!(begun.iter().copied().collect::<Vec<_>>(), numbered(begun.len()));
    Ok(())
}

fn numbered(count: usize) -> Vec<MessageId> {
    (0..u32::try_from(count).expect("few")).map(MessageId).collect()
}

/// A request returns at most once and each of its tries is answered at most once; neither comes from nowhere.
fn a_request_returns_at_most_once_to_its_client(trace: &Trace, scenario: &Scenario) -> Result<(), TestCaseError> {
    let mut first: BTreeMap<RequestId, RequestId> = BTreeMap::new();
    let mut open: BTreeMap<RequestId, (ClientId, u8)> = BTreeMap::new();
    let mut replied: BTreeSet<RequestId> = BTreeSet::new();
    for event in &trace.events {
        match event.kind {
            EventKind::Invoked { client, request, node, .. } => {
                prop_assert_eq!(scenario.clients[client.index()].node, node);
                prop_assert!(first.insert(request, request).is_none());
                open.insert(request, (client, 0));
            }
            EventKind::Retried { client, request, again, .. } => {
                prop_assert!(first.insert(again, request).is_none());
                let (asker, tries) = open.get_mut(&request).expect("only a request that is open is tried again");
                (*asker, *tries) = (client, *tries + 1);
                let most = scenario.clients[client.index()].retry.expect("this client tries again").times;
                prop_assert!(*tries <= most, "{:?}", event);
            }
            EventKind::Received { request, .. } | EventKind::Unheard { request, .. } => {
                prop_assert!(first.contains_key(&request));
            }
            EventKind::Replied { request, .. } => {
                prop_assert!(first.contains_key(&request) && replied.insert(request), "{:?}", event);
            }
            EventKind::Returned { client, request, .. } => {
                let asked = open.remove(&request);
                prop_assert!(asked.is_some_and(|(asker, _)| asker == client), "{:?}", event);
            }
            _ => {}
        }
    }
    Ok(())
}

/// While it is down a node does nothing and hears nothing; while it stands still, too.
fn a_node_that_is_not_up_does_nothing(trace: &Trace) -> Result<(), TestCaseError> {
    let mut away: BTreeSet<NodeId> = BTreeSet::new();
    for event in &trace.events {
        match event.kind {
            EventKind::Crashed { node } | EventKind::Paused { node } => {
                away.insert(node);
            }
            EventKind::Recovered { node } | EventKind::Resumed { node } => {
                away.remove(&node);
            }
            EventKind::Received { node, .. }
            | EventKind::Replied { node, .. }
            | EventKind::TimedOut { node, .. }
            | EventKind::Sent { from: node, .. }
            | EventKind::Delivered { to: node, .. } => prop_assert!(!away.contains(&node), "{:?}", event),
            _ => {}
        }
    }
    Ok(())
}

/// A loop at one instant would have no end; these scenarios need far fewer steps.
fn a_run_ends(run: &Run) -> Result<Trace, TestCaseError> {
    let mut world: partition_lab::sim::World =
        partition_lab::sim::World::start(&run.scenario, run.seed).expect("the run names only what it has");
    let (mut trace, mut acts) = (Trace::default(), run.acts.iter().peekable());
    loop {
        if let Some(act) = acts.next_if(|act| act.after <= world.steps()) {
            world.act(act.at, &act.action, &mut trace.events).expect("it names only what is there");
        } else if !world.step(&mut trace.events) {
            match acts.next() {
                Some(act) => world.act(act.at, &act.action, &mut trace.events).expect("it names only what is there"),
                None => return Ok(trace),
            }
        }
        prop_assert!(world.steps() < 200_000, "at {:?} it still goes on", world.now());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_trace_keeps_its_laws(run in any_run()) {
        let trace = a_run_ends(&run)?;
        events_are_numbered_and_come_after_their_causes(&trace)?;
        neither_time_nor_steps_run_backwards(&trace)?;
        a_message_has_one_beginning_and_at_most_one_end(&trace)?;
        a_request_returns_at_most_once_to_its_client(&trace, &run.scenario)?;
        a_node_that_is_not_up_does_nothing(&trace)?;
    }

    #[test]
    fn the_same_run_has_the_same_trace_also_after_a_way_through_json(run in any_run()) {
        let lines = run.replay().expect("the run names only what it has").to_json_lines();
        let text = serde_json::to_string(&run).expect("a run is plain data");
        let again: Run = serde_json::from_str(&text).expect("it was written a line ago");
        prop_assert_eq!(&again, &run);
        prop_assert_eq!(again.replay().expect("it is the same").to_json_lines(), lines);
    }
}
