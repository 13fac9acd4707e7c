//! A scenario as text: reading it, and saying where something is wrong with it.
//!
//! ```text
//! 4:17: There is no node G: the scenario has 1 nodes, lettered from A.
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use super::fault::Part;
use super::{Run, Scenario};

/// What is wrong with a text, and where: `3:14: sentence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted in characters from 1.
    pub column: usize,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// The fields of an object, each as it is written.
type Fields<'a> = BTreeMap<&'a str, &'a RawValue>;

/// Reads a run from JSON; a scenario alone is a run of seed 0 in which nothing is done by hand.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(text: &str) -> Result<Run, Problem> {
    let is_run = serde_json::from_str::<Fields>(text).is_ok_and(|fields| fields.contains_key("scenario"));
    let run = if is_run { serde_json::from_str(text) } else { serde_json::from_str::<Scenario>(text).map(Run::of) };
    let run: Run = run.map_err(|error| of_json(text, &error))?;
    match run.scenario.fault() {
        Some((part, error)) => {
            let (line, column) = position(text, offset(text, part).unwrap_or(0));
            Err(Problem { line, column, message: format!("{}.", capital(&error.to_string())) })
        }
        None => Ok(run),
    }
}

/// The problem that the JSON reader found.
fn of_json(text: &str, error: &serde_json::Error) -> Problem {
    if text.trim().is_empty() {
        let message = "The file is empty: is it the right one? A scenario begins with a brace.".to_owned();
        return Problem { line: 1, column: 1, message };
    }
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
    let message = if error.is_eof() { format!("{message}: the file ends too early") } else { message };
    Problem { line: error.line().max(1), column: error.column().max(1), message: format!("{}.", capital(&message)) }
}

/// Where that part is written, in bytes from the start.
fn offset(text: &str, part: Part) -> Option<usize> {
    let mut fields: Fields = serde_json::from_str(text).ok()?;
    if let Some(scenario) = fields.get("scenario") {
        fields = serde_json::from_str(scenario.get()).ok()?;
    }
    let (field, at) = match part {
        Part::Nodes => ("nodes", None),
        Part::Clients => ("clients", None),
        Part::Initial => ("initial", None),
        Part::Node(at) => ("nodes", Some(at)),
        Part::Client(at) => ("clients", Some(at)),
        Part::Between(at) => ("between", Some(at)),
        Part::Link(at) => ("links", Some(at)),
        Part::Script(at) => ("script", Some(at)),
    };
    let mut written: &RawValue = fields.get(field)?;
    if let Some(at) = at {
        written = serde_json::from_str::<Vec<&RawValue>>(written.get()).ok()?.get(at)?;
    }
    (written.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

/// Line and column, both from 1; the column counts characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        read(text).expect_err("it is wrong").to_string()
    }

    const NODE: &str = r#"{"region":"X","protocol":{"abd":{"timeout":1000,"retry":100}}}"#;

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_column() {
        let text = format!("{{\"name\":\"x\",\n \"nodes\":[{NODE}],\n \"clients\":[],\n  \"colour\":1,\"tail\":0}}");
        assert!(
            problem(&text).starts_with("4:10: Unknown field `colour`, expected one of `name`"),
            "{}",
            problem(&text)
        );
        let text = format!(
            "{{\"name\":\"x\",\"tail\":0,\n \"nodes\":[{NODE}],\n \"clients\":[\n  {{\"node\":\"A\"}}, {{\"node\":\"G\"}}]}}"
        );
        assert_eq!(problem(&text), "4:17: There is no node G: the scenario has 1 nodes, lettered from A.");
        let text = format!(
            "{{\"name\":\"x\",\"tail\":0,\"nodes\":[{NODE}],\"clients\":[],\n\"script\":[{{\"at\":0,\"action\":{{\"heal\":[]}}}},\n {{\"at\":5,\"action\":{{\"cut\":[[\"A\",\"C\"]]}}}}]}}"
        );
        assert_eq!(problem(&text), "3:2: There is no node C: the scenario has 1 nodes, lettered from A.");
        assert_eq!(
            problem("{\"name\":\"x\",\n"),
            "2:0: EOF while parsing a value: the file ends too early.".replace(":0:", ":1:")
        );
        assert_eq!(problem(" \n"), "1:1: The file is empty: is it the right one? A scenario begins with a brace.");
    }

    #[test]
    fn a_run_is_read_like_its_scenario_and_its_parts_are_found_inside() {
        let scenario = format!("{{\"name\":\"x\",\"tail\":0,\"nodes\":[{NODE}],\n \"clients\":[{{\"node\":\"B\"}}]}}");
        assert_eq!(problem(&format!("{{\"seed\":7,\n\"scenario\":{scenario}}}")).split(':').next(), Some("3"));
        let fine = scenario.replace("\"B\"", "\"A\"");
        let run = read(&format!("{{\"seed\":7,\"scenario\":{fine}}}")).expect("it is right");
        assert_eq!((run.seed, run.scenario.nodes.len()), (7, 1));
    }
}
