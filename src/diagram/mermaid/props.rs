//! Properties of nodes and edges, `@{ shape: rounded, label: "text" }`, a writing of Mermaid 11.
//!
//! The model holds a label and one of the classic shapes. The properties are kept to the letter beside it and printed
//! back; what they say of label and shape is what the node is drawn with, until a person changes it.

use super::diagnostic::Fault;
use super::outlines::{exact, in_words, known, nearest};
use super::scanner::{Scanner, Source};
use crate::diagram::sorted::Sorted;
use crate::diagram::{Diagram, Label, Node};

/// What the properties of a node say: `key: value` pairs in their order, without quotation marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Props {
    entries: Vec<(String, String)>,
}

/// The end of the properties that begin here; `None` if none do.
pub(super) fn end(at: Scanner<'_>) -> Result<Option<usize>, Fault> {
    let mut after = at;
    if !after.take("@{") {
        return Ok(None);
    }
    let mut quoted = false;
    while let Some(c) = after.peek().filter(|_| after.at - at.at < 20_000) {
        after.bump();
        match c {
            '"' => quoted = !quoted,
            '}' if !quoted => return Ok(Some(after.at)),
            _ => {}
        }
    }
    let message = "The properties that begin with this “@{” are not closed: write “}” behind them.";
    Err(Fault::new(at.at, at.at + 2, message).fix("}"))
}

/// Reads `@{ … }`: YAML's pairs, on one line with commas between or each on its own, with `|` for text of many lines.
pub(super) fn read(text: &str) -> Props {
    let inside = text.trim().strip_prefix("@{").unwrap_or(text).trim_end().trim_end_matches('}');
    let source = Source::new(inside);
    let mut at = source.scanner();
    let mut props = Props::default();
    while !at.is_done() {
        let indent = at.skip_while(|c| c.is_whitespace() || c == ',');
        let pair = pair(&mut at);
        if let Some((key, value)) = key_and_value(&pair) {
            let value = match value.trim() {
                "null" | "~" => String::new(),
                style @ ("|" | "|-" | ">" | ">-") => block_text(&mut at, indent.saturating_sub(1), style),
                value => unquoted(value),
            };
            props.entries.push((unquoted(key), value));
        }
    }
    props
}

/// The text up to the comma or the end of the line, without a comment.
fn pair(at: &mut Scanner<'_>) -> String {
    let mut pair = String::new();
    let mut quoted = false;
    let mut blank = true;
    while let Some(c) = at.peek().filter(|c| quoted || !matches!(c, ',' | '\n')) {
        quoted ^= c == '"';
        if c == '#' && blank && !quoted {
            at.skip_while(|c| c != '\n');
        } else {
            pair.push(c);
            at.bump();
        }
        blank = c.is_whitespace();
    }
    pair
}

/// `key: value`. As in YAML, a blank stands behind the colon, unless the key is quoted.
fn key_and_value(pair: &str) -> Option<(&str, &str)> {
    let ends = |at: usize| {
        let (key, value) = (pair[..at].trim_end(), &pair[at + 1..]);
        let is_key = value.is_empty() || value.starts_with(char::is_whitespace) || key.ends_with('"');
        is_key.then_some((key, value))
    };
    pair.match_indices(':').find_map(|(at, _)| ends(at))
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    let escaped =
        |text: &str| text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
    let doubled = |text: &str| text.replace("''", "'");
    let joined = |text: &str| {
        let lines = text.lines().enumerate().map(|(at, line)| if at == 0 { line } else { line.trim_start() });
        lines.collect::<Vec<_>>().join("<br/>")
    };
    let in_marks = inside('"').map(|text| escaped(&joined(text)));
    in_marks.or_else(|| inside('\'').map(|text| doubled(&joined(text)))).unwrap_or_else(|| joined(value))
}

/// The lines that are indented deeper than `indent`, without the indentation of the first. `>` joins them with blanks,
/// `-` drops the last line break.
fn block_text(at: &mut Scanner<'_>, indent: usize, style: &str) -> String {
    let mut text = String::new();
    let mut margin = None;
    loop {
        let mut line = *at;
        line.bump();
        let from = line.at;
        let deep = line.skip_blanks();
        if line.is_done() || line.peek() != Some('\n') && deep <= indent {
            break;
        }
        let margin = *margin.get_or_insert(deep);
        let from = from + deep.min(margin);
        line.skip_while(|c| c != '\n');
        text.push_str(&line.slice(from, line.at));
        text.push('\n');
        *at = line;
    }
    let lines = text.trim_end();
    let lines = if style.starts_with('>') { lines.replace('\n', " ") } else { lines.to_owned() };
    if style.ends_with('-') || lines.is_empty() { lines } else { lines + "\n" }
}

impl Props {
    fn get(&self, key: &str) -> Option<&str> {
        let value = &self.entries.iter().rev().find(|(name, _)| name == key)?.1;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// The text of the label they give.
    pub fn text(&self) -> Option<&str> {
        self.get("label")
    }

    /// The label they give.
    pub fn label(&self) -> Option<Label> {
        self.get("label").map(|raw| Label { raw: raw.replace('"', "#quot;"), quoted: true })
    }

    /// The name of the shape they give.
    pub fn shape(&self) -> Option<&str> {
        self.get("shape")
    }

    /// Whether they put a picture in the place of the label.
    pub fn is_picture(&self) -> bool {
        self.get("label").is_none() && (self.get("icon").is_some() || self.get("img").is_some())
    }

    /// The properties without what the node no longer agrees with; `None` if nothing is left.
    fn without_contradictions(mut self, node: &Node) -> Option<Self> {
        let label = self.label().is_some_and(|label| node.label.as_ref() != Some(&label));
        let shape = self.shape().is_some_and(|name| nearest(name) != node.shape);
        self.entries.retain(|(key, _)| !(label && key == "label" || shape && key == "shape"));
        (!self.entries.is_empty()).then_some(self)
    }

    fn print(&self) -> String {
        let plain = |value: &str| value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let entry = |(key, value): &(String, String)| {
            if plain(value) {
                format!("{key}: {value}")
            } else {
                format!("{key}: \"{}\"", value.trim().replace('\n', "<br/>"))
            }
        };
        format!("@{{ {} }}", self.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
    }
}

/// What Mermaid refuses of properties: a shape that it does not know, or the same said twice.
pub(super) fn refused(text: &str) -> Option<String> {
    let props = read(text);
    let entries = &props.entries;
    let twice = (1..entries.len()).find(|at| entries[..*at].iter().any(|(key, _)| *key == entries[*at].0));
    if let Some(at) = twice {
        return Some(format!("the property “{}” twice", entries[at].0));
    }
    let name = props.shape().filter(|name| !known(name))?;
    Some(format!("the shape “{name}”, which it does not know"))
}

/// The shape that properties name and that we draw as another.
pub(super) fn drawn_otherwise(props: &Props) -> Option<&str> {
    props.shape().filter(|name| exact(name).is_none())
}

/// What a shape of that name is drawn as, in words.
pub(super) fn drawn_as(name: &str) -> &'static str {
    in_words(nearest(name))
}

/// The id and the properties of a kept line such as `A@{ shape: cloud }`.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let at = line.find("@{")?;
    let (id, props) = line.split_at(at);
    (!id.is_empty() && !id.contains(char::is_whitespace) && !id.starts_with("%%")).then_some((id, props))
}

/// The properties that the kept lines give to each node, the later over the earlier.
pub(super) fn by_node(diagram: &Diagram) -> Sorted<&str, Props> {
    let mut by_node: Sorted<&str, Props> = Sorted::default();
    for (id, props) in diagram.kept.iter().filter_map(|kept| split(&kept.text)) {
        by_node.or_insert_with(id, Props::default).entries.extend(read(props).entries);
    }
    by_node
}

/// A kept line of properties as it must be printed now: as it is while the node agrees with it, without what a person
/// has changed since, or not at all.
pub(super) fn current(line: &str, node: &Node) -> Option<String> {
    let Some((id, text)) = split(line) else { return Some(line.to_owned()) };
    let props = read(text);
    let kept = props.clone().without_contradictions(node)?;
    Some(if kept == props { line.to_owned() } else { format!("{id}{}", kept.print()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        read(text).entries
    }

    #[test]
    fn pairs_are_read_on_one_line_and_on_many() {
        let expected = vec![("shape".to_owned(), "circle".to_owned()), ("label".to_owned(), "x, y".to_owned())];
        assert_eq!(entries("@{ shape: circle, label: \"x, y\" }"), expected);
        assert_eq!(entries("@{\n  shape: circle\n  label: \"x, y\"\n}"), expected);
    }

    #[test]
    fn text_of_many_lines_keeps_its_lines() {
        assert_eq!(entries("@{ label: \"a\n   b\" }")[0].1, "a<br/>b");
        assert_eq!(entries("@{\n label: |\n  This is\n  many\n other: \"c\"\n}")[0].1, "This is\nmany\n");
    }
}
