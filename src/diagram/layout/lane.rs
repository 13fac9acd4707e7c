//! Edges with the same two ends, which run side by side: each has a lane.

use crate::diagram::geometry::count;
use crate::diagram::nest::{Kid, Tie};
use crate::diagram::route;
use crate::diagram::tag::Tag;

/// One of several edges with the same ends.
#[derive(Clone, Copy)]
pub struct Lane {
    /// Which of them it is, from 0, in the order of the text.
    pub place: usize,
    /// How many they are.
    pub count: usize,
    /// Whether it leads the way the first of them leads.
    pub along: bool,
    /// The width of their widest label, and the height of their highest.
    pub largest: (f64, f64),
}

/// Which edges have the same two ends.
pub fn lanes(ties: &[Tie], tags: &[Option<Tag>]) -> Vec<Lane> {
    let number = |kid: Kid| match kid {
        Kid::Node(node) => 2 * node,
        Kid::Box(inner) => 2 * inner + 1,
    };
    // Each bundle by its ends: how many it has, which way the first leads, and its largest label.
    let mut bundles: Vec<((usize, usize), Lane)> = Vec::new();
    let mut places: Vec<Lane> = Vec::new();
    let key = |tie: &Tie| {
        let (a, b) = (number(tie.ends.0), number(tie.ends.1));
        (a.min(b), a.max(b))
    };
    for tie in ties {
        let along = number(tie.ends.0) <= number(tie.ends.1);
        let (w, h) = tags[tie.edge].as_ref().map_or((0.0, 0.0), |tag| (tag.rect.w, tag.rect.h));
        let at = match bundles.binary_search_by(|(other, _)| other.cmp(&key(tie))) {
            Ok(at) => at,
            Err(at) => {
                bundles.insert(at, (key(tie), Lane { place: 0, count: 0, along, largest: (0.0, 0.0) }));
                at
            }
        };
        let bundle = &mut bundles[at].1;
        places.push(Lane { place: bundle.count, along: along == bundle.along, ..*bundle });
        bundle.count += 1;
        bundle.largest = (bundle.largest.0.max(w), bundle.largest.1.max(h));
    }
    for (lane, tie) in places.iter_mut().zip(ties) {
        if let Ok(at) = bundles.binary_search_by(|(other, _)| other.cmp(&key(tie))) {
            (lane.count, lane.largest) = (bundles[at].1.count, bundles[at].1.largest);
        }
    }
    places
}

impl Lane {
    /// How far it runs aside of the straight line: all of a bundle symmetrical about it, earlier ones further to the left
    /// or further up.
    pub fn aside(self, upright: f64) -> f64 {
        ((count(self.count) - 1.0) / 2.0 - count(self.place)) * route::pitch(upright, self.count, self.largest)
    }

    /// Where along its edge a label would like to stand: neighbours of a bundle at different heights.
    pub fn wish(self, upright: f64) -> f64 {
        let down = match self.place % 2 {
            _ if self.count < 2 || upright < 0.5 => 0.5,
            0 => 0.36,
            _ => 0.64,
        };
        if self.along { down } else { 1.0 - down }
    }
}
