//! What a view is made of, part by part, in the order in which the parts stand on the tape.
//!
//! Each function hands over every field of its type: they are taken apart without `..`, so that a field added to the
//! model is noticed here. It then goes to the end of the tape of a new version.

use std::rc::Rc;

use super::View;
use super::codes::choice;
use super::tape::Tape;
use crate::diagram::{
    ClassDef, Diagram, Direction, Document, Edge, Head, Kept, Label, Node, Point, Shape, Stroke, Subgraph,
};

/// Where one is, and what is there.
pub fn view(tape: &mut Tape, view: &mut View) {
    let mut room = match view {
        View::Draw(_) => 0,
        View::Prove { .. } => 1,
        View::Run { .. } => 2,
        View::Page { .. } => 3,
    };
    tape.number(&mut room);
    let is_other = !matches!(
        (room, &*view),
        (0, View::Draw(_)) | (1, View::Prove { .. }) | (2, View::Run { .. }) | (3, View::Page { .. })
    );
    if is_other {
        let document = Document::of(Diagram::default());
        *view = match room {
            0 => View::Draw(document),
            2 => View::Run { document, step: 0 },
            3 => View::Page { page: String::new(), state: String::new() },
            _ => return tape.break_off(),
        };
    }
    match view {
        View::Draw(read) => document(tape, read),
        View::Run { document: read, step } => {
            document(tape, read);
            tape.number(step);
        }
        View::Prove { step, healed } => {
            tape.number(step);
            option(tape, healed, 0, Tape::number);
        }
        View::Page { page, state } => {
            tape.text(page);
            tape.text(state);
        }
    }
}

fn document(tape: &mut Tape, document: &mut Document) {
    // What is selected is not part of what a link shows.
    let Document { version, diagram: drawn, arrangement, selected: _ } = document;
    tape.number(version);
    choice(tape, arrangement);
    diagram(tape, Rc::make_mut(drawn));
}

fn diagram(tape: &mut Tape, diagram: &mut Diagram) {
    let Diagram { keyword, direction, nodes, edges, subgraphs, class_defs, kept: lines, positions } = diagram;
    choice(tape, keyword);
    choice(tape, direction);
    list(tape, subgraphs, subgraph, || Subgraph {
        id: String::new(),
        title: None,
        direction: None,
        parent: None,
        style: Vec::new(),
        classes: Vec::new(),
    });
    list(tape, nodes, node, || Node {
        id: String::new(),
        label: None,
        shape: Shape::default(),
        style: Vec::new(),
        classes: Vec::new(),
        parent: None,
        alone: false,
    });
    list(tape, edges, edge, || Edge {
        from: String::new(),
        to: String::new(),
        label: None,
        stroke: Stroke::default(),
        tail: Head::default(),
        head: Head::default(),
        length: 0,
        parent: None,
    });
    list(tape, class_defs, class_def, || ClassDef { names: Vec::new(), style: Vec::new() });
    list(tape, lines, kept, || Kept { text: String::new(), parent: None, preamble: false });
    let mut places: Vec<(String, Point)> = std::mem::take(positions).into_iter().collect();
    list(tape, &mut places, place, Default::default);
    *positions = places.into_iter().collect();
}

fn node(tape: &mut Tape, node: &mut Node) {
    let Node { id, label: written, shape, style, classes, parent, alone } = node;
    tape.text(id);
    option(tape, written, Label::default(), label);
    choice(tape, shape);
    texts(tape, style);
    texts(tape, classes);
    option(tape, parent, String::new(), Tape::text);
    flag(tape, alone);
}

fn edge(tape: &mut Tape, edge: &mut Edge) {
    let Edge { from, to, label: written, stroke, tail, head, length, parent } = edge;
    tape.text(from);
    tape.text(to);
    option(tape, written, Label::default(), label);
    choice(tape, stroke);
    choice(tape, tail);
    choice(tape, head);
    let mut ranks = u32::from(*length);
    tape.number(&mut ranks);
    match u8::try_from(ranks) {
        Ok(ranks) => *length = ranks,
        Err(_) => tape.break_off(),
    }
    option(tape, parent, String::new(), Tape::text);
}

fn subgraph(tape: &mut Tape, subgraph: &mut Subgraph) {
    let Subgraph { id, title, direction, parent, style, classes } = subgraph;
    tape.text(id);
    option(tape, title, Label::default(), label);
    option(tape, direction, Direction::default(), choice);
    option(tape, parent, String::new(), Tape::text);
    texts(tape, style);
    texts(tape, classes);
}

fn class_def(tape: &mut Tape, class_def: &mut ClassDef) {
    let ClassDef { names, style } = class_def;
    texts(tape, names);
    texts(tape, style);
}

fn kept(tape: &mut Tape, kept: &mut Kept) {
    let Kept { text, parent, preamble } = kept;
    tape.text(text);
    option(tape, parent, String::new(), Tape::text);
    flag(tape, preamble);
}

fn label(tape: &mut Tape, label: &mut Label) {
    let Label { raw, quoted } = label;
    tape.text(raw);
    flag(tape, quoted);
}

fn place(tape: &mut Tape, (id, at): &mut (String, Point)) {
    let Point { x, y } = at;
    tape.text(id);
    length(tape, x);
    length(tape, y);
}

/// A length either way: 0, -1, 1, -2, … so that short ones are small numbers.
fn length(tape: &mut Tape, length: &mut i32) {
    let mut number = (*length << 1 ^ *length >> 31).cast_unsigned();
    tape.number(&mut number);
    *length = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
}

fn flag(tape: &mut Tape, flag: &mut bool) {
    let mut number = u32::from(*flag);
    tape.number(&mut number);
    *flag = number == 1;
    if number > 1 {
        tape.break_off();
    }
}

fn option<T>(tape: &mut Tape, option: &mut Option<T>, blank: T, each: fn(&mut Tape, &mut T)) {
    let mut is_there = option.is_some();
    flag(tape, &mut is_there);
    if is_there {
        each(tape, option.get_or_insert(blank));
    }
}

fn texts(tape: &mut Tape, items: &mut Vec<String>) {
    list(tape, items, Tape::text, String::new);
}

fn list<T>(tape: &mut Tape, items: &mut Vec<T>, each: fn(&mut Tape, &mut T), blank: fn() -> T) {
    for at in 0..tape.count(items.len()) {
        if at == items.len() {
            items.push(blank());
        }
        each(tape, &mut items[at]);
    }
}
