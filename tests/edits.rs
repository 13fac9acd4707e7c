//! What edits do to a diagram: step numbers, copies, names, homes.
#![cfg(not(target_arch = "wasm32"))]

use partition_lab::course::challenge;
use partition_lab::diagram::edit::Toward;
use partition_lab::diagram::role::Cast;
use partition_lab::diagram::{Diagram, Edit, Part, Point, mermaid};

fn after(diagram: &Diagram, edit: &Edit) -> String {
    mermaid::print_module(&diagram.edited(edit).0)
}

fn node(id: &str) -> Part {
    Part::Node(id.to_owned())
}

#[test]
fn removing_a_step_closes_the_gap_in_its_own_system_only() {
    let text = after(&challenge::template(), &Edit::Delete(vec![Part::Edge(1)]));
    assert!(text.contains("|2. Return Write Error|"), "{text}");
    assert!(text.contains("|2. HTTP 200 OK|"), "{text}");
}

#[test]
fn removing_one_of_two_concurrent_steps_leaves_no_gap_to_close() {
    let text = after(&challenge::template(), &Edit::Delete(vec![Part::Edge(4)]));
    assert_eq!(text.matches("|2. HTTP 200 OK|").count(), 2, "{text}");
}

#[test]
fn removing_a_node_closes_the_gaps_of_all_its_messages() {
    let text = after(&challenge::template(), &Edit::Delete(vec![node("NodeB_CP")]));
    assert!(text.contains("|2. Return Write Error|"), "{text}");
}

#[test]
fn making_room_for_a_step_shifts_it_and_what_follows() {
    let text = after(&challenge::template(), &Edit::InsertStep { edge: 1 });
    for label in ["|1. Write Request|", "|3. Replicate (FAIL)|", "|4. Return Write Error|", "|2. HTTP 200 OK|"] {
        assert!(text.contains(label), "{label} in {text}");
    }
}

#[test]
fn messages_that_change_places_change_numbers() {
    let text = after(&challenge::template(), &Edit::Reorder { edge: 2, toward: Toward::Earlier });
    let error = text.find("|2. Return Write Error|").expect(&text);
    let replication = text.find("|3. Replicate (FAIL)|").expect(&text);
    assert!(error < replication);
}

#[test]
fn a_label_written_for_the_portable_form_keeps_its_entity_when_it_is_renumbered() {
    let (diagram, _) = mermaid::parse("graph TD\nA -->|\"1#46; Ask\"| B\nB -->|\"2#46; Answer\"| A\n");
    let text = after(&diagram, &Edit::Delete(vec![Part::Edge(0)]));
    assert!(text.contains("\"1#46; Answer\""), "{text}");
}

#[test]
fn a_copy_has_ids_of_its_own_and_the_edges_between_its_nodes() {
    let template = challenge::template();
    let clip = template.excerpt(&[node("Client1"), node("NodeA_CP")]);
    let (pasted, selected) = template.edited(&Edit::Paste { clip, parent: Some("CP_System".into()) });
    assert_eq!(selected, [node("Client1_2"), node("NodeA_CP_2")]);
    assert_eq!(pasted.edges.len(), template.edges.len() + 2);
    assert!(
        mermaid::print_module(&pasted).contains("Client1_2[Client] -->|1. Write Request| NodeA_CP_2[Node A - Leader]")
    );
}

#[test]
fn a_copied_system_stands_beside_the_others_whole() {
    let template = challenge::template();
    let clip = template.excerpt(&[Part::Subgraph("AP_System".into())]);
    assert_eq!((clip.nodes.len(), clip.edges.len(), clip.subgraphs.len()), (4, 5, 1));
    let (pasted, _) = template.edited(&Edit::Paste { clip, parent: Some("CP_System".into()) });
    let copy = pasted.subgraph("AP_System_2").expect("it was pasted");
    assert_eq!(copy.parent, None);
    assert_eq!(pasted.nodes.iter().filter(|node| node.parent.as_deref() == Some("AP_System_2")).count(), 4);
}

#[test]
fn what_is_copied_is_a_text_that_can_be_pasted_back() {
    let clip = challenge::template().excerpt(&[Part::Edge(0)]);
    let (read, diagnostics) = mermaid::parse(&mermaid::print_module(&clip));
    assert!(diagnostics.is_empty());
    assert_eq!((read.nodes.len(), read.edges.len()), (2, 1));
}

#[test]
fn a_node_that_is_renamed_keeps_its_edges_its_place_and_what_it_says() {
    let at = Point { x: 200, y: 240 };
    let (placed, _) = challenge::template().edited(&Edit::Move(vec![("NodeA_CP".into(), at)]));
    let (renamed, selected) = placed.edited(&Edit::Rename { id: "NodeA_CP".into(), to: "virginia".into() });
    assert_eq!(selected, [node("virginia")]);
    assert_eq!(renamed.positions.get("virginia"), Some(&at));
    assert!(renamed.loose_end().is_none());
    assert!(mermaid::print_module(&renamed).contains("virginia[Node A - Leader]"));
}

#[test]
fn a_name_that_is_taken_or_that_mermaid_cannot_read_changes_nothing() {
    let template = challenge::template();
    for to in ["NodeB_CP", "AP_System", "", "end", "two words", "a-->b"] {
        let (same, _) = template.edited(&Edit::Rename { id: "NodeA_CP".into(), to: to.into() });
        assert_eq!(same, template, "{to}");
    }
}

#[test]
fn a_node_says_the_part_it_is_given() {
    let template = challenge::template();
    let says = |id: &str, cast| after(&template, &Edit::Cast { id: id.into(), cast });
    assert!(says("NodeB_CP", Cast::Leader).contains("NodeB_CP[Node B - Leader]"));
    assert!(says("NodeA_CP", Cast::Replica).contains("NodeA_CP[Node A]"));
    assert!(says("Client1", Cast::Follower).contains("Client1[Node - Follower]"));
}

#[test]
fn a_node_that_moves_to_another_system_takes_its_edges_out_of_the_old_one() {
    let (moved, _) =
        challenge::template().edited(&Edit::Rehome { id: "NodeB_CP".into(), parent: Some("AP_System".into()) });
    assert_eq!(moved.node("NodeB_CP").and_then(|node| node.parent.as_deref()), Some("AP_System"));
    assert_eq!(moved.edges.iter().find(|edge| edge.to == "NodeB_CP").map(|edge| edge.parent.clone()), Some(None));
    let (read, _) = mermaid::parse(&mermaid::print_module(&moved));
    assert_eq!(read.node("NodeB_CP").and_then(|node| node.parent.as_deref()), Some("AP_System"));
}
