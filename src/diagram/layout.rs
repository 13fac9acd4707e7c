//! Automatic layout of one system: clients above, nodes below, messages up and down, cut links level.
//!
//! Layers by longest path over the solid edges (Sugiyama's scheme, in small); a dotted edge does not rank, so that the
//! two ends of a cut link stand side by side. Within a layer nodes stand above what they are connected to.

use super::geometry::Spot;
use super::role::{Role, role};
use super::{Edge, Node, Stroke};

/// The height from one layer to the next, in pixels.
const LAYER: f64 = 184.0;
/// The least clear height between two layers, in pixels: room for two labels.
const CLEAR: f64 = 90.0;
/// The gap between neighbours of a layer, in pixels: room for a cut between them.
const GAP: f64 = 84.0;

/// How many nodes without an edge stand in a row.
const ROW: usize = 4;

/// Places the nodes of one system: their centres, relative to the centre of the top layer. `sizes` are the widths and
/// heights, in pixels; edges that leave the system are ignored.
pub fn layout(nodes: &[&Node], edges: &[&Edge], sizes: &[(f64, f64)]) -> Vec<Spot> {
    let index = |id: &str| nodes.iter().position(|node| node.id == id);
    let inner: Vec<(usize, usize, Stroke)> = edges
        .iter()
        .filter_map(|edge| Some((index(&edge.from)?, index(&edge.to)?, edge.stroke)))
        .filter(|(from, to, _)| from != to)
        .collect();
    let ranks = ranks(nodes, &inner);
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); ranks.iter().max().map_or(0, |deepest| deepest + 1)];
    for (node, &rank) in ranks.iter().enumerate() {
        layers[rank].push(node);
    }
    layers.retain(|layer| !layer.is_empty());
    let neighbours = neighbours(nodes.len(), &inner);
    let xs = across(&mut layers, &neighbours, sizes);
    let mut spots = vec![Spot::default(); nodes.len()];
    let half = |layer: &[usize]| layer.iter().map(|&node| sizes[node].1 / 2.0).fold(0.0, f64::max);
    let mut y = 0.0;
    for (at, layer) in layers.iter().enumerate() {
        for &node in layer {
            spots[node] = Spot { x: xs[node], y };
        }
        let below = layers.get(at + 1).map_or(0.0, |next| half(next));
        y += LAYER.max(half(layer) + below + CLEAR);
    }
    spots
}

/// The layer of each node. A node that is no client stands below the clients even before it is connected.
fn ranks(nodes: &[&Node], edges: &[(usize, usize, Stroke)]) -> Vec<usize> {
    let has_clients = nodes.iter().any(|node| role(node) == Role::Client);
    let mut ranks: Vec<usize> =
        nodes.iter().map(|node| usize::from(has_clients && role(node) == Role::Replica)).collect();
    let forward = without_cycles(nodes, edges);
    // Each round settles one more layer, so as many rounds as nodes settle all.
    for _ in 0..nodes.len() {
        let before = ranks.clone();
        for &(from, to) in &forward {
            ranks[to] = ranks[to].max(ranks[from] + 1);
        }
        for &(from, to, stroke) in edges {
            if stroke == Stroke::Dotted && role(nodes[from]) == role(nodes[to]) && !forward.contains(&(to, from)) {
                let level = ranks[from].max(ranks[to]);
                (ranks[from], ranks[to]) = (level, level);
            }
        }
        if ranks == before {
            break;
        }
    }
    for rank in &mut ranks {
        *rank = (*rank).min(nodes.len());
    }
    in_rows(&mut ranks, edges);
    ranks
}

/// Many nodes without any edge would make one endless row: they are put into rows of their own, below the rest.
fn in_rows(ranks: &mut [usize], edges: &[(usize, usize, Stroke)]) {
    let is_alone = |node: &usize| !edges.iter().any(|(from, to, _)| from == node || to == node);
    let alone: Vec<usize> = (0..ranks.len()).filter(is_alone).collect();
    if alone.len() <= ROW {
        return;
    }
    let below = ranks.iter().max().map_or(0, |deepest| deepest + 1);
    for (at, &node) in alone.iter().enumerate() {
        ranks[node] = below + at / ROW;
    }
}

/// The solid edges as they rank: from a client to a node, also where the node answers, and without those that lead back to where a
/// path came from.
fn without_cycles(nodes: &[&Node], edges: &[(usize, usize, Stroke)]) -> Vec<(usize, usize)> {
    let count = nodes.len();
    let mut forward: Vec<(usize, usize)> = Vec::new();
    for &(from, to, stroke) in edges {
        let answers = role(nodes[from]) == Role::Replica && role(nodes[to]) == Role::Client;
        let (from, to) = if answers { (to, from) } else { (from, to) };
        if stroke != Stroke::Dotted && !reaches(count, &forward, to, from) && !forward.contains(&(from, to)) {
            forward.push((from, to));
        }
    }
    forward
}

fn reaches(count: usize, edges: &[(usize, usize)], start: usize, goal: usize) -> bool {
    let mut seen = vec![false; count];
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        if node == goal {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            open.extend(edges.iter().filter(|(from, _)| *from == node).map(|(_, to)| *to));
        }
    }
    false
}

fn neighbours(count: usize, edges: &[(usize, usize, Stroke)]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); count];
    for &(from, to, _) in edges {
        all[from].push(to);
        all[to].push(from);
    }
    all
}

/// Places each layer from left to right: first packed, then drawn towards the average of the neighbours, a few times.
fn across(layers: &mut [Vec<usize>], neighbours: &[Vec<usize>], sizes: &[(f64, f64)]) -> Vec<f64> {
    let mut xs = vec![0.0; sizes.len()];
    for layer in layers.iter() {
        pack(layer, sizes, &mut xs);
    }
    for round in 0..8 {
        let order: Vec<usize> =
            if round % 2 == 0 { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
        for at in order {
            let layer = &mut layers[at];
            let mut wished = xs.clone();
            for &node in layer.iter() {
                wished[node] = wish(node, layer, neighbours, &xs);
            }
            *layer = in_order(layer, &wished);
            settle(layer, &wished, sizes, &mut xs);
        }
    }
    xs
}

/// The nodes of a layer from left to right, by their wishes; those that wish the same stay as they stand.
fn in_order(layer: &[usize], wished: &[f64]) -> Vec<usize> {
    let mut ordered: Vec<usize> = Vec::new();
    for &node in layer {
        ordered.insert(ordered.partition_point(|&other| wished[other] <= wished[node]), node);
    }
    ordered
}

/// Where a node would like to stand: above or below its neighbours in other layers.
fn wish(node: usize, layer: &[usize], neighbours: &[Vec<usize>], xs: &[f64]) -> f64 {
    let others: Vec<f64> =
        neighbours[node].iter().filter(|other| !layer.contains(other)).map(|&other| xs[other]).collect();
    if others.is_empty() { xs[node] } else { others.iter().sum::<f64>() / count(others.len()) }
}

fn pack(layer: &[usize], sizes: &[(f64, f64)], xs: &mut [f64]) {
    let total: f64 = layer.iter().map(|&node| sizes[node].0 + GAP).sum::<f64>() - GAP;
    let mut left = -total / 2.0;
    for &node in layer {
        xs[node] = left + sizes[node].0 / 2.0;
        left += sizes[node].0 + GAP;
    }
}

/// Gives each node of a layer its wish as far as the gaps allow: once pushed from the left, once from the right, and
/// the middle of both.
fn settle(layer: &[usize], wished: &[f64], sizes: &[(f64, f64)], xs: &mut [f64]) {
    let apart = |a: usize, b: usize| f64::midpoint(sizes[a].0, sizes[b].0) + GAP;
    let mut from_left: Vec<f64> = layer.iter().map(|&node| wished[node]).collect();
    for at in 1..layer.len() {
        from_left[at] = from_left[at].max(from_left[at - 1] + apart(layer[at - 1], layer[at]));
    }
    let mut from_right: Vec<f64> = layer.iter().map(|&node| wished[node]).collect();
    for at in (1..layer.len()).rev() {
        from_right[at - 1] = from_right[at - 1].min(from_right[at] - apart(layer[at - 1], layer[at]));
    }
    for (at, &node) in layer.iter().enumerate() {
        xs[node] = f64::midpoint(from_left[at], from_right[at]);
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
