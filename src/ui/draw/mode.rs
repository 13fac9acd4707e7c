//! What the pointer and the keys do just now: one explicit mode for each interaction.

use std::rc::Rc;

use crate::diagram::geometry::Spot;
use crate::diagram::picture::Picture;
use crate::diagram::role::Role;
use crate::diagram::view::View;
use crate::diagram::{Part, Stroke};

/// A mode.
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
        /// The step it is to be, where room has been made for one.
        step: Option<u32>,
    },
    /// Nodes hang on the pointer.
    Drag(Drag),
    /// A rectangle is drawn around what is to be selected.
    Marquee {
        /// Where it began.
        from: Spot,
        /// Where the pointer is.
        to: Spot,
        /// What was selected before and stays so.
        kept: Vec<Part>,
    },
    /// The canvas hangs on the pointer.
    Pan {
        /// Where the pointer went down, in pixels of the window.
        from: Spot,
        /// What was seen then.
        view: View,
    },
    /// A label is being written.
    Label {
        /// Whose.
        part: Part,
        /// The step it is to be, where room has been made for one.
        step: Option<u32>,
    },
    /// The menu of a part, or of the canvas, is open.
    Menu {
        /// Where, in pixels from the canvas's corner.
        at: Spot,
        /// The place on the picture.
        spot: Spot,
    },
}

/// Nodes that are being dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Their ids.
    pub ids: Vec<String>,
    /// Where the pointer went down.
    pub from: Spot,
    /// How far it has gone since.
    pub by: Spot,
    /// The picture as it was then.
    pub start: Rc<Picture>,
    /// Lines that show what they are aligned with.
    pub guides: Vec<(Spot, Spot)>,
    /// The system they would move to.
    pub target: Option<String>,
}

/// A tab of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What the drawing is to show, and what it shows already.
    #[default]
    Goals,
    /// The drawing as text.
    Mermaid,
    /// The drawing as a list.
    Parts,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Goals, Self::Mermaid, Self::Parts];

    /// The tab of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Goals => "Goals",
            Self::Mermaid => "Mermaid",
            Self::Parts => "Parts",
        }
    }
}
