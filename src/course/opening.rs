//! Opening a history from outside: read, laid out as a time line, judged. Each can be put down and taken up again, so that
//! a page goes on answering however long the history is.
//!
//! ```text
//! bytes ──▶ [Opening] ──▶ a [Laid] history, which can be looked at ──▶ [Judging] ──▶ a [Finding]
//! ```

use crate::check::linearizable::{Inexplicable, Judging, Linearizable};
use crate::check::log::{Problem, Slices};
use crate::check::{Budget, Log, ModelName, Verdict};
use crate::diagram::chronicle::{self, Chronicle};

/// A history that has been read and laid out.
#[derive(Clone, Debug)]
pub struct Laid {
    /// The operations.
    pub log: Log,
    /// What they are about.
    pub model: ModelName,
    /// Where they stand.
    pub chronicle: Chronicle,
}

/// A history on its way.
pub struct Opening {
    slices: Slices,
    /// What was read, once it was.
    read: Option<(Log, ModelName)>,
    making: chronicle::Making,
}

/// How far an opening has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many bytes of so many have been read.
    Reading(usize, usize),
    /// So many operations are being laid out.
    LayingOut(usize),
}

impl Opening {
    /// Opens these slices.
    pub fn of(slices: Slices) -> Self {
        Self { slices, read: None, making: chronicle::Making::default() }
    }

    /// The next bytes of the file. All of them have to be there before the first [`Opening::advance`].
    pub fn push(&mut self, bytes: &[u8]) {
        self.slices.push(bytes);
    }

    /// How many bytes are there.
    pub fn length(&self) -> usize {
        self.slices.progress().1
    }

    /// The bytes as text, if they are text.
    pub fn text(&self) -> Option<String> {
        self.slices.text()
    }

    /// How far it has come.
    pub fn way(&self) -> Way {
        if let Some((log, _)) = &self.read {
            return Way::LayingOut(log.entries.len());
        }
        let (done, all) = self.slices.progress();
        Way::Reading(done, all)
    }

    /// Goes on while there is work to be spent; the history, or everything that is wrong with it.
    pub fn advance(&mut self, work: &mut usize) -> Option<Result<Laid, Vec<Problem>>> {
        if self.read.is_none() {
            let log = match self.slices.advance(work)? {
                Ok(log) => log,
                Err(problems) => return Some(Err(problems)),
            };
            match ModelName::of(&log) {
                Ok(model) => {
                    self.read = Some((log, model));
                    return None; // a good place to pause
                }
                Err(misfit) => {
                    let line = misfit.at.line as usize;
                    return Some(Err(vec![Problem { line, column: 1, length: 0, message: misfit.message }]));
                }
            }
        }
        let chronicle = self.making.advance(&self.read.as_ref()?.0, work)?;
        self.read.take().map(|(log, model)| Ok(Laid { log, model, chronicle }))
    }
}

/// Begins to judge a history.
pub fn judging(laid: &Laid, budget: Budget) -> Judging {
    Judging::of(laid.model, budget)
}

/// A verdict as a picture needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Linearizable,
    /// The order that was found, or the longest that explains anything: indices of entries. With several keys, one order
    /// after the other.
    pub order: Vec<usize>,
    /// For each entry its place in its order, from 1; 0 for those that are in none.
    pub places: Vec<u32>,
    /// For each entry the position at which it takes effect in that order, and its share of the way to the next position;
    /// 0 for those that are in none.
    pub points: Vec<f64>,
    /// The position of the return that cannot be explained.
    pub stops: Option<u32>,
}

impl Finding {
    /// What a verdict means for a history.
    pub fn of(laid: &Laid, verdict: Linearizable) -> Self {
        let entries = laid.log.entries.len();
        let mut finding = Self {
            order: Vec::new(),
            places: vec![0; entries],
            points: vec![0.0; entries],
            stops: verdict.violation().map(|witness| laid.chronicle.bars[witness.stuck.0].to),
            verdict,
        };
        match finding.verdict.clone() {
            Verdict::Holds(orders) => {
                for explained in orders {
                    finding.note(laid, &explained.order);
                }
            }
            Verdict::Violated(witness) => finding.note(laid, &witness.longest),
            Verdict::Unknown(_) => {}
        }
        finding
    }

    /// The operation that fits nowhere.
    pub fn stuck(&self) -> Option<usize> {
        self.verdict.violation().map(|witness: &Inexplicable| witness.stuck.0)
    }

    fn note(&mut self, laid: &Laid, order: &[usize]) {
        let positions = laid.chronicle.points(order);
        let mut place = 0;
        let mut begun = 0;
        for together in positions.chunk_by(|one, other| one == other) {
            for at in 1..=together.len() {
                let Some(&entry) = order.get(begun + at - 1) else { continue };
                place += 1;
                self.places[entry] = place;
                #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
                let point = f64::from(together[0]) + at as f64 / (together.len() + 1) as f64;
                self.points[entry] = point;
            }
            begun += together.len();
        }
        self.order.extend(order);
    }
}
