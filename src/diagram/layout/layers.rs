//! Boxes in layers: the scheme of Sugiyama, Tagawa and Toda, in small.
//!
//! ```text
//!   rank      every link leads from a layer to a later one; those that would close a circle are turned
//!   chain     a link that skips layers gets a stand-in in each, which keeps a way free for it
//!   order     each layer is put in the order of the averages of its neighbours, down and up, while crossings get fewer
//!   settle    each box is drawn to above or below its neighbours, as near as its layer lets it
//! ```
//!
//! It knows neither texts nor directions: `x` runs across the layers' rows, `y` along the flow from layer to layer.

use super::ranks::ranks;
use crate::diagram::geometry::{Spot, count};

/// A box, by what it needs on each side of its middle, in pixels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Item {
    /// To the left and to the right.
    pub aside: (f64, f64),
    /// Above and below.
    pub along: (f64, f64),
    /// The first layer it may stand in.
    pub floor: usize,
}

/// A link between two boxes.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Where it begins, by index, and how far from the middle of that box, across.
    pub from: (usize, f64),
    /// Where it ends.
    pub to: (usize, f64),
    /// How many layers it leads down at least; 0 for one whose ends should stand side by side.
    pub span: usize,
    /// The size of its label, across and along; none is 0.
    pub label: (f64, f64),
    /// How far its middle bows aside.
    pub bow: f64,
}

/// The space between boxes, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Space {
    /// Between neighbours of a layer.
    pub gap: f64,
    /// From the middle of a layer to that of the next, at least.
    pub pitch: f64,
    /// Between two layers, at least.
    pub clear: f64,
    /// The same where a label stands between them.
    pub labelled: f64,
    /// How much larger all of this becomes, from 1.
    pub spread: f64,
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// The middles of the boxes.
    pub spots: Vec<Spot>,
    /// For each link the places it passes between its ends, if it skips layers.
    pub ways: Vec<Vec<Spot>>,
}

/// Half of the way that is kept free for a link, in pixels.
const WAY: f64 = 9.0;
/// How often the layers are put in order and settled.
pub(super) const ROUNDS: usize = 8;

/// Places the boxes.
pub fn place(items: &[Item], links: &[Link], space: Space) -> Placed {
    let ranks = ranks(items, links);
    let mut net = Net::new(items, links, &ranks);
    net.order();
    let xs = net.settle(links, space);
    let bands = net.along(links, &xs, space);
    let spots = (0..items.len()).map(|item| Spot { x: xs[item], y: bands[net.rank[item]].line }).collect();
    let ways = net.chains.iter().map(|chain| {
        let through = |item: &usize| {
            let band = &bands[net.rank[*item]];
            [Spot { x: xs[*item], y: band.top }, Spot { x: xs[*item], y: band.bottom }]
        };
        chain.iter().flat_map(through).collect()
    });
    let mut ways: Vec<Vec<Spot>> = ways.collect();
    for (way, link) in ways.iter_mut().zip(links) {
        if ranks[link.from.0] > ranks[link.to.0] {
            way.reverse();
        }
    }
    Placed { spots, ways }
}

/// One end of a piece of a link, as seen from the other.
#[derive(Clone, Copy)]
pub(super) struct Tie {
    pub to: usize,
    /// How much this box should stand to the right of that one, for the piece to be straight.
    pub offset: f64,
    /// How much it matters that it is.
    pub weight: f64,
}

/// The boxes and the stand-ins of long links, in layers.
pub(super) struct Net {
    pub layers: Vec<Vec<usize>>,
    pub rank: Vec<usize>,
    pub items: Vec<Item>,
    /// The boxes themselves come first; behind them are stand-ins.
    pub real: usize,
    pub up: Vec<Vec<Tie>>,
    pub down: Vec<Vec<Tie>>,
    /// The stand-ins of each link, from above to below.
    pub chains: Vec<Vec<usize>>,
}

impl Net {
    fn new(items: &[Item], links: &[Link], ranks: &[usize]) -> Self {
        let mut net = Self {
            layers: vec![Vec::new(); ranks.iter().max().map_or(0, |deepest| deepest + 1)],
            rank: ranks.to_vec(),
            items: items.to_vec(),
            real: items.len(),
            up: vec![Vec::new(); items.len()],
            down: vec![Vec::new(); items.len()],
            chains: vec![Vec::new(); links.len()],
        };
        for (at, link) in links.iter().enumerate() {
            let (mut upper, mut lower) = (link.from, link.to);
            if ranks[upper.0] > ranks[lower.0] {
                (upper, lower) = (lower, upper);
            }
            let (first, last) = (ranks[upper.0], ranks[lower.0]);
            let mut before = upper;
            for rank in first + 1..last {
                let (w, h) = if rank == usize::midpoint(first, last) { link.label } else { (0.0, 0.0) };
                let half = (w / 2.0).max(WAY);
                net.items.push(Item { aside: (half, half), along: (h / 2.0, h / 2.0), floor: 0 });
                net.rank.push(rank);
                net.up.push(Vec::new());
                net.down.push(Vec::new());
                let stand_in = (net.items.len() - 1, 0.0);
                net.chains[at].push(stand_in.0);
                net.tie(before, stand_in);
                before = stand_in;
            }
            if first != last {
                net.tie(before, lower);
            }
        }
        net.fill();
        net
    }

    fn tie(&mut self, upper: (usize, f64), lower: (usize, f64)) {
        let stand_ins = [upper.0, lower.0].iter().filter(|item| **item >= self.real).count();
        let weight = [1.0, 2.0, 8.0][stand_ins];
        let offset = lower.1 - upper.1;
        self.down[upper.0].push(Tie { to: lower.0, offset, weight });
        self.up[lower.0].push(Tie { to: upper.0, offset: -offset, weight });
    }

    /// Puts all into their layers, in the order in which one meets them on the way down.
    fn fill(&mut self) {
        let mut met = vec![false; self.items.len()];
        for root in 0..self.items.len() {
            // Those that something leads to are met from there.
            let mut open = if self.up[root].is_empty() { vec![root] } else { Vec::new() };
            while let Some(item) = open.pop() {
                if !std::mem::replace(&mut met[item], true) {
                    self.layers[self.rank[item]].push(item);
                    open.extend(self.down[item].iter().rev().map(|tie| tie.to));
                }
            }
        }
    }

    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.items.len()];
        for layer in &self.layers {
            for (place, &item) in layer.iter().enumerate() {
                places[item] = place;
            }
        }
        places
    }

    /// Puts the layers in an order with few crossings.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.layers.clone());
        for round in 0..ROUNDS {
            if best.0 == 0 {
                break;
            }
            let count = self.layers.len();
            let inner: Vec<usize> = if round % 2 == 0 { (1..count).collect() } else { (0..count - 1).rev().collect() };
            for at in inner {
                self.by_average(at, round % 2 == 0);
            }
            self.swap_neighbours();
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
    }

    /// Orders a layer by the average places of its neighbours above, or below. A box that has none stays beside the one
    /// before it.
    fn by_average(&mut self, at: usize, from_above: bool) {
        let places = self.places();
        let ties = if from_above { &self.up } else { &self.down };
        let mut ordered: Vec<(f64, usize)> = Vec::new();
        let mut before = -1.0;
        for &item in &self.layers[at] {
            let near = &ties[item];
            if !near.is_empty() {
                before = near.iter().map(|tie| count(places[tie.to])).sum::<f64>() / count(near.len());
            }
            ordered.insert(ordered.partition_point(|(other, _)| *other <= before), (before, item));
        }
        self.layers[at] = ordered.into_iter().map(|(_, item)| item).collect();
    }

    /// Swaps neighbours wherever that saves a crossing.
    fn swap_neighbours(&mut self) {
        let mut places = self.places();
        for layer in &mut self.layers {
            for at in 1..layer.len() {
                let (a, b) = (layer[at - 1], layer[at]);
                let (mut kept, mut swapped) = (0, 0);
                for ties in [&self.up, &self.down] {
                    for left in &ties[a] {
                        for right in &ties[b] {
                            kept += usize::from(places[left.to] > places[right.to]);
                            swapped += usize::from(places[left.to] < places[right.to]);
                        }
                    }
                }
                if swapped < kept {
                    layer.swap(at - 1, at);
                    (places[a], places[b]) = (at, at - 1);
                }
            }
        }
    }

    fn crossings(&self) -> usize {
        let places = self.places();
        let mut crossings = 0;
        for layer in &self.layers {
            // The lower ends of all pieces that begin further left, in order.
            let mut ends: Vec<usize> = Vec::new();
            for &item in layer {
                let own: Vec<usize> = self.down[item].iter().map(|tie| places[tie.to]).collect();
                crossings +=
                    own.iter().map(|end| ends.len() - ends.partition_point(|other| other <= end)).sum::<usize>();
                for end in own {
                    ends.insert(ends.partition_point(|other| *other <= end), end);
                }
            }
        }
        crossings
    }
}
