//! Where the parts of a diagram stand in its text.
//!
//! ```text
//! subgraph CP [..]        ┐
//! A[Client] --> B         │ subgraph CP; in it the edge; in the edge the nodes A and B
//! end                     ┘
//! ```
//!
//! Spans lie in each other, so the part at a place is the one with the shortest span around it. A part may stand in
//! several places: a node where it is defined, where edges name it and where it is styled.

use std::ops::Range;

use super::Diagnostic;
use crate::diagram::{Diagram, Part};

/// A part of the diagram and one place where the text speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The part.
    pub part: Part,
    /// From its first character to behind its last, counted from the start of the text with every line break as one.
    pub span: Range<usize>,
}

/// All that is read from a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The diagram.
    pub diagram: Diagram,
    /// What is to be said of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Where its parts stand.
    pub places: Vec<Place>,
}

impl Reading {
    /// Whether a line could not be read.
    pub fn is_faulty(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The part at that character: the one with the shortest span around it.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        let around = self.places.iter().filter(|place| place.span.start <= at && at <= place.span.end);
        around.min_by_key(|place| place.span.len()).map(|place| &place.part)
    }
}

/// The lines, from 0, on which the text speaks of a part: each with `true`.
pub fn lines_of(text: &str, reading: &Reading, part: &Part) -> Vec<bool> {
    let spans: Vec<&Range<usize>> =
        reading.places.iter().filter(|place| place.part == *part).map(|place| &place.span).collect();
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let end = start + line.chars().count();
        let speaks = spans.iter().any(|span| span.start <= end && span.end > start);
        start = end + 1;
        speaks
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::read;

    const TEXT: &str = "graph TD\nsubgraph S [a b]\nA[é] -->|x| B & C\nend\nstyle B fill:#f9f\nS --> D\n";

    fn lines(part: &Part) -> Vec<usize> {
        let found = lines_of(TEXT, &read(TEXT), part).into_iter().enumerate();
        found.filter(|(_, speaks)| *speaks).map(|(at, _)| at + 1).collect()
    }

    #[test]
    fn a_part_has_the_lines_that_speak_of_it() {
        assert_eq!(lines(&Part::Node("A".into())), [3]);
        assert_eq!(lines(&Part::Node("B".into())), [3, 5]);
        assert_eq!(lines(&Part::Edge(2)), [6]);
        assert_eq!(lines(&Part::Subgraph("S".into())), [2, 3, 4, 6]);
        assert!(lines(&Part::Node("Z".into())).is_empty());
    }

    #[test]
    fn at_a_place_stands_the_innermost_part() {
        let reading = read(TEXT);
        let at = |needle: &str| reading.part_at(TEXT[..TEXT.find(needle).unwrap()].chars().count() + 1);
        assert_eq!(at("[é]"), Some(&Part::Node("A".into())));
        assert_eq!(at("-->|x|"), Some(&Part::Edge(0)));
        assert_eq!(at("C\nend"), Some(&Part::Node("C".into())));
        assert_eq!(at("subgraph S"), Some(&Part::Subgraph("S".into())));
        assert_eq!(at("B fill"), Some(&Part::Node("B".into())));
        assert_eq!(at("graph TD"), None);
    }

    #[test]
    fn a_subgraph_without_an_id_is_found_by_the_one_it_is_given() {
        let text = "graph TD\nsubgraph two words\nA\nend";
        let reading = read(text);
        assert_eq!(reading.part_at(12), Some(&Part::Subgraph(reading.diagram.subgraphs[0].id.clone())));
    }
}
