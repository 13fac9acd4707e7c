//! The values of a drawing and those of the run. The core's values are numbered: `v1`, `v2`. What is written so is taken
//! so; any other value, and a write that names none, gets a number that is still free.

use super::words;
use crate::sim::Value;

/// Which value of the run stands for which of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    taken: Vec<u32>,
    named: Vec<(String, Value)>,
}

impl Values {
    /// Those of a drawing with these texts on it: their numbers are taken.
    pub fn of(texts: impl Iterator<Item = String>) -> Self {
        let numbers = texts.filter_map(|text| words::value(&text)).filter_map(|value| words::numbered(&value));
        Self { taken: numbers.chain([0]).collect(), named: Vec::new() }
    }

    /// The value of the run, if the drawing has written it already or writes it as the run does.
    pub fn known(&self, value: &str) -> Option<Value> {
        let named = || self.named.iter().find(|(name, _)| name == value).map(|(_, value)| *value);
        words::numbered(value).map(Value).or_else(named)
    }

    /// The value of the run that a write stores.
    pub fn written(&mut self, value: Option<String>) -> Value {
        if let Some(known) = value.as_deref().and_then(|value| self.known(value)) {
            return known;
        }
        let mut number = 1;
        while self.taken.contains(&number) {
            number += 1;
        }
        self.taken.push(number);
        self.named.extend(value.map(|name| (name, Value(number))));
        Value(number)
    }

    /// What is called otherwise in the run, in sentences.
    pub fn renamed(&self) -> Vec<String> {
        self.named.iter().map(|(name, value)| format!("In the run “{name}” is called `{value}`.")).collect()
    }
}
