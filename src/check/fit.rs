//! Which model a log is about. A log does not say it; its operations and answers do: only a set has elements, only a
//! counter is added to, only a compare-and-set register is written on condition.

use super::ModelName;
use super::log::{Call, Ending, Entry, Log, Moment, Reading};

/// An operation that a model does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The event that shows it.
    pub at: Moment,
    /// What it is.
    pub message: String,
}

impl ModelName {
    /// The plainest model that knows every operation of the log.
    ///
    /// # Errors
    ///
    /// No model does: the first operation that the model which knows the most of the log does not know.
    pub fn of(log: &Log) -> Result<Self, Misfit> {
        let mut furthest: Option<(usize, Self, Moment)> = None;
        for model in Self::ALL {
            let Some((index, at)) = model.first_unknown(log) else { return Ok(model) };
            if furthest.as_ref().is_none_or(|(before, ..)| index > *before) {
                furthest = Some((index, model, at));
            }
        }
        let (index, model, at) = furthest.unwrap_or((0, Self::Register, Moment { position: 0, line: 0, at: None }));
        let message = format!(
            "No model knows this operation and those before it: they are of a {model}, this is {}. Check each kind of \
             object in a log of its own.",
            log.entries.get(index).map_or("another", what)
        );
        Err(Misfit { at, message })
    }

    /// Whether the model knows every operation of the log.
    ///
    /// # Errors
    ///
    /// The first operation that it does not know.
    pub fn knows(self, log: &Log) -> Result<(), Misfit> {
        let Some((index, at)) = self.first_unknown(log) else { return Ok(()) };
        let other = Self::of(log).map_or(String::new(), |model| format!(": use --model {model}"));
        let message = format!("A {self} does not know {}{other}.", what(&log.entries[index]));
        Err(Misfit { at, message })
    }

    /// The first operation that the model does not know, and the event that shows it.
    fn first_unknown(self, log: &Log) -> Option<(usize, Moment)> {
        log.entries.iter().enumerate().find_map(|(index, entry)| {
            let end = match &entry.ended {
                Some((moment, Ending::Ok(reading))) if !self.knows_reading(reading) => Some(*moment),
                _ => None,
            };
            let at = if self.knows_call(entry.call) { end } else { Some(entry.invoked) };
            at.map(|at| (index, at))
        })
    }

    fn knows_call(self, call: Call) -> bool {
        match call {
            Call::Read => true,
            Call::Write(_) => matches!(self, Self::Register | Self::CasRegister),
            Call::Cas(..) => self == Self::CasRegister,
            Call::Add(_) => self == Self::Counter,
            Call::Insert(_) | Call::Remove(_) => self == Self::Set,
        }
    }

    fn knows_reading(self, reading: &Reading) -> bool {
        match reading {
            Reading::Done => true,
            Reading::Value(_) => self != Self::Set,
            Reading::Elements(_) => self == Self::Set,
        }
    }
}

fn what(entry: &Entry) -> &'static str {
    match (entry.call, &entry.ended) {
        (Call::Read, Some((_, Ending::Ok(Reading::Elements(_))))) => "a read of elements",
        (Call::Read, _) => "a read of a value",
        (Call::Write(_), _) => "a write",
        (Call::Cas(..), _) => "a compare-and-set",
        (Call::Add(_), _) => "an addition to a counter",
        (Call::Insert(_), _) => "an element put into a set",
        (Call::Remove(_), _) => "an element taken out of a set",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::log::jepsen;

    fn log(lines: &[&str]) -> Log {
        jepsen::read(&lines.iter().flat_map(|line| [line, "\n"]).collect::<String>()).unwrap()
    }

    #[test]
    fn the_plainest_model_that_knows_everything_is_chosen() {
        let read = ["0 :invoke :read nil", "0 :ok :read 3"];
        let elements = ["0 :invoke :read nil", "0 :ok :read #{1 2}"];
        assert_eq!(ModelName::of(&Log::default()), Ok(ModelName::Register));
        assert_eq!(ModelName::of(&log(&read)), Ok(ModelName::Register));
        assert_eq!(ModelName::of(&log(&["1 :invoke :cas [1 2]", read[0], read[1]])), Ok(ModelName::CasRegister));
        assert_eq!(ModelName::of(&log(&["1 :invoke :add 1", read[0], read[1]])), Ok(ModelName::Counter));
        assert_eq!(ModelName::of(&log(&["1 :invoke :add 1", elements[0], elements[1]])), Ok(ModelName::Set));
    }

    #[test]
    fn an_operation_that_no_model_or_not_the_chosen_one_knows_is_named() {
        let mixed = log(&["0 :invoke :write 1", "1 :invoke :add 1"]);
        assert_eq!(ModelName::of(&mixed).unwrap_err().at.line, 2);
        let cas = log(&["0 :invoke :read nil", "1 :invoke :cas [1 2]"]);
        let misfit = ModelName::Register.knows(&cas).unwrap_err();
        assert_eq!(misfit.at.line, 2);
        assert_eq!(misfit.message, "A register does not know a compare-and-set: use --model cas-register.");
        assert_eq!(ModelName::CasRegister.knows(&cas), Ok(()));
    }
}
