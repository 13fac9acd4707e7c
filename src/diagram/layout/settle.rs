//! Where exactly the boxes of each layer stand: across, as near above or below their neighbours as their layer lets
//! them; along, as far from the layer before as boxes and labels need.

use super::layers::{Item, Link, Net, ROUNDS, Space};

/// Between two labels, in pixels.
const BETWEEN: f64 = 10.0;

impl Net {
    /// Finds the `x` of everything.
    pub(super) fn settle(&self, links: &[Link], space: Space) -> Vec<f64> {
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
    pub(super) fn along(&self, links: &[Link], xs: &[f64], space: Space) -> Vec<Band> {
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
pub(super) struct Band {
    pub top: f64,
    pub line: f64,
    pub bottom: f64,
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
