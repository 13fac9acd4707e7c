//! What is seen of a time line: a range of positions, and how far down the lanes.

/// The narrowest range, in positions.
const NARROWEST: f64 = 6.0;

/// What is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The position at the left edge.
    pub from: f64,
    /// The position at the right edge.
    pub to: f64,
    /// How many pixels of the lanes are above the top edge.
    pub top: f64,
}

impl View {
    /// All of a history of so many positions, with a margin.
    pub fn all(length: u32) -> Self {
        let length = f64::from(length).max(NARROWEST);
        let margin = length / 60.0;
        Self { from: -margin, to: length + margin, top: 0.0 }
    }

    /// How many positions are seen.
    pub fn span(self) -> f64 {
        self.to - self.from
    }

    /// The range moved by so many positions, as far as there are any.
    pub fn moved(self, by: f64, length: u32) -> Self {
        self.within(self.from + by, self.span(), length)
    }

    /// The range made so many times as wide, about a position that stays where it is.
    pub fn zoomed(self, times: f64, about: f64, length: u32) -> Self {
        let all = Self::all(length).span();
        let span = (self.span() * times).clamp(NARROWEST.min(all), all);
        let share = (about - self.from) / self.span();
        self.within(about - span * share, span, length)
    }

    /// A range about a position, so wide.
    pub fn about(self, position: f64, span: f64, length: u32) -> Self {
        let all = Self::all(length).span();
        let span = span.clamp(NARROWEST.min(all), all);
        self.within(position - span / 2.0, span, length)
    }

    /// The range moved so that a position is seen, if it is not.
    pub fn showing(self, from: f64, to: f64, length: u32) -> Self {
        if from >= self.from && to <= self.to { self } else { self.about(f64::midpoint(from, to), self.span(), length) }
    }

    fn within(self, from: f64, span: f64, length: u32) -> Self {
        let all = Self::all(length);
        let from = from.clamp(all.from, (all.to - span).max(all.from));
        Self { from, to: from + span, top: self.top }
    }
}
