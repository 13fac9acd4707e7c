//! Where what stands: from positions and lanes to pixels and back.

use super::view::View;
use crate::diagram::chronicle::Chronicle;

/// The height of the axis below the lanes, in pixels.
pub const AXIS: f64 = 26.0;

/// The lowest and the highest lane, in pixels.
const LANE: [f64; 2] = [20.0, 104.0];

/// The height of the highest bar.
const BAR: f64 = 34.0;

/// The scale of the lanes.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// What is seen.
    pub view: View,
    /// The width of the canvas in pixels.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The width of the names of the lanes.
    pub gutter: f64,
    /// The height of a lane.
    pub lane: f64,
    /// How many lanes there are.
    pub lanes: usize,
}

impl Scale {
    /// The scale of a canvas of that size.
    pub fn of(chronicle: &Chronicle, view: View, (width, height): (f64, f64)) -> Self {
        let lanes = chronicle.lanes().max(1);
        let lane = ((height - AXIS) / count(lanes)).clamp(LANE[0], LANE[1]).floor();
        let gutter = if width < 560.0 { 40.0 } else { 84.0 };
        let mut scale = Self { view, width, height, gutter, lane, lanes };
        scale.view.top = view.top.clamp(0.0, scale.deepest());
        scale
    }

    /// How many pixels of the lanes can be above the top edge.
    pub fn deepest(&self) -> f64 {
        (self.lane * count(self.lanes) - (self.height - AXIS)).max(0.0)
    }

    /// How many pixels a position is wide.
    pub fn pixels(&self) -> f64 {
        (self.width - self.gutter).max(1.0) / self.view.span()
    }

    /// Where a position is.
    pub fn x(&self, position: f64) -> f64 {
        self.gutter + (position - self.view.from) * self.pixels()
    }

    /// The position that is there.
    pub fn position(&self, x: f64) -> f64 {
        self.view.from + (x - self.gutter) / self.pixels()
    }

    /// Where a lane begins.
    pub fn y(&self, lane: usize) -> f64 {
        self.lane * count(lane) - self.view.top
    }

    /// Where the bars of a lane begin, and how high they are. Where there is room, words stand above them.
    pub fn bar(&self, lane: usize) -> (f64, f64) {
        let gap = if self.lane > 28.0 { 7.0 } else { 3.0 };
        let height = (self.lane - 2.0 * gap).min(BAR);
        let room = self.lane - height;
        ((self.y(lane) + if room > 36.0 { room * 0.6 } else { room / 2.0 }).round(), height)
    }

    /// Whether there is room for words above the bars.
    pub fn has_room_above(&self) -> bool {
        self.lane >= 62.0
    }

    /// The lanes that are seen.
    pub fn seen(&self) -> std::ops::Range<usize> {
        let first = whole(self.view.top / self.lane);
        let last = whole((self.view.top + self.height - AXIS) / self.lane) + 1;
        first..last.min(self.lanes)
    }

    /// The operation that is there: the one drawn, or the nearest within a few pixels of its lane.
    pub fn hit(&self, chronicle: &Chronicle, (x, y): (f64, f64)) -> Option<usize> {
        if x < self.gutter || y < 0.0 || y > self.height - AXIS {
            return None;
        }
        let lane = whole((y + self.view.top) / self.lane);
        let (at, near) = (self.position(x), 5.0 / self.pixels());
        let distance = |&other: &u32| {
            let bar = chronicle.bars[other as usize];
            (f64::from(bar.from) - at).max(at - f64::from(bar.to)).max(0.0)
        };
        let around = chronicle.between(lane, at - near, at + near).iter();
        around.min_by(|one, other| distance(one).total_cmp(&distance(other))).map(|&found| found as usize)
    }
}

/// A count as a measure.
#[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
pub fn count(number: usize) -> f64 {
    number as f64
}

/// A measure as a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub fn whole(measure: f64) -> usize {
    measure as usize
}
