//! Edits as a person makes them, for laws about whatever is drawn.

use partition_lab::course::challenge;
use partition_lab::diagram::edit::Toward;
use partition_lab::diagram::role::{Cast, Role};
use partition_lab::diagram::{Edit, Part, Point, Shape, Stroke};
use proptest::prelude::*;

fn any_id() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["Client1", "Client2", "NodeA_CP", "NodeB_CP", "NodeA_AP", "NodeB_AP", "Nobody"])
        .prop_map(str::to_owned)
}

fn any_part() -> impl Strategy<Value = Part> {
    prop_oneof![any_id().prop_map(Part::Node), (0..6_usize).prop_map(Part::Edge)]
}

fn home() -> impl Strategy<Value = Option<String>> {
    proptest::sample::select(vec![Some("CP_System".to_owned()), Some("AP_System".to_owned()), None])
}

/// Any edit, also of parts that are not there.
pub fn any_edit() -> impl Strategy<Value = Edit> {
    let role = proptest::sample::select(vec![Role::Client, Role::Replica]);
    let stroke = || proptest::sample::select(vec![Stroke::Normal, Stroke::Dotted]);
    let text = prop_oneof![
        ".{0,24}",
        Just("1. Write 'v1' (FAIL)".to_owned()),
        Just("end".to_owned()),
        Just("a]b|c\"d#46;".to_owned())
    ];
    let place = (-50..900_i32, -50..900_i32).prop_map(|(x, y)| Point { x, y });
    let shape =
        proptest::sample::select(vec![Shape::Square, Shape::Round, Shape::Cylinder, Shape::Diamond, Shape::Circle]);
    let toward = proptest::sample::select(vec![Toward::Earlier, Toward::Later]);
    prop_oneof![
        4 => (role, home(), proptest::option::of(place.clone())).prop_map(|(role, parent, at)| Edit::Add { role, parent, at }),
        4 => (any_id(), any_id(), stroke()).prop_map(|(from, to, stroke)| Edit::Connect { from, to, stroke }),
        3 => (any_part(), text).prop_map(|(part, text)| Edit::Relabel { part, text }),
        2 => proptest::collection::vec((any_id(), place), 1..4).prop_map(Edit::Move),
        1 => (any_id(), shape).prop_map(|(id, shape)| Edit::Reshape { id, shape }),
        1 => ((0..6_usize), stroke()).prop_map(|(edge, stroke)| Edit::Restroke { edge, stroke }),
        1 => (0..6_usize).prop_map(|edge| Edit::Reverse { edge }),
        1 => ((0..6_usize), toward).prop_map(|(edge, toward)| Edit::Reorder { edge, toward }),
        1 => proptest::collection::vec(any_part(), 1..4).prop_map(Edit::Delete),
        1 => Just(Edit::Tidy),
        1 => Just(Edit::AddSystem),
        1 => ((0..6_usize), any_id(), any_id()).prop_map(|(edge, from, to)| Edit::Reconnect { edge, from, to }),
        1 => (any_id(), home()).prop_map(|(id, parent)| Edit::Rehome { id, parent }),
        1 => (any_id(), proptest::sample::select(Cast::ALL.to_vec())).prop_map(|(id, cast)| Edit::Cast { id, cast }),
        1 => (any_id(), any_id()).prop_map(|(id, to)| Edit::Rename { id, to }),
        1 => (0..6_usize).prop_map(|edge| Edit::InsertStep { edge }),
        1 => home().prop_map(|parent| Edit::Paste { clip: challenge::template(), parent }),
    ]
}
