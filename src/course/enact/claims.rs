//! What the drawing claims and the run does not do: where it stops being true, and why, in a sentence.

use super::words::Number;

/// What is wrong with a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A success is drawn where the run refuses.
    Acknowledged,
    /// An error is drawn where the run succeeds.
    Refused,
    /// Another value is drawn than the run answers.
    OtherValue,
    /// A request is drawn without its answer.
    NoAnswer,
    /// An answer is drawn that nobody asked for.
    Unasked,
    /// An arrow points the wrong way.
    WrongWay,
    /// A message is drawn that is never sent.
    NeverSent,
    /// A message is drawn as arriving that is lost at the cut.
    Crosses,
    /// A request or an answer is drawn as lost that arrives.
    DrawnLost,
    /// Steps are numbered in another order than they happen.
    OutOfOrder,
    /// Nothing is cut, so the nodes converge.
    NothingCut,
    /// The nodes are said to diverge and agree in the end.
    NotDivergent,
    /// A numbered edge that cannot be run.
    LeftOut,
}

/// A claim of the drawing that is not true of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is wrong.
    pub fault: Fault,
    /// The scene in which it stops being true.
    pub scene: usize,
    /// The edge of the drawing that says it.
    pub edge: Option<usize>,
    /// The number that the drawing gives it.
    pub number: Option<Number>,
    /// Which step it is, what is wrong, and why, in a sentence or two.
    pub sentence: String,
    /// The step of the trace in which it shows.
    pub(super) step: Option<u32>,
}

impl Claim {
    pub(super) fn new(fault: Fault, number: Option<Number>, edge: usize, sentence: String) -> Self {
        Self { fault, scene: 0, edge: Some(edge), number, sentence, step: None }
    }

    pub(super) fn at(self, step: u32) -> Self {
        Self { step: Some(step), ..self }
    }
}

/// How a sentence about a step begins.
pub(super) fn at_step(number: Option<Number>) -> String {
    number.map_or_else(|| "The picture".to_owned(), |number| format!("At step {number} the picture"))
}
