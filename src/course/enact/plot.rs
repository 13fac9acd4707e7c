//! A system of the drawing, read as a plot: who asks whom for what, which answer belongs to which request, what the nodes
//! send each other, and where the link is cut.
//!
//! ```text
//! 1. Write 'v1' ──▶ ┐
//! 2. Replicate ╌╌▶  ├ slot 0: one request, or several at once; it ends before the next slot begins
//! 3. Error ◀──      ┘
//! 4. Read ──▶       ┐ slot 1
//! ```

use super::claims::Claim;
use super::parts::{Boxes, Parts};
use super::reader;
use super::values::Values;
use super::words::{Class, Number, Says};
use crate::course::Cast;
use crate::sim::{ClientId, NodeId, Operation, Value};

/// Which way something travels an edge of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From its start to its end.
    Along,
    /// From its end to its start.
    Against,
}

/// A request of the drawing.
#[derive(Clone, Debug)]
pub struct Request {
    pub edge: usize,
    pub way: Way,
    pub number: Option<Number>,
    pub client: ClientId,
    pub node: NodeId,
    pub operation: Operation,
    pub slot: usize,
    pub reply: Reply,
}

/// What the drawing shows as the answer to a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Nothing.
    None,
    /// A double arrow: request and answer in one.
    Same,
    /// An edge.
    Drawn(Answer),
}

/// An answer of the drawing.
#[derive(Clone, Debug)]
pub struct Answer {
    pub edge: usize,
    pub way: Way,
    pub number: Option<Number>,
    pub says: Says,
    pub value: Option<Value>,
}

/// How a message between nodes is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It arrives.
    Solid,
    /// It is lost: dotted, or with a cross for a head.
    Dashed,
}

/// A message between nodes of the drawing.
#[derive(Clone, Debug)]
pub struct Message {
    pub edge: usize,
    pub from: NodeId,
    pub to: NodeId,
    pub number: Option<Number>,
    pub class: Class,
    pub line: Line,
    /// Whether it has one arrow head, and so a direction of its own.
    pub points: Points,
}

/// Whether an edge says which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    /// One way.
    OneWay,
    /// Both ways, or neither.
    Either,
}

/// Something that is done to a link before a slot; before the slot after the last, it is done at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    pub ends: (NodeId, NodeId),
    pub what: What,
    pub before: usize,
}

/// What is done to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is cut, both ways.
    Cut,
    /// It is cut in this direction only.
    CutOneWay,
    /// It works again, both ways.
    Heal,
}

/// What makes a node the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Its label.
    ByLabel,
    /// It is the first that is written to.
    ByUse,
}

/// A system, read.
pub struct Plot {
    pub cast: Cast,
    /// The boxes of its nodes and clients, as indices into the diagram.
    pub nodes: Vec<usize>,
    pub clients: Vec<usize>,
    /// The node that each client asks.
    pub asked: Vec<NodeId>,
    pub leader: NodeId,
    /// Whether a label makes it the leader.
    pub leads: Leads,
    pub requests: Vec<Request>,
    pub messages: Vec<Message>,
    pub deeds: Vec<Deed>,
    pub values: Values,
    /// What was seen to be wrong before anything ran.
    pub claims: Vec<Claim>,
}

impl Plot {
    /// Reads a system; or says what must be added before it can be run.
    pub fn read(boxes: &Boxes, parts: &Parts) -> Result<Self, String> {
        let mut plot = reader::read(boxes, parts)?;
        plot.set_slots();
        plot.set_deeds();
        Ok(plot)
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.requests.last().map_or(0, |request| request.slot + 1)
    }

    /// The slot that a step of that number belongs to.
    pub fn slot_of(&self, number: Number) -> usize {
        let begun = |request: &&Request| request.number.is_some_and(|begin| begin <= number);
        self.requests.iter().rev().find(begun).map_or(0, |request| request.slot)
    }

    /// Whether a link between two nodes is ever cut.
    pub fn is_cut(&self, a: NodeId, b: NodeId) -> bool {
        self.deeds.iter().any(|deed| deed.what != What::Heal && same(deed.ends, (a, b)))
    }

    /// Whether any link is ever cut.
    pub fn is_partitioned(&self) -> bool {
        self.deeds.iter().any(|deed| deed.what != What::Heal)
    }

    /// A request shares the slot of those before it while one of them has the same number, or waits for an answer that
    /// is numbered after it.
    fn set_slots(&mut self) {
        let mut slot = 0;
        for at in 0..self.requests.len() {
            let this = self.requests[at].number;
            let mut open = false;
            for other in self.requests[..at].iter().filter(|other| other.slot == slot) {
                let waits = match &other.reply {
                    Reply::Drawn(answer) => answer.number > this,
                    Reply::None | Reply::Same => false,
                };
                open |= this.is_some() && (other.number == this || waits);
            }
            slot += usize::from(at > 0 && !open);
            self.requests[at].slot = slot;
        }
    }

    fn set_deeds(&mut self) {
        for at in 0..self.messages.len() {
            let Message { from, to, number, class, line, .. } = self.messages[at];
            let what = match (line, class) {
                (Line::Dashed, _) => What::Cut,
                (Line::Solid, Class::Heals) => What::Heal,
                (Line::Solid, _) => continue,
            };
            let deed = match (what, number) {
                (What::Heal, None) => Deed { ends: (from, to), what, before: self.slots() },
                (What::Heal, Some(number)) => Deed { ends: (from, to), what, before: self.after(number) },
                _ => self.cut(at),
            };
            // A link that is cut already need not be cut again, unless it works again in between.
            let known = self.deeds.iter().rev().find(|known| same(known.ends, deed.ends));
            if known.is_none_or(|known| known.what != deed.what) {
                let place = self.deeds.partition_point(|other| other.before <= deed.before);
                self.deeds.insert(place, deed);
            }
        }
    }

    /// The slot before which something of that number is done: its own, or the next if its own is over by then.
    fn after(&self, number: Number) -> usize {
        let slot = self.slot_of(number);
        let over = |request: &Request| {
            let answered = match &request.reply {
                Reply::Drawn(answer) => answer.number.is_none_or(|end| end < number),
                Reply::None | Reply::Same => true,
            };
            request.number.is_some_and(|begin| begin < number) && answered
        };
        slot + usize::from(self.requests.iter().filter(|request| request.slot == slot).all(over))
    }

    /// The cut that a dashed edge stands for. It is there from the start, unless the drawing lets messages cross the
    /// same link before.
    fn cut(&self, at: usize) -> Deed {
        let Message { from, to, number, points, .. } = self.messages[at];
        let from_the_start = Deed { ends: (from, to), what: What::Cut, before: 0 };
        let Some(number) = number else { return from_the_start };
        let crosses = |other: &&Message| {
            other.line == Line::Solid
                && same((other.from, other.to), (from, to))
                && other.number.is_some_and(|n| n < number)
        };
        let crossings: Vec<&Message> = self.messages.iter().filter(crosses).collect();
        let before = self.after(number);
        if crossings.is_empty() {
            return if self.messages[at].class == Class::Cuts && self.turns_at(number) {
                Deed { before, ..from_the_start }
            } else {
                from_the_start
            };
        }
        let slot = self.slot_of(number);
        let in_between =
            before == slot && crossings.iter().any(|other| other.number.is_some_and(|n| self.slot_of(n) == slot));
        if in_between && points == Points::OneWay && crossings.iter().all(|other| other.from == to) {
            return Deed { what: What::CutOneWay, ..from_the_start };
        }
        Deed { before, ..from_the_start }
    }
}

impl Plot {
    /// Whether the answers before that number report success, and one after it an error: something happens there.
    fn turns_at(&self, number: Number) -> bool {
        let mut answers = self.requests.iter().filter_map(|request| match &request.reply {
            Reply::Drawn(answer) => Some((answer.number?, answer.says)),
            Reply::None | Reply::Same => None,
        });
        let early = answers.clone().any(|(at, says)| at < number && says == Says::Success);
        early && answers.all(|(at, says)| (at < number) != (says == Says::Error))
    }
}

/// Whether two links join the same nodes.
pub fn same(a: (NodeId, NodeId), b: (NodeId, NodeId)) -> bool {
    a == b || a == (b.1, b.0)
}
