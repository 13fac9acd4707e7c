//! The state of the room Draw, and what can be done to it. One explicit mode per interaction.

use std::rc::Rc;

use yew::Reducible;

use super::canvas::element_id;
use crate::course::challenge;
use crate::diagram::geometry::Spot;
use crate::diagram::picture::Arrangement;
use crate::diagram::role::Role;
use crate::diagram::{Diagram, Document, Draft, Edit, History, Part, Point, Stroke};
use crate::ui::{browser, document};

/// What the pointer and the keys do just now.
#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    /// Select and move.
    Select,
    /// The next click adds a client or a node.
    Place(Role),
    /// The next node is the start of an edge or, once there is one, its end.
    Connect {
        /// How the edge is stroked.
        stroke: Stroke,
        /// Its start.
        from: Option<String>,
    },
    /// A node hangs on the pointer.
    Drag {
        /// Its id.
        id: String,
        /// From the node's centre to the pointer.
        grip: Spot,
    },
    /// A label is being written.
    Label(Part),
}

/// The room.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    history: History<Document>,
    /// The text beside the canvas.
    pub draft: Draft,
    /// What the pointer and the keys do.
    pub mode: Mode,
    /// Counts how often the keyboard focus was asked to follow the selection.
    pub focus: u32,
    /// Whether the import dialog is open.
    pub importing: bool,
    /// What was done last, for the live region.
    pub said: String,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Select a part, or nothing.
    Select(Option<Part>),
    /// Select the next (1) or previous (-1) node of the same system.
    SelectNode(isize),
    /// Select the next (1) or previous (-1) part of all.
    Walk(isize),
    /// Select a system by its place, from 0.
    SelectSystem(usize),
    /// Change the mode.
    Mode(Mode),
    /// Begin an edge of that stroke, at the selected node if one is selected.
    BeginEdge(Stroke),
    /// This node is meant: the start or the end of the edge that is being drawn.
    Meet(String),
    /// Add a client or node to the selected system, or in that system at that place.
    Add(Role, Option<(Option<String>, Point)>),
    /// Change the diagram. Edits with the same key make one step of undo.
    Edit(Edit, Option<String>),
    /// Write the label of a part.
    BeginLabel(Part),
    /// The label is written.
    EndLabel,
    /// The label was not meant: it is again what it was.
    CancelLabel,
    /// Stack the systems, or put them side by side.
    Arrange(Arrangement),
    /// Open another document; a step that can be undone.
    Open(Document),
    /// Open or close the import dialog.
    Import(bool),
    /// Take what was written as the text of the diagram.
    Write(String),
    /// The text is left; what is written next is a step of its own.
    Rest,
    /// Show the text that was set aside.
    BringBack,
    /// Step back.
    Undo,
    /// Step forward.
    Redo,
}

impl Draw {
    /// The drawing of last time, or an empty canvas.
    pub fn load() -> Self {
        let document = document::stored().unwrap_or_else(|| Document::of(challenge::blank()));
        let mut draft = Draft::of(&document.diagram);
        if let Some(text) = browser::stored(super::text::KEPT) {
            draft.resume(&text);
        }
        Self {
            history: History::new(document),
            draft,
            mode: Mode::Select,
            focus: 0,
            importing: false,
            said: String::new(),
        }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        self.history.present()
    }

    /// The diagram.
    pub fn diagram(&self) -> &Diagram {
        &self.document().diagram
    }

    /// What is selected.
    pub fn selected(&self) -> Option<&Part> {
        self.document().selected.first()
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo() || self.draft.is_frozen()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo() || self.draft.set_aside().is_some()
    }

    /// The subgraph that a part belongs to, or is.
    fn parent_of(&self, part: Option<&Part>) -> Option<String> {
        match part? {
            Part::Node(id) => self.diagram().node(id)?.parent.clone(),
            Part::Edge(at) => self.diagram().edges.get(*at)?.parent.clone(),
            Part::Subgraph(id) => Some(id.clone()),
        }
    }

    /// Where the keyboard adds: the system of the selection, or the first.
    pub fn current_system(&self) -> Option<String> {
        self.parent_of(self.selected()).or_else(|| self.diagram().subgraphs.first().map(|first| first.id.clone()))
    }

    fn select(&mut self, part: Option<Part>) {
        let selected = Document { selected: part.into_iter().collect(), ..self.document().clone() };
        self.history.amend(selected);
    }

    fn edit(&mut self, edit: &Edit, key: Option<String>) -> Option<Part> {
        let (diagram, selected) = self.diagram().edited(edit);
        if diagram != *self.diagram() {
            let diagram = Rc::new(diagram);
            self.history.go_on(
                Document { diagram, selected: selected.iter().cloned().collect(), ..self.document().clone() },
                key,
            );
        }
        selected
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Select(part) => self.select(part),
            Action::SelectNode(by) => self.select_node(by),
            Action::Walk(by) => {
                let parts = self.diagram().parts();
                let here = self.selected().and_then(|part| parts.iter().position(|other| other == part));
                if let Some(part) = parts.get(step(here, by, parts.len())).cloned() {
                    self.select(Some(part));
                    self.focus += 1;
                }
            }
            Action::SelectSystem(at) => {
                let outermost = self.diagram().subgraphs.iter().filter(|subgraph| subgraph.parent.is_none()).nth(at);
                if let Some(id) = outermost.map(|system| system.id.clone()) {
                    self.select(Some(Part::Subgraph(id)));
                    self.focus += 1;
                }
            }
            Action::Mode(mode) => self.mode = mode,
            Action::BeginEdge(stroke) => self.begin_edge(stroke),
            Action::Meet(id) => self.meet(id),
            Action::Add(role, place) => {
                let (parent, at) = match place {
                    Some((parent, at)) => (parent, Some(at)),
                    None => (self.current_system(), None),
                };
                if let Some(part) = self.edit(&Edit::Add { role, parent, at }, None) {
                    self.said = format!("Added {}.", self.diagram().text_of(&part));
                    self.mode = Mode::Label(part);
                }
            }
            Action::Edit(edit, key) => {
                let deletes = matches!(edit, Edit::Delete(_));
                self.edit(&edit, key);
                if deletes {
                    self.mode = Mode::Select;
                    self.focus += 1;
                    "Deleted. Undo brings it back.".clone_into(&mut self.said);
                }
            }
            Action::BeginLabel(part) => {
                self.history.seal();
                self.select(Some(part.clone()));
                self.mode = Mode::Label(part);
            }
            Action::EndLabel => self.end_label(),
            Action::CancelLabel => {
                if let Mode::Label(part) = &self.mode {
                    self.history.abandon(&label_key(part));
                    self.end_label();
                }
            }
            Action::Arrange(arrangement) => {
                let arranged = Document { arrangement, ..self.document().clone() };
                self.history.go_on(arranged, None);
            }
            Action::Open(document) => {
                self.history.go_on(document, None);
                self.mode = Mode::Select;
                self.importing = false;
                "Opened. Undo brings back what was there before.".clone_into(&mut self.said);
            }
            Action::Import(open) => self.importing = open,
            Action::Write(text) => self.write(&text),
            Action::Rest => {
                self.history.seal();
                self.draft.rest();
            }
            Action::BringBack => {
                self.draft.bring_back();
            }
            // A text that cannot be read is what was done last, though the picture does not show it.
            Action::Undo if self.draft.give_up() => {
                "The text is again the last that could be read.".clone_into(&mut self.said);
            }
            Action::Undo => {
                self.history.undo();
                self.after_travel("Undone.");
            }
            Action::Redo if !self.history.can_redo() && self.draft.bring_back() => {}
            Action::Redo => {
                self.history.redo();
                self.after_travel("Done again.");
            }
        }
    }

    /// Draws what was written; what is selected stays so if it is still there.
    fn write(&mut self, text: &str) {
        let Some((diagram, key)) = self.draft.write(text) else { return };
        let parts = diagram.parts();
        let selected = self.document().selected.iter().filter(|part| parts.contains(part)).cloned().collect();
        self.history.go_on(Document { diagram, selected, ..self.document().clone() }, Some(key));
        self.mode = Mode::Select;
    }

    fn after_travel(&mut self, words: &str) {
        self.mode = Mode::Select;
        words.clone_into(&mut self.said);
    }

    fn end_label(&mut self) {
        if let Mode::Label(part) = self.mode.clone() {
            let (text, key) = (self.diagram().text_of(&part), Some(label_key(&part)));
            self.edit(&Edit::Relabel { part, text: text.trim().to_owned() }, key);
            self.history.seal();
            self.mode = Mode::Select;
            self.focus += 1;
        }
    }

    fn select_node(&mut self, by: isize) {
        let parent = self.current_system();
        let siblings: Vec<&str> =
            self.diagram().nodes.iter().filter(|node| node.parent == parent).map(|node| node.id.as_str()).collect();
        let here = match self.selected() {
            Some(Part::Node(id)) => siblings.iter().position(|other| other == id),
            _ => None,
        };
        if let Some(id) = siblings.get(step(here, by, siblings.len())) {
            let part = Part::Node((*id).to_owned());
            self.select(Some(part));
            self.focus += 1;
        }
    }

    fn begin_edge(&mut self, stroke: Stroke) {
        let from = match self.selected() {
            Some(Part::Node(id)) => Some(id.clone()),
            _ => None,
        };
        self.said = match &from {
            Some(id) => format!("From {}: choose where it goes.", self.diagram().name_of(id)),
            None => "Choose where it starts.".to_owned(),
        };
        self.mode = Mode::Connect { stroke, from };
    }

    fn meet(&mut self, id: String) {
        let Mode::Connect { stroke, from } = self.mode.clone() else { return };
        match from {
            None => {
                self.said = format!("From {}: choose where it goes.", self.diagram().name_of(&id));
                self.select(Some(Part::Node(id.clone())));
                self.mode = Mode::Connect { stroke, from: Some(id) };
            }
            Some(from) if from == id => {}
            Some(from) => {
                if let Some(part) = self.edit(&Edit::Connect { from, to: id, stroke }, None) {
                    "Connected. Write what the message says.".clone_into(&mut self.said);
                    self.mode = Mode::Label(part);
                }
            }
        }
    }
}

/// The place `by` places on from `here`, round and round; the first when one is nowhere.
fn step(here: Option<usize>, by: isize, count: usize) -> usize {
    here.map_or(0, |here| (here + count).saturating_add_signed(by) % count.max(1))
}

/// What typing one label has in common: the key of its step of undo.
pub fn label_key(part: &Part) -> String {
    format!("label {}", element_id(part))
}

impl Reducible for Draw {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        let draw = Rc::make_mut(&mut self);
        draw.apply(action);
        draw.draft.follow(&draw.history.present().diagram);
        self
    }
}
