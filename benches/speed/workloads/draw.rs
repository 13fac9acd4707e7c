//! Drawing: a text read and laid out, and a node dragged about in a large diagram.

use std::fmt::Write;

use partition_lab::diagram::picture::{Arrangement, picture};
use partition_lab::diagram::{Diagram, Edit, Point, mermaid};

use super::{Done, units};

const TEMPLATE: &str = include_str!("../../../tests/golden/mermaid/module-7-template.mmd");
/// How many systems the large diagram has, and how many nodes each of them.
const SYSTEMS: (usize, usize) = (4, 50);
/// How many steps the dragged node takes.
const STEPS: i32 = 20;

/// Reads the module's template and lays it out.
pub fn template() -> Done {
    let (diagram, _) = mermaid::parse(TEMPLATE);
    std::hint::black_box(picture(&diagram, Arrangement::SideBySide));
    units(1)
}

/// Lays out 200 nodes with 250 edges, all of them labelled.
pub fn layout() -> impl Fn() -> Done {
    let diagram = large();
    move || {
        std::hint::black_box(picture(&diagram, Arrangement::SideBySide));
        units(1)
    }
}

/// Drags a node of the same diagram: each step is an edit and a picture, as each frame is in the page.
pub fn drag() -> impl Fn() -> Done {
    let start = large();
    move || {
        let mut diagram = start.clone();
        for step in 0..STEPS {
            let to = Point { x: 200 + 8 * step, y: 300 + 4 * step };
            diagram = diagram.edited(&Edit::Move(vec![("n0_0".to_owned(), to)])).0;
            std::hint::black_box(picture(&diagram, Arrangement::SideBySide));
        }
        units(STEPS.unsigned_abs() as usize)
    }
}

/// Trees of fifty nodes with a few edges more, in four systems.
fn large() -> Diagram {
    let (systems, nodes) = SYSTEMS;
    let mut text = "graph TD\n".to_owned();
    for system in 0..systems {
        let mut line = |words: std::fmt::Arguments| {
            text.write_fmt(words).expect("a string takes all that is written");
            text.push('\n');
        };
        line(format_args!("subgraph s{system} [System {system}]"));
        for node in 1..nodes {
            let (to, from) = (node, (node - 1) / 3);
            line(format_args!(
                "n{system}_{from} -->|{node}. replicate entry {node}| n{system}_{to}[Node {to} - replica]"
            ));
        }
        for more in 0..13 {
            let (from, to) = (more * 3 % nodes, (more * 7 + 11) % nodes);
            line(format_args!("n{system}_{from} -->|heartbeat {more}| n{system}_{to}"));
        }
        line(format_args!("end"));
    }
    let (diagram, _) = mermaid::parse(&text);
    assert_eq!((diagram.nodes.len(), diagram.edges.len()), (200, 248));
    diagram
}
