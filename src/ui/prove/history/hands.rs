//! What the pointer does: it moves the time line, or a part of the overview, or two fingers pinch it.

use web_sys::PointerEvent;

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Hand {
    /// Nothing.
    #[default]
    Idle,
    /// One pointer holds the lanes: where it is, and whether it has moved far enough to be no click.
    Holds { id: i32, at: (f64, f64), moved: bool },
    /// Two fingers hold the lanes.
    Pinches { ids: [i32; 2], at: [(f64, f64); 2] },
    /// The pointer holds the overview.
    Brushes { id: i32, part: Brush },
}

/// A part of the overview's brush.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Brush {
    /// Its left edge.
    From,
    /// Its right edge.
    To,
    /// Its inside; how far right of its left edge it was taken, in positions.
    Inside(f64),
}

/// How far a pointer may move and still click, in pixels.
const CLICK: f64 = 4.0;

/// What the lanes are to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Move by so many pixels.
    Move(f64, f64),
    /// Grow so many times narrower about that place, and move by so many pixels.
    Zoom { times: f64, about: f64, by: f64 },
    /// Select what is there.
    Click((f64, f64)),
    /// Point out what is there.
    Point((f64, f64)),
    /// Nothing.
    Nothing,
}

impl Hand {
    /// A pointer comes down on the lanes.
    pub fn down(&mut self, event: &PointerEvent, at: (f64, f64)) {
        let second = event.pointer_id();
        *self = match *self {
            Self::Holds { id, at: first, .. } if id != second => Self::Pinches { ids: [id, second], at: [first, at] },
            Self::Pinches { .. } => *self,
            _ => Self::Holds { id: second, at, moved: false },
        };
    }

    /// A pointer moves over the lanes.
    pub fn moves(&mut self, event: &PointerEvent, to: (f64, f64)) -> Deed {
        match self {
            Self::Holds { id, at, moved } if *id == event.pointer_id() => {
                let (x, y) = (to.0 - at.0, to.1 - at.1);
                if !*moved && x.abs().max(y.abs()) < CLICK {
                    return Deed::Nothing;
                }
                (*at, *moved) = (to, true);
                Deed::Move(x, y)
            }
            Self::Pinches { ids, at } => {
                let Some(which) = ids.iter().position(|&id| id == event.pointer_id()) else { return Deed::Nothing };
                let before = *at;
                at[which] = to;
                let apart = |two: [(f64, f64); 2]| (two[0].0 - two[1].0).abs().max(24.0);
                let middle = |two: [(f64, f64); 2]| f64::midpoint(two[0].0, two[1].0);
                Deed::Zoom { times: apart(before) / apart(*at), about: middle(*at), by: middle(*at) - middle(before) }
            }
            Self::Idle => Deed::Point(to),
            _ => Deed::Nothing,
        }
    }

    /// A pointer is lifted from the lanes, or leaves them. What another one does goes on.
    pub fn up(&mut self, event: &PointerEvent) -> Deed {
        let gone = event.pointer_id();
        match *self {
            Self::Holds { id, at, moved } if id == gone => {
                *self = Self::Idle;
                if moved { Deed::Nothing } else { Deed::Click(at) }
            }
            Self::Pinches { ids, at } if ids.contains(&gone) => {
                let stays = usize::from(ids[0] == gone);
                *self = Self::Holds { id: ids[stays], at: at[stays], moved: true };
                Deed::Nothing
            }
            Self::Brushes { id, .. } if id == gone => {
                *self = Self::Idle;
                Deed::Nothing
            }
            _ => Deed::Nothing,
        }
    }
}
