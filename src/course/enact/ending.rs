//! What a run comes to: what the nodes hold in the end, which of consistency and availability the checkers say was given
//! up, and whether the drawing is what happened.

use super::claims::Claim;
use super::plot::Plot;
use super::scenes::listed;
use super::stage::Rule;
use crate::course::gauges::{Gauges, Reading};
use crate::sim::Content;

/// What the nodes of a system hold in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All the same.
    Agree(Content),
    /// Not the same, one value for each node: divergent state; under a leader, some node is behind.
    Diverge(Vec<Content>),
}

pub fn ending(values: Vec<Content>) -> Ending {
    match values.first() {
        Some(&first) if values.iter().all(|value| *value == first) => Ending::Agree(first),
        _ => Ending::Diverge(values),
    }
}

/// What a run comes to.
pub fn conclusion(plot: &Plot, rule: &Rule, claims: &[Claim], gauges: Option<&Gauges>, ending: &Ending) -> String {
    let Some(gauges) = gauges else { return String::new() };
    let gone = |reading: Reading| matches!(reading, Reading::Violated(_));
    let drawn = match claims.first().map(|claim| claim.number) {
        None => "What you drew is what happens.".to_owned(),
        Some(Some(number)) => format!("The picture stops being true at step {number}."),
        Some(None) => "The picture is not what happens.".to_owned(),
    };
    let held = |values: &[Content]| {
        let each: Vec<String> =
            plot.cast.nodes.iter().zip(values).map(|(node, value)| format!("{node} holds `{value}`")).collect();
        listed(&each.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let outcome = match (gone(gauges.consistency.reading), gone(gauges.availability.reading), ending) {
        (false, true, _) => {
            format!("The run kept consistency and gave up availability. {}", gauges.availability.why)
        }
        (true, false, _) => {
            format!("The run kept availability and gave up consistency. {}", gauges.consistency.why)
        }
        (true, true, _) => format!("The run gave up both. {} {}", gauges.consistency.why, gauges.availability.why),
        (false, false, Ending::Diverge(values)) if *rule == Rule::Quorum => format!(
            "A majority could be reached, so neither consistency nor availability was given up. {}: who is behind answers \
             nobody by itself.",
            held(values)
        ),
        (false, false, Ending::Diverge(values)) => format!(
            "The run kept availability, and the nodes have diverged: {}. No client has seen it yet; consistency is gone as \
             soon as clients read both, one after the other.",
            held(values)
        ),
        (false, false, Ending::Agree(_)) if plot.is_partitioned() => {
            "A link was cut, and in this run neither consistency nor availability was given up.".to_owned()
        }
        (false, false, Ending::Agree(_)) => {
            "Nothing was cut, so neither consistency nor availability had to be given up.".to_owned()
        }
    };
    format!("{drawn} {outcome}")
}
