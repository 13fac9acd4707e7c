//! Claims about drawings: what a run draws, what edits do, and that the picture is one a person can read.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::course::{Walk, challenge};
use partition_lab::diagram::geometry::{Rect, Spot};
use partition_lab::diagram::picture::{Arrangement, Picture, picture, relative};
use partition_lab::diagram::role::Role;
use partition_lab::diagram::space_time::{Fate, space_time};
use partition_lab::diagram::{Diagram, Edit, History, Part, Point, Stroke, mermaid};
use proptest::prelude::*;

mod random_edits;
use random_edits::any_edit;

const TEMPLATE: &str = include_str!("golden/mermaid/module-7-template.mmd");
const FALLACIES: &str = include_str!("golden/mermaid/module-7-fallacies.mmd");

#[test]
fn the_challenge_runs_drawn_are_the_modules_template_to_the_letter() {
    assert_eq!(mermaid::print_module(&challenge::drawn()), TEMPLATE);
}

/// The canvas reads the template from a text of its own, so that it need not carry a world.
#[test]
fn the_template_that_the_canvas_opens_is_what_the_runs_draw() {
    assert_eq!(challenge::TEMPLATE, TEMPLATE);
    assert_eq!(challenge::template(), challenge::drawn());
}

#[test]
fn the_blank_canvas_has_both_systems_and_nothing_in_them() {
    let blank = challenge::blank();
    let ids: Vec<&str> = blank.subgraphs.iter().map(|subgraph| subgraph.id.as_str()).collect();
    assert_eq!((ids, blank.nodes.len(), blank.edges.len()), (vec!["CP_System", "AP_System"], 0, 0));
}

/// The CP half, edit by edit, as a learner would draw it.
#[test]
fn drawing_the_cp_half_by_hand_gives_its_part_of_the_template() {
    let cp = Some("CP_System".to_owned());
    let node = |id: &str| Part::Node(id.to_owned());
    let style = |fill: &str| [fill, "stroke:#333", "stroke-width:2px"].map(str::to_owned).to_vec();
    let connect = |from: &str, to: &str, stroke| Edit::Connect { from: from.into(), to: to.into(), stroke };
    let label = |part, text: &str| Edit::Relabel { part, text: text.into() };
    let edits = [
        Edit::Add { role: Role::Client, parent: cp.clone(), at: None },
        Edit::Add { role: Role::Replica, parent: cp.clone(), at: None },
        Edit::Add { role: Role::Replica, parent: cp, at: None },
        label(node("NodeA_CP"), "Node A - Leader"),
        label(node("NodeB_CP"), "Node B - Follower"),
        Edit::Restyle { id: "NodeA_CP".into(), style: style("fill:#f9f") },
        Edit::Restyle { id: "NodeB_CP".into(), style: style("fill:#9f9") },
        connect("Client1", "NodeA_CP", Stroke::Normal),
        label(Part::Edge(0), "1. Write Request"),
        connect("NodeA_CP", "NodeB_CP", Stroke::Dotted),
        label(Part::Edge(1), "2. Replicate (FAIL)"),
        connect("NodeA_CP", "Client1", Stroke::Normal),
        label(Part::Edge(2), "3. Return Write Error"),
    ];
    let drawn = edits.iter().fold(challenge::blank(), |diagram, edit| diagram.edited(edit).0);
    let half = |text: &str| text.split("subgraph AP_System").next().map(str::to_owned);
    assert_eq!(half(&mermaid::print_module(&drawn)), half(TEMPLATE));
}

#[test]
fn deleting_a_node_takes_its_edges_and_leaves_every_other_label() {
    let (left, _) = challenge::template().edited(&Edit::Delete(vec![Part::Node("NodeA_AP".into())]));
    assert_eq!(left.edges.len(), 5);
    assert!(mermaid::print_module(&left).contains("NodeB_AP[Node B - Local Write]"));
}

#[test]
fn the_next_step_follows_all_that_its_sender_has_seen() {
    let template = challenge::template();
    assert_eq!(template.next_number("NodeA_CP"), 4);
    assert_eq!(template.next_number("NodeB_CP"), 3);
    assert_eq!(template.next_number("NodeB_AP"), 3);
    assert_eq!(template.next_number("a node that has seen nothing"), 1);
}

#[test]
fn no_label_of_the_template_covers_a_node_another_label_or_the_edge_of_its_frame() {
    for arrangement in [Arrangement::SideBySide, Arrangement::Stacked] {
        assert_readable(&picture(&challenge::template(), arrangement));
    }
}

#[test]
fn clients_stand_above_nodes_whoever_answers_whom() {
    let connect = Edit::Connect { from: "NodeB_CP".into(), to: "Client1".into(), stroke: Stroke::Normal };
    let (answered, _) = challenge::template().edited(&connect);
    let picture = picture(&answered, Arrangement::SideBySide);
    let y = |id: &str| picture.cards.iter().find(|card| card.id == id).expect("it is drawn").rect.centre().y;
    assert!(y("Client1") < y("NodeA_CP"));
    assert_eq!(whole(y("NodeA_CP")), whole(y("NodeB_CP")));
}

#[test]
fn the_fallacies_stand_in_three_rows_without_touching() {
    let (diagram, _) = mermaid::parse(FALLACIES);
    let picture = picture(&diagram, Arrangement::SideBySide);
    let mut rows: Vec<i64> = picture.cards.iter().map(|card| whole(card.rect.centre().y)).collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), 3);
    for (at, card) in picture.cards.iter().enumerate() {
        assert!(picture.cards[at + 1..].iter().all(|other| card.rect.overlap(other.rect) == 0.0), "{}", card.id);
    }
}

#[test]
fn a_node_stays_where_it_was_put_whatever_the_arrangement() {
    let to = Point { x: 320, y: 200 };
    let (moved, _) = challenge::template().edited(&Edit::Move(vec![("NodeB_AP".into(), to)]));
    for arrangement in [Arrangement::SideBySide, Arrangement::Stacked] {
        let picture = picture(&moved, arrangement);
        let centre = picture.cards.iter().find(|card| card.id == "NodeB_AP").expect("it is drawn").rect.centre();
        assert_eq!(relative(&moved, &picture, Some("AP_System"), centre), to);
    }
}

#[test]
fn what_is_under_the_pointer_is_found() {
    let template = challenge::template();
    let picture = picture(&template, Arrangement::SideBySide);
    let centre = picture.cards[0].rect.centre();
    assert_eq!(picture.hit(centre), Some(Part::Node("Client1".into())));
    let tag = picture.arrows[1].tag.as_ref().expect("it has a label").rect.centre();
    assert_eq!(picture.hit(tag), Some(Part::Edge(1)));
    assert_eq!(picture.hit(Spot { x: -5.0, y: -5.0 }), None);
    let frame = &picture.frames[1];
    assert_eq!(picture.frame_at(frame.rect.centre()).map(|frame| frame.id.as_str()), Some("AP_System"));
}

#[test]
fn a_message_that_will_be_lost_looks_like_any_other_until_it_is() {
    let walk = Walk::gilbert_lynch().expect("the scenarios name only what they have");
    let side = &walk.sides[1];
    let fates = |until: u32| -> Vec<Fate> {
        let shown = space_time(side.scenario(), side.trace(), &side.rows, until, &[]);
        shown.slants.iter().filter(|slant| slant.words == "copy of v1").map(|slant| slant.fate).collect()
    };
    assert_eq!((fates(1), fates(2), fates(3)), (vec![], vec![Fate::UnderWay], vec![Fate::UnderWay]));
    assert_eq!(fates(4), [Fate::Lost(4)]);
}

fn whole(length: f64) -> i64 {
    format!("{length:.0}").parse().expect("a rounded number is a whole one")
}

fn trimmed(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn assert_readable(picture: &Picture) {
    let tags: Vec<(usize, Rect)> =
        picture.arrows.iter().filter_map(|arrow| Some((arrow.edge, arrow.tag.as_ref()?.rect))).collect();
    for (at, (edge, rect)) in tags.iter().enumerate() {
        assert!(picture.cards.iter().all(|card| card.rect.overlap(*rect) == 0.0), "label {edge} covers a node");
        assert!(tags[at + 1..].iter().all(|(_, other)| other.overlap(*rect) == 0.0), "label {edge} covers a label");
        let frame = picture.frames.iter().find(|frame| frame.rect.contains(rect.centre())).expect("it is in a system");
        assert!(whole(frame.rect.overlap(*rect)) == whole(rect.w * rect.h), "label {edge} leaves its frame");
    }
}

proptest! {
    #[test]
    fn undo_and_redo_walk_through_every_state(edits in proptest::collection::vec(any_edit(), 1..24)) {
        let mut history = History::new(challenge::blank());
        let mut states = vec![history.present().clone()];
        for edit in &edits {
            let next = history.present().edited(edit).0;
            if next != *history.present() {
                states.push(next.clone());
                history.go_on(next, None);
            }
        }
        for state in states.iter().rev() {
            prop_assert_eq!(history.present(), state);
            history.undo();
        }
        for state in &states {
            prop_assert_eq!(history.present(), state);
            history.redo();
        }
    }

    #[test]
    fn whatever_is_drawn_can_be_printed_read_and_pictured(edits in proptest::collection::vec(any_edit(), 1..24)) {
        let drawn = edits.iter().fold(challenge::blank(), |diagram, edit| diagram.edited(edit).0);
        for text in [mermaid::print_module(&drawn), mermaid::print_portable(&drawn)] {
            let (read, diagnostics) = mermaid::parse(&text);
            prop_assert!(!diagnostics.iter().any(mermaid::Diagnostic::is_error), "{}\n{:?}", text, diagnostics);
            prop_assert_eq!(read.edges.len(), drawn.edges.len());
            // A browser shows blanks at the ends of lines as nothing, and the Portable form does not write them.
            let shown = |diagram: &Diagram| {
                let mut all: Vec<String> = diagram.nodes.iter().map(|node| trimmed(&node.visible())).collect();
                all.sort();
                all
            };
            prop_assert_eq!(shown(&read), shown(&drawn));
        }
        for arrangement in [Arrangement::SideBySide, Arrangement::Stacked] {
            let picture = picture(&drawn, arrangement);
            prop_assert_eq!(picture.cards.len(), drawn.nodes.len());
            prop_assert!(picture.cards.iter().all(|card| card.rect.x.is_finite() && card.rect.y.is_finite()));
        }
    }
}
