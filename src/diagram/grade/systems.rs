//! Which system a node belongs to: the consistent or the available one.
//!
//! The title of the nearest frame that names a side decides, then the node's own label. What no word places is taken in
//! groups: whatever hangs together without going through a client. A group linked to one system belongs to it; else,
//! if only one system has a title, it is the other; else what it answers tells, and the group that refuses is CP.

use super::cast::{Cast, Kind, Rank};
use super::rubric::Rubric;
use crate::diagram::role::Side;

/// Gives every party the system it belongs to, where there is one.
pub(super) fn assign(cast: &mut Cast, rubric: &Rubric) {
    by_frame(cast);
    let groups = groups(cast);
    join(cast, &groups);
    let open: Vec<Group> = (0..cast.nodes)
        .filter(|&at| groups[at] == at)
        .map(|root| Group::of(cast, rubric, &groups, root))
        .filter(|group| group.nodes > 0 && group.asked > 0)
        .collect();
    let titled = [Side::Cp, Side::Ap]
        .map(|side| cast.parties.iter().any(|party| party.kind == Kind::Node && party.side == Some(side)));
    let sides = match titled {
        [true, true] => return,
        [true, false] => vec![Side::Ap; open.len()],
        [false, true] => vec![Side::Cp; open.len()],
        [false, false] => by_answers(&open),
    };
    for (group, side) in open.iter().zip(sides) {
        for party in (0..cast.nodes).filter(|&party| groups[party] == group.root) {
            cast.parties[party].side.get_or_insert(side);
        }
    }
    // A client that asks in one system only belongs to it.
    for client in (0..cast.nodes).filter(|&party| cast.is(party, Kind::Client)).collect::<Vec<_>>() {
        let side = only(cast.links.iter().filter_map(|link| {
            let other = other_end(link.from, link.to, client)?;
            cast.parties[other].side
        }));
        let party = &mut cast.parties[client];
        party.side = party.side.or(side);
    }
}

fn other_end(from: usize, to: usize, party: usize) -> Option<usize> {
    if from == party {
        Some(to)
    } else if to == party {
        Some(from)
    } else {
        None
    }
}

/// The only side among these; `None` if there is none, or both.
fn only(mut sides: impl Iterator<Item = Side>) -> Option<Side> {
    let first = sides.next()?;
    sides.all(|side| side == first).then_some(first)
}

fn by_frame(cast: &mut Cast) {
    for party in 0..cast.parties.len() {
        let mut here = cast.parties[party].frame;
        let mut named = if party < cast.nodes { None } else { cast.parties[party].side };
        for _ in cast.nodes..cast.parties.len() {
            let Some(frame) = here.filter(|_| named.is_none()) else { break };
            named = cast.parties[frame].side;
            here = cast.parties[frame].frame;
        }
        let party = &mut cast.parties[party];
        party.side = named.or(party.side);
    }
}

/// The outermost frame around a party.
fn outermost(cast: &Cast, party: usize) -> Option<usize> {
    let mut found = cast.parties[party].frame?;
    for _ in cast.nodes..cast.parties.len() {
        match cast.parties[found].frame {
            Some(outer) => found = outer,
            None => break,
        }
    }
    Some(found)
}

/// For each node of the diagram the first of its group. Clients are on their own.
fn groups(cast: &Cast) -> Vec<usize> {
    let mut roots: Vec<usize> = (0..cast.nodes).collect();
    for link in &cast.links {
        let inside = link.from < cast.nodes && link.to < cast.nodes;
        if inside && !cast.is(link.from, Kind::Client) && !cast.is(link.to, Kind::Client) {
            union(&mut roots, link.from, link.to);
        }
    }
    // Frames without a side divide what is in them, if there are several with nodes.
    let homes: Vec<Option<usize>> = (0..cast.nodes)
        .map(|at| outermost(cast, at).filter(|_| cast.parties[at].side.is_none() && cast.is(at, Kind::Node)))
        .collect();
    let mut home = homes.iter().flatten();
    let first = home.next();
    if home.any(|other| Some(other) != first) {
        for at in 0..cast.nodes {
            let before = homes[..at].iter().position(|other| other.is_some() && *other == homes[at]);
            if let Some(before) = before {
                union(&mut roots, before, at);
            }
        }
    }
    (0..cast.nodes).map(|at| root(&roots, at)).collect()
}

/// The first of a group.
pub(super) fn root(roots: &[usize], at: usize) -> usize {
    let mut here = at;
    while roots[here] != here {
        here = roots[here];
    }
    here
}

/// Makes one group of two; its first is the one that comes first.
pub(super) fn union(roots: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(roots, one), root(roots, other));
    roots[one.max(other)] = one.min(other);
}

/// Gives what is linked to one system to that system.
fn join(cast: &mut Cast, groups: &[usize]) {
    for first in 0..cast.nodes {
        if groups[first] != first {
            continue;
        }
        let members = (0..cast.nodes).filter(|&at| groups[at] == first);
        let Some(side) = only(members.clone().filter_map(|at| cast.parties[at].side)) else { continue };
        for at in members.collect::<Vec<_>>() {
            cast.parties[at].side.get_or_insert(side);
        }
    }
}

/// Nodes that no word places, and what tells of them.
struct Group {
    root: usize,
    nodes: usize,
    /// How many of its nodes clients ask.
    asked: usize,
    errors: bool,
    successes: bool,
    ranked: bool,
}

impl Group {
    fn of(cast: &Cast, rubric: &Rubric, groups: &[usize], root: usize) -> Self {
        let is_open = |at: usize| groups[at] == root && cast.parties[at].side.is_none() && cast.is(at, Kind::Node);
        let members: Vec<usize> = (0..cast.nodes).filter(|&at| is_open(at)).collect();
        let answers = |means: u64| {
            cast.links.iter().any(|link| {
                let told = members.contains(&link.from) && cast.is(link.to, Kind::Client);
                let told_back = link.both && members.contains(&link.to) && cast.is(link.from, Kind::Client);
                !link.lost && link.says & means != 0 && (told || told_back)
            })
        };
        let is_asked =
            |at: usize| cast.links.iter().any(|link| link.to == at && !cast.is(link.from, Kind::Node) && !link.lost);
        Self {
            root,
            nodes: members.len(),
            asked: members.iter().filter(|&&at| is_asked(at)).count(),
            errors: answers(rubric.known.error),
            successes: answers(rubric.known.success),
            ranked: members.iter().any(|&at| cast.parties[at].rank != Rank::Unsaid),
        }
    }

    /// How much speaks for CP, and against it.
    fn leaning(&self) -> i32 {
        let weigh = |is: bool, weight: i32| if is { weight } else { 0 };
        weigh(self.errors, 4) - weigh(self.successes, 4) - weigh(self.asked > 1, 2) + i32::from(self.ranked)
    }
}

/// The sides of groups of which no title speaks.
fn by_answers(open: &[Group]) -> Vec<Side> {
    let leanings: Vec<i32> = open.iter().map(Group::leaning).collect();
    let side = |leaning: i32| if leaning < 0 { Side::Ap } else { Side::Cp };
    let mut sides: Vec<Side> = leanings.iter().map(|&leaning| side(leaning)).collect();
    // Two pairs of nodes are meant as the two systems, even if both answer alike.
    let pairs = || open.iter().zip(&leanings).enumerate().filter(|(_, (group, _))| group.nodes > 1);
    let most = pairs().max_by_key(|(_, (_, leaning))| **leaning).map(|(at, (_, leaning))| (at, *leaning));
    let least = pairs().min_by_key(|(_, (_, leaning))| **leaning).map(|(at, (_, leaning))| (at, *leaning));
    if let (Some((most, high)), Some((least, low))) = (most, least)
        && high > low
        && only(sides.iter().copied()).is_some()
    {
        sides[most] = Side::Cp;
        sides[least] = Side::Ap;
    }
    sides
}
