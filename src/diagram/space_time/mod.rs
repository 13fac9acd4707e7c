//! The space-time diagram of a run: one line for each client and node, time running down, messages slanted across.
//!
//! Rows are steps, not microseconds: what happens at one instant is spread over rows so that it can be followed. The
//! picture says so. Columns and rows are whole numbers here; pixels are the page's business.
//! `read` reads it off a trace, `words` is what stands on it.

mod read;
mod words;

use crate::check::Attempt;
use crate::sim::{ClientId, Content, EventId, MessageId, NodeId, RequestId};

pub use read::space_time;
pub use words::saying;

/// Who a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// A client.
    Client(ClientId),
    /// A node.
    Node(NodeId),
}

/// How a message has fared by the step that is shown. What becomes of it later is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on its way.
    UnderWay,
    /// It has arrived in that row.
    Arrived(usize),
    /// It was lost in that row.
    Lost(usize),
}

/// What a message is to the one who reads the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A request or a message between nodes.
    Plain,
    /// A success.
    Good,
    /// A refusal, or an answer that is wrong.
    Bad,
}

/// The events of a mark: the one it begins with, and the one it ends with if that is another and has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first event.
    pub first: EventId,
    /// Its last event.
    pub last: Option<EventId>,
}

/// A slanted arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slant {
    /// The column it starts in.
    pub from: usize,
    /// The column it leads to.
    pub to: usize,
    /// The row it starts in.
    pub start: usize,
    /// What has become of it.
    pub fate: Fate,
    /// What will have become of it in the end, as far as the run goes: for its slope, which does not change as it
    /// travels.
    pub end: Fate,
    /// What it is.
    pub tone: Tone,
    /// What is written on it.
    pub words: String,
    /// Whether it answers or sends besides another arrow that starts in the same row: how many do before it.
    pub rank: usize,
    /// The events that it is about.
    pub span: Span,
    /// The message, if it is one between nodes.
    pub message: Option<MessageId>,
}

/// A value on a node's line, from that row on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The column.
    pub column: usize,
    /// The row.
    pub row: usize,
    /// The value.
    pub value: Content,
    /// Whether it is what a reader finds there rather than a change.
    pub found: bool,
    /// Bad when it was given as an answer and that answer is wrong.
    pub tone: Tone,
    /// The event; `None` for what is held at the start.
    pub event: Option<EventId>,
}

/// An operation on a client's line, from its invocation to its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The column.
    pub column: usize,
    /// The row of its invocation.
    pub start: usize,
    /// The row of its response, while there is one.
    pub end: Option<usize>,
    /// How it ended.
    pub tone: Tone,
    /// What its client has seen of it so far.
    pub view: String,
    /// The events that it is about.
    pub span: Span,
    /// The request.
    pub request: RequestId,
}

/// What keeps two neighbouring columns apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rift {
    /// The link between them loses everything.
    Cut,
    /// It keeps everything.
    Held,
}

/// A time during which the link between two neighbouring columns is cut, or held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tear {
    /// Cut or held.
    pub rift: Rift,
    /// The column left of it.
    pub left: usize,
    /// The column right of it.
    pub right: usize,
    /// The row of the cut.
    pub start: usize,
    /// The row of the healing; `None` when it stays cut.
    pub end: Option<usize>,
    /// The events that it is about.
    pub span: Span,
}

/// A time during which a node is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// The column.
    pub column: usize,
    /// The row of the crash.
    pub start: usize,
    /// The row in which it comes up again, if it does.
    pub end: Option<usize>,
    /// The events that it is about.
    pub span: Span,
}

/// An instant at which an operation may be taken to take effect: a place in an order that explains every answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The column.
    pub column: usize,
    /// The place on the line, in thousandths of a row: not before its operation begins, not after it ends.
    pub millirow: usize,
    /// Its number in the order, from 1.
    pub number: usize,
}

/// The diagram of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpaceTime {
    /// Who the columns belong to, from left to right.
    pub columns: Vec<Party>,
    /// The arrows.
    pub slants: Vec<Slant>,
    /// The values.
    pub held: Vec<Held>,
    /// The operations.
    pub bars: Vec<Bar>,
    /// The cuts.
    pub tears: Vec<Tear>,
    /// The crashes.
    pub outages: Vec<Outage>,
}

impl Slant {
    /// The message, while it is on its way between nodes.
    pub fn in_flight(&self) -> Option<MessageId> {
        self.message.filter(|_| self.fate == Fate::UnderWay)
    }
}

impl SpaceTime {
    /// The places of an order of operations on their bars; `now` is the row that has been reached. An operation that is
    /// not in the order has none.
    ///
    /// In an order that is true to real time no operation ends before one earlier in the order begins. So the latest
    /// beginning up to a place is never below the earliest end from that place on, and any share of the way between the
    /// two that grows with the place is within the bar and below the one before.
    pub fn points(&self, order: &[Attempt], now: usize) -> Vec<Point> {
        let bars: Vec<&Bar> =
            order.iter().filter_map(|attempt| self.bars.iter().find(|bar| bar.request == attempt.request)).collect();
        let places = 1..=bars.len();
        places
            .map(|number| {
                let begun = bars[..number].iter().map(|bar| bar.start).max().unwrap_or(0);
                let ends = bars[number - 1..].iter().map(|bar| bar.end.unwrap_or(now.max(bar.start))).min();
                let ends = ends.unwrap_or(begun).max(begun);
                let millirow = begun * 1_000 + (ends - begun) * 1_000 * number / (bars.len() + 1);
                Point { column: bars[number - 1].column, millirow, number }
            })
            .collect()
    }
}
