//! Dragging: where nodes that hang on the pointer stand, and where new ones are put.

use super::action::Action;
use super::canvas::Props;
use super::mode::{Drag, Mode};
use super::state::drag_key;
use crate::diagram::geometry::{Rect, Spot};
use crate::diagram::guide::snap;
use crate::diagram::picture::{EDGE, Frame, relative};
use crate::diagram::role::{Role, system};
use crate::diagram::{Edit, Part, Point};

/// A press is no drag until the pointer has really moved: pixels of the picture.
const SLACK: f64 = 4.0;
/// The space of a frame that is kept free: at its sides and above, for its title.
const INSET: (f64, f64) = (12.0, 48.0);
/// How far a frame may grow in one drag where nothing is in its way.
const GROWTH: f64 = 240.0;

/// The nodes among these parts begin to hang on the pointer.
pub fn begin(parts: &[Part], from: Spot, props: &Props) -> Drag {
    let id = |part: &Part| if let Part::Node(id) = part { Some(id.clone()) } else { None };
    Drag {
        ids: parts.iter().filter_map(id).collect(),
        from,
        by: Spot::default(),
        start: props.picture.clone(),
        guides: Vec::new(),
        target: None,
    }
}

/// The pointer moves with nodes hanging on it.
pub fn drag(drag: &Drag, spot: Spot, props: &Props) {
    let by = Spot { x: spot.x - drag.from.x, y: spot.y - drag.from.y };
    if drag.by == Spot::default() && spot.distance(drag.from) < SLACK {
        return;
    }
    let homes: Vec<Option<&str>> = drag.ids.iter().map(|id| home(id, props)).collect();
    let over = drag.start.frames.iter().find(|frame| frame.outermost && frame.rect.contains(spot));
    let target = over.map(|frame| frame.id.clone()).filter(|id| !homes.contains(&Some(id.as_str())));
    let snapped = snap(&drag.start, &drag.ids, by);
    let mut places = Vec::new();
    for id in &drag.ids {
        let Some(card) = drag.start.cards.iter().find(|card| card.id == *id) else { continue };
        let parent = props.diagram.node(id).and_then(|node| node.parent.as_deref());
        let wanted = card.rect.centre().plus(snapped.by.x, snapped.by.y);
        let spot = inside(wanted, card.rect, home(id, props), &drag.start.frames);
        places.push((id.clone(), relative(&props.diagram, &drag.start, parent, spot)));
    }
    props.on_action.emit(Action::Edit(Edit::Move(places), Some(drag_key(&drag.ids))));
    let drag = Drag { by, guides: snapped.guides, target, ..drag.clone() };
    props.on_action.emit(Action::Mode(Mode::Drag(drag)));
}

fn home<'a>(id: &str, props: &'a Props) -> Option<&'a str> {
    let node = props.diagram.node(id)?;
    system(&props.diagram, node.parent.as_deref()).map(|system| system.id.as_str())
}

/// The system and the place for a new node.
pub fn place_for(spot: Spot, role: Role, props: &Props) -> (Option<String>, Point) {
    let parent = props.picture.frame_at(spot).map(|frame| frame.id.clone());
    let home = system(&props.diagram, parent.as_deref()).map(|system| system.id.as_str());
    let spot = inside(spot, ghost(spot, role), home, &props.picture.frames);
    let point = relative(&props.diagram, &props.picture, parent.as_deref(), spot);
    (parent, Point { x: to_grid(point.x), y: to_grid(point.y) })
}

/// The outline of a node before it is there.
pub fn ghost(spot: Spot, role: Role) -> Rect {
    let (w, h) = if role == Role::Client { (104.0, 46.0) } else { (132.0, 62.0) };
    Rect::around(spot, w, h)
}

/// The centre of a card that somebody wants there: inside its frame, which grows to the right and down where no other frame
/// is in the way.
fn inside(wanted: Spot, card: Rect, home: Option<&str>, frames: &[Frame]) -> Spot {
    let Some(rect) = frames.iter().find(|frame| Some(frame.id.as_str()) == home).map(|frame| frame.rect) else {
        return Spot { x: wanted.x.max(card.w / 2.0), y: wanted.y.max(card.h / 2.0) };
    };
    let others = || frames.iter().filter(|frame| frame.outermost).map(|frame| frame.rect);
    let grows = |blocked: bool| if blocked { -EDGE } else { GROWTH };
    let right = rect.x + rect.w + grows(others().any(|other| other.x > rect.x + 1.0));
    let bottom = rect.y + rect.h + grows(others().any(|other| other.y > rect.y + 1.0));
    let fit = |at: f64, from: f64, to: f64, size: f64| at.min(to - size / 2.0).max(from + size / 2.0);
    Spot { x: fit(wanted.x, rect.x + INSET.0, right, card.w), y: fit(wanted.y, rect.y + INSET.1, bottom, card.h) }
}

/// To the 8-pixel grid.
fn to_grid(length: i32) -> i32 {
    (length + 4).div_euclid(8) * 8
}
