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

use super::geometry::{Spot, count};

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
/// How many boxes without a link stand in a row at least.
const ROW: usize = 4;
/// How often the layers are put in order and settled.
const ROUNDS: usize = 8;
/// Between two labels, in pixels.
const BETWEEN: f64 = 10.0;

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

/// The layer of each box: the longest path that leads to it. Boxes that are linked level share one, unless a path
/// leads from one to the other.
fn ranks(items: &[Item], links: &[Link]) -> Vec<usize> {
    let mut groups = Groups { of: (0..items.len()).collect(), out: vec![Vec::new(); items.len()] };
    let solid = links.iter().filter(|link| link.span > 0 && link.from.0 != link.to.0);
    for link in solid {
        groups.lead(link.from.0, link.to.0, link.span);
    }
    for link in links.iter().filter(|link| link.span == 0) {
        groups.join(link.from.0, link.to.0);
    }
    let mut ranks = groups.longest_paths(items);
    in_rows(&mut ranks, links);
    without_gaps(&mut ranks);
    ranks
}

/// Boxes that share a layer, and which lead to which.
struct Groups {
    of: Vec<usize>,
    out: Vec<Vec<(usize, usize)>>,
}

impl Groups {
    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.of.len()];
        let mut open = vec![self.of[from]];
        while let Some(group) = open.pop() {
            if group == self.of[to] {
                return true;
            }
            if !std::mem::replace(&mut seen[group], true) {
                open.extend(self.out[group].iter().map(|(next, _)| self.of[*next]));
            }
        }
        false
    }

    /// A link that leads down; turned if it would close a circle.
    fn lead(&mut self, from: usize, to: usize, span: usize) {
        let (from, to) = if self.reaches(to, from) { (to, from) } else { (from, to) };
        self.out[from].push((to, span));
    }

    /// Makes one group of two, unless one comes before the other.
    fn join(&mut self, a: usize, b: usize) {
        let (kept, gone) = (self.of[a], self.of[b]);
        if kept == gone || self.reaches(a, b) || self.reaches(b, a) {
            return;
        }
        for group in &mut self.of {
            if *group == gone {
                *group = kept;
            }
        }
        let moved = std::mem::take(&mut self.out[gone]);
        self.out[kept].extend(moved);
    }

    fn longest_paths(&self, items: &[Item]) -> Vec<usize> {
        let mut ranks = vec![0; items.len()];
        for (item, wanted) in items.iter().enumerate() {
            ranks[self.of[item]] = ranks[self.of[item]].max(wanted.floor);
        }
        let mut waiting = vec![0_usize; items.len()];
        for (next, _) in self.out.iter().flatten() {
            waiting[self.of[*next]] += 1;
        }
        let is_source: Vec<bool> = waiting.iter().map(|count| *count == 0).collect();
        let mut ready: Vec<usize> = (0..items.len()).filter(|&at| self.of[at] == at && waiting[at] == 0).collect();
        let mut at = 0;
        while at < ready.len() {
            let group = ready[at];
            at += 1;
            for &(next, span) in &self.out[group] {
                let next = self.of[next];
                ranks[next] = ranks[next].max(ranks[group] + span);
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    ready.push(next);
                }
            }
        }
        // What nothing leads to need not stand at the top, far from where it leads; clients, above all others, do.
        if items.iter().all(|item| item.floor == 0) {
            for &group in ready.iter().rev().filter(|&&group| is_source[group]) {
                let below = self.out[group].iter().map(|&(next, span)| ranks[self.of[next]].saturating_sub(span)).min();
                ranks[group] = below.unwrap_or(ranks[group]);
            }
        }
        self.of.iter().map(|&group| ranks[group]).collect()
    }
}

/// Many boxes without any link would make one endless row: they are put into rows of their own, below the rest.
fn in_rows(ranks: &mut [usize], links: &[Link]) {
    let mut is_alone = vec![true; ranks.len()];
    for link in links.iter().filter(|link| link.from.0 != link.to.0) {
        (is_alone[link.from.0], is_alone[link.to.0]) = (false, false);
    }
    let alone: Vec<usize> = (0..ranks.len()).filter(|&item| is_alone[item]).collect();
    if alone.len() <= ROW {
        return;
    }
    let row = (ROW..alone.len()).find(|row| row * row >= alone.len()).unwrap_or(ROW);
    let others = (0..ranks.len()).filter(|&item| !is_alone[item]);
    let below = others.map(|item| ranks[item] + 1).max().unwrap_or(0);
    for (at, &item) in alone.iter().enumerate() {
        ranks[item] = below + at / row;
    }
}

/// Numbers the layers that have a box from 0 on.
fn without_gaps(ranks: &mut [usize]) {
    let mut used = vec![false; ranks.iter().max().map_or(0, |deepest| deepest + 1)];
    for &rank in ranks.iter() {
        used[rank] = true;
    }
    let numbers: Vec<usize> = used
        .iter()
        .scan(0, |next, used| {
            let number = *next;
            *next += usize::from(*used);
            Some(number)
        })
        .collect();
    for rank in ranks {
        *rank = numbers[*rank];
    }
}

/// One end of a piece of a link, as seen from the other.
#[derive(Clone, Copy)]
struct Tie {
    to: usize,
    /// How much this box should stand to the right of that one, for the piece to be straight.
    offset: f64,
    /// How much it matters that it is.
    weight: f64,
}

/// The boxes and the stand-ins of long links, in layers.
struct Net {
    layers: Vec<Vec<usize>>,
    rank: Vec<usize>,
    items: Vec<Item>,
    /// The boxes themselves come first; behind them are stand-ins.
    real: usize,
    up: Vec<Vec<Tie>>,
    down: Vec<Vec<Tie>>,
    /// The stand-ins of each link, from above to below.
    chains: Vec<Vec<usize>>,
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

    fn places(&self) -> Vec<usize> {
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

    /// Finds the `x` of everything.
    fn settle(&self, links: &[Link], space: Space) -> Vec<f64> {
        let gaps = self.gaps(links, space);
        let mut xs = vec![0.0; self.items.len()];
        for (layer, gaps) in self.layers.iter().zip(&gaps) {
            let places = offsets(layer, gaps, &self.items);
            let half = places.last().map_or(0.0, |last| last / 2.0);
            for (&item, place) in layer.iter().zip(places) {
                xs[item] = place - half;
            }
        }
        let count = self.layers.len();
        for round in 0..ROUNDS {
            // From above, from below, in turns: in the end each is above the middle of what it leads to.
            let from_above = round % 2 == 0;
            let layers: Vec<usize> = if from_above { (0..count).collect() } else { (0..count).rev().collect() };
            for at in layers {
                let wish = |&item: &usize| self.wish(item, &xs, from_above);
                let wishes: Vec<(f64, f64)> = self.layers[at].iter().map(wish).collect();
                self.stand(at, &wishes, &gaps[at], &mut xs);
            }
        }
        // What leads to one box alone, and that from nowhere else, has it straight below where there is room.
        for (at, gaps) in gaps.iter().enumerate() {
            let wish = |&item: &usize| match self.up[item][..] {
                [tie] if self.down[tie.to].len() == 1 => (xs[tie.to] + tie.offset, 1.0),
                _ => (xs[item], 9.0),
            };
            let wishes: Vec<(f64, f64)> = self.layers[at].iter().map(wish).collect();
            self.stand(at, &wishes, gaps, &mut xs);
        }
        xs
    }

    /// Puts the boxes of a layer as near to their wishes as they can be.
    fn stand(&self, at: usize, wishes: &[(f64, f64)], gaps: &[f64], xs: &mut [f64]) {
        let packed = offsets(&self.layers[at], gaps, &self.items);
        for (&item, x) in self.layers[at].iter().zip(nearest(wishes, &packed)) {
            xs[item] = x;
        }
    }

    /// Where a box would like to stand, and how much: below what leads to it, or above what it leads to; a stand-in
    /// between both.
    fn wish(&self, item: usize, xs: &[f64], from_above: bool) -> (f64, f64) {
        let (up, down) = (&self.up[item], &self.down[item]);
        let (near, more) = match (from_above, item >= self.real) {
            (_, true) => (up, Some(down)),
            (true, _) => (if up.is_empty() { down } else { up }, None),
            (false, _) => (if down.is_empty() { up } else { down }, None),
        };
        let ties = near.iter().chain(more.into_iter().flatten());
        let (sum, weight) = ties
            .fold((0.0, 0.0), |(sum, weight), tie| (sum + tie.weight * (xs[tie.to] + tie.offset), weight + tie.weight));
        if weight > 0.0 { (sum / weight, weight) } else { (xs[item], 0.1) }
    }

    /// The gaps between the neighbours of each layer: wider where labels stand between two that are linked.
    fn gaps(&self, links: &[Link], space: Space) -> Vec<Vec<f64>> {
        let gap = |a: usize, b: usize| {
            let is_way = |item: usize| item >= self.real;
            if is_way(a) || is_way(b) {
                return BETWEEN * space.spread + if is_way(a) && is_way(b) { 0.0 } else { BETWEEN };
            }
            space.gap * space.spread
        };
        let mut gaps: Vec<Vec<f64>> =
            self.layers.iter().map(|layer| layer.windows(2).map(|pair| gap(pair[0], pair[1])).collect()).collect();
        let places = self.places();
        // A label of one of several links must stand on its own, between the two boxes.
        for link in links.iter().filter(|link| link.bow.abs() > 0.0 && self.rank[link.from.0] == self.rank[link.to.0]) {
            let (a, b) = (places[link.from.0], places[link.to.0]);
            if a.abs_diff(b) == 1 {
                let gap = &mut gaps[self.rank[link.from.0]][a.min(b)];
                *gap = gap.max(link.label.0 + 4.0 * BETWEEN);
            }
        }
        gaps
    }

    fn half(&self, rank: usize) -> (f64, f64) {
        let along = self.layers[rank].iter().map(|&item| self.items[item].along);
        along.fold((0.0_f64, 0.0_f64), |(above, below), item| (above.max(item.0), below.max(item.1)))
    }

    /// Where each layer is: as far from the one before as its boxes and the labels between them need.
    fn along(&self, links: &[Link], xs: &[f64], space: Space) -> Vec<Band> {
        let mut tracks: Vec<Vec<Track>> = vec![Vec::new(); self.layers.len()];
        // The further a link leads aside, the more height it needs to do so softly.
        let mut reach = vec![0.0_f64; self.layers.len()];
        for (item, ties) in self.down.iter().enumerate() {
            for tie in ties {
                let aside = (xs[tie.to] - xs[item] + tie.offset).abs();
                reach[self.rank[item]] = reach[self.rank[item]].max((aside * 0.08).min(56.0));
            }
        }
        let mut beside = vec![0.0_f64; self.layers.len()];
        for (link, chain) in links.iter().zip(&self.chains) {
            let ranks = (self.rank[link.from.0], self.rank[link.to.0]);
            if ranks.0 == ranks.1 {
                let bowed = if link.bow == 0.0 { 0.0 } else { link.bow.abs() + link.label.1 / 2.0 + BETWEEN };
                beside[ranks.0] = beside[ranks.0].max(bowed);
            } else if chain.is_empty() && link.label.1 > 0.0 {
                let middle = f64::midpoint(xs[link.from.0] + link.from.1, xs[link.to.0] + link.to.1) + link.bow;
                let half = link.label.0 / 2.0 + BETWEEN / 2.0;
                stand(&mut tracks[ranks.0.min(ranks.1)], (middle - half, middle + half), link.label.1);
            }
        }
        let mut bands: Vec<Band> = Vec::new();
        for rank in 0..self.layers.len() {
            let (above, below) = self.half(rank);
            let (above, below) = (above.max(beside[rank]), below.max(beside[rank]));
            let line = match bands.last() {
                None => above,
                Some(before) => {
                    let labels = tracks[rank - 1].iter().map(|track| track.height + BETWEEN).sum::<f64>();
                    let clear = if labels > 0.0 { space.labelled.max(labels + 2.0 * BETWEEN) } else { space.clear };
                    (before.bottom + (clear + reach[rank - 1]) * space.spread + above).max(before.line + space.pitch)
                }
            };
            bands.push(Band { top: line - above, line, bottom: line + below });
        }
        bands
    }
}

/// A layer, along the flow: the middles of its boxes are on its line.
struct Band {
    top: f64,
    line: f64,
    bottom: f64,
}

/// Labels that stand at one height between two layers.
#[derive(Clone)]
struct Track {
    height: f64,
    taken: Vec<(f64, f64)>,
}

/// Gives a label a place in the first track that has room for it.
fn stand(tracks: &mut Vec<Track>, (from, to): (f64, f64), height: f64) {
    let free = tracks.iter().position(|track| track.taken.iter().all(|&(start, end)| to <= start || end <= from));
    let at = free.unwrap_or_else(|| {
        tracks.push(Track { height: 0.0, taken: Vec::new() });
        tracks.len() - 1
    });
    tracks[at].height = tracks[at].height.max(height);
    tracks[at].taken.push((from, to));
}

/// Where the boxes of a layer stand when they are packed from 0 on.
fn offsets(layer: &[usize], gaps: &[f64], items: &[Item]) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::new();
    for (at, &item) in layer.iter().enumerate() {
        let place = match at {
            0 => 0.0,
            _ => places[at - 1] + items[layer[at - 1]].aside.1 + gaps[at - 1] + items[item].aside.0,
        };
        places.push(place);
    }
    places
}

/// Places as near as they can be to the wishes (a place and how much it matters), none nearer to the one before than in
/// `packed`: those that want the same are put together, and stand where they want to on average.
fn nearest(wishes: &[(f64, f64)], packed: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (&(wish, weight), offset) in wishes.iter().zip(packed) {
        let mut block = (weight * (wish - offset), weight, 1);
        while let Some(&before) = blocks.last().filter(|before| before.0 / before.1 > block.0 / block.1) {
            block = (block.0 + before.0, block.1 + before.1, block.2 + before.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|block| std::iter::repeat_n(block.0 / block.1, block.2));
    starts.zip(packed).map(|(start, offset)| start + offset).collect()
}
