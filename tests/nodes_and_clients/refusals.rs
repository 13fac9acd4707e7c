//! Scenarios that are refused, each in a sentence.

use partition_lab::sim::client::Workload;
use partition_lab::sim::netem::Percent;
use partition_lab::sim::node::Clock;
use partition_lab::sim::protocol::{abd, async_leader, crdt, dynamo, epidemic, local_first, raft, siblings};
use partition_lab::sim::{Action, Micros, NodeId, Operation, Protocol, Run, Scenario, Value, World};

use crate::play::{A, ask, at, every_protocol, local_first, ms, quorum, scenario, write};

const NEVER: Micros = Micros(0);

fn refusal(scenario: &Scenario) -> String {
    let sentence = scenario.check().expect_err("it cannot work").to_string();
    assert_eq!(Run::of(scenario.clone()).replay().expect_err("nor be run").to_string(), sentence);
    sentence
}

fn of(protocol: Protocol) -> String {
    refusal(&scenario(3, protocol, Vec::new()))
}

#[test]
fn every_protocol_as_it_is_set_up_in_these_tests_is_accepted() {
    for protocol in every_protocol() {
        assert_eq!(scenario(3, protocol, Vec::new()).check(), Ok(()), "{protocol:?}");
    }
}

#[test]
fn a_timer_that_is_set_again_and_again_must_take_time() {
    let (timeout, retry) = (ms(100), NEVER);
    let (reads, stamps) = (local_first::Reads::Local, local_first::Stamps::Lamport);
    let object = crdt::Object::Counter;
    for protocol in [
        Protocol::LocalFirst(local_first::Setup { reads, retry, stamps }),
        Protocol::Abd(abd::Setup { timeout, retry }),
        Protocol::AsyncLeader(async_leader::Setup { leader: A, reads: async_leader::Reads::Local, timeout, retry }),
        Protocol::Siblings(siblings::Setup { retry }),
        Protocol::Crdt(crdt::Setup { object, retry }),
    ] {
        assert_eq!(of(protocol), "`retry` must be longer than 0");
    }
    assert_eq!(of(Protocol::Epidemic(epidemic::Setup { gossip: NEVER })), "`gossip` must be longer than 0");
    assert_eq!(of(dynamo(|setup| setup.timeout = NEVER)), "`timeout` must be longer than 0");
    assert_eq!(of(dynamo(|setup| setup.anti_entropy = Some(NEVER))), "`anti_entropy` must be longer than 0");
    assert_eq!(of(raft((ms(150), ms(300)), NEVER)), "`heartbeat` must be longer than 0");
}

fn dynamo(change: impl Fn(&mut dynamo::Setup)) -> Protocol {
    let mut setup = dynamo::Setup {
        n: 3,
        r: 2,
        w: 2,
        timeout: ms(100),
        hinted_handoff: dynamo::Switch::Off,
        read_repair: dynamo::Switch::Off,
        anti_entropy: None,
        stamps: local_first::Stamps::Lamport,
    };
    change(&mut setup);
    Protocol::Dynamo(setup)
}

fn raft(election: (Micros, Micros), heartbeat: Micros) -> Protocol {
    Protocol::Raft(raft::Setup { election, heartbeat, timeout: ms(100) })
}

#[test]
fn the_bounds_of_an_election_timeout_are_in_order_and_not_zero() {
    for election in [(NEVER, NEVER), (NEVER, ms(5)), (ms(6), ms(5))] {
        let sentence = "`election` must be a time longer than 0, then one that is no shorter";
        assert_eq!(of(raft(election, ms(5))), sentence);
    }
    assert_eq!(scenario(3, raft((ms(5), ms(5)), ms(1)), Vec::new()).check(), Ok(()));
}

#[test]
fn quorums_are_from_one_to_n_and_n_is_at_most_the_number_of_nodes() {
    for n in [0, 4, 255] {
        assert_eq!(of(dynamo(|setup| setup.n = n)), "`n` must be from 1 to the number of nodes");
    }
    for count in [0, 4] {
        assert_eq!(of(dynamo(|setup| setup.r = count)), "`r` must be from 1 to n");
        assert_eq!(of(dynamo(|setup| setup.w = count)), "`w` must be from 1 to n");
    }
    assert_eq!(scenario(3, dynamo(|setup| (setup.r, setup.w) = (1, 3)), Vec::new()).check(), Ok(()));
}

#[test]
fn sets_and_siblings_hold_small_values_only() {
    let siblings = Protocol::Siblings(siblings::Setup { retry: ms(50) });
    let set = Protocol::Crdt(crdt::Setup { object: crdt::Object::Set, retry: ms(50) });
    let sentence = "v64 is too large here: these nodes keep values up to v63";
    for protocol in [siblings, set] {
        let mut large = scenario(3, protocol, Vec::new());
        large.initial = Value(64);
        assert_eq!(refusal(&large), sentence);
        large.initial = Value(63);
        assert_eq!(large.check(), Ok(()));
    }
    assert_eq!(refusal(&scenario(3, siblings, vec![ask(0, A, write(64))])), sentence);
    assert_eq!(refusal(&scenario(3, set, vec![ask(0, A, Operation::Insert(Value(64)))])), sentence);
    assert_eq!(refusal(&scenario(3, set, vec![ask(0, A, Operation::Remove(Value(64)))])), sentence);
    let mut register = scenario(3, local_first(), vec![ask(0, A, write(64))]);
    register.initial = Value(1_000_000);
    assert_eq!(register.check(), Ok(()));
}

#[test]
fn a_random_workload_asks_once_to_a_million_times_a_second() {
    for per_second in [0, 1_000_001] {
        let mut scenario = scenario(1, local_first(), Vec::new());
        scenario.clients[0].workload = Workload::Random { per_second, reads: Percent::ALL, count: 1 };
        assert_eq!(refusal(&scenario), "`per_second` must be from 1 to 1000000");
    }
}

#[test]
fn all_nodes_follow_the_same_protocol_though_each_may_have_a_setup_of_its_own() {
    let mut mixed = scenario(2, local_first(), Vec::new());
    mixed.nodes[1].protocol = quorum();
    assert_eq!(refusal(&mixed), "`protocol` must be the same at every node");
    let crdt = |object| Protocol::Crdt(crdt::Setup { object, retry: ms(50) });
    mixed.nodes[0].protocol = crdt(crdt::Object::Counter);
    mixed.nodes[1].protocol = crdt(crdt::Object::Set);
    assert_eq!(refusal(&mixed), "`protocol` must be the same at every node");
    mixed.nodes[1].protocol = Protocol::Crdt(crdt::Setup { object: crdt::Object::Counter, retry: ms(70) });
    assert_eq!(mixed.check(), Ok(()));
}

#[test]
fn a_clock_is_not_too_wrong_neither_at_first_nor_later() {
    let sentence = "the clock of node A drifts by 500001 microseconds a second; it may drift by 500000 at most";
    let fast = Clock { offset: 0, drift: 500_001 };
    let mut scenario = scenario(1, local_first(), vec![at(0, Action::SetClock(A, fast))]);
    assert_eq!(refusal(&scenario), sentence);
    scenario.script.clear();
    let mut world: World = World::start(&scenario, 0).expect("it names only what it has");
    for drift in [i32::MIN, i32::MAX] {
        let action = Action::SetClock(A, Clock { offset: 0, drift });
        assert!(world.act(Micros(0), &action, &mut Vec::new()).is_err());
        scenario.nodes[0].clock.drift = drift;
        assert!(scenario.check().is_err());
    }
}

#[test]
fn a_link_or_a_node_that_is_not_there_is_named() {
    let script = vec![at(0, Action::Hold(vec![(A, NodeId(4))]))];
    assert_eq!(
        refusal(&scenario(2, local_first(), script)),
        "there is no node E: the scenario has 2 nodes, lettered from A"
    );
}

#[test]
fn a_message_without_a_byte_takes_no_time_at_any_rate() {
    use partition_lab::sim::netem::Options;
    use partition_lab::sim::scenario::LinkSpec;
    let mut scenario = scenario(2, local_first(), vec![ask(0, A, write(1))]);
    let options = Options { rate: Some(1), ..Options::default() };
    scenario.links = vec![LinkSpec { from: A, to: NodeId(1), options }];
    scenario.message_bytes = 0;
    assert_eq!(crate::play::contents(&scenario, &crate::play::replay(&scenario)), [crate::play::held(1); 2]);
}
