//! Edits: everything a person can do to a diagram, as data. Applying one gives a new diagram; the old one is untouched.
//!
//! `parts` adds, changes and removes nodes, edges and subgraphs; `steps` keeps the step numbers of the messages in order;
//! `clip` copies and pastes.

pub mod clip;
mod parts;
mod steps;

pub use steps::step_number;

use serde::{Deserialize, Serialize};

use super::role::{Cast, Role};
use super::{Diagram, Point, Shape, Stroke};

/// A part of a diagram that can be selected and edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The node of that id.
    Node(String),
    /// The edge at that index.
    Edge(usize),
    /// The subgraph of that id.
    Subgraph(String),
}

/// An edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds a client or a node to a subgraph, at that place or where the layout puts it.
    Add {
        /// Which of the two.
        role: Role,
        /// The id of the subgraph.
        parent: Option<String>,
        /// Its centre, relative to its system's frame.
        at: Option<Point>,
    },
    /// Adds an empty subgraph: one more system.
    AddSystem,
    /// Draws an edge: solid for a message, dotted for a lost one.
    Connect {
        /// The id of its start.
        from: String,
        /// The id of its end.
        to: String,
        /// How it is stroked.
        stroke: Stroke,
    },
    /// Leads an edge from and to other nodes.
    Reconnect {
        /// Its index.
        edge: usize,
        /// The id of its start.
        from: String,
        /// The id of its end.
        to: String,
    },
    /// Moves nodes to places, relative to their system's frame; the others of their systems stay where they are.
    Move(Vec<(String, Point)>),
    /// Gives a node to another subgraph, or to none.
    Rehome {
        /// Its id.
        id: String,
        /// The id of the subgraph.
        parent: Option<String>,
    },
    /// Forgets all places, so that the layout decides.
    Tidy,
    /// Gives a part another text.
    Relabel {
        /// The part.
        part: Part,
        /// What it shall say.
        text: String,
    },
    /// Gives a node another id, everywhere. One that Mermaid cannot read, or that is taken, changes nothing.
    Rename {
        /// Its id.
        id: String,
        /// The id it shall have.
        to: String,
    },
    /// Gives a node another part to play, which its label then says.
    Cast {
        /// Its id.
        id: String,
        /// The part.
        cast: Cast,
    },
    /// Gives a node another outline.
    Reshape {
        /// Its id.
        id: String,
        /// The outline.
        shape: Shape,
    },
    /// Gives a node other style declarations.
    Restyle {
        /// Its id.
        id: String,
        /// The declarations: `fill:#f9f`.
        style: Vec<String>,
    },
    /// Strokes an edge differently.
    Restroke {
        /// Its index.
        edge: usize,
        /// How.
        stroke: Stroke,
    },
    /// Turns an edge round.
    Reverse {
        /// Its index.
        edge: usize,
    },
    /// Moves an edge by one place in the order of the text, among those of its subgraph; neighbours whose steps were in
    /// order before are in order afterwards.
    Reorder {
        /// Its index.
        edge: usize,
        /// To which side.
        toward: Toward,
    },
    /// Makes room for a step: this message and all later ones of its system come one step later.
    InsertStep {
        /// The index of the message before which there shall be room.
        edge: usize,
    },
    /// Adds a copy of another diagram's nodes and edges, under ids that are free here.
    Paste {
        /// What is added.
        clip: Diagram,
        /// The id of the subgraph it is added to.
        parent: Option<String>,
    },
    /// Removes parts; a node takes its edges with it, a subgraph all that is in it. Steps that are no more are closed up.
    Delete(Vec<Part>),
}

/// A direction in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// To the front.
    Earlier,
    /// To the back.
    Later,
}

impl Diagram {
    /// The diagram after an edit, and the parts to select then. An edit of a part that is not there changes nothing.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> (Self, Vec<Part>) {
        let mut diagram = self.clone();
        let selected = match edit {
            Edit::Paste { clip, parent } => diagram.paste(clip, parent.as_deref()),
            Edit::Move(places) => diagram.put(places),
            _ => diagram.apply(edit).into_iter().collect(),
        };
        (diagram, selected)
    }

    fn apply(&mut self, edit: &Edit) -> Option<Part> {
        match edit {
            Edit::Add { role, parent, at } => Some(self.add(*role, parent.as_deref(), *at)),
            Edit::AddSystem => Some(self.add_system()),
            Edit::Connect { from, to, stroke } => self.connect(from, to, *stroke),
            Edit::Reconnect { edge, from, to } => self.reconnect(*edge, from, to),
            Edit::Rehome { id, parent } => self.rehome(id, parent.as_deref()),
            Edit::Tidy => {
                self.positions.clear();
                None
            }
            Edit::Relabel { part, text } => self.relabel(part, text),
            Edit::Rename { id, to } => Some(self.rename(id, to)),
            Edit::Cast { id, cast } => self.cast(id, *cast),
            Edit::Reshape { id, shape } => self.reshape(id, *shape),
            Edit::Restyle { id, style } => {
                self.node_mut(id)?.style.clone_from(style);
                Some(Part::Node(id.clone()))
            }
            Edit::Restroke { edge, stroke } => {
                self.edges.get_mut(*edge)?.stroke = *stroke;
                Some(Part::Edge(*edge))
            }
            Edit::Reverse { edge } => {
                let turned = self.edges.get_mut(*edge)?;
                std::mem::swap(&mut turned.from, &mut turned.to);
                Some(Part::Edge(*edge))
            }
            Edit::Reorder { edge, toward } => self.reorder(*edge, *toward),
            Edit::InsertStep { edge } => self.insert_step(*edge),
            Edit::Delete(parts) => {
                self.delete(parts);
                None
            }
            Edit::Paste { .. } | Edit::Move(_) => None,
        }
    }

    /// Whether a part is there.
    pub fn has(&self, part: &Part) -> bool {
        match part {
            Part::Node(id) => self.node(id).is_some(),
            Part::Edge(at) => *at < self.edges.len(),
            Part::Subgraph(id) => self.subgraph(id).is_some(),
        }
    }

    /// All parts in the order in which one walks them: each subgraph with its nodes and its edges, then the rest.
    pub fn parts(&self) -> Vec<Part> {
        let homes = self.subgraphs.iter().map(|subgraph| Some(&subgraph.id)).chain([None]);
        let of = |home: Option<&String>| -> Vec<Part> {
            let nodes = self.nodes.iter().filter(|node| node.parent.as_ref() == home);
            let edges = (0..self.edges.len()).filter(|&at| self.edges[at].parent.as_ref() == home);
            let subgraph = home.map(|id| Part::Subgraph(id.clone()));
            let nodes = nodes.map(|node| Part::Node(node.id.clone()));
            subgraph.into_iter().chain(nodes).chain(edges.map(Part::Edge)).collect()
        };
        homes.flat_map(of).collect()
    }
}
