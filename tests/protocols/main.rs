//! Claims about the protocols: each keeps what its description promises, and loses what it admits.

#![cfg(not(target_arch = "wasm32"))]

mod async_leader;
mod convergence;
mod crdt;
mod dynamo;
mod epidemic;
mod network;
mod play;
mod siblings;

use partition_lab::sim::protocol::Body;
use partition_lab::sim::{Micros, NodeId, Protocol, protocol};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const C: NodeId = NodeId(2);
const D: NodeId = NodeId(3);

/// One way to set up each protocol that is held to claims here.
fn every_protocol() -> Vec<Protocol> {
    let retry = Micros::from_millis(50);
    vec![
        async_leader::setup(protocol::async_leader::Reads::Local),
        async_leader::setup(protocol::async_leader::Reads::Leader),
        dynamo::strict(3, 2, 2),
        dynamo::sloppy(2, 1, 2),
        epidemic::setup(),
        siblings::setup(),
        Protocol::Crdt(protocol::crdt::Setup { object: protocol::crdt::Object::Counter, retry }),
        Protocol::Crdt(protocol::crdt::Setup { object: protocol::crdt::Object::Set, retry }),
    ]
}

#[test]
fn a_message_takes_at_most_forty_bytes() {
    assert!(size_of::<Body>() <= 40, "{} bytes", size_of::<Body>());
}

#[test]
fn a_setup_survives_a_way_through_json_and_a_word_too_many_is_refused() {
    for protocol in every_protocol() {
        let text = serde_json::to_string(&protocol).expect("a setup is plain data");
        assert_eq!(serde_json::from_str::<Protocol>(&text).expect("it was written a line ago"), protocol);
        let longer = text.replacen(":{", r#":{"colour":"blue","#, 1);
        let error = serde_json::from_str::<Protocol>(&longer).expect_err("no protocol has a colour").to_string();
        assert!(error.contains("unknown field `colour`"), "{error}");
    }
}
