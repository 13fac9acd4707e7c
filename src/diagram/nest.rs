//! Which node stands in which subgraph, by number: subgraphs in subgraphs are boxes in boxes, and each edge has the
//! innermost box that holds both of its ends as its home.
//!
//! ```text
//!   ┌ S ───────────────┐     a → b is at home in T,
//!   │  ┌ T ────────┐   │     a → c in S, where it leads from the box T to the node c,
//!   │  │ a ──▶ b   │   │     c → d outside of all
//!   │  └───────────┘ c │ d
//!   └──────────────────┘
//! ```

use super::Diagram;
use super::sorted::Sorted;

/// A node or a subgraph, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// A node.
    Node(usize),
    /// A subgraph.
    Box(usize),
}

/// An edge in its home.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// Its index in the diagram.
    pub edge: usize,
    /// What it leads from and to.
    pub ends: (Kid, Kid),
    /// What of its home it leads from and to: the ends themselves, or the boxes around them. None where one end is in
    /// the other.
    pub between: Option<(Kid, Kid)>,
}

/// The boxes of a diagram. The last two are no subgraphs: what is in none ([`Nest::loose`]), and all ([`Nest::all`]).
#[derive(Clone, Debug)]
pub struct Nest {
    /// What stands in each box, in the order in which the text names it.
    pub kids: Vec<Vec<Kid>>,
    /// The edges that are at home in each box.
    pub ties: Vec<Vec<Tie>>,
    /// The boxes, each before those in it.
    pub order: Vec<usize>,
    /// The box around each box; `all` is around itself.
    around: Vec<usize>,
    /// The box around each node.
    home: Vec<usize>,
}

impl Nest {
    /// The boxes of a diagram.
    pub fn of(diagram: &Diagram) -> Self {
        let boxes: Sorted<&str, usize> =
            diagram.subgraphs.iter().enumerate().rev().map(|(at, subgraph)| (subgraph.id.as_str(), at)).collect();
        let nodes: Sorted<&str, usize> =
            diagram.nodes.iter().enumerate().rev().map(|(at, node)| (node.id.as_str(), at)).collect();
        let (loose, all) = (diagram.subgraphs.len(), diagram.subgraphs.len() + 1);
        let find = |id: &Option<String>| id.as_deref().and_then(|id| boxes.get(id)).copied();
        let mut around: Vec<usize> =
            diagram.subgraphs.iter().map(|subgraph| find(&subgraph.parent).unwrap_or(all)).collect();
        around.extend([all, all]);
        // No text can put a box into itself, but a model might: then it stands in none.
        for start in 0..loose {
            let mut at = start;
            for _ in 0..=all {
                at = around[at];
            }
            if at != all {
                around[start] = all;
            }
        }
        let home: Vec<usize> = diagram.nodes.iter().map(|node| find(&node.parent).unwrap_or(loose)).collect();
        let mut nest =
            Self { kids: vec![Vec::new(); all + 1], ties: vec![Vec::new(); all + 1], order: vec![all], around, home };
        nest.fill(all);
        for (edge, written) in diagram.edges.iter().enumerate() {
            let end = |id: &str| match (nodes.get(id), boxes.get(id)) {
                (Some(&node), _) => Some(Kid::Node(node)),
                (None, Some(&inner)) => Some(Kid::Box(inner)),
                (None, None) => None,
            };
            if let (Some(from), Some(to)) = (end(&written.from), end(&written.to)) {
                let (home, between) = nest.meet(from, to);
                nest.ties[home].push(Tie { edge, ends: (from, to), between });
            }
        }
        nest
    }

    /// Puts each box and node into the box around it: in the order of their first nodes, which is that of the text.
    fn fill(&mut self, all: usize) {
        let mut stands = vec![false; all];
        let mut put = |nest: &mut Self, mut kid: Kid| {
            while let Some(outer) = nest.outer(kid) {
                if let Kid::Box(inner) = kid
                    && std::mem::replace(&mut stands[inner], true)
                {
                    break;
                }
                nest.kids[outer].push(kid);
                kid = Kid::Box(outer);
            }
        };
        // The systems keep their order, whatever is in them.
        for inner in 0..self.loose() {
            if self.around[inner] == all {
                put(self, Kid::Box(inner));
            }
        }
        for node in 0..self.home.len() {
            put(self, Kid::Node(node));
        }
        for inner in 0..self.loose() {
            put(self, Kid::Box(inner));
        }
        let mut at = 0;
        while at < self.order.len() {
            for kid in &self.kids[self.order[at]] {
                if let Kid::Box(inner) = kid {
                    self.order.push(*inner);
                }
            }
            at += 1;
        }
    }

    /// The box of what stands in no subgraph.
    pub fn loose(&self) -> usize {
        self.around.len() - 2
    }

    /// The box around all.
    pub fn all(&self) -> usize {
        self.around.len() - 1
    }

    /// The box around a node or a box.
    pub fn outer(&self, kid: Kid) -> Option<usize> {
        match kid {
            Kid::Node(node) => Some(self.home[node]),
            Kid::Box(inner) => Some(self.around[inner]).filter(|outer| *outer != inner),
        }
    }

    /// Everything in a box, boxes in it included, down to the nodes.
    pub fn within(&self, outer: usize) -> Vec<Kid> {
        let mut all = self.kids[outer].clone();
        let mut at = 0;
        while at < all.len() {
            if let Kid::Box(inner) = all[at] {
                all.extend(&self.kids[inner]);
            }
            at += 1;
        }
        all
    }

    /// Lets what stands in no subgraph stand among the systems.
    pub fn mix(&mut self) {
        let (loose, all) = (self.loose(), self.all());
        self.kids[all].retain(|kid| *kid != Kid::Box(loose));
        let nodes = std::mem::take(&mut self.kids[loose]);
        for kid in &nodes {
            if let Kid::Node(node) = kid {
                self.home[*node] = all;
            }
        }
        self.kids[all].extend(nodes);
        for tie in std::mem::take(&mut self.ties[loose]) {
            self.ties[all].push(tie);
        }
        for at in 0..self.ties[all].len() {
            let (from, to) = self.ties[all][at].ends;
            self.ties[all][at].between = self.meet(from, to).1;
        }
    }

    /// From the outermost box to the kid itself.
    fn path(&self, kid: Kid) -> Vec<Kid> {
        let mut path = vec![kid];
        let mut at = kid;
        while let Some(outer) = self.outer(at) {
            at = Kid::Box(outer);
            path.insert(0, at);
        }
        path
    }

    /// The home of an edge, and what of it it leads between.
    fn meet(&self, from: Kid, to: Kid) -> (usize, Option<(Kid, Kid)>) {
        let (a, b) = (self.path(from), self.path(to));
        let shared = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        let home = |at: usize| match a.get(at) {
            Some(Kid::Box(home)) => *home,
            _ => self.all(),
        };
        match (a.get(shared), b.get(shared)) {
            (Some(&from), Some(&to)) => (home(shared - 1), Some((from, to))),
            // One is in the other, or is the other.
            _ => (home(shared.saturating_sub(2)), (from == to).then_some((from, to))),
        }
    }
}
