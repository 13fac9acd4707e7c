//! What lies under the field: the text once more, line by line, in colours, with waves under what is wrong.

use yew::prelude::*;

use crate::diagram::mermaid::highlight::{Kind, highlight};
use crate::diagram::mermaid::{Diagnostic, Severity, lines_of, offset};
use crate::diagram::{Draft, Part};

/// What a line is besides its text.
#[derive(Clone, Copy, Default)]
struct Line {
    worst: Option<Severity>,
    chosen: bool,
}

/// The span of a diagnostic in bytes, at least one sign of its line wide.
fn span(text: &str, diagnostic: &Diagnostic) -> (usize, usize) {
    let at = |column| offset(text, diagnostic.line, column);
    let (from, to) = (at(diagnostic.column), at(diagnostic.column + diagnostic.length.max(1)));
    if from < to { (from, to) } else { (at(diagnostic.column.saturating_sub(1).max(1)), to) }
}

fn class_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Plain => return None,
        Kind::Keyword => "t-keyword",
        Kind::Id => "t-id",
        Kind::Label => "t-label",
        Kind::Arrow => "t-arrow",
        Kind::Mark => "t-mark",
        Kind::Style => "t-style",
        Kind::Comment => "t-comment",
        Kind::Directive => "t-directive",
    })
}

/// The word for a severity, which is its class, too.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The lines of the text.
pub fn lines(draft: &Draft, selected: Option<&Part>) -> Html {
    let text: &str = draft.text();
    let diagnostics = &draft.reading().diagnostics;
    let chosen = selected.filter(|_| !draft.is_frozen()).map(|part| lines_of(text, draft.reading(), part));
    let mut about: Vec<Line> = text.split('\n').map(|_| Line::default()).collect();
    for (at, line) in about.iter_mut().enumerate() {
        line.chosen = chosen.as_ref().is_some_and(|chosen| chosen.get(at) == Some(&true));
        line.worst = diagnostics.iter().filter(|found| found.line == at + 1).map(|found| found.severity).max();
    }
    let spans: Vec<(usize, usize, Severity)> = diagnostics
        .iter()
        .map(|found| {
            let (from, to) = span(text, found);
            (from, to, found.severity)
        })
        .collect();
    let mut rows: Vec<Vec<Html>> = vec![Vec::new()];
    for (range, kind) in highlight(text) {
        let mut from = range.start;
        while from < range.end {
            let wave = spans.iter().filter(|(start, end, _)| *start <= from && from < *end).map(|(.., how)| *how).max();
            let borders = spans.iter().flat_map(|(start, end, _)| [*start, *end]);
            let end_of_line = text[from..range.end].find('\n').map_or(range.end, |at| from + at + 1);
            let to = borders.filter(|border| *border > from).fold(end_of_line, usize::min);
            let class = classes!(class_of(kind), wave.map(|how| format!("wave {}", word(how))));
            let piece = text[from..to].to_owned();
            let breaks = piece.ends_with('\n');
            if let Some(row) = rows.last_mut() {
                row.push(if class.is_empty() {
                    html! { { piece } }
                } else {
                    html! { <span {class}>{ piece }</span> }
                });
            }
            if breaks {
                rows.push(Vec::new());
            }
            from = to;
        }
    }
    let rows = rows.into_iter().zip(about).enumerate().map(|(at, (row, line))| {
        let class = classes!("line", line.worst.map(word), line.chosen.then_some("of-part"));
        html! { <span key={at} {class}>{ for row }</span> }
    });
    html! { { for rows } }
}
