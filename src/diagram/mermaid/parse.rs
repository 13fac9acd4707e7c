//! The text as a whole: what stands before the graph, the `graph` line, and statement after statement.
//!
//! Parsing cannot fail. A line that cannot be read leaves an error with its place, is kept to the letter, and reading
//! goes on with the next line.

use std::cmp::Reverse;

use super::arrow::Remarks;
use super::builder::Builder;
use super::diagnostic::{Diagnostic, Fault, Severity};
use super::place;
use super::scanner::{Scanner, Source};
use super::statement::{self, Reading, Statement};
use super::strict;
use crate::diagram::{Diagram, Direction, Kept, Keyword};

/// First words of Mermaid's other diagrams.
const OTHERS: [&str; 22] = [
    "sequenceDiagram",
    "classDiagram",
    "stateDiagram",
    "erDiagram",
    "gantt",
    "pie",
    "journey",
    "gitGraph",
    "mindmap",
    "timeline",
    "quadrantChart",
    "requirementDiagram",
    "requirement",
    "C4Context",
    "sankey",
    "xychart",
    "block",
    "packet",
    "architecture",
    "kanban",
    "zenuml",
    "info",
];

/// Reads a flowchart. Whatever the text holds, there is a diagram, and nothing of it is dropped without a word.
///
/// Diagnostics come in the order of the text. A diagram read with an [`Severity::Error`] lacks the lines that the
/// errors name; those lines are in [`Diagram::kept`].
pub fn parse(text: &str) -> (Diagram, Vec<Diagnostic>) {
    let place::Reading { diagram, diagnostics, .. } = read(text);
    (diagram, diagnostics)
}

/// Reads a flowchart as [`parse`] does, and says where each of its parts stands.
pub fn read(text: &str) -> place::Reading {
    let source = Source::new(text);
    let mut parser = Parser { source: &source, builder: Builder::default(), headed: false };
    let mut at = source.scanner();
    parser.front_matter(&mut at);
    loop {
        let before = at.at;
        at.skip_while(|c| c.is_whitespace() || c == ';');
        if !parser.headed && at.slice(before, at.at).contains(';') {
            let refused = "a “;” before the line of the graph";
            parser.builder.remarks.push(strict::remark((before, at.at), refused));
        }
        if at.is_done() {
            break;
        }
        let before = at.at;
        parser.step(&mut at);
        at.at = at.at.max(before + 1);
    }
    parser.finish()
}

struct Parser<'a> {
    source: &'a Source,
    builder: Builder,
    headed: bool,
}

impl Parser<'_> {
    fn step(&mut self, at: &mut Scanner<'_>) {
        if at.sees("%%") {
            self.comment(at);
        } else if at.sees("```") {
            self.fence(at);
        } else if !self.headed && self.header(at) {
            self.headed = true;
        } else if !self.headed && self.builder.diagram.nodes.is_empty() && OTHERS.iter().any(|word| at.sees_word(word))
        {
            self.other_diagram(at);
        } else {
            self.statement(at);
        }
    }

    fn remark(&mut self, severity: Severity, fault: Fault) {
        self.builder.remarks.push((severity, fault));
    }

    fn keep(&mut self, text: String) {
        if self.headed {
            self.builder.keep(text);
        } else {
            self.builder.diagram.kept.push(Kept { text, parent: None, preamble: true });
        }
    }

    /// `---` … `---` on the first lines, kept line by line as it is indented.
    fn front_matter(&mut self, at: &mut Scanner<'_>) {
        let mut start = *at;
        start.skip_space();
        let (_, column) = self.source.place(start.at);
        let indent = start.slice(start.at + 1 - column, start.at);
        let mut lines = Vec::new();
        let mut end = start.to(start.at + 1 - column);
        let late = end.at > at.at;
        loop {
            let line = end.slice(end.at, self.source.line_end(end.at)).trim_end().to_owned();
            end.at = self.source.line_end(end.at) + 1;
            let fence = line.strip_prefix(&indent) == Some("---");
            let line = if fence { "---".to_owned() } else { line };
            if lines.is_empty() && !fence {
                return;
            }
            lines.push(line);
            if fence && lines.len() > 1 {
                break;
            }
            if end.is_done() {
                let message = "The front matter that begins with this “---” is not closed: write “---” behind it.";
                self.remark(Severity::Error, Fault::new(start.at, start.at + 3, message).fix("---"));
                self.keep("%% ---".to_owned());
                at.at = start.at + 3;
                return;
            }
        }
        if late || lines.len() == 2 {
            let refused = if late { "a line before the front matter" } else { "front matter with nothing in it" };
            self.builder.remarks.push(strict::remark((start.at, start.at + 3), refused));
        }
        let kept = lines.into_iter().map(|text| Kept { text, parent: None, preamble: true });
        self.builder.diagram.kept.extend(kept);
        *at = end;
    }

    /// A comment to the end of the line, or a directive to its `}%%`.
    fn comment(&mut self, at: &mut Scanner<'_>) {
        let line_end = self.source.line_end(at.at);
        self.needs_own_line(*at, "a comment behind “;”; write it on a line of its own");
        if at.slice(at.at, line_end) == "%%" {
            let message = "Mermaid itself rejects “%%” alone before the graph, and draws it as a node in it: write a word behind it.";
            self.remark(Severity::Note, Fault::new(at.at, line_end, message));
        }
        let end = if at.sees("%%{") { directive_end(*at).unwrap_or(line_end) } else { line_end };
        self.keep(at.slice(at.at, end).trim_end().to_owned());
        at.at = end;
    }

    /// Notes what Mermaid takes only at the start of a line.
    fn needs_own_line(&mut self, at: Scanner<'_>, refused: &str) {
        let (_, column) = self.source.place(at.at);
        let before = at.slice(at.at + 1 - column, at.at);
        if before.contains(';') {
            self.builder.remarks.push(strict::remark((at.at, self.source.line_end(at.at)), refused));
        }
    }

    /// The fence of a Markdown block, which people paste along.
    fn fence(&mut self, at: &mut Scanner<'_>) {
        let end = self.source.line_end(at.at);
        self.builder.remarks.push(strict::remark((at.at, end), "this line, which is Markdown's; it is left out"));
        at.at = end;
    }

    fn header(&mut self, at: &mut Scanner<'_>) -> bool {
        let words =
            [("flowchart-elk", Keyword::Flowchart), ("flowchart", Keyword::Flowchart), ("graph", Keyword::Graph)];
        let Some((word, keyword)) = words.into_iter().find(|(word, _)| at.sees_word(word)) else { return false };
        let start = at.at;
        at.take(word);
        self.builder.diagram.keyword = keyword;
        if word == "flowchart-elk" {
            let message = "The diagram is read as a “flowchart”; its layout by ELK is not kept.";
            self.remark(Severity::Warning, Fault::new(start, at.at, message).fix("flowchart"));
        }
        at.skip_blanks();
        let unknown =
            at.sees_word("BR").then_some(Fault::new(at.at, at.at + 2, "“BR” is drawn as “TB”, top to bottom."));
        let direction = direction(at);
        self.builder.remarks.extend(unknown.map(|fault| (Severity::Warning, fault.fix("TB"))));
        self.builder.diagram.direction = direction.unwrap_or(Direction::TB);
        at.skip_blanks();
        let whole = at.is_done() || at.peek() == Some('\n') || at.peek() == Some(';') && direction.is_some();
        if !whole {
            let refused = "a statement on the line of the graph; write it on a line of its own";
            self.builder.remarks.push(strict::remark((at.at, self.source.line_end(at.at)), refused));
        }
        true
    }

    fn other_diagram(&mut self, at: &mut Scanner<'_>) {
        let mut word = *at;
        word.skip_while(|c| c.is_ascii_alphanumeric());
        let name = at.slice(at.at, word.at);
        let message = format!(
            "This is another kind of Mermaid diagram ({name}); only flowcharts, which begin with “graph TD” or “flowchart TD”, can be drawn here. The text is kept as comments."
        );
        self.remark(Severity::Error, Fault::new(at.at, word.at, message));
        self.headed = true;
        let lines = at.slice(at.at, usize::MAX);
        for line in lines.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            self.builder.keep(format!("%% {line}"));
        }
        at.at = usize::MAX;
    }

    fn statement(&mut self, at: &mut Scanner<'_>) {
        let start = *at;
        let outcome = statement::read(start).and_then(|reading| self.apply(start, reading));
        match outcome {
            Ok(end) => at.at = end,
            Err(fault) => {
                let end = self.source.line_end(fault.at.max(start.at));
                self.builder.keep(start.slice(start.at, end).trim_end().to_owned());
                at.at = end;
                self.remark(Severity::Error, fault);
            }
        }
    }

    fn apply(&mut self, start: Scanner<'_>, reading: Reading) -> Result<usize, Fault> {
        let mut after = start.to(reading.end);
        // Behind these Mermaid begins anew, wherever it stands.
        let block = matches!(reading.statement, Statement::Kept) && start.to(reading.end - 1).peek() == Some('}');
        let needs_end = !matches!(reading.statement, Statement::End) && !block;
        let blanks = after.skip_blanks();
        let comment = after.sees("%%") && blanks > 0 && !block;
        let ends = after.is_done() || matches!(after.peek(), Some('\n' | ';'));
        if !ends && !comment && needs_end {
            return Err(self.leftover(start, after));
        }
        if comment {
            let refused = "a comment behind a statement; write it on a line of its own";
            self.builder.remarks.push(strict::remark((after.at, self.source.line_end(after.at)), refused));
        }
        if matches!(reading.statement, Statement::Direction(_)) {
            self.needs_own_line(start, "a direction behind “;”; write it on a line of its own");
        }
        let text = start.slice(start.at, reading.end).trim_end().to_owned();
        let coloured =
            matches!(reading.statement, Statement::Style(..) | Statement::ClassDef(_) | Statement::LinkStyle(_));
        self.builder.apply(reading.statement, &text, (start.at, reading.end))?;
        self.builder.remarks.extend(reading.remarks);
        if coloured {
            let rest = start.slice(after.at, self.source.line_end(after.at));
            if let Some(refused) = strict::colour_before_semicolon(&text, &rest) {
                self.builder.remarks.push(strict::remark((after.at, after.at + 1), &refused));
            }
        }
        Ok(after.at)
    }

    /// Something stands where the statement should have ended.
    fn leftover(&self, start: Scanner<'_>, after: Scanner<'_>) -> Fault {
        let end = self.source.line_end(after.at);
        if after.sees("->") {
            let message = "An arrow is written “-->” in a flowchart: two dashes.";
            return Fault::new(after.at, after.at + 2, message).fix("-->");
        }
        let before = start.slice(start.at, after.at).trim_end().chars().rev().take(20).collect::<Vec<_>>();
        let before: String = before.into_iter().rev().collect();
        let message = format!(
            "“{before}” is read, but not what follows it here: write an arrow such as “-->” before it, or begin a new line."
        );
        Fault::new(after.at, end, message)
    }

    fn finish(mut self) -> place::Reading {
        if !self.headed {
            let message = "A flowchart begins with “graph TD” or “flowchart TD”: write that on the first line.";
            self.remark(Severity::Error, Fault::new(0, 0, message).fix("graph TD"));
        }
        let (diagram, remarks, places) = self.builder.finish();
        let diagnostics =
            in_order(remarks).into_iter().map(|(severity, fault)| diagnostic(self.source, severity, fault)).collect();
        place::Reading { diagram, diagnostics, places }
    }
}

/// The remarks by their place, at one place the gravest first. Nearly all of them come in that order.
fn in_order(remarks: Remarks) -> Remarks {
    let key = |(severity, fault): &(Severity, Fault)| (fault.at, Reverse(*severity));
    let mut ordered = Remarks::new();
    for remark in remarks {
        let at = ordered.partition_point(|before| key(before) <= key(&remark));
        ordered.insert(at, remark);
    }
    ordered
}

fn diagnostic(source: &Source, severity: Severity, fault: Fault) -> Diagnostic {
    let (line, column) = source.place(fault.at);
    let end = fault.end.min(source.line_end(fault.at)).max(fault.at);
    Diagnostic { severity, line, column, length: end - fault.at, message: fault.message, fix: fault.fix }
}

fn direction(at: &mut Scanner<'_>) -> Option<Direction> {
    let word = if at.sees_word("BR") { Some(Direction::TB) } else { statement::word_direction(*at) };
    if let Some(direction) = word {
        at.at += 2;
        return Some(direction);
    }
    let signs = [("<", Direction::RL), (">", Direction::LR), ("^", Direction::BT), ("v", Direction::TB)];
    let (sign, direction) =
        signs.into_iter().find(|(sign, _)| at.sees(sign) && (*sign != "v" || at.sees_word(sign)))?;
    at.take(sign);
    Some(direction)
}

/// The offset behind the `}%%` of a directive.
fn directive_end(at: Scanner<'_>) -> Option<usize> {
    let mut end = at;
    while end.at - at.at < 20_000 && !end.is_done() {
        if end.take("}%%") {
            return Some(end.at);
        }
        end.bump();
    }
    None
}
