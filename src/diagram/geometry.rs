//! Rectangles, and where lines meet them. Pixels at 100 %, x to the right and y down.

/// A place, in fractions of pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

/// A length as an attribute: pixels with one decimal. By whole numbers, because the formatting of floats alone would
/// add 15 KB to the page.
#[allow(clippy::cast_possible_truncation)] // `as` saturates, and no picture is that large
pub fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

/// A number of things as a length to reckon with.
pub fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

impl Spot {
    /// Its coordinates as SVG writes them: `12.5 40.0`.
    pub fn svg(self) -> String {
        px(self.x) + " " + &px(self.y)
    }

    /// The nearest whole pixels.
    #[allow(clippy::cast_possible_truncation)] // `as` saturates, and a canvas is far smaller than i32
    pub fn point(self) -> super::Point {
        super::Point { x: self.x.round() as i32, y: self.y.round() as i32 }
    }

    /// The place a little further on.
    #[must_use]
    pub fn plus(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y }
    }

    /// The place half way to another.
    #[must_use]
    pub fn half_way(self, other: Self) -> Self {
        Self { x: f64::midpoint(self.x, other.x), y: f64::midpoint(self.y, other.y) }
    }

    /// The distance to another place.
    pub fn distance(self, other: Self) -> f64 {
        ((self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)).sqrt()
    }
}

impl Rect {
    /// The rectangle of that size around a centre.
    pub fn around(centre: Spot, w: f64, h: f64) -> Self {
        Self { x: centre.x - w / 2.0, y: centre.y - h / 2.0, w, h }
    }

    /// Its centre.
    pub fn centre(self) -> Spot {
        Spot { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The same, larger by `by` on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The same, further on.
    #[must_use]
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// Whether a place is inside.
    pub fn contains(self, spot: Spot) -> bool {
        spot.x >= self.x && spot.x <= self.x + self.w && spot.y >= self.y && spot.y <= self.y + self.h
    }

    /// The area that two rectangles share, in square pixels.
    pub fn overlap(self, other: Self) -> f64 {
        let w = (self.x + self.w).min(other.x + other.w) - self.x.max(other.x);
        let h = (self.y + self.h).min(other.y + other.h) - self.y.max(other.y);
        if w > 0.0 && h > 0.0 { w * h } else { 0.0 }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: (self.x + self.w).max(other.x + other.w) - x, h: (self.y + self.h).max(other.y + other.h) - y }
    }

    /// Where the line from `inside` to `outside` leaves the rectangle; `inside` itself when it never does.
    pub fn exit(self, inside: Spot, outside: Spot) -> Spot {
        let (dx, dy) = (outside.x - inside.x, outside.y - inside.y);
        let along = |delta: f64, low: f64, high: f64, from: f64| {
            if delta > 0.0 {
                (high - from) / delta
            } else if delta < 0.0 {
                (low - from) / delta
            } else {
                f64::INFINITY
            }
        };
        let t = along(dx, self.x, self.x + self.w, inside.x).min(along(dy, self.y, self.y + self.h, inside.y));
        if t.is_finite() && t > 0.0 { inside.plus(dx * t.min(1.0), dy * t.min(1.0)) } else { inside }
    }
}
