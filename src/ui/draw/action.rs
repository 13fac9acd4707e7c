//! What can be done in the room.

use yew::AttrValue;

use super::mode::{Mode, Tab};
use crate::diagram::picture::Arrangement;
use crate::diagram::role::Role;
use crate::diagram::view::View;
use crate::diagram::{Document, Edit, Part, Point, Stroke};

/// What can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Select parts, or nothing.
    Select(Vec<Part>),
    /// Add a part to the selection, or take it out.
    Toggle(Part),
    /// Select all nodes and edges.
    SelectAll,
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
    /// Take what was written as the text of the diagram.
    Write(String),
    /// The text is left; what is written next is a step of its own.
    Rest,
    /// Show the text that was set aside.
    BringBack,
    /// Remove what is selected.
    Delete,
    /// What is selected has been copied: the text, and what it stands for.
    Copied(String),
    /// Add what that text stands for.
    Paste(String),
    /// Add a copy of what is selected.
    Duplicate,
    /// Make room for a step before that edge, and draw it.
    InsertStep(usize),
    /// Nodes are let go: where they are, or in the system they hang over.
    Drop,
    /// Write the label of a part.
    BeginLabel(Part),
    /// The label is written.
    EndLabel,
    /// The label was not meant: it is again what it was.
    CancelLabel,
    /// Stack the systems, or put them side by side.
    Arrange(Arrangement),
    /// See another part of the picture; `None` for the whole.
    View(Option<View>),
    /// Point parts out until something else is done.
    Show(Vec<Part>),
    /// So many goals are met, of so many.
    Met(usize, usize),
    /// Run the drawing, or show its run at that step; `None` to go back to drawing.
    Run(Option<usize>),
    /// Run the drawing, and play it.
    Play,
    /// The run is at that step.
    Stepped(usize),
    /// The run as a sequence diagram.
    Told(AttrValue),
    /// Turn to another tab of the panel.
    Turn(Tab),
    /// Open another document; a step that can be undone.
    Open(Document),
    /// Open or close the import dialog.
    Import(bool),
    /// Say something to those who listen.
    Say(String),
    /// Step back.
    Undo,
    /// Step forward.
    Redo,
}
