//! Demands that one thing come before another, and a cycle among them, if there is one: then no order meets them all.
//!
//! ```text
//! a ──▶ b ──▶ c        no order has a before b, b before c and c before a
//! ▲───────────┘
//! ```

use super::order::arrays::small;

/// The first is to come before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// What comes first.
    pub from: u32,
    /// What comes later.
    pub to: u32,
    /// Why: an index of an entry of a log, where there is one, at either end.
    pub because: [Option<usize>; 2],
}

/// A cycle among the demands, if there is one. Nodes are numbered below the count.
pub fn cycle(count: usize, demands: &[Demand]) -> Option<Vec<Demand>> {
    let outgoing = Lists::of(count, demands, |demand| demand.from);
    let core = core(count, demands, &outgoing);
    // Everything in the core has something in the core before it: going back far enough ends on a cycle.
    let mut before = vec![None; count];
    for demand in demands.iter().filter(|demand| core[demand.from as usize] && core[demand.to as usize]) {
        before[demand.to as usize] = Some(demand.from);
    }
    let mut at = small(core.iter().position(|&inside| inside)?);
    for _ in 0..count {
        at = before[at as usize]?;
    }
    shortest(at, count, demands, &outgoing)
}

/// What is left when, again and again, everything is taken away that nothing has to come before.
fn core(count: usize, demands: &[Demand], outgoing: &Lists) -> Vec<bool> {
    let mut incoming = vec![0_usize; count];
    for demand in demands {
        incoming[demand.to as usize] += 1;
    }
    let mut free: Vec<usize> = (0..count).filter(|&node| incoming[node] == 0).collect();
    let mut core = vec![true; count];
    while let Some(node) = free.pop() {
        core[node] = false;
        for &demand in outgoing.of_node(node) {
            let to = demands[demand as usize].to as usize;
            incoming[to] -= 1;
            if incoming[to] == 0 {
                free.push(to);
            }
        }
    }
    core
}

/// The shortest way from a node back to it.
fn shortest(start: u32, count: usize, demands: &[Demand], outgoing: &Lists) -> Option<Vec<Demand>> {
    let mut came_by: Vec<Option<u32>> = vec![None; count];
    let mut queue = vec![start];
    let mut next = 0;
    while came_by[start as usize].is_none() {
        let node = *queue.get(next)?;
        next += 1;
        for &demand in outgoing.of_node(node as usize) {
            let to = demands[demand as usize].to;
            if came_by[to as usize].is_none() {
                came_by[to as usize] = Some(demand);
                queue.push(to);
            }
        }
    }
    let mut path = Vec::new();
    let mut at = start;
    loop {
        let demand = demands[came_by[at as usize]? as usize];
        path.push(demand);
        at = demand.from;
        if at == start {
            break;
        }
    }
    path.reverse();
    Some(path)
}

/// For each node the indices of its demands, side by side.
struct Lists {
    starts: Vec<u32>,
    indices: Vec<u32>,
}

impl Lists {
    fn of(count: usize, demands: &[Demand], node: fn(&Demand) -> u32) -> Self {
        let mut starts = vec![0; count + 1];
        for demand in demands {
            starts[node(demand) as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut indices = vec![0; demands.len()];
        for (index, demand) in (0..).zip(demands) {
            let place = &mut free[node(demand) as usize];
            indices[*place as usize] = index;
            *place += 1;
        }
        Self { starts, indices }
    }

    fn of_node(&self, node: usize) -> &[u32] {
        &self.indices[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demands(pairs: &[(u32, u32)]) -> Vec<Demand> {
        pairs.iter().map(|&(from, to)| Demand { from, to, because: [None; 2] }).collect()
    }

    #[test]
    fn demands_that_an_order_meets_have_no_cycle() {
        assert_eq!(cycle(4, &demands(&[(0, 1), (1, 2), (0, 2), (3, 1)])), None);
        assert_eq!(cycle(0, &[]), None);
    }

    #[test]
    fn a_cycle_is_found_beyond_what_leads_to_it_and_is_closed() {
        let found = cycle(6, &demands(&[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4), (4, 5)])).expect("1, 2, 3");
        assert_eq!(found.len(), 3);
        assert!((0..3).all(|at| found[at].to == found[(at + 1) % 3].from));
    }

    #[test]
    fn what_is_to_come_before_itself_is_a_cycle() {
        assert_eq!(cycle(2, &demands(&[(0, 1), (1, 1)])).expect("1").len(), 1);
    }
}
