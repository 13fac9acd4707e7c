//! The view: which part of the picture one sees, as a point it is centred on and a magnification.
//!
//! Places are in the picture's pixels. At a magnification of 1 the whole picture fits.

use super::geometry::{Rect, Spot};

/// What one sees. Without a view of their own, people see the whole picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// What is in the middle.
    pub centre: Spot,
    /// How much larger than fitting the whole picture.
    pub zoom: f64,
}

/// The least and the most magnification.
const LIMITS: (f64, f64) = (0.25, 12.0);

impl View {
    /// The whole picture of that size.
    pub fn fit(size: (f64, f64)) -> Self {
        Self { centre: Spot { x: size.0 / 2.0, y: size.1 / 2.0 }, zoom: 1.0 }
    }

    /// What is seen of a picture of that size.
    pub fn frame(self, size: (f64, f64)) -> Rect {
        Rect::around(self.centre, size.0 / self.zoom, size.1 / self.zoom)
    }

    /// Magnified by a factor, so that the place `about` stays where it is.
    #[must_use]
    pub fn zoomed(self, factor: f64, about: Spot) -> Self {
        let zoom = (self.zoom * factor).clamp(LIMITS.0, LIMITS.1);
        let keep = self.zoom / zoom;
        let centre =
            Spot { x: about.x + (self.centre.x - about.x) * keep, y: about.y + (self.centre.y - about.y) * keep };
        Self { centre, zoom }
    }

    /// Moved, in pixels of the picture.
    #[must_use]
    pub fn panned(self, x: f64, y: f64) -> Self {
        Self { centre: self.centre.plus(x, y), ..self }
    }

    /// Moved just as far as is needed to see a rectangle whole; nowhere if it is seen already.
    #[must_use]
    pub fn showing(self, rect: Rect, size: (f64, f64)) -> Self {
        let frame = self.frame(size);
        let shift = |from: f64, length: f64, seen_from: f64, seen: f64| {
            let (before, behind) = (from - seen_from, from + length - seen_from - seen);
            if before < 0.0 { before } else { behind.max(0.0).min(before.max(0.0)) }
        };
        self.panned(shift(rect.x, rect.w, frame.x, frame.w), shift(rect.y, rect.h, frame.y, frame.h))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (f64, f64) = (800.0, 600.0);

    fn is_near(a: Spot, b: Spot) -> bool {
        a.distance(b) < 1e-9
    }

    #[test]
    fn what_lies_under_the_pointer_stays_there_while_one_zooms() {
        let about = Spot { x: 100.0, y: 450.0 };
        let share = |view: View| {
            let frame = view.frame(SIZE);
            Spot { x: (about.x - frame.x) / frame.w, y: (about.y - frame.y) / frame.h }
        };
        let mut view = View::fit(SIZE);
        let before = share(view);
        for factor in [1.25, 2.0, 0.5, 1.1, 40.0, 0.001] {
            view = view.zoomed(factor, about);
            assert!(is_near(share(view), before), "{view:?}");
        }
    }

    #[test]
    fn magnification_has_limits() {
        let view = View::fit(SIZE).zoomed(1e9, Spot::default());
        assert!(view.zoom <= LIMITS.1);
        assert!(view.zoomed(1e-9, Spot::default()).zoom >= LIMITS.0);
    }

    #[test]
    fn a_part_out_of_sight_is_brought_in_and_one_in_sight_moves_nothing() {
        let view = View::fit(SIZE).zoomed(2.0, Spot::default());
        let far = Rect { x: 700.0, y: 500.0, w: 60.0, h: 40.0 };
        let frame = view.showing(far, SIZE).frame(SIZE);
        assert!(far.overlap(frame) >= far.w * far.h - 1e-9);
        let near = Rect { x: 10.0, y: 10.0, w: 60.0, h: 40.0 };
        assert_eq!(view.showing(near, SIZE), view);
    }
}
