//! Raft's rules one by one, on a network driven by hand.

use partition_lab::sim::protocol::raft::{Message, Role, Term};
use partition_lab::sim::protocol::{Replica as _, Timer};
use partition_lab::sim::{Answer, Content, NodeId, Operation, Outcome, Refusal, RequestId, Value};

use crate::network::{Letter, Network};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const C: NodeId = NodeId(2);

const WRITTEN: Option<Outcome> = Some(Outcome::Answered(Answer::Written));

/// Three nodes that A leads, with nothing under way.
fn led_by_a() -> Network {
    let mut network = Network::of(3);
    network.time_out(A, Timer::Election);
    network.flow();
    assert_eq!(network.leader(), Some(A));
    network
}

fn write(value: u32) -> Operation {
    Operation::Write(Value(value))
}

/// The terms of a node's entries.
fn terms(network: &Network, node: NodeId) -> Vec<u32> {
    network.nodes[node.index()].log().entries().iter().map(|entry| entry.term.0).collect()
}

#[test]
fn a_message_is_small() {
    assert!(size_of::<Message>() <= 48, "{}", size_of::<Message>());
}

#[test]
fn a_node_votes_once_per_term_even_if_it_crashes_in_between() {
    let mut network = Network::of(3);
    network.time_out(A, Timer::Election);
    network.time_out(B, Timer::Election);
    network.talk(A, C);
    network.crash(C);
    network.talk(B, C);
    assert_eq!(network.leader(), Some(A));
    assert!(matches!(network.nodes[B.index()].role(), Role::Candidate(_)));
}

#[test]
fn a_candidate_whose_log_lacks_a_committed_entry_is_not_elected() {
    let mut network = led_by_a();
    network.split(0b100);
    let request = network.ask(A, write(1));
    network.talk(A, B);
    assert_eq!(network.outcome(request), WRITTEN);
    network.split(0);
    network.time_out(C, Timer::Election);
    network.flow();
    assert_eq!(network.leader(), None, "A follows in C's term, and nobody voted for C");
    network.time_out(B, Timer::Election);
    network.flow();
    assert_eq!(network.leader(), Some(B));
}

/// A node stands until it leads with that one's vote. What it sends the third is lost.
fn elect(network: &mut Network, candidate: NodeId, voter: NodeId) {
    while !matches!(network.nodes[candidate.index()].role(), Role::Leader(_)) {
        network.wire.clear();
        network.time_out(candidate, Timer::Election);
        network.wire.retain(|letter| letter.to == voter);
        network.deliver(0);
        network.deliver(0);
    }
    network.wire.retain(|letter| letter.to == voter);
}

#[test]
fn an_entry_of_an_earlier_term_is_not_committed_by_counting_its_copies() {
    let mut network = Network::of(3);
    // A leads and C leads; neither gets its entry to anybody else.
    elect(&mut network, A, B);
    elect(&mut network, C, B);
    network.crash(A);
    // A leads again. B takes its old entry, a majority has it now, and nothing later arrives.
    elect(&mut network, A, B);
    for _ in ["append", "reject", "append", "accept"] {
        network.deliver(0);
    }
    assert_eq!((terms(&network, A), terms(&network, B), terms(&network, C)), (vec![1, 3], vec![1], vec![2]));
    assert_eq!(network.nodes[A.index()].committed(), 0);
    // C leads again, since its entry is of a later term, and overwrites it.
    network.crash(C);
    elect(&mut network, C, B);
    network.talk(C, B);
    assert_eq!(terms(&network, B), [2, 4]);
    assert_eq!(network.nodes[C.index()].committed(), 2);
    network.calm();
    network.conclude();
}

#[test]
fn a_follower_that_misses_an_entry_takes_none_that_comes_after_it() {
    let mut network = led_by_a();
    network.ask(A, write(1));
    network.wire.clear();
    let lost = network.nodes[A.index()].log().last();
    network.ask(A, write(2));
    let message = Message::Append { term: Term(1), previous: lost, entry: network.nodes[0].log().at(3), commit: 1 };
    network.wire = [Letter { from: A, to: B, message }].into();
    network.deliver(0);
    assert_eq!(terms(&network, B), [1]);
    network.calm();
    assert_eq!(terms(&network, B), [1, 1, 1]);
}

#[test]
fn a_vote_of_an_earlier_candidacy_does_not_count() {
    let mut network = Network::of(3);
    network.time_out(A, Timer::Election);
    let to_b = network.wire.iter().position(|letter| letter.to == B).expect("A asks B");
    network.deliver(to_b);
    network.time_out(A, Timer::Election);
    network.wire.retain(|letter| letter.from == B);
    network.flow();
    assert!(matches!(network.nodes[A.index()].role(), Role::Candidate(_)));
}

#[test]
fn a_candidate_of_an_earlier_term_is_told_the_term() {
    let mut network = Network::of(3);
    elect(&mut network, A, C);
    network.calm();
    // B has not voted in this term.
    let message = Message::AskVote(Term(0), network.nodes[A.index()].log().last());
    network.wire = [Letter { from: C, to: B, message }].into();
    network.deliver(0);
    assert_eq!(network.wire, [Letter { from: B, to: C, message: Message::Deny(Term(1)) }]);
}

#[test]
fn an_acceptance_of_an_earlier_term_does_not_count() {
    let mut network = led_by_a();
    network.crash(A);
    elect(&mut network, A, B);
    let index = network.nodes[A.index()].log().last().index;
    for (term, committed) in [(1, 0), (2, index)] {
        network.wire = [Letter { from: B, to: A, message: Message::Accept(Term(term), index) }].into();
        network.deliver(0);
        assert_eq!(network.nodes[A.index()].committed(), committed, "accepted in term {term}");
    }
}

#[test]
fn a_follower_commits_no_further_than_its_log_is_known_to_be_the_leaders() {
    let mut network = led_by_a();
    network.ask(A, write(1));
    let to_b = network.wire.iter().position(|letter| letter.to == B).expect("A sends B the write");
    network.deliver(to_b);
    // B's second entry may not be that of C, which leads in term 2 and has committed two.
    let previous = network.nodes[B.index()].log().position(1);
    let message = Message::Append { term: Term(2), previous, entry: None, commit: 2 };
    network.wire = [Letter { from: C, to: B, message }].into();
    network.deliver(0);
    assert_eq!((terms(&network, B).len(), network.nodes[B.index()].committed()), (2, 1));
}

#[test]
fn a_repeated_rejection_is_obeyed_once() {
    let mut network = led_by_a();
    network.split(0b100);
    network.ask(A, write(1));
    network.talk(A, B);
    network.split(0);
    network.crash(A);
    elect(&mut network, A, C);
    network.deliver(0);
    let rejection = network.wire[0];
    assert!(matches!(rejection.message, Message::Reject { .. }), "C lacks the write");
    network.wire.push_back(rejection);
    network.deliver(0);
    network.deliver(0);
    assert_eq!(network.wire.len(), 1, "the write is sent once");
    network.calm();
}

#[test]
fn a_repeated_request_is_appended_once_and_answered_each_time() {
    let mut network = led_by_a();
    let request = network.ask(B, Operation::Cas(Value(0), Value(1)));
    let forward = network.wire[0];
    assert_eq!(
        forward,
        Letter { from: B, to: A, message: Message::Forward(RequestId(0), Operation::Cas(Value(0), Value(1))) }
    );
    network.wire.push_back(forward);
    network.flow();
    assert_eq!((terms(&network, A).len(), network.outcome(request)), (2, WRITTEN));
    network.wire.push_back(forward);
    network.deliver(0);
    assert_eq!(terms(&network, A).len(), 2);
    let told = Message::Result(request, Outcome::Answered(Answer::Written));
    assert_eq!(network.wire, [Letter { from: A, to: B, message: told }]);
}

#[test]
fn a_request_at_a_node_that_knows_no_leader_is_refused() {
    let mut network = Network::of(3);
    let request = network.ask(B, write(1));
    assert_eq!(network.outcome(request), Some(Outcome::Refused(Refusal::NoLeader)));
}

#[test]
fn a_counter_is_not_what_it_keeps() {
    let mut network = led_by_a();
    let request = network.ask(A, Operation::Add(1));
    assert_eq!(network.outcome(request), Some(Outcome::Refused(Refusal::Unsupported)));
}

#[test]
fn a_swap_goes_through_the_log_and_says_whether_the_value_differed() {
    let mut network = led_by_a();
    let swap = network.ask(C, Operation::Cas(Value(0), Value(1)));
    network.flow();
    let again = network.ask(B, Operation::Cas(Value(0), Value(2)));
    network.flow();
    assert_eq!(network.outcome(swap), WRITTEN);
    assert_eq!(network.outcome(again), Some(Outcome::Answered(Answer::Differs)));
}

#[test]
fn a_request_out_of_time_is_refused_if_it_reads_and_unknown_if_it_writes_and_may_be_committed_yet() {
    let mut network = led_by_a();
    let (wrote, read) = (network.ask(A, write(1)), network.ask(B, Operation::Read));
    network.time_out(A, Timer::GiveUp(wrote));
    network.time_out(B, Timer::GiveUp(read));
    assert_eq!(network.outcome(wrote), Some(Outcome::Unknown));
    assert_eq!(network.outcome(read), Some(Outcome::Refused(Refusal::QuorumLoss)));
    network.calm();
    assert_eq!(network.nodes[B.index()].content(), Content::Value(Value(1)));
    network.conclude();
}

#[test]
fn a_crash_leaves_term_vote_and_log_and_the_value_returns_with_the_commit_index() {
    let mut network = led_by_a();
    network.ask(A, write(1));
    network.calm();
    let before = network.nodes[B.index()].clone();
    network.crash(B);
    let after = &network.nodes[B.index()];
    assert_eq!((after.term(), after.log(), after.committed()), (before.term(), before.log(), 0));
    assert_eq!(after.content(), Content::Value(Value(0)));
    network.calm();
    assert_eq!(network.nodes[B.index()], before);
}

#[test]
fn a_node_alone_is_a_majority() {
    let mut network = Network::of(1);
    network.time_out(A, Timer::Election);
    let request = network.ask(A, write(1));
    assert_eq!(network.outcome(request), WRITTEN);
}
