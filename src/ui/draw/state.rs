//! The state of the room Draw, and what is done to it.

use std::rc::Rc;

use yew::{AttrValue, Reducible};

use super::action::Action;
use super::canvas::element_id;
use super::deeds;
use super::mode::{Mode, Tab};
use crate::course::challenge;
use crate::diagram::picture::picture;
use crate::diagram::view::View;
use crate::diagram::{Diagram, Document, Draft, Edit, History, Part, Point, Stroke, mermaid};
use crate::ui::{browser, document};

/// The room.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    pub(super) history: History<Document>,
    /// The text beside the canvas.
    pub draft: Draft,
    /// What the pointer and the keys do.
    pub mode: Mode,
    /// What is seen of the picture; `None` while all of it is.
    pub view: Option<View>,
    /// What is pointed out.
    pub shown: Vec<Part>,
    /// How many goals are met, and of how many; `None` before they are known.
    pub met: Option<(usize, usize)>,
    /// The step of the run that is open; `None` while one draws.
    pub running: Option<usize>,
    /// Counts how often a run was opened.
    pub opened: u32,
    /// Whether the run plays by itself once it is there.
    pub plays: bool,
    /// The last run as a sequence diagram, as long as it is one of this drawing.
    pub sequence: Option<AttrValue>,
    /// The tab of the panel.
    pub tab: Tab,
    /// Counts how often the keyboard focus was asked to follow the selection.
    pub focus: u32,
    /// Whether the import dialog is open.
    pub importing: bool,
    /// What was done last, for the live region.
    pub said: String,
    /// What was copied last: as text, and with its places.
    pub(super) copied: Option<(String, Diagram)>,
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
            view: None,
            shown: Vec::new(),
            met: None,
            running: None,
            opened: 0,
            plays: false,
            sequence: None,
            tab: browser::stored("tab").and_then(|name| Tab::named(&name)).unwrap_or_default(),
            focus: 0,
            importing: false,
            said: String::new(),
            copied: None,
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
    pub fn selected(&self) -> &[Part] {
        &self.document().selected
    }

    /// The one part that is selected; `None` when there are several.
    pub fn only(&self) -> Option<&Part> {
        match self.selected() {
            [part] => Some(part),
            _ => None,
        }
    }

    /// The ids of the selected nodes.
    pub fn selected_nodes(&self) -> Vec<String> {
        let id = |part: &Part| if let Part::Node(id) = part { Some(id.clone()) } else { None };
        self.selected().iter().filter_map(id).collect()
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo() || self.draft.is_frozen()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo() || self.draft.set_aside().is_some()
    }

    /// What is selected, by itself: what copying copies.
    pub fn excerpt(&self) -> Option<String> {
        (!self.selected().is_empty()).then(|| mermaid::print_module(&self.diagram().excerpt(self.selected())))
    }

    /// Where the keyboard adds: the system of the selection, or the first.
    pub fn current_system(&self) -> Option<String> {
        let home = match self.selected().first() {
            Some(Part::Node(id)) => self.diagram().node(id).and_then(|node| node.parent.clone()),
            Some(Part::Edge(at)) => self.diagram().edges.get(*at).and_then(|edge| edge.parent.clone()),
            Some(Part::Subgraph(id)) => Some(id.clone()),
            None => None,
        };
        home.or_else(|| self.diagram().subgraphs.first().map(|first| first.id.clone()))
    }

    pub(super) fn select(&mut self, parts: Vec<Part>) {
        let selected = Document { selected: parts, ..self.document().clone() };
        self.history.amend(selected);
    }

    pub(super) fn edit(&mut self, edit: &Edit, key: Option<String>) -> Vec<Part> {
        let (diagram, selected) = self.diagram().edited(edit);
        if diagram != *self.diagram() {
            let diagram = Rc::new(diagram);
            self.history.go_on(Document { diagram, selected: selected.clone(), ..self.document().clone() }, key);
        }
        selected
    }

    fn apply(&mut self, action: Action) {
        let says_only = matches!(action, Action::Show(_) | Action::Say(_) | Action::View(_) | Action::Met(..));
        if !says_only && !matches!(action, Action::Stepped(_) | Action::Told(_)) {
            self.shown.clear();
        }
        if self.pick(&action) {
            return;
        }
        match action {
            Action::Mode(mode) => self.mode = mode,
            Action::BeginEdge(stroke) => self.begin_edge(stroke),
            Action::Meet(id) => self.meet(id),
            Action::Add(role, place) => self.add(role, place),
            Action::Edit(edit, key) => drop(self.edit(&edit, key)),
            Action::Delete => self.delete(),
            Action::Copied(text) => {
                self.said = format!("Copied {}.", deeds::counted(self.selected().len()));
                self.copied = Some((text, self.diagram().excerpt(self.selected())));
            }
            Action::Paste(text) => self.paste(&text),
            Action::Duplicate => {
                let clip = self.diagram().excerpt(self.selected());
                self.add_clip(clip, "Duplicated");
            }
            Action::InsertStep(edge) => {
                let step = self.diagram().edges.get(edge).and_then(crate::diagram::Edge::step);
                self.edit(&Edit::InsertStep { edge }, None);
                self.mode = Mode::Connect { stroke: Stroke::Normal, from: None, step };
                "There is room for the new step. Choose where its message starts.".clone_into(&mut self.said);
            }
            Action::Drop => self.drop_nodes(),
            Action::BeginLabel(part) => {
                self.history.seal();
                self.select(vec![part.clone()]);
                self.mode = Mode::Label { part, step: None };
            }
            Action::EndLabel => self.end_label(),
            Action::CancelLabel => {
                if let Mode::Label { part, .. } = &self.mode {
                    self.history.abandon(&label_key(part));
                    self.end_label();
                }
            }
            Action::Arrange(arrangement) => {
                let arranged = Document { arrangement, ..self.document().clone() };
                self.history.go_on(arranged, None);
                self.view = None;
            }
            Action::View(view) => self.view = view,
            Action::Show(parts) => {
                self.shown = parts;
                self.running = None; // they are pointed out on the canvas
            }
            Action::Met(met, of) => self.met = Some((met, of)),
            Action::Turn(tab) => {
                self.tab = tab;
                browser::store("tab", tab.name());
            }
            Action::Run(step) => self.run(step, false),
            Action::Play => self.run(Some(0), true),
            Action::Stepped(step) => {
                self.running = self.running.map(|_| step);
                self.plays = false;
            }
            Action::Told(sequence) => self.sequence = Some(sequence),
            Action::Open(document) => {
                self.history.go_on(document, None);
                self.running = self.running.map(|_| 0);
                self.mode = Mode::Select;
                self.view = None;
                self.importing = false;
                "Opened. Undo brings back what was there before.".clone_into(&mut self.said);
            }
            Action::Import(open) => self.importing = open,
            Action::Say(words) => self.said = words,
            _ => self.travel(action),
        }
    }

    /// Changes what is selected, if that is what was asked for.
    fn pick(&mut self, action: &Action) -> bool {
        match action {
            Action::Select(parts) => self.select(parts.clone()),
            Action::Toggle(part) => {
                let mut parts = self.selected().to_vec();
                match parts.iter().position(|other| other == part) {
                    Some(at) => drop(parts.remove(at)),
                    None => parts.push(part.clone()),
                }
                self.select(parts);
            }
            Action::SelectAll => {
                let parts = self.diagram().parts();
                self.select(parts.into_iter().filter(|part| !matches!(part, Part::Subgraph(_))).collect());
                self.said = format!("{} parts selected.", self.selected().len());
            }
            Action::SelectNode(by) => self.select_node(*by),
            Action::Walk(by) => {
                let parts = self.diagram().parts();
                let here = self.selected().first().and_then(|part| parts.iter().position(|other| other == part));
                if let Some(part) = parts.get(step(here, *by, parts.len())).cloned() {
                    self.go_to(part);
                }
            }
            Action::SelectSystem(at) => {
                let outermost = self.diagram().subgraphs.iter().filter(|subgraph| subgraph.parent.is_none()).nth(*at);
                if let Some(id) = outermost.map(|system| system.id.clone()) {
                    self.go_to(Part::Subgraph(id));
                }
            }
            _ => return false,
        }
        true
    }

    /// Goes back and forth in what was done, on the canvas and in the text.
    fn travel(&mut self, action: Action) {
        match action {
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
            _ => {}
        }
    }

    fn run(&mut self, step: Option<usize>, plays: bool) {
        (self.running, self.plays) = (step, plays);
        self.opened += u32::from(step.is_some());
        self.mode = Mode::Select;
    }

    fn go_to(&mut self, part: Part) {
        self.select(vec![part]);
        self.focus += 1;
    }

    /// Draws what was written; what is selected stays so if it is still there.
    fn write(&mut self, text: &str) {
        let Some((diagram, key)) = self.draft.write(text) else { return };
        let selected = self.document().selected.iter().filter(|part| diagram.has(part)).cloned().collect();
        self.history.go_on(Document { diagram, selected, ..self.document().clone() }, Some(key));
        self.mode = Mode::Select;
    }

    fn after_travel(&mut self, words: &str) {
        self.mode = Mode::Select;
        words.clone_into(&mut self.said);
    }

    fn select_node(&mut self, by: isize) {
        let parent = self.current_system();
        let siblings: Vec<&str> =
            self.diagram().nodes.iter().filter(|node| node.parent == parent).map(|node| node.id.as_str()).collect();
        let here = match self.selected().first() {
            Some(Part::Node(id)) => siblings.iter().position(|other| other == id),
            _ => None,
        };
        if let Some(id) = siblings.get(step(here, by, siblings.len())) {
            self.go_to(Part::Node((*id).to_owned()));
        }
    }

    /// Where a node stands now, relative to its system.
    pub fn place_of(&self, id: &str) -> Option<Point> {
        picture(self.diagram(), self.document().arrangement).place_of(self.diagram(), id)
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

/// What one drag of these nodes has in common.
pub fn drag_key(ids: &[String]) -> String {
    format!("drag {}", ids.join(" "))
}

impl Reducible for Draw {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        let draw = Rc::make_mut(&mut self);
        let before = Rc::clone(&draw.document().diagram);
        draw.apply(action);
        if draw.sequence.is_some() && !before.means(draw.diagram()) {
            draw.sequence = None;
        }
        draw.draft.follow(&draw.history.present().diagram);
        self
    }
}
