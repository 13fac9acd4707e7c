//! Where everything of a space-time diagram stands: parties at the top, time running down, cuts between the columns.
//!
//! ```text
//!   [Client 1] [Node A]    ⌇   [Node B] [Client 2]     heads: TOP
//!       █────────▶│        ⌇       │        │          row 1: an operation begins
//!       █◀────────│ ─ ─ ─ ─╳       │        │          row 2: a copy is lost at the tear
//! ```
//!
//! Pixels at 100 %, x to the right and y down. The page and the picture file draw from the same places.

use super::geometry::{Rect, Spot, count};
use super::measure::width;
use super::space_time::{Bar, Fate, Held, Outage, Party, Point, Rift, Slant, SpaceTime, Tear};

/// Where the life lines begin.
pub const TOP: f64 = 118.0;
/// The font size of an arrow's words.
pub const LETTER: f64 = 12.5;
/// The font size of a name.
pub const NAME: f64 = 13.5;
/// The font size of what stands below a name.
pub const DETAIL: f64 = 12.0;
/// The font size of a value.
pub const VALUE: f64 = 13.0;
/// The tallest row, and the shortest.
const ROW: (f64, f64) = (54.0, 34.0);
/// How much wider the gap in the middle is, in gaps.
const MIDDLE: f64 = 0.3;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// As much as one needs.
    Ample,
    /// As much as one needs across, and less height.
    Short,
    /// Little: narrow heads, and less height.
    Scarce,
    /// Little, and hardly any height.
    Low,
}

impl Room {
    /// Whether there is little.
    pub const fn scarce_if(little: bool) -> Self {
        if little { Self::Scarce } else { Self::Ample }
    }

    /// What there is in a view that may be narrow, or short.
    pub const fn in_view(narrow: bool, short: bool) -> Self {
        match (narrow, short) {
            (true, _) => Self::Scarce,
            (false, true) => Self::Short,
            (false, false) => Self::Ample,
        }
    }

    /// The height that the rows share, and the most rows that are in view.
    const fn rows(self) -> (f64, usize) {
        match self {
            Self::Ample => (540.0, 16),
            Self::Short | Self::Scarce => (374.0, 11),
            Self::Low => (220.0, 6),
        }
    }
}

/// What places need to know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// How many columns there are.
    pub columns: usize,
    /// How many rows.
    pub rows: usize,
    /// How many of them are in view at once.
    pub shown: usize,
    /// The row that has been reached.
    pub moment: usize,
    /// The width of the whole.
    pub width: f64,
    /// The width of a head.
    pub head: f64,
    /// The height of a row.
    pub row: f64,
}

/// Where an arrow is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaft {
    /// Where it begins.
    pub tail: Spot,
    /// Where it has come to.
    pub tip: Spot,
    /// Where it will end: where its cross is, if it is lost.
    pub end: Spot,
    /// The middle of its words, if there is room for them. Between a node and the tear there may be none; the narration
    /// has them.
    pub words: Option<Spot>,
    /// Whether something has become of it just now.
    pub fresh: bool,
}

/// Where a cut is.
#[derive(Clone, Debug, PartialEq)]
pub struct Rip {
    /// The jagged line, as the points of a polyline.
    pub points: String,
    /// Its upper end.
    pub top: Spot,
    /// Its lower end.
    pub bottom: Spot,
}

impl Grid {
    /// The grid of a diagram of so many columns and rows, at that row.
    pub fn new(columns: usize, rows: usize, moment: usize, room: Room) -> Self {
        let (height, most) = room.rows();
        let shown = rows.clamp(1, most);
        let row = (height / count(shown)).clamp(ROW.1, ROW.0);
        let (least, head) = match room {
            Room::Ample | Room::Short => (540.0, 112.0),
            Room::Scarce | Room::Low => (396.0, 84.0),
        };
        let width = (count(columns) * (head + 12.0)).max(least);
        Self { columns, rows, shown, moment, width, head, row }
    }

    /// The grid of the whole diagram in which every name and every word has the room it needs. `heads` are what the
    /// columns are called, and where they stand.
    pub fn roomy(diagram: &SpaceTime, heads: &[(String, String)], rows: usize) -> Self {
        let columns = diagram.columns.len();
        let mut grid = Self::new(columns, rows, rows.saturating_sub(1), Room::Ample);
        for (at, (name, place)) in heads.iter().enumerate() {
            let widest = width(name, NAME).max(width(&below(at, place, diagram), DETAIL));
            grid.head = grid.head.max(widest + 20.0);
        }
        let mut gap = (grid.head + 12.0).max(grid.width / count(columns.max(1)));
        for slant in &diagram.slants {
            let far = count(slant.from.abs_diff(slant.to).max(1));
            let words = width(&slant.words, LETTER) + 40.0;
            // What is lost has its words between its sender and the tear.
            gap = gap.max(if matches!(slant.end, Fate::Lost(_)) { 2.0 * words / far } else { words / far });
        }
        grid.width = gap * count(columns);
        grid
    }

    /// The height of the whole.
    pub fn height(self) -> f64 {
        self.y(self.rows) + 8.0
    }

    /// Where a row is.
    pub fn y(self, row: usize) -> f64 {
        TOP + 24.0 + count(row) * self.row
    }

    /// Where a column is. The gap in the middle, where the cut is, is wider than the others.
    pub fn x(self, column: usize) -> f64 {
        let last = count(self.columns.saturating_sub(1)).max(1.0) + MIDDLE;
        let middle = if column * 2 >= self.columns { MIDDLE } else { 0.0 };
        let inset = self.head / 2.0 + 6.0;
        inset + (self.width - 2.0 * inset) * (count(column) + middle) / last
    }

    /// Where the line is that says “now”.
    pub fn now(self) -> f64 {
        self.y(self.moment) + 22.0
    }

    /// Where a cut is, as far as it has come.
    pub fn rip(self, tear: &Tear) -> Rip {
        let x = f64::midpoint(self.x(tear.left), self.x(tear.right));
        let top = self.y(tear.start) - 36.0;
        let end = if tear.end.is_some() { -8.0 } else { 22.0 };
        let bottom = self.y(tear.end.unwrap_or(self.moment).min(self.moment)) + end;
        let mut points = Spot { x, y: top }.svg();
        let (mut y, mut side) = (top + 12.0, 1.0);
        while y < bottom {
            points += " ";
            points += &Spot { x: x + side * 8.0, y }.svg();
            (y, side) = (y + 19.0, -side);
        }
        points += " ";
        points += &Spot { x, y: bottom }.svg();
        Rip { points, top: Spot { x, y: top }, bottom: Spot { x, y: bottom } }
    }

    /// Where a hold is, as far as it has come: no jagged line, but two straight ones around this.
    pub fn clasp(self, tear: &Tear) -> Rip {
        let x = f64::midpoint(self.x(tear.left), self.x(tear.right)) - 16.0;
        let top = self.y(tear.start) - 8.0;
        let end = if tear.end.is_some() { -8.0 } else { 22.0 };
        let bottom = self.y(tear.end.unwrap_or(self.moment).min(self.moment)) + end;
        Rip { points: String::new(), top: Spot { x, y: top }, bottom: Spot { x, y: bottom.max(top + 6.0) } }
    }

    /// Where a node is down: its line, and from where to where, as far as it has come.
    pub fn outage(self, outage: &Outage) -> (f64, f64, f64) {
        let from = self.y(outage.start);
        let end = if outage.end.is_some() { -6.0 } else { 22.0 };
        let to = self.y(outage.end.unwrap_or(self.moment).min(self.moment)) + end;
        (self.x(outage.column), from, to.max(from + 8.0))
    }

    /// Where an operation takes effect.
    pub fn point(self, point: Point) -> Spot {
        let row = count(point.millirow) / 1_000.0;
        Spot { x: self.x(point.column), y: self.y(0) + row * self.row }
    }

    /// From where to where an operation lasts, as far as it has come.
    pub fn span(self, bar: &Bar) -> (f64, f64) {
        let (from, to) = (self.y(bar.start) - 5.0, self.y(bar.end.unwrap_or(self.moment)) + 5.0);
        (from, from + (to - from).max(12.0))
    }

    /// The card of a value.
    pub fn card(self, held: &Held) -> Rect {
        let centre = Spot { x: self.x(held.column), y: self.y(held.row) + if held.row == 0 { -6.0 } else { 0.0 } };
        Rect::around(centre, card_width(held), 24.0)
    }

    /// Where an arrow is: one that is lost ends at the tear; one that is under way ends now.
    pub fn shaft(self, slant: &Slant, diagram: &SpaceTime) -> Shaft {
        let tail = self.tail(slant, diagram);
        let end = self.end(slant, tail, diagram);
        let (tip, row) = match slant.fate {
            Fate::Arrived(row) | Fate::Lost(row) => (end, row),
            Fate::UnderWay => {
                // What a held link keeps gets no further than half-way.
                let is_kept = diagram.tears.iter().any(|tear| tear.rift == Rift::Held && tear.end.is_none());
                let furthest = if is_kept && slant.message.is_some() { 0.45 } else { 0.9 };
                let share = ((self.now() - tail.y) / (end.y - tail.y).max(1.0)).clamp(0.15, furthest);
                (tail.plus((end.x - tail.x) * share, (end.y - tail.y) * share), self.moment)
            }
        };
        let fresh = slant.start == self.moment || row == self.moment;
        let fits = slant.end != Fate::Lost(slant.start) || width(&slant.words, LETTER) < (end.x - tail.x).abs();
        let said = fits && !is_said_already(slant, diagram);
        Shaft { tail, tip, end, words: said.then(|| words_at(slant, tail, end, diagram)), fresh }
    }

    fn tail(self, slant: &Slant, diagram: &SpaceTime) -> Spot {
        let x = self.x(slant.from) + direction(slant) * gap(slant.from, slant.start, diagram);
        Spot { x, y: self.y(slant.start) + 5.0 + count(slant.rank) * 6.0 }
    }

    fn end(self, slant: &Slant, tail: Spot, diagram: &SpaceTime) -> Spot {
        let arrival = |row: usize| Spot {
            x: self.x(slant.to) - direction(slant) * gap(slant.to, row, diagram),
            y: self.y(row) - 6.0,
        };
        match slant.end {
            Fate::Arrived(row) => arrival(row),
            Fate::UnderWay => arrival(slant.start + 1),
            // Lost as it was sent, or on its way.
            Fate::Lost(row) => {
                let y = if row == slant.start { tail.y + 14.0 } else { self.y(row) - 16.0 };
                Spot { x: f64::midpoint(self.x(slant.from), self.x(slant.to)), y }
            }
        }
    }
}

impl Shaft {
    /// The line, as the data of a path.
    pub fn path(self) -> String {
        ["M", &self.tail.svg(), "L", &self.tip.svg()].concat()
    }
}

/// What stands below the name of a party: where a node stands and what it holds by now, what a client has seen.
pub fn below(column: usize, place: &str, diagram: &SpaceTime) -> String {
    if let Some(Party::Client(_)) = diagram.columns.get(column) {
        let bar = diagram.bars.iter().rev().find(|bar| bar.column == column);
        return bar.map_or_else(|| "idle".to_owned(), |bar| bar.view.clone());
    }
    let held = diagram.held.iter().rev().find(|held| held.column == column && !held.found);
    let value = held.map(|held| held.value.to_string()).unwrap_or_default();
    if place.is_empty() { value } else { [place, " · ", &value].concat() }
}

fn card_width(held: &Held) -> f64 {
    (width(&held.value.to_string(), VALUE) + 16.0).max(38.0)
}

/// How far an arrow stays from the middle of a line: there may be a value on it, or an operation beside a client's.
fn gap(column: usize, row: usize, diagram: &SpaceTime) -> f64 {
    if let Some(card) = diagram.held.iter().find(|card| (card.column, card.row) == (column, row)) {
        card_width(card) / 2.0 + 4.0
    } else if matches!(diagram.columns.get(column), Some(Party::Client(_))) {
        9.0
    } else {
        3.0
    }
}

fn direction(slant: &Slant) -> f64 {
    if slant.to > slant.from { 1.0 } else { -1.0 }
}

/// Whether an arrow beside this one, lost at the same tear as it was sent, says the same: once is enough.
fn is_said_already(slant: &Slant, diagram: &SpaceTime) -> bool {
    let is_lost_at_once = |slant: &Slant| slant.end == Fate::Lost(slant.start);
    let says_the_same = |other: &Slant| {
        (other.from, other.start, &other.words) == (slant.from, slant.start, &slant.words)
            && other.rank < slant.rank
            && (other.to > other.from) == (slant.to > slant.from)
            && is_lost_at_once(other)
    };
    is_lost_at_once(slant) && diagram.slants.iter().any(says_the_same)
}

/// Where the words of an arrow stand. Those that lead to a node stand over the higher half of the arrow, those that
/// lead to a client under the lower half, so that no arrow runs through them; those of one that is lost half-way begin
/// where it begins.
fn words_at(slant: &Slant, tail: Spot, end: Spot, diagram: &SpaceTime) -> Spot {
    let (wide, long) = (width(&slant.words, LETTER), (end.x - tail.x).abs().max(1.0));
    let answers = matches!(diagram.columns.get(slant.to), Some(Party::Client(_)));
    let (aside, share, below) = if matches!(slant.end, Fate::Lost(_)) {
        (wide / 2.0 + 5.0, 0.0, -5.0)
    } else if answers {
        (long / 2.0 - 7.0, (0.5 + wide / 2.0 / long).min(1.0), 13.0)
    } else {
        (long / 2.0, (0.5 - wide / 2.0 / long).max(0.0), -5.0)
    };
    Spot { x: tail.x + direction(slant) * aside, y: tail.y + share * (end.y - tail.y) + below }
}
