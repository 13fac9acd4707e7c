//! What must hold for every drawing and for every text that somebody takes for a link.

use std::rc::Rc;

use proptest::prelude::*;
use proptest::sample::select;

use super::codes::Choice;
use super::{LONGEST, Problem, TooLarge, VERSION, View, decode, encode, envelope, letters};
use crate::diagram::picture::Arrangement;
use crate::diagram::{
    ClassDef, Diagram, Direction, Document, Edge, Head, Kept, Keyword, Label, Node, Point, Shape, Stroke, Subgraph,
    mermaid,
};

fn any_choice<C: Choice + std::fmt::Debug>() -> impl Strategy<Value = C> {
    let all: Vec<C> = (0..).map_while(C::of).collect();
    (0..all.len()).prop_map(move |at| all[at])
}

/// Any text at all: also such as no Mermaid text can carry.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["", "A", "Node A - Leader", "1. Write Request", "end\n", "a]b|c\"d#46;\0"][..])
            .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(any_text(), 0..3)
}

fn label() -> impl Strategy<Value = Option<Label>> {
    prop::option::of((any_text(), any::<bool>()).prop_map(|(raw, quoted)| Label { raw, quoted }))
}

fn parent() -> impl Strategy<Value = Option<String>> {
    prop::option::of(any_text())
}

prop_compose! {
    fn node()(id in any_text(), label in label(), shape in any_choice::<Shape>(), style in texts(), classes in texts(),
        parent in parent(), alone in any::<bool>()) -> Node {
        Node { id, label, shape, style, classes, parent, alone }
    }
}

prop_compose! {
    fn edge()(from in any_text(), to in any_text(), label in label(), stroke in any_choice::<Stroke>(),
        ends in (any_choice::<Head>(), any_choice::<Head>()), length in any::<u8>(), parent in parent()) -> Edge {
        Edge { from, to, label, stroke, tail: ends.0, head: ends.1, length, parent }
    }
}

prop_compose! {
    fn subgraph()(id in any_text(), title in label(), direction in prop::option::of(any_choice::<Direction>()),
        parent in parent(), style in texts(), classes in texts()) -> Subgraph {
        Subgraph { id, title, direction, parent, style, classes }
    }
}

prop_compose! {
    /// Whatever the types of the model allow, as long as every edge has its ends.
    fn document()(keyword in any_choice::<Keyword>(), direction in any_choice::<Direction>(),
        nodes in prop::collection::vec(node(), 0..6), edges in prop::collection::vec(edge(), 0..6),
        subgraphs in prop::collection::vec(subgraph(), 0..3),
        class_defs in prop::collection::vec((texts(), texts()).prop_map(|(names, style)| ClassDef { names, style }), 0..3),
        kept in prop::collection::vec((any_text(), parent(), any::<bool>())
            .prop_map(|(text, parent, preamble)| Kept { text, parent, preamble }), 0..3),
        positions in prop::collection::vec((any_text(), any::<(i32, i32)>()), 0..6),
        arrangement in any_choice::<Arrangement>(), version in 0..=crate::diagram::VERSION) -> Document {
        let ids: Vec<String> = nodes.iter().map(|node| node.id.clone()).collect();
        let mut edges: Vec<Edge> = edges;
        edges.truncate(if ids.is_empty() { 0 } else { edges.len() });
        for (at, edge) in edges.iter_mut().enumerate() {
            edge.from.clone_from(&ids[at % ids.len()]);
            edge.to.clone_from(&ids[(at * 5 + 1) % ids.len()]);
        }
        let positions = positions.into_iter().map(|(id, (x, y))| (id, Point { x, y })).collect();
        let diagram = Rc::new(Diagram { keyword, direction, nodes, edges, subgraphs, class_defs, kept, positions });
        Document { version, diagram, arrangement, selected: Vec::new() }
    }
}

fn view() -> impl Strategy<Value = View> {
    prop_oneof![
        3 => document().prop_map(View::Draw),
        1 => (document(), any::<u32>()).prop_map(|(document, step)| View::Run { document, step }),
        1 => (any::<u32>(), any::<Option<u32>>()).prop_map(|(step, healed)| View::Prove { step, healed }),
        1 => (any_text(), any_text()).prop_map(|(page, state)| View::Page { page, state }),
    ]
}

fn drawing(text: &str) -> View {
    View::Draw(Document::of(mermaid::parse(text).0))
}

const TEMPLATE: &str = include_str!("../../../tests/golden/mermaid/module-7-template.mmd");
const FALLACIES: &str = include_str!("../../../tests/golden/mermaid/module-7-fallacies.mmd");

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_link_opens_what_it_was_made_of(view in view()) {
        let code = encode(&view).expect("it is small");
        prop_assert_eq!(decode(&code), Ok(view));
    }

    #[test]
    fn no_changed_link_opens_anything(view in view(), at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        let code = encode(&view).expect("it is small");
        let at = at.index(code.len());
        let changed = format!("{}{letter}{}", &code[..at], &code[at + 1..]);
        prop_assert_eq!(decode(&changed).is_ok(), changed == code);
        prop_assert!(decode(&code[..at]).is_err(), "cut off");
        let swollen = format!("{}{letter}{}", &code[..at], &code[at..]);
        prop_assert!(decode(&swollen).is_err(), "one letter more");
        prop_assert!(decode(&(code.clone() + &code)).is_err(), "twice");
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC*|[A-Za-z0-9_-]{0,200}") {
        prop_assert!(decode(&text).is_err());
    }

    /// Somebody who can compute a checksum can put anything into an envelope.
    #[test]
    fn no_sealed_content_stops_the_reader(content in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&letters::encode(&envelope::seal(&content)));
    }
}

#[test]
fn what_is_selected_is_not_in_the_link() {
    let document = Document::of(mermaid::parse(TEMPLATE).0);
    let selected = vec![crate::diagram::Part::Edge(0)];
    let code = encode(&View::Draw(Document { selected, ..document.clone() }));
    assert_eq!(decode(&code.expect("it is small")), Ok(View::Draw(document)));
}

#[test]
fn the_sentence_says_what_happened_to_the_link() {
    let code = encode(&drawing(TEMPLATE)).expect("it is small");
    for length in 0..code.len() {
        assert_eq!(decode(&code[..length]), Err(Problem::CutOff), "the first {length} letters");
    }
    assert!(decode(&code.to_lowercase()).is_err());
    assert_eq!(decode(&format!("{code}.")), Err(Problem::Damaged));
    assert_eq!(decode(&"A".repeat(LONGEST + 1)), Err(Problem::TooLong));
    let mut newer = letters::decode(&code).expect("these are our letters");
    newer[0] = VERSION + 1;
    assert_eq!(decode(&letters::encode(&newer)), Err(Problem::Damaged), "the version is under the checksum, too");
    let newer = envelope::with_checksum(&newer[..newer.len() - 4]);
    assert_eq!(decode(&letters::encode(&newer)), Err(Problem::Newer));
}

#[test]
fn a_link_that_unpacks_to_too_much_is_refused() {
    let bomb = letters::encode(&envelope::seal(&vec![b'A'; 8 << 20]));
    assert!(bomb.len() < LONGEST, "{} letters for 8 MB", bomb.len());
    assert_eq!(decode(&bomb), Err(Problem::TooLarge));
}

#[test]
fn a_link_that_names_a_long_word_ever_again_is_refused() {
    // One word of 256 KB; a drawing whose first subgraph has it as its id, and 3,000 times as a class.
    let mut content = vec![1, 0x80, 0x80, 0x10];
    content.extend(vec![b'A'; 256 << 10]);
    content.extend([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0xb8, 0x17]);
    content.extend(vec![0; 3_000]);
    content.extend([0; 5]);
    let code = letters::encode(&envelope::seal(&content));
    assert!(code.len() < LONGEST);
    assert_eq!(decode(&code), Err(Problem::TooLarge));
}

#[test]
fn a_drawing_too_large_for_a_link_says_so_when_the_link_is_made() {
    let many: Vec<String> = (0..5_000).map(|at| format!("n{at}")).collect();
    assert!(encode(&drawing(&format!("graph TD\n{}", many.join("\n")))) == Err(TooLarge), "too many nodes");
    let mut seed = 1_u32;
    let mut letter = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + seed.to_be_bytes()[0] % 26)
    };
    let long = (0..LONGEST).map(|_| letter()).collect::<String>();
    assert!(encode(&drawing(&format!("graph TD\nA[{long}]"))) == Err(TooLarge), "a label that no compression helps");
}

/// Links of version 1 that are out in the world.
#[test]
fn a_link_made_once_can_be_opened_for_ever() {
    let links = include_str!("../../../tests/golden/links/version-1.txt");
    let views = [
        drawing(TEMPLATE),
        finished(),
        drawing(FALLACIES),
        View::Run { document: Document::of(mermaid::parse(TEMPLATE).0), step: 7 },
        View::Prove { step: 5, healed: None },
        View::Prove { step: 9, healed: Some(6) },
        View::Page { page: "walk".to_owned(), state: r#"{"step":10,"healed":9}"#.to_owned() },
    ];
    assert_eq!(links.lines().count(), views.len());
    for (code, view) in links.lines().zip(views) {
        assert_eq!(decode(code), Ok(view));
    }
}

/// The challenge as one hands it in: the template's drawing with the two labels it lacks, and every node placed by hand.
fn finished() -> View {
    let text = TEMPLATE
        .replace("3. Return Write Error", "3. Write Error - Quorum Loss")
        .replace("Replication Partitioned", "Replication Partitioned - Divergent State");
    let mut document = Document::of(mermaid::parse(&text).0);
    let diagram = Rc::make_mut(&mut document.diagram);
    for (id, x, y) in [
        ("Client1", 88, 72),
        ("NodeA_CP", 144, 256),
        ("NodeB_CP", 480, 264),
        ("Client2", 96, 80),
        ("Client3", 488, 72),
        ("NodeA_AP", 104, 328),
        ("NodeB_AP", 480, 336),
    ] {
        diagram.positions.insert(id.to_owned(), Point { x, y });
    }
    View::Draw(document)
}

#[test]
fn the_finished_challenge_fits_into_a_link_of_400_letters() {
    let code = encode(&finished()).expect("it is small");
    assert!(code.len() < 400, "{} letters", code.len());
}
