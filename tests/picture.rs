//! Claims about pictures: what overlaps what, whatever is drawn.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::diagram::geometry::{Rect, Spot};
use partition_lab::diagram::measure::width;
use partition_lab::diagram::picture::{Arrangement, Frame, Picture, picture};
use partition_lab::diagram::{Diagram, Direction, Edge, Head, Label, Node, Point, Shape, Stroke, Subgraph, mermaid};
use proptest::prelude::*;

const TEMPLATE: &str = include_str!("golden/mermaid/module-7-template.mmd");
const SHOP: &str = include_str!("golden/mermaid/shop.mmd");
/// Eighty characters.
const LONG: &str = "Replicate the write to every follower and wait until a majority has acknowledged";

fn drawn(text: &str) -> Picture {
    let (diagram, problems) = mermaid::parse(text);
    assert!(!problems.iter().any(mermaid::Diagnostic::is_error), "{problems:?}");
    picture(&diagram, Arrangement::SideBySide)
}

fn centre(picture: &Picture, id: &str) -> Spot {
    picture.cards.iter().find(|card| card.id == id).expect("it is drawn").rect.centre()
}

fn whole(pixels: f64) -> i64 {
    format!("{pixels:.0}").parse().expect("a rounded number is a whole one")
}

fn tags(picture: &Picture) -> Vec<(usize, Rect)> {
    picture.arrows.iter().filter_map(|arrow| Some((arrow.edge, arrow.tag.as_ref()?.rect))).collect()
}

/// The labels that cover a node or another label.
fn covering(picture: &Picture) -> Vec<(usize, Rect)> {
    let tags = tags(picture);
    let covers = |(edge, rect): &(usize, Rect)| {
        picture.cards.iter().any(|card| card.rect.overlap(*rect) > 0.0)
            || tags.iter().any(|(other, tag)| other != edge && tag.overlap(*rect) > 0.0)
    };
    tags.iter().copied().filter(covers).collect()
}

/// What must be true of every picture nobody has laid out by hand.
fn assert_orderly(diagram: &Diagram, picture: &Picture) {
    assert!(covering(picture).is_empty(), "labels cover nodes or labels: {:?}", covering(picture));
    for (at, card) in picture.cards.iter().enumerate() {
        let over = picture.cards[at + 1..].iter().find(|other| card.rect.overlap(other.rect) > 0.0);
        assert_eq!(over.map(|other| &other.id), None, "a node covers {}", card.id);
    }
    let canvas = Rect { x: 0.0, y: 0.0, w: picture.size.0, h: picture.size.1 };
    let boxes = picture.cards.iter().map(|card| card.rect).chain(tags(picture).into_iter().map(|(_, rect)| rect));
    for rect in boxes.chain(picture.frames.iter().map(|frame| frame.rect)) {
        assert!(whole(canvas.overlap(rect)) >= whole(rect.w * rect.h) - 1, "{rect:?} leaves {canvas:?}");
    }
    for (at, frame) in picture.frames.iter().enumerate() {
        for (card, node) in picture.cards.iter().zip(&diagram.nodes) {
            let shared = whole(card.rect.overlap(frame.rect));
            let expected =
                if is_within(diagram, node.parent.as_deref(), &frame.id) { card.rect.w * card.rect.h } else { 0.0 };
            assert!((shared - whole(expected)).abs() <= 1, "{} and {}", card.id, frame.id);
        }
        for other in &picture.frames[at + 1..] {
            let is_inside =
                is_within(diagram, Some(&other.id), &frame.id) || is_within(diagram, Some(&frame.id), &other.id);
            assert!(is_inside || frame.rect.overlap(other.rect) <= 0.0, "{} covers {}", frame.id, other.id);
        }
        assert!(title_width(frame) <= frame.rect.w - 40.0, "the title leaves {frame:?}");
    }
}

fn title_width(frame: &Frame) -> f64 {
    width(&frame.shown.0, 13.5) * 1.06 + width(&frame.shown.1, 13.5)
}

fn is_within(diagram: &Diagram, parent: Option<&str>, id: &str) -> bool {
    let mut here = parent;
    while let Some(found) = here {
        if found == id {
            return true;
        }
        here = diagram.subgraph(found).and_then(|subgraph| subgraph.parent.as_deref());
    }
    false
}

/// How many places of an edge are on nodes that are not its ends.
fn runs_over(diagram: &Diagram, picture: &Picture, edge: usize) -> usize {
    let arrow = picture.arrows.iter().find(|arrow| arrow.edge == edge).expect("it is drawn");
    let (from, to) = (&diagram.edges[edge].from, &diagram.edges[edge].to);
    let others = picture.cards.iter().filter(|card| card.id != *from && card.id != *to);
    let places = || (0..=200).map(|at| arrow.curve.at(f64::from(at) / 200.0));
    others.map(|card| places().filter(|spot| card.rect.contains(*spot)).count()).sum()
}

#[test]
fn sixty_nodes_in_six_subgraphs_are_orderly_and_no_edge_runs_over_a_node() {
    let (diagram, problems) = mermaid::parse(SHOP);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(diagram.nodes.len(), 60);
    assert_eq!(diagram.subgraphs.iter().filter(|subgraph| subgraph.parent.is_none()).count(), 6);
    for arrangement in [Arrangement::SideBySide, Arrangement::Stacked] {
        let picture = picture(&diagram, arrangement);
        assert_orderly(&diagram, &picture);
    }
    let picture = picture(&diagram, Arrangement::SideBySide);
    let over = (0..diagram.edges.len()).find(|&edge| runs_over(&diagram, &picture, edge) > 0);
    assert_eq!(over.map(|edge| &diagram.edges[edge]), None);
}

#[test]
fn every_direction_flows_its_own_way() {
    for (word, x, y) in [("TD", 0, 1), ("TB", 0, 1), ("BT", 0, -1), ("LR", 1, 0), ("RL", -1, 0)] {
        let picture = drawn(&format!("flowchart {word}\na -->|first| b -->|second| c"));
        for (from, to) in [("a", "b"), ("b", "c")] {
            let (from, to) = (centre(&picture, from), centre(&picture, to));
            let way = (whole(to.x - from.x).signum(), whole(to.y - from.y).signum());
            assert_eq!(way, (x, y), "{word}");
        }
    }
}

#[test]
fn a_subgraph_flows_its_own_way_inside_one_that_flows_another() {
    let picture = drawn("flowchart TB\nsubgraph s\ndirection LR\na --> b\nend\nc --> a\nb --> d");
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|id| centre(&picture, id));
    assert!(whole(a.y - b.y) == 0 && a.x < b.x, "inside, to the right");
    assert!(c.y < a.y && b.y < d.y, "outside, down");
}

#[test]
fn a_chain_is_straight_and_a_tree_is_balanced() {
    let picture = drawn("graph TD\nr --> a\nr --> b\na --> a1\na --> a2\nb --> b1\nb --> b2\nb2 --> leaf");
    let x = |id: &str| whole(centre(&picture, id).x);
    assert_eq!(x("b2"), x("leaf"));
    for (parent, left, right) in [("a", "a1", "a2"), ("b", "b1", "b2"), ("r", "a", "b")] {
        assert!(
            (2 * x(parent) - x(left) - x(right)).abs() <= 2,
            "{parent} stands above the middle of what it leads to"
        );
    }
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    // Named in an order that would cross everything.
    let picture =
        drawn("graph TD\na & b & c & d\nw & x & y & z\na --> z\nb --> y\nc --> x\nd --> w\na --> y\nb --> x\nc --> w");
    let order = |ids: [&str; 4]| {
        let mut xs: Vec<(i64, &str)> = ids.map(|id| (whole(centre(&picture, id).x), id)).to_vec();
        xs.sort_unstable();
        xs.into_iter().map(|(_, id)| id).collect::<String>()
    };
    let pair = (order(["a", "b", "c", "d"]), order(["w", "x", "y", "z"]));
    assert!(
        pair == ("abcd".to_owned(), "zyxw".to_owned()) || pair == ("dcba".to_owned(), "wxyz".to_owned()),
        "{pair:?}"
    );
}

#[test]
fn an_edge_over_several_layers_goes_round_the_nodes_between() {
    let (diagram, _) = mermaid::parse("graph TD\na --> b --> c --> d --> e\na --> e\na -->|skips| d");
    let picture = picture(&diagram, Arrangement::SideBySide);
    for edge in 0..diagram.edges.len() {
        assert_eq!(runs_over(&diagram, &picture, edge), 0, "edge {edge}");
    }
}

#[test]
fn an_edge_bows_around_a_node_that_a_person_has_put_in_its_way() {
    let (mut diagram, _) = mermaid::parse("graph TD\nsubgraph CP\na\nb\nc\na --> c\nend");
    for (id, x) in [("a", 100), ("b", 300), ("c", 500)] {
        diagram.positions.insert(id.to_owned(), Point { x, y: 200 });
    }
    assert_eq!(runs_over(&diagram, &picture(&diagram, Arrangement::SideBySide), 0), 0);
}

#[test]
fn eight_parallel_edges_and_three_that_lead_back_all_have_their_labels() {
    let message = |at: u32| {
        let (from, to) = if at.is_multiple_of(2) { ("A", "B") } else { ("B", "A") };
        format!("{from} -->|{at}. message number {at}| {to}\n")
    };
    let turn = |at: u32| format!("A -->|turn {at} {LONG}| A\n");
    let edges: String = (0..8).map(message).chain((0..3).map(turn)).collect();
    let (diagram, _) = mermaid::parse(&format!("graph TD\nsubgraph CP_System\n{edges}end"));
    let picture = picture(&diagram, Arrangement::SideBySide);
    assert_orderly(&diagram, &picture);
    let middles: Vec<Spot> = picture.arrows.iter().map(|arrow| arrow.curve.at(0.5)).collect();
    for (at, middle) in middles.iter().enumerate() {
        assert!(middles[at + 1..].iter().all(|other| middle.distance(*other) > 20.0), "edge {at} runs on another");
    }
}

#[test]
fn eighty_characters_fit_on_a_node_an_edge_and_a_title() {
    let text = format!("graph TD\nsubgraph S [\"{LONG}\"]\na[\"{LONG}\"] -->|\"{LONG}\"| b{{\"{LONG}\"}}\nend");
    let (diagram, _) = mermaid::parse(&text);
    let picture = picture(&diagram, Arrangement::SideBySide);
    assert_orderly(&diagram, &picture);
    let frame = &picture.frames[0];
    assert!(frame.shown.0.ends_with('…') && frame.title.0 == LONG, "what is not shown is still known");
    for card in &picture.cards {
        assert_eq!(card.lines.join(" "), LONG);
    }
}

#[test]
fn a_shape_without_a_drawing_of_its_own_is_drawn_as_the_nearest_and_the_text_says_so() {
    let (diagram, problems) =
        mermaid::parse("flowchart TD\na@{ shape: disk }\nb@{ shape: hourglass }\nc@{ shape: hex }");
    let picture = picture(&diagram, Arrangement::SideBySide);
    let shapes: Vec<Shape> = picture.cards.iter().map(|card| card.shape).collect();
    assert_eq!(shapes, [Shape::Cylinder, Shape::Diamond, Shape::Hexagon]);
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("“disk”") && said[0].contains("a cylinder"), "{}", said[0]);
    assert!(said[1].contains("“hourglass”") && said[1].contains("a diamond"), "{}", said[1]);
}

#[test]
fn systems_keep_their_order_whichever_has_nodes_first() {
    let picture = drawn("graph TD\nsubgraph CP\nend\nsubgraph AP\na\nend");
    let ids: Vec<&str> = picture.frames.iter().map(|frame| frame.id.as_str()).collect();
    assert_eq!(ids, ["CP", "AP"]);
    assert!(picture.frames[0].rect.x < picture.frames[1].rect.x);
}

#[test]
fn a_node_in_no_subgraph_stays_where_it_is_put_beside_systems() {
    for text in ["graph TD\na\nb\nsubgraph S\nc\nend", "graph TD\na --> c\nb\nsubgraph S\nc\nend"] {
        let (diagram, _) = mermaid::parse(text);
        let before = picture(&diagram, Arrangement::SideBySide);
        let place = before.place_of(&diagram, "a").expect("it is drawn");
        let (placed, _) = diagram.edited(&partition_lab::diagram::Edit::Move(vec![("a".into(), place)]));
        let after = picture(&placed, Arrangement::SideBySide);
        assert_eq!(after.place_of(&placed, "a"), Some(place));
        assert!(centre(&before, "a").distance(centre(&after, "a")) < 1.0, "taking hold of it does not move it");
    }
}

#[test]
fn the_picture_of_the_template_is_the_one_that_was_drawn_with_care() {
    let picture = drawn(TEMPLATE);
    assert_eq!((whole(picture.size.0), whole(picture.size.1)), (988, 428));
    let place = |id: &str| (whole(centre(&picture, id).x), whole(centre(&picture, id).y));
    let expected = [("Client1", 146, 118), ("NodeA_CP", 146, 302), ("NodeB_CP", 362, 302), ("Client2", 626, 118)];
    for (id, x, y) in expected {
        assert_eq!(place(id), (x, y), "{id}");
    }
    let labels: Vec<(i64, i64)> =
        tags(&picture).iter().map(|(_, rect)| (whole(rect.centre().x), whole(rect.centre().y))).collect();
    assert_eq!(labels[..3], [(100, 189), (254, 364), (192, 226)]);
}

fn text_of_any_length() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        2 => Just(None),
        4 => "[a-z]{1,9}( [a-z]{1,9}){0,3}".prop_map(Some),
        1 => "[1-9]\\. [A-Z][a-z]{1,12} [a-z]{3,40}".prop_map(Some),
        1 => Just(Some(LONG.to_owned())),
    ]
}

/// Diagrams of systems with clients and nodes, nested subgraphs, parallel edges and edges that lead back.
fn any_diagram() -> impl Strategy<Value = Diagram> {
    let shape =
        proptest::sample::select(vec![Shape::Plain, Shape::Square, Shape::Diamond, Shape::Circle, Shape::Cylinder]);
    let node = (any::<bool>(), text_of_any_length(), shape, 0..5_usize);
    let stroke = proptest::sample::select(vec![Stroke::Normal, Stroke::Normal, Stroke::Dotted, Stroke::Thick]);
    let edge = (0..9_usize, 0..9_usize, text_of_any_length(), stroke);
    let direction =
        proptest::sample::select(vec![Direction::TD, Direction::LR, Direction::RL, Direction::BT, Direction::TD]);
    let boxes = proptest::collection::vec((text_of_any_length(), proptest::option::of(0..4_usize)), 0..4);
    let nodes = proptest::collection::vec(node, 1..9);
    let edges = proptest::collection::vec(edge, 0..12);
    (nodes, edges, boxes, direction, any::<bool>()).prop_map(|(nodes, edges, boxes, direction, is_lab)| {
        let name = |at: usize| format!("{}{at}", if is_lab { "CP" } else { "box" });
        let nodes: Vec<Node> = nodes
            .iter()
            .enumerate()
            .map(|(at, (is_client, text, shape, home))| Node {
                id: format!("{}{at}", if *is_client { "client" } else { "node" }),
                label: text.clone().map(|text| Label { raw: text, quoted: true }),
                shape: *shape,
                style: Vec::new(),
                classes: Vec::new(),
                parent: (*home < boxes.len()).then(|| name(*home)),
                alone: true,
            })
            .collect();
        let edges = edges.into_iter().map(|(from, to, text, stroke)| Edge {
            from: nodes[from % nodes.len()].id.clone(),
            to: nodes[to % nodes.len()].id.clone(),
            label: text.map(|text| Label { raw: text, quoted: true }),
            stroke,
            tail: Head::Open,
            head: Head::Point,
            length: 1,
            parent: None,
        });
        let subgraphs = boxes.iter().enumerate().map(|(at, (title, around))| Subgraph {
            id: name(at),
            title: title.clone().map(|text| Label { raw: text, quoted: true }),
            direction: None,
            parent: around.filter(|around| *around < at).map(name),
            style: Vec::new(),
            classes: Vec::new(),
        });
        Diagram { direction, edges: edges.collect(), subgraphs: subgraphs.collect(), nodes, ..Diagram::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drawn_nothing_covers_anything(diagram in any_diagram()) {
        for arrangement in [Arrangement::SideBySide, Arrangement::Stacked] {
            assert_orderly(&diagram, &picture(&diagram, arrangement));
        }
    }

    #[test]
    fn where_a_person_has_placed_the_nodes_a_label_covers_something_only_if_it_must(
        mut diagram in any_diagram(),
        places in proptest::collection::vec((60..800_i32, 60..600_i32), 9),
    ) {
        let first = diagram.subgraphs.first().map(|first| first.id.clone());
        for (node, (x, y)) in diagram.nodes.iter_mut().zip(places) {
            // What stands in no system may be put onto one.
            node.parent = node.parent.take().or_else(|| first.clone());
            diagram.positions.insert(node.id.clone(), Point { x, y });
        }
        let picture = picture(&diagram, Arrangement::SideBySide);
        // Those that cover a node: two labels may have to share a place that neither of them has alone.
        for (edge, rect) in tags(&picture) {
            if picture.cards.iter().all(|card| card.rect.overlap(rect) <= 0.0) {
                continue;
            }
            let home = picture.frames.iter().filter(|frame| frame.outermost).find(|frame| frame.rect.contains(rect.centre()));
            let Some(home) = home else { continue };
            let others: Vec<Rect> = tags(&picture).into_iter().filter(|(other, _)| *other != edge).map(|(_, rect)| rect).collect();
            let curve = picture.arrows.iter().find(|arrow| arrow.edge == edge).expect("it has a label").curve;
            let titles: Vec<Rect> = picture.frames.iter().map(|frame| Rect { h: 44.0, ..frame.rect }).collect();
            let is_free = |at: i32| {
                let free = Rect::around(curve.at(f64::from(at) / 20.0), rect.w, rect.h).grown(24.0);
                home.rect.grown(-60.0).overlap(free) >= free.w * free.h - 1.0
                    && picture.cards.iter().all(|card| card.rect.overlap(free) <= 0.0)
                    && others.iter().all(|other| other.overlap(free) <= 0.0)
                    && titles.iter().all(|title| title.overlap(free) <= 0.0)
                    && picture.arrows.iter().all(|arrow| arrow.curve.at(0.5).distance(free.centre()) > 100.0)
            };
            prop_assert!(!(2..=18).any(is_free), "label {edge} covers a node, though there is room on its edge");
        }
    }
}
