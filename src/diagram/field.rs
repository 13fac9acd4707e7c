//! What stands where: rectangles and curves, found by place.
//!
//! The plane is cut into cells; each knows what touches it, so that a question about a place looks at a few things and
//! not at all. The cells become larger where the plane is, so that there are never many.

use super::geometry::{Rect, Spot, count};
use super::route::Curve;

/// The least side of a cell, in pixels.
const CELL: f64 = 64.0;
/// The most cells across, and down.
const MOST: usize = 48;
/// How many places of a curve are remembered.
const DOTS: u32 = 24;

/// What stands where.
#[derive(Clone, Debug)]
pub struct Field {
    corner: Spot,
    /// Cells per pixel.
    density: f64,
    across: usize,
    down: usize,
    rects: Cells<Rect>,
    dots: Cells<Spot>,
}

/// What is in each cell: one list of all there is, in which each knows the next in its cell.
#[derive(Clone, Debug)]
struct Cells<T> {
    first: Vec<usize>,
    all: Vec<(usize, usize, T)>,
}

impl<T: Copy> Cells<T> {
    fn new(count: usize) -> Self {
        Self { first: vec![usize::MAX; count], all: Vec::new() }
    }

    fn add(&mut self, cell: usize, name: usize, what: T) {
        self.all.push((self.first[cell], name, what));
        self.first[cell] = self.all.len() - 1;
    }

    /// The names and the places of all that is in a cell.
    fn of(&self, cell: usize) -> impl Iterator<Item = (usize, T)> + '_ {
        let mut at = self.first[cell];
        std::iter::from_fn(move || {
            let &(next, name, what) = self.all.get(at)?;
            at = next;
            Some((name, what))
        })
    }
}

impl Field {
    /// An empty field for about that part of the plane. What is outside belongs to the cells at its edge.
    pub fn new(extent: Rect) -> Self {
        let cell = CELL.max(extent.w / count(MOST)).max(extent.h / count(MOST));
        let cells = |length: f64| (1..MOST).find(|number| count(*number) * cell >= length).unwrap_or(MOST);
        let (across, down) = (cells(extent.w), cells(extent.h));
        let corner = Spot { x: extent.x, y: extent.y };
        Self {
            corner,
            density: 1.0 / cell,
            across,
            down,
            rects: Cells::new(across * down),
            dots: Cells::new(across * down),
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, which is what is wanted
    fn column(&self, spot: Spot) -> (usize, usize) {
        let at = |length: f64, cells: usize| ((length * self.density) as usize).min(cells - 1);
        (at(spot.x - self.corner.x, self.across), at(spot.y - self.corner.y, self.down))
    }

    /// The cells that a rectangle touches.
    fn cells(&self, rect: Rect) -> impl Iterator<Item = usize> + use<> {
        let across = self.across;
        let (left, top) = self.column(Spot { x: rect.x, y: rect.y });
        let (right, bottom) = self.column(Spot { x: rect.x + rect.w, y: rect.y + rect.h });
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * across + column))
    }

    /// Adds a rectangle of that name.
    pub fn add(&mut self, name: usize, rect: Rect) {
        for cell in self.cells(rect) {
            self.rects.add(cell, name, rect);
        }
    }

    /// Adds a curve of that name.
    pub fn add_curve(&mut self, name: usize, curve: &Curve) {
        for at in 1..DOTS {
            let spot = curve.at(f64::from(at) / f64::from(DOTS));
            let (column, row) = self.column(spot);
            self.dots.add(row * self.across + column, name, spot);
        }
    }

    /// The area of a rectangle that others cover, in square pixels; twice what two cover.
    pub fn covered(&self, rect: Rect) -> f64 {
        let mut area = 0.0;
        for cell in self.cells(rect) {
            for (_, other) in self.rects.of(cell) {
                // One that touches several cells counts in the one where the common part begins.
                let first = Spot { x: rect.x.max(other.x), y: rect.y.max(other.y) };
                let (column, row) = self.column(first);
                if row * self.across + column == cell {
                    area += rect.overlap(other);
                }
            }
        }
        area
    }

    /// Whether a rectangle other than those two contains a place.
    pub fn blocks(&self, spot: Spot, (a, b): (usize, usize)) -> bool {
        let (column, row) = self.column(spot);
        let mut near = self.rects.of(row * self.across + column);
        near.any(|(name, rect)| name != a && name != b && rect.contains(spot))
    }

    /// How much of the curves of other names a rectangle covers, in twenty-fourths of a curve.
    pub fn crossed(&self, rect: Rect, name: usize) -> f64 {
        let dots = self.cells(rect).flat_map(|cell| self.dots.of(cell));
        count(dots.filter(|&(other, dot)| other != name && rect.contains(dot)).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_is_the_same_however_the_plane_is_cut() {
        let rects: Vec<Rect> = (0..40_u32)
            .map(|at| Rect { x: f64::from(at * 37 % 400), y: f64::from(at * 91 % 300), w: 90.0, h: 70.0 })
            .collect();
        let all = |mut field: Field| {
            for (at, rect) in rects.iter().enumerate() {
                field.add(at, *rect);
            }
            field
        };
        let small = all(Field::new(Rect { x: 0.0, y: 0.0, w: 30.0, h: 20.0 }));
        let large = all(Field::new(Rect { x: 0.0, y: 0.0, w: 500.0, h: 400.0 }));
        for at in 0..60_u32 {
            let probe =
                Rect { x: f64::from(at * 53 % 450) - 30.0, y: f64::from(at * 29 % 350) - 30.0, w: 130.0, h: 30.0 };
            let expected: f64 = rects.iter().map(|rect| rect.overlap(probe)).sum();
            assert!((small.covered(probe) - expected).abs() < 1e-6);
            assert!((large.covered(probe) - expected).abs() < 1e-6);
        }
    }
}
