//! What must hold for every text and every diagram, tried on thousands of hostile ones.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::{parse, print_module, print_portable, shape, side_by_side, text, tidy};
use crate::diagram::{ClassDef, Diagram, Direction, Edge, Head, Keyword, Label, Node, Shape, Stroke, Subgraph};

const SHAPES: [Shape; 15] = [
    Shape::Square,
    Shape::Round,
    Shape::Stadium,
    Shape::Subroutine,
    Shape::Cylinder,
    Shape::Circle,
    Shape::Doublecircle,
    Shape::Ellipse,
    Shape::Odd,
    Shape::Diamond,
    Shape::Hexagon,
    Shape::LeanRight,
    Shape::LeanLeft,
    Shape::Trapezoid,
    Shape::InvTrapezoid,
];

/// Pieces a flowchart is made of, and pieces that break it, with `¦` between.
const FRAGMENTS: &str = "S¦T¦subgraph A\n¦subgraph S\n¦graph TD¦flowchart LR¦\n¦\n¦\n¦;¦ ¦A¦B¦C¦x¦o¦end¦end\n¦subgraph S\n¦\
    subgraph T [title]\n¦subgraph a b\n¦subgraph¦direction LR¦style A fill:#f9f¦classDef c fill:red¦\
    class A,B c¦linkStyle 0 stroke:red¦click A \"u\"¦%% note¦%%{init: {}}%%¦---¦accTitle: t¦\
    accDescr {\nd\n}¦ --> ¦-->¦ -.-> ¦ ==> ¦---¦~~~¦ <--> ¦x--x¦o--o¦--x¦->¦-- t -->¦== t ==>¦-. t .->¦--¦\
    ==¦-.¦|t|¦|1. t (f)|¦|¦[t]¦[t (u)]¦[\"t\"]¦[\"¦[¦]¦(t)¦((t))¦(¦)¦{t}¦{{t}}¦}¦>t]¦[/t/]¦(-t-)¦[(t)]¦\"¦`¦\
    :::c¦@{ shape: cyl }¦@{¦ & ";

fn fragments() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = FRAGMENTS.split('¦').collect();
    prop::collection::vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

fn hostile_text() -> impl Strategy<Value = String> {
    const WRITTEN: [&str; 12] = [
        "1. Write",
        "end",
        "\"q\"",
        "a (b) [c] {d}",
        "<b>x</b>",
        "#46; &amp;",
        "`md`",
        "a\nb",
        "x--y",
        "~~~",
        "-x",
        "1. a\nb*c*",
    ];
    prop_oneof![select(&WRITTEN[..]).prop_map(str::to_owned), "[ -~\n]{0,12}", "\\PC{0,8}"]
}

fn id() -> impl Strategy<Value = String> {
    const IDS: [&str; 14] =
        ["A", "B", "C", "Node-1", "x", "o", "a.b", "é", "v", "1", "endpoint", "_", "direction", "default"];
    select(&IDS[..]).prop_map(str::to_owned)
}

/// A label as the editor would store it for this place.
fn label(text: &str, stands: impl Fn(&str) -> bool) -> Label {
    let label = Label::from_visible(text);
    if label.quoted || stands(&label.raw) { label } else { Label { quoted: true, ..label } }
}

prop_compose! {
    fn node()(id in id(), text in hostile_text(), shape in select(&SHAPES[..]), plain in any::<bool>(), home in 0_usize..5,
        style in prop::collection::vec(select(&["fill:#f9f", "stroke:#333"][..]), 0..2),
        classes in prop::sample::subsequence(vec!["lost", "kept"], 0..=2).prop_shuffle()) -> (Node, usize) {
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let label = (!plain).then(|| label(&text, |raw| shape::stands_unquoted(shape, raw)));
        let shape = if plain { Shape::Plain } else { shape };
        (Node { id, label, shape, style: owned(style), classes: owned(classes), parent: None, alone: false }, home)
    }
}

prop_compose! {
    fn edge()(from in 0_usize..8, to in 0_usize..8, text in prop::option::of(hostile_text()), length in 1_u8..=10,
        stroke in select(&[Stroke::Normal, Stroke::Dotted, Stroke::Thick, Stroke::Invisible][..]), both in any::<bool>(),
        head in select(&[Head::Open, Head::Point, Head::Circle, Head::Cross][..])) -> (usize, usize, Edge) {
        let label = text.map(|text| label(&text, |raw| text::stands_unquoted(raw, "|", "|"))).filter(|label| !label.raw.is_empty());
        let head = if stroke == Stroke::Invisible { Head::Open } else { head };
        let tail = if both { head } else { Head::Open };
        (from, to, Edge { from: String::new(), to: String::new(), label, stroke, tail, head, length, parent: None })
    }
}

prop_compose! {
    fn subgraph()(title in prop::option::of(hostile_text()), direction in prop::option::of(select(&[Direction::LR, Direction::TB][..])),
        around in 0_usize..4, style in prop::collection::vec(Just("fill:#eee".to_owned()), 0..2)) -> (Subgraph, usize) {
        let title = title.map(|text| label(&text, |raw| shape::stands_unquoted(Shape::Square, raw)));
        (Subgraph { id: String::new(), title, direction, parent: None, style, classes: Vec::new() }, around)
    }
}

prop_compose! {
    /// A diagram such as the editor makes: sound parents, edges between nodes that exist.
    fn diagram()(nodes in prop::collection::vec(node(), 1..7), edges in prop::collection::vec(edge(), 0..8),
        subgraphs in prop::collection::vec(subgraph(), 0..4), flowchart in any::<bool>()) -> Diagram {
        let mut diagram = Diagram { keyword: if flowchart { Keyword::Flowchart } else { Keyword::Graph }, ..Diagram::default() };
        diagram.class_defs = vec![ClassDef { names: vec!["lost".into()], style: vec!["stroke:#f66".into(), "color:red".into()] }];
        for (index, (mut subgraph, around)) in subgraphs.into_iter().enumerate() {
            subgraph.id = format!("S{index}");
            subgraph.parent = (around < index).then(|| format!("S{around}"));
            diagram.subgraphs.push(subgraph);
        }
        for (mut node, home) in nodes {
            if diagram.node(&node.id).is_none() {
                node.parent = diagram.subgraphs.get(home).map(|subgraph| subgraph.id.clone());
                diagram.nodes.push(node);
            }
        }
        for (from, to, edge) in edges {
            let node = |index: usize| diagram.nodes[index % diagram.nodes.len()].clone();
            let (from, to) = (node(from), node(to));
            let parent = if from.parent == to.parent { from.parent } else { None };
            diagram.edges.push(Edge { from: from.id, to: to.id, parent, ..edge });
        }
        diagram
    }
}

/// A diagram without the order of writing: nodes and subgraphs by id, edges in order within their scope.
fn meaning(diagram: &Diagram) -> impl PartialEq + std::fmt::Debug + use<> {
    let nodes: BTreeMap<String, Node> =
        diagram.nodes.iter().map(|node| (node.id.clone(), Node { alone: false, ..node.clone() })).collect();
    let subgraphs: BTreeMap<String, Subgraph> =
        diagram.subgraphs.iter().map(|subgraph| (subgraph.id.clone(), subgraph.clone())).collect();
    let mut edges: BTreeMap<Option<String>, Vec<Edge>> = BTreeMap::new();
    for edge in &diagram.edges {
        edges.entry(edge.parent.clone()).or_default().push(edge.clone());
    }
    (diagram.keyword, diagram.direction, nodes, subgraphs, edges, diagram.class_defs.clone())
}

/// Words without the blanks that no version keeps.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\u{200b}', "");
    text.split_whitespace().map(str::to_owned).collect()
}

fn visible_texts(diagram: &Diagram) -> Vec<Vec<String>> {
    let nodes = diagram.nodes.iter().map(|node| node.label.as_ref().map_or_else(|| node.id.clone(), Label::visible));
    let titles = diagram.subgraphs.iter().map(|sub| sub.title.as_ref().map_or_else(|| sub.id.clone(), Label::visible));
    let drawn = diagram.edges.iter().filter(|edge| edge.stroke != Stroke::Invisible);
    let labels = drawn.map(|edge| edge.label.as_ref().map(Label::visible).unwrap_or_default());
    nodes.chain(titles).chain(labels).map(|text| words(&text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_parser(text in "\\PC*|[\\x00-\\x7f]{0,200}") {
        let (diagram, diagnostics) = parse(&text);
        print_module(&diagram);
        print_portable(&diagram);
        for diagnostic in diagnostics {
            prop_assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
        }
    }

    #[test]
    fn what_was_printed_prints_back(text in fragments()) {
        let printed = print_module(&parse(&text).0);
        let (diagram, diagnostics) = parse(&printed);
        prop_assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{printed}\n{diagnostics:?}");
        let again = print_module(&diagram);
        prop_assert_eq!(&again, &printed);
        prop_assert_eq!(parse(&again).0, diagram);
    }

    #[test]
    fn a_diagram_survives_its_own_text(diagram in diagram()) {
        let printed = print_module(&diagram);
        let (read, diagnostics) = parse(&printed);
        prop_assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{printed}\n{diagnostics:?}");
        prop_assert_eq!(meaning(&read), meaning(&diagram), "{}", printed);
        prop_assert_eq!(parse(&print_module(&read)).0, read);
    }

    #[test]
    fn the_portable_form_says_the_same_and_mermaid_takes_it(diagram in diagram()) {
        let (module, _) = parse(&print_module(&diagram));
        let portable = print_portable(&module);
        let (read, diagnostics) = parse(&portable);
        prop_assert!(diagnostics.is_empty(), "{portable}\n{diagnostics:?}");
        prop_assert_eq!(visible_texts(&read), visible_texts(&module), "{}", portable);
        let rows = side_by_side(&module);
        let joined: Vec<String> = rows.into_iter().map(|(_, portable)| portable).collect();
        prop_assert_eq!(joined.join("\n") + "\n", portable);
    }

    #[test]
    fn what_is_typed_is_what_is_seen(text in "\\PC*|[a-z0-9#&;<>/`\\\\n\"|:\\[\\]() \n]{0,24}") {
        prop_assert_eq!(Label::from_visible(&text).visible(), tidy(&text));
    }
}
