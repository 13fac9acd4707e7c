//! Where cards that are being dragged come to rest: beside others if they nearly stand there already, or on the grid.
//!
//! ```text
//!  ┌───┐ ┆            ┌───┐     ┌───┐     ┌───┐
//!  │ A ├─┼─┐          │ A ├╌╌╌╌╌┤ B ├╌╌╌╌╌┤ C │      as far from B as B from A
//!  └───┘ ┆ │          └───┘     └───┘     └───┘
//!        ▼ the middle of A is that of C
//! ```
//!
//! Across and down are decided each by itself: what is nearest wins, alignment of middles before that of edges, and both
//! before equal gaps.

use super::geometry::{Rect, Spot};
use super::picture::Picture;

/// How far a guide pulls, in pixels.
const REACH: f64 = 6.0;
/// The grid, in pixels.
const GRID: f64 = 8.0;

/// Where the dragged cards come to rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapped {
    /// How far they move from where the picture has them, in pixels.
    pub by: Spot,
    /// Lines that show what they are aligned with, each from one end to the other; none where it is but the grid.
    pub guides: Vec<(Spot, Spot)>,
}

/// One of the two directions, each of which is decided by itself.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Across,
    Down,
}

/// What of a card is aligned.
#[derive(Clone, Copy)]
enum Anchor {
    Middle,
    Start,
    End,
}

/// What holds the cards on one axis.
enum Hold {
    Aligned(Anchor),
    /// The gaps that are equal, each from one end to the other.
    Spaced([(f64, f64); 2]),
}

/// Where cards come to rest that a person drags from where the picture has them `by` so far, in pixels. Several cards
/// move as one; ids that the picture does not have are passed over.
pub fn snap(picture: &Picture, moving: &[String], by: Spot) -> Snapped {
    let is_moving = |id: &str| moving.iter().any(|other| other == id);
    let mut held = picture.cards.iter().filter(|card| is_moving(&card.id)).map(|card| card.rect);
    let Some(first) = held.next() else { return Snapped { by, guides: Vec::new() } };
    let block = held.fold(first, Rect::with);
    let others: Vec<Rect> = picture.cards.iter().filter(|card| !is_moving(&card.id)).map(|card| card.rect).collect();
    let wanted = Rect { x: block.x + by.x, y: block.y + by.y, ..block };
    let home = picture.frames.iter().find(|frame| frame.outermost && frame.rect.contains(first.centre()));
    let corner = home.map_or(Spot::default(), |frame| Spot { x: frame.rect.x, y: frame.rect.y });
    let on_grid = |to: f64| (to / GRID).round() * GRID - to;
    let across = pull(Axis::Across, wanted, &others);
    let down = pull(Axis::Down, wanted, &others);
    let by = by.plus(
        across.as_ref().map_or_else(|| on_grid(first.centre().x + by.x - corner.x), |(by, _)| *by),
        down.as_ref().map_or_else(|| on_grid(first.centre().y + by.y - corner.y), |(by, _)| *by),
    );
    let rest = Rect { x: block.x + by.x, y: block.y + by.y, ..block };
    let mut guides = Vec::new();
    for (axis, hold) in [(Axis::Across, across), (Axis::Down, down)] {
        match hold {
            Some((_, Hold::Aligned(anchor))) => guides.push(line(axis, anchor, rest, &others)),
            Some((_, Hold::Spaced(gaps))) => {
                let level = axis.other().at(rest, Anchor::Middle);
                guides.extend(gaps.map(|(from, to)| (axis.spot(from, level), axis.spot(to, level))));
            }
            None => {}
        }
    }
    Snapped { by, guides }
}

impl Axis {
    fn other(self) -> Self {
        if self == Self::Across { Self::Down } else { Self::Across }
    }

    fn at(self, rect: Rect, anchor: Anchor) -> f64 {
        let (from, length) = if self == Self::Across { (rect.x, rect.w) } else { (rect.y, rect.h) };
        match anchor {
            Anchor::Start => from,
            Anchor::Middle => from + length / 2.0,
            Anchor::End => from + length,
        }
    }

    /// The place that far along this axis and that far along the other.
    fn spot(self, along: f64, aside: f64) -> Spot {
        if self == Self::Across { Spot { x: along, y: aside } } else { Spot { x: aside, y: along } }
    }
}

/// How far the nearest hold pulls on one axis, if one is within reach.
fn pull(axis: Axis, wanted: Rect, others: &[Rect]) -> Option<(f64, Hold)> {
    let mut best: Option<(f64, Hold)> = None;
    let mut offer = |by: f64, hold: Hold| {
        if best.as_ref().map_or(by.abs() <= REACH, |(least, _)| by.abs() < least.abs()) {
            best = Some((by, hold));
        }
    };
    for anchor in [Anchor::Middle, Anchor::Start, Anchor::End] {
        for other in others {
            offer(axis.at(*other, anchor) - axis.at(wanted, anchor), Hold::Aligned(anchor));
        }
    }
    for (to, gaps) in spacings(axis, wanted, others) {
        offer(to - axis.at(wanted, Anchor::Start), Hold::Spaced(gaps));
    }
    best
}

/// Where the block would have to start to stand as far from its neighbours in the row as these from each other or from
/// it, with the two gaps that would then be equal.
fn spacings(axis: Axis, wanted: Rect, others: &[Rect]) -> Vec<(f64, [(f64, f64); 2])> {
    let level = axis.other().at(wanted, Anchor::Middle);
    let in_row =
        |rect: &&Rect| axis.other().at(**rect, Anchor::Start) <= level && level <= axis.other().at(**rect, Anchor::End);
    let row: Vec<(f64, f64)> =
        others.iter().filter(in_row).map(|rect| (axis.at(*rect, Anchor::Start), axis.at(*rect, Anchor::End))).collect();
    let before =
        |than: f64| row.iter().copied().filter(|(_, end)| *end <= than).reduce(|a, b| if a.1 >= b.1 { a } else { b });
    let behind = |than: f64| {
        row.iter().copied().filter(|(start, _)| *start >= than).reduce(|a, b| if a.0 <= b.0 { a } else { b })
    };
    let (middle, length) =
        (axis.at(wanted, Anchor::Middle), axis.at(wanted, Anchor::End) - axis.at(wanted, Anchor::Start));
    let (left, right) = (before(middle), behind(middle));
    let mut found = Vec::new();
    if let (Some((_, left)), Some((right, _))) = (left, right) {
        let start = f64::midpoint(left, right) - length / 2.0;
        found.push((start, [(left, start), (start + length, right)]));
    }
    if let Some((start, end)) = left
        && let Some((_, further)) = before(start)
    {
        found.push((end + start - further, [(further, start), (end, end + start - further)]));
    }
    if let Some((start, end)) = right
        && let Some((further, _)) = behind(end)
    {
        found.push((start - (further - end) - length, [(start - (further - end), start), (end, further)]));
    }
    found
}

/// The line through all that is aligned there.
fn line(axis: Axis, anchor: Anchor, rest: Rect, others: &[Rect]) -> (Spot, Spot) {
    let at = axis.at(rest, anchor);
    let on_line = others.iter().copied().filter(|other| (axis.at(*other, anchor) - at).abs() < 0.5);
    let all = on_line.fold(rest, Rect::with);
    let aside = axis.other();
    (aside.spot(aside.at(all, Anchor::Start), at), aside.spot(aside.at(all, Anchor::End), at))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "halves and wholes are exact")]
mod tests {
    use super::*;
    use crate::diagram::picture::{Arrangement, picture};

    /// Cards of 100 × 50 at these corners.
    fn cards(corners: &[(f64, f64)]) -> Picture {
        let names = ["a", "b", "c", "d"];
        let (diagram, _) = crate::diagram::mermaid::parse(&format!("graph TD\n{}", names[..corners.len()].join("\n")));
        let mut picture = picture(&diagram, Arrangement::SideBySide);
        for (card, &(x, y)) in picture.cards.iter_mut().zip(corners) {
            card.rect = Rect { x, y, w: 100.0, h: 50.0 };
        }
        picture
    }

    fn drag(picture: &Picture, id: &str, x: f64, y: f64) -> Snapped {
        snap(picture, &[id.to_owned()], Spot { x, y })
    }

    #[test]
    fn a_card_nearly_below_another_comes_to_rest_below_it() {
        let picture = cards(&[(0.0, 0.0), (300.0, 203.0)]);
        let snapped = drag(&picture, "b", -295.0, 0.0);
        assert_eq!(snapped.by.x, -300.0);
        assert_eq!(snapped.guides, [(Spot { x: 50.0, y: 0.0 }, Spot { x: 50.0, y: 203.0 + snapped.by.y + 50.0 })]);
    }

    #[test]
    fn further_off_it_is_the_grid_that_holds_and_no_line_is_shown() {
        let picture = cards(&[(0.0, 0.0), (300.0, 200.0)]);
        let snapped = drag(&picture, "b", -281.0, 13.0);
        assert_eq!((300.0 + 50.0 + snapped.by.x) % 8.0, 0.0);
        assert_eq!((200.0 + 25.0 + snapped.by.y) % 8.0, 0.0);
        assert!(snapped.guides.is_empty() && (snapped.by.x + 281.0).abs() <= 4.0);
    }

    #[test]
    fn the_grid_begins_at_the_corner_of_the_cards_system() {
        let (diagram, _) = crate::diagram::mermaid::parse("graph TD\nsubgraph S\na\nend\nsubgraph T\nb\nend");
        let picture = picture(&diagram, Arrangement::SideBySide);
        let snapped = drag(&picture, "b", 101.0, 63.0);
        let (corner, centre) = (picture.frames[1].rect, picture.cards[1].rect.centre());
        assert_eq!((centre.x + snapped.by.x - corner.x) % 8.0, 0.0);
        assert_eq!((centre.y + snapped.by.y - corner.y) % 8.0, 0.0);
    }

    #[test]
    fn gaps_of_a_row_become_equal_at_its_end_and_in_its_middle() {
        let picture = cards(&[(0.0, 0.0), (170.0, 0.0), (600.0, 0.0)]);
        let end = drag(&picture, "c", -257.0, 0.0);
        assert_eq!(end.by.x, 340.0 - 600.0);
        assert_eq!(end.guides.len(), 3, "two gaps, and the middles of the row");
        let middle = drag(&picture, "b", 126.0, 0.0);
        assert_eq!(170.0 + middle.by.x - 100.0, 600.0 - 270.0 - middle.by.x);
    }

    #[test]
    fn several_cards_move_as_one_and_never_align_with_each_other() {
        let picture = cards(&[(0.0, 0.0), (0.0, 100.0), (400.0, 500.0)]);
        let snapped = snap(&picture, &["a".to_owned(), "b".to_owned()], Spot { x: 397.0, y: 171.0 });
        assert_eq!(snapped.by.x, 400.0);
        assert_eq!(snapped.guides.len(), 1);
    }

    #[test]
    fn what_is_not_there_moves_as_it_likes() {
        let by = Spot { x: 3.0, y: 1.0 };
        assert_eq!(snap(&Picture::default(), &["a".to_owned()], by), Snapped { by, guides: Vec::new() });
    }
}
