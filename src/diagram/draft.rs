//! The text that a person writes beside the canvas, and the diagram it stands for: one follows the other.
//!
//! ```text
//!            write                      follow
//!   text  ───────────▶  diagram      text  ◀───────────  diagram
//!          at each key,                only if it no longer means
//!          if it can be read           what is drawn
//! ```
//!
//! The person's own writing (blank lines, indentation, the order of statements) stays for as long as it means the
//! diagram; what changes on the canvas is done to its lines where that is possible. A text that cannot be read leaves
//! the diagram as it is: it is *frozen* on the last text that could be read. Positions, which no text carries, are kept
//! by the ids of nodes.

use std::rc::Rc;

use super::mermaid::{self, Reading};
use super::{Diagram, Point};

/// How many texts are remembered for undo.
const MEMORY: usize = 200;

/// A text beside a diagram.
#[derive(Clone, Debug)]
pub struct Draft {
    text: Rc<str>,
    reading: Rc<Reading>,
    /// The diagram that is drawn; its positions may have changed since.
    drawn: Rc<Diagram>,
    /// The last text that could be read; it means `drawn`.
    readable: Rc<str>,
    /// What was drawn when it last changed otherwise than by writing: where positions are looked up.
    base: Rc<Diagram>,
    /// The line that was written on last, from 1.
    line: Option<usize>,
    /// Texts that stood for diagrams one may come back to.
    known: Vec<(Rc<Diagram>, Rc<str>)>,
    set_aside: Option<Rc<str>>,
}

impl Draft {
    /// The text of a diagram as the Module form prints it.
    pub fn of(diagram: &Rc<Diagram>) -> Self {
        let text: Rc<str> = mermaid::print_module(diagram).into();
        Self {
            reading: Rc::new(mermaid::read(&text)),
            readable: text.clone(),
            text,
            drawn: diagram.clone(),
            base: diagram.clone(),
            line: None,
            known: Vec::new(),
            set_aside: None,
        }
    }

    /// A draft as it stands somewhere else: the text, what is drawn beside it, and what is set aside.
    pub fn copy_of(diagram: &Rc<Diagram>, text: &str, set_aside: Option<&str>) -> Self {
        let text: Rc<str> = text.into();
        Self {
            reading: Rc::new(mermaid::read(&text)),
            readable: text.clone(),
            text,
            drawn: diagram.clone(),
            base: diagram.clone(),
            line: None,
            known: Vec::new(),
            set_aside: set_aside.map(Rc::from),
        }
    }

    /// The diagram that is drawn, but for its positions.
    pub fn diagram(&self) -> &Rc<Diagram> {
        &self.drawn
    }

    /// The text, with plain line breaks.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// What is read from it.
    pub fn reading(&self) -> &Rc<Reading> {
        &self.reading
    }

    /// Whether the text cannot be read, so that the picture shows the last one that could.
    pub fn is_frozen(&self) -> bool {
        self.reading.is_faulty()
    }

    /// An unread text that was set aside when the picture or an undo went over it.
    pub fn set_aside(&self) -> Option<&Rc<str>> {
        self.set_aside.as_ref()
    }

    /// Takes what a person has written. If it can be read: the diagram to draw, and the key of the step of undo that
    /// this is part of, one for each line that is written on.
    pub fn write(&mut self, text: &str) -> Option<(Rc<Diagram>, String)> {
        let text: Rc<str> = tidy(text).into();
        let line = first_difference(&self.text, &text);
        let begins = self.line != Some(line);
        self.line = Some(line);
        self.reading = Rc::new(mermaid::read(&text));
        self.text = text;
        if self.is_frozen() {
            return None;
        }
        if begins {
            self.remember();
        }
        let mut diagram = self.reading.diagram.clone();
        keep_positions(&mut diagram, &[&self.base, &self.drawn]);
        self.drawn = Rc::new(diagram);
        self.readable = self.text.clone();
        Some((self.drawn.clone(), format!("text {line}")))
    }

    /// Takes up a text from last time, if it means what is drawn or could not be read then either.
    pub fn resume(&mut self, text: &str) {
        let reading = mermaid::read(text);
        if reading.is_faulty() {
            self.write(text);
        } else if reading.diagram.means(&self.drawn) {
            self.show(text.into());
        }
    }

    /// The person has left the text: what is written next is a step of its own.
    pub fn rest(&mut self) {
        self.line = None;
    }

    /// Follows the diagram, however it came to be what it is. The text stays if it means that already.
    pub fn follow(&mut self, diagram: &Rc<Diagram>) {
        if Rc::ptr_eq(diagram, &self.drawn) {
            return;
        }
        self.base = diagram.clone();
        if diagram.means(&self.drawn) {
            return;
        }
        if self.is_frozen() {
            self.set_aside = Some(self.text.clone());
        }
        self.remember();
        let known = self.known.iter().rev().find(|(other, _)| other.means(diagram)).map(|(_, text)| text.clone());
        let text = known.unwrap_or_else(|| {
            let (before, after) = (mermaid::print_module(&self.drawn), mermaid::print_module(diagram));
            mermaid::merged(&self.readable, &before, &after).into()
        });
        self.drawn = diagram.clone();
        self.line = None;
        self.show(text);
    }

    /// Goes back to the last text that could be read; the one that cannot is set aside. `false` if there is none.
    pub fn give_up(&mut self) -> bool {
        let frozen = self.is_frozen();
        if frozen {
            self.set_aside = Some(self.text.clone());
            self.line = None;
            self.show(self.readable.clone());
        }
        frozen
    }

    /// Shows the text that was set aside. `false` if there is none.
    pub fn bring_back(&mut self) -> bool {
        let text = self.set_aside.take();
        text.is_some_and(|text| {
            self.write(&text);
            true
        })
    }

    fn show(&mut self, text: Rc<str>) {
        self.reading = Rc::new(mermaid::read(&text));
        self.readable = text.clone();
        self.text = text;
    }

    fn remember(&mut self) {
        self.known.retain(|(diagram, _)| !diagram.means(&self.drawn));
        self.known.push((self.drawn.clone(), self.readable.clone()));
        if self.known.len() > MEMORY {
            self.known.remove(0);
        }
    }
}

/// Two drafts are the same if they show the same: the text, what is read from it, and the diagram but for its positions.
impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        let same = self.text == other.text && self.reading == other.reading && self.drawn == other.drawn;
        same && self.set_aside == other.set_aside
    }
}

impl Diagram {
    /// Whether the other says the same: all but the positions.
    pub fn means(&self, other: &Self) -> bool {
        let Self { keyword, direction, nodes, edges, subgraphs, class_defs, kept, positions: _ } = self;
        *keyword == other.keyword
            && *direction == other.direction
            && *nodes == other.nodes
            && *edges == other.edges
            && *subgraphs == other.subgraphs
            && *class_defs == other.class_defs
            && *kept == other.kept
    }
}

/// Gives nodes the positions that they had in earlier diagrams, the first before the later. A node with a new id takes
/// over the position of an old one if just that one id has gone and this one has come.
fn keep_positions(diagram: &mut Diagram, earlier: &[&Diagram]) {
    for before in earlier.iter().filter(|before| !before.positions.is_empty()) {
        let mut found: Vec<(String, Point)> = Vec::new();
        let is_in = |diagram: &Diagram, id: &str| diagram.nodes.iter().any(|node| node.id == id);
        let kept = |id: &str| before.positions.get(id).copied();
        for node in &diagram.nodes {
            found.extend(kept(&node.id).map(|at| (node.id.clone(), at)));
        }
        let mut gone = before.nodes.iter().filter(|node| !is_in(diagram, &node.id));
        let mut come = diagram.nodes.iter().filter(|node| !is_in(before, &node.id));
        if let (Some(old), None, Some(new), None) = (gone.next(), gone.next(), come.next(), come.next()) {
            found.extend(kept(&old.id).map(|at| (new.id.clone(), at)));
        }
        for (id, at) in found {
            diagram.positions.or_insert_with(id, || at);
        }
    }
}

/// The text with plain line breaks and without a byte order mark.
fn tidy(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The first line, from 1, on which two texts differ.
fn first_difference(before: &str, after: &str) -> usize {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b);
    same.filter(|(byte, _)| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Edit, Part};

    const TEXT: &str = "graph TD\nA[One] --> B[Two]\nB --> C\n";
    const FAULTY: &str = "graph TD\nA[One --> B\nB --> C\n";

    fn diagram(text: &str) -> Rc<Diagram> {
        Rc::new(mermaid::parse(text).0)
    }

    fn edited(draft: &mut Draft, edit: &Edit) {
        let mut drawn = (*draft.drawn).clone();
        drawn.positions = draft.base.positions.clone();
        draft.follow(&Rc::new(drawn.edited(edit).0));
    }

    fn moved(id: &str) -> Edit {
        Edit::Move(vec![(id.into(), Point { x: 77, y: 88 })])
    }

    fn place(draft: &Draft, id: &str) -> Option<Point> {
        draft.drawn.positions.get(id).copied()
    }

    #[test]
    fn a_node_that_moves_changes_nothing_of_what_is_shown() {
        let mut draft = Draft::of(&diagram(TEXT));
        let before = draft.clone();
        edited(&mut draft, &moved("B"));
        assert!(draft == before && Rc::ptr_eq(draft.diagram(), before.diagram()));
    }

    #[test]
    fn a_readable_text_becomes_the_diagram_at_once() {
        let mut draft = Draft::of(&diagram(TEXT));
        let (after, key) = draft.write(&TEXT.replace("One", "1")).unwrap();
        assert_eq!((after.nodes[0].visible().as_str(), key.as_str()), ("1", "text 2"));
        assert_eq!(draft.write(&format!("{TEXT}C --> D")).unwrap().1, "text 2");
        assert_eq!(draft.write(&format!("{TEXT}C --> E")).unwrap().1, "text 4");
    }

    #[test]
    fn a_position_survives_by_the_id_of_its_node() {
        let mut draft = Draft::of(&diagram(TEXT));
        edited(&mut draft, &moved("B"));
        draft.write("graph LR\n\nC --> B\nA");
        assert_eq!(place(&draft, "B"), Some(Point { x: 77, y: 88 }));
    }

    #[test]
    fn a_renamed_node_keeps_its_position_even_when_it_is_renamed_mention_by_mention() {
        let mut draft = Draft::of(&diagram(TEXT));
        edited(&mut draft, &moved("B"));
        draft.write("graph TD\nA[One] --> Bee[Two]\nB --> C\n");
        assert_eq!(place(&draft, "B"), Some(Point { x: 77, y: 88 }));
        draft.write("graph TD\nA[One] --> Bee[Two]\nBee --> C\n");
        assert_eq!(place(&draft, "Bee"), Some(Point { x: 77, y: 88 }));
    }

    #[test]
    fn a_node_that_is_cut_out_and_put_back_stands_where_it_stood() {
        let mut draft = Draft::of(&diagram(TEXT));
        edited(&mut draft, &moved("C"));
        draft.write("graph TD\nA[One] --> B[Two]\n");
        draft.write("graph TD\nA[One] --> B[Two]\nD --> E\n");
        draft.write(TEXT);
        assert_eq!(place(&draft, "C"), Some(Point { x: 77, y: 88 }));
    }

    #[test]
    fn two_that_go_and_two_that_come_take_over_nothing() {
        let mut draft = Draft::of(&diagram(TEXT));
        edited(&mut draft, &moved("C"));
        draft.write("graph TD\nA[One] --> X\nX --> Y\n");
        assert_eq!((place(&draft, "X"), place(&draft, "Y")), (None, None));
    }

    #[test]
    fn a_text_that_cannot_be_read_freezes_the_diagram() {
        let mut draft = Draft::of(&diagram(TEXT));
        assert!(draft.write(FAULTY).is_none());
        assert!(draft.is_frozen());
        assert!(draft.drawn.means(&diagram(TEXT)));
        assert!(draft.give_up() && !draft.is_frozen());
        assert_eq!(&**draft.text(), TEXT);
        assert!(draft.bring_back() && draft.is_frozen());
        assert!(!draft.bring_back());
    }

    #[test]
    fn an_unread_text_is_set_aside_when_the_canvas_changes_but_not_when_a_node_moves() {
        let mut draft = Draft::of(&diagram(TEXT));
        draft.write(FAULTY);
        edited(&mut draft, &moved("A"));
        assert_eq!((&**draft.text(), draft.set_aside()), (FAULTY, None));
        edited(&mut draft, &Edit::Delete(vec![Part::Edge(1)]));
        assert_eq!(draft.set_aside().map(|text| &**text), Some(FAULTY));
        assert!(!draft.is_frozen());
    }

    #[test]
    fn own_writing_stays_while_it_means_what_is_drawn() {
        let mut draft = Draft::of(&diagram(TEXT));
        let own = "graph TD\n\n  %% mine\n  A[One] --> B[Two]\n\n  B --> C";
        draft.write(own);
        edited(&mut draft, &moved("A"));
        assert_eq!(&**draft.text(), own);
        edited(&mut draft, &Edit::Relabel { part: Part::Edge(1), text: "x".into() });
        assert_eq!(&**draft.text(), own.replace("B --> C", "B -->|x| C"));
    }

    #[test]
    fn coming_back_to_a_diagram_brings_its_own_writing_back() {
        let mut draft = Draft::of(&diagram(TEXT));
        let own = "graph TD\n\nA[One] --> B[Two] --> C";
        let (before, _) = draft.write(own).unwrap();
        edited(&mut draft, &Edit::Delete(vec![Part::Edge(1)]));
        assert_ne!(&**draft.text(), own);
        draft.follow(&before);
        assert_eq!(&**draft.text(), own);
    }

    #[test]
    fn a_text_from_last_time_is_taken_up_if_it_fits() {
        let drawn = diagram(TEXT);
        for (text, fits) in
            [("graph TD\n\nA[One] --> B[Two] --> C", true), (FAULTY, true), ("graph TD\nA --> B", false)]
        {
            let mut draft = Draft::of(&drawn);
            draft.resume(text);
            assert_eq!(&**draft.text(), if fits { text } else { TEXT });
            assert!(draft.drawn.means(&drawn));
        }
    }

    #[test]
    fn coming_back_to_where_the_writing_began_brings_that_text_back() {
        let before = diagram(TEXT);
        let mut draft = Draft::of(&before);
        draft.write("graph TD\nZ");
        draft.follow(&before);
        assert_eq!(&**draft.text(), TEXT);
    }

    #[test]
    fn line_breaks_and_a_byte_order_mark_are_made_plain() {
        let mut draft = Draft::of(&diagram(TEXT));
        draft.write("\u{feff}graph TD\r\nA\rB");
        assert_eq!(&**draft.text(), "graph TD\nA\nB");
    }
}
