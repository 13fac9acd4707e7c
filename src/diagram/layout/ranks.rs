//! In which layer each box stands.

use super::layers::{Item, Link};

/// How many boxes without a link stand in a row at least.
const ROW: usize = 4;

/// The layer of each box: the longest path that leads to it. Boxes that are linked level share one, unless a path
/// leads from one to the other.
pub fn ranks(items: &[Item], links: &[Link]) -> Vec<usize> {
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
