//! What a person does to the drawing, in more than one edit or with words about it: adding, connecting, labelling, pasting, dropping.

use super::mode::{Drag, Mode};
use super::state::{Draw, drag_key, label_key};
use crate::diagram::role::Role;
use crate::diagram::{Diagram, Edit, Part, Point, Stroke, mermaid};

impl Draw {
    pub(super) fn add(&mut self, role: Role, place: Option<(Option<String>, Point)>) {
        let (parent, at) = match place {
            Some((parent, at)) => (parent, Some(at)),
            None => (self.current_system(), None),
        };
        if let Some(part) = self.edit(&Edit::Add { role, parent, at }, None).pop() {
            self.said = format!("Added {}.", self.diagram().text_of(&part));
            self.mode = Mode::Label { part, step: None };
        }
    }

    pub(super) fn delete(&mut self) {
        let doomed = self.selected().to_vec();
        if !doomed.is_empty() {
            self.edit(&Edit::Delete(doomed), None);
            self.mode = Mode::Select;
            self.focus += 1;
            "Deleted. Undo brings it back.".clone_into(&mut self.said);
        }
    }

    /// What was copied here comes with its places; what comes from elsewhere is read as Mermaid.
    pub(super) fn paste(&mut self, text: &str) {
        let own = self.copied.as_ref().filter(|(copied, _)| copied == text).map(|(_, clip)| clip.clone());
        let clip = own.or_else(|| {
            let (read, diagnostics) = mermaid::parse(text);
            (!diagnostics.iter().any(mermaid::Diagnostic::is_error)).then_some(read)
        });
        match clip {
            Some(clip) if !clip.nodes.is_empty() || !clip.subgraphs.is_empty() => self.add_clip(clip, "Pasted"),
            _ => "The clipboard holds no Mermaid flowchart, so nothing was pasted.".clone_into(&mut self.said),
        }
    }

    pub(super) fn add_clip(&mut self, clip: Diagram, verb: &str) {
        let parent = self.current_system();
        let pasted = self.edit(&Edit::Paste { clip, parent }, None);
        self.said = format!("{verb} {}.", counted(pasted.len()));
    }

    pub(super) fn drop_nodes(&mut self) {
        let Mode::Drag(drag) = std::mem::replace(&mut self.mode, Mode::Select) else { return };
        if let Some(parent) = &drag.target {
            self.rehome(&drag, parent);
        }
        self.history.seal();
    }

    pub(super) fn rehome(&mut self, drag: &Drag, parent: &str) {
        let Some(frame) = drag.start.frames.iter().find(|frame| frame.id == *parent) else { return };
        let key = Some(drag_key(&drag.ids));
        let mut places = Vec::new();
        for id in &drag.ids {
            self.edit(&Edit::Rehome { id: id.clone(), parent: Some(parent.to_owned()) }, key.clone());
            if let Some(card) = drag.start.cards.iter().find(|card| card.id == *id) {
                let spot = card.rect.centre().plus(drag.by.x - frame.rect.x, drag.by.y - frame.rect.y);
                places.push((id.clone(), spot.point()));
            }
        }
        self.edit(&Edit::Move(places), key);
        self.said = format!("Moved to {}.", self.diagram().name_of(parent));
    }

    pub(super) fn end_label(&mut self) {
        if let Mode::Label { part, .. } = self.mode.clone() {
            let (text, key) = (self.diagram().text_of(&part), Some(label_key(&part)));
            self.edit(&Edit::Relabel { part, text: text.trim().to_owned() }, key);
            self.history.seal();
            self.mode = Mode::Select;
            self.focus += 1;
        }
    }

    pub(super) fn begin_edge(&mut self, stroke: Stroke) {
        let from = self.selected_nodes().pop();
        self.said = match &from {
            Some(id) => format!("From {}: choose where it goes.", self.diagram().name_of(id)),
            None => "Choose where it starts.".to_owned(),
        };
        self.mode = Mode::Connect { stroke, from, step: None };
    }

    pub(super) fn meet(&mut self, id: String) {
        let Mode::Connect { stroke, from, step } = self.mode.clone() else { return };
        match from {
            None => {
                self.said = format!("From {}: choose where it goes.", self.diagram().name_of(&id));
                self.select(vec![Part::Node(id.clone())]);
                self.mode = Mode::Connect { stroke, from: Some(id), step };
            }
            Some(from) if from == id => {}
            Some(from) => {
                if let Some(part) = self.edit(&Edit::Connect { from, to: id, stroke }, None).pop() {
                    "Connected. Write what the message says.".clone_into(&mut self.said);
                    self.mode = Mode::Label { part, step };
                }
            }
        }
    }
}

/// So many parts, in words.
pub(super) fn counted(parts: usize) -> String {
    if parts == 1 { "1 part".to_owned() } else { format!("{parts} parts") }
}
